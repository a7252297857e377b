"""What a person sees of one item, and what each verb tells."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select
from store.people import SLIP
from typer.testing import CliRunner, Result

from mailflow.cli.app import program
from mailflow.demo.office import SandboxOffice
from mailflow.person import Field
from mailflow.store import cases, lookup
from mailflow.store.casework import Casework, Cause
from mailflow.store.inbox import Arrival, store_arrivals
from mailflow.store.outbox import Sending, claim_due, conclude
from mailflow.store.queue import open_decision, proposal_of
from mailflow.store.tables import Outbox, OutboxState
from mailflow.workflow import Event

ANNE = "t113590001@student.example.edu.tw"


class Clerk:
    """Someone at the terminal of an office in which nothing has been sent yet."""

    def __init__(self, office: SandboxOffice) -> None:
        self.office = office
        with office.store.read() as tx:
            self.case = cases.load(tx, lookup.by_address(tx, ANNE)[0])

    def does(self, *words: str, code: int = 0) -> str:
        result: Result = CliRunner().invoke(
            program(), ["queue", *words, "--config", str(self.office.config_file)],
            env={"COLUMNS": "160"},
        )  # fmt: skip
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return result.output

    def gets(self, event: Event | None, *, raw: bytes = b"", changes=None) -> str:
        now = self.office.clock.now()
        with self.office.store.write() as tx:
            mail = ""
            if raw:
                arrival = Arrival("office", "INBOX", 1, 1, raw, len(raw))
                (mail,) = store_arrivals(tx, [arrival], now=now)
            return open_decision(
                tx, kind="mail", reasons=("asked", "twice"), event=event or "",
                case_id=self.case.id, inbox_id=mail or None,
                proposal=proposal_of(changes or {}, ()), key_id=self.case.key_id, now=now,
            )  # fmt: skip

    def is_billed(self) -> None:
        now = self.office.clock.now()
        with self.office.store.write() as tx:
            cases.put_slip(tx, self.case, SLIP, now=now)
            case = cases.load(tx, self.case.id)
            cause = Cause(actor="mailflow")
            Casework(tx, self.office.rules, now=now).happen(case, Event.CONFIRM, cause=cause)

    def letters(self) -> list[str]:
        with self.office.store.read() as tx:
            query = select(Outbox.letter).where(Outbox.case_id == self.case.id)
            return list(tx.session.exec(query))

    def letter_comes_back(self) -> tuple[str, Sending]:
        now = self.office.clock.now()
        with self.office.store.write() as tx:
            letter = claim_due(tx, owner="t", now=now, lease=now - now)
            assert letter
            conclude(tx, letter, OutboxState.BOUNCED, dsn="550 [/b] no such user", now=now)
        return letter.id, letter


@pytest.fixture(scope="module")
def clerk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clerk]:
    office = SandboxOffice(Path(tmp_path_factory.mktemp("desk")))
    office.open()
    office.import_form()
    yield Clerk(office)
    office.close()


def test_what_a_student_wrote_is_shown_as_it_is(clerk: Clerk):
    item = clerk.gets(Event.CORRECT, changes={Field.ADDRESS: "[/b]台北\x1b[2J"})
    told = clerk.does("show", item)
    assert "→ [/b]台北\ufffd[2J" in told
    assert "asked twice" in told
    assert "更正資料，案件成為「等學生確認資料」（asked），寄出資料更正確認信" in told


def test_the_mail_itself_is_shown(clerk: Clerk):
    lines = "".join(f"第{number}行\r\n" for number in range(30))
    mail = (
        f"From: Anne <{ANNE}>\r\nSubject: [/red]help\r\nDate: Mon, 15 Sep 2025 09:00:00 +0800\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{lines}"
    ).encode()
    told = clerk.does("show", clerk.gets(None, raw=mail))
    for shown in (f"Anne <{ANNE}>", "[/red]help", "2025-09-15 09:00", "第0行", "第19行", "…"):
        assert shown in told
    assert "第20行" not in told


def test_accepting_what_the_case_does_not_allow_is_foretold(clerk: Clerk):
    assert "目前不能接受繳費證明：案件是「等學生確認資料」" in clerk.does(
        "show", clerk.gets(Event.PROOF)
    )


def test_a_letter_that_came_back_is_shown_with_the_relays_answer(clerk: Clerk):
    name, letter = clerk.letter_comes_back()
    told = clerk.does("show", name)
    assert f"{letter.letter}（bounced" in told
    assert "550 [/b] no such user" in told
    facts = json.loads(clerk.does("show", name, "--json"))
    assert (facts["letter"], facts["letter_state"]) == (letter.letter, "bounced")
    assert "use release or discard" in clerk.does("accept", name, "--why", "x", code=1)
    assert f"{letter.letter}=bounced" in clerk.does("discard", name, "--why", "phoned")


def test_a_letter_that_came_back_may_be_sent_again(clerk: Clerk):
    name, letter = clerk.letter_comes_back()
    assert f"{letter.letter}=queued" in clerk.does("release", name, "--why", "mailbox is back")


def test_rejecting_anything_but_a_proof_needs_words_to_the_student(clerk: Clerk):
    item = clerk.gets(Event.WITHDRAW)
    assert "--note" in clerk.does("reject", item, "--why", "no", code=1)
    told = clerk.does("reject", item, "--why", "no", "--note", "請來電")
    assert told == f"reject {item[-8:]} {clerk.case.number}=asked\n"


def test_a_proof_of_which_no_fault_is_known_is_asked_for_again_all_the_same(clerk: Clerk):
    clerk.is_billed()
    item = clerk.gets(Event.PROOF)
    told = clerk.does("reject", item, "--why", "no such money")
    assert told == f"reject {item[-8:]} {clerk.case.number}=billed\n"
    assert "proof_unclear" in clerk.letters()


def test_an_item_from_a_clock_that_was_ahead_waits_for_no_time(clerk: Clerk):
    clerk.office.clock.ahead += timedelta(days=2)
    item = clerk.gets(None)
    line = next(line for line in clerk.does("list").splitlines() if item[-8:] in line)
    assert "0 分" in line
    assert "-" not in line.replace(clerk.case.number, "")
