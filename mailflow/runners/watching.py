"""The watched folder: each new or changed export is taken in once, as `mailflow import` does."""

import hashlib
import logging
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from mailflow.config import Config
from mailflow.runners.loop import Now
from mailflow.sandbox import Sandbox, SandboxError
from mailflow.sheets import FileProblem
from mailflow.sheets.wire import Answer, answer_from_json, file_to_bytes
from mailflow.store import imported_files
from mailflow.store.audit import MACHINE
from mailflow.store.casework import Rules
from mailflow.store.database import Store
from mailflow.store.form_import import import_rows

log = logging.getLogger("mailflow")

_KINDS = (".csv", ".xlsx", ".zip")
_STRIKES = 3
_LARGEST = 30_000_000
_TOO_LARGE = FileProblem(0, "", "", f"檔案超過 {_LARGEST // 1_000_000} MB；請確認是否選對檔案")
_Shape = tuple[int, int, int]  # inode, size, time of change


class Watching:
    """Looks at one folder. Files are only read; what is done is noted by the digest of their bytes
    in the same transaction that takes them in, so a crash repeats nothing."""

    def __init__(self, config: Config, store: Store, rules: Rules, *, now: Now) -> None:
        assert config.imports.folder is not None
        self._folder = config.imports.folder
        self._rest = config.imports.stable_seconds
        self._seconds = 3 * config.limits.parse_seconds  # a whole table, not one mail
        self._store = store
        self._rules = rules
        self._now = now
        self._sandbox = Sandbox(megabytes=config.limits.child_megabytes)
        self._resting: dict[str, tuple[_Shape, float]] = {}
        self._done: dict[str, _Shape] = {}
        self._strikes: dict[str, int] = {}
        self._ends = False

    def adopt(self, rules: Rules) -> None:
        """Go by other rules from the next file on."""
        self._rules = rules

    def finish(self) -> None:
        """Begin no other file."""
        self._ends = True

    def interrupt(self) -> None:
        """Give up the file that is being read; it is taken up again at the next start."""
        self._ends = True
        self._sandbox.interrupt()

    def close(self) -> None:
        self._sandbox.close()

    def step(self) -> bool:
        """Take in one file that has come to rest; False when there is none."""
        for path, shape in self._at_rest():
            if self._ends:
                return False
            content = _read(path, shape)
            if content is None:
                continue  # it changed meanwhile
            if self._take_in(path.name, content):
                self._done[path.name] = shape
                return True
            if self._ends:
                return False
            self._done[path.name] = shape
        return False

    def _at_rest(self) -> Iterator[tuple[Path, _Shape]]:
        """Files that have not changed for a while and were not dealt with, oldest first."""
        seen = time.monotonic()
        shapes = dict(_shapes(self._folder))
        self._resting = {
            name: (shape, self._since(name, shape, seen)) for name, shape in shapes.items()
        }
        for name, shape in sorted(shapes.items(), key=lambda one: one[1][2]):
            if self._done.get(name) != shape and seen - self._resting[name][1] >= self._rest:
                yield self._folder / name, shape

    def _since(self, name: str, shape: _Shape, seen: float) -> float:
        known = self._resting.get(name)
        return known[1] if known and known[0] == shape else seen

    def _take_in(self, name: str, content: bytes) -> bool:
        """False when exactly this file was dealt with before, or the daemon ends."""
        digest = hashlib.sha256(content).hexdigest()
        with self._store.read() as tx:
            if imported_files.known(tx, digest):
                return False
        answer = self._parse(content)
        if answer is None:
            return False
        try:
            self._carry_out(name, content, answer, digest=digest)
        except Exception as error:
            self._strikes[digest] = self._strikes.get(digest, 0) + 1
            if self._strikes[digest] < _STRIKES:
                raise  # the loop tries again; then this file no longer stands before others
            broken = FileProblem(
                0, "", "", f"匯入時發生程式錯誤（{type(error).__name__}）{_REPEATABLE}"
            )
            self._carry_out(name, content, Answer(problems=(broken,)), digest=digest)
        return True

    def _parse(self, content: bytes) -> Answer | None:
        """What the file says; None when the daemon ends. One that kills its reader is refused."""
        if len(content) > _LARGEST:
            return Answer(problems=(_TOO_LARGE,))
        payload = file_to_bytes(content, self._rules.campaign)
        try:
            told = self._sandbox.call(
                "mailflow.sheets.wire:read_bytes", payload, seconds=self._seconds
            )
        except SandboxError as error:
            if self._ends:
                return None
            unread = f"檔案無法讀取（{error}）；請重新下載，或以 mailflow import 匯入"
            return Answer(problems=(FileProblem(0, "", "", unread),))
        return answer_from_json(told)

    def _carry_out(self, name: str, content: bytes, answer: Answer, *, digest: str) -> None:
        """Rows first: a file whose import was stopped is not noted, and so taken in again."""
        now = self._now()
        if answer.export is not None:
            import_rows(self._store, self._rules, answer.export.rows, actor=MACHINE, now=now)
        with self._store.write() as tx:
            tx.one_at_a_time("import")
            if imported_files.known(tx, digest):
                return
            outcome = "refused" if answer.problems else "imported"
            imported_files.note(tx, digest, name=name, size=len(content), outcome=outcome, now=now)
            if answer.export is None:
                imported_files.refuse(tx, name, list(map(str, answer.problems)), now=now)
        log.info("loop=watching file=%s outcome=%s", digest[:16], outcome)


_REPEATABLE = "；部分資料可能已匯入，修正後再匯入一次即可，不會重複"


def _shapes(folder: Path) -> Iterator[tuple[str, _Shape]]:
    """Name and shape of every file that may be an export; none while the folder can't be read."""
    try:
        found = list(os.scandir(folder))
    except OSError as error:
        log.error("loop=watching folder_unreadable=%s", type(error).__name__)
        return
    for entry in found:
        if entry.name.startswith((".", "~")) or not entry.name.lower().endswith(_KINDS):
            continue
        try:
            told = entry.stat(follow_symlinks=False)
        except OSError:
            continue  # gone again
        if stat.S_ISREG(told.st_mode) and told.st_size:
            yield entry.name, (told.st_ino, told.st_size, told.st_mtime_ns)


def _read(path: Path, shape: _Shape) -> bytes | None:
    """The bytes, if the file is still what it was; one byte more than is allowed says too large."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
            content = file.read(_LARGEST + 1)
            told = os.fstat(file.fileno())
    except OSError:
        return None
    return content if (told.st_ino, told.st_size, told.st_mtime_ns) == shape else None
