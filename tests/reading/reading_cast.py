"""Anne's case in the office, and a real mail for whatever she or somebody else says."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

from mailflow.reading import OfficeFile
from mailflow.reading.explain import explain

OFFICE = "office@ipas.example.edu"
NOW = datetime(2025, 9, 12, 3, 0, tzinfo=UTC)
CASE, TOKEN = "iPAS114-0007", "K7QW-M2XD"
ANNE, BART = "anne@example.org", "bart@example.org"
PHOTO = ("IMG_2044.jpg", "image/jpeg")
PDF = ("transfer.pdf", "application/pdf")
ANNES_DATA = {
    "name_zh": "林安妮",
    "name_en": "LIN, AN-NI",
    "national_id": "A200000012",
    "birth_date": "2004-03-08",
    "sex": "女",
    "student_no": "113590050",
    "department": "資訊工程系",
    "phone": "0912000111",
    "email": ANNE,
    "address": "臺北市大安區忠孝東路三段1號",
    "exam": "AI應用規劃師 初級",
    "subjects": "人工智慧基礎概論、生成式AI應用與規劃",
    "exam_area": "臺北",
    "retake": "否",
}
_BYTES = {
    "image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 24,
    "image/png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 24,
    "application/pdf": b"%PDF-1.4\n" + b"1 0 obj <<>> endobj\n" * 200,
    "application/zip": b"PK\x03\x04" + bytes(range(256)) * 4,
}
_LETTERS = {
    "confirm_mail": "請確認報名資料",
    "slip_mail": "繳費單",
    "refund_notice": "獲證補助申請通知",
    "cert_notice": "上傳證照有獎勵活動",
}


@dataclass(frozen=True)
class Said:
    """One short text with its circumstances, and how a clerk would read it.

    `press` = sent by the button, with a valid token in the subject; `thread` = the kind of our
    letter that it answers, "" for a new mail; `known` = false for a writer without a case.
    `flag`: must = a person has to look, may = both are fine, no = flagging only costs time.
    """

    text: str
    intent: str
    flag: str
    values: dict[str, str | None] = field(default_factory=dict)
    thread: str = "confirm_mail"
    press: bool = False
    subject: str = ""
    files: tuple[tuple[str, str], ...] = ()
    stranger: bool = False
    known: bool = True


def office(**changes: Any) -> OfficeFile:
    """Anne's case and Bart's, with every letter that was sent."""
    anne = {"case": CASE, "token": TOKEN, **ANNES_DATA, "fee": 600, "virtual_account": "9582114000"}
    bart = {**anne, "case": "iPAS114-0008", "token": "ZZ22-YY33", "email": BART, "outbox": []}
    bart |= {"name_zh": "柏特", "student_no": "113590051", "national_id": "A100000001"}
    outbox = [{"kind": kind, "message_id": f"<{kind}@ipas.example.edu>"} for kind in _LETTERS]
    lines = [json.dumps({**anne, "outbox": outbox, **changes}), json.dumps(bart)]
    return OfficeFile(lines)


def mail(
    text: str,
    *,
    author: str = ANNE,
    subject: str = "",
    thread: str = "",
    files: tuple[tuple[str, str], ...] = (),
    html: str = "",
    **headers: str,
) -> bytes:
    """The raw message as it would be fetched."""
    message = EmailMessage()
    message["From"] = author
    message["To"] = OFFICE
    message["Date"] = "Fri, 12 Sep 2025 10:00:00 +0800"
    message["Message-ID"] = "<said@example.org>"
    if thread:
        message["In-Reply-To"] = f"<{thread}@ipas.example.edu>"
        subject = subject or f"Re: [{CASE}] {_LETTERS[thread]}"
    message["Subject"] = subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text + "\n")
    if html:
        message.add_alternative(html, subtype="html")
    for name, content_type in files:
        maintype, _, subtype = content_type.partition("/")
        message.add_attachment(
            _BYTES[content_type], maintype=maintype, subtype=subtype, filename=name
        )
    return message.as_bytes()


def explained(raw: bytes, office_file: OfficeFile | None = None) -> dict[str, Any]:
    """What `mailflow explain` would say of it."""
    return explain(
        raw, name="said.eml", office=office_file or office(), office_address=OFFICE, now=NOW
    )


def hear(said: Said) -> dict[str, Any]:
    """The variant as a real mail, explained. A slip is known to be sent only in its thread."""
    thread = "" if said.press or not said.known else said.thread
    subject = f"[{CASE} 確認 {TOKEN}]" if said.press else said.subject
    author = "dora@example.net" if said.stranger else ANNE
    sent = [k for k in _LETTERS if k != "slip_mail" or thread == "slip_mail"]
    outbox = [{"kind": kind, "message_id": f"<{kind}@ipas.example.edu>"} for kind in sent]
    raw = mail(said.text, author=author, subject=subject, thread=thread, files=said.files)
    return explained(raw, office(outbox=outbox))
