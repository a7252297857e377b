"""The cast: what students do, with real mail programs' habits, and what lies in their mailbox."""

import re
import shutil
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from servers.office import ANNE, BART, CRIS, DIRK, EVA, FAYE, GINO, HANA, OFFICE
from store.people import ANNE as SOMEBODY
from stories.running import FEE, RunningOffice

from mailflow.demo.people import national_id
from mailflow.demo.pictures import draw_transfer
from mailflow.desk.importing import Imported, import_rows
from mailflow.person import LABELS, Field, Registration
from mailflow.store import cases, lookup, outbox
from mailflow.store.cases import CaseView
from mailflow.store.queue import Item
from mailflow.workflow import State

needs_eyes = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="RECEIPTS NOT TESTED: tesseract is not installed"
)

BANK = "822"
_BUTTON = re.compile(r"mailto:[^\s<>\"]+")
_NAMES = {ANNE: "安妮", BART: "巴特", CRIS: "克里斯", DIRK: "德克", EVA: "伊娃"}
_NAMES |= {FAYE: "方華", GINO: "紀諾", HANA: "哈娜"}


@dataclass(frozen=True, slots=True)
class Received:
    """One letter of the office as it lies in a mailbox; `kind` is told by its Message-ID."""

    kind: str
    subject: str
    text: str
    message_id: str
    reply_to: str
    raw: bytes = field(repr=False)

    @property
    def button(self) -> str:
        """The link of 「確認資料無誤」."""
        return next(link for link in _BUTTON.findall(self.text) if "+c." in link)

    @property
    def token(self) -> str:
        return self.button_subject.rpartition(" ")[2].rstrip("]")

    @property
    def button_to(self) -> str:
        return unquote(urlsplit(self.button).path)

    @property
    def button_subject(self) -> str:
        return parse_qs(urlsplit(self.button).query)["subject"][0]


@dataclass(frozen=True, slots=True)
class SlipColumns:
    amount: int
    account: str
    bank: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Row:
    submitted_at: datetime
    texts: dict[Field, str]
    slip: SlipColumns | None
    doubts: tuple[str, ...] = ()
    edit_link: str = ""


@dataclass(frozen=True, slots=True)
class Student:
    """One student of an office's round. Everything goes through real mailboxes."""

    office: RunningOffice
    address: str
    number: int = 0

    @property
    def data(self) -> Registration:
        number = self.number or 1 + list(_NAMES).index(self.address)
        return SOMEBODY.with_changes(
            {
                Field.NAME_ZH: _NAMES.get(self.address, "新生"),
                Field.NATIONAL_ID: national_id(number),
                Field.STUDENT_NO: f"1135900{number:02d}",
                Field.PHONE: f"09000001{number:02d}",
                Field.EMAIL: self.address,
            }
        )

    @property
    def account(self) -> str:
        return f"9582114090{self.data[Field.STUDENT_NO][-2:]}23"

    # What the office knows

    @property
    def case(self) -> CaseView:
        with self.office.store.read() as tx:
            number = self.data[Field.STUDENT_NO]
            found = lookup.by_student(tx, number, campaign=self.office.rules.campaign.id)
            assert len(found) == 1, f"{len(found)} cases"
            return cases.load(tx, found[0])

    def waits_for_staff(self, *reasons: str) -> Item:
        """The one open item of this case that has these reasons; waits for it."""
        return self.office.until(lambda: self._item(reasons))

    def _item(self, reasons: tuple[str, ...]) -> Item | None:
        items = self.office.queue(case_id=self.case.id)
        found = [item for item in items if set(reasons) <= set(item.reasons)]
        return found[0] if len(found) == 1 else None

    @property
    def queue(self) -> list[tuple[str, ...]]:
        """The reasons of everything of this case that waits for a person."""
        return [item.reasons for item in self.office.queue(case_id=self.case.id)]

    # The form

    def registers(self, **changes: object) -> Imported:
        """The office imports the form with this student's row (`slip=None`: without a slip)."""
        return register(self, **changes)

    def row(self, **changes: object) -> Row:
        slip = SlipColumns(FEE, self.account, BANK, None)
        row = Row(self.office.clock.now(), dict(self.data.values), slip)
        return replace(row, **changes)  # type: ignore[arg-type]

    # The mailbox

    def letters(self) -> list[Received]:
        """All letters of the office in the real mailbox, oldest first."""
        return [self._received(raw) for raw in self.office.servers.mailbox_of(self.address)]

    def _received(self, raw: bytes) -> Received:
        message = message_from_bytes(raw, policy=policy.default)
        body = message.get_body(("plain",))
        message_id = str(message["Message-ID"])
        with self.office.store.read() as tx:
            known = outbox.find_by_message_id(tx, message_id)
        return Received(
            kind=known[1] if known else "",
            subject=str(message["Subject"]),
            text=body.get_content() if body else "",
            message_id=message_id,
            reply_to=str(message["Reply-To"] or message["From"]),
            raw=raw,
        )

    def kinds(self) -> list[str]:
        """Which letters came, sorted (two that leave together may arrive in any order)."""
        return sorted(letter.kind for letter in self.letters())

    def gets(self, kind: str, *, count: int = 1) -> Received:
        """Wait for the `count`-th letter of this kind and return it."""
        letters = self.office.until(lambda: self._of(kind, count))
        return letters[count - 1]

    def _of(self, kind: str, count: int) -> list[Received]:
        found = [letter for letter in self.letters() if letter.kind == kind]
        return found if len(found) >= count else []

    # Writing

    def presses(self, letter: Received, *, sender: str = "", words: str = "") -> bytes:
        """Send the mail that the button opens; returns it."""
        message = self.mail(letter.button_to, letter.button_subject, sender=sender)
        message.set_content(words or "我已確認資料無誤")
        return self.sends(message)

    def replies(
        self, letter: Received, words: str, *, picture: bytes = b"", more: tuple[bytes, ...] = ()
    ) -> bytes:
        """Reply as a usual mail program does: new words above, the whole letter quoted below."""
        message = self.mail(letter.reply_to, f"Re: {letter.subject}")
        message["In-Reply-To"] = message["References"] = letter.message_id
        quoted = "\n".join(f"> {line}" for line in letter.text.splitlines())
        message.set_content(f"{words}\n\n研究發展處 <{OFFICE}> 於 寫道：\n\n{quoted}\n")
        for one in (picture, *more) if picture else ():
            message.add_attachment(one, maintype="image", subtype="png", filename="IMG_1.png")
        return self.sends(message)

    def writes(self, subject: str, words: str, *, to: str = OFFICE) -> bytes:
        message = self.mail(to, subject)
        message.set_content(words)
        return self.sends(message)

    def sends(self, message: EmailMessage, *, times: int = 1) -> bytes:
        raw = message.as_bytes()
        self.office.deliver(raw, times=times)
        return raw

    def mail(self, to: str, subject: str, *, sender: str = "") -> EmailMessage:
        message = EmailMessage()
        message["From"] = sender or self.address
        message["To"] = to
        message["Subject"] = subject
        message["Date"] = format_datetime(self.office.clock.now())
        message["Message-ID"] = make_msgid(domain="student.example.edu")
        return message

    def form_lines(self) -> str:
        """A complete registration as a mail says it."""
        return "\n".join(f"{LABELS[name]}：{self.data[name]}" for name in Field)

    # What happens often

    def transfer(self, amount: int = FEE, *, paid_at: datetime | None = None) -> bytes:
        """The bank app's screenshot of a transfer to this student's account."""
        return draw_transfer(
            amount=amount,
            account=self.account,
            bank=BANK,
            paid_at=paid_at or self.office.clock.now(),
        )

    def is_asked(self) -> Received:
        """Registered by the form, and the letter with the button has come."""
        self.registers()
        return self.gets("data_confirmation")

    def is_billed(self) -> Received:
        """Registered and confirmed; the slip has come."""
        self.presses(self.is_asked())
        return self.gets("payment_slip")

    def reaches(self, state: State) -> None:
        self.office.until(lambda: self.case.state is state)


def register(*students: Student, **changes: object) -> Imported:
    """One import of the form with these students' rows."""
    office = students[0].office
    rows = [student.row(**changes) for student in students]
    return import_rows(office.store, office.rules, rows, actor="clerk", now=office.clock.now())
