"""`mailflow refund …`: the half of the fee back, from the letter to the payment."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from mailflow.aftercare import RefundState
from mailflow.cli.office import DEFAULT_CONFIG, ConfigFile, DryRun, Json, Why, desk
from mailflow.cli.private_files import write_all
from mailflow.cli.telling import json_lines, table, tell
from mailflow.desk import paying, refunding, rewarding
from mailflow.desk.paying import PayoutList
from mailflow.sheets import to_csv, to_xlsx

app = typer.Typer(no_args_is_help=True)

CaseNo = Annotated[str, typer.Argument(help="case number")]
Folder = Annotated[Path, typer.Option("--out", help="the folder to write into")]
HERE = Path()


@app.command()
def invite(
    config: ConfigFile = DEFAULT_CONFIG, dry_run: DryRun = False, as_json: Json = False
) -> None:
    """Write to everybody who has passed: reply with your certificate."""
    with desk(config) as staff:
        report = refunding.invite(staff, dry_run=dry_run)
    tell(report, as_json=as_json, dry_run=dry_run)


@app.command("list")
def list_refunds(
    state: Annotated[
        list[RefundState] | None, typer.Option(help="only in this state; may be repeated")
    ] = None,
    config: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Refunds with sums, masked accounts and every doubt."""
    with desk(config) as staff:
        lines = refunding.listing(staff, state or tuple(RefundState))
    if as_json:
        json_lines([asdict(line) for line in lines])
        return
    rows = [
        (
            line.number,
            line.state,
            line.own,
            line.earlier or "",
            line.closes_on or "",
            line.account + ("（變更待確認）" if line.account_waits else ""),
            " ".join(line.doubts),
        )
        for line in lines
    ]
    headings = ("案號", "狀態", "本次", "補考前", "收件至", "帳號", "疑點")
    table(headings, rows, empty="沒有退費。")


@app.command()
def show(
    case: CaseNo,
    save: Folder = HERE,
    config: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """Write the certificates of an application into a folder, to look at them."""
    with desk(config) as staff:
        found = rewarding.papers(staff, case)
    for path in write_all(save, {paper.file_name: paper.content for paper in found}):
        print(path)


@app.command()
def verify(
    why: Why,
    cases: Annotated[list[str] | None, typer.Argument(help="these cases; else --all-clear")] = None,
    all_clear: Annotated[
        bool, typer.Option("--all-clear", help="every application without a doubt")
    ] = False,
    without_earlier: Annotated[
        bool, typer.Option("--without-earlier", help="a retaker's earlier half is not paid back")
    ] = False,
    earlier_case: Annotated[
        str, typer.Option(help="the earlier registration whose half is paid back too")
    ] = "",
    config: ConfigFile = DEFAULT_CONFIG,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """You have seen the certificates: the sums are right, and may be paid."""
    if bool(cases) == all_clear:
        raise typer.BadParameter("name cases, or say --all-clear")
    if without_earlier and earlier_case:
        raise typer.BadParameter("either --without-earlier or --earlier-case")
    said = without_earlier or earlier_case
    earlier = refunding.Earlier(earlier_case) if said else None
    with desk(config) as staff:
        report = refunding.verify(staff, cases or (), why=why, earlier=earlier, dry_run=dry_run)
    tell(report, as_json=as_json, dry_run=dry_run)


@app.command()
def refuse(
    case: CaseNo,
    why: Why,
    reason: Annotated[list[str], typer.Option(help="a code, told to the student; repeatable")],
    note: Annotated[str, typer.Option(help="a sentence to the student")] = "",
    config: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """Refuse an application and say why."""
    with desk(config) as staff:
        print(refunding.refuse(staff, case, reasons=reason, note=note, why=why))


@app.command()
def reopen(case: CaseNo, why: Why, config: ConfigFile = DEFAULT_CONFIG) -> None:
    """Another chance: a void one is invited again, a refused one is applied again."""
    with desk(config) as staff:
        print(refunding.reopen(staff, case, why=why))


@app.command()
def close(
    config: ConfigFile = DEFAULT_CONFIG, dry_run: DryRun = False, as_json: Json = False
) -> None:
    """Windows that ended without an application become void, with a letter."""
    with desk(config) as staff:
        report = refunding.close_window(staff, dry_run=dry_run)
    tell(report, as_json=as_json, dry_run=dry_run)


@app.command()
def account(
    case: CaseNo,
    why: Why,
    bank: Annotated[str, typer.Option(prompt="銀行代碼", help="code of the bank")],
    number: Annotated[
        str,
        typer.Option(
            prompt="帳號", confirmation_prompt="再輸入一次帳號", help="asked for when left out"
        ),
    ],
    holder: Annotated[str, typer.Option(prompt="戶名", help="whose account it is")],
    config: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """Enter an account by hand; a second person must confirm it."""
    with desk(config) as staff:
        print(paying.enter_account(staff, case, bank=bank, account=number, holder=holder, why=why))


@app.command()
def confirm(case: CaseNo, why: Why, config: ConfigFile = DEFAULT_CONFIG) -> None:
    """Vouch for an account that waits; never one that you have entered yourself."""
    with desk(config) as staff:
        print(paying.confirm_account(staff, case, why=why))


@app.command("ask-account")
def ask_account(case: CaseNo, why: Why, config: ConfigFile = DEFAULT_CONFIG) -> None:
    """Send the button for the account again, to the registered address."""
    with desk(config) as staff:
        print(paying.ask_account(staff, case, why=why))


@app.command()
def payout(
    out: Folder = HERE,
    again: Annotated[str, typer.Option(help="write an earlier list once more")] = "",
    config: ConfigFile = DEFAULT_CONFIG,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """A list for the accountant (XLSX and CSV) of everything verified with an account."""
    with desk(config) as staff:
        made = paying.payout_again(staff, again) if again else paying.payout(staff, dry_run=dry_run)
    files = [] if dry_run else write_all(out, _files(made))
    if as_json:
        told = {"number": made.number, "count": len(made.rows), "total": made.total}
        json_lines([told | {"left_out": made.left_out, "files": [str(one) for one in files]}])
        return
    would = "（試算，未執行）" if dry_run else ""
    print(f"{made.number}：{len(made.rows)} 筆，合計 NT$ {made.total:,}{would}")
    for path in files:
        print(path)
    for number, reason in made.left_out.items():
        print(f"未列入 {number}：{reason}")


@app.command()
def paid(
    number: Annotated[str, typer.Argument(help="the list's number")],
    why: Why,
    on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="the day the money left")],
    besides: Annotated[
        list[str] | None, typer.Option("--except", help="a case whose money came back")
    ] = None,
    config: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """The accountant has paid a list: everybody on it is told."""
    with desk(config) as staff:
        report = paying.paid(staff, number, on=on.date(), why=why, besides=besides or ())
    tell(report, as_json=as_json)


@app.command()
def returned(case: CaseNo, why: Why, config: ConfigFile = DEFAULT_CONFIG) -> None:
    """The bank sent it back: the account is void, the student is asked for another."""
    with desk(config) as staff:
        print(paying.returned(staff, case, why=why))


def _files(made: PayoutList) -> dict[str, bytes]:
    return {
        f"payout-{made.number}.xlsx": to_xlsx(made.number, paying.HEADER, made.rows),
        f"payout-{made.number}.csv": to_csv(paying.HEADER, made.rows),
    }
