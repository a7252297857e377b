"""The letters of the office that students answer."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote

from .cast import Registered

OFFICE_NAME = "臺北科大研發處 iPAS團報小組"
OFFICE = "ipas-group@example.edu"
PREFILLED = "我已確認資料無誤"
ROWS = {
    "name_zh": "中文姓名",
    "name_en": "英文姓名",
    "national_id": "身分證字號/居留證號",
    "birth_date": "出生年月日",
    "sex": "性別",
    "student_no": "學號",
    "department": "系所",
    "phone": "手機",
    "email": "Email",
    "address": "通訊地址",
    "exam": "鑑定項目",
    "subjects": "報考科目",
    "exam_area": "考區",
    "retake": "補考單科",
}
HEAD = """{name} 同學您好：

感謝您報名 114 年第二梯次 iPAS 產業人才能力鑑定（臺北科大團體報名）。
請核對下列報名資料：
"""
FOOT = """
※如資料無誤，請點擊「確認資料無誤」按鍵，系統會開啟一封內容為「我已確認資料無誤」的新信，直接寄出即可。
※如有錯誤資料，請直接回信告知正確內容，並至表單回條修改資料。
※報名資料錯誤導致證書資料錯誤，重做證書費用 600 元由個人自行負責。

確認資料無誤 <mailto:{office}?subject={subject}&body={body}>

國立臺北科技大學 研究發展處 就業輔導組
(02)2771-2171 分機 1453"""
SLIP = """{name} 同學您好：

附件為您的 iPAS 團體報名電子繳費單。
繳費姓名：{name}
鑑定項目：{exam}
應繳金額：新臺幣 {fee} 元（研發處已先補助一半）
繳款帳號：(822) {account}
繳費期限：114 年 9 月 22 日（一）

請確認繳費姓名、內容及金額是否正確，有錯請盡快回信告知。
完成繳費後，請於 9/22（一）前回覆本信並附上繳費證明。逾期未繳或未上傳繳費證明皆視為放棄報名。

國立臺北科技大學 研究發展處 就業輔導組
(02)2771-2171 分機 1453"""
REFUND = """{name} 同學您好：

恭喜取得證書！請於 114/12/26 前回覆本信申請報名費補助（案號 {case}），並附上：
1. 證書影本或電子證書
2. 本人存摺封面影本
3. 在學證明（學生證正反面可）

收件時間一個月，逾時不候。

國立臺北科技大學 研究發展處 就業輔導組"""
CERTIFICATE = """各位同學好：

「我最專業」上傳證照有獎勵活動開跑囉！114 年取得之專業證照皆可至校園入口網上傳。
上傳有問題請回覆本信。

國立臺北科技大學 研究發展處 就業輔導組"""
SUBJECTS = {
    "confirm_mail": "【臺北科大研發處】iPAS團體報名資料確認信（{case} {name}）",
    "slip_mail": "【臺北科大研發處】iPAS團體報名電子繳費單（{case} {name}）",
    "refund_notice": "【臺北科大研發處】iPAS獲證補助申請通知（{case}）",
    "cert_notice": "【研發處】我最專業—上傳證照有獎勵活動",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of the office: what stands in a quote of it, and how replies are threaded."""

    kind: str
    subject: str
    message_id: str
    lines: tuple[str, ...]
    rows: dict[str, int]
    """field → index of its line"""


def button_subject(person: Registered) -> str:
    return f"[{person.case} 確認 {person.token}]"


def _shown(field: str, value: str) -> str:
    if field != "birth_date":
        return value
    day = date.fromisoformat(value)
    roc = f"民國{day.year - 1911}年{day.month:02d}月{day.day:02d}日"
    return f"{day.year}/{day.month:02d}/{day.day:02d}（{roc}）"


def _data_lines(person: Registered) -> list[str]:
    return [f"{label}：{_shown(field, person.data[field])}" for field, label in ROWS.items()]


def _confirmation(person: Registered) -> tuple[list[str], dict[str, int]]:
    head = HEAD.format(name=person.data["name_zh"]).split("\n")
    foot = FOOT.format(
        office=OFFICE, subject=quote(button_subject(person), safe="-"), body=quote(PREFILLED)
    )
    rows = {field: len(head) + at for at, field in enumerate(ROWS)}
    return head + _data_lines(person) + foot.split("\n"), rows


def letter(kind: str, person: Registered) -> Letter:
    """What the office wrote before this student answered."""
    name = person.data["name_zh"]
    rows: dict[str, int] = {}
    if kind == "confirm_mail":
        lines, rows = _confirmation(person)
    else:
        text = {"slip_mail": SLIP, "refund_notice": REFUND, "cert_notice": CERTIFICATE}[kind]
        values = {"exam": person.data["exam"], "fee": person.fee, "account": person.account}
        lines = text.format(name=name, case=person.case, **values).split("\n")
    return Letter(
        kind=kind,
        subject=SUBJECTS[kind].format(case=person.case, name=name),
        message_id=f"<mailflow.{kind}.{person.case.lower()}.{person.account[-8:]}@example.edu>",
        lines=tuple(lines),
        rows=rows,
    )


def sent_at(person: Registered, kind: str) -> str:
    """When the office had sent it, as a Date header would say."""
    wrote = person.wrote_at - timedelta(hours=4 if kind == "confirm_mail" else 7, minutes=1)
    return wrote.strftime("%a, %d %b %Y %H:%M:%S +0800")
