"""`mailflow reward …`: certificates handed in, the ranking, the list for the web page."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from mailflow.cli.office import DEFAULT_CONFIG, ConfigFile, Json, Why, desk
from mailflow.cli.private_files import write_all
from mailflow.cli.telling import json_lines, table
from mailflow.desk import rewarding
from mailflow.sheets import to_csv, to_xlsx

app = typer.Typer(no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="the certificate's name, as in `reward list`")]
Folder = Annotated[Path, typer.Option("--out", help="the folder to write into")]
HERE = Path()


@app.command("list")
def list_certificates(config: ConfigFile = DEFAULT_CONFIG, as_json: Json = False) -> None:
    """Every certificate, then the ranking; who shares a place with a prize is marked."""
    with desk(config) as staff:
        found, ranked = rewarding.listing(staff)
    if as_json:
        json_lines(
            [
                {"certificate": one.id[-8:], "case": number, "state": one.state,
                 "arrived_at": one.arrived_at.isoformat(), "reasons": list(one.reasons)}
                for number, one in found
            ]
        )  # fmt: skip
        json_lines(
            [
                {"case": one.number, "rank": one.standing.rank, "count": one.standing.count,
                 "tied": one.standing.tied, "total": one.standing.total}
                for one in ranked
            ]
        )  # fmt: skip
        return
    rows = [
        (c.id[-8:], n, c.state, c.title, c.issued_on or "", " ".join(c.reasons)) for n, c in found
    ]
    table(("證照", "案號", "狀態", "名稱", "取得日", "原因"), rows, empty="沒有證照。")
    standing = [
        (
            one.standing.rank,
            one.number,
            one.standing.count,
            "同名次，待決定" if one.standing.tied else one.standing.prize or "",
            one.standing.total,
        )
        for one in ranked
    ]
    table(("名次", "案號", "張數", "名次獎勵", "合計"), standing, empty="還沒有名次。")


@app.command()
def show(name: Name, save: Folder = HERE, config: ConfigFile = DEFAULT_CONFIG) -> None:
    """Write a certificate into a folder, to look at it."""
    with desk(config) as staff:
        found = rewarding.papers(staff, name)
    for path in write_all(save, {paper.file_name: paper.content for paper in found}):
        print(path)


@app.command()
def accept(
    name: Name,
    title: Annotated[str, typer.Option(help="what it certifies, as it says")],
    issued_on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="its date")],
    why: Why,
    despite: Annotated[
        bool, typer.Option("--despite", help="although the rules seem to speak against it")
    ] = False,
    config: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """It counts."""
    with desk(config) as staff:
        print(
            rewarding.accept(
                staff, name, title=title, issued_on=issued_on.date(), why=why, despite=despite
            )
        )


@app.command()
def refuse(
    name: Name,
    reason: Annotated[str, typer.Option(help="a code, e.g. language_certificate")],
    why: Why,
    title: Annotated[str, typer.Option(help="what it certifies")] = "",
    note: Annotated[str, typer.Option(help="a sentence to the student")] = "",
    config: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """It does not count; the student is told why."""
    with desk(config) as staff:
        print(rewarding.refuse(staff, name, reason=reason, why=why, title=title, note=note))


@app.command()
def place(
    case: Annotated[str, typer.Argument(help="case number")],
    rank: Annotated[int, typer.Argument(min=1, help="the place")],
    why: Why,
    config: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """Say who has which place where several share one."""
    with desk(config) as staff:
        print(rewarding.place(staff, case, rank, why=why))


@app.command()
def publish(out: Folder = HERE, config: ConfigFile = DEFAULT_CONFIG, as_json: Json = False) -> None:
    """The list for the web page (XLSX and CSV): masked names, no numbers of persons."""
    with desk(config) as staff:
        made = rewarding.publish(staff)
    name = f"reward-{made.period}"
    files = {
        f"{name}.xlsx": to_xlsx(name, rewarding.HEADER, made.rows),
        f"{name}.csv": to_csv(rewarding.HEADER, made.rows),
    }
    written = write_all(out, files)
    if as_json:
        json_lines([{"count": len(made.rows), "total": made.total,
                     "files": [str(path) for path in written]}])  # fmt: skip
        return
    print(f"{len(made.rows)} 人，合計 NT$ {made.total:,}")
    for path in written:
        print(path)
