"""Anne, who registers for an exam, and what her mail program makes of a letter."""

from collections.abc import Callable
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from mailflow.letters import Rendered
from mailflow.person import Field, Registration
from mailflow.workflow import Letter

OFFICE = "ipas@example.edu.tw"
TO_STUDENTS = [letter for letter in Letter if letter is not Letter.STAFF_DIGEST]
NOW = datetime(2025, 9, 12, 1, 30, tzinfo=UTC)

ANNE = Registration(
    {
        Field.NAME_ZH: "安妮",
        Field.NAME_EN: "AN, NI",
        Field.NATIONAL_ID: "A123456789",
        Field.BIRTH_DATE: "2004-05-06",
        Field.SEX: "女",
        Field.STUDENT_NO: "112590001",
        Field.DEPARTMENT: "資訊工程系",
        Field.PHONE: "0912345678",
        Field.EMAIL: "anne@example.org",
        Field.ADDRESS: "臺北市大安區忠孝東路三段 1 號",
        Field.EXAM: "AI應用規劃師 初級",
        Field.SUBJECTS: "人工智慧基礎概論、生成式AI應用與規劃",
        Field.EXAM_AREA: "臺北",
        Field.RETAKE: "否",
    }
)

Send = Callable[..., Rendered]
Parts = tuple[EmailMessage, str, str]


def opened(letter: Rendered) -> Parts:
    """What Anne's mail program makes of the bytes: the message, its text and its HTML."""
    message = BytesParser(policy=policy.default).parsebytes(letter.raw)
    assert isinstance(message, EmailMessage)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    plain, page = text.get_content(), html.get_content()
    return message, plain.replace("\r\n", "\n"), page.replace("\r\n", "\n")
