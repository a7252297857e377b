"""Whatever stands in a field of a registration is text in our letters, and nothing else."""

from collections.abc import Callable
from email import message_from_bytes, policy

import pytest
from servers.office import ANNE, OFFICE
from stories.cast import Student
from stories.running import RunningOffice

from mailflow.desk import DeskError
from mailflow.person import Field
from mailflow.store import cases
from mailflow.store.casework import Casework, Cause
from mailflow.workflow import Letter

Opened = Callable[..., RunningOffice]
PAYLOADS = (
    "x\r\nBcc: evil@example.org\r\n\r\nhello",
    "{{ 7 * 191 }}{% raw %}",
    "<script>alert(1)</script><img src=x onerror=y>",
    "'; DROP TABLE cases; --",
    "[TEST114-0001 確認 AAAAAAAAAAAAAAAA]",
    '=HYPERLINK("http://evil.example.org")',
    "\u202e\u0000\u200bevil",
)
KEPT = (Field.EMAIL, Field.STUDENT_NO, Field.EXAM)


def test_every_field_is_inert_in_the_letters(opened: Opened):
    office = opened()
    anne = Student(office, ANNE)
    texts = dict(anne.data.values)
    for number, name in enumerate(name for name in Field if name not in KEPT):
        texts[name] = f"{name} {PAYLOADS[number % len(PAYLOADS)]}"
    anne.registers(texts=texts)
    item = anne.waits_for_staff()
    with pytest.raises(DeskError, match="not complete"):
        office.desk.accept(item.id, why="let us see the letter")
    with office.store.write() as tx:  # nobody can do that; the letter must stand it all the same
        case = cases.load(tx, item.case_id or "")
        work = Casework(tx, office.rules, now=office.clock.now())
        work.send(Letter.DATA_CONFIRMATION, case, cause=Cause("test"))
    letter = anne.gets("data_confirmation")
    message = message_from_bytes(letter.raw, policy=policy.default)
    assert message["Bcc"] is None
    assert message["To"].addresses[0].addr_spec == ANNE
    assert len(message.get_all("Subject")) == 1
    html = message.get_body(("html",)).get_content()
    for live in ("<script", "<img src=x", "1337"):
        assert live not in html
        assert live not in letter.text.replace("<script", "").replace("<img src=x", "")
    assert letter.button_subject == f"[{anne.case.number} 確認 {letter.token}]"
    assert office.servers.mailbox_of(OFFICE, folder="INBOX") == []


def test_hostile_headers_of_a_mail_do_not_reach_the_answer(opened: Opened):
    office = opened()
    anne = Student(office, ANNE)
    token = anne.is_asked()
    head = (
        f"From: {ANNE}\r\nTo: {token.reply_to}\r\n"
        "Subject: =?utf-8?q?Re=3A_x=0D=0ABcc=3A_evil=40example=2Eorg?=\r\n"
        "Message-ID: <a@b>\r\n\tBcc: evil@example.org\r\n"
        f'References: {"<r@x> " * 2000}\r\nIn-Reply-To: <a\u00e9"@x> <>\r\n'
    )
    office.deliver((head + "\r\n手機：0900000999\r\n").encode())
    answer = anne.gets("data_changed")
    message = message_from_bytes(answer.raw, policy=policy.default)
    assert message["Bcc"] is None
    assert b"evil@example.org" not in answer.raw
    assert max(map(len, answer.raw.splitlines())) < 998
