"""Run a function in a child with time, memory and process limits.

Parsing of hostile mail and all picture work go through here: the child may hang, eat memory or
die, and only this one call fails. Bytes go in and bytes come out (no pickle, so a child that was
taken over can't run anything in the parent). The child sees no secrets: its environment is bare.
Its temporary files stand in a folder of its own that goes when the child goes.
"""

import ctypes
import importlib
import os
import resource
import selectors
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO

_HEAD = struct.Struct(">BI")  # status, length
_OK, _RAISED = 0, 1
_MAX_ANSWER = 128 * 1024 * 1024


class SandboxError(RuntimeError):
    """The call failed; the text is a code that is safe to log (`timeout`, `died`, `raised …`)."""


class Sandbox:
    """One child at a time, started when first needed and again after it had to be killed.

    A child imports the modules named in `imports` before it is asked anything. Not safe for
    several threads: every worker has its own.
    """

    def __init__(self, *, megabytes: int, calls: int = 1000, imports: tuple[str, ...] = ()) -> None:
        self._megabytes = megabytes
        self._imports = imports
        self._calls = calls
        self._left = 0
        self._child: subprocess.Popen[bytes] | None = None
        self._folder: str | None = None

    def call(self, target: str, payload: bytes, *, seconds: float) -> bytes:
        """`target` is `package.module:function`, bytes to bytes; raises SandboxError."""
        child = self._ready()
        self._left -= 1
        name = target.encode()
        deadline = time.monotonic() + seconds
        try:
            _write(child, struct.pack(">HI", len(name), len(payload)) + name + payload, deadline)
            status, answer = self._answer(child, deadline)
        except (OSError, SandboxError) as error:
            self.close()
            raise SandboxError(str(error) if isinstance(error, SandboxError) else "died") from error
        if status == _RAISED:
            raise SandboxError(f"raised {answer.decode(errors='replace')}")
        return answer

    def warm(self) -> None:
        """Start the child before it is needed."""
        self._ready()

    def interrupt(self) -> None:
        """Let the call that is going on fail; the only method for another thread."""
        child = self._child
        if child is not None and child.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)

    def close(self) -> None:
        """Kill the child and everything it has started, and remove what they left in its folder."""
        if self._child is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._child.pid, signal.SIGKILL)
            self._child.wait()
            for pipe in (self._child.stdin, self._child.stdout):
                if pipe:
                    pipe.close()
            self._child = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._left > 0 and self._child.poll() is None:
            return self._child
        self.close()
        self._left = self._calls
        self._folder = tempfile.mkdtemp(prefix="mailflow-")  # for this user's eyes alone
        self._child = subprocess.Popen(
            [sys.executable, "-m", "mailflow.sandbox", str(self._megabytes), *self._imports],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            env=_bare_environment(self._folder),
            bufsize=0,
        )
        assert self._child.stdin is not None
        os.set_blocking(self._child.stdin.fileno(), False)
        return self._child

    def _answer(self, child: subprocess.Popen[bytes], deadline: float) -> tuple[int, bytes]:
        status, length = _HEAD.unpack(_read(child, _HEAD.size, deadline))
        if length > _MAX_ANSWER:
            raise SandboxError("answer_too_large")
        return status, _read(child, length, deadline)


def _bare_environment(folder: str) -> dict[str, str]:
    kept = ("PATH", "TESSDATA_PREFIX", "PYTHONPATH", "VIRTUAL_ENV")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "LANG": "C.UTF-8",
        "OMP_THREAD_LIMIT": "1",
        "TMPDIR": folder,
    }


def _write(child: subprocess.Popen[bytes], data: bytes, deadline: float) -> None:
    assert child.stdin is not None
    view = memoryview(data)
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdin, selectors.EVENT_WRITE)
        while view:
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise SandboxError("timeout")
            view = view[os.write(child.stdin.fileno(), view) :]


def _read(child: subprocess.Popen[bytes], count: int, deadline: float) -> bytes:
    assert child.stdout is not None
    pieces = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while len(pieces) < count:
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise SandboxError("timeout")
            piece = os.read(child.stdout.fileno(), min(1 << 20, count - len(pieces)))
            if not piece:
                raise SandboxError("died")
            pieces += piece
    return bytes(pieces)


# The child's side.


def _child_main(megabytes: int, imports: list[str]) -> None:
    _limit(megabytes)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not garble the answers
    functions: dict[str, Callable[[bytes], bytes]] = {}
    for module in imports:
        importlib.import_module(module)
    requests = sys.stdin.buffer
    while head := requests.read(6):
        name_length, length = struct.unpack(">HI", head)
        target = requests.read(name_length).decode()
        payload = requests.read(length)
        try:
            status, answer = _OK, _function(target, functions)(payload)
        except (Exception, RecursionError) as error:  # reported to the parent, which decides
            status, answer = _RAISED, type(error).__name__.encode()
        _send(answers, status, answer)


def _function(target: str, known: dict[str, Callable[[bytes], bytes]]) -> Callable[[bytes], bytes]:
    if target not in known:
        module, _, name = target.partition(":")
        known[target] = getattr(importlib.import_module(module), name)
    return known[target]


def _send(answers: BinaryIO, status: int, answer: bytes) -> None:
    answers.write(_HEAD.pack(status, len(answer)))
    answers.write(answer)
    answers.flush()


def _limit(megabytes: int) -> None:
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    # Die with the parent, even in the middle of a picture.
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


if __name__ == "__main__":
    _child_main(int(sys.argv[1]), sys.argv[2:])
