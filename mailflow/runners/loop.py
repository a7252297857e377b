"""What every loop of the daemon has in common: run a step, wait for news, show progress, stop."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

log = logging.getLogger("mailflow")

Now = Callable[[], datetime]


def utc_now() -> datetime:
    """The wall clock; tests and the demo hand in another one."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Bell:
    """Rung when there may be work; several rings before a look count as one."""

    _event: threading.Event = field(default_factory=threading.Event)

    def ring(self) -> None:
        self._event.set()

    def wait(self, seconds: float) -> None:
        self._event.wait(seconds)
        self._event.clear()


@dataclass(slots=True)
class Progress:
    """When each loop last came round; the watchdog is fed only while all of them do."""

    limits: dict[str, float] = field(default_factory=dict)
    _beats: dict[str, float] = field(default_factory=dict)

    def expect(self, name: str, *, within: float) -> None:
        self.limits[name] = within
        self.beat(name)

    def beat(self, name: str) -> None:
        self._beats[name] = time.monotonic()

    def stuck(self) -> list[str]:
        """Loops that have not come round in time."""
        now = time.monotonic()
        return [name for name, limit in self.limits.items() if now - self._beats[name] > limit]


@dataclass(slots=True)
class Loop:
    """Calls `step` until it says there is nothing to do, then waits for the bell or `pause`.

    The one place that catches everything: a step that raises is logged by the name of its error
    (never by its text, which may hold personal data) and tried again after a growing pause.
    """

    name: str
    step: Callable[[], bool]
    bell: Bell
    progress: Progress
    pause: float

    def run(self, stop: threading.Event) -> None:
        failures = 0
        while not stop.is_set():
            self.progress.beat(self.name)
            try:
                busy = self.step()
                failures = 0
            except Exception as error:
                failures += 1
                busy = False
                where = _place(error)
                log.error("loop=%s error=%s at=%s failures=%d", self.name, type(error).__name__,
                          where, failures)  # fmt: skip
            if not busy and not stop.is_set():
                self.bell.wait(min(30.0, 2.0**failures) if failures else self.pause)


def _place(error: BaseException) -> str:
    """Where it happened, without any value."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
