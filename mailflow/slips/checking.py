"""Is a slip from elsewhere right for this case? Pure.

Everything that two sources say must be the same, and what they say must be what the case owes:
a slip that fails in one point is not sent.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from mailflow.campaign.slip_settings import SlipSettings
from mailflow.slips import accounts
from mailflow.slips.foreign import PaperSlip, TableRow, same_name
from mailflow.slips.segments import Segments
from mailflow.slips.slip import Slip


@dataclass(frozen=True, slots=True)
class Owed:
    """What a case owes. `names` are the student's, in every script; amount in NT$, None when the
    campaign has no price. `due_days` are the last days that a slip may name, inclusive: the one
    announced, and the one it moved to when the office was closed."""

    names: tuple[str, ...] = field(repr=False)
    amount: int | None
    due_days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """All that was brought for one case."""

    rows: tuple[TableRow, ...] = ()
    papers: tuple[PaperSlip, ...] = ()

    @property
    def barcodes(self) -> tuple[Segments, ...]:
        """The barcodes of every source, each once."""
        given = [row.barcodes for row in self.rows]
        shown = [codes for paper in self.papers for codes in (paper.barcodes, paper.printed)]
        return tuple(dict.fromkeys(codes for codes in (*given, *shown) if codes))

    @property
    def days(self) -> set[date | None]:
        """Every last day that a source names; None for a barcode's that does not exist."""
        given = {row.due_on for row in self.rows if row.due_on}
        shown = {day for paper in self.papers for day in paper.due_days}
        return given | shown | {codes.due_on for codes in self.barcodes}

    @property
    def pdf(self) -> bytes:
        """The paper; b"" when there is none."""
        return self.papers[0].pdf if self.papers else b""


def checked(said: Said, owed: Owed, settings: SlipSettings) -> Slip | tuple[str, ...]:
    """The slip, or the codes of all that is wrong with it."""
    account = account_of(said)
    due_on = next((day for day in owed.due_days if day in said.days), owed.due_days[0])
    wrong = [
        *_papers_against(said),
        *_names_against(said, owed),
        *_amounts_against(said, owed),
        *_days_against(said, owed),
        *_banks_against(said, settings),
    ]
    if not account:
        wrong.append("account_unclear" if _labelled(said) else "account_missing")
    else:
        wrong += _account_against(said, account)
        wrong += _barcodes_against(said, account, settings)
        if not wrong:  # the account's last digit is about this amount and day
            wrong += _rule_against(account, owed, due_on, settings)
    if wrong or not account or owed.amount is None:
        return tuple(dict.fromkeys(wrong))
    own = f"{settings.bank.code} {settings.bank.name}".strip() if settings.bank else ""
    bank = next((row.bank for row in said.rows if row.bank), own)
    barcodes = next(iter(said.barcodes), None)
    return Slip(owed.amount, account, bank, due_on, barcodes)


def _labelled(said: Said) -> set[str]:
    return {account for paper in said.papers for account in paper.accounts}


def account_of(said: Said) -> str:
    """The one account: of the table; else the one on the paper, which the barcodes may settle."""
    given = {row.account for row in said.rows if row.account}
    found = given or _labelled(said)
    if len(found) > 1 and not given:
        found = {one for one in found if any(codes.pays_into(one) for codes in said.barcodes)}
    return found.pop() if len(found) == 1 else ""


def _papers_against(said: Said) -> Iterator[str]:
    if len({row_facts(row) for row in said.rows}) > 1 or len({p.pdf for p in said.papers}) > 1:
        yield "several_slips_for_one_case"
    for paper in said.papers:
        if not paper.text.strip():
            yield "pdf_without_text"
        elif paper.printed and not paper.barcodes:
            yield "barcodes_not_scannable"


def row_facts(row: TableRow) -> tuple[object, ...]:
    """What makes two rows the same slip."""
    return (row.amount, row.account, row.bank, row.due_on, row.barcodes)


def _names_against(said: Said, owed: Owed) -> Iterator[str]:
    for row in said.rows:
        if not any(same_name(row.name, name) for name in owed.names):
            yield "name_differs"
    for paper in said.papers:
        if not any(paper.shows_name(name) for name in owed.names):
            yield "name_not_on_paper"


def _amounts_against(said: Said, owed: Owed) -> Iterator[str]:
    if owed.amount is None:
        yield "no_price_for_exam"
        return
    given = {row.amount for row in said.rows}
    shown = {amount for paper in said.papers for amount in paper.amounts}
    coded = {codes.amount for codes in said.barcodes}
    if not given | shown | coded:
        yield "amount_missing"
    elif given | shown | coded != {owed.amount}:
        yield "slip_amount_differs_from_fee"


def _days_against(said: Said, owed: Owed) -> Iterator[str]:
    if len(said.days) > 1 or said.days - set(owed.due_days):
        yield "due_differs_from_round"


def _banks_against(said: Said, settings: SlipSettings) -> Iterator[str]:
    if settings.bank and any(row.bank[:3] not in ("", settings.bank.code) for row in said.rows):
        yield "bank_differs"


def _account_against(said: Said, account: str) -> Iterator[str]:
    for paper in said.papers:
        by_code = paper.barcodes is not None and paper.barcodes.pays_into(account)
        if not (paper.shows(account) or by_code):
            yield "account_not_on_paper"
        if paper.accounts and account not in paper.accounts:
            yield "account_differs_on_paper"


def _rule_against(account: str, owed: Owed, due_on: date, settings: SlipSettings) -> Iterator[str]:
    if settings.bank and owed.amount is not None:
        wrong = accounts.misfit(settings.bank, account, amount=owed.amount, due_on=due_on)
        if wrong:
            yield wrong


def _barcodes_against(said: Said, account: str, settings: SlipSettings) -> Iterator[str]:
    if len(said.barcodes) > 1:
        yield "barcodes_differ"
    for codes in said.barcodes:
        if not (codes.complete and codes.checked):
            yield "barcode_check_differs"
        if not codes.pays_into(account):
            yield "barcode_account_differs"
        if settings.store and codes.collection_code != settings.store.code_for(codes.amount or 0):
            yield "barcode_code_differs"


def shared(brought: Mapping[str, Said]) -> set[str]:
    """The cases that have an account in common with another case of the same files."""
    holders: dict[str, set[str]] = {}
    for case, said in brought.items():
        account = account_of(said)
        if account:
            holders.setdefault(account, set()).add(case)
    return {case for cases in holders.values() if len(cases) > 1 for case in cases}
