"""Ways of saying it that four more writers found, each beside the one that must not pass for it."""

import pytest
from receipts.judged_rows import ACCOUNT, accepted, placed, rows, verdict

from mailflow.receipts.accounts import Shown, loose_accounts, parse_account
from mailflow.receipts.fields import read_fields
from mailflow.receipts.findings import Findings
from mailflow.receipts.lines import normalise
from mailflow.receipts.moments import find_moment
from mailflow.receipts.money import amount_alone
from mailflow.receipts.movements import movements
from mailflow.receipts.paid_lines import says_paid
from mailflow.receipts.result import Status
from mailflow.receipts.stamps import dated_stamp
from mailflow.receipts.status import sum_validated
from mailflow.receipts.wording import Role, role_of

TRANSFER = (
    "{said}\n轉入帳號  (004) 98620123456789\n轉帳金額  600\n交易時間  2026/09/15 10:00\n手續費  0"
)


# ---- how success is said


@pytest.mark.parametrize(
    "said",
    [
        "您於 2026/09/15 10:00 完成一筆轉帳",
        "已成功轉帳給 台灣銀行",
        "已轉到對方帳戶",
        "RESP CODE 00 APPROVED 交易完成",
        "RESPONSE: APPROVED",
        "交易已入帳",
        "嗨!轉帳 OK 了",
        "Done!轉出去了",
        "咻~錢轉過去了",
        "轉帳作業已順利結束",
        "您的轉帳指示已執行完畢",
        "Completed on 15 Sep 2026 at 10:00",
        "Transfer completed. Please keep the reference number for your records.",
        "處理碼  00(正常)",
        "處理完成(00)",
        "交易結果  正常完成",
        "訊息欄  OK",
        "系統已完成本筆轉帳",
        "您的款項已安全送達",
        "收款方帳戶入帳成功",
        "已即時入帳至收款帳戶",
        "對方銀行已確認入帳",
        "本交易已完成,無須再次操作",
        "無摺存款完成",
        "上列款項業已匯出請核對無誤後保存本單",
        "Step1 輸入  Step2 確認  Step3 完成\n轉帳成功",
        "陽信轉帳  3/3完成\n款項已轉出",
    ],
)
def test_ways_to_say_that_it_is_done(said: str) -> None:
    assert accepted(TRANSFER.format(said=said)), verdict(rows(TRANSFER.format(said=said)))


@pytest.mark.parametrize(
    "said",
    [
        "您於 2026/09/15 10:00 完成一筆轉帳設定",
        "將轉到對方帳戶",
        "轉到對方帳戶",
        "已轉到台灣銀行待確認",
        "您的轉帳指示已送出",
        "您的轉帳申請已執行完畢",
        "通知已轉給對方",
        "已入帳至您的帳戶",
        "系統已通知對方銀行",
        "款項已入帳至您的帳戶",
        "交易已入帳至您的帳戶",
        "已通知對方轉帳",
        "已使用對方帳戶轉帳",
        "RESP CODE 05 DECLINED",
        "Status  Approved",
        "處理完成",
        "處理碼  05(異常)",
        "Completed on behalf of your payee",
        "Completed on approval",
        "Please keep the reference number for your records.",
        "Step1 輸入  Step2 確認  Step3 完成",
        "轉帳作業結束",
    ],
)
def test_what_does_not_say_it(said: str) -> None:
    assert not accepted(TRANSFER.format(said=said))


# ---- what is named


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("共收", Role.TOTAL), ("總收款", Role.TOTAL), ("含手續費共扣", Role.TOTAL),
        ("應收總額", Role.TOTAL), ("應收金額", Role.DUE), ("應扣", Role.DUE),
        ("代辦費", Role.FEE), ("匯水", Role.FEE), ("平台費", Role.FEE),
        ("現", Role.CASH), ("客付", Role.CASH), ("現金收", Role.CASH),
        ("零錢", Role.CHANGE), ("找出零錢", Role.CHANGE),
        ("儲值餘額轉出", Role.AMOUNT), ("餘額", Role.BALANCE), ("代收數", Role.AMOUNT),
        ("悠遊付帳號", Role.PAYER), ("付方", Role.PAYER), ("轉出戶口", Role.PAYER),
        ("受理分行", Role.NAME), ("核准序號", Role.REFERENCE), ("交易代碼", Role.REFERENCE),
        ("處理碼", Role.STATUS),
    ],
)  # fmt: skip
def test_what_a_label_names(label: str, role: Role) -> None:
    assert role_of(label) is role


@pytest.mark.parametrize(
    ("row", "amount"),
    [("付 $600", 600), ("代收:600元", 600), ("已轉 600 元", 600), ("NT$600 已轉入對方帳戶", 600)],
)
def test_a_verb_before_or_behind_the_sum(row: str, amount: int) -> None:
    found = read_fields(rows(f"{row}\n手續費  0")).amount
    assert found is not None
    assert found.value == amount


@pytest.mark.parametrize("row", ["應付 $600", "付款期限 9/22", "600 元將轉入對方帳戶"])
def test_what_is_not_paid_is_no_amount(row: str) -> None:
    assert read_fields(rows(f"{row}\n手續費  15")).amount is None


def test_a_question_is_a_label() -> None:
    found = read_fields(rows("轉多少?\n600 元\n幾點轉的?\n2026/09/15 10:00"))
    assert found.amount is not None
    assert found.amount.value == 600
    assert found.paid_at == "2026-09-15T10:00"


def test_minus_signs_and_a_misread_dollar() -> None:
    assert amount_alone("\u2212NT$600") == amount_alone("-NT$600") == 600
    assert normalise("NTS1,200") == "NT$1,200"
    assert normalise("CENTS 5") == "CENTS 5"
    assert normalise("轉賬") == "轉帳"


# ---- when


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("115 09 15 08:55", "2026-09-15T08:55"),
        ("09-14-2026 15:33", "2026-09-14T15:33"),
        ("11月20日21:03(2026)", "2026-11-20T21:03"),
        ("10月21日16:53,2026年匯款完成", "2026-10-21T16:53"),
    ],
)
def test_days_in_another_order(text: str, moment: str) -> None:
    assert find_moment(text) == moment


@pytest.mark.parametrize("text", ["115 09 15", "09-10-2026", "11月20日21:03", "06/10/2026 21:22"])
def test_days_that_may_be_others(text: str) -> None:
    assert find_moment(text) is None


# ---- whose account


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("335-172-4875471679", Shown("3351724875471679")),
        ("台灣銀行 986-201-23456789", Shown("98620123456789", "004")),
        ("004-98620123456789", Shown("98620123456789", "004")),
        ("▸ 004-98620-****-56789", Shown("98620****56789", "004")),
        ("台灣銀行 004 ・ 98620123456789", Shown("98620123456789", "004")),
        ("98620日****6162", Shown("98620*****6162")),
    ],
)
def test_accounts_in_other_clothes(text: str, shown: Shown) -> None:
    assert parse_account(normalise(text)) == shown


def test_groups_beside_masks_and_zeros_before_them() -> None:
    assert loose_accounts("6120 **** 5367 38") == (Shown("6120****536738"),)
    assert Shown("00986201****6789").fits("98620123456789")
    assert not Shown("00986201****6789").fits("98620123456788")
    assert not Shown("98986201****6789").fits("98620123456789")


def test_a_telephone_is_no_account() -> None:
    assert loose_accounts("0933***208") == loose_accounts("0933123208") == ()


def test_the_bank_behind_轉入_is_no_part_of_the_label() -> None:
    page = "轉帳成功\n轉出 ****1879\n轉入台灣銀行 004 /...56789\n轉帳金額 $600\n"
    page += "手續費 $15\n交易時間 2026/09/15 10:00"
    assert accepted(page)
    assert not accepted(page.replace("...56789", "...56788"))
    assert not accepted(page.replace("台灣銀行 004", "土地銀行 005"))


def test_the_number_of_the_payment_is_no_other_transfer() -> None:
    page = (
        "轉帳成功\n轉入帳號  ******56789\n轉入銀行  004\n轉帳金額  600\n手續費  0\n"
        "交易序號  202609136689814\n2026/09/15 10:00  600  202609136689814"
    )
    assert "words_unread" not in verdict(rows(page))[1]
    other = page.replace("600  202609136689814", "600  95228700000014")
    assert "words_unread" in verdict(rows(other))[1]


# ---- tills and counters


TILL = (
    "校園多媒體機\n機號  K5334\n2026-09-17 18:36:51\n代收  檢定費\n入帳虛擬帳號  98620123456789\n"
    "應扣  600\n投入現金  1,000\n退幣  400"
)


def test_a_till_without_a_stores_name() -> None:
    signs = {sign.code for sign in read_fields(rows(TILL)).signs}
    assert "store_proof" in signs
    short = read_fields(rows(TILL.replace("退幣  400", "退幣  500")))
    assert "store_proof" not in {sign.code for sign in short.signs}


def test_what_a_machine_prints_before_or_behind_its_word() -> None:
    assert sum_validated("7-11 臺科門市 115/09/11 12:03 POS1 0183922 代收 $600 已收訖") == 600
    assert sum_validated("交易認證 115/09/16 10:41 0372 T07 匯出 600.00") == 600
    assert sum_validated("交易認證 115/09/16 10:41 600.00") is None
    assert sum_validated("7-11 臺科門市 115/09/11 12:03 代收 $600") is None


@pytest.mark.parametrize(
    "bars",
    [
        "條碼 1512156K7 / 5076126817997800 / 151224000000600",
        "BC1 1512156K7\nBC2 5076126817997800\nBC3 151224000000600",
        "條碼1 1512156K7\n條碼2 5076126817997800\n條碼3 151224000000600",
    ],
)
def test_the_three_segments_of_a_bill(bars: str) -> None:
    assert read_fields(rows(bars)).segments.second == "5076126817997800"


def test_change_that_is_given_back_is_no_return_of_the_payment() -> None:
    given = "代收項目  報名費\n帳單金額  NT$600\n交付  NT$1,000\n退回  NT$400\n款項收訖"
    assert read_fields(rows(given)).status is not Status.FAILED
    assert read_fields(rows("轉帳成功\n退回  NT$600")).status is Status.FAILED


def test_a_wallets_advert_makes_no_store() -> None:
    page = TRANSFER.format(said="轉帳成功\n7-ELEVEN 集點加倍送")
    assert accepted(page)


def test_an_english_receipt_of_a_bank_says_it() -> None:
    assert says_paid("Transfer completed. Please keep this page for your records.")
    assert not says_paid("Transfer started. Please keep this page for your records.")


def test_two_labels_that_share_a_line() -> None:
    found = read_fields(rows("轉帳金額/手續費\nNT$900 / NT$0")).amount
    assert found is not None
    assert found.value == 900
    assert role_of("手續費/轉帳金額") is None


@pytest.mark.parametrize(
    ("cash", "change", "fee", "agrees"),
    [(1000, 385, 15, True), (615, None, 15, True), (1000, 386, 15, False), (1000, 400, 0, False)],
)
def test_a_till_says_the_sum_a_second_time(
    cash: int, change: int | None, fee: int, agrees: bool
) -> None:
    """Of a fee of nothing it says nothing: digits that faded in all three still agree."""
    given = "" if change is None else f"\n找零  {change}"
    page = read_fields(rows(f"代收金額  600\n手續費  {fee}\n現金  {cash}{given}"))
    assert Findings((page,)).second_place(600) is agrees


SIGNED = (
    ((0, "年/月/日"), (200, "事由"), (340, "往來帳號"), (640, "收(+)付(-)"), (860, "餘額")),
    ((0, "2026/09/10"), (200, "現存"), (640, "+3,000"), (860, "60,208")),
    ((0, "2026/09/15"), (200, "跨行轉"), (340, f"004-{ACCOUNT}"), (640, "-600"), (860, "59,608")),
    ((0, "2026/09/15"), (200, "手續費"), (640, "-12"), (860, "59,596")),
)  # fmt: skip


def test_a_passbook_with_one_column_for_both_and_a_sign() -> None:
    (row,) = movements(placed(*SIGNED))
    assert row.amount is not None
    assert (row.amount.value, row.status, row.account) == (
        600, Status.PAID, Shown("98620123456789", "004"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new"),
    [("-600", "+600"), ("-600", "600"), ("59,608", "59,708"), ("收(+)付(-)", "交易金額")],
)
def test_what_came_in_or_does_not_add_up_is_not_booked(old: str, new: str) -> None:
    table = [tuple((at, new if text == old else text) for at, text in row) for row in SIGNED]
    assert all(row.status is not Status.PAID for row in movements(placed(*table)))


def test_a_name_is_no_word_against_it_where_a_name_is_asked_for() -> None:
    """周轉中 begins like a name, too."""
    page = TRANSFER.format(said="轉帳成功")
    assert not read_fields(rows(f"{page}\n私人筆記\n蔡家豪")).doubtful
    assert read_fields(rows(f"{page}\n周轉中")).doubtful


STAMPED = (
    ((0, "考試報名費繳款單"),),
    ((0, "繳款帳號 98620123456789 (台灣銀行004)"),),
    ((0, "應繳總額  600"), (500, "繳款期限 115/09/22")),
    ((0, "一、請於期限內繳納"), (640, "{taker}")),
    ((0, "二、本單請妥善保存"), (640, "115.09.15")),
    ((0, "三、免收手續費"), (640, "代收訖")),
)


@pytest.mark.parametrize(
    ("taker", "taken"),
    [
        ("金玉堂文具大里店", True),
        ("深坑區農會信用部", True),
        ("請至各便利商店", False),
        ("請持單至便利店", False),
    ],
)
def test_any_shop_may_stamp_but_a_hint_is_no_shop(taker: str, taken: bool) -> None:
    table = [tuple((at, text.format(taker=taker)) for at, text in row) for row in STAMPED]
    assert (dated_stamp(placed(*table)) is not None) is taken
