"""`mailflow status` and `mailflow check`."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from mailflow.cli.checks import Finding, run_checks
from mailflow.cli.office import DEFAULT_CONFIG, ConfigFile, Json, office
from mailflow.cli.shadowing import shadow_notice
from mailflow.store.census import Count, census
from mailflow.store.queue import waiting


def status(config: ConfigFile = DEFAULT_CONFIG, as_json: Json = False) -> None:
    """How many mails, letters and cases stand in which state; how many items wait for you."""
    with office(config) as (settings, store, _rules), store.read() as tx:
        counts = census(tx)
        items, oldest = waiting(tx)
        notice = shadow_notice(tx, settings)
    now = datetime.now(UTC)
    age = _age(oldest, now)
    if as_json:
        queue = {"count": items, "oldest_seconds": round(age.total_seconds(), 1)}
        told = _as_json(counts, now) | {"queue": queue, "shadow": notice}
        print(json.dumps(told, ensure_ascii=False))
        return
    if notice:
        Console().print(notice, style="bold reverse", soft_wrap=True)
    table = Table("", "狀態", "件數", "最久")
    for count in counts:
        number, since = str(count.number), _in_words(_age(count.oldest, now))
        table.add_row(count.table, count.state, number, since)
    if not counts and not items:
        Console().print("尚無任何資料。")
        return
    Console().print(table)
    longest = f"，最久 {_in_words(age)}（mailflow queue list）" if items else ""
    print(f"待承辦人處理：{items} 件{longest}")


def _age(oldest: datetime | None, now: datetime) -> timedelta:
    """How old the oldest is; what a clock that was put back makes younger than now is new."""
    return max(now - oldest, timedelta()) if oldest else timedelta()


def _in_words(age: timedelta) -> str:
    return f"{age.days} 天 {age.seconds // 3600} 時 {age.seconds % 3600 // 60} 分"


def _as_json(counts: list[Count], now: datetime) -> dict[str, dict[str, dict[str, float]]]:
    told: dict[str, dict[str, dict[str, float]]] = {"inbox": {}, "outbox": {}, "cases": {}}
    for count in counts:
        told[count.table][count.state] = {
            "count": count.number,
            "oldest_seconds": round(_age(count.oldest, now).total_seconds(), 1),
        }
    return told


def check(
    config: Annotated[Path, typer.Option("--config", "-c", envvar="MAILFLOW_CONFIG")] = (
        DEFAULT_CONFIG
    ),
    as_json: Json = False,
) -> None:
    """Test everything without changing anything; say for each problem what to do."""
    findings = list(run_checks(config))
    for finding in findings:
        print(_line(finding, as_json=as_json))
    if any(not finding.good for finding in findings):
        raise typer.Exit(1)


def _line(finding: Finding, *, as_json: bool) -> str:
    if as_json:
        return json.dumps(
            {"what": finding.what, "good": finding.good, "text": finding.text}, ensure_ascii=False
        )
    return f"{'✓' if finding.good else '✗'} {finding.what}: {finding.text}"
