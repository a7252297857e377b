"""Invented mail of a university office, in the sizes and shapes that people send."""

import io
import random
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from urllib.parse import parse_qs, unquote, urlsplit

from PIL import Image

from bench.office import OFFICE, BenchOffice, Student
from mailflow.demo.students import Letter

_SENTENCES = (
    "老師您好，我是資訊工程系三年級的學生。",
    "想請問這次團體報名的收據抬頭可以寫學校嗎？",
    "謝謝老師這段時間的幫忙，辛苦了。",
    "上週的說明會因為期中考沒有辦法參加，之後會再看錄影。",
    "考試當天需要帶學生證，還是帶身分證就可以了？",
    "系上有好幾位同學也在問同樣的問題。",
    "如果還缺什麼資料，請再通知我，我會盡快補上。",
    "這封信我是用手機寫的，如果格式有點亂請見諒。",
)
_THANKS = ("收到，謝謝老師！", "好的，謝謝。", "了解，感謝老師的說明。", "收到")


class Mails:
    """A stream of mail to the office, the same for the same seed."""

    def __init__(self, office: BenchOffice, *, seed: int = 1) -> None:
        self._random = random.Random(seed)
        self._students = office.students
        self._letters = office.letters()
        self._to_press = list(office.students)
        self._logos = [_picture(self._random, side) for side in (48, 96, 200, 400)]

    def quiet(self) -> bytes:
        """A mail that no letter answers: thanks, questions, newsletters, automatic replies."""
        kinds: list[tuple[Callable[[], EmailMessage | bytes], int]] = [
            (self._thanks, 35),
            (self._question, 25),
            (self._away, 15),
            (self._newsletter, 25),
        ]
        return self._one_of(kinds)

    def mixed(self) -> bytes:
        """A mail of a busy day: two in five press the button, and are answered by a letter."""
        kinds: list[tuple[Callable[[], EmailMessage | bytes], int]] = [
            (self._press, 40 if self._to_press else 0),
            (self._thanks, 20),
            (self._question, 15),
            (self._away, 10),
            (self._newsletter, 15),
        ]
        return self._one_of(kinds)

    def press(self, student: Student) -> bytes:
        """The mail that the button of the confirmation letter opens."""
        link = urlsplit(self._letters[student.address].button or "")
        message = self._mail(student.address, parse_qs(link.query)["subject"][0])
        message.replace_header("To", unquote(link.path))
        message.set_content("我已確認資料無誤")
        return message.as_bytes()

    def _one_of(self, kinds: list[tuple[Callable[[], EmailMessage | bytes], int]]) -> bytes:
        makers, weights = zip(*kinds, strict=True)
        made = self._random.choices(makers, weights)[0]()
        return made if isinstance(made, bytes) else made.as_bytes()

    def _press(self) -> bytes:
        return self.press(self._to_press.pop())

    def _thanks(self) -> EmailMessage:
        student, letter = self._anyone()
        message = self._reply(student, letter)
        words = self._random.choice(_THANKS)
        quoted = "\n".join(f"> {line}" for line in letter.text.splitlines())
        message.set_content(
            f"{words}\n\n研究發展處 <{OFFICE}> 於 2025年9月10日 寫道：\n\n{quoted}\n"
        )
        return message

    def _question(self) -> EmailMessage:
        """Plain text and HTML, sometimes with the small pictures of a signature."""
        student, letter = self._anyone()
        text = "\n".join(self._random.choices(_SENTENCES, k=self._random.randint(2, 30)))
        message = self._reply(student, letter)
        message.set_content(text)
        lines = "".join(f"<div>{line}</div>" for line in text.splitlines())
        quoted = letter.text.replace("\n", "<br>")
        page = (
            f"<html><body>{lines}<img src='cid:logo'><br><div class='gmail_quote'>"
            "<div class='gmail_attr'>於 9月10日 寫道：</div>"
            f"<blockquote>{quoted}</blockquote></div></body></html>"
        )
        message.add_alternative(page, subtype="html")
        if self._random.random() < 0.3:
            html = message.get_body(("html",))
            assert html
            logo = self._random.choice(self._logos)
            html.add_related(logo, "image", "png", cid="<logo>", filename="logo.png")
        return message

    def _away(self) -> EmailMessage:
        student, letter = self._anyone()
        message = self._mail(student.address, f"自動回覆: {letter.subject}")
        message["Auto-Submitted"] = "auto-replied"
        message.set_content("我目前不在辦公室，將於下週一回覆您的來信。")
        return message

    def _newsletter(self) -> EmailMessage:
        message = self._mail("news@lists.example.org", "【電子報】本週活動")
        message["List-Id"] = "<news.lists.example.org>"
        message["List-Unsubscribe"] = "<https://lists.example.org/off>"
        message["Precedence"] = "bulk"
        text = "\n\n".join(self._random.choices(_SENTENCES, k=self._random.randint(20, 200)))
        message.set_content(text)
        cells = "".join(f"<tr><td>{line}</td></tr>" for line in text.splitlines())
        message.add_alternative(f"<html><body><table>{cells}</table></body></html>", subtype="html")
        return message

    def _anyone(self) -> tuple[Student, Letter]:
        student = self._random.choice(self._students)
        return student, self._letters[student.address]

    def _reply(self, student: Student, letter: Letter) -> EmailMessage:
        message = self._mail(student.address, f"Re: {letter.subject}")
        message["In-Reply-To"] = message["References"] = letter.message_id
        return message

    def _mail(self, sender: str, subject: str) -> EmailMessage:
        message = EmailMessage()
        message["From"] = f"王小明 <{sender}>"
        message["To"] = OFFICE
        message["Subject"] = subject
        message["Date"] = format_datetime(datetime.now(UTC))
        message["Message-ID"] = make_msgid(domain="mail.example.org")
        return message


def _picture(chance: random.Random, side: int) -> bytes:
    """Noise, so that it takes the room a picture takes."""
    image = Image.frombytes("L", (side, side), chance.randbytes(side * side))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
