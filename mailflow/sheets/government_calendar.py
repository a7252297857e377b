"""The government's calendar of working days (辦公日曆表, data.gov.tw 14718) → one official year.

One row a day: 西元日期,星期,是否放假,備註; 是否放假 is 0 (work) or 2 (off). UTF-8 with BOM, older
years Big5. A file is taken as a whole year or not at all.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from mailflow.campaign import OfficialYear
from mailflow.sheets.cells import text_of
from mailflow.sheets.problems import ExportError, FileProblem
from mailflow.sheets.tables import Cell, Layout, Table, read_table

_DATE, _WEEKDAY, _OFF = "西元日期", "星期", "是否放假"
_WEEKDAYS = "一二三四五六日"
_STATES = {"0": True, "2": False}
_DOWNLOAD = "請到 data.gov.tw 資料集 14718 重新下載該年度的 CSV"

# Days made holidays after the first file of their year had been published: whoever uses that file
# counts them as working days. 2025: 院授人培字第11430248311號, 114-06-13.
_REVISED = {2025: (date(2025, 9, 29), date(2025, 10, 24), date(2025, 12, 25))}
_PLAUSIBLE_DAYS_OFF = range(104, 131)


def read_government_calendar(source: Path | bytes) -> OfficialYear:
    """One whole year of the official file. Raises ExportError with every problem."""
    data = source.read_bytes() if isinstance(source, Path) else source
    table = read_table(data, Layout(lambda _: True, headline=_DATE))
    days, problems = _days(table)
    if not problems:
        problems = list(_faults(days))
    if problems:
        raise ExportError(problems)
    name = source.name if isinstance(source, Path) else ""
    return OfficialYear(
        year=min(days).year,
        days_off=frozenset(day for day, works in days.items() if not works and day.weekday() < 5),
        working=frozenset(day for day, works in days.items() if works and day.weekday() >= 5),
        source=name,
    )


def _days(table: Table) -> tuple[dict[date, bool], list[FileProblem]]:
    header = [unicodedata.normalize("NFKC", name).strip() for name in table.header]
    missing = [name for name in (_DATE, _WEEKDAY, _OFF) if name not in header]
    if missing:
        remedy = f"第一列要有標題「{'」「'.join(missing)}」；{_DOWNLOAD}"
        return {}, [FileProblem(1, "", "、".join(header), remedy)]
    places = [header.index(name) for name in (_DATE, _WEEKDAY, _OFF)]
    days: dict[date, bool] = {}
    problems: list[FileProblem] = []
    for number, cells in table.rows:
        read = _row(number, [cells[place] for place in places])
        if isinstance(read, FileProblem):
            problems.append(read)
        elif read[0] in days:
            problems.append(
                FileProblem(number, _DATE, str(read[0]), f"同一天出現兩次；{_DOWNLOAD}")
            )
        else:
            days[read[0]] = read[1]
    return days, problems


def _row(number: int, cells: Sequence[Cell]) -> tuple[date, bool] | FileProblem:
    written, weekday, off = (unicodedata.normalize("NFKC", text_of(cell)).strip() for cell in cells)
    try:
        day = date.fromisoformat(written.replace("/", "-"))
    except ValueError:
        return FileProblem(number, _DATE, written, "不是日期；應為 20260101 這樣的八位數字")
    if weekday.removeprefix("星期") != _WEEKDAYS[day.weekday()]:
        remedy = f"{day} 是星期{_WEEKDAYS[day.weekday()]}；檔案可能被改過，{_DOWNLOAD}"
        return FileProblem(number, _WEEKDAY, weekday, remedy)
    if off not in _STATES:
        return FileProblem(number, _OFF, off, "應為 0（上班）或 2（放假）")
    return day, _STATES[off]


def _faults(days: dict[date, bool]) -> Iterator[FileProblem]:
    years = sorted({day.year for day in days})
    if len(years) != 1:
        yield FileProblem(0, "", "、".join(map(str, years)), f"要剛好是一整年；{_DOWNLOAD}")
        return
    first, following = date(years[0], 1, 1), date(years[0] + 1, 1, 1)
    every = [first + timedelta(days=n) for n in range((following - first).days)]
    absent = [day for day in every if day not in days]
    if absent:
        shown = "、".join(map(str, absent[:3])) + ("…" if len(absent) > 3 else "")
        yield FileProblem(0, _DATE, shown, f"缺少 {len(absent)} 天；要有全年每一天，{_DOWNLOAD}")
        return
    outdated = [day for day in _REVISED.get(years[0], ()) if days[day]]
    if outdated:
        read = "、".join(map(str, outdated))
        remedy = "這是修正前的舊檔：這幾天後來改為放假（114-06-13 修正）；" + _DOWNLOAD
        yield FileProblem(0, _OFF, read, remedy)
    off = sum(not works for works in days.values())
    if off not in _PLAUSIBLE_DAYS_OFF:
        yield FileProblem(0, _OFF, f"{off} 天", f"放假天數不合理；{_DOWNLOAD}")
