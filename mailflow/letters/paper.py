"""The payment slip as paper: what stands on it, in the office's words."""

from mailflow.campaign import Campaign
from mailflow.letters.content import LetterData, comes_with_paper
from mailflow.letters.wording import day, one_line
from mailflow.person import Field, Registration
from mailflow.slips import Slip
from mailflow.slips.paper import Paper, Rows, draw

_STORES = "超商代收 Convenience stores（7-ELEVEN、全家、萊爾富、OK）"
_NOTES = (
    "請先核對姓名、項目與金額；若有不符，請先不要繳款並回覆繳費單的信件。",
    "自動櫃員機：16 碼帳號請選「繳費」，「轉帳」只能輸入 14 碼。請用這個帳號單獨繳一筆。",
    "繳費後請於繳款期限前（含當天）直接回覆繳費單的信件，附上繳費證明的照片、截圖或 PDF。",
    "Pay exactly this amount to this account by the due date; reply to our letter with the proof.",
)


def slip_pdf(data: LetterData, campaign: Campaign) -> bytes:
    """The paper of a slip: the one that came with it, else one drawn here; b"" for none."""
    if data.slip is None or data.registration is None or not comes_with_paper(data, campaign):
        return b""
    if data.slip_pdf:
        return data.slip_pdf
    return draw(slip_paper(data.slip, data.registration, case=data.case, campaign=campaign))


def slip_paper(slip: Slip, person: Registration, *, case: str, campaign: Campaign) -> Paper:
    """All that stands on the page."""
    return Paper(
        office=campaign.office,
        title=f"{campaign.title} 繳費單",
        rows=_who_and_what(person, case),
        payment=(
            ("應繳金額 Amount", f"NT$ {slip.amount:,}"),
            ("銀行代碼 Bank", one_line(slip.bank)),
            ("繳款帳號 Account", one_line(slip.account)),
            ("繳款期限 Due on", day(slip.due_on).zh),
        ),
        barcodes=slip.barcodes.texts if slip.barcodes else (),
        stores=_STORES,
        notes=_NOTES,
    )


def _who_and_what(person: Registration, case: str) -> Rows:
    """Both names: not every rare character is in the font."""
    names = [one_line(person[name]) for name in (Field.NAME_ZH, Field.NAME_EN)]
    exam = f"{one_line(person[Field.EXAM])}（{one_line(person[Field.SUBJECTS])}）"
    return (
        ("繳款人 Name", " ".join(name for name in names if name)),
        ("學號 Student no.", one_line(person[Field.STUDENT_NO])),
        ("案號 Case", one_line(case)),
        ("鑑定項目 Exam", exam.replace("（）", "")),
    )
