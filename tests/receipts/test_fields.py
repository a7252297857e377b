"""Rows of text as banks, machines and stores print them → fields. No picture is read here."""

from dataclasses import replace

import pytest

from mailflow.receipts.accounts import parse_account
from mailflow.receipts.fields import Fields, read_fields
from mailflow.receipts.labels import entries
from mailflow.receipts.lines import Line, normalise
from mailflow.receipts.moments import find_moment
from mailflow.receipts.money import amount_alone, amount_at_start, amount_in_words
from mailflow.receipts.result import Kind, Status
from mailflow.slips.segments import Segments, check_characters


def read(text: str) -> Fields:
    rows = [row for row in text.splitlines() if row.strip()]
    return read_fields([Line.of(row, number) for number, row in enumerate(rows)])


APP = """
轉帳結果
轉帳成功
轉出帳號  *********0007
轉入銀行  004 臺灣銀行
轉入帳號  9862-0123-4567-89
轉帳金額  NT$ 1,200
手續費  NT$ 15
扣帳金額  NT$ 1,215
交易時間  2026/09/15 下午 03:04:05
交易序號  FT0001234
備註  報名費600元
帳戶餘額  NT$ 54,600
"""


def test_a_bank_app_names_each_amount_apart() -> None:
    fields = read(APP)
    assert fields.kind is Kind.TRANSFER
    assert fields.status is Status.PAID
    assert fields.amount
    assert (fields.amount.value, fields.fee, fields.total, fields.balance) == (
        1200,
        15,
        1215,
        54600,
    )
    assert fields.paid_at == "2026-09-15T15:04"
    assert fields.account
    assert fields.account.text == "98620123456789"
    assert (fields.bank, fields.reference) == ("004", "FT0001234")


def test_labels_above_their_values() -> None:
    fields = read(
        """
        轉帳成功
        轉入帳戶
        822 中國信託  33515*****2313
        轉帳金額
        700元整
        手續費
        12元整
        交易日期
        115年09月28日 11:10
        """
    )
    assert fields.amount
    assert (fields.amount.value, fields.fee) == (700, 12)
    assert fields.paid_at == "2026-09-28T11:10"
    assert fields.account
    assert fields.account.fits("3351512342313")
    assert not fields.account.fits("3351512342314")
    assert fields.bank == "822"


def test_a_headline_counts_only_under_the_paid_word() -> None:
    rows = "轉入帳號  98620123456789\n交易時間  2026/09/15 10:00\n手續費  NT$ 0"
    paid = read(f"轉帳成功\nNT$ 600\n{rows}")
    assert paid.amount
    assert paid.amount.value == 600
    lone = read(f"再見\nNT$ 600\n{rows}")
    assert (lone.amount and lone.amount.labelled, lone.status) == (False, Status.UNKNOWN)


def test_an_atm_slip_with_date_and_time_in_two_rows() -> None:
    fields = read(
        """
        合作商業銀行
        自動櫃員機交易明細表
        交易日期: 115/10/10
        交易時間: 16:43:25
        交易種類: 轉帳
        轉入銀行: 012
        轉入帳號:
        50761715558403
        交易金額: ****700
        手 續 費: ****15
        訊息代號: 0000 交易成功
        """
    )
    assert fields.status is Status.PAID
    assert fields.paid_at == "2026-10-10T16:43"
    assert fields.amount
    assert (fields.amount.value, fields.fee) == (700, 15)
    assert fields.account
    assert fields.account.text == "50761715558403"


STORE = """
某某超商 大學門市
代收款專用繳款證明(顧客聯)
2026/09/13 17:45
第1段:1409226H1
第2段:9999952650000016
第3段:092293000000600
代收金額:$600
手續費:$15
合計 2 項  金額 $615
現金 $1,000 找零 $385
"""


def test_a_store_receipt_with_its_three_segments() -> None:
    fields = read(STORE)
    assert (fields.kind, fields.status) == (Kind.STORE, Status.PAID)
    assert fields.amount
    assert (fields.amount.value, fields.fee, fields.total, fields.cash) == (600, 15, 615, 1000)
    assert fields.segments.checked
    assert fields.segments.amount == 600
    assert fields.segments.pays_into("9999952650000016")
    assert fields.paid_at == "2026-09-13T17:45"


def test_a_line_under_the_sums_that_makes_no_words_is_noticed() -> None:
    assert not read(STORE + "本繳款證明僅供繳費者收執").unread
    garbled = Line.of("HHH AERG EER 999", 12)
    garbled = Line(tuple(replace(cell, confidence=20) for cell in garbled.cells))
    rows = [Line.of(row, number) for number, row in enumerate(STORE.strip().splitlines())]
    assert read_fields([*rows, garbled]).unread == (garbled.box,)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("轉帳成功", Status.PAID),
        ("臺幣轉帳交易成功", Status.PAID),
        ("交易结果  缴费成功", Status.PAID),
        ("全國繳費網 繳費成功", Status.PAID),
        ("全國繳費網 頂約繳費成功", Status.UNKNOWN),  # 預約 misread
        ("預約轉帳成功", Status.NOT_YET),
        ("頭約轉帳成功", Status.UNKNOWN),  # 預約 misread
        ("預約轉帳設定成功", Status.NOT_YET),
        ("請確認本次交易資訊", Status.NOT_YET),
        ("交易狀態  待放行", Status.NOT_YET),
        ("交易狀態  處理中", Status.NOT_YET),
        ("轉帳失敗", Status.FAILED),
        ("轉帳成功 0 筆 失敗 1 筆", Status.FAILED),
        ("轉帳成功\n本交易已作廢", Status.VOID),
        ("轉帳成功\n交易取消", Status.VOID),
        ("轉帳成功\n預約查詢/取消", Status.PAID),  # a menu beside the result
        ("轉帳成功\n如交易失敗請洽客服", Status.PAID),  # small print
        ("謝謝光臨", Status.UNKNOWN),
    ],
)
def test_a_word_for_not_paid_beats_every_word_for_paid(words: str, status: Status) -> None:
    rest = "轉入帳號  98620123456789\n轉帳金額  600元\n交易時間  2026/09/15 10:00"
    assert read(f"{words}\n{rest}").status is status


@pytest.mark.parametrize(
    "words", ["ibon 繳費單", "請持本單至櫃檯結帳", "本單非繳費證明，繳費後請索取代收款專用繳款證明"]
)
def test_the_slip_of_a_store_machine_is_no_payment(words: str) -> None:
    fields = read(f"{words}\n代收項目  報名費\n繳費金額  600 元\n繳費期限  115/09/26")
    assert (fields.kind, fields.status) == (Kind.SLIP, Status.NOT_YET)


def test_a_chat_about_money_is_no_receipt() -> None:
    fields = read(
        "請問報名費是多少?\n報名費是 700 元喔\n好的 我等一下去轉帳\nNT$700\n"
        "帳號 006-95228707797\n我轉好了~ 轉帳成功!"
    )
    assert fields.kind is Kind.OTHER
    assert fields.amount is None or not fields.amount.labelled


@pytest.mark.parametrize(
    "role", ["轉出後餘額", "備註", "現金", "應繳金額", "每日轉帳限額", "折抵點數", "手續費"]
)
def test_the_owed_amount_beside_another_label_is_not_the_amount(role: str) -> None:
    fields = read(f"轉帳成功\n轉入帳號  98620123456789\n{role}  600元\n交易時間  2026/9/15 10:00")
    assert fields.amount is None


def test_a_sum_that_was_debited_is_the_amount_only_without_a_fee() -> None:
    rows = "轉帳成功\n轉入帳號  98620123456789\n交易時間  2026/9/15 10:00"
    alone = read(f"{rows}\n扣帳金額  600元").amount
    assert (alone and (alone.value, alone.labelled)) == (600, False)
    assert read(f"{rows}\n扣帳金額  600元\n手續費  15元").amount is None
    net = read(f"{rows}\n$585\n扣帳金額  600元\n手續費  15元").amount
    assert (net and (net.value, net.labelled)) == (585, False)


def test_a_label_that_may_be_two_names_neither() -> None:
    assert entries([Line.of("轉口帳號  98620123456789")]) == ()  # in or out?
    assert entries([Line.of("口帳金額  600元")]) == ()  # transferred or debited?


def test_a_misread_label_with_one_meaning_is_understood() -> None:
    fields = read("轉自金額  1,800元")
    assert fields.amount
    assert fields.amount.value == 1800


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("NT$ 1,600", 1600),
        ("新臺幣 2,400 元", 2400),
        ("TWD 600.00", 600),
        ("****700", 700),
        ("＄６００", 600),
        ("600元整", 600),
        (": $1,400", 1400),
        ("6OO 元", None),
        ("6l0 元", None),
        ("60O", None),
        ("1.600", None),
        ("1,60", None),
        ("600.50", None),
        ("0600", None),
        ("1 項", None),
        ("600%", None),
        ("600-1", None),
        ("600 0 元", None),  # 6000 with a faint last digit
        ("1 200 元", None),
        ("1 ,600", None),
    ],
)
def test_what_is_not_an_amount_as_a_whole_is_none(text: str, amount: int | None) -> None:
    assert amount_at_start(normalise(text)) == amount


def test_a_number_alone_is_no_money() -> None:
    assert amount_alone("NT$ 700") == 700
    assert amount_alone("700 元") == 700
    assert amount_alone("700") is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [("新臺幣陸佰元整", 600), ("壹仟貳佰元整", 1200), ("壹萬零伍拾元", 10050), ("元整", None)],
)
def test_amounts_in_words(text: str, amount: int | None) -> None:
    assert amount_in_words(text) == amount


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026/10/28 22:25", "2026-10-28T22:25"),
        ("2026-11-17 15:05:52", "2026-11-17T15:05"),
        ("115年09月28日 11:10", "2026-09-28T11:10"),
        ("115/11/11 08:25:52", "2026-11-11T08:25"),
        ("2026/10/2723:23:00", "2026-10-27T23:23"),
        ("2026/9/5 上午 12:05", "2026-09-05T00:05"),
        ("2026/9/5 下午 1:05", "2026-09-05T13:05"),
        ("2026/9/5 1:05 PM", "2026-09-05T13:05"),
        ("20260905", "2026-09-05"),
        ("2026/13/05", None),
        ("115年09月2s日", None),
        ("02/2630-8899", None),
    ],
)
def test_dates_as_printed(text: str, moment: str | None) -> None:
    assert find_moment(text) == moment


@pytest.mark.parametrize(
    ("text", "account", "fits"),
    [
        ("*********69244", "98620733669244", True),
        ("*********69244", "98620733669245", False),
        ("9862**61***464", "98620261554464", True),
        ("9862**61***464", "98620251554464", False),
        ("98620XXXXX4601", "98620971384601", True),
        ("004 台灣銀行 9862 0618 7932 60", "98620618793260", True),
        ("004-98620618793260", "98620618793260", True),
        ("50761755403413", "50761755403414", False),
    ],
)
def test_masked_accounts_are_compared_by_what_they_show(
    text: str, account: str, fits: bool
) -> None:
    shown = parse_account(text)
    assert shown
    assert shown.fits(account) is fits


@pytest.mark.parametrize("text", ["KKKG QI AA", "**12", "98620l18793260", ""])
def test_an_unclear_account_is_none(text: str) -> None:
    assert parse_account(text) is None


@pytest.mark.parametrize(
    ("segments", "amount"),
    [  # published samples of a payment gateway
        (("000730619", "9821100000059300", "000764000000050"), 50),
        (("000920619", "9821100000048000", "000944000005000"), 5000),
        (("000730619", "9821100000057100", "000742000000050"), 50),
    ],
)
def test_published_store_barcodes_check(segments: tuple[str, str, str], amount: int) -> None:
    assert Segments(*segments).checked
    assert Segments(*segments).amount == amount
    first, second, third = segments
    wrong = third[:-2] + ("1" if third[-2] != "1" else "2") + third[-1]
    assert not Segments(first, second, wrong).checked


def test_letters_in_a_barcode_have_values() -> None:
    assert check_characters("991231Y01", "ABCDEFGHIKLMNPQR", "12349Y000007890") == "9Y"


def test_an_account_padded_to_sixteen_on_either_side() -> None:
    assert Segments(second="9862088442798600").pays_into("98620884427986")
    assert Segments(second="0098620884427986").pays_into("98620884427986")
    assert Segments(second="0098620884427987").pays_into("98620884427986") is False
    assert Segments().pays_into("98620884427986") is None


STORE_ROWS = (
    "全家便利商店",
    "代收款專用繳款證明(顧客聯)",
    "銷帳編號  9862011499249700",
    "代收金額  $600",
    "手續費  $10",
    "合計  $610",
    "現金  $1,000  找零  $390",
)


def on_store_paper(*below: str) -> Fields:
    rows = (*STORE_ROWS, *below)
    return read_fields([Line.of(row, number) for number, row in enumerate(rows)])


@pytest.mark.parametrize("word", ["退款", "作廢", "沖帳", "VOID", "退費"])
def test_a_store_s_word_that_gives_the_money_back_voids(word: str) -> None:
    assert on_store_paper(word).status is Status.VOID


def test_a_notice_about_refunds_voids_nothing() -> None:
    for notice in ("退款請洽收費單位", "恕不退款", "本繳款證明請妥善保管"):
        fields = on_store_paper(notice)
        assert (fields.status, fields.strange) == (Status.PAID, False), notice


def test_words_nobody_expects_under_the_sums_are_for_a_person() -> None:
    assert on_store_paper("*** 調整傳票 ***").strange


def test_a_page_in_english_is_read() -> None:
    rows = (
        "Transfer Successful",
        "Amount  TWD 600.00",
        "To bank  Mega Bank (017)",
        "To account  *********79994",
        "Fee  TWD 0.00",
        "Date & time  29 Oct 2025, 03:01 PM",
    )
    fields = read_fields([Line.of(row, number) for number, row in enumerate(rows)])
    assert (fields.kind, fields.status) == (Kind.TRANSFER, Status.PAID)
    assert (fields.amount and fields.amount.value, fields.paid_at) == (600, "2025-10-29T15:01")
    later = [Line.of("Transfer Scheduled" if n == 0 else row, n) for n, row in enumerate(rows)]
    assert read_fields(later).status is Status.NOT_YET


def test_the_digits_of_a_segment_are_no_date() -> None:
    assert on_store_paper("第1段:1501026H1", "2025/12/16 14:34").paid_at == "2025-12-16T14:34"
