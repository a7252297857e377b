"""How a round's payment slips come about: the campaign file's table `[slip]`."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from mailflow.campaign.strict import Strict


class SlipMethod(StrEnum):
    """Where slips come from."""

    IMPORT_COLUMNS = "import_columns"  # the office's own columns in the form's export
    IMPORT = "import"  # PDFs or a table from the cashier or the bank
    MADE = "made"  # here, by the bank's rule


class AccountRule(StrEnum):
    """A bank's layout and check digit of virtual accounts; the bank's contract has the last word.

    Each is known from one or two published implementations; `mailflow.slips.accounts` has them.
    """

    FIRST = "first"  # 第一銀行: 5 + year 1 + day of year 3 + serial 6 + check
    CTBC = "ctbc"  # 中國信託: the same layout, other weights
    TAISHIN = "taishin"  # 台新: 5 + serial 6 + Minguo year 1 + day of year 3 + check
    ESUN = "esun"  # 玉山: 5 + MMdd + serial 4 + check
    KGI = "kgi"  # 凱基: 4 + serial 9 + check


CORP_DIGITS = {
    AccountRule.FIRST: 5,
    AccountRule.CTBC: 5,
    AccountRule.TAISHIN: 5,
    AccountRule.ESUN: 5,
    AccountRule.KGI: 4,
}
SERIAL_DIGITS = {
    AccountRule.FIRST: 6,
    AccountRule.CTBC: 6,
    AccountRule.TAISHIN: 6,
    AccountRule.ESUN: 4,
    AccountRule.KGI: 9,
}


class Bank(Strict):
    """The bank whose virtual accounts the office may hand out.

    A serial is `serial_prefix`, the number of the issue, and the case's number in `case_digits`:
    no two slips of a round share an account. `serial_prefix` keeps rounds apart where the
    account holds no date.
    """

    code: Annotated[str, Field(pattern=r"^[0-9]{3}$")]
    name: str = ""
    rule: AccountRule
    corp_code: Annotated[str, Field(pattern=r"^[0-9]{4,5}$")]
    serial_prefix: Annotated[str, Field(pattern=r"^[0-9]{0,5}$")] = ""
    case_digits: int = Field(default=4, ge=2, le=6)

    @model_validator(mode="after")
    def _has_room(self) -> "Bank":
        if len(self.corp_code) != CORP_DIGITS[self.rule]:
            raise ValueError(f"corp_code: the rule {self.rule} has {CORP_DIGITS[self.rule]} digits")
        if self.issue_digits < 0:
            raise ValueError(
                f"serial_prefix and case_digits: the rule {self.rule} has room for "
                f"{SERIAL_DIGITS[self.rule]} digits together"
            )
        return self

    @property
    def issue_digits(self) -> int:
        """How many digits of a serial are left to tell the issues of one case apart."""
        return SERIAL_DIGITS[self.rule] - len(self.serial_prefix) - self.case_digits


class CollectionCode(Strict):
    """The store's code (代收項目) for amounts up to `up_to` NT$, as the contract says."""

    up_to: int = Field(gt=0, le=999_999_999)
    code: Annotated[str, Field(pattern=r"^[0-9A-Z]{3}$")]


class Store(Strict):
    """What the contract says of the three barcodes for convenience stores.

    `third_segment_date` and `account_padding` differ from bank to bank. An amount above the last
    band gets no barcodes.
    """

    collection_codes: tuple[CollectionCode, ...] = Field(min_length=1)
    third_segment_date: Literal["MMdd", "yyMM"] = "MMdd"
    account_padding: Literal["left", "right"] = "left"

    @model_validator(mode="after")
    def _in_order(self) -> "Store":
        limits = [band.up_to for band in self.collection_codes]
        if limits != sorted(set(limits)):
            raise ValueError("collection_codes: put the bands in order of `up_to`, each once")
        return self

    def code_for(self, amount: int) -> str | None:
        """The collection code of an amount, NT$; None when stores don't take so much."""
        return next((band.code for band in self.collection_codes if amount <= band.up_to), None)


class SlipSettings(Strict):
    """The table `[slip]`. With `import`, `bank` and `store` are optional and then checked too."""

    method: SlipMethod = SlipMethod.IMPORT_COLUMNS
    bank: Bank | None = None
    store: Store | None = None

    @model_validator(mode="after")
    def _can_be_made(self) -> "SlipSettings":
        if self.method is SlipMethod.MADE and self.bank is None:
            raise ValueError('method = "made" needs the table [slip.bank] with the bank\'s rule')
        return self
