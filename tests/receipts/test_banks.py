"""Banks that are named where the money went, by whatever name, with or without their code.

The same number may be anybody's account at another bank.
"""

import pytest
from receipts.judged_rows import ACCOUNT, accepted, rows
from receipts.judged_rows import verdict as judged

from mailflow.receipts.banks import UNKNOWN, bank_named, banks_in
from mailflow.receipts.result import Verdict

CHINESE = (
    "轉帳成功\n轉帳金額  NT$600\n{rows}\n手續費  NT$0\n"
    "交易時間  2026/09/15 10:00\n交易序號  A1022143510"
)
ENGLISH = (
    "Transfer successful\nAmount  NT$600\n{rows}\nFee  NT$0\n"
    "Date  2026/09/15 10:00\nReference  A1022143510"
)


def verdict(told: str, page: str = CHINESE) -> tuple[Verdict, tuple[str, ...]]:
    return judged(rows(page.format(rows=told)))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("臺灣銀行".replace("臺", "台"), "004"),
        ("Bank of Taiwan", "004"),
        ("台灣土地銀行", "005"),
        ("Land Bank of Taiwan", "005"),
        ("Union Bank of Taiwan", "803"),
        ("台灣中小企業銀行", "050"),
        ("台灣新光商業銀行", "103"),
        ("華泰商業銀行", "102"),
        ("花旗(台灣)商業銀行", "021"),
        ("上海商業儲蓄銀行 木柵分行", "011"),
        ("中國信託", "822"),
        ("E.SUN Bank", "808"),
        ("LINE Bank 連線商業銀行", "824"),
        ("中華郵政", "700"),
        ("板橋區農會", UNKNOWN),
        ("彰化第一信用合作社", UNKNOWN),
        ("Deutsche Bank", UNKNOWN),
        ("台灣銀行轉國泰世華銀行", UNKNOWN),  # which of the two?
        ("本行", None),
        ("收款銀行", None),
        ("王小明", None),
        ("彰化縣", None),
        ("連線中", None),
    ],
)
def test_a_bank_by_any_of_its_names(text: str, code: str | None) -> None:
    assert bank_named(text) == code


def test_a_name_within_a_longer_one_is_no_bank_of_its_own() -> None:
    assert banks_in("台灣土地銀行") == {"005"}
    assert banks_in("Land Bank of Taiwan") == {"005"}


@pytest.mark.parametrize(
    "bank",
    [
        "台中商業銀行",
        "LINE Bank 連線商業銀行",
        "國泰世華商業銀行",
        "高雄銀行",
        "板橋區農會",
        "Cathay United Bank",
    ],
)
def test_the_owed_number_at_another_bank_is_another_account(bank: str) -> None:
    for told in (
        f"轉入銀行  {bank}\n轉入帳號  {ACCOUNT}",
        f"轉入帳號  {ACCOUNT}\n收款行  {bank}",
    ):
        assert verdict(told) == (Verdict.FLAG, ("bank_differs",))
    told = f"To bank  {bank}\nTo account  {ACCOUNT}"
    assert verdict(told, ENGLISH)[1] == ("bank_differs",)


@pytest.mark.parametrize(
    "told",
    [
        f"轉入帳號  國泰世華銀行 {ACCOUNT}",
        f"轉入\n國泰世華銀行\n{ACCOUNT}",
        f"收款人  台中商業銀行 王小明\n收款帳號  {ACCOUNT}",
        f"轉入銀行  004 國泰世華銀行\n轉入帳號  {ACCOUNT}",  # code and name of two banks
    ],
)
def test_a_bank_may_be_named_beside_the_number(told: str) -> None:
    assert verdict(told)[1] == ("bank_differs",)


@pytest.mark.parametrize(
    "told",
    [
        f"轉入銀行  台灣銀行\n轉入帳號  {ACCOUNT}",
        f"轉入銀行  004 台灣銀行 政大分行\n轉入帳號  {ACCOUNT}",
        f"轉出銀行  國泰世華銀行\n轉出帳號  ****11111\n轉入銀行  台灣銀行\n轉入帳號  {ACCOUNT}",
        f"轉入\n台灣銀行\n{ACCOUNT}",
        f"轉入帳號  台灣銀行 {ACCOUNT}",
    ],
)
def test_the_slips_own_bank_by_its_name(told: str) -> None:
    assert verdict(told)[0] is Verdict.ACCEPT


def test_the_owed_number_that_was_debited_was_not_paid_into() -> None:
    credited = "Credited  Parking Office"
    for label in ("Debited", "Debit a/c", "Charged", "Taken out of", "Funding"):
        told = verdict(f"{label}  {ACCOUNT}\n{credited}", ENGLISH)
        assert told[0] is not Verdict.ACCEPT, label
    assert verdict(f"我的帳戶 {ACCOUNT}\n給  停車管理處")[0] is not Verdict.ACCEPT
    assert verdict(f"Credited  {ACCOUNT}", ENGLISH)[0] is Verdict.ACCEPT


@pytest.mark.parametrize(
    "row",
    [
        "收款人  街口電支 王小明\n轉入帳號  98620123456789",
        "轉入帳號  中華郵政公司 98620123456789",
        "轉入\nRichart\n98620123456789",
        "To  Jih Sun Bank 98620123456789",
    ],
)
def test_a_wallet_or_another_bank_beside_the_account(row: str) -> None:
    page = f"轉帳成功\n{row}\n轉帳金額  600\n交易日期  2026/09/10 10:20\n手續費  0"
    assert not accepted(page)
    assert accepted(page.replace(row, "轉入帳號  台灣銀行 98620123456789"))


def test_the_payers_bank_is_the_payees_where_the_money_stayed_in_it() -> None:
    page = (
        "本行轉帳成功\n轉出帳號  {bank}-0000112233445\n轉入帳號  98620123456789\n"
        "轉帳金額  600\n交易日期  2026/09/10 10:20"
    )
    assert accepted(page.format(bank="004"))
    assert not accepted(page.format(bank="013"))
