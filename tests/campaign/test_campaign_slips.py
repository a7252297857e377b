"""The check of a round looks at its slips: nobody is sent to an account that is none."""

from typing import Any

import pytest
from campaign.rounds import sample

from mailflow.campaign.findings import Severity
from mailflow.campaign.slip_check import check_slips
from mailflow.campaign.slip_settings import SlipSettings


def found(method: str = "made", *, store: bool = True, **bank: Any) -> list[tuple[Severity, str]]:
    own = {"code": "822", "rule": "ctbc", "corp_code": "95821"} | bank
    told: dict[str, Any] = {"method": method, "bank": own}
    if store:
        told["store"] = {"collection_codes": [{"up_to": 20_000, "code": "6H1"}]}
    campaign = sample().model_copy(update={"slip": SlipSettings.model_validate(told)})
    return [(finding.severity, finding.place) for finding in check_slips(campaign)]


def test_nothing_is_said_of_slips_from_the_form_or_of_right_ones():
    assert found() == []
    assert found("import_columns", corp_code="99999") == []


@pytest.mark.parametrize("method", ["made", "import"])
def test_the_sample_s_code_is_no_bank_s(method: str):
    assert found(method, corp_code="99999") == [(Severity.ERROR, "slip.bank.corp_code")]


def test_a_slip_that_can_not_be_issued_again_needs_a_decision():
    short = {"rule": "esun", "case_digits": 4}
    assert found(**short) == [(Severity.WARNING, "slip.bank.case_digits")]


def test_accounts_without_a_date_need_the_round_in_front():
    place = "slip.bank.serial_prefix"
    assert found(rule="kgi", corp_code="9582") == [(Severity.WARNING, place)]
    assert found(rule="kgi", corp_code="9582", serial_prefix="1141") == [(Severity.WARNING, place)]
    assert found(rule="kgi", corp_code="9582", serial_prefix="1142") == []


def test_slips_without_store_barcodes_are_told():
    assert found(store=False) == [(Severity.NOTE, "slip.store")]
