"""Days of a round that contradict each other are told before it opens, each with its remedy."""

from pathlib import Path

import pytest
from campaign.rounds import sample
from campaign.test_campaign_check import SOUND, found

from mailflow.campaign.order import EXAM, ROUND, check_order, days_of

PAYS = ("2026-03-26T23:59:59+08:00          # 115年3月26日（星期四）", "2026-03-13T{}:00+08:00")
REWARD = """
[reward]
semester = "114-2"
got_from = 2026-02-01
got_until = 2026-07-31
upload_until = 2026-10-02T23:59:59+08:00
published_on = 2026-11-20
per_certificate = 100
"""
NAME = "exams.資訊安全工程師 初級"


def test_the_round_that_was_announced_for_114_contradicts_itself_in_no_order():
    assert list(check_order(sample())) == []


def test_every_name_of_the_table_is_a_day_that_some_round_has():
    """A rule about a day that no file can give would hold for ever."""
    names = {name for rule in (*ROUND, *EXAM) for name in (rule.earlier, rule.later)}
    of_an_exam = {"exam begins", "exam ends", "results", "stopped"}
    known = set(days_of(sample())) | of_an_exam
    assert names - known == {"late proofs end", "first results", "last results", "own certificates"}


@pytest.mark.parametrize(
    ("old", "new", "place", "severity", "says"),
    [
        ("issued_from = 2026-07-15", "issued_from = 2026-03-20", "certificates.issued_from",
         "error", "when registration is over (2026-03-27(五))"),
        ("issued_from = 2026-07-15", "issued_from = 2026-05-16", "certificates.issued_from",
         "error", "is not after the first exam (2026-05-16(六))"),
        ("[2026-05-16]", "[2026-05-16]\nresults_on = 2026-07-20", "certificates.issued_from",
         "error", "is before the first results (2026-07-20(一))"),
        ("[2026-05-16]", "[2026-05-16]\nresults_on = 2026-05-15", f"{NAME}.results_on",
         "error", "is before the exam's last day"),
        ("[2026-05-16]", "[2026-05-16]\nstopped_on = 2026-05-01", f"{NAME}.stopped_on",
         "error", "ended for good (2026-05-01(五)) is not after"),
        ("[2026-05-16]", "[2026-03-27]", f"{NAME}.held_on",
         "error", "the exam (2026-03-27(五)) is not after the day when registration is over"),
        ("invite_after = 2026-07-16", "invite_after = 2026-03-16", "refund.invite_after",
         "error", "(2026-03-17(二)) is not after"),
        ("[2026-05-16]", "[2026-05-16]\nresults_on = 2026-08-20", "refund.window_months",
         "error", "the window for refunds (2026-08-17(一)) is not after the last results"),
        ("[refund]", "[refund]\npaid_after_days = 10", "refund.paid_after_days",
         "warning", "(2026-07-25(六)) is before the last day of the window for refunds"),
        ("reminder_days = [3, 1]", "confirm_token_days = 14", "confirm_token_days",
         "warning", "stops working (2026-03-16(一)) is before the last day of payment"),
        ("reminder_days = [3, 1]", "late_proof = { accept_if_paid_in_time_within_days = 1 }",
         "late_proof.accept_if_paid_in_time_within_days",
         "warning", "the last day of late proofs (2026-03-27(五)) is not after"),
        ("reminder_days = [3, 1]", "late_proof = { accept_if_paid_in_time_within_days = 60 }",
         "late_proof.accept_if_paid_in_time_within_days",
         "warning", "the first exam (2026-05-16(六)) is not after the last day of late proofs"),
        ("[refund]", "[settlement]\nposting_working_days = 40\n\n[refund]",
         "settlement.posting_working_days", "warning", "the last store's money is here"),
        ("reminder_days = [3, 1]", "reminder_days = [-1]", "reminder_days",
         "error", "2026-03-27(五), after the deadline"),
        (PAYS[0], PAYS[1].format("12:00"), "pay_until", "error", "at an earlier hour"),
    ],
)  # fmt: skip
def test_each_contradiction_is_found_where_it_is_mended(
    tmp_path: Path, old: str, new: str, place: str, severity: str, says: str
):
    finding = found(tmp_path, (old, new))[place]
    assert finding.severity == severity
    assert says in finding.text
    assert finding.remedy


def test_one_key_has_one_finding_and_its_remedy_mends_all_of_it(tmp_path: Path):
    """March is before the end of registration, before the exam and before the results."""
    wrong = ("issued_from = 2026-07-15", "issued_from = 2026-03-20")
    results = ("[2026-05-16]", "[2026-05-16]\nresults_on = 2026-06-12")
    finding = found(tmp_path, wrong, results)["certificates.issued_from"]
    for said in ("2026-03-27(五)", "2026-05-16(六)", "2026-06-12(五)"):
        assert said in finding.text
    assert finding.remedy.startswith("make it fall on 2026-06-12(五) or later, or correct exams.")
    mended = ("issued_from = 2026-07-15", "issued_from = 2026-06-12")
    assert "certificates.issued_from" not in found(tmp_path, mended, results)


def test_an_exam_later_than_the_others_makes_early_certificates_a_warning(tmp_path: Path):
    """The first certificates may come while another exam is still to be held; but look at it."""
    later = (
        '\n[[exams]]\nname = "AIoT應用工程師 初級"\nsubjects = ["AIoT基礎概論", "感測器"]\n'
        "held_on = [2026-07-18]\n"
    )
    findings = found(tmp_path, add=later)
    assert findings["certificates.issued_from"].severity == "warning"
    assert findings["refund.invite_after"].severity == "warning"


def test_uploads_that_end_before_this_rounds_certificates_exist_are_told(tmp_path: Path):
    """Only where the reward is for this round; 114's was for the semester before."""
    assert "reward.upload_until" not in found(tmp_path, add=REWARD)
    early = REWARD.replace("2026-10-02T", "2026-08-03T")
    late_certificates = ("issued_from = 2026-07-15", "issued_from = 2026-08-14")
    finding = found(tmp_path, late_certificates, add=early)["reward.upload_until"]
    assert finding.severity == "warning"
    assert "before the first day of this round's certificates (2026-08-14(五))" in finding.text
    before = REWARD.replace("2026-02-01", "2026-06-01")
    assert "reward.upload_until" not in found(tmp_path, late_certificates, add=before)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('"114-2"', '"114-1"', "reward.got_until"),
        ('"114-2"', '"115-1"', "reward.got_from"),
        ("got_until = 2026-07-31", "got_until = 2026-08-01", "reward.got_until"),
        (
            "upload_until = 2026-10-02T23:59:59+08:00\npublished_on = 2026-11-20",
            "upload_until = 2026-02-28T23:59:59+08:00\npublished_on = 2026-11-20",
            "reward.upload_until",
        ),
    ],
)
def test_a_reward_of_another_semester_is_told(tmp_path: Path, old: str, new: str, place: str):
    text = REWARD.replace(old, new)
    if place == "reward.upload_until":
        text = text.replace("got_until = 2026-07-31", "got_until = 2026-02-15")
    assert found(tmp_path, add=text)[place].severity == "warning"


def test_a_day_can_not_be_closed_and_open(tmp_path: Path):
    calendar = "\n[calendar]\nclosed = [2026-03-16]\nopen = [2026-03-16]\n"
    assert found(tmp_path, add=calendar)["calendar"].severity == "error"


def test_a_sound_round_is_in_order(tmp_path: Path):
    assert found(tmp_path) == {}
    assert "reward" not in SOUND
