"""A last digit that faded wholly: only the column's edge still tells."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from mailflow.receipts.columns import ends_early
from mailflow.receipts.fields import read_fields
from mailflow.receipts.findings import Findings
from mailflow.receipts.lines import Box, Cell, Line
from mailflow.receipts.result import Expectation, Verdict
from mailflow.receipts.verdict import judge

DIGIT, ROW = 13, 29
LABELS = ("交易日期", "交易結果", "轉入行庫", "轉入帳號", "金額", "手續費")
VALUES = ("115/06/10 17:35", "交易成功", "017 兆豐銀行", "0099882927726421", "350", "免手續費")
SLIP = Expectation(35, "0099882927726421", "017", date(2026, 6, 1), date(2026, 6, 30))


def width(text: str) -> int:
    return sum(DIGIT if ord(char) < 0x2E80 else 2 * DIGIT for char in text)


def slip(values: Sequence[str] = VALUES, *, lean: float = 0.0, right: int = 588) -> list[Line]:
    """Labels at the left, values set to the right; what has faded (a dot) takes its room."""
    lines = []
    for at, (label, value) in enumerate(zip(LABELS, values, strict=True)):
        top = 300 + at * ROW
        edge = right + round(lean * top)
        left = edge - width(value)
        whole = value.rstrip(".")
        seen = Box(left, top, left + width(whole), top + 26)
        named = Cell(label, Box(100, top, 100 + width(label), top + 26))
        lines.append(Line((named, Cell(whole, seen))))
    return lines


def left_column(values: Sequence[str] = VALUES, *, lean: float = 0.0) -> list[Line]:
    lines = []
    for at, (label, value) in enumerate(zip(LABELS, values, strict=True)):
        top = 300 + at * ROW
        left = 300 + round(lean * top)
        named = Cell(label, Box(100, top, 100 + width(label), top + 26))
        lines.append(Line((named, Cell(value, Box(left, top, left + width(value), top + 26)))))
    return lines


def with_amount(value: str) -> tuple[str, ...]:
    return (*VALUES[:4], value, VALUES[5])


def short(lines: Sequence[Line]) -> bool:
    return ends_early(lines, lines[4].cells[-1].box)


def test_a_column_set_to_the_right_goes_on_behind_a_lost_digit() -> None:
    assert not short(slip())
    assert short(slip(with_amount("35.")))
    assert short(slip(with_amount("1,2....")))
    assert short(slip(with_amount("35."), lean=-0.04)), "as a photo leans it"
    assert not short(slip(lean=-0.04))


def test_a_fee_that_lost_its_digits_as_well_makes_no_edge() -> None:
    values = (*VALUES[:3], VALUES[3], "60.", "1.")
    assert short(slip(values))


def test_a_column_set_to_the_left_has_no_edge_at_the_right() -> None:
    assert not short(left_column(with_amount("35")))
    assert not short(left_column(with_amount("35"), lean=0.1)), "as a photo leans it"
    alike = ("0099882927726421", "0099882927726421", "7710938845012298", "0099882927726421")
    assert not short(left_column((*alike, "2,400.00元整", "15")))


def test_a_column_that_leans_far_is_set_to_the_left_all_the_same() -> None:
    """A photo taken from the side; by chance three values end on a line."""
    cells = (
        (455, 659, 210, "轉帳成功"),
        (488, 644, 293, "2025/07/08"),
        (366, 619, 359, "822 中國信託"),
        (384, 705, 486, "99882727273591"),
        (397, 561, 603, "NT$900"),
        (414, 829, 724, "2025/07/08上午06:59"),
        (429, 642, 844, "B11165230"),
    )
    lines = [
        Line((Cell(text, Box(left, top, right, top + 46)),)) for left, right, top, text in cells
    ]
    assert not short(lines)


def test_what_ends_for_another_reason_is_not_short() -> None:
    followed = slip(with_amount("35."))
    unit = Cell("元", Box(620, 416, 646, 442))
    number = followed[4].cells[1].box
    followed[4] = Line((*followed[4].cells, unit))
    assert not ends_early(followed, number)
    far = slip(with_amount("350........"))
    assert not short(far), "another column's"


def test_on_paper_such_a_sum_is_for_a_person_on_a_screen_it_is_not() -> None:
    page = read_fields(slip(with_amount("35.")))
    assert page.ends_early
    assert page.amount
    assert page.amount.value == 35
    faded = Findings((page,), amount_looks=(35, 35), keen=True, photo=True)
    assert judge(faded, SLIP) == (Verdict.FLAG, ("amount_may_have_lost_digits",))
    assert judge(replace(faded, photo=False), SLIP)[0] is Verdict.ACCEPT
    whole = read_fields(slip(with_amount("35")))
    assert judge(replace(faded, pages=(whole,)), SLIP)[0] is Verdict.ACCEPT


def test_words_keep_what_digits_lost() -> None:
    page = replace(read_fields(slip(with_amount("35."))), in_words=35)
    told = Findings((page,), amount_looks=(35, 35), keen=True, photo=True)
    assert judge(told, SLIP)[0] is Verdict.ACCEPT
    summed = replace(page, in_words=None, fee=0, total=35)  # its total lost the same digit
    told = replace(told, pages=(summed,))
    assert judge(told, SLIP)[1] == ("amount_may_have_lost_digits",)


def test_a_cash_machine_s_slip_is_paper_however_it_was_scanned() -> None:
    short_slip = slip(with_amount("35."))
    scanned = Findings((read_fields([*short_slip, Line.of("請妥善保管本明細表", 30)]),))
    told = replace(scanned, amount_looks=(35, 35), keen=True)
    assert told.on_paper
    assert judge(told, SLIP)[1] == ("amount_may_have_lost_digits",)
    web = read_fields([Line.of("WebATM 網路自動櫃員機"), Line.of("晶片金融卡 eATM 交易明細", 1)])
    assert not Findings((web,)).on_paper
