"""Servers that say what a test wants, at the moment it wants, and remember what they hear."""

import asyncio
import ssl
import threading
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Self

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Scripted:
    """Runs `talk` for each connection, in a thread of its own, on a free loopback port."""

    def __init__(self, talk: Talk, *, tls: ssl.SSLContext | None = None) -> None:
        self.connections = 0
        self._talk = talk
        self._tls = tls
        self._ready: Future[int] = Future()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self.port = self._ready.result(timeout=5)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(timeout=5)

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0, ssl=self._tls)
        self._ready.set_result(server.sockets[0].getsockname()[1])
        await self._stop.wait()
        server.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            await self._talk(reader, writer)
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()


@dataclass(frozen=True)
class Say:
    """Words for the wire, piece by piece with a short pause between, and what comes after them."""

    words: bytes | tuple[bytes, ...] = b""
    then: str = "OK done"  # the tagged answer; "drop": hang up; "hang": say nothing more

    async def to(self, writer: asyncio.StreamWriter) -> None:
        pieces = self.words if isinstance(self.words, tuple) else (self.words,)
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            if len(pieces) > 1:
                await asyncio.sleep(0.05)


BODY = b"Subject: hello\r\nMessage-ID: <1@example.edu>\r\n\r\nGood morning\r\n"


def body(uid: int, raw: bytes = BODY) -> bytes:
    """The FETCH answer that carries one whole message."""
    return b"* 1 FETCH (UID %d BODY[]<0> {%d}\r\n%b)\r\n" % (uid, len(raw), raw)


class ImapScript:
    """A small IMAP server. `answers` maps a piece of a command to what it gets, call by call.

    The last answer repeats. `uids` are in the folder; each is `BODY` unless answered otherwise.
    """

    def __init__(
        self,
        answers: Mapping[str, Say | list[Say]] | None = None,
        *,
        uids: tuple[int, ...] = (1,),
        capabilities: str = "IMAP4rev1 IDLE MOVE UIDPLUS",
        greeting: bytes = b"* OK ready\r\n",
    ) -> None:
        self.heard: list[str] = []
        self._answers = {
            key: answer if isinstance(answer, list) else [answer]
            for key, answer in (answers or {}).items()
        }
        self._uids = uids
        self._capabilities = capabilities
        self._greeting = greeting

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(self._greeting)
        while line := await reader.readline():
            tag, _, command = line.decode("utf-8", "replace").strip().partition(" ")
            self.heard.append(command)
            say = self._answer(command)
            if command == "IDLE":
                writer.write(b"+ idling\r\n")
            await say.to(writer)
            if say.then == "drop":
                return
            if say.then == "hang":
                await asyncio.sleep(3600)
            if command == "IDLE":
                self.heard.append((await reader.readline()).decode().strip())
            writer.write(f"{tag} {say.then}\r\n".encode())
            await writer.drain()

    def _answer(self, command: str) -> Say:
        for key, answers in self._answers.items():
            if key in command:
                return answers.pop(0) if len(answers) > 1 else answers[0]
        return Say(self._usual(command))

    def _usual(self, command: str) -> bytes:
        if command == "CAPABILITY":
            return f"* CAPABILITY {self._capabilities}\r\n".encode()
        if command.startswith(("SELECT", "EXAMINE")):
            return b"* %d EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n" % len(self._uids)
        if command.startswith("UID SEARCH"):
            return b"* SEARCH %b\r\n" % " ".join(map(str, self._uids)).encode()
        if command.startswith("UID FETCH"):
            return self._fetched(command)
        return b""

    def _fetched(self, command: str) -> bytes:
        asked = [int(uid) for uid in command.split()[2].split(",")]
        found = [uid for uid in asked if uid in self._uids]
        if "RFC822.SIZE" in command:
            date = b'"24-Nov-2026 03:00:00 +0800"'
            size = b"* 1 FETCH (UID %d RFC822.SIZE %d INTERNALDATE %b)\r\n"
            return b"".join(size % (uid, len(BODY), date) for uid in found)
        return b"".join(body(uid) for uid in found)


class SmtpScript:
    """A small submission server; `answers` maps the start of a command to its replies, in order.

    The last reply repeats. `.` stands for the end of the letter. None hangs up instead; a reply
    without a line end hangs up after it.
    """

    def __init__(
        self,
        answers: Mapping[str, bytes | list[bytes | None] | None] | None = None,
        *,
        extensions: tuple[str, ...] = (),
        body_limit: int | None = None,
    ) -> None:
        self.heard: list[str] = []
        self.letters: list[bytes] = []
        self._answers = {
            key: answer if isinstance(answer, list) else [answer]
            for key, answer in {"DATA": b"354 go on\r\n", **(answers or {})}.items()
        }
        self._extensions = extensions
        self._body_limit = body_limit

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 ready\r\n")
        while line := await reader.readline():
            command = line.decode("utf-8", "replace").strip()
            self.heard.append(command)
            if not await self._reply(command, writer):
                return
            if command == "DATA":
                if self._body_limit is not None:
                    await reader.readexactly(self._body_limit)
                    return
                self.letters.append(await reader.readuntil(b"\r\n.\r\n"))
                if not await self._reply(".", writer):
                    return

    async def _reply(self, command: str, writer: asyncio.StreamWriter) -> bool:
        usual = b"250 2.0.0 ok\r\n"
        if command.startswith("EHLO"):
            lines = ["localhost", *self._extensions]
            usual = "".join(f"250-{line}\r\n" for line in lines[:-1]).encode()
            usual += f"250 {lines[-1]}\r\n".encode()
        key = next((key for key in self._answers if command.startswith(key)), "")
        replies = self._answers.get(key, [usual])
        answer = replies.pop(0) if len(replies) > 1 else replies[0]
        if answer is None:
            return False
        writer.write(answer)
        await writer.drain()
        return answer.endswith(b"\n")
