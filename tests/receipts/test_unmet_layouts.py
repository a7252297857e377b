"""Layouts and words that nobody has met: each harmless page beside the trap that looks like it.

No picture is read here; every look at a sum says what the page says.
"""

from datetime import date

import pytest
from receipts.judged_rows import placed

from benchmarks.drawing.worded import TRAPS, pages
from benchmarks.receipt_wordings import judged
from mailflow.receipts.accounts import Shown, account_told, parse_account
from mailflow.receipts.fields import Fields, read_fields
from mailflow.receipts.findings import Findings
from mailflow.receipts.labels import entries
from mailflow.receipts.lines import Box, Line, Word, words_to_lines
from mailflow.receipts.moments import find_moment
from mailflow.receipts.money import amount_at_start
from mailflow.receipts.result import Expectation, Status, Verdict
from mailflow.receipts.verdict import judge, weigh
from mailflow.receipts.wording import Role, parted, role_of

ACCOUNT = "98620123456789"
SLIP = Expectation(600, ACCOUNT, "004", date(2026, 9, 1), date(2026, 9, 22))


def rows(text: str) -> tuple[Line, ...]:
    told = [row for row in text.splitlines() if row.strip()]
    return tuple(Line.of(row, number) for number, row in enumerate(told))


def verdict(lines: tuple[Line, ...]) -> tuple[Verdict, tuple[str, ...]]:
    fields: Fields = read_fields(lines)
    free = tuple(one.value for one in fields.all_sums if one.role is None)
    looks = {"amount_looks": (fields.amount.value,)} if fields.amount else {"other_looks": free}
    return judge(Findings((fields,), keen=True, **looks), SLIP)  # type: ignore[arg-type]


def accepted(text: str) -> bool:
    return verdict(rows(text))[0] is Verdict.ACCEPT


REST = "轉帳金額  NT$600\n轉入帳號  (004) 98620123456789\n交易時間  2026/09/15 10:00\n手續費  NT$0"


# ---- paid, in everyday words


@pytest.mark.parametrize(
    "words",
    [
        "搞定,錢轉出去了|搞定!|轉好囉!|付好了|繳完囉|已轉|已完成|完成囉|完成!|錢已經轉過去了|款項已匯出|報名費已經付清|成功轉出",
        "OK交易完成|0K交易完成|轉帳成功囉|好了,錢過去了|Done!|All done!|It's done|Payment made|Completed",
    ],
)
def test_paid_is_said_in_everyday_words(words: str) -> None:
    for word in words.split("|"):
        assert accepted(f"{word}\n{REST}"), word


@pytest.mark.parametrize(
    "words",
    [
        "快搞定了|還差一步|即將轉出|準備轉帳|要轉囉|轉帳中|還沒轉出|明天幫你轉|已排定|等對方收下|Almost done|Done?|完成之前",
        "沒轉成|轉帳沒成功|錢沒轉出去|轉不出去|這筆沒過|出了點問題|錢不夠|Something went wrong|We couldn't send it",
        "這筆已經退給你了|退好了|已收回|錢回來了|Money returned",
        "已送出|錢轉出去了嗎|轉好了再跟你說|看完成的交易",
    ],
)
def test_what_only_sounds_like_it_is_not_paid(words: str) -> None:
    for word in words.split("|"):
        assert not accepted(f"{word}\n{REST}"), word
        assert not accepted(f"{word}\n{REST}\n完成"), word


def test_done_in_small_letters_is_what_one_may_press() -> None:
    large = [Word("完成", Box(200, 0, 290, 48))]
    rest = [
        Word(
            cell.text, Box(cell.box.left, 100 + cell.box.top, cell.box.right, 100 + cell.box.bottom)
        )
        for line in rows(REST)
        for cell in line.cells
    ]
    assert read_fields(words_to_lines([*large, *rest])).status is Status.PAID
    assert read_fields(rows(f"{REST}\n完成")).status is Status.UNKNOWN


# ---- where the money went, and where it came from


@pytest.mark.parametrize(
    "to", ["轉給", "轉給誰", "匯到", "存進", "付給", "到", "給誰", "轉帳對象", "Send to"]
)
@pytest.mark.parametrize(
    "of", ["從", "從哪裡轉", "用哪個帳戶", "扣款來源", "由", "錢從", "Pay from"]
)
def test_everyday_words_tell_the_two_sides_apart(to: str, of: str) -> None:
    head = "轉帳成功\n給多少  600元\n什麼時候  2026/09/15 10:00\n"
    ours, theirs = "(004) ****56789", "****11111"
    assert accepted(f"{head}{to}  {ours}\n{of}  {theirs}")
    assert accepted(f"{head}{of}\n{theirs}\n{to}\n{ours}")
    assert not accepted(f"{head}{to}  {theirs}\n{of}  {ours}")
    assert not accepted(f"{head}{of}\n{ours}\n{to}\n{theirs}")


def test_a_sentence_tells_where_the_money_went() -> None:
    said = "轉帳成功\n您於2026/09/15 10:00已轉帳NT$600至(004){to}\n交易序號  123456"
    assert accepted(said.format(to=ACCOUNT))
    assert not accepted(said.format(to="98620123456780"))
    assert account_told("您已從98620123456789轉帳600元至(004)11112222333344") == Shown(
        "11112222333344", "004"
    )


def test_a_masked_account_needs_its_own_bank_where_banks_are_named() -> None:
    page = "轉帳完成\n交易金額  NT$600\n銀行別\n({bank})某某銀行\n對方帳號\n***56789\n交易日期  115/09/15 10:00"
    assert accepted(page.format(bank="004"))
    assert verdict(rows(page.format(bank="017")))[1][0] == "bank_differs"


def test_another_bank_beside_an_account_that_nothing_names() -> None:
    page = "轉帳完成\n轉帳金額  NT$600\n丙  {bank}-98620123456789\n交易時間  2026/09/15 10:00\n手續費  0"
    assert accepted(page.format(bank="004"))
    assert not accepted(page.format(bank="812"))
    sum_above = "轉帳完成\n$600\n轉入帳號  98620123456789\n交易時間  2026/09/15 10:00\n手續費  0"
    assert accepted(sum_above)  # 600 is no bank


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("(004) ●●●●●●56789", Shown("******56789", "004")),
        ("004-■■■■56789", Shown("****56789", "004")),
        ("(004)……56789", Shown("******56789", "004")),
        ("(812) 71132", Shown("71132", "812")),
        ("9862----6789", Shown("9862****6789")),
        ("台灣銀行(004) 9862×××6789", Shown("9862***6789", "004")),
    ],
)
def test_any_sign_may_mask_a_digit(text: str, shown: Shown) -> None:
    line = Line.of(f"轉入帳號  {text}")
    assert parse_account(line.cells[1].text) == shown


def test_a_mask_read_as_a_digit_is_forgiven_where_the_tail_is_ours() -> None:
    assert Shown("3*********56789").odd_head(ACCOUNT)
    for other in ("3*********56788", "38********56789", "3****6789", "398620123456789"):
        assert not Shown(other).odd_head(ACCOUNT), other


def test_the_closer_look_decides_between_a_mask_and_a_digit() -> None:
    def told(page: str, look: str) -> tuple[str, ...]:
        fields = read_fields(
            rows(f"轉帳成功\n轉帳金額  NT$600\n轉入帳號  {page}\n時間  2026/09/15\n手續費  0")
        )
        looks = Findings((fields,), keen=True, amount_looks=(600,), account_looks=(Shown(look),))
        return judge(looks, SLIP)[1]

    assert told("3********56789", "*56789")[0] == "amount_agrees"
    assert told("3********56788", "*56789")[0] == "account_differs"
    assert told("31*******56789", "*56789")[0] == "account_differs"


# ---- tables and tiles


def test_a_column_without_a_known_head_keeps_its_value() -> None:
    """悄悄話 is no label that we know; its NT$600 is not what was paid."""

    def tiles(note: str, paid: str) -> tuple[Line, ...]:
        return placed(
            ((40, "轉帳成功"),),
            ((40, "某某話"), (460, "轉帳金額")),
            ((40, note), (460, paid)),
            ((40, "轉入帳號"), (460, "交易時間")),
            ((40, ACCOUNT), (460, "2026/09/15 10:00")),
            ((40, "交易序號"), (460, "8812345")),
        )

    assert verdict(tiles("NT$350", "NT$600"))[0] is Verdict.ACCEPT
    assert verdict(tiles("NT$600", "NT$350"))[1][0] == "amount_differs"


def test_a_memo_among_heads_ends_no_row_of_them() -> None:
    def table(total: str, paid: str) -> tuple[Line, ...]:
        return placed(
            ((40, "Transfer successful"),),
            (
                (40, "Date"),
                (300, "Total"),
                (480, "Payee account"),
                (740, "Memo"),
                (900, "Amount"),
                (1080, "Fee"),
            ),
            (
                (40, "2026/09/15 10:00"),
                (300, total),
                (480, ACCOUNT),
                (740, "iPAS"),
                (900, paid),
                (1080, "NT$15"),
            ),
        )

    assert verdict(table("NT$615", "NT$600"))[0] is Verdict.ACCEPT
    assert verdict(table("NT$600", "NT$585"))[0] is not Verdict.ACCEPT


def test_heads_that_ran_together_are_parted() -> None:
    assert parted("交易金額手續費餘額") == ("交易金額", "手續費", "餘額")
    assert parted("海東科技大學") == ()
    lines = placed(
        ((40, "交易日期時間"), (320, "轉入帳號"), (640, "交易金額手續費餘額")),
        ((40, "115/09/15 10:00"), (320, f"(004) {ACCOUNT}"), (640, "$600 $12 $8,143")),
    )
    told = {entry.role: entry.value for entry in entries(lines)}
    assert (told[Role.AMOUNT], told[Role.FEE], told[Role.BALANCE]) == ("$600", "$12", "$8,143")


def test_a_label_may_stand_in_two_tongues() -> None:
    page = "轉帳成功 Success\n轉帳金額 Amount (TWD)  {paid}\n轉入帳號 To account  98620123456789\n日期 Date  2026/09/15 10:00\n餘額 Balance  {left}"
    page = page.replace("轉帳成功 Success", "轉帳成功")
    assert accepted(page.format(paid="NT$600", left="NT$8,000"))
    assert not accepted(page.format(paid="NT$8,000", left="NT$600"))


def test_the_second_tongue_may_stand_close_to_its_value() -> None:
    page = "交易成功\n轉入帳號  (004) 98620123456789\n{sum}\n日期  2026/09/15 10:00"
    assert accepted(page.format(sum="金額 AMOUNT TWD 600.00\n手續費 FEE TWD 15.00"))
    assert accepted(page.format(sum="金額 Amt NT$600\n餘額 BAL TWD 8,000.00"))
    assert not accepted(page.format(sum="金額 AMOUNT TWD 8,000.00\n餘額 BAL TWD 600.00"))
    for other in ("BALANCE", "AMOUNT DUE", "FEE", "TOTAL", "LIMIT", "From"):
        assert not accepted(page.format(sum=f"金額 {other} TWD 600.00")), other


def test_units_below_the_heads_of_a_table_are_no_values() -> None:
    heads = ((40, "銷帳編號"), (340, "繳費金額"), (540, "手續費"), (740, "交易時間"))
    units = ((340, "(元)"), (540, "(元)"))
    row = ((40, ACCOUNT), (340, "{paid}"), (540, "{fee}"), (740, "2026/09/15 10:00"))

    def table(paid: str, fee: str) -> tuple[Line, ...]:
        values = tuple((left, text.format(paid=paid, fee=fee)) for left, text in row)
        return placed(((40, "繳費完成通知"),), heads, units, values)

    assert verdict(table("600", "10"))[0] is Verdict.ACCEPT
    assert verdict(table("10", "600"))[0] is not Verdict.ACCEPT
    assert verdict(table("1200", "600"))[0] is not Verdict.ACCEPT


def test_a_number_to_be_credited_and_to_be_cleared_is_the_payee_s() -> None:
    page = "繳費完成通知\n繳費金額  NT$600\n{label}  {number}\n交易時間  2026/09/15 10:00\n手續費  NT$0"
    for label in ("入帳編號/銷帳編號", "入帳號碼、銷帳帳號"):
        assert accepted(page.format(label=label, number="*********56789")), label
        told = verdict(rows(page.format(label=label, number="*********56780")))
        assert told[1][0] == "account_differs"
    assert not accepted(page.format(label="入帳編號", number="*********56789"))
    assert role_of("入帳編號/交易編號") is not Role.PAYEE


def test_money_that_has_left_a_purse_for_an_account() -> None:
    for said in ("已轉帳到銀行帳戶", "已轉帳至帳戶", "已匯款到銀行帳戶"):
        assert accepted(f"{said}\n{REST}"), said
    for said in ["將轉帳", "未轉帳", "已預約轉帳", "已申請轉帳", "可轉帳", "轉帳"]:
        assert not accepted(f"{said}到銀行帳戶\n{REST}"), said
    for said in ("的申請", "後通知您", "了嗎"):
        assert not accepted(f"已轉帳到銀行帳戶{said}\n{REST}"), said
    assert not accepted(f"已轉帳到銀行帳戶\n處理中\n{REST}")


def test_labels_of_a_store_and_a_counter() -> None:
    assert role_of("BARC0DE2") is Role.SEGMENT_2
    assert role_of("客戶付款") is Role.CASH
    assert role_of("外加手續費") is Role.FEE
    assert role_of("金額含手續費") is Role.TOTAL
    assert role_of("帳戶額") is Role.BALANCE


def test_a_sum_in_words_below_its_currency_is_the_amount() -> None:
    page = "存款憑條\n入戶帳號  (004) 98620123456789\n新台幣(大寫)  {sum}\n入帳時間  115/09/15 10:00\n現金收訖"
    assert accepted(page.format(sum="新台幣陸佰元整"))
    assert not accepted(page.format(sum="新台幣伍佰元整"))


def test_the_large_sum_below_the_result_is_the_amount() -> None:
    page = "交易結果:成功\n${sum}\n轉入帳號  98620123456789\n手續費  0元\n實付金額  ${sum}\n建立時間  2026/09/15 10:00"
    fields = read_fields(rows(page.format(sum="600")))
    assert fields.amount
    assert (fields.amount.value, fields.amount.labelled) == (600, True)
    assert not accepted(page.format(sum="500"))


def test_times_whose_digits_came_apart_or_ran_together() -> None:
    assert find_moment("11 4/1 2/30 14:37:54") == "2025-12-30T14:37"
    assert find_moment("2027031513:42:36") == "2027-03-15T13:42"
    assert find_moment("21 Jan 202611:39") == "2026-01-21T11:39"
    assert find_moment("11 4/1 2/3 14:37:54") is None
    assert find_moment("1511106AF") is None, "a store's first segment"


def test_a_zero_that_was_read_as_a_letter_makes_no_smaller_sum() -> None:
    assert amount_at_start("NT$60 O") is None
    assert amount_at_start("NT$60 元") == 60


def test_no_fee_below_its_label_is_a_fee_of_nothing() -> None:
    fields = read_fields(rows("手續費\n免手續費\n交易時間\n2026/09/15 10:00"))
    assert (fields.fee, fields.maimed) == (0, None)


# ---- paper


def test_a_slip_that_a_counters_machine_has_stamped_is_paid() -> None:
    slip = (
        "某某大學繳費單\n繳款金額  NT$600\n繳款期限  115/09/22\n銷帳編號  98620123456789\n"
        "代收單位認證欄 115/09/15 10:00 收訖 {sum}\n未經收款單位簽章者,本聯無效。"
    )
    assert read_fields(rows(slip.format(sum="NT$600"))).status is Status.PAID
    assert read_fields(rows(slip.format(sum=""))).status is not Status.PAID
    unstamped = slip.replace("收訖 ", "").format(sum="NT$600")
    assert read_fields(rows(unstamped)).status is Status.NOT_YET


def test_a_till_that_tells_what_was_taken_in_and_what_was_handed_over() -> None:
    till = (
        "某某超商\n代收款繳款證明\n代收金額  600元\n手續費  0元\n銷帳編號  98620123456789\n"
        "實收  {due}元\n付現  1,000元\n找錢  400元\n日期  115/09/15 10:00"
    )
    strange = "sum_unexplained"
    for due, odd in (("600", False), ("700", True)):
        found = Findings((read_fields(rows(till.format(due=due))),), keen=True, amount_looks=(600,))
        codes = {piece.code for piece in weigh(found, SLIP).pieces}
        assert (strange in codes) is odd, due


# ---- many


@pytest.mark.parametrize("words", ["open", "held"])
def test_no_trap_of_many_is_accepted(words: str) -> None:
    for page in pages(seed=20, count=250, words=words, traps=True):
        assert judged(page)[0] is not Verdict.ACCEPT, (page.trap, page.text)


def test_most_pages_in_unmet_words_are_accepted() -> None:
    told = [judged(page)[0] is Verdict.ACCEPT for page in pages(seed=20, count=150, words="open")]
    assert sum(told) >= 0.9 * len(told)


def test_pages_of_words_are_the_same_for_the_same_seed() -> None:
    first, again = ([p.text for p in pages(seed=3, count=20, traps=True)] for _ in range(2))
    assert first == again
    shown = {page.trap for page in pages(seed=3, count=400, traps=True)}
    assert shown == set(TRAPS)
