"""What the office's mailbox does on real servers, embedded and full-grown alike."""

import threading
import time

import pytest
from imapclient import IMAPClient
from pydantic import ValidationError
from servers.dovecot import Dovecot
from servers.office import ANNE, OFFICE, EmbeddedOffice, OfficeServers

from mailflow.config import Imap
from mailflow.imap import LoginRefused, Mailbox, TlsRefused

MEGABYTE = 1_000_000


def mail(number: int = 1, *, size: int = 0) -> bytes:
    return (
        f"From: Anne <{ANNE}>\r\nTo: {OFFICE}\r\nSubject: mail {number}\r\n"
        f"Message-ID: <{number}@student.example.edu>\r\n\r\n{'x' * size}\r\n"
    ).encode()


def wait_for(mailbox: Mailbox, count: int, seconds: float = 5) -> list[int]:
    """Do as the daemon does until so many mails are there."""
    until = time.monotonic() + seconds
    while len(uids := mailbox.uids()) < count and time.monotonic() < until:
        mailbox.wait(until - time.monotonic())
    return uids


def test_anne_writes_and_the_waiting_office_notices_at_once(office: OfficeServers) -> None:
    with Mailbox(office.imap()) as mailbox:
        mailbox.select("INBOX")
        assert wait_for(mailbox, 0) == []
        threading.Timer(0.2, office.deliver, (OFFICE, mail())).start()
        began = time.monotonic()
        assert len(wait_for(mailbox, 1)) == 1
        assert time.monotonic() - began < 1.5  # Dovecot itself takes half a second to tell


def test_no_mail_is_overlooked_however_the_moments_fall(office: OfficeServers) -> None:
    def write() -> None:
        for number in range(20):
            office.deliver(OFFICE, mail(number))
            time.sleep(0.002 * (number % 7))

    with Mailbox(office.imap()) as mailbox:
        mailbox.select("INBOX")
        writer = threading.Thread(target=write)
        writer.start()
        assert len(wait_for(mailbox, 20, seconds=8)) == 20
        writer.join()


def test_nothing_comes_and_the_wait_ends_in_time(office: OfficeServers) -> None:
    with Mailbox(office.imap()) as mailbox:
        mailbox.select("INBOX")
        mailbox.uids()
        began = time.monotonic()
        assert mailbox.wait(0.4) is False
        assert 0.3 < time.monotonic() - began < 1


def test_the_daemon_is_told_to_stop_and_the_wait_ends_within_a_blink(office: OfficeServers) -> None:
    with Mailbox(office.imap()) as mailbox:
        mailbox.select("INBOX")
        mailbox.uids()
        threading.Timer(0.3, mailbox.wake).start()
        began = time.monotonic()
        assert mailbox.wait(30) is False
        assert time.monotonic() - began < 0.45


def test_the_bytes_come_as_they_were_and_stay_unread(office: OfficeServers) -> None:
    raw = mail().replace(b"mail 1", "確認".encode("big5")) + b"\xff.\r\n..\r\n \t\r\nend"
    with Mailbox(office.imap()) as mailbox:
        mailbox.append("INBOX", raw)
        mailbox.select("INBOX")
        (fetched,) = mailbox.fetch(mailbox.uids(), max_bytes=MEGABYTE)
        assert (fetched.problem, fetched.size) == (None, len(raw))
        assert fetched.raw == raw
        assert fetched.internal_at is not None
        assert fetched.internal_at.tzinfo is not None
        assert flags(mailbox, fetched.uid).isdisjoint({rb"\Seen", rb"\Deleted"})


def flags(mailbox: Mailbox, uid: int) -> set[bytes]:
    client: IMAPClient = mailbox._client
    return set(client.get_flags([uid])[uid])


def test_only_mail_after_the_last_known_is_listed(office: OfficeServers) -> None:
    with Mailbox(office.imap()) as mailbox:
        for number in range(3):
            mailbox.append("INBOX", mail(number))
        mailbox.select("INBOX")
        first, second, third = mailbox.uids()
        assert mailbox.uids(first) == [second, third]
        assert mailbox.uids(third) == []  # a server answers "n:*" with the last one all the same


def test_a_huge_mail_comes_with_its_headers_only(office: OfficeServers) -> None:
    with Mailbox(office.imap()) as mailbox:
        mailbox.append("INBOX", mail(1))
        mailbox.append("INBOX", mail(2, size=200_000))
        mailbox.append("INBOX", mail(3))
        mailbox.select("INBOX")
        small, huge, last = mailbox.fetch(mailbox.uids(), max_bytes=100_000)
        assert (small.raw, last.raw) == (mail(1), mail(3))
        assert huge.problem == "too_large"
        assert huge.size > 200_000
        assert huge.raw is not None
        assert b"Subject: mail 2" in huge.raw
        assert b"xxx" not in huge.raw


def test_staff_delete_a_mail_before_it_is_read(office: OfficeServers) -> None:
    with Mailbox(office.imap()) as mailbox, Mailbox(office.imap()) as staff:
        for number in range(3):
            mailbox.append("INBOX", mail(number))
        mailbox.select("INBOX")
        uids = mailbox.uids()
        staff.select("INBOX")
        assert staff.move(uids[1:2], "Trash")
        found = list(mailbox.fetch(uids, max_bytes=MEGABYTE))
        assert [one.problem for one in found] == [None, "gone", None]
        assert [one.uid for one in found] == uids


def test_what_is_safe_is_moved_to_a_folder_made_on_the_way(office: OfficeServers) -> None:
    with Mailbox(office.imap()) as mailbox:
        for number in range(3):
            mailbox.append("INBOX", mail(number))
        uidvalidity = mailbox.select("INBOX")
        uids = mailbox.uids()
        assert mailbox.move(uids[:2], "Processed")
        assert mailbox.uids() == uids[2:]
        assert mailbox.move(uids[2:], "待處理")
        assert mailbox.uids() == []
        assert mailbox.move(uids, "Processed")  # again after a crash: nothing to move, no harm
        assert mailbox.select("INBOX") == uidvalidity
    assert office.mailbox_of(OFFICE, folder="Processed") == [mail(0), mail(1)]
    assert office.mailbox_of(OFFICE, folder="待處理") == [mail(2)]


def test_the_sent_folder_is_searched_without_leaving_the_inbox(office: OfficeServers) -> None:
    with Mailbox(office.imap()) as mailbox:
        mailbox.append("INBOX", mail(1))
        mailbox.append("Sent", mail(2), [r"\Seen"])
        mailbox.select("INBOX")
        assert mailbox.has_message_id("Sent", "<2@student.example.edu>")
        assert not mailbox.has_message_id("Sent", "<1@student.example.edu>")
        assert len(mailbox.uids()) == 1
        assert [one.raw for one in mailbox.fetch(mailbox.uids(), max_bytes=MEGABYTE)] == [mail(1)]


def test_many_mails_are_fetched_each_once(embedded: EmbeddedOffice) -> None:
    for number in range(510):
        embedded.deliver(OFFICE, mail(number))
    with Mailbox(embedded.imap()) as mailbox:
        mailbox.select("INBOX")
        uids = mailbox.uids()
        found = list(mailbox.fetch(uids, max_bytes=MEGABYTE))
    assert [one.uid for one in found] == uids
    assert [one.raw for one in found] == [mail(number) for number in range(510)]


def test_a_lost_connection_is_told_and_made_anew(embedded: EmbeddedOffice) -> None:
    embedded.deliver(OFFICE, mail())
    with Mailbox(embedded.imap()) as mailbox:
        uidvalidity = mailbox.select("INBOX")
        mailbox.connect()
        assert mailbox.select("INBOX") == uidvalidity
        assert len(mailbox.uids()) == 1


@pytest.mark.realmail
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_waiting_over_tls_is_as_prompt(dovecot: Dovecot, security: str) -> None:
    with Mailbox(dovecot.imap(OFFICE, security=security)) as mailbox:
        mailbox.select("INBOX")
        mailbox.uids()
        threading.Timer(0.1, dovecot.deliver, (OFFICE, mail())).start()
        assert len(wait_for(mailbox, 1, seconds=2)) == 1
        threading.Timer(0.1, mailbox.wake).start()
        began = time.monotonic()
        while mailbox.wait(30):
            mailbox.uids()
        assert time.monotonic() - began < 0.3


@pytest.mark.realmail
def test_a_certificate_of_a_stranger_ends_it_before_any_login(dovecot: Dovecot) -> None:
    for security in ("tls", "starttls"):
        settings = dovecot.imap(OFFICE, security=security, ca_file=None)
        with pytest.raises(TlsRefused, match="not safe"):
            Mailbox(settings).connect()


@pytest.mark.realmail
def test_no_password_leaves_without_tls(dovecot: Dovecot) -> None:
    port = dovecot.starttls_port
    settings = dovecot.imap(OFFICE, security="none", host="127.0.0.2", port=port)
    with pytest.raises(TlsRefused, match="without TLS"):
        Mailbox(settings).connect()
    with pytest.raises(ValidationError, match="not this machine"):
        Imap(host="imap.example.edu", security="none")


def test_a_wrong_password_is_told_without_repeating_it(office: OfficeServers) -> None:
    wrong = office.secret_file("wrong", "not-the-password")
    with pytest.raises(LoginRefused) as told:
        Mailbox(office.imap(password_file=wrong)).connect()
    assert "not-the-password" not in str(told.value)


@pytest.mark.realmail
def test_a_token_is_read_anew_at_each_login(dovecot: Dovecot) -> None:
    dovecot.tokens["fresh-token"] = OFFICE
    file = dovecot.secret_file("token", "stale-token")
    mailbox = Mailbox(dovecot.imap(OFFICE, oauth_token_file=file))
    with pytest.raises(LoginRefused) as told:
        mailbox.connect()
    assert "stale-token" not in str(told.value)
    file.write_text("fresh-token\n")
    mailbox.connect()
    assert mailbox.select("INBOX")
    mailbox.close()
    with pytest.raises(LoginRefused):
        Mailbox(dovecot.imap(ANNE, oauth_token_file=file)).connect()
