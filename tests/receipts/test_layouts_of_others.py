"""Layouts that two more colleagues drew without knowing how they are read: what was missing to
understand them, and beside it the page that must not pass for one."""

import pytest
from receipts.judged_rows import ACCOUNT, accepted, placed, rows, verdict

from mailflow.receipts.accounts import Shown, loose_accounts, parse_account
from mailflow.receipts.fields import read_fields
from mailflow.receipts.moments import find_date
from mailflow.receipts.movements import movements
from mailflow.receipts.paid_lines import says_paid
from mailflow.receipts.result import Status, Verdict

TRANSFER = (
    "{said}\n轉入帳號  (004) 98620123456789\n轉帳金額  600\n交易時間  2026/09/15 10:00\n手續費  0"
)


# ---- how success is said


@pytest.mark.parametrize(
    "said",
    [
        "錢已經送到囉!",
        "已撥款至銀行",
        "Thank you. The transfer has been made successfully.",
        "Interbank transfer processed successfully",
        "1資料輸入  2資料確認  3結果顯示\n交易狀態:轉帳成功",
    ],
)
def test_further_ways_to_say_it(said: str) -> None:
    assert accepted(TRANSFER.format(said=said))


@pytest.mark.parametrize(
    "said",
    [
        "退款已撥款至銀行",
        "Completed. The money has been sent back to you.",
        "帳單已完成",
        "繳費通知成功",
        "Status  Approved",
        "狀態  -",
        "1資料輸入  2預約確認  3結果顯示\n交易狀態:轉帳成功",
    ],
)
def test_what_only_sounds_like_it(said: str) -> None:
    assert not accepted(TRANSFER.format(said=said))


def test_a_sentence_over_three_rows() -> None:
    page = (
        "已將\n600元\n轉到台灣銀行\n收款帳號  004*******56789\n轉帳日期  2026.09.13 09:05\n"
        "手續費  10元"
    )
    assert accepted(page)
    assert not accepted(page.replace("已將", "將"))
    assert not accepted(page.replace("轉到", "退到"))


# ---- accounts


def test_the_number_below_whom_it_went_to() -> None:
    page = (
        "Transfer complete\nNT$600\nTo  Bank of Taiwan (004)\n**********56789\n"
        "From  My main account\n(111***6178)\nDate & time  Sep 15, 2026 15:53\nFee  NT$0"
    )
    assert read_fields(rows(page)).account == Shown("**********56789")
    turned = page.replace("To  ", "X  ").replace("From  ", "To  ").replace("X  ", "From  ")
    assert not accepted(turned)


def test_both_sides_beside_each_other() -> None:
    def page(left: str, right: str) -> Verdict:
        lines = placed(
            ((40, "款項已轉出"),), ((40, "600元"),),
            ((40, left), (420, right)),
            ((40, "兆豐銀行 017"), (420, "台灣銀行 004")),
            ((40, "*******86339"), (420, "*********56789")),
            ((40, "交易日"), (420, "2026年9月15日 10:17")), ((40, "跨行手續費"), (420, "12元")),
        )  # fmt: skip
        return verdict(lines)[0]

    assert page("從", "到") is Verdict.ACCEPT
    assert page("到", "從") is not Verdict.ACCEPT


def test_three_digits_before_the_masks_are_the_accounts_own_unless_they_are_a_bank() -> None:
    assert parse_account("335-****_***-1709") == Shown("335*******1709")
    assert parse_account("004-*******1709") == Shown("*******1709", "004")
    assert loose_accounts("帳號:482136083464887") == (Shown("482136083464887"),)


def test_the_hotline_against_fraud_is_no_bank() -> None:
    page = TRANSFER.format(said="轉帳成功").replace("(004) ", "")
    assert accepted(f"{page}\n防詐騙專線 165郵局客服 0800-700-365")
    assert not accepted(f"{page}\n轉入郵局 700郵局 0800-700-365")


# ---- stores and counters

TILL = (
    "全聯福利中心\n代收繳款單\n日期  2026/09/15 13:28\n銷帳編號  98620123456789\n"
    "代收金額  600\n手續費  15\n應收  615\n{cash}\n謝謝惠顧"
)


def test_a_till_s_paper_that_is_called_a_slip() -> None:
    assert accepted(TILL.format(cash="實收現金  1,000\n找零  385"))
    assert not accepted(TILL.format(cash="實收現金  1,000\n找零  380")), "it does not add up"
    assert not accepted(TILL.format(cash=""))


def test_how_many_pieces_stand_before_a_total() -> None:
    page = TILL.format(cash="合計1件  615\n現金  615\n找零  0")
    assert read_fields(rows(page)).total == 615


@pytest.mark.parametrize(("name", "fine"), [("黃翰齊", True), ("已退回", False), ("作廢單", False)])
def test_a_name_that_the_student_wrote_on_it(name: str, fine: bool) -> None:
    assert accepted(f"{TILL.format(cash='實收現金  615' + chr(10) + '找零  0')}\n{name}") is fine


@pytest.mark.parametrize("title", ["郵政跨行匯款匯款人收執聯", "華泰商業銀行客戶交易憑證"])
def test_papers_of_a_counter(title: str) -> None:
    page = (
        "{title}\n受款行  004 台灣銀行\n收款人帳號  98620123456789\n匯款金額  新台幣 600 元整\n"
        "匯費  10元\n{when}\n序號  21724788"
    )
    assert accepted(page.format(title=title, when="交易時間  115年09月15日 14:01"))
    assert not accepted(page.format(title=title, when="日期  115年09月15日")), (
        "a form has no minute"
    )


def stamped(*cells: str) -> bool:
    """A slip in whose rows, at the right, somebody has stamped."""
    first, second, third = (((760, cell),) if cell else () for cell in cells)
    page = placed(
        ((40, "報名費繳費單繳款人收執聯"),),
        ((40, "轉帳帳號"), (300, "004-98620123456789")),
        ((40, "應繳金額"), (300, "NT$ 600"), *first),
        ((40, "繳費期限"), (300, "115年9月20日"), *second),
        ((40, "超商手續費"), (300, "NT$ 20"), *third),
        ((40, "本單未經代收單位蓋章者無效"),),
    )
    return verdict(page)[0] is Verdict.ACCEPT


def test_a_stamp_in_the_rows_of_the_slip() -> None:
    assert stamped("全家便利商店", "115.09.15", "和平店代收訖")
    assert stamped("萊爾富超商", "-115.09.15-", "代收訖章")
    assert not stamped("", "", "")
    assert not stamped("全家便利商店", "", "和平店代收訖")
    assert not stamped("", "115.09.15", "代收訖")
    assert not stamped("代收銀行郵局超商", "115.09.15", "收訖")


# ---- passbooks and days


def test_a_passbook_whose_heads_ran_together() -> None:
    page = placed(
        ((40, "日期"), (200, "摘要"), (380, "支出金額存入金額結存餘額備註")),
        ((40, "1150913"), (200, "薪資轉存"), (500, "1,500"), (620, "14,205")),
        ((40, "1150915"), (200, "跨行轉出"), (400, "600"), (620, "13,605004 986201****6789")),
    )
    (told,) = movements(page)
    assert (told.status, told.amount and told.amount.value) == (Status.PAID, 600)
    assert (told.account, told.bank) == (Shown("986201****6789"), "004")


@pytest.mark.parametrize(
    ("text", "day"),
    [("16-10-2026 20:03", "2026-10-16"), ("16.10.2026", "2026-10-16"), ("06-10-2026", None)],
)
def test_a_day_that_comes_first_only_where_it_can_be_no_month(text: str, day: str | None) -> None:
    assert find_date(text) == day


def test_a_reading_of_the_account_does_not_stand_for_another() -> None:
    assert not accepted(TRANSFER.format(said="轉帳成功").replace(ACCOUNT, "98620123456780"))
    assert not says_paid("尚未撥款至銀行")


def test_the_day_on_which_the_till_printed_is_that_of_the_cash() -> None:
    page = TILL.format(cash="實收現金  615\n找零  0").replace("日期  ", "列印  ")
    assert accepted(page)
    unpaid = page.replace("實收現金  615\n找零  0", "收訖")
    assert read_fields(rows(unpaid)).paid_at is None
    assert not accepted(unpaid)


@pytest.mark.parametrize(
    ("row", "fine"),
    [
        ("Balance after Transfer  NTD 88,254.00", True),
        ("Payment of NT$1,600 completed", False),
        ("款項將匯入您指定之銀行帳號,已完成入帳。", True),
        ("款項已匯入您的帳戶", False),
    ],
)
def test_sums_and_directions_in_sentences(row: str, fine: bool) -> None:
    assert accepted(f"{TRANSFER.format(said='轉帳完成')}\n{row}") is fine


def test_a_machine_s_line_on_a_remittance_paper() -> None:
    page = (
        "郵政跨行匯款申請書收執聯\n解款行  台灣銀行 (004)\n收款人帳號  98620123456789\n"
        "匯款金額  新台幣 600 元整\n匯費  30 元\n{line}"
    )
    assert accepted(page.format(line="115.09.01 13:43 000434-1 14909561 *600.00 匯出完成"))
    assert not accepted(page.format(line="115.09.01 13:43 000434-1 14909561 *600.00 匯出取消"))
    assert not accepted(page.format(line="115年9月1日"))


def test_noise_beside_the_account_is_not_its_place() -> None:
    page = placed(
        ((40, "轉帳成功"),),
        ((40, "存入帳號98620OOOOO6789"), (900, "22CA")),
        ((40, "轉帳金額"), (400, "NT$600")),
        ((40, "交易時間"), (400, "2026/09/15 10:00")),
    )
    assert read_fields(page).account_place is None


def test_only_a_till_that_adds_up_says_that_it_was_paid() -> None:
    def signs(change: str) -> set[str]:
        page = TILL.format(cash=f"實收現金  1,000\n找零  {change}").replace("代收繳款單", "代收")
        return {sign.code for sign in read_fields(rows(page)).signs}

    assert "store_proof" in signs("385")
    assert "store_proof" not in signs("380")


@pytest.mark.parametrize(
    ("row", "fine"),
    [
        ("如轉帳金額逾約定限額,系統將自動拒絕。", True),
        ("逾最後繳費日門市將拒絕受理。", True),
        ("本筆交易逾時遭拒絕", False),
        ("某某支付(396)", False),
    ],
)
def test_a_rule_is_none_where_it_tells_what_has_happened(row: str, fine: bool) -> None:
    page = TRANSFER.format(said="轉帳成功").replace("(004) ", "")
    assert accepted(f"{page}\n{row}") is fine
    assert (read_fields(rows(f"{page}\n{row}")).status is Status.FAILED) == ("遭" in row)
