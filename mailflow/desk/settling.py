"""The bank's lines against the cases: credit what is certain, ask staff about the rest.

A case changes through the same casework as by mail, so the student gets the same letter.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from mailflow import saying
from mailflow.desk.case_money import MONEY, CaseMoney, Settled, SettlingError
from mailflow.settlement import (
    CERTAIN,
    BankLine,
    Basis,
    Credit,
    Debt,
    Debts,
    Owners,
    Share,
    certain,
    judge,
    split,
)
from mailflow.store import bank, cases, credits, lookup
from mailflow.store.audit import record
from mailflow.store.bank import StoredLine
from mailflow.store.cases import CaseView
from mailflow.store.casework import Cause, Rules
from mailflow.store.database import Transaction
from mailflow.store.queue import Item, MoneyProposal, close, money_in, open_decision, open_items
from mailflow.workflow import Event


class Settling:
    """One transaction's worth of settling. The caller commits."""

    def __init__(
        self, tx: Transaction, rules: Rules, *, actor: str, now: datetime, report: Settled
    ) -> None:
        self.report = report
        self._tx = tx
        self._rules = rules
        self._campaign = rules.campaign
        self._actor = actor
        self._now = now
        self._cases = CaseMoney(tx, rules, actor=actor, now=now, report=report)

    # files

    def take_in(self, lines: Sequence[BankLine], *, name: str, until: date) -> None:
        """Add the new lines, then look at every line that counts for nobody yet."""
        self.note_added(self.add(lines, name=name, until=until))
        found = credits.all_cases(self._tx, self._campaign.id)
        self._match(found, bank.open_lines(self._tx, self._campaign.id))

    def add(
        self, lines: Sequence[BankLine], *, name: str, until: date, at_most: int | None = None
    ) -> int:
        """Put what the ledger lacks into it, `at_most` so many lines; returns how many."""
        self.report.import_id, added = bank.take_in(
            self._tx,
            lines,
            campaign=self._campaign.id,
            name=name,
            covers_until=until,
            actor=self._actor,
            now=self._now,
            at_most=at_most,
        )
        self.report.added += added
        return added

    def note_added(self, count: int) -> None:
        """The history tells how many lines a file brought."""
        if count:
            self._record("settle", self.report.import_id, f"{count} lines")

    def take_back(self, name: str, *, why: str) -> None:
        one = bank.import_named(self._tx, name, campaign=self._campaign.id)
        gone = bank.take_back(self._tx, one.id, now=self._now)
        self.report.import_id, self.report.gone = one.id, len(gone)
        self._record("settle_undo", one.id, why)
        for line_id, item in self.items_by_line().items():
            if line_id in gone:
                self._close(item, why="import undone")
        for case_id in credits.uncredit(self._tx, gone, now=self._now):
            self._cases.stand(case_id, cause=self._cause(why))

    # lines

    def _match(self, found: list[CaseView], lines: list[StoredLine]) -> None:
        """What is certain is credited before anything is proposed: it changes what is owed."""
        ids = {case.number: case.id for case in found}
        debts = Debts(credits.debts_of(self._tx, found, campaign=self._campaign.id))
        for by in CERTAIN:
            owners = certain([one.line for one in lines], debts, by)
            sure = [(one, whose) for one, whose in zip(lines, owners, strict=True) if whose]
            lines = [one for one, whose in zip(lines, owners, strict=True) if not whose]
            self.post(sure, ids=ids)
        self.look_again(waiting_for_staff(self._tx, found))
        items = self.items_by_line()
        for stored in lines:
            if not stored.dismissed:
                self.propose(stored, debts.owners(stored.line), debts=debts, ids=ids, items=items)

    def post(self, lines: Sequence[tuple[StoredLine, Owners]], *, ids: Mapping[str, str]) -> None:
        """Credit lines whose owners are certain, then judge each case by all its money."""
        touched: dict[str, None] = {}
        for stored, owners in lines:
            touched |= dict.fromkeys(ids[share.case] for share in owners.shares)
            self._credit(stored, owners, ids=ids)
        self.look_again(touched)

    def look_again(self, case_ids: Iterable[str]) -> None:
        """Judge these cases anew: a proof may have made clear what waits for staff."""
        for case_id in case_ids:
            self._cases.stand(case_id, cause=self._cause(f"import {self.report.import_id[-8:]}"))

    def _credit(self, stored: StoredLine, owners: Owners, *, ids: Mapping[str, str]) -> None:
        for share in owners.shares:
            basis = owners.basis or Basis.STAFF
            credits.credit(
                self._tx,
                stored.id,
                share,
                case_id=ids[share.case],
                basis=basis,
                actor=self._actor,
                now=self._now,
            )
            self._record("credit", share.case, f"{share.amount} {basis} {stored.id[-8:]}")

    def propose(
        self,
        stored: StoredLine,
        owners: Owners,
        *,
        debts: Debts,
        ids: Mapping[str, str],
        items: Mapping[str, Item],
    ) -> None:
        """Ask staff once about a line; another proposal takes the place of an older one."""
        if not owners.reasons:
            self.report.unknown += 1
            return
        foreseen = [
            self._foreseen(share, stored.line, debts[share.case]) for share in owners.shares
        ]
        reasons = tuple(dict.fromkeys((*owners.reasons, *(code for f in foreseen for code in f))))
        proposal = MoneyProposal(stored.id, owners.shares, owners.candidates)
        self.report.proposed += 1
        waiting = items.get(stored.id)
        if waiting and (waiting.reasons, money_in(waiting.proposal)) == (reasons, proposal):
            return
        if waiting:
            self._close(waiting, why="seen anew")
        alone = owners.candidates[0] if len(owners.candidates) == 1 else ""
        open_decision(
            self._tx,
            kind=MONEY,
            reasons=reasons,
            event=Event.SETTLED if owners.shares else "",
            case_id=ids.get(alone),
            proposal=proposal.to_bytes(),
            key_id=stored.key_id,
            now=self._now,
        )

    def _foreseen(self, share: Share, line: BankLine, debt: Debt) -> tuple[str, ...]:
        """What will be against the case when staff accept."""
        credit = Credit(share.amount, Basis.STAFF, line.posted_on, line.paid_on)
        return judge(replace(debt, credits=(*debt.credits, credit)), self._campaign).reasons

    # what staff decide

    def book(self, name: str, numbers: Sequence[str], *, why: str) -> None:
        """A line is these cases' money."""
        stored = bank.line_named(self._tx, name, campaign=self._campaign.id)
        self._book(stored, numbers, why=why)
        waiting = self.items_by_line().get(stored.id)
        if waiting:
            self._close(waiting, why=why, verb="accept")

    def _book(
        self, stored: StoredLine, numbers: Sequence[str], *, why: str, seen: Iterable[str] = ()
    ) -> None:
        """What staff had `seen` of the sum is not asked again."""
        if credits.is_credited(self._tx, stored.id):
            raise SettlingError(saying.COUNTED_ALREADY)
        found = [self._case(number) for number in dict.fromkeys(numbers)]
        debts = Debts(credits.debt_of(self._tx, case) for case in found)
        shares = split(stored.line.amount, [debts[case.number] for case in found])
        if not shares:
            raise SettlingError(saying.NOT_SPLIT)
        owners = Owners(shares, Basis.STAFF)
        self._credit(stored, owners, ids={case.number: case.id for case in found})
        for case in found:
            self._cases.stand(case.id, cause=self._cause(why), seen=frozenset(seen))

    def accept(self, item: Item, *, why: str) -> None:
        """Do what a money item proposes: credit the line, or let the case's money count."""
        money = money_in(item.proposal)
        if money and money.shares:
            numbers = [share.case for share in money.shares]
            stored = bank.line_named(self._tx, money.line_id, campaign=self._campaign.id)
            self._book(stored, numbers, why=why, seen=item.reasons)
        else:
            self._cases.accept(item, self._cause(why))

    def reopen(self, item: Item, case: CaseView, *, why: str, note: str) -> None:
        """The claim is not borne out: the case owes again, and the student is told why."""
        self._cases.reopen(item, case, replace(self._cause(why), note=note))

    def dismiss(self, item: Item) -> None:
        """Nothing is to be done about the item's line; it is not proposed again."""
        money = money_in(item.proposal)
        if money:
            bank.dismiss(self._tx, money.line_id, now=self._now)

    def _case(self, number: str) -> CaseView:
        case_id = lookup.by_number(self._tx, number)
        if case_id is None:
            raise SettlingError(saying.no_case(number))
        return cases.load(self._tx, case_id)

    # items and audit

    def items_by_line(self) -> dict[str, Item]:
        found = {}
        for item in open_items(self._tx):
            money = money_in(item.proposal) if item.kind == MONEY else None
            if money:
                found[money.line_id] = item
        return found

    def _close(self, item: Item, *, why: str, verb: str = "discard") -> None:
        close(self._tx, item.id, verb=verb, actor=self._actor, why=why, now=self._now)

    def _cause(self, why: str) -> Cause:
        return Cause(actor=self._actor, why=why, source="staff")

    def _record(self, action: str, subject: str, why: str) -> None:
        record(self._tx, action, subject=subject, actor=self._actor, why=why, now=self._now)


def waiting_for_staff(tx: Transaction, found: Iterable[CaseView]) -> list[str]:
    """Ids of the cases about whose sum staff were asked."""
    asked = {
        item.case_id
        for item in open_items(tx)
        if item.kind == MONEY and not money_in(item.proposal)
    }
    return [case.id for case in found if case.id in asked and case.settled_amount]
