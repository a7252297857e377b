"""How sample students behave: each reacts to the letters that come into her mailbox."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from urllib.parse import parse_qs, unquote, urlsplit

from mailflow.demo import pictures
from mailflow.demo.people import BANK, Student
from mailflow.person import LABELS, Field

_BUTTON = re.compile(r"mailto:[^\s<>\"]+")

Send = Callable[[str, EmailMessage], None]  # from this address


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of the office in a student's mailbox. `kind` is guessed from its content."""

    subject: str
    text: str
    message_id: str
    reply_to: str

    @classmethod
    def parse(cls, raw: bytes) -> "Letter":
        message = message_from_bytes(raw, policy=policy.default)
        body = message.get_body(("plain",))
        return cls(
            subject=str(message["Subject"]),
            text=body.get_content() if body else "",
            message_id=str(message["Message-ID"]),
            reply_to=str(message["Reply-To"] or message["From"]),
        )

    @property
    def button(self) -> str | None:
        """The link of 「確認資料無誤」, if there is one."""
        found = [link for link in _BUTTON.findall(self.text) if "+c." in link]
        return found[0] if found else None


@dataclass(slots=True)
class Actor:
    """Plays one student: `got` is called with every letter, and may write back."""

    student: Student
    office: str
    send: Send
    now: Callable[[], datetime]
    letters: list[Letter] = field(default_factory=list)
    _done: set[str] = field(default_factory=set)

    def begin(self) -> None:
        """What this student does before any letter comes."""
        if self.student.role == "iris":
            self._registers_by_mail()

    def got(self, raw: bytes) -> None:
        """React to a letter as this student would."""
        letter = Letter.parse(raw)
        self.letters.append(letter)
        if letter.button:
            self._asked(letter)
        elif "繳費單" in letter.subject and "證明" not in letter.subject:
            self._billed(letter)
        elif "證明" in letter.subject and self._once("second proof"):
            self._asked_for_another_proof(letter)

    def _asked(self, letter: Letter) -> None:
        """A letter with the button."""
        match self.student.role:
            case "bart" if self._once("first correction"):
                self._reply(letter, "老師好，手機打錯了\n手機：0900-000-222")
            case "bart" if self._once("second correction"):
                self._reply(letter, "不好意思，還有一個要改\n考區：臺中")
            case "eva" if self._once("out of office"):
                self._out_of_office(letter)
                self._press(letter)
            case "gela":
                if self._once("acknowledged"):
                    self._reply(letter, "收到，謝謝")
            case "hugo" if self._once("pressed elsewhere"):
                self._press(letter, sender="hugo.private@example.org")
            case "kate":
                if self._once("withdrew"):
                    self._press(
                        letter, words="我已確認資料無誤\n\n補充：我決定不考了，請幫我取消報名"
                    )
            case "leon" if self._once("question"):
                self._reply(letter, "請問考試當天可以提早離場嗎？")
                self._press(letter)
            case _:
                self._press(letter)

    def _billed(self, letter: Letter) -> None:
        """The payment slip."""
        if not self._once("paid"):
            return
        paid = self.student.fee - (100 if self.student.role == "cris" else 0)
        match self.student.role:
            case "fang":
                picture = pictures.draw_store_receipt(
                    amount=paid, account=self.student.account, paid_at=self.now()
                )
            case "jack":
                picture = pictures.draw_reservation(
                    amount=paid, account=self.student.account, bank=BANK, paid_at=self.now()
                )
            case _:
                picture = self._transfer(paid)
        self._reply(letter, "老師好，附上繳費證明，謝謝。", picture=picture)

    def _asked_for_another_proof(self, letter: Letter) -> None:
        if self.student.role == "jack":
            self._reply(
                letter, "已轉帳，附上轉帳成功畫面。", picture=self._transfer(self.student.fee)
            )

    def _transfer(self, amount: int) -> bytes:
        return pictures.draw_transfer(
            amount=amount, account=self.student.account, bank=BANK, paid_at=self.now()
        )

    def _registers_by_mail(self) -> None:
        data = self.student.registration()
        lines = [f"{LABELS[name]}：{data[name]}" for name in Field]
        message = self._message(self.office, "報名 iPAS")
        message.set_content("老師好，我要報名：\n" + "\n".join(lines))
        self.send(self.student.address, message)

    def _press(self, letter: Letter, *, sender: str = "", words: str = "我已確認資料無誤") -> None:
        """Send the mail that the button opens."""
        link = urlsplit(letter.button or "")
        message = self._message(unquote(link.path), parse_qs(link.query)["subject"][0])
        message.set_content(words)
        self.send(sender or self.student.address, message)

    def _reply(self, letter: Letter, words: str, *, picture: bytes | None = None) -> None:
        message = self._message(letter.reply_to, f"Re: {letter.subject}")
        message["In-Reply-To"] = message["References"] = letter.message_id
        quoted = "\n".join(f"> {line}" for line in letter.text.splitlines())
        message.set_content(f"{words}\n\n研究發展處 <{self.office}> 於 寫道：\n\n{quoted}\n")
        if picture:
            message.add_attachment(
                picture, maintype="image", subtype="png", filename="screenshot.png"
            )
        self.send(self.student.address, message)

    def _out_of_office(self, letter: Letter) -> None:
        message = self._message(self.office, f"自動回覆: {letter.subject}")
        message["Auto-Submitted"] = "auto-replied"
        message.set_content("我正在國外，無法收信。")
        self.send(self.student.address, message)

    def _message(self, to: str, subject: str) -> EmailMessage:
        message = EmailMessage()
        message["To"] = to
        message["Subject"] = subject
        message["Date"] = format_datetime(self.now())
        message["Message-ID"] = make_msgid(domain="example.org")
        return message

    def _once(self, deed: str) -> bool:
        if deed in self._done:
            return False
        self._done.add(deed)
        return True
