"""What the office asks of its students and promises them, step by step, through real mailboxes."""

import re
from urllib.parse import parse_qs, unquote

from servers.office import ANNE, BART, EVA, GINO
from stories.cast import Student
from stories.running import RunningOffice

from mailflow.campaign import TAIPEI
from mailflow.person import Field
from mailflow.store.tables import Outbox
from mailflow.workflow import State

PHONE = "手機："


def test_the_receipt_says_that_the_registration_has_come(office: RunningOffice):
    """確認信箱收到回條 沒收到=沒有成功、填錯信箱"""
    eva = Student(office, EVA)
    eva.writes("報名 iPAS", f"老師好，我要報名：\n{eva.form_lines()}")
    receipt = eva.gets("form_receipt")
    assert eva.case.number in receipt.text
    assert "您的報名我們收到了" in receipt.text
    assert "如果沒有收到確認信，請先檢查垃圾郵件匣" in receipt.text


def test_letter_and_slip_leave_within_the_working_days_that_are_promised(office: RunningOffice):
    # guide: 填表後三個工作天內系統將會寄送報名資料確認信
    # guide: 確認資料後三個工作天內將寄送電子繳費單至同學信箱
    anne = Student(office, ANNE)
    registered = office.clock.now()
    letter = anne.is_asked()
    confirmed = office.clock.now()
    anne.presses(letter)
    anne.gets("payment_slip")
    office.quiet()
    campaign = office.desk.rules.campaign
    for kind, since in (("data_confirmation", registered), ("payment_slip", confirmed)):
        by = campaign.promised_by(since.astimezone(TAIPEI).date())
        (sent,) = _to(office, anne, kind)
        assert sent.sent_at
        assert sent.sent_at.astimezone(TAIPEI).date() <= by


def _to(office: RunningOffice, student: Student, kind: str) -> list[Outbox]:
    return [letter for letter in office.outbox(kind) if letter.case_id == student.case.id]


def test_who_finds_an_error_on_the_slip_is_answered_by_a_person(office: RunningOffice):
    """請確認繳費姓名、內容及金額等資料是否正確，有錯請盡快回信告知。"""
    bart = Student(office, BART)
    slip = bart.is_billed()
    bart.replies(slip, "老師好，繳費單的金額不對，我只補考一科，應該是 300 元")
    bart.waits_for_staff()
    office.quiet()
    assert bart.case.state is State.BILLED
    assert bart.kinds() == ["data_confirmation", "form_receipt", "payment_slip"]


def test_who_opens_the_correction_mail_writes_what_is_wrong_and_nothing_else(
    office: RunningOffice,
):
    # guide: 請點此處回報名表單修改
    gino = Student(office, GINO)
    asked = gino.is_asked()
    before = gino.case.data
    links = re.findall(r"mailto:\S+", asked.text)
    (form,) = [link for link in links if "+r." in link]
    address, _, query = form.removeprefix("mailto:").partition("?")
    told = parse_qs(query)
    body = f"{told['body'][0]}\n{PHONE}0900000777\n"
    gino.writes(told["subject"][0], body, to=unquote(address))
    gino.gets("data_changed")
    after = gino.case.data
    assert after[Field.PHONE] == "0900000777"
    assert [name for name in Field if before[name] != after[name]] == [Field.PHONE]
