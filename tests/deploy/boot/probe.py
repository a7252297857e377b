"""Stands in for the daemon inside its unit: does what the daemon does and tries what it may not.

Writes what happened to report-<run>.json in the state folder. The first run then stops giving signs
of life, so that the watchdog must end it; later ones go on until they are told to stop.
"""

import importlib.util
import io
import json
import os
import signal
import socket
import sqlite3
import stat
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

STATE = Path(os.environ["STATE_DIRECTORY"])


def tell_systemd(text: str) -> None:
    address = os.environ["NOTIFY_SOCKET"]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
        notify.connect("\0" + address[1:] if address[0] == "@" else address)
        notify.send(text.encode())


def reads_pictures() -> str:
    import pytesseract
    from PIL import Image, ImageDraw, ImageFont

    (font,) = list(Path("/usr/share/fonts").rglob("NotoSansCJK-Regular.ttc"))[:1]
    picture = Image.new("RGB", (700, 120), "white")
    ImageDraw.Draw(picture).text(
        (20, 30), "轉帳金額 600 元", "black", ImageFont.truetype(str(font), 48)
    )
    return str(pytesseract.image_to_string(picture, lang="chi_tra+eng", config="--psm 7")).strip()


def renders_pdf() -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 100)
    stream = io.BytesIO()
    document.save(stream)
    return str(pypdfium2.PdfDocument(stream.getvalue())[0].render(scale=1).to_pil().size)


def reads_heic() -> str:
    import pillow_heif
    from PIL import Image

    pillow_heif.register_heif_opener()
    stream = io.BytesIO()
    Image.new("RGB", (64, 32), "red").save(stream, "HEIF")
    return str(Image.open(stream).convert("RGB").size)


def contains_a_call() -> str:
    from mailflow.sandbox import Sandbox

    sandbox = Sandbox(megabytes=2048)
    try:
        return str(sandbox.call("base64:b64encode", b"hello", seconds=30))
    finally:
        sandbox.close()


def reads_with_models() -> str:
    from PIL import Image, ImageDraw

    from mailflow.receipts.rapid import Rapid

    page = Image.new("RGB", (400, 120), "white")
    ImageDraw.Draw(page).text((20, 30), "NT$ 1,600", fill="black", font_size=48)
    sheets = Rapid().read_page(page)
    return str("1,600" in str(sheets))


def keeps_a_database() -> str:
    with sqlite3.connect(STATE / "probe.sqlite") as database:
        mode = database.execute("PRAGMA journal_mode=WAL").fetchone()[0]
        database.execute("CREATE TABLE IF NOT EXISTS kept (line TEXT)")
        database.execute("INSERT INTO kept VALUES ('x')")
    return str(mode)


def reads_its_configuration() -> str:
    from mailflow.config import load_config, read_secret

    config = load_config(Path("/etc/mailflow/config.toml"))
    assert config.imap.password_file
    return f"{config.imap.password_file} {read_secret(config.imap.password_file)}"


def calls_out() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
    return "connected"


def writes_to_etc() -> str:
    return str(Path("/etc/mailflow/config.toml").write_text("office = 'thief@example.org'"))


def looks_into_root() -> str:
    return str(sorted(Path("/root").iterdir()))


def runs_what_it_wrote() -> str:
    script = STATE / "script"
    script.write_text("#!/bin/sh\nexit 0\n")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return str(subprocess.run([script], check=False).returncode)


def makes_memory_executable() -> str:
    import mmap

    with mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC):
        return "mapped"


def opens_a_raw_socket() -> str:
    socket.socket(socket.AF_PACKET, socket.SOCK_RAW).close()
    return "opened"


MAY = (
    reads_pictures,
    renders_pdf,
    reads_heic,
    contains_a_call,
    reads_with_models,
    keeps_a_database,
    reads_its_configuration,
    calls_out,
)
MAY_NOT = (
    writes_to_etc,
    looks_into_root,
    runs_what_it_wrote,
    makes_memory_executable,
    opens_a_raw_socket,
)


def tried(action: Callable[[], str]) -> list[str]:
    try:
        return ["done", action()]
    except Exception as error:
        return ["refused", f"{type(error).__name__}: {error}"]


def main() -> None:
    run = len(list(STATE.glob("report-*.json"))) + 1
    report = {action.__name__: tried(action) for action in (*MAY, *MAY_NOT)} if run == 1 else {}
    (STATE / f"report-{run}.json").write_text(json.dumps(report))
    signal.signal(signal.SIGTERM, lambda *_: (STATE / "stopped").touch() or os._exit(0))
    tell_systemd("READY=1\nSTATUS=reading mail")
    while True:
        time.sleep(0.5)
        if run > 1:
            tell_systemd("WATCHDOG=1")


assert importlib.util.find_spec("mailflow")
main()
