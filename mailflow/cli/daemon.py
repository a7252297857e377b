"""`mailflow run` and `mailflow import`."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from mailflow.cli.office import DEFAULT_CONFIG, ConfigFile, Json, office, who
from mailflow.desk.importing import Imported, import_rows
from mailflow.desk.visible import visible
from mailflow.logs import set_up_logs
from mailflow.runners.daemon import Daemon
from mailflow.runners.loop import utc_now
from mailflow.sheets import Export, read_export


def run(
    config: ConfigFile = DEFAULT_CONFIG,
    verbose: Annotated[bool, typer.Option("--verbose", "-v")] = False,
    shadow: Annotated[
        bool, typer.Option("--shadow", help="compose and decide everything, send nothing")
    ] = False,
) -> None:
    """Watch the inbox, answer, bill, remind: the daemon. SIGTERM ends it cleanly.

    With --shadow every letter waits until staff release it (mailflow queue release --shadow).
    """
    set_up_logs(verbose=verbose)
    with office(config) as (settings, store, rules):
        if shadow:
            settings = settings.model_copy(update={"shadow": True})
        Daemon(settings, store, rules).run_until_signal()


def import_export(
    file: Annotated[Path, typer.Argument(help="the form's export, CSV or XLSX")],
    config: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Take in registrations from the form's export; may be repeated as the file grows.

    A file with any problem is refused as a whole, with every problem named.
    """
    with office(config) as (_, store, rules):
        export = read_export(file, campaign=rules.campaign)
        report = import_rows(store, rules, export.rows, actor=who(), now=utc_now())
    _tell(report, export, as_json=as_json)


def _tell(report: Imported, export: Export, *, as_json: bool) -> None:
    """What was done, then what of the file was not used or was understood with a remark."""
    if as_json:
        unused = {
            "ignored": export.ignored, "repeats": export.repeats, "remarks": export.remarks,
        }  # fmt: skip
        print(json.dumps(asdict(report) | unused, ensure_ascii=False))
        return
    print(
        f"新增 {len(report.created)}，更正 {len(report.changed)}，已發繳費單 {len(report.billed)}，"
        f"未變 {report.unchanged}，待處理 {len(report.held)}"
    )
    if report.held:
        print("待處理：" + "、".join(report.held) + "（mailflow queue list）")
    if export.ignored:
        print("未使用的欄位：" + visible("、".join(export.ignored)))
    if export.repeats:
        print("重複而略過的列：" + "、".join(map(str, export.repeats)))
    for remark in export.remarks:
        print("備註：" + visible(remark))
