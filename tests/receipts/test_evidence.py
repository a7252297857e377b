"""What speaks for a payment and what against: a clerk's reasons, one by one."""

from dataclasses import replace
from datetime import date

import pytest

from mailflow.receipts.accounts import Shown
from mailflow.receipts.evidence import account_claim, amount_claim, payment_claim
from mailflow.receipts.fields import Fields, read_fields
from mailflow.receipts.findings import Findings
from mailflow.receipts.lines import Box, Cell, Line
from mailflow.receipts.movements import movements
from mailflow.receipts.points import ENOUGH, POINTS
from mailflow.receipts.reckoning import reckon
from mailflow.receipts.result import Expectation, Kind, Status, Verdict
from mailflow.receipts.verdict import judge, weigh

ACCOUNT = "98620123456789"
SLIP = Expectation(600, ACCOUNT, "004", date(2026, 9, 1), date(2026, 9, 22))
HEAD = "轉帳成功\n轉入帳號  98620123456789\n交易時間  2026/09/15 10:00\n交易序號  8812345"
STORE = """
某某便利商店 大學門市
115/09/15 10:22
代收項目  報名費
銷帳編號  98620123456789
代收金額  $600
手續費  $10
合計  $610
現金  $1,000
找零  $390
"""


def fields(text: str) -> Fields:
    rows = [row for row in text.splitlines() if row.strip()]
    return read_fields([Line.of(row, number) for number, row in enumerate(rows)])


def seen(text: str, **more: object) -> Findings:
    """The page, every look at its sums confirming what was read."""
    page = fields(text)
    looks = {"amount_looks": (page.amount.value,)} if page.amount else {"other_looks": (600,)}
    return Findings((page,), keen=True, **(looks | more))  # type: ignore[arg-type]


def verdict(text: str, **more: object) -> tuple[Verdict, tuple[str, ...]]:
    return judge(seen(text, **more), SLIP)


# ---- sums beside the owed one


@pytest.mark.parametrize(
    "page",
    [
        "轉帳金額  NT$600\n手續費  NT$15\n合計  NT$615\n餘額  NT$8,000",
        "繳費金額  $600\n手續費  $10\n合計  $610\n現金  $1,000\n找零  $390",
        "轉帳金額  600元\n單筆限額  100,000元",
        "NT$600\nNT$15\nNT$615",
    ],
)
def test_sums_that_belong_to_the_payment_are_explained(page: str) -> None:
    assert reckon(fields(f"{HEAD}\n{page}").all_sums, 600).strange == ()


@pytest.mark.parametrize("other", ["甲  NT$500", "合計  NT$1,600", "現金  $1,000\n找零  $100"])
def test_a_sum_that_nothing_explains_is_strange(other: str) -> None:
    assert reckon(fields(f"{HEAD}\n轉帳金額  NT$600\n{other}").all_sums, 600).strange


def test_a_sum_without_a_name_is_accepted_where_nothing_else_can_be_it() -> None:
    text = f"{HEAD}\n您付給學校\nNT$600\n轉出帳戶餘額  NT$8,000\n手續費  NT$15"
    assert verdict(text)[0] is Verdict.ACCEPT
    beside = verdict(f"{text}\n本次  NT$500")
    assert beside[0] is Verdict.FLAG, "it may be the other one"


def test_whoever_decides_sees_the_two_likeliest_sums() -> None:
    judged = weigh(seen(f"{HEAD}\n轉帳金額  NT$600\n甲  NT$500"), SLIP)
    assert [reading.amount for reading in judged.readings] == [600, 500]
    assert judged.readings[0].points > judged.readings[1].points


def test_every_piece_has_its_points_and_its_place() -> None:
    judged = weigh(seen(f"{HEAD}\n轉帳金額  NT$600\n手續費  NT$15\n合計  NT$615"), SLIP)
    told = {(piece.about, piece.code): piece for piece in judged.pieces}
    for about, code in told:
        assert code in POINTS[about], code
    assert told["amount", "amount_labelled"].box is not None
    assert told["payment", "paid_word"].box is not None
    assert told["amount", "adds_up"].points > 0


def test_sums_that_lost_their_digits_cast_doubt_on_the_others() -> None:
    """轉帳金額 6,000, 手續費 15, of which a faded paper shows 600 and 1, or nothing."""
    for fee in ("手續費  $1", "手續費:", "手續費  $15\n餘額  63,68"):
        assert verdict(f"{HEAD}\n轉帳金額  $600\n{fee}") == (
            Verdict.FLAG,
            ("amount_not_confirmed",),
        )
    assert (
        verdict(f"{HEAD}\n轉帳金額  新臺幣陸佰元整\n小寫金額  $600\n手續費:")[0] is Verdict.ACCEPT
    )


# ---- the account


def shown(*readings: str, looks: tuple[str, ...] = ()) -> Findings:
    page = fields(f"{HEAD}\n轉帳金額  NT$600")
    pages = tuple(replace(page, account=Shown(text)) for text in readings)
    again = tuple(Shown(text) for text in looks)
    return Findings(pages, keen=True, amount_looks=(600,), account_looks=again)


@pytest.mark.parametrize("text", [ACCOUNT, "*********56789", "9862**23***789", "98620*****6789"])
def test_digits_that_only_this_payer_has_tell_the_account(text: str) -> None:
    assert account_claim(shown(text), ACCOUNT).enough
    assert judge(shown(text), SLIP)[0] is Verdict.ACCEPT


@pytest.mark.parametrize("text", ["9862012345****", "98620*******89"])
def test_digits_that_all_payers_share_do_not(text: str) -> None:
    assert judge(shown(text), SLIP) == (Verdict.FLAG, ("account_too_masked",))


def test_a_second_look_does_not_hide_another_account() -> None:
    other = shown("*********56788", looks=("*56789",))
    assert judge(other, SLIP)[1][0] == "account_differs"


def test_a_look_that_went_to_pieces_is_no_other_account() -> None:
    assert judge(shown("*********56789", looks=("*956*78",)), SLIP)[0] is Verdict.ACCEPT


def test_of_two_masked_numbers_without_a_name_one_must_not_be_picked() -> None:
    page = "轉帳成功\n轉帳金額  NT$600\n交易時間  2026/09/15 10:00\n手續費  NT$0"
    assert verdict(f"{page}\n甲  ********56789")[0] is Verdict.ACCEPT
    assert verdict(f"{page}\n甲  ********56789\n乙  ********11111")[0] is not Verdict.ACCEPT


def test_a_number_that_is_only_called_number_may_be_the_account() -> None:
    page = STORE.replace("銷帳編號", "編號") + "繳費成功"
    assert verdict(page)[0] is Verdict.ACCEPT
    other = page.replace(ACCOUNT, "98620123456788")
    assert verdict(other) == (Verdict.ASK, ("account_unreadable",))


@pytest.mark.parametrize(
    ("text", "plain"),
    [("9862OOOOOO6789", "9862******6789"), ("9862O○○O○○O○6789", "9862********6789")],
)
def test_rings_that_were_read_as_letters_are_masks(text: str, plain: str) -> None:
    page = fields(f"{HEAD.replace(ACCOUNT, text)}\n轉帳金額  NT$600")
    assert page.account
    assert page.account.text == plain


# ---- whether it was paid


@pytest.mark.parametrize(
    "words",
    ["代收款專用繳款證明(顧客聯)", "繳費成功", "此聯為繳費憑證,遺失不補發", "收訖"],
)
def test_a_store_s_receipt_says_that_it_was_paid(words: str) -> None:
    assert verdict(f"{STORE}{words}")[0] is Verdict.ACCEPT


def test_a_till_that_collects_for_others_and_gives_change_was_paid() -> None:
    """No till counts cash before it has it; but a till that sells collects nothing."""
    sells = STORE.replace("銷帳編號", "編號").replace("代收", "")
    assert verdict(STORE)[0] is Verdict.ACCEPT
    assert verdict(sells)[0] is not Verdict.ACCEPT
    assert verdict(STORE.replace("找零  ", "找零  1"))[0] is not Verdict.ACCEPT, (
        "it does not add up"
    )


@pytest.mark.parametrize(
    "words",
    ["取消代收", "本筆已取消", "更正", "誤繳更正", "停止代收", "測試單", "現金退還", "非繳費憑證"],
)
def test_few_words_that_take_it_back_are_enough(words: str) -> None:
    assert verdict(f"代收款專用繳款證明(顧客聯)\n{STORE}{words}")[0] is not Verdict.ACCEPT


@pytest.mark.parametrize(
    "words", ["待對方收款", "逾時", "帳號錯誤", "款項已返還", "圈存", "定期轉帳", "系統忙碌"]
)
def test_few_words_that_deny_it_are_enough(words: str) -> None:
    assert verdict(f"{HEAD}\n轉帳金額  NT$600\n{words}")[0] is not Verdict.ACCEPT


def test_a_title_without_a_time_of_day_is_no_payment() -> None:
    """The tear-off of an unpaid slip is a 收據 too, until a teller stamps it."""
    slip = f"某大學繳款收據\n銷帳編號  {ACCOUNT}\n繳款金額  600元\n日期  2026/09/15"
    assert fields(slip).status is not Status.PAID
    assert fields(f"{slip}\n收訖").status is Status.PAID


def test_people_who_talk_about_a_payment_show_none() -> None:
    chat = f"系辦王小姐\n帳號再給我一次\n(004) {ACCOUNT}\n金額600元\n繳費成功 2026/09/15 10:00"
    assert fields(chat).kind is Kind.OTHER
    assert verdict(chat)[0] is not Verdict.ACCEPT


def test_points_need_a_sign() -> None:
    page = replace(fields(HEAD), signs=())
    assert payment_claim(Findings((page,))).points < ENOUGH
    assert amount_claim(Findings((page,)), 600).points < ENOUGH


# ---- a passbook

COLUMNS = {"日期": 0, "摘要": 200, "支出": 400, "存入": 600, "餘額": 800, "備註": 1000}


def row(number: int, cells: dict[str, str]) -> Line:
    """One row, each word in its column, as a printer sets them."""

    def cell(name: str, text: str) -> Cell:
        left = COLUMNS[name]
        return Cell(text, Box(left, 40 * number, left + 16 * len(text), 40 * number + 24))

    return Line(tuple(cell(name, text) for name, text in cells.items()))


def book(*movements: tuple[str, str, str, str, str]) -> list[Line]:
    """Rows of day, words, out, in, and the other account."""
    heads = row(0, {name: name for name in COLUMNS})
    names = ("日期", "摘要", "支出", "存入", "備註")
    told = [
        {name: text for name, text in zip(names, one, strict=True) if text} for one in movements
    ]
    rows, rest = [heads], 20_000
    for number, cells in enumerate(told, 1):
        rest += int(cells.get("存入", "0").replace(",", "")) - int(cells.get("支出", "0"))
        rows.append(row(number, cells | {"餘額": f"{rest:,}"}))
    return rows


PAID = ("115/09/15", "轉帳", "600", "", f"004-{ACCOUNT}")


def test_a_row_of_a_passbook_is_a_payment_of_its_own() -> None:
    (page,) = movements(book(("115/09/14", "薪資", "", "12,345", ""), PAID))
    assert page.amount
    assert (page.amount.value, page.status, page.paid_at) == (600, Status.PAID, "2026-09-15")
    found = Findings((page,), keen=True, amount_looks=(600,))
    assert judge(found, SLIP)[0] is Verdict.ACCEPT


def test_money_that_came_in_is_no_payment() -> None:
    assert movements(book(("115/09/15", "轉帳", "", "600", f"004-{ACCOUNT}"))) == ()


def test_money_that_went_back_makes_a_passbook_doubtful() -> None:
    back = book(PAID, ("115/09/16", "沖正", "", "600", ""))
    assert [page.status for page in movements(back)] == [Status.UNKNOWN]


def test_a_page_that_lies_askew_mixes_no_rows() -> None:
    """The sum of one row beside the rest and the account of the next: what was left is wrong."""
    heads, first, second, third = book(
        ("115/09/14", "薪資", "", "12,345", ""),
        ("115/09/15", "轉帳", "600", "", ""),
        ("115/09/15", "轉帳", "85", "", f"004-{ACCOUNT}"),
    )
    beside = {cell.text: cell for cell in third.cells}
    mixed = Line((*second.cells[:3], beside["31,660"], beside[f"004-{ACCOUNT}"]))
    (page,) = movements([heads, first, mixed])
    assert page.amount
    assert (page.amount.value, page.status) == (600, Status.UNKNOWN)


def test_a_row_whose_word_was_read_by_half_is_no_payment() -> None:
    for word in ("正", "更正", ""):
        (page,) = movements(book(("115/09/15", word, "600", "", f"004-{ACCOUNT}")))
        assert page.status is not Status.PAID
        found = Findings((page,), keen=True, amount_looks=(600,))
        assert judge(found, SLIP)[0] is not Verdict.ACCEPT


def test_sum_and_account_of_two_rows_never_meet() -> None:
    rows = book(
        ("115/09/14", "轉帳", "85", "", f"004-{ACCOUNT}"), ("115/09/15", "轉帳", "600", "", "")
    )
    assert [page.amount and page.amount.value for page in movements(rows)] == [85]
