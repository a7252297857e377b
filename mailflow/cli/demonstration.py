"""`mailflow demo`: the whole job on this machine, with sample students."""

import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mailflow.cli.office import fail
from mailflow.logs import set_up_logs

if TYPE_CHECKING:
    from mailflow.demo.play import Ending


def demo(
    once: Annotated[bool, typer.Option("--once", help="end by itself with a summary")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="keep the office's folder")] = False,
    port: Annotated[
        int, typer.Option(min=0, max=65534, help="IMAP here, SMTP on the next port (0: any)")
    ] = 0,
) -> None:
    """Own mail servers, a sample campaign, a dozen students: watch what happens."""
    set_up_logs(verbose=False, quiet=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    folder = Path(tempfile.mkdtemp(prefix="mailflow-demo-"))
    try:
        _show(folder, port, once=once, keep=keep)
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def _show(folder: Path, port: int, *, once: bool, keep: bool) -> None:
    # The mail servers are heavy to load, and no other command needs them.
    from mailflow.demo.office import SandboxOffice
    from mailflow.demo.play import Play

    console = Console()
    office = SandboxOffice(folder, imap_port=port, smtp_port=port + 1 if port else 0)
    if shutil.which("tesseract") is None:
        console.print("[yellow]沒有 tesseract 複核金額：較多繳費證明將交由人員處理[/]")
    begun = time.monotonic()

    def tell(sender: str, to: str, what: str) -> None:
        clock = f"[dim]{time.monotonic() - begun:6.1f}s[/]"
        who = escape(f"{sender} → {to}")
        console.print(f"{clock} {who}  [bold]{escape(what)}[/]", highlight=False)

    try:
        office.open()
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        fail(f"the mail servers can't open ports {port} and {port + 1}: {error}; try --port 0")
    try:
        console.print(_summary(Play(office, tell).perform()))
        if keep or not once:
            queue = f"./dev mailflow queue list --config {office.config_file}"
            console.print(f"承辦人待處理清單：[bold]{queue}[/]", highlight=False, soft_wrap=True)
        if not once:
            console.print("示範辦公室持續運作中，按 Ctrl-C 結束。")
            _wait()
    finally:
        office.close()


def _wait() -> None:
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        return


def _summary(endings: "list[Ending]") -> Table:
    table = Table(title="每位同學的結果")
    for heading in ("學生", "故事", "案號", "狀態", "來信", "待人員處理"):
        table.add_column(heading, overflow="fold")
    for ending in endings:
        table.add_row(
            ending.student.name,
            ending.student.story,
            ending.case,
            f"[green]{ending.state}[/]" if ending.alone else str(ending.state),
            str(ending.letters),
            " ".join(ending.waiting),
        )
    alone = sum(ending.alone for ending in endings)
    table.caption = f"{alone} / {len(endings)} 位不需人員介入"
    return table
