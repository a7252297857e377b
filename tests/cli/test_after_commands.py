"""The commands after the exam, as a clerk types them, from results to the list for the bank."""

import csv
import io
import json
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook
from servers.office import ANNE, BART, CRIS, EmbeddedOffice
from stories.after_dates import EXAM, SUBJECTS, AfterDates, completes
from stories.cast import Student
from stories.running import RunningOffice
from typer.testing import CliRunner

from mailflow.cli.app import program
from mailflow.person import Field
from mailflow.store import cases, payees
from mailflow.store.afterpapers import AfterPapers
from mailflow.store.casework import Cause
from mailflow.store.certificates import Paper, Purpose
from mailflow.store.inbox import Arrival, store_arrivals


@dataclass
class Clerk:
    """At the terminal of an office with three complete registrations."""

    office: RunningOffice
    folder: Path
    uid: int = 0

    def does(self, *words: str, code: int = 0, typed: str = "", who: str = "ming") -> str:
        command = [*words, "--config", str(self.office.config_file)]
        env = {"COLUMNS": "200", "SUDO_USER": who}
        result = CliRunner().invoke(program(), command, env=env, input=typed)
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return result.output

    def file(self, name: str, *rows: object) -> str:
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        path = self.folder / name
        path.write_text(out.getvalue(), encoding="utf-8-sig")
        return str(path)

    def student(self, address: str) -> Student:
        return Student(self.office, address)

    def number(self, address: str) -> str:
        return self.student(address).case.number

    def ends_uploads(self) -> None:
        """The round's file names a day for uploads that is over."""
        file = self.office.folder / "campaign.toml"
        text = re.sub(r"(?m)^got_until = .*$", "got_until = 2025-11-30", file.read_text())
        over = "upload_until = 2025-12-01T23:59:59+08:00"
        file.write_text(re.sub(r"(?m)^upload_until = .*$", over, text))

    def sends(self, address: str, content: bytes, purpose: Purpose) -> None:
        """A certificate of hers has come by mail."""
        self.uid += 1
        now = self.office.clock.now()
        with self.office.store.write() as tx:
            raw = f"Message-ID: <{self.uid}@example.org>\r\n\r\n".encode()
            (mail,) = store_arrivals(
                tx, [Arrival("a", "INBOX", 1, self.uid, raw, len(raw))], now=now
            )
            case = cases.load(tx, self.student(address).case.id)
            papers = AfterPapers(tx, self.office.rules, now=now)
            files = [Paper(content, "application/pdf")]
            papers.keep(case, files, purpose=purpose, inbox_id=mail, at=now)
            cause = Cause(actor="mailflow", inbox_id=mail)
            if purpose is Purpose.REFUND:
                assert papers.application(case, cause=cause, at=now) is None
            else:
                assert papers.certificate(case, cause=cause, at=now, words="") is None


@pytest.fixture
def clerk(embedded: EmbeddedOffice, tmp_path: Path) -> Iterator[Clerk]:
    office = RunningOffice(embedded, tmp_path / "office", dates=AfterDates(), starts_daemon=False)
    with office:
        for address in (ANNE, BART, CRIS):
            completes(Student(office, address))
        yield Clerk(office, tmp_path)


def results(clerk: Clerk) -> str:
    numbers = [clerk.number(address) for address in (ANNE, BART, CRIS)]
    return clerk.file(
        "results.csv",
        ("案號", *SUBJECTS, "考試日期"),
        (numbers[0], 68, 72, "2025-11-08"),
        (numbers[1], 58, 82, "2025-11-08"),
        (numbers[2], "缺考", 0, "2025-11-08"),
    )


def test_from_the_results_to_the_money(clerk: Clerk):
    file, anne, bart = results(clerk), clerk.number(ANNE), clerk.number(BART)
    assert "試算" in clerk.does("results", "import", file, "--dry-run")
    told = json.loads(clerk.does("results", "import", file, "--json"))
    assert (told["passed"], told["kept"], len(told["failed"])) == ([anne], [bart], 1)
    assert "未變 3" in clerk.does("results", "import", file)
    assert "2028-11-08" in clerk.does("results", "kept")

    posted = clerk.does("certificates", "posted", "--exam", EXAM, "--on", "2026-01-15", "--json")
    assert json.loads(posted)["done"] == [anne]
    assert json.loads(clerk.does("refund", "invite", "--dry-run", "--json"))["done"] == [anne]
    assert "完成 1" in clerk.does("refund", "invite")
    clerk.sends(ANNE, b"%PDF-certificate", Purpose.REFUND)

    (line,) = [json.loads(one) for one in clerk.does("refund", "list", "--json").splitlines()]
    assert (line["number"], line["own"], line["doubts"]) == (anne, 600, [])
    shown = clerk.does("refund", "show", anne, "--out", str(clerk.folder / "look")).strip()
    assert Path(shown).read_bytes() == b"%PDF-certificate"
    assert stat.S_IMODE(Path(shown).stat().st_mode) == 0o600

    clerk.does("refund", "verify", "--why", "seen", code=2)
    assert "完成 1" in clerk.does("refund", "verify", "--all-clear", "--why", "seen")
    assert "account_missing" in clerk.does("refund", "payout", code=1)
    typed = "700\n0011223344556\n0011223344556\n安妮\n"
    clerk.does("refund", "account", anne, "--why", "form", typed=typed)
    assert "second person" in clerk.does("refund", "confirm", anne, "--why", "me", code=1)
    assert "in force" in clerk.does("refund", "confirm", anne, "--why", "compared", who="hua")

    out = str(clerk.folder / "lists")
    made = json.loads(clerk.does("refund", "payout", "--out", out, "--json"))
    assert (made["number"], made["count"], made["total"]) == ("114-9-R01", 1, 600)
    xlsx, text = (Path(one) for one in made["files"])
    sheet = load_workbook(xlsx).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]][5:9] == ["700", "0011223344556", "安妮", 600]
    assert '"700","0011223344556"' in text.read_text(encoding="utf-8-sig")
    assert stat.S_IMODE(text.stat().st_mode) == 0o600
    clerk.does("refund", "payout", "--again", "114-9-R01", "--out", out)
    paid = ("refund", "paid", "114-9-R01", "--on", "2026-01-20", "--why", "bank's note")
    assert json.loads(clerk.does(*paid, "--json"))["done"] == [anne]
    assert clerk.office.audit(anne)[-1] == ("ming", "pay")


def test_a_file_with_problems_is_refused_in_a_few_lines(clerk: Clerk):
    file = clerk.file("bad.csv", ("案號", *SUBJECTS), ("TEST114-9999", 101, 50))
    assert "0 到 100" in clerk.does("results", "import", file, code=1)
    file = clerk.file("stray.csv", ("案號", *SUBJECTS), ("TEST114-9999", 90, 50))
    assert "沒有這個案號" in clerk.does("results", "import", file, code=1)
    assert "無法讀取" in clerk.does("results", "import", "nowhere.csv", code=1)


def test_unclear_marks_are_decided_at_the_terminal(clerk: Clerk):
    anne = clerk.number(ANNE)
    file = clerk.file("one.csv", ("案號", SUBJECTS[0]), (anne, 90))
    told = clerk.does("results", "import", file, "--exam-on", "2025-11-08")
    assert f"待判定：{anne}" in told
    assert f"{anne}=kept" in clerk.does("results", "decide", anne, "kept", "--why", "ill")
    assert "--why" in clerk.does("results", "decide", anne, "kept", code=2)


def test_certificates_are_ticked_one_by_one_or_by_a_list(clerk: Clerk):
    anne = clerk.number(ANNE)
    clerk.does("results", "import", results(clerk))
    assert "not collected at school" in clerk.does(
        "certificates", "arrived", "--exam", EXAM, code=1
    )
    assert "either --exam" in clerk.does("certificates", "arrived", code=1)
    assert "no exam" in clerk.does("certificates", "arrived", "--exam", "鋼琴", code=1)
    file = clerk.file("collected.csv", ("學號",), (clerk.student(ANNE).data[Field.STUDENT_NO],))
    told = clerk.does("certificates", "collected", "--file", file, code=1)
    assert anne in told
    assert "who?" in clerk.does("certificates", "collected", code=1)


def test_a_tick_that_was_a_mistake_is_taken_back_at_the_terminal(clerk: Clerk):
    anne = clerk.number(ANNE)
    clerk.does("results", "import", results(clerk))
    clerk.does("certificates", "posted", "--exam", EXAM)
    undo = ("certificates", "undo", "posted")
    assert "試算" in clerk.does(*undo, anne, "--why", "點錯", "--dry-run")
    assert "who?" in clerk.does(*undo, "--why", "點錯", code=1)
    assert "alone" in clerk.does(*undo, anne, "--exam", EXAM, "--why", "點錯", code=1)
    clerk.does(*undo, anne, code=2)
    told = json.loads(clerk.does(*undo, anne, "--why", "點錯", "--json"))
    assert told == {"done": [anne], "skipped": {}, "dry_run": False}
    assert clerk.office.audit(anne)[-1] == ("ming", "unpost")
    assert "unpost_while_passed" in clerk.does(*undo, anne, "--why", "點錯")


def test_the_registrars_list_is_taken_in(clerk: Clerk):
    file = clerk.file("enrolled.csv", ("學號", "在學狀態"), ("113590001", "在學"))
    command = ("enrolment", "import", file, "--on", "2025-11-01", "--json")
    assert json.loads(clerk.does(*command))["new"] == 1
    assert json.loads(clerk.does(*command))["new"] == 0
    clerk.does("enrolment", "import", file, code=2)


def test_the_reward_from_the_mail_to_the_list(clerk: Clerk):
    clerk.sends(ANNE, b"one", Purpose.REWARD)
    clerk.sends(BART, b"two", Purpose.REWARD)
    lines = [json.loads(one) for one in clerk.does("reward", "list", "--json").splitlines()]
    first, second = (line["certificate"] for line in lines)
    assert "publish after it" in clerk.does("reward", "publish", code=1)
    accept = ("reward", "accept", first, "--title", "TQC", "--issued-on", "2025-03-01")
    assert "accepted" in clerk.does(*accept, "--why", "seen")
    refuse = ("reward", "refuse", second, "--reason", "language_certificate", "--why", "TOEIC")
    assert "refused" in clerk.does(*refuse)
    assert "decided before" in clerk.does(*refuse, code=1)
    assert "TQC" in clerk.does("reward", "list")
    clerk.ends_uploads()
    made = json.loads(clerk.does("reward", "publish", "--out", str(clerk.folder), "--json"))
    assert (made["count"], made["total"]) == (1, 3100)
    published = Path(made["files"][1]).read_text(encoding="utf-8-sig")
    assert "安O" in published
    assert "安妮" not in published
    assert "113590001" not in published


def test_a_refund_is_refused_with_a_code_that_the_student_can_read(clerk: Clerk):
    clerk.does("results", "import", results(clerk))
    anne = clerk.number(ANNE)
    told = clerk.does("refund", "refuse", anne, "--reason", "no", "--why", "x", code=1)
    assert "certificate_unreadable" in told
    assert "not possible now" in clerk.does(
        "refund", "refuse", anne, "--reason", "not_enrolled", "--why", "x", code=1
    )
    assert "not open" not in clerk.does("results", "offer", "--dry-run")
    assert clerk.does("refund", "close", "--json").startswith('{"done": []')


def test_the_queue_sends_refunds_to_their_own_commands(clerk: Clerk):
    clerk.does("results", "import", results(clerk))
    clerk.does("refund", "invite")
    clerk.sends(ANNE, b"%PDF-1", Purpose.REFUND)
    (item,) = clerk.office.queue(case_id=clerk.student(ANNE).case.id)
    assert "退費" in clerk.does("queue", "list")
    assert "mailflow refund" in clerk.does("queue", "show", item.id)
    assert "refund verify" in clerk.does("queue", "accept", item.id, "--why", "x", code=1)
    with clerk.office.store.read() as tx:
        assert payees.in_force(tx, clerk.student(ANNE).case.id) is None
