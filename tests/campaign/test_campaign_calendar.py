"""Working days of the Taiwan government, the official file, and the office's own closures."""

from datetime import date, datetime
from pathlib import Path

import pytest
from campaign.rounds import FACTS, SAMPLE, days_of, is_off, official_csv, official_rows, sample

from mailflow.campaign import TAIPEI, Campaign, CampaignError, Closure, WorkingDays
from mailflow.campaign.calendar import differences
from mailflow.campaign.files import (
    CALENDAR,
    CLOSURES,
    calendar_toml,
    closures_toml,
    load_campaign,
    stamp,
    with_calendar,
)
from mailflow.sheets import ExportError, read_government_calendar

TYPHOON = date(2025, 9, 22)


def closed(*days: date) -> Campaign:
    """The sample round after the office turned out to be closed on these days."""
    round_ = sample()
    closures = tuple(Closure(on=day, why="颱風") for day in days)
    calendar = round_.calendar.model_copy(update={"closures": closures})
    return round_.model_copy(update={"calendar": calendar})


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_every_day_is_as_the_government_published_it(year: int):
    calendar = WorkingDays()
    wrong = [day for day in days_of(year) if calendar.is_working(day) is is_off(day)]
    assert wrong == []


@pytest.mark.parametrize("year", ["2025", "2026"])
def test_the_days_off_are_as_many_as_officially_counted(year: str):
    calendar = WorkingDays()
    assert sum(not calendar.is_working(day) for day in days_of(int(year))) == FACTS["totals"][year]


@pytest.mark.parametrize("example", FACTS["working_day_examples"], ids=lambda e: e["start"])
def test_working_days_are_counted_without_the_first(example: dict[str, str]):
    start, count = date.fromisoformat(example["start"]), int(example["plus_working_days"])
    last = WorkingDays().add(start, count)
    assert last.isoformat() == example["result"]
    assert "一二三四五六日"[last.weekday()] == example["weekday"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "big5", "utf-8"])
def test_the_official_file_is_read_as_a_whole_year(encoding: str):
    year = read_government_calendar(official_csv(official_rows(2025), encoding=encoding))
    assert year.year == 2025
    assert year.working == {date(2025, 2, 8)}
    assert len(year.days_off) == len(FACTS["weekday_days_off"]["2025"])
    assert differences(year) == []


def test_an_official_year_outranks_the_built_in_calendar(tmp_path: Path):
    rows = official_rows(2026)
    rows = [row.replace("20261123,一,0,", "20261123,一,2,選舉") for row in rows]
    file = tmp_path / "115.csv"
    file.write_bytes(official_csv(rows))
    year = read_government_calendar(file)
    assert differences(year) == [(date(2026, 11, 23), False)]
    campaign = tmp_path / "114-2.toml"
    campaign.write_bytes(SAMPLE.read_bytes())
    (tmp_path / CALENDAR).write_text(calendar_toml([year]), encoding="utf-8")
    days = load_campaign(campaign).working_days
    assert not days.is_working(date(2026, 11, 23))
    assert days.add(date(2026, 11, 20), 1) == date(2026, 11, 24)
    assert days.is_working(date(2025, 2, 8))  # other years as before


def faults(data: bytes) -> str:
    with pytest.raises(ExportError) as caught:
        read_government_calendar(data)
    return str(caught.value)


def test_the_outdated_file_of_2025_is_refused_with_the_reason():
    old = FACTS["revised_2025"]
    assert old == ["09-29", "10-24", "12-25"]
    rows = official_rows(2025)
    for day in ("20250929,一", "20251024,五", "20251225,四"):
        (index,) = [n for n, row in enumerate(rows) if row.startswith(day)]
        rows[index] = f"{day},0,"
    told = faults(official_csv(rows, encoding="big5"))
    assert "2025-09-29、2025-10-24、2025-12-25" in told
    assert "修正前的舊檔" in told
    assert "data.gov.tw" in told


def test_a_file_that_is_no_whole_year_is_refused_with_every_problem():
    rows = official_rows(2026)
    assert "缺少 2 天" in faults(official_csv(rows[:-2]))
    assert "同一天出現兩次" in faults(official_csv([*rows, rows[40]]))
    assert "一整年" in faults(official_csv([*rows, *official_rows(2027)]))
    assert "網頁" in faults(b"<!DOCTYPE html><html><body>404</body></html>")
    assert "是否放假" in faults("日期,星期\r\n20260101,四\r\n".encode())
    broken = [*rows]
    broken[0], broken[1], broken[2] = "20260101,五,2,", "20260102,五,1,", "20260230,五,0,"
    told = faults(official_csv(broken))
    assert "2026-01-01 是星期四" in told
    assert "應為 0（上班）或 2（放假）" in told
    assert "20260230" in told
    assert "放假天數不合理" in faults(official_csv([r.replace(",2,", ",0,") for r in rows]))


def test_a_deadline_on_a_day_that_the_office_closed_moves_to_the_next_working_day():
    """Pending clocks move and nobody is punished."""
    before, after = sample(), closed(TYPHOON)
    assert before.pay_until == datetime(2025, 9, 22, 23, 59, 59, tzinfo=TAIPEI)
    assert after.pay_until == datetime(2025, 9, 23, 23, 59, 59, tzinfo=TAIPEI)
    assert before.gives_up_at().date() == date(2025, 9, 23)
    assert after.gives_up_at().date() == date(2025, 9, 24)
    assert after.reminder_on(1) == date(2025, 9, 22)  # the day itself is closed, no later one
    assert after.register_until == before.register_until
    assert after.counts_until(date(2025, 9, 22)) == date(2025, 9, 23)  # as the sent slips say
    assert after.counts_until(date(2025, 9, 19)) == date(2025, 9, 19)
    assert before.counts_until(date(2025, 9, 22)) == date(2025, 9, 22)


def test_a_closure_on_the_last_day_of_registration_moves_that_day_at_the_same_hour():
    after = closed(date(2025, 9, 17))
    assert after.register_until == datetime(2025, 9, 18, 17, 0, tzinfo=TAIPEI)
    assert after.pay_until == sample().pay_until
    assert after.gives_up_at().date() == date(2025, 9, 24)  # a working day was lost for slips


def test_a_day_lost_before_the_deadline_is_given_back_as_grace():
    after = closed(date(2025, 9, 19))
    assert after.pay_until == sample().pay_until
    assert after.gives_up_at().date() == date(2025, 9, 24)
    assert closed(date(2025, 9, 10)).gives_up_at() == sample().gives_up_at()  # long before
    assert closed(date(2025, 9, 20)).gives_up_at() == sample().gives_up_at()  # a Saturday


def test_two_typhoon_days_in_a_row_move_the_deadline_past_both():
    after = closed(TYPHOON, date(2025, 9, 23))
    assert after.pay_until.date() == date(2025, 9, 24)
    assert after.gives_up_at().date() == date(2025, 9, 25)


def test_a_deadline_announced_for_a_saturday_moves_only_when_that_day_was_closed():
    saturday = datetime(2025, 9, 20, 23, 59, 59, tzinfo=TAIPEI)
    update = {"announced_pay_until": saturday}
    assert sample().model_copy(update=update).pay_until == saturday
    moved = closed(date(2025, 9, 20)).model_copy(update=update)
    assert moved.pay_until == datetime(2025, 9, 22, 23, 59, 59, tzinfo=TAIPEI)


def test_nobody_has_to_pay_before_the_end_of_registration():
    pay = datetime(2025, 9, 20, 23, 59, 59, tzinfo=TAIPEI)  # announced for a Saturday
    register = datetime(2025, 9, 19, 17, 0, tzinfo=TAIPEI)
    update = {"announced_register_until": register, "announced_pay_until": pay}
    after = closed(date(2025, 9, 19)).model_copy(update=update)
    assert after.register_until == datetime(2025, 9, 22, 17, 0, tzinfo=TAIPEI)
    assert after.pay_until == after.register_until


def test_promises_and_reminders_leave_out_a_day_that_the_office_closed():
    before, after = sample(), closed(date(2025, 9, 19))
    assert before.promised_by(date(2025, 9, 17)) == date(2025, 9, 22)
    assert after.promised_by(date(2025, 9, 17)) == date(2025, 9, 23)
    assert before.reminder_on(3) == date(2025, 9, 19)
    assert after.reminder_on(3) == date(2025, 9, 20)
    assert closed(date(2025, 9, 21)).reminder_on(1) == date(2025, 9, 21)  # no later day before


def test_closures_are_kept_beside_the_campaign_and_undone_by_taking_them_out(tmp_path: Path):
    file = tmp_path / "114-2.toml"
    file.write_bytes(SAMPLE.read_bytes())
    announced = load_campaign(file)
    seen = stamp(tmp_path)
    closure = Closure(
        on=TYPHOON,
        why='颱風「"小\\犬"」\n停班',
        noted_at=datetime(2025, 9, 21, 20, 0, tzinfo=TAIPEI),
        noted_by="staff",
    )
    (tmp_path / CLOSURES).write_text(closures_toml([closure]), encoding="utf-8")
    assert stamp(tmp_path) != seen
    moved = load_campaign(file)
    assert moved.calendar.closures == (closure,)
    assert moved.pay_until.date() == date(2025, 9, 23)
    assert moved == with_calendar(announced, tmp_path)
    (tmp_path / CLOSURES).write_text(closures_toml([]), encoding="utf-8")
    assert load_campaign(file) == announced


def test_what_lies_beside_the_campaign_is_refused_as_a_whole_when_it_is_wrong(tmp_path: Path):
    file = tmp_path / "114-2.toml"
    file.write_bytes(SAMPLE.read_bytes())
    (tmp_path / CLOSURES).write_text("[[closures]]\non = 2025-09-22\n", encoding="utf-8")
    with pytest.raises(CampaignError, match=r"closures\.0\.why"):
        load_campaign(file)
    (tmp_path / CLOSURES).write_text("pay_until = 2025-10-01\n", encoding="utf-8")
    with pytest.raises(CampaignError, match=r"only \[\[closures\]\] belongs here"):
        load_campaign(file)
    (tmp_path / CLOSURES).unlink()
    with file.open("a", encoding="utf-8") as text:
        text.write('\n[[calendar.closures]]\non = 2025-09-22\nwhy = "颱風"\n')
    with pytest.raises(CampaignError, match=r"belongs into closures\.toml"):
        load_campaign(file)
