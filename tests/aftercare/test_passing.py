"""Who passes, what is kept and until when: the guide's own cases, and their edges."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.aftercare import KeptSubject, Mark, Outcome, Sitting, judge
from mailflow.aftercare.passing import kept_until, months_after
from mailflow.campaign import PassRules

RULES = PassRules()
EXAM, FIRST, SECOND = "AI應用規劃師 初級", "人工智慧基礎概論", "生成式AI應用與規劃"
EXAM_ON = date(2025, 11, 8)


def marks(*scores: object) -> tuple[Mark, ...]:
    return tuple(
        Mark(name, Decimal(str(score)))
        for name, score in zip((FIRST, SECOND), scores, strict=False)
        if score is not None
    )


def sat(*scores: object, rules: PassRules = RULES, kept=(), on: date = EXAM_ON):
    return judge(Sitting(EXAM, (FIRST, SECOND), on, marks(*scores)), rules, kept=kept)


@pytest.mark.parametrize(
    ("scores", "outcome", "kept"),
    [
        ((68, 72), Outcome.PASSED, ()),
        ((58, 82), Outcome.KEPT, (SECOND,)),
        ((70, 60), Outcome.KEPT, (FIRST,)),
    ],
)
def test_the_three_cases_of_the_guide(scores, outcome, kept):
    """情況1: 考科A 68分+考科B 72分=平均分70 (合格); 情況2: 考科A 58分+考科B 82分=平均分70
    (因考科A分數太低(單科低於60分)➔不合格);
    情況3: 考科A 70分+考科B 60分=平均分65 (未達70分➔不合格)."""
    result = sat(*scores)
    assert result.outcome is outcome
    assert tuple(one.subject for one in result.kept) == kept


@pytest.mark.parametrize(
    ("scores", "outcome", "kept", "average"),
    [
        ((60, 80), Outcome.PASSED, (), "70"),
        ((59, 81), Outcome.KEPT, (SECOND,), "70"),
        ((69, 71), Outcome.PASSED, (), "70"),
        ((69.5, 70), Outcome.KEPT, (SECOND,), "69.75"),
        ((69.99, 70), Outcome.KEPT, (SECOND,), "69.99"),  # 69.995: never shown as 70
        ((0, 100), Outcome.KEPT, (SECOND,), "50"),
        ((69, 69), Outcome.FAILED, (), "69"),
        ((59.99, 59.99), Outcome.FAILED, (), "59.99"),
    ],
)
def test_the_edges_are_compared_as_they_are_without_rounding(scores, outcome, kept, average):
    """一般皆為2項考科，平均70分以上才算合格."""
    result = sat(*scores)
    assert (result.outcome, result.average_shown) == (outcome, average)
    assert tuple(one.subject for one in result.kept) == kept


def test_who_was_absent_has_nothing_for_that_subject():
    absent = Sitting(
        EXAM,
        (FIRST, SECOND),
        EXAM_ON,
        (Mark(FIRST, Decimal(0), absent=True), Mark(SECOND, Decimal(90))),
    )
    result = judge(absent, RULES)
    assert (result.outcome, result.kept[0].subject) == (Outcome.KEPT, SECOND)


def test_an_exam_with_rules_of_its_own_is_judged_by_them():
    """詳細成績合格標準請參閱各能力鑑定簡章: every number is the campaign's."""
    # guide: 各項鑑定均不同，請上官網(下載簡章)確認 (iPAS經濟部產業人才能力鑑定)
    # guide: 各科考試不盡相同
    assert sat(58, 82, rules=PassRules(each=50)).outcome is Outcome.PASSED
    assert sat(68, 72, rules=PassRules(average=75)).outcome is Outcome.KEPT
    assert sat(70, 60, rules=PassRules(keep=75)).outcome is Outcome.FAILED


def test_three_subjects_are_averaged_over_all_three():
    sitting = Sitting("X", ("a", "b", "c"), EXAM_ON, ())
    for scores, outcome in (((60, 70, 80), Outcome.PASSED), ((60, 69, 80), Outcome.KEPT)):
        told = tuple(Mark(n, Decimal(s)) for n, s in zip("abc", scores, strict=True))
        assert judge(Sitting("X", sitting.subjects, EXAM_ON, told), RULES).outcome is outcome


def test_a_kept_subject_lasts_three_years_from_the_exam():
    """單科70分以上，保留及格單科成績自應考日起三年度有效."""
    (kept,) = sat(70, 60).kept
    assert kept.until == date(2028, 11, 8)
    assert kept_until(date(2028, 2, 29), RULES) == date(2031, 2, 28)
    assert kept_until(EXAM_ON, PassRules(keep_until="year")) == date(2028, 12, 31)


KEPT = KeptSubject(EXAM, FIRST, Decimal(70), EXAM_ON, date(2028, 11, 8))


@pytest.mark.parametrize(
    ("score", "on", "outcome"),
    [
        (70, date(2028, 11, 8), Outcome.PASSED),
        (69.99, date(2026, 5, 16), Outcome.KEPT),
        (0, date(2026, 5, 16), Outcome.KEPT),
        (100, date(2028, 11, 9), Outcome.UNCLEAR),
    ],
)
def test_a_retaken_subject_passes_alone_while_the_other_is_kept(score, on, outcome):
    """合格的那一科成績可保留3年(自應考日起算)，期間補考單科合格皆可獲證."""
    result = sat(None, score, kept=(KEPT,), on=on)
    assert result.outcome is outcome
    if outcome is Outcome.KEPT:
        assert result.kept == (KEPT,)  # with the day it had
    if outcome is Outcome.UNCLEAR:
        assert result.reasons == ("kept_subject_expired",)


def test_a_round_may_average_a_retake_with_the_kept_score():
    kept = (KeptSubject(EXAM, FIRST, Decimal(80), EXAM_ON, date(2028, 11, 8)),)
    averaged = PassRules(retake="averaged")
    assert sat(None, 60, kept=kept, rules=averaged).outcome is Outcome.PASSED
    assert sat(None, 59, kept=kept, rules=averaged).outcome is Outcome.KEPT
    assert sat(None, 60, kept=kept).outcome is Outcome.KEPT


def test_a_retake_without_a_known_kept_subject_is_for_a_person():
    result = sat(None, 90)
    assert (result.outcome, result.reasons) == (Outcome.UNCLEAR, ("kept_subject_unknown",))
    other = (KeptSubject("another exam", FIRST, Decimal(90), EXAM_ON, date(2028, 11, 8)),)
    assert sat(None, 90, kept=other).outcome is Outcome.UNCLEAR


def test_marks_that_do_not_fit_the_registration_are_for_a_person():
    stray = Sitting(EXAM, (FIRST, SECOND), EXAM_ON, (Mark("某科", Decimal(90)),))
    assert judge(stray, RULES).reasons == ("subject_not_registered",)
    twice = Sitting(EXAM, (FIRST,), EXAM_ON, (Mark(FIRST, Decimal(90)), Mark(FIRST, Decimal(9))))
    assert judge(twice, RULES).reasons == ("subject_marked_twice",)


@given(st.integers(0, 10000), st.integers(0, 10000))
def test_passing_and_keeping_agree_with_the_rule_for_any_marks(first: int, second: int):
    a, b = Decimal(first) / 100, Decimal(second) / 100
    result = sat(a, b)
    assert (result.outcome is Outcome.PASSED) == (a + b >= 140 and min(a, b) >= 60)
    assert (result.outcome is Outcome.FAILED) == (
        result.outcome is not Outcome.PASSED and max(a, b) < 70
    )


def test_a_month_later_is_a_day_that_exists():
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2025, 12, 15), 1) == date(2026, 1, 15)
