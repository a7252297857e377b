"""`mailflow run` as a process of its own, which may be killed at any instant."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from stories.running import RunningOffice

PATIENCE = 60.0


class Zygote:
    """See `zygote.py`."""

    def __enter__(self) -> Self:
        script = Path(__file__).parent / "zygote.py"
        self._process = subprocess.Popen(
            [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def ask(self, **question: Any) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


@dataclass
class DaemonProcess:
    """One `mailflow run` of an office; `failpoint` is where it will die."""

    zygote: Zygote
    office: RunningOffice
    failpoint: str = ""
    ended: int | None = field(default=None, init=False)

    def __enter__(self) -> Self:
        self._log = self.office.folder / "daemon.log"
        self._log_from = self._log.stat().st_size if self._log.exists() else 0
        command = ["mailflow", "run", "--config", str(self.office.config_file)]
        env = {"MAILFLOW_FAILPOINT": self.failpoint}
        self.pid = self.zygote.ask(start=command, env=env, log=str(self._log))
        return self

    def __exit__(self, *_: object) -> None:
        if not self.has_ended():
            os.kill(self.pid, signal.SIGKILL)
            self.ends()

    def has_ended(self) -> bool:
        if self.ended is None:
            self.ended = self.zygote.ask(poll=self.pid)
        return self.ended is not None

    def ends(self) -> int:
        """Wait for the end; the exit code, or minus the signal."""
        until = time.monotonic() + PATIENCE
        while not self.has_ended():
            assert time.monotonic() < until, f"it lives: {self.office.told()}\n{self.log()}"
            time.sleep(0.01)
        assert self.ended is not None
        return self.ended

    def kill(self, number: int = signal.SIGKILL) -> None:
        os.kill(self.pid, number)

    def log(self) -> str:
        with self._log.open(errors="replace") as file:
            file.seek(self._log_from)
            return file.read()

    def is_ready(self) -> bool:
        return "daemon=ready" in self.log()
