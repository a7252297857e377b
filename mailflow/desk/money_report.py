"""How claims and money stand to each other: the lists that staff work through."""

from dataclasses import dataclass, field
from datetime import date, datetime

from mailflow.campaign import Campaign
from mailflow.campaign.round import TAIPEI
from mailflow.desk.case_money import CLAIMED, MONEY
from mailflow.desk.masking import masked_name, masked_number
from mailflow.settlement import overdue_from
from mailflow.store import bank, credits
from mailflow.store.audit import last_of
from mailflow.store.bank import Import, StoredLine
from mailflow.store.cases import CaseView
from mailflow.store.casework import Rules
from mailflow.store.database import Store, Transaction
from mailflow.store.queue import open_decision, open_items
from mailflow.workflow import Event

NO_MONEY = "claimed_but_no_money"


@dataclass(frozen=True, slots=True)
class Claim:
    """A case that is taken for paid, and the bank's file has nothing of it. `due` in NT$."""

    case: str
    due: int
    claimed_on: date


@dataclass(frozen=True, slots=True)
class Credited:
    """A case with money; `due` is None without a slip."""

    case: str
    state: str
    credited: int
    due: int | None


@dataclass(frozen=True, slots=True)
class Nobodys:
    """A line that counts for no case. Account and payer are masked."""

    line: str
    posted_on: date
    amount: int
    account: str
    payer: str


@dataclass(frozen=True, slots=True)
class MoneyReport:
    """`looked_until`: the day up to which absence of money means something; None without a file.

    `no_money` claims are overdue, `waiting` ones may still arrive. `no_claim` cases have money and
    are not taken for paid, `nobodys` lines have no case. `differing` claims have another sum.
    """

    looked_until: date | None
    imports: tuple[Import, ...]
    settled: int
    settled_sum: int
    waiting: int
    no_money: tuple[Claim, ...]
    no_claim: tuple[Credited, ...]
    differing: tuple[Credited, ...]
    nobodys: tuple[Nobodys, ...]
    dismissed: int
    case_ids: dict[str, str] = field(default_factory=dict, repr=False)


def money_report(store: Store, rules: Rules, *, now: datetime) -> MoneyReport:
    """The lists as they stand now."""
    with store.read() as tx:
        return _report(tx, rules.campaign, now)


def ask_about_claims(store: Store, rules: Rules, *, now: datetime) -> list[str]:
    """Put each overdue claim without money before staff, once; returns the case numbers.

    Not done by an import: only a person knows whether the files were complete.
    """
    with store.write() as tx:
        tx.one_at_a_time("settlement")
        report = _report(tx, rules.campaign, now)
        asked = {item.case_id for item in open_items(tx) if item.kind == MONEY}
        new = [one.case for one in report.no_money if report.case_ids[one.case] not in asked]
        for number in new:
            case_id = report.case_ids[number]
            open_decision(tx, kind=MONEY, reasons=(NO_MONEY,), case_id=case_id, now=now)
        return new


def _report(tx: Transaction, campaign: Campaign, now: datetime) -> MoneyReport:
    imports = bank.imports(tx, campaign.id)
    in_force = [one.covers_until for one in imports if not one.undone_at]
    until = min(max(in_force), now.astimezone(TAIPEI).date()) if in_force else None
    found = credits.all_cases(tx, campaign.id)
    settled = [case for case in found if case.settled_at]
    bare = [case for case in found if case.state in CLAIMED and not case.settled_at]
    with_money = set(credits.credits_by_case(tx, [case.id for case in found]))
    claims = _claims(tx, [case for case in bare if case.id not in with_money])
    overdue = [one for one in claims if until and until >= overdue_from(one.claimed_on, campaign)]
    lines = bank.open_lines(tx, campaign.id)
    waiting_for_staff = [case for case in found if case.id in with_money and not case.settled_at]
    return MoneyReport(
        looked_until=until,
        imports=tuple(imports),
        settled=len(settled),
        settled_sum=sum(case.settled_amount for case in settled),
        waiting=len(claims) - len(overdue),
        no_money=tuple(overdue),
        no_claim=tuple(_credited(one) for one in waiting_for_staff if one.state not in CLAIMED),
        differing=tuple(_credited(one) for one in waiting_for_staff if one.state in CLAIMED),
        nobodys=tuple(_nobodys(one) for one in lines if not one.dismissed),
        dismissed=sum(one.dismissed for one in lines),
        case_ids={case.number: case.id for case in found},
    )


def _claims(tx: Transaction, found: list[CaseView]) -> list[Claim]:
    """With the day of the last accepted proof, oldest first."""
    since = last_of(tx, Event.PROOF, Event.SETTLED)
    claims = [
        Claim(
            case=case.number,
            due=case.slip.amount if case.slip else 0,
            claimed_on=since.get(case.number, case.created_at).astimezone(TAIPEI).date(),
        )
        for case in found
    ]
    return sorted(claims, key=lambda claim: claim.claimed_on)


def _credited(case: CaseView) -> Credited:
    due = case.slip.amount if case.slip else None
    return Credited(case.number, case.state, case.settled_amount, due)


def _nobodys(stored: StoredLine) -> Nobodys:
    line = stored.line
    return Nobodys(
        line=stored.id,
        posted_on=line.posted_on,
        amount=line.amount,
        account=masked_number(line.account),
        payer=masked_name(line.payer),
    )
