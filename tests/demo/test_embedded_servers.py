"""The demo's mail servers keep the promises that pymap alone does not."""

import asyncio
import threading
import time
from typing import ClassVar

from imapclient import IMAPClient
from servers.office import OFFICE, USERS, EmbeddedOffice

from mailflow.demo.servers import _OneWrite
from mailflow.imap import Mailbox

MAIL = b"Subject: hello\r\n\r\nGood morning\r\n"


def test_a_mail_that_comes_just_as_the_wait_begins_is_announced(embedded: EmbeddedOffice) -> None:
    loop, busy = embedded._loop, threading.Event()

    def hold_up() -> None:
        """Keep the server busy, so that IDLE and the mail meet in one turn of its loop."""
        busy.set()
        time.sleep(0.1)
        loop.call_later(0, lambda: loop.create_task(embedded._append(OFFICE, MAIL)))

    with Mailbox(embedded.imap()) as mailbox:
        mailbox.select("INBOX")
        mailbox.uids()
        loop.call_soon_threadsafe(hold_up)
        assert busy.wait(2)
        began = time.monotonic()
        assert mailbox.wait(5)
        assert time.monotonic() - began < 2
        assert len(mailbox.uids()) == 1


def test_an_announcement_arrives_in_one_piece(embedded: EmbeddedOffice) -> None:
    with IMAPClient(embedded.host, embedded.imap_port, ssl=False) as client:
        client.login(OFFICE, USERS[OFFICE])
        client.select_folder("INBOX")
        for count in range(1, 21):
            client.idle()
            embedded.deliver(OFFICE, MAIL)
            assert (count, b"EXISTS") in client.idle_check(2)  # breaks off at half a line
            client.idle_done()


def test_the_pieces_of_an_answer_are_written_together() -> None:
    class Wire:
        packets: ClassVar[list[bytes]] = []

        def write(self, data: bytes) -> None:
            self.packets.append(data)

        async def drain(self) -> None:
            pass

    wire = Wire()
    writer = _OneWrite(wire)  # type: ignore[arg-type]
    for piece in (b"* 5 ", b"EXISTS", b"\r\n"):
        writer.write(piece)
    asyncio.run(writer.drain())
    assert wire.packets == [b"* 5 EXISTS\r\n"]


def test_they_start_and_stop_in_a_moment() -> None:
    began = time.monotonic()
    for _ in range(3):
        with EmbeddedOffice() as office, Mailbox(office.imap()) as mailbox:
            mailbox.select("INBOX")
    assert time.monotonic() - began < 3
