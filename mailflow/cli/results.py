"""`mailflow results …`: results in, kept subjects, retakes offered."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from mailflow.aftercare import Outcome
from mailflow.cli.office import DEFAULT_CONFIG, ConfigFile, DryRun, Json, Why, desk
from mailflow.cli.telling import json_lines, table, tell
from mailflow.desk.certifying import kept_list, offer_retakes
from mailflow.desk.results import decide_result, import_results
from mailflow.sheets import read_results

app = typer.Typer(no_args_is_help=True)


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="the examiner's results, CSV or XLSX")],
    config: ConfigFile = DEFAULT_CONFIG,
    exam_on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="the day of the exam, where the file has none"),
    ] = None,
    why: Annotated[str, typer.Option(help="needed where a result told before changes")] = "",
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Take in results and tell everybody; may be repeated.

    One row a person with a column per subject, or one row a subject; who was absent has 缺考 or 0.
    A file with any problem is refused as a whole, with every problem named.
    """
    with desk(config) as staff:
        subjects = [one.name for exam in staff.rules.campaign.exams for one in exam.subjects]
        rows = read_results(file, subjects=list(dict.fromkeys(subjects)))
        on = exam_on.date() if exam_on else None
        report = import_results(staff, rows, exam_on=on, why=why, dry_run=dry_run)
    if as_json:
        print(json.dumps(asdict(report) | {"dry_run": dry_run}, ensure_ascii=False))
        return
    print(
        f"合格 {len(report.passed)}，保留科目 {len(report.kept)}，不合格 {len(report.failed)}，"
        f"更正 {len(report.corrected)}，未變 {report.unchanged}，待判定 {len(report.unclear)}"
        + ("（試算，未執行）" if dry_run else "")
    )
    if report.unclear:
        print("待判定：" + "、".join(report.unclear) + "（mailflow results decide）")


@app.command()
def decide(
    case: Annotated[str, typer.Argument(help="case number")],
    outcome: Annotated[Outcome, typer.Argument(help="passed, kept or failed")],
    why: Why,
    config: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """Say what unclear marks come to; the student gets the same letter."""
    with desk(config) as staff:
        print(decide_result(staff, case, outcome, why=why))


@app.command()
def kept(config: ConfigFile = DEFAULT_CONFIG, as_json: Json = False) -> None:
    """Every kept subject of the round, with its computed last day."""
    with desk(config) as staff:
        found = kept_list(staff)
    if as_json:
        json_lines(
            [
                {"case": n, "exam": k.exam, "subject": k.subject, "until": k.until.isoformat()}
                for n, k in found
            ]
        )
        return
    rows = [(number, one.exam, one.subject, one.until) for number, one in found]
    table(("案號", "鑑定項目", "保留科目", "保留至"), rows, empty="沒有保留的科目。")


@app.command()
def offer(
    config: ConfigFile = DEFAULT_CONFIG, dry_run: DryRun = False, as_json: Json = False
) -> None:
    """Offer the retake in this round to those of earlier rounds who keep a subject."""
    with desk(config) as staff:
        report = offer_retakes(staff, dry_run=dry_run)
    tell(report, as_json=as_json, dry_run=dry_run)
