"""The bank's file at the terminal: taken in, looked at, decided, taken back."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from mailflow.campaign.round import TAIPEI
from mailflow.cli.app import program
from mailflow.demo.office import SandboxOffice
from mailflow.store import cases, lookup
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause
from mailflow.store.queue import open_items
from mailflow.workflow import Event, State

HEADER = "入帳日期,虛擬帳號,金額,付款人,備註"


class Cashier:
    """Someone at the terminal of an office whose first students have their slips."""

    def __init__(self, office: SandboxOffice, folder: Path) -> None:
        self.office, self.folder = office, folder
        with office.store.read() as tx:
            asked = lookup.in_states(tx, (State.ASKED,), campaign=office.rules.campaign.id)
        self.anne, self.bart, self.cris = (self.billed(case_id) for case_id in asked[:3])

    def billed(self, case_id: str) -> CaseView:
        self.happens(case_id, Event.CONFIRM)
        return self.case(case_id)

    def happens(self, case_id: str, event: Event) -> None:
        with self.office.store.write() as tx:
            work = Casework(tx, self.office.rules, now=self.office.clock.now())
            work.happen(cases.load(tx, case_id), event, cause=Cause(actor="mailflow"))

    def case(self, case_id: str) -> CaseView:
        with self.office.store.read() as tx:
            return cases.load(tx, case_id)

    def line(self, case: CaseView, amount: object = "", payer: str = "", memo: str = "") -> str:
        today = self.office.clock.now().astimezone(TAIPEI).date()
        assert case.slip
        return f"{today},{case.slip.account},{amount or case.slip.amount},{payer},{memo}"

    def file(self, *lines: str, name: str = "bank.csv") -> str:
        path = self.folder / name
        path.write_text("\n".join((HEADER, *lines)), encoding="cp950")
        return str(path)

    def does(self, *words: str, code: int = 0) -> str:
        config = ["--config", str(self.office.config_file)]
        result: Result = CliRunner().invoke(program(), [*words, *config], env={"COLUMNS": "160"})
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return result.output

    def told(self, *words: str) -> dict:
        return json.loads(self.does(*words, "--json"))

    def items(self) -> list[tuple[str, tuple[str, ...]]]:
        with self.office.store.read() as tx:
            return [(one.id, one.reasons) for one in open_items(tx) if one.kind == "money"]


@pytest.fixture
def cashier(tmp_path: Path) -> Iterator[Cashier]:
    office = SandboxOffice(tmp_path / "office")
    office.open()
    office.import_form()
    yield Cashier(office, tmp_path)
    office.close()


def test_a_file_is_tried_taken_in_shown_and_taken_back(cashier: Cashier):
    file = cashier.file(cashier.line(cashier.anne), cashier.line(cashier.bart, 1))
    tried = cashier.does("settle", "--dry-run", file)
    assert "試算" in tried
    assert cashier.case(cashier.anne.id).state is State.BILLED

    told = cashier.told("settle", file)
    assert told["advanced"] == [cashier.anne.number]
    assert told["held"] == [cashier.bart.number]
    assert cashier.case(cashier.anne.id).state is State.PAID

    report = cashier.does("settle", "report")
    assert "款項相符 1 件" in report
    assert "有款項，案件尚未算已繳（1）" in report
    assert cashier.bart.slip
    assert cashier.bart.slip.account not in report

    undone = cashier.does("settle", "undo", told["import_id"][-8:], "--why", "別梯次的檔案")
    assert "收回 2 筆" in undone
    assert [reasons for _, reasons in cashier.items()] == [("settlement_taken_back",)]
    assert "已收回" in cashier.does("settle", "report")


def test_a_file_with_a_problem_is_refused_with_every_problem(cashier: Cashier):
    file = cashier.file(
        "昨天,,600,,", cashier.line(cashier.anne), cashier.line(cashier.bart, "1.5")
    )
    told = cashier.does("settle", file, code=1)
    assert "第 2 列「入帳日期」" in told
    assert "第 4 列「金額」" in told
    assert "Usage" in cashier.does("settle", code=2)
    assert cashier.case(cashier.anne.id).state is State.BILLED


def test_a_card_shows_the_line_and_accepting_credits_it(cashier: Cashier):
    name = cashier.anne.data["name_zh"]
    line = cashier.line(cashier.cris, cashier.anne.slip.amount, name, "學費")
    cashier.does("settle", cashier.file(line.replace(cashier.cris.slip.account, "")))
    ((item, _),) = cashier.items()
    card = cashier.does("queue", "show", item)
    assert "姓名與金額相符（僅供參考）" in card
    assert f"{cashier.anne.number} 入帳" in card
    assert "學費" in card
    facts = cashier.told("queue", "show", item)
    assert facts["money"]["shares"] == {cashier.anne.number: cashier.anne.slip.amount}
    cashier.does("queue", "accept", item, "--why", "asked her")
    assert cashier.case(cashier.anne.id).state is State.PAID
    assert cashier.items() == []


def test_a_sum_that_differs_is_explained_on_its_card(cashier: Cashier):
    cashier.does("settle", cashier.file(cashier.line(cashier.anne, 1)))
    ((item, _),) = cashier.items()
    card = cashier.does("queue", "show", item)
    assert "實收少於應繳" in card
    assert "1 元" in card
    assert "無建議" in card
    assert "nothing is proposed" in cashier.does("queue", "accept", item, "--why", "x", code=1)
    assert "款項" in cashier.does("queue", "list")


def test_nobodys_money_is_listed_shown_and_given_to_a_case(cashier: Cashier):
    line = cashier.line(cashier.cris, 700, "陌生人", "[/b]").replace(cashier.cris.slip.account, "")
    cashier.does("settle", cashier.file(line))
    (nobodys,) = cashier.told("settle", "report")["nobodys"]
    assert (nobodys["amount"], nobodys["payer"]) == (700, "陌○人")
    assert "[/b]" in cashier.does("settle", "show", nobodys["line"][-8:])
    assert cashier.told("settle", "show", nobodys["line"])["memo"] == "[/b]"
    told = cashier.does("settle", "book", nobodys["line"], cashier.anne.number, "--why", "媽媽繳的")
    assert cashier.anne.number in told
    assert cashier.told("settle", "report")["nobodys"] == []
    assert "already" in cashier.does(
        "settle", "book", nobodys["line"], cashier.anne.number, "--why", "x", code=1
    )


def test_a_claim_without_money_is_listed_once_stores_had_their_time(cashier: Cashier):
    cashier.happens(cashier.anne.id, Event.PROOF)
    cashier.does("settle", cashier.file(cashier.line(cashier.bart)))
    report = cashier.told("settle", "report", "--queue")
    assert (report["no_money"], report["waiting"], report["queued"]) == ([], 1, [])

    cashier.office.clock.ahead -= timedelta(days=20)  # … as if it had been claimed long ago
    cashier.happens(cashier.cris.id, Event.PROOF)
    report = cashier.told("settle", "report", "--queue")
    assert [one["case"] for one in report["no_money"]] == [cashier.cris.number]
    assert report["queued"] == [cashier.cris.number]
    assert cashier.told("settle", "report", "--queue")["queued"] == []
    ((item, reasons),) = cashier.items()
    assert reasons == ("claimed_but_no_money",)
    assert f"{cashier.cris.number}=billed" in cashier.does(
        "queue", "reject", item, "--why", "the bank has nothing"
    )
