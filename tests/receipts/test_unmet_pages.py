"""Pages of banks and wallets met for the first time: each beside the trap that looks like it.

No picture is read here; every look at a sum says what the page says.
"""

from datetime import date

import pytest

from mailflow.receipts.fields import read_fields
from mailflow.receipts.findings import Findings
from mailflow.receipts.lines import Box, Cell, Line
from mailflow.receipts.money import amount_in_words
from mailflow.receipts.movements import movements
from mailflow.receipts.notices import notices
from mailflow.receipts.result import Expectation, Verdict
from mailflow.receipts.verdict import judge

ACCOUNT = "98620123456789"
SLIP = Expectation(600, ACCOUNT, "004", date(2026, 9, 1), date(2026, 9, 22))


def rows(text: str) -> tuple[Line, ...]:
    told = [row for row in text.splitlines() if row.strip()]
    return tuple(Line.of(row, number) for number, row in enumerate(told))


def reason(text: str) -> str:
    """What decides; `amount_agrees` of a page that is accepted."""
    lines = rows(text)
    pages = movements(lines) or (read_fields(lines),)
    (fields,) = pages
    free = tuple(one.value for one in fields.all_sums if one.role is None)
    looks = {"amount_looks": (fields.amount.value,)} if fields.amount else {"other_looks": free}
    verdict, reasons = judge(Findings((fields,), keen=True, **looks), SLIP)
    assert (verdict is Verdict.ACCEPT) == (reasons[0] == "amount_agrees")
    return reasons[0]


ACCEPTED = "amount_agrees"


# ---- where a page stands in its site


def test_a_path_to_where_one_may_do_either_is_no_reservation() -> None:
    page = (
        "首頁>台幣轉帳>{place}\n您的{what}交易已完成\n轉入銀行代碼  004-台灣銀行  轉入帳號  98620123456789\n"
        "轉帳金額  600元  手續費  0元\n{day}  2026/09/15 10:00:00"
    )
    here = {"place": "即時/預約轉帳", "what": "轉帳", "day": "交易日期時間"}
    assert reason(page.format(**here)) == ACCEPTED
    for other in (
        {"place": "預約轉帳"},
        {"what": "預約轉帳"},
        {"day": "預約轉帳日期"},
    ):
        assert reason(page.format(**{**here, **other})) == "reservation_not_payment", other
    unmarked = page.format(**here).replace("首頁>台幣轉帳>", "")
    assert reason(unmarked) == "reservation_not_payment", "a title tells what was done"


# ---- the payee's account


def test_the_banks_code_may_stand_right_before_the_account() -> None:
    page = "轉帳成功\n{label}\n{to}\n轉帳金額\n600元\n時間\n2026/09/15 10:00\n手續費\n0"
    glued = "00498620123456789"
    assert reason(page.format(label="轉入行/帳號", to=glued)) == ACCEPTED
    assert reason(page.format(label="轉入行/帳號", to="81298620123456789")) == "bank_differs"
    assert reason(page.format(label="轉入行/帳號", to="00498620123456780")) == "account_differs"
    assert reason(page.format(label="轉入帳號", to=glued)) == ACCEPTED, "no account is so long"
    assert reason(page.format(label="轉入帳號", to="81298620123456789")) == "bank_differs"
    assert reason(page.format(label="轉入行/帳號", to=ACCOUNT)) == ACCEPTED


@pytest.mark.parametrize("mask", ["★★★★★★★★★★", "★*☆*", "9862 •••• ", "9862···· ", "9862…… "])
def test_stars_and_dots_mask_digits_too(mask: str) -> None:
    page = "轉帳成功\n轉到哪個帳號\n{to}\n轉帳金額  600元\n時間  2026/09/15 10:00\n手續費  0"
    assert reason(page.format(to=f"{mask}56789")) == ACCEPTED
    assert reason(page.format(to=f"{mask}56780")) == "account_differs"
    unnamed = page.replace("轉到哪個帳號", "轉入台灣銀行(004)\n入")
    assert reason(unnamed.format(to=f"{mask}56789")) == ACCEPTED
    assert reason(unnamed.format(to=f"{mask}56780")) != ACCEPTED
    assert reason(unnamed.replace("004", "812").format(to=f"{mask}56789")) == "bank_differs"


def test_a_wallet_sends_to_a_bank_that_it_names_before_the_account() -> None:
    page = "轉帳成功\nNT${sum}\n提領至  {to}\n實付  NT${paid}\n手續費  NT$12\n完成時間  2026/09/15 10:00"
    here = {"sum": "600", "to": f"台灣銀行{ACCOUNT}", "paid": "612"}
    assert reason(page.format(**here)) == ACCEPTED
    assert reason(page.format(**{**here, "to": "台灣銀行98620123456780"})) == "account_differs"
    assert reason(page.format(**{**here, "sum": "588", "paid": "600"})) == "amount_differs"
    assert reason(page.format(**{**here, "paid": "650"})) == "amount_differs", "nothing adds up"
    away = page.replace("提領至", "提領自").format(**here)
    assert reason(away) != ACCEPTED


# ---- what was done, in a sentence or in a row


REST = "Transfer amount  TWD 600.00\nTo account number  98620123456789\nTo bank  Bank of Taiwan (004)\nPosted  2026-09-15 10:00:00\nFee  TWD 0"


@pytest.mark.parametrize(
    "said",
    [
        "Completed. The money has been sent to the beneficiary.",
        "Done! Your payment has been sent.",
        "The funds have been transferred to the recipient.",
    ],
)
def test_english_sentences_say_that_it_was_sent(said: str) -> None:
    assert reason(f"{said}\n{REST}") == ACCEPTED


@pytest.mark.parametrize(
    "said",
    [
        "Completed. The money will be sent to the beneficiary.",
        "The money has not been sent to the beneficiary.",
        "Completed. The money has been sent back to you.",
        "Completed. Confirm to send the money.",
        "Completed when the money has been sent to the beneficiary.",
        "Has the money been sent to the beneficiary?",
        "The money has been sent to the wrong account.",
        "Completed. Your request has been sent to the bank.",
    ],
)
def test_english_sentences_that_only_sound_like_it(said: str) -> None:
    assert reason(f"{said}\n{REST}") != ACCEPTED


def test_the_sum_may_stand_beside_the_result() -> None:
    page = "掃碼繳費  明細\n{row}\n收款行  台灣銀行(004)\n繳款帳號  9862 0123 4567 89\n手續費  $0\n扣款總金額  $600\n繳費時間  2026/09/15 04:15:52 PM"
    fields = read_fields(rows(page.format(row="付款成功  $600")))
    assert fields.amount
    assert (fields.amount.value, fields.amount.labelled) == (600, True)
    for other in ("付款成功  $500", "付款成功  回饋$600", "付款成功嗎  $600"):
        told = read_fields(rows(page.format(row=other))).amount
        assert told is None or told.value != 600 or not told.labelled, other


# ---- a passbook whose columns ran together


def test_a_passbook_whose_columns_ran_together_still_adds_up() -> None:
    def book(rest: str, before: str = "24,545", to: str = f"004-{ACCOUNT}") -> str:
        heads = "日期         摘要         支出金額     存入金額         結餘備註/對方帳號"
        return "\n".join(
            (
                heads,
                f"1150910  電費  235  {before}台電代繳",
                f"1150915  跨行轉出  600  {rest}{to}",
                "1150920  利息  3  23,948",
            )
        )

    def placed(text: str) -> tuple[Line, ...]:
        lefts = (
            (0, 200, 500, 760, 1000),
            (0, 200, 560, 1000),
            (0, 200, 560, 1000),
            (0, 200, 860, 1000),
        )
        lines = []
        for number, (row, places) in enumerate(zip(text.splitlines(), lefts, strict=True)):
            cells = []
            for left, word in zip(places, row.split(), strict=True):
                wide = sum(24 if ord(char) > 0x2E80 else 12 for char in word)
                cells.append(Cell(word, Box(left, 40 * number, left + wide, 40 * number + 24)))
            lines.append(Line(tuple(cells)))
        return tuple(lines)

    def told(text: str) -> str:
        pages = movements(placed(text))
        if not pages:
            return "none"
        (page,) = pages
        return judge(Findings((page,), keen=True, amount_looks=(600,)), SLIP)[1][0]

    assert told(book("23,945")) == ACCEPTED
    assert told(book("23,945", to="004-98620123456780")) == "account_differs"
    assert told(book("23,945", to=f"812-{ACCOUNT}")) == "bank_differs"
    assert told(book("23,495")) == "status_unclear", "nothing was left so"
    assert told(book("23,945", before="24,645")) == "status_unclear"
    assert told(book("23,94")) != ACCEPTED, "no sum ends there"
    assert told(book("23,9451")) != ACCEPTED


def test_units_without_figures_are_no_sum() -> None:
    """A form's printed 佰拾元 that nobody filled in."""
    assert amount_in_words("佰  拾萬仟  佰拾元手續費") is None
    assert amount_in_words("新台幣壹拾元整") == 10


# ---- a notice in one sentence, among others


CODE = "【海風銀行】您的驗證碼為112567,請於\n五分鐘內輸入,切勿告知他人。\n"
NOTICE = (
    "BANK-INFO\n{before}【海風銀行】{title}:您的帳戶*2740於\n2026/09/15 23:52:14{done}TWD{sum}至\n"
    "{bank} 台灣銀行*********{tail}。如非本人\n操作請速洽客服。\n日曆  現在\n{after}"
)
SAID = {
    "before": CODE,
    "title": "轉帳成功",
    "done": "成功轉出",
    "sum": "600",
    "bank": "004",
    "tail": "56789",
    "after": "上午十點小組討論",
}


def noticed(**other: str) -> str:
    pages = notices(rows(NOTICE.format(**{**SAID, **other})))
    if not pages:
        return "none"
    (page,) = pages
    return judge(Findings((page,), keen=True, amount_looks=(600,)), SLIP)[1][0]


def test_a_notice_in_one_sentence_is_a_payment() -> None:
    assert noticed() == ACCEPTED
    assert noticed(before="") == ACCEPTED


@pytest.mark.parametrize(
    "other",
    [
        {"title": "預約轉帳成功"},
        {"title": "轉帳失敗"},
        {"done": "未成功轉出"},
        {"done": "將成功轉出"},
        {"done": "預約轉出"},
        {"done": "收到由"},
        {"bank": "812"},
        {"tail": "56780"},
        {"sum": "500"},
        {"after": "您轉出之款項600元因故退回"},
        {"after": "您的轉帳將於明日扣款"},
        {"after": "這筆預\n約轉帳"},
        {"before": "請輸入驗證碼以完成轉帳\n"},
    ],
)
def test_a_notice_of_anything_else_is_none(other: dict[str, str]) -> None:
    assert noticed(**other) != ACCEPTED


def test_two_notices_on_a_page_are_told_apart_by_nobody() -> None:
    assert notices(rows(2 * f"{NOTICE.format(**SAID)}\n")) == ()
