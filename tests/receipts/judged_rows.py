"""Rows of text as an engine would give them, judged against one slip: NT$600 to an account of the
Bank of Taiwan, between 1 and 22 September 2026. No picture is read; every look says what the page
says."""

from collections.abc import Iterator, Sequence
from datetime import date

from mailflow.receipts.fields import read_fields
from mailflow.receipts.findings import Findings
from mailflow.receipts.lines import Box, Line, Word, normalise, words_to_lines
from mailflow.receipts.result import Expectation, Verdict
from mailflow.receipts.verdict import judge

ACCOUNT = "98620123456789"
SLIP = Expectation(600, ACCOUNT, "004", date(2026, 9, 1), date(2026, 9, 22))


def rows(text: str) -> tuple[Line, ...]:
    """One row a line, two spaces between its cells."""
    told = (row for row in text.splitlines() if row.strip())
    plain = ("  ".join(map(normalise, row.split("  "))) for row in told)
    return tuple(Line.of(row, at) for at, row in enumerate(plain))


def placed(*table: tuple[tuple[int, str], ...], apart: int = 46) -> tuple[Line, ...]:
    """Words where a designer put them: (left, text) in rows that stand `apart` pixels."""

    def words() -> Iterator[Word]:
        for at, row in enumerate(table):
            for left, text in row:
                wide = sum(24 if ord(char) > 0x2E80 else 12 for char in text)
                yield Word(text, Box(left, apart * at, left + wide, apart * at + 24))

    return words_to_lines(words())


def verdict(lines: Sequence[Line]) -> tuple[Verdict, tuple[str, ...]]:
    fields = read_fields(lines)
    free = tuple(one.value for one in fields.all_sums if one.role is None)
    looks = {"amount_looks": (fields.amount.value,) * 2} if fields.amount else {"other_looks": free}
    return judge(Findings((fields,), keen=True, **looks), SLIP)  # type: ignore[arg-type]


def accepted(text: str) -> bool:
    return verdict(rows(text))[0] is Verdict.ACCEPT
