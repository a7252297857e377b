"""Starts `mailflow run` often and quickly: the libraries are imported once, then it forks.

mailflow itself is imported after the fork, so that each process reads its own environment as if it
had been started from a shell. One JSON line asks, one answers:
`{"start": [argv…], "env": {…}, "log": path}` → process id; `{"poll": pid}` → exit code or null
(-9 after SIGKILL).
"""

import importlib
import json
import os
import sys

LIBRARIES = (
    "aiosmtplib", "aiosmtpd.smtp", "alembic.command", "holidays", "imapclient", "jinja2",
    "mailparser", "openpyxl", "phonenumbers", "PIL.Image", "psycopg", "pydantic_settings",
    "pymap.imap", "rich.table", "sqlmodel", "typer",
)  # fmt: skip


def start(argv: list[str], env: dict[str, str], log: str) -> int:
    pid = os.fork()
    if pid:
        return pid
    os.setsid()
    os.environ.update(env)
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in (1, 2):
        os.dup2(out, number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.argv = argv
    from mailflow.cli import main

    try:
        main()
    except SystemExit as end:
        os._exit(end.code if isinstance(end.code, int) else bool(end.code))
    os._exit(0)


def poll(pid: int) -> int | None:
    found, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


def main() -> None:
    for name in LIBRARIES:
        importlib.import_module(name)
    for line in sys.stdin:
        asked = json.loads(line)
        if "start" in asked:
            answer = start(asked["start"], asked["env"], asked["log"])
        else:
            answer = poll(asked["poll"])
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
