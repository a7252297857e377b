"""`mailflow slip …`: slips from the cashier or the bank, slips made here, and looking at one."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from mailflow import saying
from mailflow.cli.office import DEFAULT_CONFIG, ConfigFile, Json, desk, fail
from mailflow.config import Limits
from mailflow.desk.slips import (
    Order,
    ShownSlip,
    SlipReport,
    import_slips,
    make_slips,
    show_slip,
)
from mailflow.desk.visible import visible
from mailflow.sandbox import Sandbox, SandboxError
from mailflow.sheets.slip_table import read_slip_table
from mailflow.slips import Slip
from mailflow.slips.foreign import PaperSlip, TableRow
from mailflow.slips.pages import MAX_BYTES, paper_from_json
from mailflow.slips.remedies import remedy

app = typer.Typer(no_args_is_help=True)

Reissue = Annotated[
    bool, typer.Option("--reissue", help="void slips that were sent and send the new ones")
]
Why = Annotated[str, typer.Option("--why", help="the reason, for the audit; needed to reissue")]

_TABLES = (".csv", ".xlsx")


@app.command("import")
def import_files(
    paths: Annotated[
        list[Path],
        typer.Argument(help="folders and files: PDFs, one per student; CSV or XLSX tables"),
    ],
    config: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="only say what fits and what does not")
    ] = False,
    reissue: Reissue = False,
    why: Why = "",
) -> None:
    """Take in slips that the cashier or the bank made, and send those whose turn it is.

    What differs from its case in any point is listed with the remedy and not sent (exit 1). May
    be repeated: nothing is doubled.
    """
    with desk(config) as staff:
        order = Order(reissue=reissue, rehearse=dry_run, why=why)
        rows, papers, unused = _read(paths)
        report = import_slips(staff, rows, papers, order=order)
    _tell(report, unused, as_json=as_json)


@app.command("make")
def make(
    cases: Annotated[
        list[str] | None, typer.Argument(help="case numbers; without any, all that wait")
    ] = None,
    config: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
    reissue: Reissue = False,
    why: Why = "",
) -> None:
    """Make slips by the bank's rule and send them; confirmed cases get theirs without this.

    With --reissue a case that has its slip gets a new one, with an account of its own.
    """
    with desk(config) as staff:
        order = Order(reissue=reissue, why=why)
        if reissue and not cases:
            raise typer.BadParameter("--reissue is for cases that are named")
        report = make_slips(staff, cases or (), order=order)
    _tell(report, [], as_json=as_json)


@app.command("show")
def show(
    case: Annotated[str, typer.Argument(help="case number")],
    config: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
    out: Annotated[Path | None, typer.Option(help="write the PDF of the letter here")] = None,
) -> None:
    """What a student owes, the slips that are void, and the page as it goes with the letter."""
    with desk(config) as staff:
        shown = show_slip(staff, case)
    if out:
        _write(shown, out)
    for line in [json.dumps(_facts(shown), ensure_ascii=False)] if as_json else _lines(shown):
        print(line)


def _read(paths: list[Path]) -> tuple[list[TableRow], list[PaperSlip], list[str]]:
    """Rows, papers, and what of the files is neither. Raises ExportError."""
    rows: list[TableRow] = []
    papers: list[PaperSlip] = []
    unused: list[str] = []
    limits = Limits()
    sandbox = Sandbox(megabytes=limits.child_megabytes, imports=("mailflow.slips.pages",))
    try:
        for file in _files(paths):
            if file.suffix.lower() == ".pdf":
                papers.append(_paper(sandbox, file, seconds=limits.parse_seconds))
            elif file.suffix.lower() in _TABLES:
                table = read_slip_table(file)
                rows += table.rows
                unused += [f"{file.name}「{header}」" for header in table.ignored]
            else:
                unused.append(file.name)
    finally:
        sandbox.close()
    return rows, papers, unused


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(f for f in path.iterdir() if f.is_file() and f.name[0] not in ".~")
        elif path.is_file():
            yield path
        else:
            fail(saying.no_file(path))


def _paper(sandbox: Sandbox, file: Path, *, seconds: float) -> PaperSlip:
    """One PDF, read in a child: whoever made it, it may be broken."""
    try:
        if file.stat().st_size > MAX_BYTES:
            return PaperSlip(file.name, b"", problem="pdf_too_large")
        pdf = file.read_bytes()
        answer = sandbox.call("mailflow.slips.pages:read_json", pdf, seconds=seconds)
    except (OSError, SandboxError):
        return PaperSlip(file.name, b"", problem="pdf_unreadable")
    return paper_from_json(answer, place=file.name, pdf=pdf)


def _tell(report: SlipReport, unused: list[str], *, as_json: bool) -> None:
    """What was done, then each misfit with its remedy; exit 1 when there is any."""
    if as_json:
        told = asdict(report)
        for misfit in told["misfits"]:
            misfit["remedy"] = remedy(misfit["code"])
        print(json.dumps(told | {"unused": unused}, ensure_ascii=False))
    else:
        print(
            f"收下 {len(report.put)}，寄出 {len(report.billed)}，換發 {len(report.reissued)}，"
            f"未變 {len(report.unchanged)}，不符 {len(report.misfits)}"
        )
        if unused:
            print("未使用：" + visible("、".join(unused)))
        for one in report.misfits:
            where = " ".join(part for part in (one.case, one.place) if part)
            print(visible(f"✗ {where}：{remedy(one.code)}（{one.code}）"))
    if report.misfits:
        fail(f"{len(report.misfits)} slip problem(s): nothing of those was sent")


def _facts(shown: ShownSlip) -> dict[str, object]:
    return {
        "case": shown.case,
        "state": shown.state,
        **shown.slip.to_dict(),
        "voided": [slip.to_dict() for slip in shown.voided],
        "pdf_bytes": len(shown.pdf),
    }


def _lines(shown: ShownSlip) -> Iterator[str]:
    yield f"案號　{shown.case}（{shown.state}）"
    yield f"應繳　{_told(shown.slip)}"
    for code in shown.slip.barcodes.texts if shown.slip.barcodes else ():
        yield f"條碼　{code}"
    for slip in shown.voided:
        yield f"作廢　{_told(slip)}"


def _told(slip: Slip) -> str:
    return visible(f"{slip.amount} 元，{slip.bank} 帳號 {slip.account}，期限 {slip.due_on}")


def _write(shown: ShownSlip, out: Path) -> None:
    if not shown.pdf:
        fail(f"{shown.case}: this slip has no page; its letter says all there is")
    try:
        out.touch(mode=0o600)
        out.write_bytes(shown.pdf)
    except OSError as error:
        fail(saying.file_trouble(out, error.strerror or ""))
