"""Run a function in a child with time, memory and process limits.

Parsing of hostile mail and all picture work go through here: the child may hang, eat memory or
die, and only this one call fails. Bytes go in and bytes come out (no pickle, so a child that was
taken over can't run anything in the parent). The child sees no secrets: its environment is bare.
Its temporary files stand in a folder of its own that goes when the child goes.
"""

import ctypes
import fcntl
import importlib
import itertools
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
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO, NamedTuple

_ASK = struct.Struct(">QHI")  # ticket, lengths of name and payload
_ANSWER = struct.Struct(">BQI")  # status, ticket, length
_OK, _RAISED = 0, 1
_MAX_ANSWER = 128 * 1024 * 1024


class SandboxError(RuntimeError):
    """The call failed; the text is a code that is safe to log (`timeout`, `died`, `raised …`)."""


class _Question(NamedTuple):
    ticket: int
    target: str
    payload: bytes
    seconds: float


class Sandbox:
    """One child at a time, started when first needed and again after it had to be killed.

    It works on questions in the order in which they were asked, ahead of the caller. One that hangs
    or dies fails alone: a new child is asked those behind it.
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
        self._ticket = 0
        self._asked: deque[_Question] = deque()
        self._sent = 0  # so many of them, the oldest, lie with the present child

    def call(self, target: str, payload: bytes, *, seconds: float) -> bytes:
        """`target` is `package.module:function`, bytes to bytes; raises SandboxError."""
        return self.answer(self.ask(target, payload, seconds=seconds))

    def ask(self, target: str, payload: bytes, *, seconds: float) -> int:
        """Put a question; `answer` takes the ticket, and waits for as long as `seconds`."""
        self._ticket += 1
        self._asked.append(_Question(self._ticket, target, payload, seconds))
        with suppress(OSError):  # no child can be started: who waits for the answer will know
            self._ready()
        return self._ticket

    def answer(self, ticket: int) -> bytes:
        """The answer to that question; raises SandboxError in its place.

        Older questions are given up, so that nobody ever gets the answer to another's.
        """
        while self._asked and self._asked[0].ticket != ticket:
            with suppress(SandboxError):
                self._oldest_answer()
        if not self._asked:
            raise SandboxError("not_asked")
        return self._oldest_answer()

    def _oldest_answer(self) -> bytes:
        question = self._asked[0]
        try:
            deadline = time.monotonic() + question.seconds
            status, answer = self._ready().answer(question.ticket, deadline)
            self._sent -= 1
        except (OSError, SandboxError) as error:
            self._end_child()
            raise SandboxError(str(error) if isinstance(error, SandboxError) else "died") from error
        finally:
            self._asked.popleft()
        if status == _RAISED:
            raise SandboxError(f"raised {answer.decode(errors='replace')}")
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
        """Forget every question, kill the child and everything it has started, and remove what
        they left in its folder."""
        self._asked.clear()
        self._end_child()

    def _ready(self) -> "_Child":
        """A child that knows the open questions: all, or as many as it may still be asked."""
        worn_out = self._child is not None and (self._left <= 0 or not self._child.is_alive())
        if worn_out and self._sent == 0:
            self._end_child()
        if self._child is None:
            self._child = self._started()
        for question in itertools.islice(self._asked, self._sent, self._sent + self._left):
            self._child.put(question)
            self._sent += 1
            self._left -= 1
        return self._child

    def _started(self) -> "_Child":
        self._left = self._calls
        self._folder = tempfile.mkdtemp(prefix="mailflow-")  # for this user's eyes alone
        command = [sys.executable, "-m", "mailflow.sandbox", str(self._megabytes), *self._imports]
        return _Child(command, _bare_environment(self._folder))

    def _end_child(self) -> None:
        self._sent = 0
        if self._child is not None:
            self._child.close()
            self._child = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


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

    def put(self, question: _Question) -> None:
        """Send a question, as far as there is room; its answer comes after those put before."""
        name = question.target.encode()
        head = _ASK.pack(question.ticket, len(name), len(question.payload))
        self._unsent.append(memoryview(head + name + question.payload))
        with suppress(OSError):  # a child that has died will be found out by who waits for it
            self._send()

    def answer(self, ticket: int, deadline: float) -> tuple[int, bytes]:
        """Status and bytes of the next answer; raises SandboxError or OSError."""
        status, answered, length = _ANSWER.unpack(self._read(_ANSWER.size, deadline))
        if answered != ticket:
            raise SandboxError("answered_another_question")
        if length > _MAX_ANSWER:
            raise SandboxError("answer_too_large")
        answer = self._read(length, deadline)
        with suppress(OSError):
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
        "OPENBLAS_NUM_THREADS": "1",
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
    while head := requests.read(_ASK.size):
        ticket, name_length, length = _ASK.unpack(head)
        target = requests.read(name_length).decode()
        payload = requests.read(length)
        try:
            status, answer = _OK, _function(target, functions)(payload)
        except (Exception, RecursionError) as error:  # reported to the parent, which decides
            status, answer = _RAISED, type(error).__name__.encode()
        _send(answers, _ANSWER.pack(status, ticket, len(answer)), answer)


def _function(target: str, known: dict[str, Callable[[bytes], bytes]]) -> Callable[[bytes], bytes]:
    if target not in known:
        module, _, name = target.partition(":")
        known[target] = getattr(importlib.import_module(module), name)
    return known[target]


def _send(answers: BinaryIO, head: bytes, answer: bytes) -> None:
    answers.write(head)
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
