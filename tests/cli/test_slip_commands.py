"""`mailflow slip …` as staff use it, against a sandbox office on disk."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from mailflow.campaign import Campaign, load_campaign
from mailflow.demo.office import SandboxOffice
from mailflow.person import Field
from mailflow.slips import make_slip
from mailflow.slips.paper import Paper, draw
from mailflow.store import cases, lookup
from mailflow.store.billing import owed
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause
from mailflow.workflow import Event, State

BANK = """
[slip.bank]
code = "822"
rule = "ctbc"
corp_code = "99999"
[slip.store]
collection_codes = [{ up_to = 20000, code = "6H1" }]
"""


class Terminal:
    """An office whose campaign says how slips come; runs `mailflow …` in a process of its own."""

    def __init__(self, folder: Path, method: str) -> None:
        self.office = SandboxOffice(folder)
        self.office.open()
        self.office.import_form()
        file = folder / "campaign.toml"
        file.write_text(f'{file.read_text()}\n[slip]\nmethod = "{method}"\n{BANK}')
        self.campaign: Campaign = load_campaign(file)

    def __call__(self, *words: str, code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "mailflow", "slip", *words],
            cwd=self.office.folder,
            capture_output=True,
            text=True,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def cases(self, state: State) -> list[CaseView]:
        with self.office.store.read() as tx:
            found = lookup.in_campaign(tx, self.campaign.id)
        return [case for case in found if case.state is state]

    def confirm(self, count: int) -> list[CaseView]:
        """Some students press the button, before the office has slips for them."""
        chosen = self.cases(State.ASKED)[:count]
        with self.office.store.write() as tx:
            tx.session.connection().exec_driver_sql("DELETE FROM slip")
            work = Casework(tx, self.office.rules, now=self.office.clock.now())
            for case in chosen:
                work.happen(cases.load(tx, case.id), Event.CONFIRM, cause=Cause(actor="mailflow"))
        return chosen


@pytest.fixture
def importing(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path, "import")
    yield terminal
    terminal.office.close()


@pytest.fixture
def making(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path, "made")
    yield terminal
    terminal.office.close()


def cashiers_pdf(terminal: Terminal, case: CaseView, *, amount: int | None = None) -> bytes:
    due_on = terminal.campaign.pay_until.date()
    fee = owed(terminal.campaign, case.data) or 0
    slip = make_slip(terminal.campaign.slip, case=case.number, amount=amount or fee, due_on=due_on)
    assert slip.barcodes
    return draw(
        Paper(
            office="出納組",
            title="繳費單",
            rows=(("學號", case.data[Field.STUDENT_NO]), ("姓名", case.data[Field.NAME_ZH])),
            payment=(
                ("應繳金額", f"{slip.amount} 元"),
                ("銷帳編號", slip.account),
                ("繳款期限", f"{slip.due_on:%Y/%m/%d}"),
            ),
            barcodes=slip.barcodes.texts,
        )
    )


def test_a_folder_of_the_cashier_is_taken_in_and_each_misfit_named(
    importing: Terminal, tmp_path: Path
):
    anne, bart = importing.confirm(2)
    folder = tmp_path / "slips"
    folder.mkdir()
    (folder / "1.pdf").write_bytes(cashiers_pdf(importing, anne))
    (folder / "2.pdf").write_bytes(cashiers_pdf(importing, bart, amount=999))
    (folder / "3.pdf").write_bytes(b"%PDF-1.7 broken")
    (folder / "readme.txt").write_text("hello")
    told = importing("import", "slips", "--dry-run", code=1)
    assert len(importing.cases(State.BILLED)) == 0
    told = importing("import", "slips", code=1)
    assert "收下 1，寄出 1" in told
    assert "slip_amount_differs_from_fee" in told
    assert "請出納組或銀行更正" in told
    assert "3.pdf" in told
    assert "未使用：readme.txt" in told
    assert [case.number for case in importing.cases(State.BILLED)] == [anne.number]
    (folder / "2.pdf").write_bytes(cashiers_pdf(importing, bart))
    (folder / "3.pdf").unlink()
    report = json.loads(importing("import", "slips", "--json"))
    assert (report["billed"], report["unchanged"]) == ([bart.number], [anne.number])
    assert report["misfits"] == []


def test_slips_are_made_for_all_who_wait_and_looked_at(making: Terminal, tmp_path: Path):
    waiting = making.confirm(3)
    assert "寄出 3" in making("make")
    number = waiting[0].number
    out = tmp_path / "slip.pdf"
    told = making("show", number, "--out", str(out))
    assert "帳號 99999" in told
    assert out.stat().st_mode & 0o077 == 0
    text = pypdfium2.PdfDocument(out.read_bytes())[0].get_textpage().get_text_range()
    assert number in text
    first = json.loads(making("show", number, "--json"))
    making("make", number, "--reissue", "--why", "遺失")
    again = json.loads(making("show", number, "--json"))
    assert again["account"] != first["account"]
    assert [slip["account"] for slip in again["voided"]] == [first["account"]]


def test_what_can_not_be_done_is_said_in_one_line(making: Terminal):
    assert 'slip.method = "made"' in making("import", ".", code=1)
    assert "no case" in making("show", "DEMO114-9999", code=1)
    assert "has no slip yet" in making("show", making.confirm(1)[0].number, code=1)
    assert "--why" in making("make", "X-1", "--reissue", code=1)
    assert "no such file" in making("import", "nowhere", code=1)
    making("make", "--reissue", "--why", "all of them", code=2)


def test_check_tells_an_account_that_the_bank_can_confirm(making: Terminal):
    done = subprocess.run(
        [sys.executable, "-m", "mailflow", "check"],
        cwd=making.office.folder,
        capture_output=True,
        text=True,
    )
    (line,) = [line for line in done.stdout.splitlines() if line[2:].startswith("slips:")]
    assert line.startswith("✓ slips: made here, account and store barcodes, e.g. 822 99999")
