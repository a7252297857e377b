"""Whose money a line is: rules from the certain to the vague; the last one is a person.

Only an account that is one case's alone makes it certain, or a case number beside an accepted
claim of exactly that sum. Everything else is proposed.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from mailflow.settlement.debts import Basis, Credit, Debt, Stage
from mailflow.settlement.lines import BankLine

_SHORTEST_ACCOUNT = 8
_MASKED = re.compile(r"[○Ｏ〇*＊●OX]")


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a line for one case, NT$."""

    case: str
    amount: int


@dataclass(frozen=True, slots=True)
class Owners:
    """Whose a line is. `certain`: credit it. Else `shares` is what to propose (it sums up to the
    line), and `candidates` are the cases that were found; nobody at all when both are empty."""

    shares: tuple[Share, ...] = ()
    basis: Basis | None = None
    certain: bool = False
    reasons: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


class Debts:
    """All cases of a round, found by what a payment may name."""

    def __init__(self, debts: Iterable[Debt]) -> None:
        self._by_case = {debt.case: debt for debt in debts}
        self._folded = {case.casefold(): case for case in self._by_case}
        self._live: dict[str, set[str]] = defaultdict(set)
        self._void: dict[str, set[str]] = defaultdict(set)
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._by_student: dict[str, str] = {}
        for debt in self._by_case.values():
            if debt.account:
                self._live[_bare(debt.account)].add(debt.case)
            for account in debt.void_accounts:
                self._void[_bare(account)].add(debt.case)
            if len(debt.name) > 1:
                self._by_name[_tight(debt.name)].add(debt.case)
            if debt.student_no:
                self._by_student[debt.student_no.upper()] = debt.case
        prefixes = {case.rpartition("-")[0] for case in self._by_case}
        names = "|".join(sorted(map(re.escape, prefixes), key=len, reverse=True))
        self._number = re.compile(rf"({names})[-_ ‐–—]*([0-9]{{1,6}})(?![0-9])", re.IGNORECASE)

    def __getitem__(self, case: str) -> Debt:
        return self._by_case[case]

    def add(self, case: str, credit: Credit) -> None:
        """From now on this counts for the case, and less is outstanding."""
        debt = self._by_case[case]
        self._by_case[case] = replace(debt, credits=(*debt.credits, credit))

    def owners(self, line: BankLine) -> Owners:
        """Whose money this line is."""
        for rule in _RULES:
            found = rule(line, self)
            if found:
                return found
        return Owners()

    def of_account(self, line: BankLine) -> tuple[set[str], Basis]:
        """The cases of the account in the line, or of one that its texts name."""
        texts = [line.account, *re.findall(r"[0-9]{8,}", _folded(f"{line.reference} {line.memo}"))]
        for text in texts:
            account = _bare(text)
            owners = self._live.get(account, set()) | self._void.get(account, set())
            if owners and len(text) >= _SHORTEST_ACCOUNT:
                live = self._live.get(account, set())
                return owners, Basis.ACCOUNT if live else Basis.VOID_ACCOUNT
        return set(), Basis.ACCOUNT

    def numbers_in(self, line: BankLine) -> tuple[list[str], list[str]]:
        """The case numbers that the payer wrote: exactly, and nearly (other zeros, unknown)."""
        exact, near = [], []
        for prefix, digits in self._number.findall(_texts(line)):
            written = f"{prefix}-{digits}".casefold()
            if written in self._folded:
                exact.append(self._folded[written])
            elif (meant := f"{prefix}-{int(digits):04d}".casefold()) in self._folded:
                near.append(self._folded[meant])
        return list(dict.fromkeys(exact)), list(dict.fromkeys(near))

    def students_in(self, line: BankLine) -> list[str]:
        words = re.findall(r"[0-9A-Z]{8,10}", _texts(line).upper())
        return list(dict.fromkeys(self._by_student[w] for w in words if w in self._by_student))

    def names_in(self, line: BankLine) -> list[set[str]]:
        """For each name in the line, the cases of people who are called so."""
        text = _tight(f"{line.payer} {line.memo}")
        found = [cases for name, cases in self._by_name.items() if name in text]
        return found or [set(cases) for cases in [self._masked(line.payer)] if cases]

    def _masked(self, payer: str) -> set[str]:
        """王○明 may be everybody whose name fits."""
        tight = _tight(payer)
        if not _MASKED.search(tight) or len(_MASKED.sub("", tight)) < 1:
            return set()
        pattern = re.compile("".join("." if _MASKED.match(c) else re.escape(c) for c in tight))
        fitting = [cases for name, cases in self._by_name.items() if pattern.fullmatch(name)]
        return set().union(*fitting)


# What is certain by its account changes what is owed, before numbers are looked at.
CERTAIN = ((Basis.ACCOUNT, Basis.VOID_ACCOUNT), (Basis.NUMBER,))


def certain(lines: Iterable[BankLine], debts: Debts, by: tuple[Basis, ...]) -> list[Owners | None]:
    """For each line whose it is, where these bases leave no doubt; else None. What counts for a
    case is noted in `debts` before the next line is looked at."""
    found: list[Owners | None] = []
    for line in lines:
        owners = debts.owners(line)
        basis = owners.basis
        if basis is None or basis not in by or not owners.certain:
            found.append(None)
            continue
        found.append(owners)
        for share in owners.shares:
            debts.add(share.case, Credit(share.amount, basis, line.posted_on, line.paid_on))
    return found


def split(amount: int, debts: Sequence[Debt]) -> tuple[Share, ...]:
    """The line among several who still owe: only when the sum is exact, else nothing.

    A single case gets all of it, whatever it owes.
    """
    if len(debts) == 1:
        return (Share(debts[0].case, amount),)
    if not all(debt.outstanding for debt in debts):
        return ()
    if sum(debt.outstanding for debt in debts) != amount:
        return ()
    return tuple(Share(debt.case, debt.outstanding) for debt in debts)


def _by_account(line: BankLine, debts: Debts) -> Owners | None:
    owners, basis = debts.of_account(line)
    if len(owners) != 1:
        return None
    (case,) = owners
    written, _ = debts.numbers_in(line)
    if set(written) - {case}:  # the account says one, the payer another
        named = list(dict.fromkeys([case, *written]))
        shares = split(line.amount, [debts[name] for name in named])
        return Owners(shares, basis, reasons=("memo_names_another_case",), candidates=tuple(named))
    return Owners((Share(case, line.amount),), basis, certain=True, candidates=(case,))


def _by_number(line: BankLine, debts: Debts) -> Owners | None:
    written, _ = debts.numbers_in(line)
    if not written:
        return None
    named = [debts[case] for case in written]
    shares = split(line.amount, named) if line.amount > 0 else ()
    claimed = all(debt.stage is Stage.CLAIMED for debt in named)
    exact = sum(debt.outstanding for debt in named) == line.amount
    reason = "paid_to_other_account" if len(named) == 1 else "paid_for_several"
    reasons = (reason,) if shares else (reason, _no_shares(line))
    sure = bool(shares) and claimed and exact
    return Owners(shares, Basis.NUMBER, sure, () if sure else reasons, tuple(written))


def _by_near_number(line: BankLine, debts: Debts) -> Owners | None:
    _, near = debts.numbers_in(line)
    return _proposal(line, [debts[case] for case in near], "case_number_misspelt")


def _by_student(line: BankLine, debts: Debts) -> Owners | None:
    found = [debts[case] for case in debts.students_in(line)]
    return _proposal(line, found, "student_number_in_memo")


def _by_name(line: BankLine, debts: Debts) -> Owners | None:
    """Names are no proof of anything; with exactly the sum they are worth proposing."""
    named = debts.names_in(line)
    candidates = tuple(sorted(set().union(*named)))
    if not candidates:
        return None
    fitting = [
        [case for case in sorted(cases) if debts[case].outstanding == line.amount]
        if len(named) == 1
        else sorted(cases)
        for cases in named
    ]
    if any(len(cases) != 1 for cases in fitting):
        return Owners(reasons=("name_alone",), candidates=candidates)
    found = _proposal(line, [debts[case] for (case,) in fitting], "name_and_amount")
    if found and not found.shares:
        return Owners(reasons=("name_alone",), candidates=candidates)
    return found


def _by_shared_account(line: BankLine, debts: Debts) -> Owners | None:
    """The account is of several cases: nothing else in the line said whose."""
    owners, _ = debts.of_account(line)
    if not owners:
        return None
    fitting = tuple(sorted(case for case in owners if debts[case].outstanding == line.amount))
    return Owners(reasons=("account_of_several_cases",), candidates=fitting)


def _proposal(line: BankLine, found: list[Debt], reason: str) -> Owners | None:
    if not found:
        return None
    shares = split(line.amount, found) if line.amount > 0 else ()
    reasons = (reason,) if shares else (reason, _no_shares(line))
    candidates = tuple(debt.case for debt in found)
    return Owners(shares, Basis.STAFF, reasons=reasons, candidates=candidates)


def _no_shares(line: BankLine) -> str:
    return "money_returned" if line.amount < 0 else "sum_of_several_differs"


_RULES: tuple[Callable[[BankLine, Debts], Owners | None], ...] = (
    _by_account,
    _by_number,
    _by_near_number,
    _by_student,
    _by_name,
    _by_shared_account,
)


def _texts(line: BankLine) -> str:
    return _folded(f"{line.reference} {line.memo} {line.payer}")


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _tight(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def _bare(account: str) -> str:
    """Banks fill accounts up with zeros on the left."""
    return account.lstrip("0")
