"""What undoes a payment in words that nobody listed goes to a person: rows are weighed."""

import pytest

from benchmarks.train_receipts import all_rows, digest, train
from mailflow.receipts.fields import read_fields
from mailflow.receipts.labels import entries
from mailflow.receipts.lines import Line
from mailflow.receipts.undoing import FILE, undoing_rows, weights


def doubts(row: str) -> bool:
    lines = (Line.of("轉帳成功", 0), Line.of(row, 1))
    return bool(undoing_rows(lines, entries(lines)))


@pytest.mark.parametrize(
    "row",
    [
        "款項仍卡在清算中心",
        "受款行已將本筆剔除",
        "錢後來又跑回我戶頭",
        "這張是學長教我做的假畫面",
        "撥付狀態  排隊等候中",
        "The bank took the money back",
    ],
)
def test_words_that_stand_in_no_list_are_a_doubt(row: str) -> None:
    assert doubts(row)


@pytest.mark.parametrize(
    "row",
    [
        "轉帳金額  NT$600",
        "交易時間  2026/10/02 09:40:12",
        "再轉一筆  回首頁",
        "本行絕不會以電話要求您操作 ATM",
        "如有疑問請洽客服專線 0800-000-000",
        "感謝您的使用",
        "Thank you for using our service",
        "款項已入帳",
    ],
)
def test_what_honest_pages_say_is_none(row: str) -> None:
    assert not doubts(row)


@pytest.mark.parametrize(("above", "held"), [("收款人姓名", False), ("轉帳結果說明", True)])
def test_a_name_is_passed_over_only_where_one_is_asked_for(above: str, held: bool) -> None:
    """周轉中 may be somebody, or what becomes of the money."""
    lines = [Line.of(row, at) for at, row in enumerate(("轉帳成功", above, "周轉中"))]
    assert ("周轉中" in undoing_rows(lines, entries(lines))) is held


def test_what_an_engine_was_not_sure_of_is_not_weighed() -> None:
    (cell,) = Line.of("款項仍卡在清算中心").cells
    blurred = Line((type(cell)(cell.text, cell.box, 60.0),))
    assert undoing_rows([blurred]) == ()


def test_the_weights_were_learned_from_these_rows() -> None:
    assert weights().learned_from == digest(all_rows())


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_command_makes_these_weights() -> None:
    """To one step in a few places: another processor may round otherwise."""
    made, kept = train(all_rows()), FILE.read_bytes()
    assert sum(a != b for a, b in zip(made, kept, strict=True)) <= 100


@pytest.mark.parametrize("row", ["狀態  退", "結果  X", "轉帳狀態  保留", "實收  0"])
def test_a_value_that_says_nothing_known_is_a_doubt(row: str) -> None:
    assert read_fields((Line.of("轉帳成功", 0), Line.of(row, 1))).strange


def test_staff_see_which_row_may_undo_it() -> None:
    lines = (Line.of("轉帳成功", 0), Line.of("款項仍卡在清算中心", 1))
    assert read_fields(lines).doubtful == (lines[1].box,)
