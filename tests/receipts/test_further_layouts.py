"""Layouts of thirty further banks, stores and wallets: each harmless page, and beside it the same
page with the one thing that undoes it."""

from dataclasses import replace

import pytest
from receipts.judged_rows import ACCOUNT, accepted, placed, rows, verdict

from mailflow.receipts.accounts import Shown, loose_accounts, parse_account
from mailflow.receipts.fields import read_fields
from mailflow.receipts.labels import entries
from mailflow.receipts.lines import Box, Line, Word, words_to_lines
from mailflow.receipts.movements import movements
from mailflow.receipts.result import Kind, Status, Verdict
from mailflow.receipts.stamps import dated_stamp
from mailflow.receipts.tables import as_one_row
from mailflow.receipts.wording import Role, role_of

# ---- labels


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("匯轉金額", Role.AMOUNT), ("給付金額", Role.AMOUNT), ("轉帳款項", Role.AMOUNT),
        ("帳單款", Role.AMOUNT), ("你轉了", Role.AMOUNT), ("代收額", Role.AMOUNT),
        ("收款合計", Role.TOTAL), ("付款合計", Role.TOTAL), ("合計扣款", Role.TOTAL),
        ("跨轉費", Role.FEE), ("跨行費用", Role.FEE), ("門市處理費", Role.FEE),
        ("代繳手續", Role.FEE),
        ("退找", Role.CHANGE), ("找付", Role.CHANGE),
        ("帳上剩餘", Role.BALANCE), ("扣款後結餘", Role.BALANCE),
        ("進帳戶頭", Role.PAYEE), ("撥入帳號", Role.PAYEE), ("受款帳號", Role.PAYEE),
        ("收款戶號", Role.PAYEE), ("用戶碼", Role.PAYEE),
        ("出帳戶頭", Role.PAYER), ("出款帳戶", Role.PAYER), ("扣帳帳號", Role.PAYER),
        ("交易日時", Role.WHEN), ("執行日時", Role.WHEN), ("結帳時刻", Role.WHEN),
        ("撥款時間", Role.WHEN), ("辦理時間", Role.WHEN),
        ("列印時間", Role.OTHER_TIME), ("預約日期", Role.OTHER_TIME), ("繳費期限", Role.OTHER_TIME),
        ("明細編號", Role.REFERENCE), ("交易碼", Role.REFERENCE), ("流水", Role.REFERENCE),
        ("我的筆記", Role.MEMO), ("應繳總額", Role.DUE), ("每日限額", Role.APART),
    ],
)  # fmt: skip
def test_labels_are_composed_of_the_same_few_parts(label: str, role: Role) -> None:
    assert role_of(label) is role


# ---- screens

RICHART = """轉好囉!
$600
出帳戶頭  ***04363
進帳戶頭  004 台灣銀行
{account}
跨行費用  12元
時間  2026/09/15 08:06
流水號  TW1790182
{last}
回到戶頭總覽"""


def test_a_playful_bank() -> None:
    assert accepted(RICHART.format(account="......456789", last="傳給朋友看"))
    assert not accepted(RICHART.format(account="......456780", last="傳給朋友看"))
    assert not accepted(RICHART.format(account="......456789", last="預約時間到才會轉出"))


def test_money_that_was_handed_to_the_payee_s_bank() -> None:
    page = (
        "轉到銀行\n{said}\n$600\n撥入銀行  004 台灣銀行\n撥入帳號  98620123456789\n服務費  $0\n"
        "撥款時間  2026/09/15 13:06:47"
    )
    assert accepted(page.format(said="已撥入對方銀行帳戶"))
    for said in ("將撥入對方銀行帳戶", "已撥入您的帳戶", "已退回對方銀行帳戶", "撥入對方銀行帳戶"):
        assert not accepted(page.format(said=said))


def test_to_whom_it_was_given_above_the_sum() -> None:
    page = (
        "完成\n{said}\n600元\n受款銀行  台灣銀行(004)\n受款帳號  尾碼56789\n"
        "日期  2026年9月15日下午7:37\n手續費  0元"
    )
    assert accepted(page.format(said="已轉給報名費專戶"))
    for said in ("要轉給報名費專戶", "未轉給報名費專戶", "已請款給報名費專戶", "已轉給"):
        assert not accepted(page.format(said=said))


def test_a_logo_before_the_words_says_nothing_but_no_does() -> None:
    page = (
        "{said}\n轉帳金額  NT$600\n銀行帳號  98620123456789\n交易日時  2026.09.15 21:13\n手續費  0"
    )
    assert accepted(page.format(said="iP 轉帳至銀行帳戶-已完成"))
    assert not accepted(page.format(said="No 轉帳至銀行帳戶-已完成"))
    assert not accepted(page.format(said="un 轉帳至銀行帳戶-已完成"))


def test_the_cross_that_closes_a_window_is_no_result() -> None:
    page = placed(
        ((40, "轉帳結果"),), ((40, "轉帳成功"),), ((40, "轉帳金額"), (400, "NT$600")),
        ((40, "轉入帳號"), (400, ACCOUNT)), ((40, "交易時間"), (400, "2026/09/15 10:25")),
        ((40, "手續費"), (400, "0")),
    )  # fmt: skip
    title = page[0].cells[0]

    def cross(confidence: float) -> tuple[Line, ...]:
        word = Word("X", Box(640, 0, 660, 24), confidence)
        return (*words_to_lines([Word(title.text, title.box), word]), *page[1:])

    assert verdict(page)[0] is Verdict.ACCEPT
    assert verdict(cross(43.0))[0] is Verdict.ACCEPT
    assert verdict(cross(99.0))[0] is not Verdict.ACCEPT  # 結果 X


def test_an_entry_of_an_account_that_names_what_was_paid_out() -> None:
    page = (
        "交易明細內容\n{head}\n600元\n帳務日期  2026/09/15\n交易時間  10:17:22\n摘要  手機轉帳\n"
        "{named}  600\n帳戶餘額  16,086\n對方銀行  004 台灣銀行\n對方帳號  ******56789"
    )
    assert accepted(page.format(head="支出", named="支出金額"))
    assert not accepted(page.format(head="收入", named="存入金額"))
    assert not accepted(page.format(head="沖正", named="支出金額"))


# ---- accounts


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("9862 **** **** 6789", "9862********6789"),
        ("9862 ******67 89", "9862******6789"),
        ("末五碼 56789", "*56789"),
        ("尾碼56789", "*56789"),
        ("006-  *56789", "*56789"),
    ],
)
def test_masks_in_groups_and_last_digits(text: str, shown: str) -> None:
    found = parse_account(text)
    assert found is not None
    assert found.text == shown
    assert found.fits(ACCOUNT)


def test_a_group_of_another_number_does_not_join() -> None:
    """In groups of four the last has two digits; what stands apart is a fee."""
    assert loose_accounts("9862 **** 6789 15") == (Shown("9862****678915"),)
    assert loose_accounts("9862 **** 6789  15") != (Shown("9862****678915"),)


# ---- stores


def test_counts_in_a_till_s_table_are_no_sums() -> None:
    page = (
        "Hi-Life\n代收繳費收據\n115/09/15 14:49\n品名  數量  金額\n代收報名費  1  600\n"
        "代收服務費  1  {fee}\n合計  ${total}\n現金  $700\n找零  ${back}\n銷帳編號\n98620123456789"
    )
    assert accepted(page.format(fee=10, total=610, back=90))
    assert not accepted(page.format(fee=10, total=620, back=80))


def test_what_an_english_till_counts() -> None:
    page = (
        "Carrefour 家樂福\n代收代付收執聯\n交易號 3657-540070 2026/09/15 20:10\n"
        "01 BILL PAYMENT 代收  {sum}\n02 SERVICE FEE 手續費  10\nTOTAL 合計  610\nCASH 現金  700\n"
        "CHANGE 找零  90\n繳款帳號 98620123456789\n本聯為繳費證明,請妥善保管"
    )
    assert accepted(page.format(sum=600))
    assert read_fields(rows(page.format(sum=600))).paid_at == "2026-09-15T20:10"
    assert not accepted(page.format(sum=500))


def test_what_a_store_collects_is_no_fee_where_the_fee_stands_beside_it() -> None:
    page = (
        "My FamiPay 電子收執聯\n繳費完成\n第二段條碼  98620123456789\n代收費用  ${sum}\n"
        "手續費  $0\n付款合計  ${sum}\n交易日時  2026/09/15 12:15:39"
    )
    assert read_fields(rows(page.format(sum=600))).amount.value == 600  # type: ignore[union-attr]
    assert read_fields(rows("繳費完成\n代收費用  $15\n繳款金額  $600")).fee == 15


def test_two_short_labels_that_an_engine_read_column_by_column() -> None:
    """現金 above 找零."""
    found = entries(rows("應收總額  $610\n現找金零  $1,000\n$390"))
    told = {entry.role: entry.value for entry in found}
    assert (told[Role.CASH], told[Role.CHANGE]) == ("$1,000", "$390")


STAMPED = """iPAS 檢定報名費繳款單
第二聯繳款人收執(收據)
繳款帳號  98620123456789  收款銀行  004 台灣銀行
應繳金額  NT$ 600  繳費期限  115/09/20
收款單位蓋章處
{stamp}
超商手續費由繳款人另行負擔;未經收款單位蓋章者無效。"""


def test_a_slip_with_a_store_s_stamp_and_its_day_is_a_proof() -> None:
    """全家便利商店 成大店 115.09.15 代收訖"""
    page = rows(STAMPED.format(stamp="全家便利商店\n成大店\n115.09.15\n代收訖"))
    assert dated_stamp(page)
    assert read_fields(page).kind is Kind.SLIP
    assert verdict(page)[0] is Verdict.ACCEPT


def test_a_stamp_needs_its_word_a_taker_and_a_day() -> None:
    for stamp in (
        "全家便利商店\n代收訖",
        "115.09.15\n代收訖",
        "全家便利商店\n115.09.15",
        "全家便利商店\n115.09.15\n保證金\n代收訖",
    ):
        assert dated_stamp(rows(STAMPED.format(stamp=stamp))) is None, stamp


@pytest.mark.parametrize(
    "stamp",
    [
        "",  # not paid
        "代收訖",  # by whom, and when?
        "全家便利商店\n代收訖章",  # a box for it
        "115.09.15\n代收訖",
        "全家便利商店\n成大店\n115.09.15",
        "列印日期  115.09.15\n全家便利商店\n代收訖",  # the day of something else
        "全家便利商店\n成大店\n115.09.15\n代收訖\n作廢",
        "全家便利商店\n成大店\n115.07.15\n代收訖",  # before the slip
    ],
)
def test_a_slip_without_one_is_none(stamp: str) -> None:
    assert verdict(rows(STAMPED.format(stamp=stamp)))[0] is not Verdict.ACCEPT


def test_a_seal_s_rule_on_a_bank_s_form_undoes_nothing() -> None:
    page = (
        "匯款回條\n日期:115年9月15日\n解款行 台灣銀行(004)\n收款人帳號 98620123456789\n"
        "匯款金額 NT$600  手續費 NT$30\n收訖章\n{rule}"
    )
    rule = "本回條非經加蓋本行收訖章不生效力。"
    assert not read_fields(rows(page.format(rule=rule))).strange
    assert read_fields(rows(page.format(rule="本筆匯款不生效力"))).strange


# ---- tables


HEADS = (
    (40, "交易時間"),
    (240, "轉出帳號"),
    (440, "轉入銀行"),
    (620, "轉入帳號"),
    (860, "轉帳金額"),
)
UPPER = ((20, "2026/09/15"), (230, "422*****5021"), (470, "004"))


def test_a_row_of_a_table_may_run_over_two_lines() -> None:
    lower = ((40, "11:31:58"), (440, "台灣銀行"), (600, ACCOUNT), (880, "600"))
    found = {entry.role: entry.value for entry in entries(placed(HEADS, UPPER, lower, apart=28))}
    assert found[Role.WHEN] == "2026/09/15 11:31:58"
    assert found[Role.PAYEE_BANK] == "004 台灣銀行"
    assert (found[Role.PAYEE], found[Role.AMOUNT]) == (ACCOUNT, "600")


def test_two_transactions_are_not_one_row() -> None:
    """The account of the one never meets the sum of the other."""
    first = (*UPPER, (600, "11112222333344"), (880, "900"))
    second = ((20, "2026/09/14"), (230, "422*****5021"), (470, "004"), (600, ACCOUNT), (880, "600"))
    for apart in (28, 60):
        found = entries(placed(HEADS, first, second, apart=apart))
        told = {entry.role: entry.value for entry in found}
        assert (told[Role.PAYEE], told[Role.AMOUNT]) == ("11112222333344", "900")


def test_a_second_transaction_begins_again_what_the_first_says() -> None:
    upper, lower, hour = placed(
        ((20, "2026/09/15"), (230, "422*****5021"), (600, ACCOUNT)),
        ((20, "2026/09/14"), (230, "422*****5021"), (600, "11112222333344")),
        ((40, "11:31:58"), (880, "600")),
        apart=28,
    )
    assert as_one_row(upper, lower) is None
    joined = as_one_row(upper, replace_top(hour, 28))
    assert joined is not None
    assert joined.cells[0].text == "2026/09/15 11:31:58"
    assert as_one_row(upper, replace_top(hour, 90)) is None  # it stands apart


def replace_top(line: Line, top: int) -> Line:
    moved = (replace(c, box=Box(c.box.left, top, c.box.right, top + 24)) for c in line.cells)
    return Line(tuple(moved))


def test_an_account_that_ran_into_a_passbook_s_rest() -> None:
    head = ((20, "日期"), (160, "摘要"), (300, "支出金額"), (460, "存入金額"), (620, "結存餘額"))
    before = ((20, "1150914"), (160, "薪資"), (470, "18,081"), (620, "45,113工讀"))
    for account, shown in (
        ("0040098620123456789", "0098620123456789"),
        ("004**56789", "004**56789"),
    ):
        row = ((20, "1150915"), (160, "跨行轉出"), (310, "600"), (620, f"44,513{account}"))
        (told,) = movements(placed(head, before, row))
        assert told.account is not None
        assert (told.status, told.account.text) == (Status.PAID, shown)
        assert told.amount is not None
        assert told.amount.value == 600


BOOK = ((20, "日期"), (160, "摘要"), (300, "支出"), (460, "存入"), (620, "餘額"), (780, "對方帳號"))
RENT = ((20, "115/09/14"), (160, "薪資"), (470, "1,000"), (620, "10,000"))
SENT = (20, "115/09/15"), (310, "600"), (620, "9,400"), (780, f"004-{ACCOUNT}")
BACK = ((20, "115/09/16"), (160, "轉帳"), (470, "600"), (620, "10,000"), (780, f"004-{ACCOUNT}"))


def booked(*table: tuple[tuple[int, str], ...], deed: str = "跨行轉帳") -> set[Status]:
    day, *rest = SENT
    row = (day, (160, deed), *rest)
    told = movements(placed(*(row if line == SENT else line for line in table)))
    return {one.status for one in told if one.amount and one.amount.value == 600}


def test_a_passbook_s_row_is_a_payment() -> None:
    assert booked(BOOK, RENT, SENT) == {Status.PAID}


@pytest.mark.parametrize("deed", ["ATM提款", "卡費扣款", "預扣繳費", "扣繳保險費"])
def test_what_was_drawn_or_taken_for_another_bill_is_none(deed: str) -> None:
    assert Status.PAID not in booked(BOOK, RENT, SENT, deed=deed)


def test_a_sum_that_came_back_was_not_paid() -> None:
    assert Status.PAID not in booked(BOOK, RENT, SENT, BACK)


@pytest.mark.parametrize(
    "title",
    ["範例存摺", "預約交易清單", "待入帳交易", "我的記帳本", "外幣交易明細 USD 600", "示範帳戶"],
)
def test_a_list_of_what_is_not_booked_is_no_passbook(title: str) -> None:
    assert Status.PAID not in booked(((20, title),), BOOK, RENT, SENT)
