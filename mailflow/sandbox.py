"""Run a function in a child with time, memory and process limits.

Parsing of hostile mail and all picture work go through here: the child may hang, eat memory or
die, and only this one call fails. Bytes go in and bytes come out (no pickle, so a child that was
taken over can't run anything in the parent). The child sees no secrets: its environment is bare.
Its temporary files stand in a folder of its own that goes when the child goes.
"""

import ctypes
import fcntl
import importlib
import os
import resource
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
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
        self._child: _Child | None = None
        self._folder: str | None = None

    def call(self, target: str, payload: bytes, *, seconds: float) -> bytes:
        """`target` is `package.module:function`, bytes to bytes; raises SandboxError."""
        (answer,) = self.calls(target, (payload,), seconds=seconds)
        if isinstance(answer, SandboxError):
            raise answer
        return answer

    def calls(
        self, target: str, payloads: Sequence[bytes], *, seconds: float
    ) -> Iterator[bytes | SandboxError]:
        """For each payload in order its answer, or the error in its place.

        The child works ahead while the caller is busy with an answer. Each is waited for as long
        as `seconds`; one that hangs or dies fails alone, and a new child is asked for the rest.
        """
        at = 0
        while at < len(payloads):
            child = self._ready()
            some = payloads[at : at + self._left]
            self._left -= len(some)
            for payload in some:
                child.ask(target, payload)
            for _ in some:
                answer = self._answer(child, time.monotonic() + seconds)
                at += 1
                try:
                    yield answer
                except GeneratorExit:
                    self.close()  # it may still work on what nobody waits for
                    raise
                if self._child is not child:
                    break

    def _answer(self, child: "_Child", deadline: float) -> bytes | SandboxError:
        try:
            status, answer = child.answer(deadline)
        except (OSError, SandboxError) as error:
            self.close()
            return error if isinstance(error, SandboxError) else SandboxError("died")
        if status == _RAISED:
            return SandboxError(f"raised {answer.decode(errors='replace')}")
        return answer

    def warm(self) -> None:
        """Start the child before it is needed."""
        self._ready()

    def interrupt(self) -> None:
        """Let the call that is going on fail; the only method for another thread."""
        child = self._child
        if child is not None:
            child.kill()

    def close(self) -> None:
        """Kill the child and everything it has started, and remove what they left in its folder."""
        if self._child is not None:
            self._child.close()
            self._child = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _ready(self) -> "_Child":
        if self._child is not None and self._left > 0 and self._child.is_alive():
            return self._child
        self.close()
        self._left = self._calls
        self._folder = tempfile.mkdtemp(prefix="mailflow-")  # for this user's eyes alone
        command = [sys.executable, "-m", "mailflow.sandbox", str(self._megabytes), *self._imports]
        self._child = _Child(command, _bare_environment(self._folder))
        return self._child


class _Child:
    """The process and its pipes. Questions wait here until there is room for them, so that neither
    side ever waits for the other to read."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            env=environment,
            bufsize=0,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._in, self._out = self._process.stdin.fileno(), self._process.stdout.fileno()
        self._unsent: deque[memoryview] = deque()
        os.set_blocking(self._in, False)
        for pipe in (self._in, self._out):
            with suppress(OSError):  # a wish: room for questions and answers ahead
                fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, 1 << 20)

    def ask(self, target: str, payload: bytes) -> None:
        """Queue a question; its answer comes after those asked before."""
        name = target.encode()
        head = struct.pack(">HI", len(name), len(payload))
        self._unsent.append(memoryview(head + name + payload))

    def answer(self, deadline: float) -> tuple[int, bytes]:
        """Status and bytes of the next answer; raises SandboxError or OSError."""
        status, length = _HEAD.unpack(self._read(_HEAD.size, deadline))
        if length > _MAX_ANSWER:
            raise SandboxError("answer_too_large")
        answer = self._read(length, deadline)
        with suppress(OSError):  # of a child that died after this answer the next call will tell
            self._send()  # what it can work on while the caller is busy
        return status, answer

    def _read(self, count: int, deadline: float) -> bytes:
        pieces = bytearray()
        while len(pieces) < count:
            self._wait(deadline)
            piece = os.read(self._out, min(1 << 20, count - len(pieces)))
            if not piece:
                raise SandboxError("died")
            pieces += piece
        return bytes(pieces)

    def _wait(self, deadline: float) -> None:
        """Until there is something to read; send meanwhile what the child has room for."""
        while True:
            self._send()
            poll = select.poll()
            poll.register(self._out, select.POLLIN)
            if self._unsent:
                poll.register(self._in, select.POLLOUT)
            ready = poll.poll(1000 * max(0.0, deadline - time.monotonic()))
            if not ready:
                raise SandboxError("timeout")
            if any(descriptor == self._out for descriptor, _ in ready):
                return

    def _send(self) -> None:
        with suppress(BlockingIOError):
            while self._unsent:
                sent = os.write(self._in, self._unsent[0])
                self._unsent[0] = self._unsent[0][sent:]
                if not self._unsent[0]:
                    self._unsent.popleft()

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        """Kill it and all that it started; its pipes are closed."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()


def _bare_environment(folder: str) -> dict[str, str]:
    kept = ("PATH", "TESSDATA_PREFIX", "PYTHONPATH", "VIRTUAL_ENV")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "LANG": "C.UTF-8",
        "OMP_THREAD_LIMIT": "1",
        "TMPDIR": folder,
    }


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
