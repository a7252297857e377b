"""The three barcodes for convenience stores, made and checked."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mailflow.campaign.slip_settings import CollectionCode, Store
from mailflow.slips import Segments
from mailflow.slips.segments import check_characters, store_barcodes

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "slips.json").read_text("utf-8"))


def store(code: str = "6H1", **more: Any) -> Store:
    bands = (CollectionCode(up_to=20_000, code=code),)
    return Store(**{"collection_codes": bands} | more)


def segments(told: dict[str, Any]) -> Segments:
    return Segments(told["seg1"], told["seg2"], told["seg3"])


@pytest.mark.parametrize("told", VECTORS["published"], ids=lambda told: told["seg3"])
def test_the_published_samples_come_out(told: dict[str, Any]):
    made = store_barcodes(
        told["virtual_account"],
        told["amount"],
        date.fromisoformat(told["expire"]),
        store=store("619", third_segment_date="yyMM", account_padding="right"),
    )
    assert made == segments(told)


def made_up(told: dict[str, Any]) -> Store:
    padding = "right" if told["seg2"].startswith(told["account"]) else "left"
    day = "MMdd" if told["third_segment_date"] == "MMDD" else "yyMM"
    return store(told["item_code"], third_segment_date=day, account_padding=padding)


@pytest.mark.parametrize("told", VECTORS["made_up"], ids=lambda told: told["seg2"] + told["seg3"])
def test_every_bank_s_way_of_writing_them_comes_out(told: dict[str, Any]):
    due_on = date.fromisoformat(told["due"])
    made = store_barcodes(told["account"], told["amount"], due_on, store=made_up(told))
    assert made == segments(told)
    assert made.complete
    assert made.checked
    assert (made.amount, made.due_on) == (told["amount"], due_on)
    assert made.pays_into(told["account"])


def test_letters_count_in_the_check():
    told = segments(VECTORS["spec_sample"])
    assert told.texts[2][4:6] == check_characters(*told.texts)


@pytest.mark.parametrize("told", VECTORS["invalid"], ids=lambda told: told["why"])
def test_a_change_after_issue_is_seen(told: dict[str, Any]):
    read = segments(told)
    assert not (read.complete and read.checked)


@pytest.mark.parametrize("told", VECTORS["undetectable"], ids=lambda told: told["why"])
def test_what_the_check_can_not_see(told: dict[str, Any]):
    """Why account and amount are compared as well, and never the check alone."""
    assert segments(told).checked


def test_an_amount_beyond_the_contract_gets_no_barcodes():
    due_on = date(2025, 9, 22)
    bands = store(
        collection_codes=(
            CollectionCode(up_to=20_000, code="6H1"),
            CollectionCode(up_to=40_000, code="6H2"),
        )
    )
    made = [store_barcodes("99999", amount, due_on, store=bands) for amount in (600, 20_001)]
    assert [one.first[-3:] for one in made if one and one.first] == ["6H1", "6H2"]
    assert store_barcodes("99999", 40_001, due_on, store=bands) is None


def test_bands_out_of_order_are_refused():
    bands = [{"up_to": 40_000, "code": "6H2"}, {"up_to": 20_000, "code": "6H1"}]
    with pytest.raises(ValueError, match="in order"):
        Store(collection_codes=bands)  # type: ignore[arg-type]


def test_a_day_that_does_not_exist_is_no_day():
    assert Segments("1402306H1", None, None).due_on is None
