"""The office's own round of 114: what the announcement says stands in the file."""

from datetime import date, datetime
from pathlib import Path

import pytest
from campaign.rounds import SAMPLE, sample

from mailflow.campaign import TAIPEI, CampaignError, Delivery, load_campaign


def test_the_dates_of_the_announcement():
    # guide: 本校團報截止: 9/17(三)
    # guide: 114年9月17日(三) 17:00截止
    round_ = sample()
    assert round_.register_until == datetime(2025, 9, 17, 17, 0, tzinfo=TAIPEI)  # 9/17(三) 17:00
    assert round_.pay_until.astimezone(TAIPEI).date() == date(2025, 9, 22)  # 9/22(一)
    assert round_.promise_working_days == 3
    assert round_.certificates.issued_from == date(2026, 1, 15)
    assert round_.certificates.price_again == 600
    reward = round_.reward
    assert reward
    assert (reward.semester, reward.got_from, reward.got_until) == (
        "113-2", date(2025, 2, 1), date(2025, 7, 31),
    )  # fmt: skip
    assert reward.upload_until.date() == date(2025, 10, 3)
    assert reward.published_on == date(2025, 11, 21)
    assert (reward.per_certificate, reward.ranks) == (100, (3000, 2000, 1000, 500))
    assert not reward.with_languages


def test_the_window_for_refunds_runs_from_the_later_of_invitation_and_certificates():
    """The announced month after 11/27 would be over before the first certificate is issued."""
    round_ = sample()
    assert round_.refund_invited_on() == date(2025, 11, 28)
    assert round_.refund_counted_from() == date(2026, 1, 15)
    assert round_.refund_until() == date(2026, 2, 23)  # 2/15 is a Sunday, then New Year
    early = round_.refund.model_copy(update={"counted_from": "invitation"})
    assert round_.model_copy(update={"refund": early}).refund_until() == date(2025, 12, 29)
    silent = round_.certificates.model_copy(update={"issued_from": None})
    assert round_.model_copy(update={"certificates": silent}).refund_until() is None


def test_a_month_from_the_last_day_of_january_ends_with_february():
    round_ = sample()
    certificates = round_.certificates.model_copy(update={"issued_from": date(2026, 1, 31)})
    later = round_.model_copy(update={"certificates": certificates})
    assert later.refund_until() == date(2026, 3, 2)  # 2/28 is a Saturday


def test_certificates_of_two_exams_are_collected_at_the_school():
    """物聯網、資安證書由學校統一收件，再通知同學領取"""
    at_school = {exam.code for exam in sample().exams if exam.delivery is Delivery.SCHOOL}
    assert at_school == {"IOTA", "ISE"}  # 物聯網、資安


def test_passing_means_what_the_announcement_says():
    """一般皆為2項考科，平均70分以上才算合格"""
    rules = sample().pass_rules
    assert (rules.average, rules.each, rules.keep, rules.keep_years) == (70, 60, 70, 3)
    assert (rules.keep_until, rules.retake) == ("day", "alone")


def test_exams_that_stop_name_the_exam_that_goes_on():
    stopping = {exam.key: exam.successor for exam in sample().exams if exam.stopped_on}
    assert set(stopping.values()) == {"AIOT 初級"}
    assert {key.split()[0] for key in stopping} == {"IOTA", "M2M", "IOTS"}


def test_the_table_of_courses_is_complete_and_found_by_exam():
    round_ = sample()
    assert len(round_.courses) == 9
    security = round_.courses_for("資訊安全工程師 初級")
    assert [course.name for course in security] == [
        "雲端與物聯網安全", "網路與系統安全", "軟體安全與逆向工程", "資訊安全",
    ]  # fmt: skip
    assert security[1].numbers == ("350443", "352285")
    assert round_.courses_for("AI應用規劃師 初級") == ()


def write(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    text = SAMPLE.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file = tmp_path / "round.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_every_mistake_of_a_file_is_told_at_once(tmp_path: Path):
    file = write(
        tmp_path,
        ('id = "114-2"', 'id = "2025"'),
        ("written = 600", "written = -1"),
        ('counted_from = "later"', 'counted_from = "someday"'),
        ("[links]", "[links]\nfacebook = 1"),
        ('choice = "1 + one of 2, 3"', 'choice = "2 of 3"'),
    )
    with pytest.raises(CampaignError) as caught:
        load_campaign(file)
    for place in ("id", "fees.written", "refund.counted_from", "links.facebook", "choice"):
        assert f"{place}: " in str(caught.value)


def test_dates_out_of_order_and_without_zone_are_refused(tmp_path: Path):
    for old, new, problem in (
        ("register_until = 2025-09-17", "register_until = 2025-09-27", "not in order"),
        ("17T17:00:00+08:00", "17T17:00:00", "write the offset"),
        ("2025-10-03T23:59:59+08:00", "2025-06-03T23:59:59+08:00", "reward: not in order"),
    ):
        with pytest.raises(CampaignError, match=problem):
            load_campaign(write(tmp_path, (old, new)))
