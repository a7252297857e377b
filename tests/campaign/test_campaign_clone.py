"""A new round from the last one: nothing of the old round is left standing unseen."""

import tomllib
from datetime import date, timedelta

from campaign.rounds import SAMPLE, sample

from mailflow.campaign import Campaign
from mailflow.campaign.clone import clone, weeks_between
from mailflow.campaign.lint import CHECK, lint

TEXT = SAMPLE.read_text(encoding="utf-8")


def made(new_id: str = "115-1", weeks: int = 26) -> tuple[str, tuple[str, ...], Campaign]:
    result = clone(TEXT, sample(), new_id=new_id, weeks=weeks)
    return result.text, result.to_do, Campaign.model_validate(tomllib.loads(result.text))


def test_rounds_are_half_a_year_apart():
    assert weeks_between("114-2", "115-1") == 26
    assert weeks_between("114-2", "115-2") == 52
    assert weeks_between("114-1", "114-2") == 26


def test_dates_move_by_whole_weeks_and_keep_their_weekdays():
    old, (_, _, new) = sample(), made()
    shift = timedelta(weeks=26)
    assert new.opens_on == old.opens_on + shift
    assert new.register_until == old.register_until + shift
    assert new.pay_until == old.pay_until + shift
    assert new.register_until.weekday() == old.register_until.weekday()
    assert new.reward
    assert old.reward
    assert new.reward.upload_until == old.reward.upload_until + shift


def test_what_belongs_to_the_old_round_alone_is_taken_out():
    text, to_do, new = made()
    assert (new.id, new.case_prefix) == ("115-1", "iPAS115")
    assert not any(exam.held_on for exam in new.exams)
    assert new.links.form == new.links.proof_form == ""
    assert new.links.rules == sample().links.rules
    assert {exam.stopped_on for exam in new.exams} == {exam.stopped_on for exam in sample().exams}
    told = "\n".join(to_do)
    assert "[2025-11-01] was the old round's" in told
    assert "物聯網應用工程師 初級" in told
    assert "AIOT 初級" in told
    assert "2025-09-17" not in text.replace("was 2025-09-17", "")


def test_comments_prices_and_courses_stay():
    text, _, new = made()
    assert "# 學科; 700 for 塑膠材料應用工程師" in text
    assert new.fees == sample().fees
    assert new.courses == sample().courses


def test_every_line_to_look_at_is_marked_and_the_check_counts_them():
    text, _, new = made()
    marked = [line for line in text.splitlines()[2:] if CHECK in line]
    findings = [finding for finding in lint(new, text) if "still to be checked" in finding.text]
    assert len(findings) == len(marked) == 13
    assert not [finding for finding in lint(new, text) if "that day is" in finding.text]


def test_what_stands_in_no_line_of_its_own_is_named_in_the_list():
    text = TEXT.replace('"天線概論",', '{ name = "天線概論", held_on = 2025-11-09 },', 1)
    text = text.replace("held_on = [2025-11-01]", "held_on = [\n  2025-11-01,\n]", 1)
    text += "\n[calendar]\nclosed = [2025-09-12]\n"
    text += '\n[texts.payment_slip]\nzh = """請於 9/22 前\nheld_on = 2025-11-01"""\nen = "Pay."\n'
    old = Campaign.model_validate(tomllib.loads(text))
    result = clone(text, old, new_id="115-1", weeks=26)
    new = Campaign.model_validate(tomllib.loads(result.text))
    assert new.calendar.closed == {date(2026, 3, 13)}
    assert new.texts == old.texts
    told = "\n".join(result.to_do)
    assert "exams.0.subjects.0.held_on = 2025-11-09: still the old round's" in told
    assert "held_on.0 = 2025-11-01: still the old round's" in told
    assert "texts.payment_slip.zh: speaks of a day: 請於 9/22 前" in told


def test_a_hash_inside_of_a_text_is_no_comment():
    text = TEXT.replace("RQW9TgsivMZQq3sY7", "RQW9#fragment")
    new = clone(text, sample(), new_id="115-1", weeks=26).text
    assert '\nform = ""' in new
