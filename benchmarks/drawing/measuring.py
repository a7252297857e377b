"""Pictures through the real door: the sandboxed child that the daemon reads proofs with."""

import os
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from mailflow.config import Limits
from mailflow.receipts import wire
from mailflow.receipts.installed import ENGINES
from mailflow.receipts.result import Expectation, Proof
from mailflow.sandbox import Sandbox, SandboxError

_TICKS = os.sysconf("SC_CLK_TCK")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the reader said of one picture. `failure` is the sandbox's code when it said nothing:
    the daemon then holds the mail for a person. Seconds of wall and of processor; peak in MiB."""

    proof: Proof | None
    failure: str | None
    seconds: float
    cpu: float
    peak: float

    @property
    def verdict(self) -> str:
        """accept, ask or flag."""
        return str(self.proof.verdict) if self.proof and self.proof.verdict else "flag"


def expectation(due: dict[str, Any]) -> Expectation:
    """What the label says that is owed; the days where it tells them."""
    days = (date.fromisoformat(due[key]) if key in due else None for key in ("from", "until"))
    return Expectation(due["amount"], due["account"], due["bank"], *days)


class Reading:
    """One child for one thread; what it uses is taken from its account in /proc."""

    def __init__(self, engines: tuple[str, ...] = ENGINES) -> None:
        self._engines = engines
        limits = Limits()
        self._seconds = float(limits.picture_seconds)
        self._sandbox = Sandbox(
            megabytes=limits.child_megabytes, imports=("mailflow.receipts.wire",)
        )

    def __enter__(self) -> "Reading":
        self._sandbox.warm()
        return self

    def __exit__(self, *_: object) -> None:
        self._sandbox.close()

    def read(self, content: bytes, expected: Expectation | None) -> Outcome:
        """Never raises for what the picture does to the child. Who is too late is asked again:
        the machine may have slept; a picture that hangs is too late twice."""
        outcome = self._read(content, expected)
        return self._read(content, expected) if outcome.failure == "timeout" else outcome

    def _read(self, content: bytes, expected: Expectation | None) -> Outcome:
        request = wire.request_to_json(wire.Request(content, expected, engines=self._engines))
        begun, used, proof, failure = time.monotonic(), self._used(), None, None
        try:
            answer = self._sandbox.call(
                "mailflow.receipts.child:read_json", request, seconds=self._seconds
            )
            proof = wire.proof_from_json(answer)
        except SandboxError as error:
            failure = str(error)
        cpu = max(0.0, self._used() - used)
        return Outcome(proof, failure, time.monotonic() - begun, cpu, self._peak())

    def _child(self) -> int | None:
        child = self._sandbox._child  # no public door: its number is of use to a measure alone
        return child.pid if child else None

    def _used(self) -> float:
        """Seconds of processor of the child and of all it has started and seen ended."""
        try:
            told = Path(f"/proc/{self._child()}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return sum(int(ticks) for ticks in told[11:15]) / _TICKS

    def _peak(self) -> float:
        try:
            lines = Path(f"/proc/{self._child()}/status").read_text().splitlines()
        except OSError:
            return 0.0
        return next((int(x.split()[1]) / 1024 for x in lines if x.startswith("VmHWM")), 0.0)


def measured(
    makers: Sequence[Callable[[], T]],
    content_of: Callable[[T], tuple[bytes, Expectation | None]],
    *,
    workers: int,
    engines: tuple[str, ...] = ENGINES,
) -> Iterator[tuple[T, Outcome]]:
    """Each thing made, and what a child said of it; in no order, `workers` at a time."""
    waiting: queue.SimpleQueue[Callable[[], T]] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[T, Outcome] | BaseException] = queue.SimpleQueue()
    for maker in makers:
        waiting.put(maker)

    def work() -> None:
        try:
            with Reading(engines) as reading:
                while True:
                    made = waiting.get_nowait()()
                    done.put((made, reading.read(*content_of(made))))
        except queue.Empty:
            return
        except BaseException as error:  # told to the one who waits
            done.put(error)

    for _ in range(workers):
        threading.Thread(target=work, daemon=True).start()
    for _ in makers:
        found = done.get()
        if isinstance(found, BaseException):
            raise found
        yield found
