"""Pages that an attacker wrote against rules he had read, each a good proof but for one thing: none
is accepted (`not_proofs.txt` and `untraced.txt` in `tests/data`, parted by ---, two spaces between
cells)."""

from pathlib import Path

import pytest
from receipts.judged_rows import SLIP, rows

from mailflow.receipts.fields import read_fields
from mailflow.receipts.findings import Findings
from mailflow.receipts.movements import movements
from mailflow.receipts.notices import notices
from mailflow.receipts.result import Verdict
from mailflow.receipts.verdict import judge

DATA = Path(__file__).parents[1] / "data"


def pages_of(name: str) -> list[str]:
    return [page.strip() for page in (DATA / name).read_text("utf-8").split("\n---\n")]


PAGES = pages_of("not_proofs.txt")
UNTRACED = pages_of("untraced.txt")


def verdicts(text: str) -> set[Verdict]:
    lines = rows(text)
    return {
        judge(
            Findings((told,), keen=True, amount_looks=(told.amount.value,) * 2)
            if told.amount
            else Findings((told,), keen=True),
            SLIP,
        )[0]
        for told in movements(lines) or notices(lines) or (read_fields(lines),)
    }


TRACE = "交易序號  8812345"  # so that a page is not held for the want of it alone


@pytest.mark.parametrize("page", PAGES, ids=[page.splitlines()[0] for page in PAGES])
def test_it_is_not_accepted(page: str) -> None:
    assert Verdict.ACCEPT not in verdicts(page)
    assert Verdict.ACCEPT not in verdicts(f"{page}\n{TRACE}")


@pytest.mark.parametrize("page", UNTRACED, ids=[page.splitlines()[0] for page in UNTRACED])
def test_nor_is_what_shows_no_trace_of_a_payment(page: str) -> None:
    assert Verdict.ACCEPT not in verdicts(page)


def test_the_good_proof_of_such_a_layout_is() -> None:
    page = "轉帳成功\n轉入銀行  004 台灣銀行\n轉入帳號  98620123456789\n轉帳金額  600\n"
    assert verdicts(f"{page}交易日期  2026/09/10 10:20\n{TRACE}") == {Verdict.ACCEPT}


ORDER = """{said}
銀行代碼  004
繳費帳號  98620123456789
繳費金額  600
交易時間  2026/09/10 10:20
{more}"""


def test_an_order_that_is_to_be_paid_leaves_no_trace_of_a_payment() -> None:
    """交易成功, a sum, an account and a day; but no payer, no fee, no number, nothing left."""
    for said in ("交易成功", "繳費成功", "付款完成", "Payment successful"):
        assert Verdict.ACCEPT not in verdicts(ORDER.format(said=said, more=""))
    for more in ("手續費  0", "交易序號  8812345", "轉出帳號  ****4321", "帳戶餘額  1,200"):
        assert verdicts(ORDER.format(said="繳費成功", more=more)) == {Verdict.ACCEPT}, more
    assert verdicts(ORDER.format(said="轉帳成功", more="")) == {Verdict.ACCEPT}, "a card to share"
