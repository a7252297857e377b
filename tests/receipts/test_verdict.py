"""Accept, ask or flag: what several readings of one proof are worth against one slip."""

from dataclasses import replace
from datetime import date

import pytest

from mailflow.letters.reasons import in_words
from mailflow.receipts.accounts import Shown
from mailflow.receipts.fields import Fields, Figure
from mailflow.receipts.findings import Findings
from mailflow.receipts.lines import Box
from mailflow.receipts.result import Expectation, Kind, Status, Verdict
from mailflow.receipts.status import Sign
from mailflow.receipts.verdict import judge
from mailflow.slips.segments import Segments

ROW = Box(0, 0, 100, 20)
SLIP = Expectation(600, "98620114992497", "004", date(2026, 9, 1), date(2026, 9, 22))
GOOD = Fields(
    kind=Kind.TRANSFER,
    status=Status.PAID,
    amount=Figure(600, ROW, ROW),
    fee=15,
    paid_at="2026-09-15T10:00",
    account=Shown("98620114992497"),
    bank="004",
    labels=8,
    legible=60,
    signs=(Sign("paid_word", ROW),),
)
STORE = replace(GOOD, kind=Kind.STORE, bank=None)


def figure(value: int) -> Figure:
    return Figure(value, ROW, ROW)


def test_two_readings_that_agree_are_accepted() -> None:
    verdict, reasons = judge(Findings((GOOD, GOOD)), SLIP)
    assert verdict is Verdict.ACCEPT
    assert {"amount_agrees", "account_agrees", "paid_word", "date_in_window"} <= set(reasons)


@pytest.mark.parametrize(
    ("change", "verdict", "reason"),
    [
        ({"status": Status.NOT_YET}, Verdict.ASK, "reservation_not_payment"),
        ({"status": Status.FAILED}, Verdict.ASK, "failed_transfer"),
        ({"status": Status.VOID}, Verdict.ASK, "payment_voided"),
        ({"status": Status.NOT_YET, "kind": Kind.SLIP}, Verdict.ASK, "unpaid_slip"),
        ({"status": Status.UNKNOWN}, Verdict.FLAG, "status_unclear"),
        ({"kind": Kind.OTHER}, Verdict.FLAG, "not_understood"),
        (
            {"kind": Kind.OTHER, "account": None, "status": Status.UNKNOWN},
            Verdict.ASK,
            "not_a_receipt",
        ),
        ({"kind": Kind.OTHER, "legible": 3}, Verdict.ASK, "unreadable"),
        ({"amount": None, "sums": frozenset({600})}, Verdict.FLAG, "amount_unnamed"),
        ({"amount": figure(500)}, Verdict.FLAG, "amount_differs"),
        ({"amount": figure(1600)}, Verdict.FLAG, "amount_differs"),
        ({"amount": None}, Verdict.ASK, "amount_unreadable"),
        ({"account": None}, Verdict.ASK, "account_unreadable"),
        ({"account": Shown("98620114992498")}, Verdict.FLAG, "account_differs"),
        ({"account": Shown("*2498")}, Verdict.FLAG, "account_differs"),
        ({"bank": "822"}, Verdict.FLAG, "bank_differs"),
        ({"total": 700}, Verdict.FLAG, "sum_differs"),
        ({"in_words": 500}, Verdict.FLAG, "words_differ"),
        ({"paid_at": "2026-08-31T23:59"}, Verdict.FLAG, "paid_before_slip"),
        ({"paid_at": "2026-09-23"}, Verdict.FLAG, "paid_after_deadline"),
        ({"paid_at": None}, Verdict.FLAG, "date_unclear"),
        ({"several": True}, Verdict.FLAG, "several_receipts"),
        ({"specimen": True}, Verdict.ASK, "specimen"),
    ],
)
def test_one_contrary_piece_is_enough(
    change: dict[str, object], verdict: Verdict, reason: str
) -> None:
    page = replace(GOOD, **change)  # type: ignore[arg-type]
    judged, reasons = judge(Findings((page, page)), SLIP)
    assert judged is verdict
    assert reason in reasons


def test_a_bad_word_seen_by_one_reading_counts() -> None:
    seen = replace(GOOD, status=Status.VOID)
    assert judge(Findings((GOOD, seen)), SLIP)[0] is Verdict.ASK


def test_one_reading_is_not_two() -> None:
    blind = replace(GOOD, amount=None)
    assert judge(Findings((GOOD, blind)), SLIP) == (Verdict.FLAG, ("amount_read_once",))
    assert judge(Findings((GOOD, blind), amount_looks=(600,)), SLIP)[0] is Verdict.ACCEPT


def test_readings_that_differ_go_to_a_person() -> None:
    other = replace(GOOD, amount=figure(6000))
    assert judge(Findings((GOOD, other)), SLIP) == (Verdict.FLAG, ("amount_readings_differ",))
    looks = Findings((GOOD, GOOD), amount_looks=(6000,))  # the faded last digit, seen at last
    assert judge(looks, SLIP) == (Verdict.FLAG, ("amount_readings_differ",))


def test_a_sum_that_may_have_lost_its_last_digit_is_no_other_sum() -> None:
    faded = replace(GOOD, amount=figure(60))
    lost = Findings((faded,), amount_looks=(60,), photo=True)
    assert judge(lost, SLIP) == (Verdict.FLAG, ("amount_may_have_lost_digits",))
    screen = Findings((faded,), amount_looks=(60,))  # nothing fades on a screen
    assert judge(screen, SLIP)[1] == ("amount_differs",)
    summed = Findings((replace(faded, fee=15, total=75),), amount_looks=(60,), photo=True)
    assert judge(summed, SLIP)[1] == ("amount_differs",)
    other = Findings((replace(GOOD, amount=figure(500)),), amount_looks=(500,), photo=True)
    assert judge(other, SLIP)[1] == ("amount_differs",)


def test_a_photo_of_a_transfer_needs_the_closer_look() -> None:
    assert judge(Findings((GOOD, GOOD), photo=True), SLIP)[1] == ("amount_not_confirmed",)
    looked = Findings((GOOD, GOOD), amount_looks=(600,), photo=True)
    assert judge(looked, SLIP)[0] is Verdict.ACCEPT


def test_a_store_receipt_must_say_the_amount_in_a_second_place() -> None:
    assert judge(Findings((STORE, STORE)), SLIP) == (Verdict.FLAG, ("amount_stands_once",))
    summed = replace(STORE, total=615)
    assert judge(Findings((summed, summed)), SLIP)[0] is Verdict.ACCEPT
    barred = replace(
        STORE,
        account=None,
        segments=Segments("1409226H1", "9999952650000016", "092293000000600"),
    )
    slip = replace(SLIP, account="9999952650000016")
    verdict, reasons = judge(Findings((barred, barred)), slip)
    assert verdict is Verdict.ACCEPT
    assert "barcode_agrees" in reasons


def test_an_unread_line_under_a_store_s_sums_may_void_it() -> None:
    stamp = Box(0, 400, 200, 430)
    summed = replace(STORE, total=615)
    blind = replace(summed, unread=(stamp,))
    assert judge(Findings((blind, summed)), SLIP) == (Verdict.FLAG, ("words_unread",))
    assert judge(Findings((blind, replace(summed, clear=(stamp,)))), SLIP)[0] is Verdict.ACCEPT
    void = Fields(status=Status.VOID, clear=(stamp,))
    looked = Findings((blind, summed), row_looks=(void,))
    assert judge(looked, SLIP) == (Verdict.ASK, ("payment_voided",))


def test_total_balance_or_cash_equal_to_the_debt_prove_nothing() -> None:
    part = replace(GOOD, amount=figure(585), total=600, balance=600, cash=600)
    assert judge(Findings((part, part)), SLIP) == (Verdict.FLAG, ("amount_differs",))


def test_nothing_read_asks_for_a_better_picture() -> None:
    assert judge(Findings(()), SLIP) == (Verdict.ASK, ("unreadable",))


def test_what_the_student_is_asked_has_words() -> None:
    general = in_words(["no_such_code"])
    for code in (
        "unreadable",
        "not_a_receipt",
        "reservation_not_payment",
        "unpaid_slip",
        "failed_transfer",
        "payment_voided",
        "amount_unreadable",
        "account_unreadable",
    ):
        assert in_words([code]) != general, code


REISSUED = replace(SLIP, voided=("98620114100016", "98620114000017"))


def paid_into(*accounts: str, segments: Segments | None = None) -> Findings:
    pages = [replace(GOOD, account=Shown(account)) for account in accounts]
    if segments:
        pages = [replace(page, kind=Kind.STORE, bank=None, segments=segments) for page in pages]
    return Findings(tuple(pages))


@pytest.mark.parametrize("shown", ["98620114100016", "98620114000017", "986***00016", "*00017"])
def test_a_payment_to_a_void_slip_has_a_name_of_its_own(shown: str) -> None:
    """The money is the student's and has come; it is no payment into a stranger's account."""
    verdict, reasons = judge(paid_into(shown, shown), REISSUED)
    assert verdict is Verdict.FLAG
    assert reasons[0] == "paid_to_voided_slip"
    assert "account_differs" not in reasons


def test_a_stranger_s_account_is_still_another_account() -> None:
    verdict, reasons = judge(paid_into("98620114555555", "98620114555555"), REISSUED)
    assert verdict is Verdict.FLAG
    assert "account_differs" in reasons
    assert "paid_to_voided_slip" not in reasons


def test_the_present_slip_is_accepted_beside_void_ones() -> None:
    verdict, _ = judge(paid_into("98620114992497", "98620114992497"), REISSUED)
    assert verdict is Verdict.ACCEPT


def test_masked_digits_that_fit_both_slips_are_for_a_person() -> None:
    masked = paid_into("98620114****", "98620114****")
    assert judge(masked, SLIP) == (Verdict.FLAG, ("account_too_masked",)), "the office's own prefix"
    verdict, reasons = judge(masked, REISSUED)
    assert verdict is Verdict.FLAG
    assert reasons[0] == "account_may_be_voided"


def test_one_reading_in_clear_settles_what_a_mask_hides() -> None:
    verdict, _ = judge(paid_into("98620114****", "98620114992497"), REISSUED)
    assert verdict is Verdict.ACCEPT


def test_readings_that_show_both_accounts_are_for_a_person() -> None:
    verdict, reasons = judge(paid_into("98620114992497", "98620114100016"), REISSUED)
    assert verdict is Verdict.FLAG
    assert reasons[0] == "account_may_be_voided"


def test_the_barcode_of_a_void_slip_counts() -> None:
    void = Segments(None, "0098620114100016", None)
    verdict, reasons = judge(paid_into("98620114992497", segments=void), REISSUED)
    assert verdict is Verdict.FLAG
    assert reasons[0] == "account_may_be_voided"


def test_the_student_can_be_told_of_the_void_slip() -> None:
    (told,) = in_words(("paid_to_voided_slip",))
    assert "作廢" in told.zh


def test_a_short_number_beside_the_bars_is_no_other_account() -> None:
    """繳費編號 6591172639, where the second segment pays into the owed account."""
    page = replace(STORE, account=Shown("6591172639"))
    bars = Segments("1603156AF", SLIP.account.rjust(16, "0"), "0310AB000000600")
    assert "account_differs" in judge(Findings((page, page)), SLIP)[1]
    assert bars.pays_into(SLIP.account or "")
    assert "account_differs" not in judge(Findings((page, page), decoded=bars), SLIP)[1]
