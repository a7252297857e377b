"""An office after the exam: its store, its clerks, its clock, and what lies in its outbox."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from email import message_from_bytes, policy
from pathlib import Path

from sqlmodel import select
from store.people import ANNE

from mailflow.aftercare import Mark
from mailflow.campaign import Campaign, load_campaign
from mailflow.demo.people import national_id
from mailflow.desk import Desk
from mailflow.desk.certifying import arrived, posted
from mailflow.desk.refunding import invite
from mailflow.desk.results import ResultsReport, import_results
from mailflow.letters import Composer, default_templates
from mailflow.person import Field, Registration
from mailflow.slips import Slip
from mailflow.store import aftercare, audit, cases, inbox, lookup, refunds
from mailflow.store.aftercare import AfterView
from mailflow.store.afterpapers import AfterPapers, Held
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.certificates import Paper, Purpose
from mailflow.store.database import Store
from mailflow.store.inbox import Arrival
from mailflow.store.queue import Item, open_items
from mailflow.store.refunds import RefundView
from mailflow.store.tables import Outbox
from mailflow.workflow import Event

OFFICE = "office@example.edu.tw"
ROUND = load_campaign(Path(__file__).parents[2] / "campaigns" / "114-2.toml")
AI, IOT, SECURITY = "AI應用規劃師 初級", "物聯網應用工程師 初級", "資訊安全工程師 初級"
NAMES = ("安妮", "巴特", "克里斯", "德克", "伊娃", "方華", "紀諾", "哈娜")
PICTURE = b"\x89PNG\r\n\x1a\n" + b"certificate"


@dataclass(frozen=True)
class PersonRow:
    number: int = 1
    case: str = ""
    national_id: str = ""
    student_no: str = ""
    name: str = ""


@dataclass(frozen=True)
class Row:
    number: int
    person: PersonRow
    exam: str
    exam_on: date | None
    marks: tuple[Mark, ...]


def next_round(campaign: Campaign = ROUND) -> Campaign:
    """The round of the next spring, cloned: its own days, the same exams."""
    ends = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
    exams = tuple(one.model_copy(update={"held_on": (date(2026, 5, 16),)}) for one in ROUND.exams)
    changes = {
        "id": "115-1",
        "case_prefix": "iPAS115",
        "opens_on": date(2026, 2, 20),
        "announced_register_until": ends,
        "announced_pay_until": ends,
        "exams": exams,
    }
    return campaign.model_copy(update=changes)


def rules_of(campaign: Campaign) -> Rules:
    """The office's rules for a round; reading all templates takes a second, so each once."""
    if campaign.id not in _RULES:
        _RULES[campaign.id] = _rules(campaign)
    return _RULES[campaign.id]


_RULES: dict[str, Rules] = {}


def _rules(campaign: Campaign) -> Rules:
    return Rules(
        campaign=campaign,
        composer=Composer(default_templates(), campaign, office=OFFICE, sender_name="研發處"),
        office=OFFICE,
        answers_per_day=20,
        strangers_per_day=5,
    )


RULES = rules_of(ROUND)
_EXAM_IS_OVER = datetime(2025, 11, 16, 2, 0, tzinfo=UTC)


@dataclass
class AfterOffice:
    """`does(actor)` is a clerk's desk; `now` is moved by the stories."""

    store: Store
    rules: Rules = RULES
    now: datetime = datetime(2025, 9, 10, 2, 0, tzinfo=UTC)
    uid: int = field(default=0)

    def does(self, actor: str = "clerk") -> Desk:
        return Desk(self.store, self.rules, actor, lambda: self.now)

    def on(self, year: int, month: int, day: int, hour: int = 10) -> None:
        """It is that day in Taipei."""
        self.now = datetime(year, month, day, hour - 8, tzinfo=UTC)

    # People

    def person(self, place: int, **changes: str) -> Registration:
        data = ANNE.with_changes(
            {
                Field.NAME_ZH: NAMES[place],
                Field.NATIONAL_ID: national_id(place + 1),
                Field.STUDENT_NO: f"11359000{place + 1}",
                Field.EMAIL: f"student{place + 1}@example.org",
            }
        )
        return data.with_changes({Field(name): value for name, value in changes.items()})

    def completes(self, place: int = 0, *, exam: str = AI, **changes: str) -> str:
        """Someone registers, confirms, pays and is told; returns the case number."""
        data = self.person(place, exam=exam, **changes)
        if "subjects" not in changes:
            found = self.rules.campaign.exam(exam)
            assert found
            names = "、".join(subject.name for subject in found.subjects)
            data = data.with_changes({Field.SUBJECTS: names})
        is_retake = data[Field.RETAKE] == "是"
        amount = self.rules.campaign.fee(exam, data[Field.SUBJECTS], retake=is_retake)
        assert amount
        slip = Slip(amount, f"9582114000{place:04d}", "822", date(2025, 9, 22))
        cause = Cause(actor="mailflow")
        with self.store.write() as tx:
            work = Casework(tx, self.rules, now=self.now)
            case = work.register(data, cause=cause, problems=())
            case = cases.put_slip(tx, case, slip, now=self.now)
            for event in (Event.ASK, Event.CONFIRM, Event.PROOF, Event.TOLD):
                work.happen(cases.load(tx, case.id), event, cause=cause)
        assert self.case(case.number).state == "complete"
        return case.number

    def row(self, number: str, *scores: object, place: int = 1, **more: object) -> Row:
        """A row of the results file: the subjects of the registration, in their order. There is
        none before the exam."""
        self.now = max(self.now, _EXAM_IS_OVER)
        case = self.case(number)
        names = case.data[Field.SUBJECTS].split("、")
        told = zip(names, scores, strict=False)
        marks = tuple(Mark(name, Decimal(str(score))) for name, score in told)
        person = PersonRow(place, case=number)
        row = Row(place, person, case.data[Field.EXAM], date(2025, 11, 8), marks)
        return replace(row, **more)  # type: ignore[arg-type]

    def told(self, *results: tuple[str, object, object], why: str = "") -> ResultsReport:
        rows = [self.row(n, a, b, place=i) for i, (n, a, b) in enumerate(results, start=2)]
        return import_results(self.does(), rows, why=why)

    def invited(self, place: int = 0, *, exam: str = AI) -> str:
        """Someone who has passed, and has been asked for the application."""
        number = self.completes(place, exam=exam)
        self.on(2025, 11, 20)
        self.told((number, 80, 80))
        if exam == AI:
            posted(self.does(), exam=exam)
        else:
            arrived(self.does(), exam=exam)
        self.on(2025, 11, 28)
        assert number in invite(self.does()).done
        return number

    def applied(self, place: int = 0) -> str:
        number = self.invited(place)
        self.on(2026, 2, 2)
        assert self.applies(number, PICTURE + bytes([place])) is None
        return number

    # Mail, as the runner hands it on

    def mail(self) -> str:
        self.uid += 1
        raw = f"Message-ID: <{self.uid}@example.org>\r\n\r\n".encode()
        with self.store.write() as tx:
            arrival = Arrival("a", "INBOX", 1, self.uid, raw, len(raw), internal_at=self.now)
            (row_id,) = inbox.store_arrivals(tx, [arrival], now=self.now)
        return row_id

    def applies(self, number: str, content: bytes = PICTURE) -> Held | None:
        mail = self.mail()
        with self.store.write() as tx:
            case = cases.load(tx, lookup.by_number(tx, number) or "")
            papers = AfterPapers(tx, self.rules, now=self.now)
            seen = papers.keep(
                case, [Paper(content, "image/png")], purpose=Purpose.REFUND, inbox_id=mail,
                at=self.now,
            )  # fmt: skip
            cause = Cause(actor="mailflow", inbox_id=mail)
            return papers.application(case, cause=cause, at=self.now, seen=seen)

    def uploads(self, number: str, content: bytes, words: str = "附上證照") -> Held | None:
        mail = self.mail()
        with self.store.write() as tx:
            case = cases.load(tx, lookup.by_number(tx, number) or "")
            papers = AfterPapers(tx, self.rules, now=self.now)
            seen = papers.keep(
                case, [Paper(content, "image/png")], purpose=Purpose.REWARD, inbox_id=mail,
                at=self.now,
            )  # fmt: skip
            cause = Cause(actor="mailflow", inbox_id=mail)
            return papers.certificate(case, cause=cause, at=self.now, words=words, seen=seen)

    def tells(
        self, number: str, text: str, *, token: str = "", doubts: tuple[str, ...] = ()
    ) -> Held | None:
        """Someone answers through the button for the account."""
        mail = self.mail()
        token = token or self.token(number)
        with self.store.write() as tx:
            case = cases.load(tx, lookup.by_number(tx, number) or "")
            papers = AfterPapers(tx, self.rules, now=self.now)
            cause = Cause(actor="mailflow", inbox_id=mail)
            return papers.account(case, token, text=text, cause=cause, doubts=doubts)

    def tells_own_account(self, number: str, digits: str = "901234567890") -> Held | None:
        name = self.case(number).data[Field.NAME_ZH]
        return self.tells(number, f"銀行代碼：822\n帳號：{digits}\n戶名：{name}")

    def token(self, number: str) -> str:
        """The token in the latest letter with the button for the account."""
        text = [t for kind, t in self.letters(number) if "+p." in t][-1]
        return text.split("+p.")[1].split("@")[0].upper()

    # What is known

    def look(self, read: Callable[..., object], number: str):
        with self.store.read() as tx:
            return read(tx, lookup.by_number(tx, number))

    def case(self, number: str) -> CaseView:
        return self.look(cases.load, number)

    def after(self, number: str) -> AfterView:
        return self.look(aftercare.load, number)

    def refund(self, number: str) -> RefundView:
        return self.look(refunds.load, number)

    def items(self, number: str) -> list[Item]:
        return self.look(lambda tx, case_id: open_items(tx, case_id=case_id), number)

    def letters(self, number: str) -> list[tuple[str, str]]:
        """Kind and text of everything written to someone after the registration."""
        with self.store.read() as tx:
            case_id = lookup.by_number(tx, number)
            query = select(Outbox).where(Outbox.case_id == case_id).order_by(Outbox.id)
            found = []
            for row in tx.session.exec(query):
                raw = tx.vault.open(row.raw_sealed, place=f"outbox.raw.{row.id}")
                body = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
                found.append((row.letter, body.get_content() if body else ""))
        return found[4:]  # form_receipt, data_confirmation, payment_slip, proof_accepted

    def kinds(self, number: str) -> list[str]:
        return [kind for kind, _ in self.letters(number)]

    def audit(self, number: str) -> list[tuple[str, str]]:
        with self.store.read() as tx:
            return [(line.actor, line.action) for line in audit.history(tx, number)]
