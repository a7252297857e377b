"""How banks, machines, wallets and stores word the same things; no picture is read here."""

import pytest

from mailflow.receipts.accounts import Shown, loose_accounts, parse_account
from mailflow.receipts.fields import Fields, read_fields
from mailflow.receipts.lines import Line
from mailflow.receipts.result import Kind, Status
from mailflow.receipts.wording import Role, role_of

NAMES = {
    Role.AMOUNT: (
        "轉帳金額 轉入金額 交易金額 繳款金額 繳費金額 匯款金額 付款金額 支付金額 入帳金額 存入金額 代收金額 本次轉帳金額 "
        "本次繳款金額 實繳金額 已繳金額 繳納金額 繳費總額 繳款總額 匯款款項 收款金額 轉帳款項 金額 轉帳額 實際入帳金額 "
        "台幣轉帳金額 單筆交易金額 小寫金額"
    ),
    Role.FEE: "手續費 轉帳手續費 跨行手續費 代收手續費 交易手續費 匯費 服務費 處理費 手續費用 轉帳費用",
    Role.TOTAL: "扣款金額 扣帳金額 實付金額 合計 總計 總金額 應收總額 扣款總額 實際扣款金額 轉帳金額含手續費",
    Role.BALANCE: "餘額 可用餘額 帳戶餘額 交易後餘額 轉出後可用餘額 結存金額 錢包餘額 剩餘額度 可用額度",
    Role.APART: "單筆限額 每日轉帳限額 本日剩餘限額 折抵點數 紅利點數 優惠折扣 回饋金額 扣繳稅額",
    Role.DUE: "應繳金額 應付金額 應繳總額 待繳金額 未繳金額 應繳款項",
    Role.PAYEE: (
        "轉入帳號 轉入帳戶 收款帳號 收款人帳號 收款方帳戶 入帳帳號 存入帳號 受款人帳號 對方帳號 匯入帳號 繳款帳號 繳費帳號 "
        "銷帳編號 銷帳帳號 虛擬帳號 轉入虛擬帳號 繳費編號 繳費單號碼 繳款單編號 用戶號碼 轉入銀行/帳號 收款行及帳號 指定轉入帳號"
    ),
    Role.PAYER: "轉出帳號 轉出帳戶 扣款帳號 付款帳號 付款人帳號 匯款人帳號 我的帳戶 金融卡號 轉出存簿 卡號 來源帳號",
    Role.PAYEE_BANK: "轉入銀行 收款銀行 入帳行 受款行庫 對方銀行 轉入銀行代碼 收款金融機構 銀行代碼",
    Role.WHEN: "交易時間 交易日期 轉帳日期時間 繳費日期 付款時間 入帳日 完成時間 扣款日期 代收時間 匯款日 付款完成時間",
    Role.OTHER_TIME: "繳費期限 繳款截止日 列印時間 預約轉帳日 預定扣款日 有效期限 查詢時間 帳務日期",
    Role.REFERENCE: "交易序號 交易編號 訂單編號 交易明細編號 參考號碼 收據號碼 授權碼 財金序號 交易識別碼",
    Role.STATUS: "交易狀態 交易結果 轉帳結果 處理結果 繳費狀態 訊息代號 狀態",
    Role.MEMO: "備註 轉帳備註 給對方的訊息 給收款人的話 附言 存摺摘要 留言",
}
ENGLISH = {
    Role.AMOUNT: (
        "Amount|Transfer amount|Transferamount|Payment amount|Remittance amount|Transaction amount|"
        "Amount paid|Amount credited|Amount transferred|Paid amount|Credited amount|Transaction sum"
    ),
    Role.FEE: "Fee|Transfer fee|Handling charge|Bank charges|Service fee|Transaction fee|Charge",
    Role.TOTAL: "Total|Total amount|Total debited|Debit amount|Amount debited|Grand total",
    Role.BALANCE: "Balance|Available balance|Account balance|Balance after transaction",
    Role.APART: "Daily limit|Transfer limit|Reward points|Discount",
    Role.PAYEE: (
        "To account|Toaccount|Payee account number|Beneficiary account no.|Beneficiary A/C|"
        "Recipient account|Credit account|Receiving account|Account credited|Virtual account no."
    ),
    Role.PAYER: "From account|Debit account|Payer account|Source account|Sender's account|Card no.",
    Role.WHEN: "Date|Date & time|Transaction date|Payment time|Value date|Completed on|Paid at",
    Role.REFERENCE: "Reference no.|Transaction ID|Remittance reference|Receipt no.|Txn no.|Trace no.",
    Role.STATUS: "Status|Transaction status|Payment status|Result",
}


@pytest.mark.parametrize(
    ("label", "role"),
    [
        *((label, role) for role, labels in NAMES.items() for label in labels.split()),
        *((label, role) for role, labels in ENGLISH.items() for label in labels.split("|")),
    ],
)
def test_a_label_is_understood_by_its_parts(label: str, role: Role) -> None:
    assert role_of(label) is role


def page(text: str) -> Fields:
    rows = [row for row in text.splitlines() if row.strip()]
    return read_fields([Line.of(row, number) for number, row in enumerate(rows)])


REST = "轉入帳號  98620123456789\n轉帳金額  NT$600\n交易時間  2026/09/15 10:00"


@pytest.mark.parametrize(
    "words",
    [
        *[
            "轉帳成功",
            "交易成功",
            "繳費成功",
            "付款已完成",
            "台幣轉帳結果通知：成功",
            "【海灣銀行】台幣轉帳結果通知：成功",
            "RESULT OK 交易完成",
            "Money sent",
            "已完成付款",
            "成功轉帳",
            "您已成功繳費",
            "台幣轉帳交易成功",
            "匯款完成",
        ],
        *[
            "繳款完成",
            "扣款成功",
            "轉帳成功通知",
            "入帳通知",
            "繳費成功通知",
            "代收收據",
            "繳費證明",
            "繳款證明單",
            "收訖",
            "已收款",
        ],
        "交易狀態  成功",
        "交易結果  已完成",
        "付款狀態  已付款",
        "處理結果  0000",
        "訊息代號  4001 交易成功",
        "交易訊息  OK",
        "您的款項已成功轉入指定帳戶",
        "已收到您的繳款",
        "V轉帳成功",
        "轉帳成功\n請確認金額及收據後再離開",
        "轉帳成功\n如有疑問請於24小時內來電",
        "轉帳成功\n款項將於2個工作天內銷帳",
        "轉帳成功\n請勿將驗證碼告知他人",
        "轉帳成功\n報名費恕不退費",
        "Transfer successful",
        "Your payment was successful",
        "Payment received",
        "Status  Completed",
        "Your transfer of NT$600 has been completed.",
        "You have successfully transferred NT$600",
        "Transaction Successful!",
        "Transfer completed\nAll rights reserved.",
        "Transfer completed\nProcessing fee  NT$0",
    ],
)
def test_a_payment_that_was_made_says_so_in_many_ways(words: str) -> None:
    assert page(f"{words}\n{REST}").status is Status.PAID


@pytest.mark.parametrize(
    ("words", "status"),
    [
        *((f"轉帳成功\n{w}", Status.NOT_YET) for w in ("待放行", "處理中", "尚未入帳", "待授權")),
        *((w, Status.NOT_YET) for w in ("預約轉帳成功", "預約已完成", "您的預約轉帳已設定完成")),
        *((w, Status.NOT_YET) for w in ("請確認交易內容", "交易已受理", "款項將於9/20扣款")),
        *((w, Status.FAILED) for w in ("轉帳失敗", "餘額不足", "交易未完成", "款項遭退回")),
        *((f"轉帳成功\n{w}", Status.VOID) for w in ("已沖正", "退款完成", "交易取消")),
        *((w, Status.NOT_YET) for w in ("Transfer scheduled", "Payment pending", "In progress")),
        *((w, Status.FAILED) for w in ("Transfer failed", "Payment declined", "Cancelled")),
        ("Payment reversed", Status.VOID),
        ("交易種類  轉帳", Status.UNKNOWN),
        ("約轉帳成功", Status.UNKNOWN),  # of 預約 a character is lost
        ("您的約定帳號申請已完成", Status.UNKNOWN),
    ],
)
def test_what_is_not_paid_is_never_taken_for_paid(words: str, status: Status) -> None:
    assert page(f"{words}\n{REST}").status is status


def told(fields: Fields) -> tuple[object, ...]:
    amount, account = fields.amount, fields.account
    return (fields.kind, fields.status, amount and amount.value, account and account.text)


ALL_THERE = (Kind.TRANSFER, Status.PAID, 600, "98620123456789")


@pytest.mark.parametrize(
    "text",
    [
        "轉帳結果：成功\n匯入帳號：98620123456789\n匯款款項：新台幣600元\n完成時間：2026/09/15 10:00",
        "付款完成\n金額      手續費\nNT$600    NT$15\n收款方帳戶\n004 98620123456789\n付款日期  2026/09/15",
        "交易成功\n轉入銀行  臺灣銀行(004)\n帳號  98620123456789\n本次轉帳金額  600元\n入帳日  115/09/15",
        "繳費成功\n收款人  004-98620123456789\n實繳  600 元\n繳納日期  115年9月15日\n手續費  免",
        "交易日期  轉入帳號  金額  手續費\n2026/09/15  98620123456789  600  15\n交易狀態  成功",
        "Payment successful\nBeneficiary account no.  98620123456789\nRemittance amount  TWD 600.00\n"
        "Value date  15 Sep 2026\nCharge  TWD 0.00",
        "Your transfer was successful\nTo  Bank of Taiwan (004) 98620123456789\nYou sent  NT$600\n"
        "Paid at  2026/09/15 10:00\nTransaction ID  FT00123",
        "轉帳成功\n繳款總額  615元\n繳款金額  600元\n手續費  15元\n銷帳編號  98620123456789\n交易時間  2026/9/15 10:00",
    ],
)
def test_pages_that_are_laid_out_in_other_ways(text: str) -> None:
    assert told(page(text)) == ALL_THERE


def test_a_sum_without_a_label_is_told_apart() -> None:
    fields = page(
        "轉帳成功\n轉入帳號  98620123456789\n你給了  $600\n服務用  $15\n全部  $615\n2026/9/15 10:00"
    )
    assert fields.amount
    assert (fields.amount.value, fields.amount.labelled) == (600, False)
    history = page("轉帳成功\n轉入帳號  98620123456789\n甲  $600\n乙  $150\n丙  $900\n2026/9/15")
    assert history.amount is None
    assert history.sums == {600, 150, 900}


def test_an_account_without_a_label_is_kept_apart() -> None:
    fields = page("轉帳成功\n轉帳金額  NT$600\n去處  98620123456789\n交易時間  2026/9/15 10:00")
    assert fields.account is None
    assert [shown.text for shown in fields.loose] == ["98620123456789"]
    for label in ("轉出帳號", "備註", "交易序號"):
        contrary = page(f"轉帳成功\n轉帳金額  NT$600\n{label}  98620123456789")
        assert (contrary.account, contrary.loose) == (None, ()), label


STORE = """
某某便利商店 大學門市
代收款繳款證明
代收項目  報名費
銷帳編號  98620123456789
代收金額  $600
手續費  $10
合計  $610
現金  $1,000
找零  $390
"""


@pytest.mark.parametrize(
    "notice",
    [
        "繳費單號 000123",
        "繳款期限 115/09/22",
        "請確認金額無誤後離開櫃台",
        "2小時內入帳",
        "收據請保留備查",
    ],
)
def test_what_a_paid_store_receipt_adds_does_not_make_it_a_slip(notice: str) -> None:
    fields = page(f"{STORE}{notice}")
    assert (fields.kind, fields.status) == (Kind.STORE, Status.PAID)


@pytest.mark.parametrize("words", ["請持本單至櫃檯繳費", "本單非繳費證明", "3小時內有效，逾時失效"])
def test_an_unpaid_slip_stays_one(words: str) -> None:
    fields = page(f"門市繳費單\n代收項目  報名費\n繳費金額  600 元\n繳費期限  115/09/26\n{words}")
    assert (fields.kind, fields.status) == (Kind.SLIP, Status.NOT_YET)


@pytest.mark.parametrize(
    "text",
    [
        "【時間】\n115/09/15 10:00\n【轉入帳戶】\n98620123456789\n【轉帳金額】\n600元\n【交易結果】\nOK",
        "一、時間115年09月15日10:00\n二、存入帳號98620123456789\n三、匯款金額新臺幣陸佰元整\n交易狀態成功",
        "日期  時間  機台\n115/09/15  10:00  2937\n交易項目  交易金額\n跨行轉帳  600.00\n"
        "轉入帳號\n004  98620123456789\n訊息:交易成功",
        "交易結果:交易成功\n時間  入帳行庫  入帳帳號  金額(新臺幣)  交易號碼\n"
        "115/09/15 10:00  009彰化銀行  98620123456789  600  2550526404",
        "繳費成功\n您已轉出  NT$600\n入帳帳號  98620123456789\n成交時間  2026/9/15 10:00",
        "付款成功\n-600\nTWD\n銷帳編號  98620123456789\n交易時間  2026/9/15 10:00",
        "繳費成功\n金額---  600元\n銷帳編號  98620123456789\n交易時間  2026/9/15 10:00",
        "繳費成功\n金額......  NT$ 600\n銷帳編號  98620123456789\n交易時間  2026/9/15 10:00",
    ],
)
def test_brackets_numbers_heads_and_leaders_hide_no_label(text: str) -> None:
    assert told(page(text)) == ALL_THERE


def test_two_values_in_one_cell_are_two() -> None:
    fields = page(
        f"{STORE}繳費成功".replace("代收金額  $600\n手續費  $10", "金額:600元手續費:10元")
    )
    assert (fields.amount and fields.amount.value, fields.fee) == (600, 10)


def test_a_clause_about_missing_stamps_takes_no_receipt_back() -> None:
    clause = "未經收款單位簽章者，本聯無效。"
    assert page(f"{STORE}{clause}").status is Status.PAID
    assert page(f"{STORE}本筆交易無效").status is Status.VOID


@pytest.mark.parametrize("mark", ["範例", "樣張", "SAMPLE", "114/02/24 03:19:13MPLE", "Specimen"])
def test_a_page_that_only_shows_how_one_looks_is_a_specimen(mark: str) -> None:
    assert page(f"{STORE}{mark}").specimen
    assert not page(f"{STORE}service@bank.example.com  EXAMPLE").specimen


def test_the_tail_of_a_masked_account_is_not_taken_for_the_whole() -> None:
    """003-****_***-86467 begins otherwise than ours, whose last five are the same."""
    assert loose_accounts("003-****=***-86467") == ()
    shown = parse_account("(004)台灣銀行 003-****_***-86467")
    assert shown == Shown("003*******86467", "004")


CARD = "轉帳完成\n轉出\n台幣活存\n*******94686\n▼\n轉入\n合作金庫 006\n{number}\n轉帳金額  NT$600\n交易時間  2026/06/07 19:58"


def test_an_account_below_a_head_belongs_to_that_side() -> None:
    assert page(CARD.format(number="9988******9161")).account == Shown("9988******9161", None)


def test_money_that_came_from_the_owed_account_shows_another_payee() -> None:
    """入帳成功: the student's own account stands under 轉入, ours under 轉出."""
    inward = "入帳成功\n轉入\n數位帳戶\n*******88689\n轉出\n土地銀行005\n0099882715528223\n入帳金額  NT$6,000"
    fields = page(inward)
    assert fields.account == Shown("*******88689", None)
    assert fields.loose == ()


def test_a_payers_account_below_its_head_is_nobodys_else() -> None:
    """Where the other side can't be read, the payer's number is not taken for it."""
    fields = page("轉帳完成\n轉出帳戶\n土地銀行 005\n99882715528223\n轉帳金額  NT$6,000")
    assert (fields.account, fields.loose) == (None, ())


def test_the_head_of_a_masked_account_is_no_bank() -> None:
    assert parse_account("710XXXXXXXXX6168") == Shown("710*********6168", None)
