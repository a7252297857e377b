"""`mailflow campaign rehearse`: a whole round with invented people, in minutes."""

import json
import shutil
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from mailflow.campaign.round import TAIPEI
from mailflow.cli.office import Json, clear_errors
from mailflow.logs import set_up_logs

if TYPE_CHECKING:
    from mailflow.demo.account import Account


def rehearse(
    file: Annotated[Path, typer.Argument(help="the campaign file")],
    students: Annotated[int, typer.Option(min=1, max=5000, help="so many invented people")] = 300,
    seed: Annotated[int, typer.Option(help="equal seeds give equal people")] = 1,
    keep: Annotated[bool, typer.Option("--keep", help="keep the rehearsal's folder")] = False,
    as_json: Json = False,
) -> None:
    """Run a whole round with a moved clock, from the opening to the last refund: its own mail
    servers, people who behave like people.

    Prints how far they came, what staff had to do, and every promise missed; ends with 1 when
    somebody came to no end, a letter was said twice or a promise was missed.
    """
    set_up_logs(verbose=False, quiet=True)
    folder = Path(tempfile.mkdtemp(prefix="mailflow-rehearsal-"))
    begun = time.monotonic()
    try:
        with clear_errors():
            account = _performed(folder, file, students, seed)
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)
    seconds = round(time.monotonic() - begun, 1)
    if as_json:
        print(json.dumps(account.to_json() | {"seconds": seconds}, ensure_ascii=False))
    else:
        _show(account, seconds)
        if keep:
            print(folder)
    raise typer.Exit(0 if account.is_good else 1)


def _performed(folder: Path, file: Path, students: int, seed: int) -> "Account":
    # The mail servers are heavy to load, and no other command needs them.
    from mailflow.demo.performance import rehearse_round

    def tell(at: datetime, what: str) -> None:
        print(f"{at.astimezone(TAIPEI):%Y-%m-%d %H:%M} {what}", file=sys.stderr)

    return rehearse_round(folder, file, students=students, seed=seed, tell=tell)


def _show(account: "Account", seconds: float) -> None:
    console = Console()
    for title, heads, rows in (
        ("案件", ("狀態", "人數"), account.funnel | {"settled": account.settled}),
        ("考試與證書", ("狀態", "人數"), account.exams),
        ("退費", ("狀態", "人數"), account.refunds),
        ("每人收到的信", ("封數", "人數"), account.letters),
        ("來信", ("狀態", "封數"), account.mails),
        ("承辦人處理", ("事項", "件數"), account.staff),
        ("仍待處理", ("原因", "件數"), account.waiting),
    ):
        table = Table(title=title, title_justify="left")
        for head in heads:
            table.add_column(head, overflow="fold")
        for name, number in rows.items():
            table.add_row(str(name), str(number))
        console.print(table)
    for title, lines in (
        ("沒有走到終點的案件", account.unfinished),
        ("重複寄出的信", account.said_twice),
        ("未守住的承諾", account.missed),
    ):
        console.print(f"{title}：{len(lines)}", *lines[:20], sep="\n  ", highlight=False)
    console.print(f"{account.students} 位學生，{seconds} 秒", highlight=False)
