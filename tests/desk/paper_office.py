"""An office on paper: folder, store and the round's rules, and nobody sends or fetches mail."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import empty_store
from store.people import ANNE
from typer.testing import CliRunner

from mailflow.cli.app import program
from mailflow.config import load_config
from mailflow.demo.people import national_id
from mailflow.letters import Slip
from mailflow.person import Field, Registration
from mailflow.receipts.result import Kind, Proof, Status, Verdict
from mailflow.receipts.wire import proof_to_json
from mailflow.runners.opening import open_office
from mailflow.store import cases, inbox, lookup, receipts
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause
from mailflow.store.database import Transaction
from mailflow.store.inbox import Arrival
from mailflow.store.keys import new_keys_file
from mailflow.store.receipts import Claimed
from mailflow.store.tables import Inbox, InboxState
from mailflow.workflow import Event, Hold

CAMPAIGN = Path(__file__).parents[2] / "campaigns" / "114-2.toml"
MONDAY = datetime(2025, 9, 8, 2, 0, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n"
MACHINE = Cause(actor="mailflow")

_CONFIG = """\
office = "ipas@example.edu.tw"
office_name = "研發處"
campaign = "campaign.toml"
[imap]
host = "127.0.0.1"
port = 1
security = "none"
[smtp]
host = "127.0.0.1"
port = 1
security = "none"
[store]
url = "sqlite:///office.sqlite"
keys_file = "office.keys"
"""


@dataclass
class PaperOffice:
    """What students and staff did, put into the store as the machine would put it."""

    folder: Path
    settings: str = ""
    roster: str = ""
    now: datetime = MONDAY
    uid: int = field(default=0)

    def __post_init__(self) -> None:
        new_keys_file(self.folder / "office.keys")
        self.config_file = self.folder / "config.toml"
        self.config_file.write_text(_CONFIG + self.settings, encoding="utf-8")
        campaign = self.folder / "campaign.toml"
        campaign.write_text(CAMPAIGN.read_text(encoding="utf-8") + self.roster, encoding="utf-8")
        empty_store.copy_to(self.folder / "office.sqlite")
        self.reopen()

    def reopen(self) -> None:
        """Read configuration, campaign and templates again."""
        self.config = load_config(self.config_file)
        self.store, self.rules = open_office(self.config)

    def work(self, tx: Transaction) -> Casework:
        return Casework(tx, self.rules, now=self.now)

    def registers(self, number: int = 1, **changes: str) -> CaseView:
        """One student, registered; `changes` by field name."""
        data = somebody(number).with_changes({Field(k): v for k, v in changes.items()})
        with self.store.write() as tx:
            return self.work(tx).register(data, cause=MACHINE, problems=())

    def case(self, number: str) -> CaseView:
        with self.store.read() as tx:
            found = lookup.by_number(tx, number)
            assert found
            return cases.load(tx, found)

    def happens(self, case: CaseView, *events: Event) -> CaseView:
        for event in events:
            with self.store.write() as tx:
                now = cases.load(tx, case.id)
                assert not isinstance(self.work(tx).happen(now, event, cause=MACHINE), Hold), event
        return self.case(case.number)

    def is_billed(self, number: int = 1, *, amount: int = 600, **changes: str) -> CaseView:
        return self.is_confirmed_with_slip(self.registers(number, **changes), amount=amount)

    def is_confirmed_with_slip(self, case: CaseView, *, amount: int = 600) -> CaseView:
        slip = Slip(amount, f"958211409{case.number[-4:]}0", "822", date(2025, 9, 22))
        with self.store.write() as tx:
            cases.put_slip(tx, cases.load(tx, case.id), slip, now=self.now)
        return self.happens(case, Event.CONFIRM)

    def brings(self, case: CaseView, amount: int | None, *, picture: bytes = PNG) -> str:
        """A mail with a proof that the machine finds good; returns the receipt's id."""
        proof = Proof(
            kind=Kind.TRANSFER, status=Status.PAID, amount=amount, paid_at="2025-09-09T10:00",
            verdict=Verdict.ACCEPT,
        )  # fmt: skip
        claimed = Claimed(picture + case.number.encode(), proof_to_json(proof), Verdict.ACCEPT, ())
        mail = self.writes(case, "繳費證明")
        with self.store.write() as tx:
            row = tx.session.get_one(Inbox, mail)
            return receipts.keep(
                tx, claimed, inbox_id=mail, case_id=case.id, key_id=row.key_id, now=self.now
            )

    def writes(self, case: CaseView, subject: str, words: str = "謝謝") -> str:
        """A mail of this student that has been read and settled; returns its id."""
        self.uid += 1
        raw = (
            f"From: {case.address}\r\nSubject: {subject}\r\n"
            f"Message-ID: <{self.uid}@example.org>\r\n"
            f"Content-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n"
        ).encode()
        with self.store.write() as tx:
            arrival = Arrival("office", "INBOX", 1, self.uid, raw, len(raw))
            (mail,) = inbox.store_arrivals(tx, [arrival], now=self.now)
            row = tx.session.get_one(Inbox, mail)
            row.state, row.intent, row.case_id = InboxState.APPLIED, "other", case.id
            tx.session.add(row)
            tx.vault.belongs_to(row.key_id, case.person_id)
        return mail

    def is_complete(
        self, number: int = 1, *, amount: int = 600, paid: int | None = 600, **changes: str
    ) -> CaseView:
        case = self.is_billed(number, amount=amount, **changes)
        self.brings(case, paid)
        return self.happens(case, Event.PROOF, Event.TOLD)

    def does(self, *words: str, code: int = 0) -> str:
        """`mailflow …` at the office's terminal; standard output, or all of it when it fails."""
        result = CliRunner().invoke(
            program(), [*words, "--config", str(self.config_file)], env={"COLUMNS": "200"}
        )
        assert result.exit_code == code, result.output + str(result.exception)
        assert "Traceback" not in result.output
        return result.output

    def tells(self, *words: str, code: int = 0) -> dict[str, object]:
        """The same with `--json`: its first line."""
        told = self.does(*words, "--json", code=code)
        return json.loads(told.splitlines()[0])


def somebody(number: int) -> Registration:
    return ANNE.with_changes(
        {
            Field.NAME_ZH: f"安妮{number}",
            Field.NATIONAL_ID: national_id(number),
            Field.STUDENT_NO: f"1135900{number:02d}",
            Field.EMAIL: f"anne{number}@example.org",
            Field.PHONE: f"09000001{number:02d}",
        }
    )
