"""What holds for any closure, any choice, any day: nobody is ever worse off, nothing is guessed."""

import tomllib
from datetime import date, timedelta

from campaign.rounds import sample
from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.campaign import Campaign, Closure, NoFee
from mailflow.campaign.choice import parse_choice
from mailflow.campaign.files import closures_toml
from mailflow.campaign.weekdays import WEEKDAYS, misfits, written

SAMPLE = sample()
september = st.dates(date(2025, 9, 1), date(2025, 10, 15))
closures = st.lists(september, max_size=6, unique=True)


def closed(days: list[date]) -> Campaign:
    noted = tuple(Closure(on=day, why="颱風") for day in days)
    calendar = SAMPLE.calendar.model_copy(update={"closures": noted})
    return SAMPLE.model_copy(update={"calendar": calendar})


@given(closures, september)
@settings(max_examples=300, deadline=None)
def test_another_closure_never_makes_anything_earlier(days: list[date], another: date):
    fewer, more = closed(days), closed([*days, another])
    assert more.register_until >= fewer.register_until >= SAMPLE.register_until
    assert more.pay_until >= fewer.pay_until >= SAMPLE.pay_until
    assert more.gives_up_at() >= fewer.gives_up_at() >= SAMPLE.gives_up_at()
    assert more.promised_by(date(2025, 9, 17)) >= fewer.promised_by(date(2025, 9, 17))
    assert more.gives_up_at() > more.pay_until >= more.register_until
    for ends in (more.register_until, more.pay_until):
        assert ends.date() not in more.calendar.closed_since


@given(closures)
@settings(deadline=None)
def test_reminders_stay_before_the_deadline(days: list[date]):
    moved = closed(days)
    assert all(moved.reminder_on(n) < moved.pay_until.date() for n in (1, 2, 3))


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), september)
def test_any_reason_can_be_kept_and_read_again(why: str, day: date):
    (kept,) = tomllib.loads(closures_toml([Closure(on=day, why=why)]))["closures"]
    assert kept == {"on": day, "why": why}


@given(
    st.sampled_from(SAMPLE.exams),
    st.sets(st.integers(1, 4)),
    st.booleans(),
)
@settings(max_examples=300, deadline=None)
def test_an_amount_is_the_half_of_what_was_chosen_or_there_is_none(exam, numbers, retake):
    chosen = [s for n, s in enumerate(exam.subjects, 1) if n in numbers]
    quoted = SAMPLE.quote(exam.name, "、".join(s.name for s in chosen), retake=retake)
    if isinstance(quoted, NoFee):
        return
    if not chosen:  # nothing written: only where there is nothing to choose
        (chosen,) = exam.ways()
    prices = [SAMPLE.fees.price(subject) for subject in chosen]
    assert None not in prices
    assert quoted * 2 == sum(price for price in prices if price)
    assert (tuple(chosen) in exam.ways()) or retake


@settings(deadline=None)
@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.integers(1, 6))
def test_every_right_weekday_passes_and_every_wrong_one_is_found(day: date, off: int):
    wrong = WEEKDAYS[(day.weekday() + off) % 7]
    minguo = f"{day.year - 1911}/{day.month}/{day.day}"
    for text in (str(day), minguo, f"{day.month}月{day.day}日", f"{day.month}/{day.day}"):
        near = day + timedelta(days=40)
        assert not list(misfits(f"{text}({WEEKDAYS[day.weekday()]})", near=near))
        (found,) = misfits(f"在 {text}（{wrong}）截止", near=near)
        assert found.day == day
    assert not list(misfits(written(day), near=day))


@settings(deadline=None)
@given(st.sets(st.integers(1, 5), min_size=1))
def test_every_way_is_among_what_is_offered_and_no_way_stands_twice(offered: set[int]):
    for rule in ("all", "1 + one of 2, 3", "1 + any of 2, 3, 4", "1 + 2 + optional 3, 4"):
        ways = parse_choice(rule).ways(offered)
        assert all(way <= offered for way in ways)
        assert len(set(ways)) == len(ways)
