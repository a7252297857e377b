"""The examiner's roster: its columns as the campaign file maps them, its totals, its differences.

Whoever is in it has been told that the registration is complete, or is paid and staff want them
in. Each row is compared with the money before the list leaves the office.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date

from mailflow.campaign import Campaign, Exam
from mailflow.campaign.exams import Delivery, Subject
from mailflow.campaign.fees import NoFee
from mailflow.campaign.materials import RosterColumn
from mailflow.campaign.round import TAIPEI
from mailflow.desk.received import Received, Source, received
from mailflow.desk.verbs import DeskError
from mailflow.person import Field
from mailflow.store import bank, cases, lookup
from mailflow.store.cases import CaseView
from mailflow.store.database import Transaction
from mailflow.store.proven import surplus_accepted
from mailflow.store.queue import open_items
from mailflow.workflow import State

Cell = str | int
_SUBJECT_COLUMNS = 4
_DELIVERY = {Delivery.SCHOOL: "到校領取", Delivery.POST: "郵寄"}


@dataclass(frozen=True, slots=True)
class Allowed:
    """More money than was owed, which staff accepted: no difference, but told. NT$."""

    case: str
    owed: int
    received: int
    by: str
    on: date
    why: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One row before the columns are chosen. `owed` is the student's share, `list_price` what the
    subjects cost without the office's (None when a price is open); NT$. `accepted` is what staff
    decided about money above the share."""

    case: CaseView
    exam: Exam | None
    subjects: tuple[Subject, ...]
    owed: int | NoFee
    list_price: int | None
    received: Received
    accepted: Allowed | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """Why a row or a total does not add up; `code` is stable, `text` is for staff."""

    case: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Totals:
    """People, subjects and NT$ of one exam, or of all."""

    people: int = 0
    subjects: int = 0
    owed: int = 0
    received: int = 0


@dataclass(frozen=True, slots=True)
class Roster:
    """The list, what it sums up to, and what is wrong with it. `left_out` are paid cases that
    have not been told yet, or whose place in the list staff have not asked for."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(repr=False)
    total: Totals
    by_exam: dict[str, Totals]
    sources: dict[Source, int]
    differences: tuple[Difference, ...]
    accepted: tuple[Allowed, ...]
    left_out: tuple[str, ...]

    def facts(self) -> dict[str, object]:
        """For `--json`: sums and case numbers, no personal value."""
        return {
            **asdict(self.total),
            "by_exam": {name: asdict(one) for name, one in self.by_exam.items()},
            "sources": {source.value: count for source, count in self.sources.items()},
            "differences": [asdict(one) for one in self.differences],
            "accepted": [{**asdict(one), "on": one.on.isoformat()} for one in self.accepted],
            "left_out": list(self.left_out),
        }


def make_roster(tx: Transaction, campaign: Campaign, *, with_paid: bool = False) -> Roster:
    """The roster of a round. Raises DeskError when the column map names what nobody knows."""
    problems = unknown_columns(campaign.roster)
    if problems:
        raise DeskError("\n".join(problems))
    found = list(entries(tx, campaign, with_paid=with_paid))
    return Roster(
        header=tuple(column.header for column in campaign.roster),
        rows=tuple(tuple(_cell(column, entry) for column in campaign.roster) for entry in found),
        total=_totals(found),
        by_exam={
            name: _totals([entry for entry in found if entry.case.data[Field.EXAM] == name])
            for name in dict.fromkeys(entry.case.data[Field.EXAM] for entry in found)
        },
        sources=dict(Counter(entry.received.source for entry in found)),
        differences=tuple(_differences(tx, campaign, found)),
        accepted=tuple(entry.accepted for entry in found if entry.accepted),
        left_out=() if with_paid else _numbers(tx, campaign, State.PAID),
    )


def unknown_columns(columns: Sequence[RosterColumn]) -> list[str]:
    """Columns of the map that name no field, each with the remedy."""
    known = ", ".join([*Field, *_CELLS])
    return [
        f"roster: 「{column.header}」: no field {column.field}; the fields are {known}"
        for column in columns
        if column.field and column.field not in {*Field, *_CELLS}
    ]


def entries(tx: Transaction, campaign: Campaign, *, with_paid: bool) -> Iterator[Entry]:
    """Everybody whose registration is done, by exam in the campaign's order, then by number."""
    states = (State.COMPLETE, State.PAID) if with_paid else (State.COMPLETE,)
    ids = lookup.in_states(tx, states, campaign=campaign.id)
    found = [_entry(tx, campaign, cases.load(tx, case_id)) for case_id in ids]
    order = {exam.name: place for place, exam in enumerate(campaign.exams)}
    last = len(order)
    yield from sorted(
        found, key=lambda it: (order.get(it.exam.name, last) if it.exam else last, it.case.number)
    )


def _entry(tx: Transaction, campaign: Campaign, case: CaseView) -> Entry:
    data = case.data
    exam = campaign.exam(data[Field.EXAM])
    retake = data[Field.RETAKE] == "是"
    subjects = (exam.chosen(data[Field.SUBJECTS]) or ()) if exam else ()
    prices = [campaign.fees.price(subject) for subject in subjects]
    owed = campaign.quote(data[Field.EXAM], data[Field.SUBJECTS], retake=retake)
    has_come = received(tx, case)
    return Entry(
        case=case,
        exam=exam,
        subjects=subjects,
        list_price=sum(price for price in prices if price) if prices and all(prices) else None,
        owed=owed,
        received=has_come,
        accepted=_accepted(tx, case, owed, has_come),
    )


def _accepted(
    tx: Transaction, case: CaseView, owed: int | NoFee, has_come: Received
) -> Allowed | None:
    """What staff accepted above the fee; too little is never accepted."""
    amount = has_come.amount
    if has_come.source is not Source.BANK or not isinstance(owed, int) or amount is None:
        return None
    if amount <= owed or not case.settled_at:
        return None
    decided = surplus_accepted(tx, case)
    if decided is None:
        return None
    on = decided.at.astimezone(TAIPEI).date()
    return Allowed(case.number, owed, amount, by=decided.by, on=on, why=decided.why)


def _numbers(tx: Transaction, campaign: Campaign, state: State) -> tuple[str, ...]:
    ids = lookup.in_states(tx, (state,), campaign=campaign.id)
    return tuple(lookup.number_of(tx, case_id) for case_id in ids)


def _totals(found: Sequence[Entry]) -> Totals:
    return Totals(
        people=len(found),
        subjects=sum(len(entry.subjects) for entry in found),
        owed=sum(entry.owed for entry in found if isinstance(entry.owed, int)),
        received=sum(entry.received.amount or 0 for entry in found),
    )


def _subject(number: int) -> Callable[[Entry], Cell]:
    return lambda it: it.subjects[number].name if number < len(it.subjects) else ""


_CELLS: dict[str, Callable[[Entry], Cell]] = {
    "case": lambda it: it.case.number,
    "exam_code": lambda it: it.exam.code if it.exam else "",
    "level": lambda it: it.exam.level if it.exam else "",
    "list_price": lambda it: it.list_price or "",
    "paid": lambda it: it.received.amount if it.received.amount is not None else "",
    "delivery": lambda it: _DELIVERY[it.exam.delivery] if it.exam else "",
    **{f"subject_{number + 1}": _subject(number) for number in range(_SUBJECT_COLUMNS)},
}


def _cell(column: RosterColumn, entry: Entry) -> Cell:
    if not column.field:
        return column.value
    if column.field in _CELLS:
        return _CELLS[column.field](entry)
    if column.field == Field.SUBJECTS and entry.subjects:  # the campaign's names, not what was read
        return "、".join(subject.name for subject in entry.subjects)
    return entry.case.data[Field(column.field)]


def _differences(
    tx: Transaction, campaign: Campaign, found: Sequence[Entry]
) -> Iterator[Difference]:
    is_settled = any(file.undone_at is None for file in bank.imports(tx, campaign.id))
    twice = Counter((it.case.person_id, it.case.data[Field.EXAM]) for it in found)
    for entry in found:
        case = entry.case
        for code in _faults(entry):
            yield Difference(case.number, code, _told(code, entry))
        if is_settled and entry.received.source is not Source.BANK:
            yield Difference(
                case.number, "not_in_bank_file", "銀行檔中沒有這筆款項（mailflow settle）"
            )
        if not cases.is_confirmed(tx, case):
            yield Difference(case.number, "not_confirmed", "現行資料尚未由本人確認")
        if open_items(tx, case_id=case.id):
            yield Difference(
                case.number, "open_question", "還有待處理的項目（mailflow queue list）"
            )
        if twice[case.person_id, case.data[Field.EXAM]] > 1:
            yield Difference(case.number, "person_twice", "同一人、同一鑑定項目出現兩次")


def _faults(entry: Entry) -> Iterator[str]:
    """What does not add up within one row: price, slip, money."""
    amount = entry.received.amount
    if isinstance(entry.owed, NoFee):
        yield entry.owed.value
    elif entry.case.slip is None or entry.case.slip.amount != entry.owed:
        yield "slip_differs_from_fee"
    if amount is None:
        yield "no_money"
    elif isinstance(entry.owed, int) and amount != entry.owed and not entry.accepted:
        yield "amount_differs"


def _told(code: str, entry: Entry) -> str:
    slip = entry.case.slip.amount if entry.case.slip else "無"
    texts = {
        NoFee.EXAM: "鑑定項目不在本梯次",
        NoFee.SUBJECTS: "考科與鑑定項目不合",
        NoFee.PRICE: "這個項目沒有定價",
        "slip_differs_from_fee": f"繳費單金額 {slip}，應為 {entry.owed}",
        "no_money": "沒有對應現行繳費單的款項或已接受的證明",
        "amount_differs": f"收到 {entry.received.amount}，應為 {entry.owed}",
    }
    return texts[code]
