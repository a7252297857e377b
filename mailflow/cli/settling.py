"""`mailflow settle …`: the bank's or cashier's file against what students claim."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text
from typer.core import TyperGroup

from mailflow.campaign.round import TAIPEI
from mailflow.cli.office import DEFAULT_CONFIG, ConfigFile, Json, office, who
from mailflow.desk.bank_files import book_line, import_lines, undo_import
from mailflow.desk.case_money import Settled
from mailflow.desk.money_card import bank_line_rows
from mailflow.desk.money_report import Credited, MoneyReport, ask_about_claims, money_report
from mailflow.desk.visible import visible
from mailflow.runners.loop import utc_now
from mailflow.sheets import Statement, read_statement
from mailflow.store import bank


class _FileFirst(TyperGroup):
    """`settle FILE` is `settle file FILE`: the daily command needs no second word."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] != "--help":
            args = ["file", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=_FileFirst, no_args_is_help=True)

Why = Annotated[str, typer.Option("--why", help="the reason, for the audit")]


@app.command("file")
def take_in(
    file: Annotated[Path, typer.Argument(help="the bank's or cashier's file, CSV or XLSX")],
    config: ConfigFile = DEFAULT_CONFIG,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="tell what would happen, change nothing")
    ] = False,
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="the last day the file speaks of (today)"),
    ] = None,
    as_json: Json = False,
) -> None:
    """Take in a file of the bank (`mailflow settle FILE`); may be repeated as files overlap.

    Money that is exactly what a case owes, on its own account and in time, settles it. The rest
    waits in the queue. A file with any problem is refused as a whole, with every problem named.
    """
    with office(config) as (_, store, rules):
        statement = read_statement(file, campaign=rules.campaign)
        report = import_lines(
            store,
            rules,
            statement.lines,
            name=file.name,
            actor=who(),
            now=utc_now(),
            until=until.date() if until else None,
            dry_run=dry_run,
        )
    _tell(report, statement, dry_run=dry_run, as_json=as_json)


@app.command()
def report(
    config: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
    queue: Annotated[
        bool, typer.Option("--queue", help="put overdue claims without money into the queue")
    ] = False,
) -> None:
    """Claims without money, money without a claim, other sums, and the files so far."""
    with office(config) as (_, store, rules):
        asked = ask_about_claims(store, rules, now=utc_now()) if queue else []
        told = money_report(store, rules, now=utc_now())
    if as_json:
        print(json.dumps(_facts(told) | {"queued": asked}, ensure_ascii=False))
        return
    _print_report(told)
    if queue:
        print(f"新列入待處理：{len(asked)} 件（mailflow queue list）")


@app.command()
def show(
    line: Annotated[str, typer.Argument(help="a bank line, as in `settle report` (its end)")],
    config: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """One bank line with everything that the file says of it."""
    with office(config) as (_, store, rules), store.read() as tx:
        stored = bank.line_named(tx, line, campaign=rules.campaign.id)
    if as_json:
        told = {"line": stored.id, "import": stored.import_id} | asdict(stored.line)
        print(json.dumps(told, ensure_ascii=False, default=_plain))
        return
    for label, text in bank_line_rows(stored):
        print(f"{label}　{visible(text)}")


@app.command()
def book(
    line: Annotated[str, typer.Argument(help="a bank line, as in `settle report` (its end)")],
    case: Annotated[list[str], typer.Argument(help="whose money it is; several share it exactly")],
    why: Why,
    config: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Say whose money a line is, when nothing in it does."""
    with office(config) as (_, store, rules):
        done = book_line(store, rules, line, case, actor=who(), why=why, now=utc_now())
    _tell(done, None, as_json=as_json)


@app.command()
def undo(
    name: Annotated[str, typer.Argument(metavar="IMPORT", help="as in `settle report` (its end)")],
    why: Why,
    config: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Take a wrong file back: its lines, marks and questions. Letters that went out stay sent;
    cases that went on by it alone wait in the queue."""
    with office(config) as (_, store, rules):
        done = undo_import(store, rules, name, actor=who(), why=why, now=utc_now())
    _tell(done, None, as_json=as_json)


def _tell(
    done: Settled, statement: Statement | None, *, dry_run: bool = False, as_json: bool
) -> None:
    remarks = statement.remarks if statement else ()
    ignored = statement.ignored if statement else ()
    if as_json:
        unused = {"dry_run": dry_run, "ignored": ignored, "remarks": remarks}
        print(json.dumps(asdict(done) | unused, ensure_ascii=False))
        return
    if dry_run:
        print("試算，未變更任何資料：")
    if statement:
        print(f"共 {done.lines} 筆，新增 {done.added} 筆（批次 {done.import_id[-8:]}）")
    elif done.import_id:
        print(f"收回 {done.gone} 筆（批次 {done.import_id[-8:]}）")
    print(
        f"款項相符 {len(done.settled)} 件（其中未附證明而完成 {len(done.advanced)} 件），"
        f"案件待處理 {len(done.held)}，款項待歸戶 {done.proposed}，不明款項 {done.unknown}"
    )
    if done.held:
        print("待處理：" + "、".join(done.held) + "（mailflow queue list）")
    if ignored:
        print("未使用的欄位：" + visible("、".join(ignored)))
    for remark in remarks:
        print("備註：" + visible(remark))


def _facts(told: MoneyReport) -> dict[str, object]:
    facts = asdict(told)
    del facts["case_ids"]
    return json.loads(json.dumps(facts, default=_plain))  # type: ignore[no-any-return]


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _print_report(told: MoneyReport) -> None:
    looked = f"對帳至 {told.looked_until}" if told.looked_until else "尚未匯入任何對帳檔"
    print(
        f"{looked}；款項相符 {told.settled} 件，共 {told.settled_sum:,} 元；"
        f"已繳費而款項仍在途 {told.waiting} 件"
    )
    _list(
        "已附證明，銀行查無款項",
        ("案號", "應繳", "證明接受日"),
        [(one.case, f"{one.due:,}", str(one.claimed_on)) for one in told.no_money],
    )
    _list("有款項，案件尚未算已繳", _SUMS, [_sums(one) for one in told.no_claim])
    _list("已算已繳，但金額或時間不符", _SUMS, [_sums(one) for one in told.differing])
    _list(
        "尚未歸戶的款項",
        ("款項", "入帳日", "金額", "帳號", "付款人"),
        [
            (one.line[-8:], str(one.posted_on), f"{one.amount:,}", one.account, one.payer)
            for one in told.nobodys
        ],
    )
    if told.dismissed:
        print(f"已註記不處理的款項：{told.dismissed} 筆")
    _list(
        "對帳檔",
        ("批次", "匯入時間", "檔名", "筆數", "承辦", ""),
        [
            (
                one.id[-8:],
                f"{one.imported_at.astimezone(TAIPEI):%Y-%m-%d %H:%M}",
                one.name,
                str(one.lines),
                one.imported_by,
                "已收回" if one.undone_at else "",
            )
            for one in told.imports
        ],
    )


_SUMS = ("案號", "狀態", "實收", "應繳")


def _sums(one: Credited) -> tuple[str, ...]:
    due = "—" if one.due is None else f"{one.due:,}"
    return one.case, one.state, f"{one.credited:,}", due


def _list(title: str, headings: Iterable[str], rows: list[tuple[str, ...]]) -> None:
    """A titled table; nothing at all without rows."""
    if not rows:
        return
    table = Table(title=f"{title}（{len(rows)}）", title_justify="left")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(visible(text)) for text in row))
    Console().print(table)
