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
from mailflow.demo.bank import Payment
from mailflow.demo.habits import Asking, Handing
from mailflow.demo.people import BANK, Student
from mailflow.person import LABELS, Field

_BUTTON = re.compile(r"mailto:[^\s<>\"]+")
_AMOUNT = re.compile(r"Amount：NT\$ (?P<amount>[0-9,]+)")
_ACCOUNT = re.compile(r"Account：(?P<account>[0-9]+)")
_STUDENTS = "mail.example.org"  # in the Message-IDs of their mails
_MISSING = 100  # what cris forgets to transfer, NT$

# Words of subjects.
SLIP, INVITATION, REMINDER = "電子繳費單", "請申請退回報名費", "提醒："

Send = Callable[[str, EmailMessage], None]  # from this address


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of the office in a student's mailbox. `kind` is guessed from its content."""

    subject: str
    text: str
    message_id: str
    reply_to: str
    answers: str = ""  # Message-ID of the student's own mail that this answers

    @classmethod
    def parse(cls, raw: bytes) -> "Letter":
        message = message_from_bytes(raw, policy=policy.default)
        body = message.get_body(("plain",))
        return cls(
            subject=str(message["Subject"]),
            text=body.get_content() if body else "",
            message_id=str(message["Message-ID"]),
            reply_to=str(message["Reply-To"] or message["From"]),
            answers=_own(str(message["In-Reply-To"] or "")),
        )

    @property
    def button(self) -> str | None:
        """The link of 「確認資料無誤」, if there is one."""
        return self._link("+c.")

    @property
    def account_button(self) -> str | None:
        """The link that tells an account for the refund, if there is one."""
        return self._link("+p.")

    @property
    def slip(self) -> tuple[int, str]:
        """What is to be paid, NT$, and to which account."""
        amount, account = _AMOUNT.search(self.text), _ACCOUNT.search(self.text)
        assert amount
        assert account
        return int(amount["amount"].replace(",", "")), account["account"]

    def _link(self, tag: str) -> str | None:
        found = [link for link in _BUTTON.findall(self.text) if tag in link]
        return found[0] if found else None


@dataclass(slots=True)
class Actor:
    """Plays one student: `got` is called with every letter, and may write back."""

    student: Student
    office: str
    send: Send
    now: Callable[[], datetime]
    pay: Callable[[Payment], None] = lambda _: None
    asking: Asking = Asking.IN_TIME
    handing: Handing = Handing.NOTHING
    letters: list[Letter] = field(default_factory=list)
    _done: set[str] = field(default_factory=set)

    def begin(self) -> None:
        """What this student does before any letter comes."""
        if self.student.role == "iris":
            self._registers_by_mail()

    def got(self, letter: Letter) -> None:
        """React to a letter as this student would."""
        self.letters.append(letter)
        if letter.button:
            self._asked(letter)
            return
        for words, react in _REACTIONS.items():
            if words in letter.subject:
                react(self, letter)
                return

    def hand_in(self) -> None:
        """A certificate for the reward, if there is one."""
        if self.handing is Handing.NOTHING:
            return
        title = "TOEIC 多益" if self.handing is Handing.LANGUAGE else "乙級技術士"
        message = self._message(self.office, f"上傳證照：{title}")
        message.set_content("老師好，附上我的證照，謝謝。")
        self._attach(message, self._certificate(title), name="certificate.jpg")
        self.send(self.student.address, message)

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
        role = self.student.role
        owed, account = letter.slip
        amount = owed - (_MISSING if role == "cris" else 0)
        if role not in ("jack", "nils"):  # one has only scheduled it, one's transfer came back
            for _ in range(2 if role == "dora" else 1):
                self.pay(Payment(account, amount, self.now(), is_store=role == "fang"))
        match role:  # what omar never sends, the bank tells
            case "fang":
                picture = pictures.draw_store_receipt(
                    amount=amount, account=account, paid_at=self.now()
                )
            case "jack":
                picture = pictures.draw_reservation(
                    amount=amount, account=account, bank=BANK, paid_at=self.now()
                )
            case "omar":
                return
            case _:
                picture = self._transfer(amount, account)
        self._reply(letter, "老師好，附上繳費證明，謝謝。", picture=picture)

    def _asked_for_another_proof(self, letter: Letter) -> None:
        owed, account = letter.slip
        match self.student.role:
            case "jack" if self._once("second proof"):
                self.pay(Payment(account, owed, self.now()))
                picture = self._transfer(owed, account)
                self._reply(letter, "已轉帳，附上轉帳成功畫面。", picture=picture)
            case "cris" if self._once("second proof"):
                self.pay(Payment(account, _MISSING, self.now()))
                picture = self._transfer(_MISSING, account)
                self._reply(letter, "補足差額，附上轉帳畫面。", picture=picture)

    def _transfer(self, amount: int, account: str) -> bytes:
        return pictures.draw_transfer(amount=amount, account=account, bank=BANK, paid_at=self.now())

    def _told_result(self, letter: Letter) -> None:
        """Somebody can't wait to be invited."""
        has_passed = "恭喜" in letter.text
        if has_passed and self.asking is Asking.EARLY and self._once("asked early"):
            self._reply(
                letter,
                "老師好，我通過了，申請退費，附上成績單。",
                picture=self._certificate("成績單"),
            )

    def _invited(self, letter: Letter) -> None:
        """The invitation to ask for the refund."""
        if self.asking is Asking.NEVER:
            return
        is_wrong = self.asking is Asking.WRONG_PICTURE and self._once("wrong picture")
        title = "其他證照" if is_wrong else self.student.exam
        self._reply(letter, "老師好，申請退費，附上證書。", picture=self._certificate(title))

    def _refused(self, letter: Letter) -> None:
        if self.asking is Asking.WRONG_PICTURE and self._once("right picture"):
            picture = self._certificate(self.student.exam)
            self._reply(letter, "抱歉寄錯了，這是正確的證書，申請退費。", picture=picture)

    def _asked_for_account(self, letter: Letter) -> None:
        """Fill in the mail that the button opens."""
        if self.asking is Asking.NO_ACCOUNT or letter.account_button is None:
            return
        is_first = self._once("account")
        is_parents = self.asking is Asking.PARENTS_ACCOUNT
        holder = "王大同" if is_parents else self.student.name
        number = f"{70_000_000_000 + self.student.number * 10 + (0 if is_first else 1)}"
        link = urlsplit(letter.account_button)
        message = self._message(unquote(link.path), parse_qs(link.query)["subject"][0])
        message.set_content(f"銀行代碼：{BANK}\n帳號：{number}\n戶名：{holder}\n")
        self.send(self.student.address, message)

    def _certificate(self, title: str) -> bytes:
        number = f"{title[:2]}-{self.student.student_no}"
        return pictures.draw_certificate(name=self.student.name, exam=title, number=number)

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
            self._attach(message, picture, name="picture.jpg")
        self.send(self.student.address, message)

    def _attach(self, message: EmailMessage, picture: bytes, *, name: str) -> None:
        content = pictures.as_sent_by_chat(picture)
        message.add_attachment(content, maintype="image", subtype="jpeg", filename=name)

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
        message["Message-ID"] = make_msgid(domain=_STUDENTS)
        return message

    def _once(self, deed: str) -> bool:
        if deed in self._done:
            return False
        self._done.add(deed)
        return True


def _own(message_id: str) -> str:
    return message_id if message_id.endswith(f"@{_STUDENTS}>") else ""


# By words of the subject, the first that fits.
_REACTIONS: dict[str, Callable[[Actor, Letter], None]] = {
    SLIP: Actor._billed,
    "請再傳一次繳費證明": Actor._asked_for_another_proof,
    "成績通知": Actor._told_result,
    INVITATION: Actor._invited,
    "退費申請未能通過": Actor._refused,
    "請填帳號": Actor._asked_for_account,
    "請填寫匯款帳號": Actor._asked_for_account,
}
