"""Handing letters to relays that work, refuse, lie, stall and die."""

import asyncio
import email
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from servers.authority import Authority
from servers.office import ANNE, DIRK, OFFICE, EmbeddedOffice, OfficeServers, RealOffice
from servers.scripted import Scripted, SmtpScript

from mailflow.config import Smtp
from mailflow.demo.servers import Fault
from mailflow.smtp import Dsn, Outcome, Relay

Value = TypeVar("Value")

LETTER = (
    f"From: {OFFICE}\r\nTo: {ANNE}\r\nSubject: slip\r\nMessage-ID: <slip-1@example.edu>\r\n\r\n"
    "Please pay.\r\n.\r\n..two dots\r\n"
).encode()


def using(settings: Smtp, story: Callable[[Relay], Awaitable[Value]]) -> Value:
    """Tell a story with one relay, closed at the end."""

    async def tell() -> Value:
        relay = Relay(settings)
        try:
            return await story(relay)
        finally:
            await relay.close()

    return asyncio.run(tell())


async def send(relay: Relay, to: str = ANNE, raw: bytes = LETTER, sender: str = OFFICE) -> Dsn:
    return await relay.deliver(
        sender=sender, recipient=to, raw=raw, message_id="<slip-1@example.edu>"
    )


def eventually(found: Callable[[], list[bytes]], count: int = 1) -> list[bytes]:
    """What is there once `count` have come, or after five seconds."""
    until = time.monotonic() + 5
    while len(messages := found()) < count and time.monotonic() < until:
        time.sleep(0.05)
    return messages


def test_a_letter_reaches_anne_unchanged_and_stands_in_sent(office: OfficeServers) -> None:
    dsn = using(office.smtp(), send)
    assert (dsn.outcome, dsn.code, dsn.status) == (Outcome.SENT, 250, "2.0.0")
    (received,) = eventually(lambda: office.mailbox_of(ANNE))
    assert received.startswith(f"Return-Path: <{OFFICE}>\r\n".encode())
    assert received.partition(b"\r\n\r\n")[2] == LETTER.partition(b"\r\n\r\n")[2]
    (copy,) = eventually(lambda: office.mailbox_of(OFFICE, folder="Sent"))
    assert b"Message-ID: <slip-1@example.edu>" in copy


def test_several_letters_share_a_connection(office: OfficeServers) -> None:
    async def three(relay: Relay) -> list[Dsn]:
        await send(relay)
        client = relay._client
        rest = [await send(relay, to="nobody@example.edu"), await send(relay)]
        assert relay._client is client
        return rest

    refused, sent = using(office.smtp(), three)
    assert (refused.outcome, refused.code, refused.status) == (Outcome.BOUNCED, 550, "5.1.1")
    assert "nobody" not in refused.text
    assert sent.outcome is Outcome.SENT
    assert len(eventually(lambda: office.mailbox_of(ANNE), 2)) == 2


@pytest.mark.realmail
def test_mail_to_dirk_comes_back_as_a_genuine_bounce(realmail: RealOffice) -> None:
    async def to_dirk(relay: Relay) -> Dsn:
        return await send(relay, to=DIRK)

    assert using(realmail.smtp(), to_dirk).outcome is Outcome.SENT
    (raw,) = eventually(lambda: realmail.mailbox_of(OFFICE))
    report = email.message_from_bytes(raw)
    assert (report["Return-Path"], report.get_content_type()) == ("<>", "multipart/report")
    assert b"Action: failed" in raw
    assert b"Original-Envelope-Id: <slip-1@example.edu>" in raw


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(LETTER + b"\n.\nMAIL FROM:<evil@example.net>\n", id="bare LF"),
        pytest.param(LETTER + b"\r.\r\nMAIL FROM:<evil@example.net>\r\n", id="bare CR"),
        pytest.param(LETTER + b"\n.\r\nRCPT TO:<evil@example.net>\r\n.\r\n", id="mixed"),
        pytest.param(b".\r\n" + LETTER + b"no line end", id="dot first"),
    ],
)
def test_no_letter_ends_itself_and_begins_another(embedded: EmbeddedOffice, raw: bytes) -> None:
    async def one(relay: Relay) -> Dsn:
        return await send(relay, raw=raw)

    assert using(embedded.smtp(), one).outcome is Outcome.SENT
    (accepted,) = embedded.accepted
    expected = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").rstrip(b"\n")
    assert accepted.raw.replace(b"\r\n", b"\n").rstrip(b"\n") == expected


# What the relay answers

REFUSALS = [
    ("450 4.2.0 greylisted, come back", Outcome.DEFERRED, False),
    ("452 4.3.1 disk full", Outcome.DEFERRED, False),
    ("421 4.3.2 closing", Outcome.DEFERRED, False),
    ("432 4.3.2 too many connections", Outcome.DEFERRED, False),
    ("799 what is this", Outcome.DEFERRED, False),
    ("550 5.1.1 no such user", Outcome.BOUNCED, False),
    ("550 no such user", Outcome.BOUNCED, False),
    ("552 5.2.2 mailbox full", Outcome.BOUNCED, False),
    ("550 5.7.1 not wanted by this recipient", Outcome.BOUNCED, False),
    ("550 5.7.515 sender does not meet the required authentication level", Outcome.DEFERRED, True),
    ("550-5.7.26 unauthenticated sender\r\n550 5.7.26 see DMARC", Outcome.DEFERRED, True),
    ("550 5.4.5 daily sending quota exceeded", Outcome.DEFERRED, True),
    ("554 5.7.1 <anne@student.example.edu>: Relay access denied", Outcome.DEFERRED, True),
    ("530 5.7.57 client not authenticated", Outcome.DEFERRED, True),
    ("550 5.1.8 access denied, bad outbound sender", Outcome.DEFERRED, True),
]


@pytest.mark.parametrize(("reply", "outcome", "ours"), REFUSALS)
@pytest.mark.parametrize("point", ["on_rcpt", "on_data"])
def test_a_refusal_means_what_the_rfcs_say(
    embedded: EmbeddedOffice, point: str, reply: str, outcome: Outcome, ours: bool
) -> None:
    setattr(embedded, point, lambda *_: reply)
    dsn = using(embedded.smtp(), send)
    # after the dot nobody knows what an unknown code means, so a person has to look
    unknown = point == "on_data" and reply.startswith("799")
    assert dsn.outcome is (Outcome.UNKNOWN if unknown else outcome)
    assert dsn.ours is ours
    assert ANNE not in dsn.text
    assert embedded.accepted == []


@pytest.mark.parametrize(
    ("reply", "outcome", "ours"),
    [
        (b"451 4.3.0 later\r\n", Outcome.DEFERRED, False),
        (b"550 5.7.60 may not send as this sender\r\n", Outcome.DEFERRED, True),
        (b"501 5.1.7 bad sender\r\n", Outcome.DEFERRED, True),
        (b"552 5.3.4 message too big\r\n", Outcome.BOUNCED, False),
    ],
)
def test_the_relay_refuses_the_sender(reply: bytes, outcome: Outcome, ours: bool) -> None:
    dsn = at(SmtpScript({"MAIL": reply}))
    assert (dsn.outcome, dsn.ours) == (outcome, ours)


@pytest.mark.parametrize(
    "address", ["anne smith@example.edu", "a\r\nRCPT TO:<b@c>", "王@例.tw", ""]
)
def test_an_address_that_is_none_bounces_and_the_next_letter_goes(
    embedded: EmbeddedOffice, address: str
) -> None:
    async def two(relay: Relay) -> tuple[Dsn, Dsn]:
        return await send(relay, to=address), await send(relay)

    bad, good = using(embedded.smtp(), two)
    assert (bad.outcome, good.outcome) == (Outcome.BOUNCED, Outcome.SENT)
    assert [accepted.recipient for accepted in embedded.accepted] == [ANNE]


def test_an_office_address_that_is_none_stops_everything(embedded: EmbeddedOffice) -> None:
    async def one(relay: Relay) -> Dsn:
        return await send(relay, sender="the office")

    dsn = using(embedded.smtp(), one)
    assert (dsn.outcome, dsn.ours) == (Outcome.DEFERRED, True)


# Where the line breaks


@pytest.mark.parametrize(
    ("fault", "outcome", "kept"),
    [
        pytest.param(Fault(accept=True, drop=True), Outcome.UNKNOWN, 1, id="taken, then dead"),
        pytest.param(Fault(drop=True), Outcome.UNKNOWN, 0, id="dead, not taken"),
        pytest.param(
            Fault("250 2.0", accept=True, drop=True), Outcome.UNKNOWN, 1, id="half a reply"
        ),
        pytest.param(Fault("25", accept=True, drop=True), Outcome.UNKNOWN, 1, id="two digits"),
        pytest.param(
            Fault("250-2.0.0 more\r\n", accept=True, drop=True), Outcome.UNKNOWN, 1, id="no end"
        ),
        pytest.param(Fault(accept=True, seconds=2), Outcome.UNKNOWN, 1, id="silent too long"),
        pytest.param(Fault(accept=True, seconds=0.3), Outcome.SENT, 1, id="slow"),
    ],
)
def test_after_the_dot_only_a_whole_reply_proves_anything(
    embedded: EmbeddedOffice, fault: Fault, outcome: Outcome, kept: int
) -> None:
    async def two(relay: Relay) -> tuple[Dsn, Dsn]:
        embedded.on_data = lambda _: fault
        first = await send(relay)
        embedded.on_data = None
        return first, await send(relay)

    first, second = using(embedded.smtp(data_timeout_seconds=1), two)
    assert first.outcome is outcome
    assert second.outcome is Outcome.SENT
    assert len(embedded.accepted) == kept + 1  # the first was never sent again by itself


@pytest.mark.parametrize("command", ["EHLO", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("answer", [None, b"", b"25", b"hello\r\n"])
def test_a_line_that_breaks_before_the_letter_defers_it(command: str, answer: bytes | None) -> None:
    script = SmtpScript({command: answer})
    dsn = at(script, timeout_seconds=0.5)
    assert (dsn.outcome, dsn.ours) == (Outcome.DEFERRED, False)
    assert script.letters == []


def test_a_line_that_breaks_within_the_letter_proves_it_unsent() -> None:
    dsn = at(SmtpScript(body_limit=100_000), raw=LETTER + b"x" * 70 + b"\r\n" * 4_000_000)
    assert (dsn.outcome, dsn.code) == (Outcome.DEFERRED, 0)


def test_a_goodbye_that_fails_takes_nothing_back() -> None:
    assert at(SmtpScript({"QUIT": None})).outcome is Outcome.SENT


@pytest.mark.parametrize("answer", [None, b"421 4.4.2 timeout\r\n"])
def test_a_kept_connection_that_died_is_replaced_without_a_word(answer: bytes | None) -> None:
    script = SmtpScript({"MAIL": [b"250 ok\r\n", answer, b"250 ok\r\n"]})

    async def two(relay: Relay) -> list[Dsn]:
        return [await send(relay), await send(relay)]

    with Scripted(script) as server:
        outcomes = [dsn.outcome for dsn in using(settings_for(server), two)]
        assert server.connections == 2
    assert outcomes == [Outcome.SENT, Outcome.SENT]
    assert len(script.letters) == 2


def test_a_fresh_connection_that_dies_is_not_tried_again_at_once() -> None:
    script = SmtpScript({"MAIL": None})
    with Scripted(script) as server:
        assert using(settings_for(server), send).outcome is Outcome.DEFERRED
        assert server.connections == 1


def test_a_delivery_broken_off_leaves_a_relay_that_works(embedded: EmbeddedOffice) -> None:
    async def story(relay: Relay) -> Dsn:
        embedded.on_data = lambda _: Fault(accept=True, seconds=5)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(send(relay), 0.3)
        embedded.on_data = None
        return await send(relay, raw=LETTER.replace(b"slip", b"next"))

    began = time.monotonic()
    assert using(embedded.smtp(), story).outcome is Outcome.SENT
    assert time.monotonic() - began < 2
    assert [b"next" in accepted.raw for accepted in embedded.accepted] == [False, True]


def test_two_letters_at_once_wait_for_each_other(embedded: EmbeddedOffice) -> None:
    async def both(relay: Relay) -> list[Dsn]:
        return await asyncio.gather(send(relay), send(relay))

    assert [dsn.outcome for dsn in using(embedded.smtp(), both)] == [Outcome.SENT] * 2
    assert len(embedded.accepted) == 2


# TLS and login


def test_starttls_is_stripped_and_no_password_is_said(tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text("the-secret")
    for extensions in ((), ("AUTH PLAIN LOGIN",)):
        script = SmtpScript(extensions=extensions)
        changes = {"security": "starttls", "username": OFFICE, "password_file": password}
        dsn = at(script, **changes)
        assert (dsn.outcome, dsn.ours) == (Outcome.DEFERRED, True)
        assert not any(line.startswith(("AUTH", "MAIL")) for line in script.heard)


@pytest.mark.parametrize("trusted", [True, False])
def test_the_wrong_certificate_hears_nothing(
    authority: Authority, tmp_path: Path, trusted: bool
) -> None:
    pair = authority.issue(tmp_path, ("elsewhere.example.edu",) if trusted else ("127.0.0.1",))
    script = SmtpScript()
    with Scripted(script, tls=pair.server_context()) as server:
        ca_file = authority.ca_file if trusted else None
        dsn = using(settings_for(server, security="tls", ca_file=ca_file), send)
    assert (dsn.outcome, dsn.ours) == (Outcome.DEFERRED, True)
    assert script.heard == []


@pytest.mark.realmail
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_real_relay_is_checked_before_any_word(realmail: RealOffice, security: str) -> None:
    assert using(realmail.smtp(security=security), send).outcome is Outcome.SENT
    dsn = using(realmail.smtp(security=security, ca_file=None), send)
    assert (dsn.outcome, dsn.ours) == (Outcome.DEFERRED, True)
    assert "certificate" in dsn.text


def test_a_wrong_password_is_tried_once(office: OfficeServers) -> None:
    wrong = office.secret_file("wrong", "not-the-password")
    dsn = using(office.smtp(password_file=wrong), send)
    assert (dsn.outcome, dsn.code, dsn.ours) == (Outcome.DEFERRED, 535, True)
    assert "not-the-password" not in dsn.text


def test_a_refused_login_is_not_repeated_by_another_mechanism(tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text("wrong")
    script = SmtpScript({"AUTH": b"535 5.7.8 no\r\n"}, extensions=("AUTH CRAM-MD5 LOGIN PLAIN",))
    at(script, username=OFFICE, password_file=password)
    assert sum(line.startswith("AUTH") for line in script.heard) == 1


@pytest.mark.realmail
def test_a_token_is_read_anew_at_each_login(realmail: RealOffice) -> None:
    realmail.dovecot.tokens["fresh-token"] = OFFICE
    file = realmail.secret_file("token", "stale-token")
    settings = realmail.smtp(oauth_token_file=file)
    dsn = using(settings, send)
    assert (dsn.outcome, dsn.code, dsn.ours) == (Outcome.DEFERRED, 535, True)
    assert "stale-token" not in dsn.text
    file.write_text("fresh-token\n")
    assert using(settings, send).outcome is Outcome.SENT


def test_nobody_answers_at_the_door() -> None:
    dsn = using(Smtp(host="127.0.0.1", port=1, security="none", timeout_seconds=1), send)
    assert (dsn.outcome, dsn.ours) == (Outcome.DEFERRED, False)


def settings_for(server: Scripted, **changes: Any) -> Smtp:
    settings = {"host": "127.0.0.1", "port": server.port, "security": "none", "timeout_seconds": 2}
    return Smtp(**settings | changes)


def at(script: SmtpScript, *, raw: bytes = LETTER, **changes: Any) -> Dsn:
    """One letter to a relay that follows the script."""

    async def one(relay: Relay) -> Dsn:
        return await send(relay, raw=raw)

    with Scripted(script) as server:
        return using(settings_for(server, **changes), one)
