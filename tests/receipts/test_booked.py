"""What was booked: an account's entry that was opened, a passbook's row, a counter's own line."""

from datetime import date

import pytest

from mailflow.receipts.accounts import Shown
from mailflow.receipts.fields import Fields, read_fields
from mailflow.receipts.findings import Findings
from mailflow.receipts.lines import Box, Cell, Line, wide
from mailflow.receipts.movements import movements
from mailflow.receipts.result import Expectation, Status, Verdict
from mailflow.receipts.status import sum_validated
from mailflow.receipts.verdict import judge

SLIP = Expectation(900, "97253336997743", "808", date(2026, 8, 15), date(2026, 11, 30))
ENTRY = """交易明細
轉出
-$900
帳務日期  2026年8月24日 上午10:18
交易摘要  網路轉帳
轉入銀行  玉山銀行(808)
轉入帳號  9725 3336 9977 43
支出金額  $900
帳面餘額  $41,326
交易序號  2026082434641183"""
FORM = """國內匯款申請書(客戶收執聯)
民國115年10月09日  匯款序號 43948697
解款行  玉山銀行 808
收款人帳號  97253336997743
匯款金額  新台幣900元  大寫  {words}
手續費  30元
{line}"""
LINE = "認證欄:115/10/09 09:01:45 43948697 900 櫃員 0312"


def fields(text: str) -> Fields:
    return read_fields([Line.of(line, at) for at, line in enumerate(text.splitlines())])


def verdict(text: str, *, photo: bool = False, looks: int = 2) -> tuple[Verdict, tuple[str, ...]]:
    return judge(
        Findings((fields(text),), amount_looks=(900,) * looks, keen=True, photo=photo), SLIP
    )


@pytest.mark.parametrize("photo", [False, True])
def test_an_entry_with_the_balance_after_it_has_been_booked(*, photo: bool) -> None:
    assert verdict(ENTRY, photo=photo)[0] is Verdict.ACCEPT
    assert fields(ENTRY).paid_at == "2026-08-24T10:18", "the day of the booking, where no other is"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("-$900", "$900"),  # nothing left the account
        ("-$900", "+$900"),
        ("帳面餘額", "可用餘額"),  # stands before the payment as well
        ("交易明細", "轉帳"),
        ("轉出", "轉帳退回"),
        ("轉出", "預約轉出"),
        ("帳面餘額  $41,326", "帳面餘額  $41,326\n-$235"),  # a list: nobody knows which
    ],
)
def test_what_only_looks_like_an_entry_is_no_payment(old: str, new: str) -> None:
    assert verdict(ENTRY.replace(old, new, 1))[0] is not Verdict.ACCEPT


@pytest.mark.parametrize(
    ("line", "amount"),
    [
        (LINE, 900),
        ("認證欄 2026/07/28 09:01:08 匯款 NT$600 3781335293", 600),
        ("認證欄:115/10/02 13:26:56 18344551 1,500 TLR07  主管", 1500),
        ("認證欄", None),  # nobody has stamped it
        ("認證欄:115/10/09", None),
        ("認證欄:115/10/09 09:01:45 900", None),  # whoever wrote it
        ("認證欄:115/10/09 09:01:45 43948697 900 1,500", None),
        ("iPAS能力認證 115/10/09 09:01:45 900", None),
    ],
)
def test_what_a_counter_s_machine_prints_in_its_box(line: str, amount: int | None) -> None:
    assert sum_validated(line) == amount


def test_the_sum_in_the_machine_s_box_is_looked_at_where_it_stands() -> None:
    page = fields(FORM.format(words="", line=LINE).replace("新台幣900元", "9 0 0"))
    assert page.amount
    assert page.amount.value == 900
    before, after = LINE.split(" 900 ")
    box = page.amount.row
    each = box.width / (wide(LINE))
    place = page.amount.place
    assert abs(place.left - box.left - each * wide(before)) < 2 * each
    assert abs(box.right - place.right - each * wide(after)) < 2 * each


def test_a_form_counts_when_the_machine_has_printed_on_it() -> None:
    done = FORM.format(words="玖佰零拾零元整", line=LINE)
    assert verdict(done, photo=True)[0] is Verdict.ACCEPT
    assert fields(done).in_words == 900
    empty = FORM.format(words="玖佰零拾零元整", line="認證欄")
    assert fields(empty).status is Status.UNKNOWN
    assert "status_unclear" in verdict(empty, photo=True)[1]
    void = FORM.format(words="玖佰零拾零元整", line=f"{LINE}\n更正註銷")
    assert verdict(void)[0] is Verdict.ASK


def test_a_passbook_s_row_whose_columns_ran_into_each_other() -> None:
    def line(top: int, *cells: tuple[int, int, str]) -> Line:
        return Line(
            tuple(Cell(text, Box(left, top, right, top + 46)) for left, right, text in cells)
        )

    heads = ((109, 181, "日期"), (321, 392, "摘要"), (546, 618, "支出"), (772, 842, "存入"))
    told = "49,012.00007-6184075681843426"
    rows = [
        line(45, *heads, (1007, 1082, "結餘"), (1385, 1462, "備註")),
        line(143, (52, 342, "1151119 提款"), (503, 686, "3,000.00"), (960, 1161, "40,512.00")),
        line(222, (48, 340, "1151121 薪資"), (729, 1331, "8,800.00 49,312.00兼任助理")),
        line(304, (48, 374, "1151124 行動轉"), (545, 690, "300.00"), (960, 1596, told)),
    ]
    (page,) = movements(rows)
    assert page.amount
    assert (page.amount.value, page.status, page.paid_at) == (300, Status.PAID, "2026-11-24")
    assert page.account == Shown("6184075681843426", "007")
    rows[3] = line(304, (48, 374, "1151124 行動轉"), (545, 690, "300.00"), (960, 1596, told[1:]))
    assert [page.status for page in movements(rows)] == [Status.UNKNOWN], "what was left is wrong"


SIDES = """{title}
轉出{first}
轉  {one}
轉入{second}
入  {two}
金額
NT$ 900
日期  2026年9月16日 週四 18:26
序號  295900937"""
OURS, MINE = "9725 •••• 97743", "594-**-****3983"


@pytest.mark.parametrize("title", ["轉入成功", "交易成功", "轉帳成功"])
def test_money_that_came_from_our_account_is_no_payment_into_it(title: str) -> None:
    page = SIDES.format(title=title, first="玉山銀行(808)", one=OURS, second="我的薪轉戶", two=MINE)
    judged, reasons = verdict(page)
    assert judged is not Verdict.ACCEPT, reasons


def test_the_same_page_the_other_way_round_is_one() -> None:
    page = SIDES.format(
        title="交易成功", first="我的薪轉戶", one=MINE, second="玉山銀行(808)", two=OURS
    )
    assert verdict(page)[0] is Verdict.ACCEPT
    told = verdict(page.replace("交易成功", "轉入成功"))
    assert told == (Verdict.FLAG, ("status_unclear",)), "to whoever shows it"
