"""IMAP servers that break off, lie, stall or misbehave: the mailbox notices, and loses nothing."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from servers.authority import Authority
from servers.scripted import BODY, ImapScript, Say, Scripted, body

from mailflow.config import Imap
from mailflow.imap import (
    CommandRefused,
    ConnectionLost,
    Fetched,
    LoginRefused,
    Mailbox,
    Throttled,
    TlsRefused,
)

CAP = 1_000_000


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "password"
    path.write_text("the-secret\n")
    return path


@contextmanager
def serving(
    script: ImapScript, secret: Path, *, tls: ssl.SSLContext | None = None, **changes: Any
) -> Iterator[Mailbox]:
    """A mailbox, not yet connected, at a server that follows the script."""
    with Scripted(script, tls=tls) as server:
        settings: dict[str, Any] = {
            "host": "127.0.0.1",
            "port": server.port,
            "security": "none",
            "username": "office",
            "password_file": secret,
            "timeout_seconds": 1,
        }
        mailbox = Mailbox(Imap(**settings | changes))
        try:
            yield mailbox
        finally:
            mailbox.close()


def fetch_all(mailbox: Mailbox) -> list[Fetched]:
    """What the daemon does after each (re)connection."""
    mailbox.connect()
    mailbox.select("INBOX")
    return list(mailbox.fetch(mailbox.uids(), max_bytes=CAP))


def heard_no_secret(script: ImapScript) -> bool:
    return not any(word in "\n".join(script.heard) for word in ("LOGIN", "AUTHENTICATE", "secret"))


# Reading


@pytest.mark.parametrize("sixteenth", range(1, 16))
def test_the_line_breaks_in_the_middle_of_a_mail(secret: Path, sixteenth: int) -> None:
    whole = body(1)
    half = whole[: len(whole) * sixteenth // 16]
    script = ImapScript({"BODY.PEEK": [Say(half, "drop"), Say(whole)]})
    with serving(script, secret) as mailbox:
        with pytest.raises(ConnectionLost):
            fetch_all(mailbox)
        (fetched,) = fetch_all(mailbox)
        assert (fetched.raw, fetched.problem) == (BODY, None)


def test_the_server_falls_silent_in_the_middle_of_a_mail(secret: Path) -> None:
    script = ImapScript({"BODY.PEEK": Say(body(1)[:40], "hang")})
    with serving(script, secret) as mailbox:
        began = time.monotonic()
        with pytest.raises(ConnectionLost):
            fetch_all(mailbox)
        assert time.monotonic() - began < 2
        with pytest.raises(ConnectionLost, match="not connected"):
            mailbox.uids()  # the rest of the mail must not be taken for an answer


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"* 1 FETCH (UID 2 BODY[]<0> NIL)\r\n", id="nil"),
        pytest.param(b'* 1 FETCH (UID 2 BODY[]<0> "")\r\n', id="empty"),
        pytest.param(body(77), id="another-mail"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_a_mail_without_bytes_is_asked_for_again_then_told(secret: Path, answer: bytes) -> None:
    script = ImapScript(
        {
            "FETCH 1,2,3 (BODY": Say(body(1) + answer + body(3)),
            "FETCH 2 (BODY": Say(answer),
            "SEARCH UID 2": Say(b"* SEARCH 2\r\n"),
        },
        uids=(1, 2, 3),
    )
    with serving(script, secret) as mailbox:
        found = fetch_all(mailbox)
    assert [(one.uid, one.problem) for one in found] == [(1, None), (2, "unfetchable"), (3, None)]
    assert found[1].raw is None
    assert sum("FETCH 2 (BODY" in command for command in script.heard) == 3


def test_a_mail_without_bytes_comes_at_the_second_asking(secret: Path) -> None:
    nil = Say(b"* 1 FETCH (UID 1 BODY[]<0> NIL)\r\n")
    with serving(ImapScript({"BODY.PEEK": [nil, Say(body(1))]}), secret) as mailbox:
        assert [one.raw for one in fetch_all(mailbox)] == [BODY]


def test_one_mail_that_the_server_refuses_does_not_hide_the_others(secret: Path) -> None:
    no = Say(then="NO [SERVERBUG] can't open it")
    script = ImapScript({"FETCH 1,2 (BODY": no, "FETCH 1 (BODY": no}, uids=(1, 2))
    with serving(script, secret) as mailbox:
        found = fetch_all(mailbox)
    assert [(one.uid, one.problem) for one in found] == [(1, "unfetchable"), (2, None)]


def test_a_mail_that_kills_every_connection_is_left_to_a_person(secret: Path) -> None:
    drop = Say(then="drop")
    script = ImapScript({"FETCH 1,2 (BODY": drop, "FETCH 1 (BODY": drop}, uids=(1, 2))
    with serving(script, secret) as mailbox:
        found: list[Fetched] = []
        for _ in range(8):
            try:
                found = fetch_all(mailbox)
                break
            except ConnectionLost:
                continue
        assert [(one.uid, one.problem) for one in found] == [(1, "unfetchable"), (2, None)]


def test_ten_gigabytes_are_refused_before_room_is_made_for_them(secret: Path) -> None:
    lie = Say(b"* 1 FETCH (UID 1 BODY[]<0> {10737418240}\r\nxxxx", "hang")
    with serving(ImapScript({"BODY.PEEK": lie}), secret, timeout_seconds=30) as mailbox:
        began = time.monotonic()
        with pytest.raises(ConnectionLost, match="10737418240"):
            fetch_all(mailbox)
        assert time.monotonic() - began < 1


def test_a_mail_larger_than_the_server_said_is_cut_to_its_headers(secret: Path) -> None:
    raw = BODY + b"x" * CAP
    with serving(ImapScript({"BODY.PEEK": Say(body(1, raw[: CAP + 1]))}), secret) as mailbox:
        (fetched,) = fetch_all(mailbox)
    assert fetched.problem == "too_large"
    assert fetched.raw == b"Subject: hello\r\nMessage-ID: <1@example.edu>"


@pytest.mark.parametrize(
    ("command", "noise"),
    [
        ("BODY.PEEK", b"* 1 FETCH ((((\r\n"),
        ("BODY.PEEK", b"* x FETCH (UID y BODY[] z)\r\n"),
        ("UID SEARCH", b"* SEARCH one two\r\n"),
        ("UID SEARCH", b"\x00\x01\x02\r\n"),
        ("SELECT", b"* OK [UIDVALIDITY x]\r\n"),
    ],
)
def test_an_answer_without_sense_ends_the_connection(
    secret: Path, command: str, noise: bytes
) -> None:
    script = ImapScript({command: Say(noise)})
    with serving(script, secret) as mailbox, pytest.raises(ConnectionLost):
        fetch_all(mailbox)


def test_news_in_between_disturb_nothing(secret: Path) -> None:
    noise = b"* 9 EXISTS\r\n* 1 FETCH (FLAGS (\\Seen))\r\n* 3 EXPUNGE\r\n* OK [ALERT] disk\r\n"
    with serving(ImapScript({"BODY.PEEK": Say(noise + body(1) + noise)}), secret) as mailbox:
        assert [one.raw for one in fetch_all(mailbox)] == [BODY]


def test_a_hundred_thousand_mails_are_listed(secret: Path) -> None:
    uids = b" ".join(b"%d" % uid for uid in range(100_000, 250_000))
    with serving(ImapScript({"UID SEARCH": Say(b"* SEARCH " + uids + b"\r\n")}), secret) as mailbox:
        mailbox.connect()
        mailbox.select("INBOX")
        assert len(mailbox.uids()) == 150_000


def test_without_uidvalidity_nothing_is_trusted(secret: Path) -> None:
    with serving(ImapScript({"SELECT": Say(b"* 1 EXISTS\r\n")}), secret) as mailbox:
        mailbox.connect()
        with pytest.raises(CommandRefused, match="UIDVALIDITY"):
            mailbox.select("INBOX")


def test_a_folder_that_may_only_be_read_is_read(secret: Path) -> None:
    script = ImapScript(
        {
            "SELECT": Say(b"* 1 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n", "OK [READ-ONLY] ok"),
            "MOVE": Say(then="NO read-only"),
            "CREATE": Say(then="NO read-only"),
        }
    )
    with serving(script, secret) as mailbox:
        assert [one.raw for one in fetch_all(mailbox)] == [BODY]
        assert mailbox.move([1], "Processed") is False


# Waiting


def waiting(mailbox: Mailbox) -> Mailbox:
    mailbox.connect()
    mailbox.select("INBOX")
    mailbox.uids()
    return mailbox


@pytest.mark.parametrize(
    "say",
    [
        pytest.param(Say(then="drop"), id="closed"),
        pytest.param(Say(b"* BYE going down\r\n", "drop"), id="bye"),
        pytest.param(Say(b"* 5 EXI", "drop"), id="half a line"),
        pytest.param(Say(b"<html>\r\n", "drop"), id="not IMAP"),
        pytest.param(Say(b"* 5 NOTHING\r\n", "hang"), id="deaf to DONE"),
    ],
)
def test_a_connection_that_dies_while_idle_is_noticed(secret: Path, say: Say) -> None:
    with serving(ImapScript({"IDLE": say}), secret) as mailbox:
        waiting(mailbox)
        began = time.monotonic()
        with pytest.raises(ConnectionLost):
            mailbox.wait(30)
        assert time.monotonic() - began < 2


def test_a_word_that_arrives_in_two_pieces_is_news_all_the_same(
    secret: Path, authority: Authority, tmp_path: Path
) -> None:
    context = authority.issue(tmp_path, ("127.0.0.1",)).server_context()
    say = Say((b"* 5 EX", b"ISTS\r\n"))
    for changes in ({}, {"tls": context, "security": "tls", "ca_file": authority.ca_file}):
        with serving(ImapScript({"IDLE": say}), secret, **changes) as mailbox:
            assert waiting(mailbox).wait(5) is True


def test_still_here_is_not_news(secret: Path) -> None:
    script = ImapScript({"IDLE": [Say(b"* OK Still here\r\n"), Say()]})
    with serving(script, secret) as mailbox:
        assert waiting(mailbox).wait(0.3) is False
    assert script.heard.count("IDLE") == 2


def test_mail_announced_during_another_command_is_not_slept_over(secret: Path) -> None:
    script = ImapScript({"MOVE": Say(b"* 2 EXISTS\r\n")})
    with serving(script, secret) as mailbox:
        waiting(mailbox)
        assert mailbox.move([1], "Processed")
        assert mailbox.wait(30) is True
    assert "IDLE" not in script.heard


def test_a_server_without_idle_is_polled(secret: Path) -> None:
    script = ImapScript(capabilities="IMAP4rev1")
    with serving(script, secret, poll_seconds=0.2) as mailbox:
        began = time.monotonic()
        assert waiting(mailbox).wait(30) is True
        assert time.monotonic() - began < 0.5
        threading.Timer(0.05, mailbox.wake).start()
        assert mailbox.wait(30) is False


# Moving


def test_without_move_just_these_are_expunged(secret: Path) -> None:
    script = ImapScript(capabilities="IMAP4rev1 UIDPLUS", uids=(1, 2))
    with serving(script, secret) as mailbox:
        assert waiting(mailbox).move([1, 2], "Processed") is True
    changes = [command for command in script.heard if not command.startswith("UID SEARCH")]
    assert [command for command in changes if command.startswith(("UID", "EXPUNGE"))] == [
        'UID COPY 1,2 "Processed"',
        r"UID STORE 1,2 +FLAGS.SILENT (\Deleted)",
        "UID EXPUNGE 1,2",
    ]


def test_without_move_and_uidplus_nothing_is_touched(secret: Path) -> None:
    script = ImapScript(capabilities="IMAP4rev1 IDLE")
    with serving(script, secret) as mailbox:
        assert waiting(mailbox).move([1], "Processed") is False
    assert not any(word in "".join(script.heard) for word in ("EXPUNGE", "COPY", "STORE", "CREATE"))


def test_a_full_mailbox_refuses_the_move_and_work_goes_on(secret: Path) -> None:
    script = ImapScript({"MOVE": Say(then="NO [OVERQUOTA] full")})
    with serving(script, secret) as mailbox:
        assert waiting(mailbox).move([1], "Processed") is False
        assert mailbox.uids() == [1]
    assert not any("CREATE" in command for command in script.heard)


# Login


@pytest.mark.parametrize(
    ("hosts", "expired"), [(("elsewhere.example.edu",), False), (("127.0.0.1",), True)]
)
@pytest.mark.parametrize("trusted", [True, False])
def test_a_doubtful_certificate_hears_no_password(
    secret: Path,
    authority: Authority,
    tmp_path: Path,
    hosts: tuple[str, ...],
    expired: bool,
    trusted: bool,
) -> None:
    context = authority.issue(tmp_path, hosts, expired=expired).server_context()
    script = ImapScript()
    changes = {"security": "tls", "ca_file": authority.ca_file if trusted else None}
    with serving(script, secret, tls=context, **changes) as mailbox, pytest.raises(TlsRefused):
        mailbox.connect()
    assert script.heard == []


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(ImapScript(), id="not offered"),
        pytest.param(
            ImapScript({"STARTTLS": Say(then="NO")}, capabilities="IMAP4rev1 STARTTLS"),
            id="refused",
        ),
        pytest.param(
            ImapScript(capabilities="IMAP4rev1 STARTTLS", greeting=b"* PREAUTH welcome\r\n"),
            id="already logged in",
        ),
    ],
)
def test_starttls_is_stripped_and_no_password_is_said(secret: Path, script: ImapScript) -> None:
    with serving(script, secret, security="starttls") as mailbox, pytest.raises(TlsRefused):
        mailbox.connect()
    assert heard_no_secret(script)


def test_a_server_that_wants_tls_first_hears_no_password(secret: Path) -> None:
    script = ImapScript(capabilities="IMAP4rev1 LOGINDISABLED")
    with serving(script, secret) as mailbox, pytest.raises(TlsRefused):
        mailbox.connect()
    assert heard_no_secret(script)


def test_more_is_offered_after_login_than_before(secret: Path) -> None:
    greeting = b"* OK [CAPABILITY IMAP4rev1] ready\r\n"
    offers = (b"* CAPABILITY IMAP4rev1\r\n", b"* CAPABILITY IMAP4rev1 IDLE MOVE\r\n")
    told = ImapScript({"CAPABILITY": [Say(offers[0]), Say(offers[1])]}, greeting=greeting)
    script = ImapScript(
        {"CAPABILITY": Say(offers[0]), "LOGIN": Say(then="OK [CAPABILITY IMAP4rev1 IDLE MOVE] in")},
        greeting=greeting,
    )
    for server in (told, script):
        with serving(server, secret) as mailbox:
            assert waiting(mailbox).move([1], "Processed") is True


def test_a_dead_peer_is_found_out_and_commands_go_at_once(secret: Path) -> None:
    with serving(ImapScript(), secret) as mailbox:
        mailbox.connect()
        sock = mailbox._client.socket()
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == 60


def test_a_throttling_server_is_given_the_time_it_asks_for(secret: Path) -> None:
    words = b"* BYE Request is throttled. Suggested Backoff Time: 89117 milliseconds\r\n"
    for script in (
        ImapScript({"LOGIN": Say(words, "drop")}),
        ImapScript({"SELECT": Say(then=words[6:-2].decode().replace("Request", "NO Request"))}),
        ImapScript(greeting=words),
    ):
        with serving(script, secret) as mailbox, pytest.raises(Throttled) as told:
            fetch_all(mailbox)
        assert told.value.seconds == pytest.approx(89.117)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("NO [AUTHENTICATIONFAILED] wrong", LoginRefused),
        ("NO LOGIN office the-secret failed", LoginRefused),
        ("BAD", LoginRefused),
        ("NO [UNAVAILABLE] try again later", ConnectionLost),
        ("NO [ALERT] Too many simultaneous connections. (Failure)", ConnectionLost),
        ("BAD User is authenticated but not connected.", ConnectionLost),
    ],
)
def test_a_refused_login_is_told_apart_from_a_busy_server(
    secret: Path, answer: str, error: type[Exception]
) -> None:
    script = ImapScript({"LOGIN": Say(then=answer)})
    with serving(script, secret) as mailbox, pytest.raises(error) as told:
        mailbox.connect()
    assert "the-secret" not in str(told.value)


def test_a_password_file_that_is_not_there_is_a_refused_login(tmp_path: Path) -> None:
    with serving(ImapScript(), tmp_path / "nowhere") as mailbox, pytest.raises(LoginRefused):
        mailbox.connect()


def test_nobody_answers_at_the_door() -> None:
    settings = Imap(host="127.0.0.1", port=1, security="none", timeout_seconds=1)
    mailbox = Mailbox(settings)
    with pytest.raises(ConnectionLost):
        mailbox.connect()
    mailbox.close()
