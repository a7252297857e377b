"""One person's history, what it shows to whom, and what may not be erased."""

import json
from datetime import timedelta

import pytest
from desk.paper_office import PaperOffice

from mailflow.desk.masking import masked_name, masked_number, masked_value
from mailflow.person import Field
from mailflow.person.registration import BASIC
from mailflow.store import audit, cases
from mailflow.store.casework import Cause
from mailflow.store.database import StoreError
from mailflow.store.erasure import erase_person
from mailflow.store.holds import hold
from mailflow.workflow import Event, State


def lives(paper: PaperOffice) -> str:
    """Anne registers, corrects, confirms, gets a slip, pays: a day for each."""
    case = paper.registers(1)
    paper.now += timedelta(days=1)
    with paper.store.write() as tx:
        cause = Cause(actor="mailflow", changes={Field.PHONE: "0900000999"})
        paper.work(tx).happen(cases.load(tx, case.id), Event.CORRECT, cause=cause)
    paper.writes(case, "更正")
    paper.now += timedelta(days=1)
    paper.is_confirmed_with_slip(case)
    paper.now += timedelta(days=1)
    paper.brings(case, 600)
    paper.happens(case, Event.PROOF, Event.TOLD)
    return case.number


def test_the_whole_history_stands_in_order_of_time(paper: PaperOffice):
    number = lives(paper)
    told = paper.tells("case", "show", number)
    assert (told["state"], told["legal_hold"]) == ("complete", False)
    moments = told["history"]
    assert [it["at"] for it in moments] == sorted(it["at"] for it in moments)
    kinds = [it["kind"] for it in moments]
    assert set(kinds) == {"data", "confirmed", "slip", "letter", "mail", "receipt", "audit"}
    data = [it for it in moments if it["kind"] == "data"]
    assert data[1]["personal"] == {"phone": {"old": "*******101", "new": "*******999"}}
    letters = {it["letter"]: it for it in moments if it["kind"] == "letter"}
    assert letters["payment_slip"]["state"] == "queued"
    assert len(letters["payment_slip"]["wording"]) == 12
    receipt = next(it for it in moments if it["kind"] == "receipt")
    assert (receipt["verdict"], receipt["amount"], receipt["status"]) == ("accept", "600", "paid")
    actions = [it["action"] for it in moments if it["kind"] == "audit"]
    assert [it for it in actions if it in set(Event)] == [
        "ask", "correct", "confirm", "bill", "proof", "told",
    ]  # fmt: skip


def test_personal_values_are_hidden_from_a_mere_look(paper: PaperOffice):
    number = lives(paper)
    case = paper.case(number)
    hidden = [case.data[it] for it in BASIC if it not in SHOWN] + [str(case.slip.account)]
    for words in (["case", "show", number], ["case", "show", number, "--json"]):
        shown = paper.does(*words)
        assert [value for value in hidden if value in shown] == []
    with paper.store.read() as tx:
        assert "revealed" not in [it.action for it in audit.history(tx, number)]


SHOWN = {
    Field.DEPARTMENT, Field.EXAM, Field.SUBJECTS, Field.EXAM_AREA, Field.RETAKE, Field.SEX,
}  # fmt: skip


def test_revealing_needs_a_reason_and_leaves_a_trace(paper: PaperOffice):
    number = lives(paper)
    case = paper.case(number)
    paper.does("case", "show", number, "--reveal", code=2)
    shown = paper.does("case", "show", number, "--reveal", "--why", "學生來電")
    assert case.data[Field.NATIONAL_ID] in shown
    assert case.slip.account in shown
    with paper.store.read() as tx:
        last = audit.history(tx, number)[-1]
    assert (last.action, last.why) == ("revealed", "學生來電")


def test_a_case_that_is_not_there_is_told(paper: PaperOffice):
    assert "no case iPAS114-0099" in paper.does("case", "show", "iPAS114-0099", code=1)


def test_the_list_names_nobody_in_full(paper: PaperOffice):
    paper.registers(1)
    paper.is_billed(2)
    lines = [json.loads(line) for line in paper.does("case", "list", "--json").splitlines()]
    assert [(it["number"], it["state"], it["name"]) for it in lines] == [
        ("iPAS114-0001", "asked", "安○1"),
        ("iPAS114-0002", "billed", "安○2"),
    ]
    only = paper.does("case", "list", "--state", State.BILLED, "--json")
    assert len(only.splitlines()) == 1
    assert "iPAS114-0002" in paper.does("case", "list")


def test_forgetting_says_what_was_erased_and_the_history_goes_on_without_a_name(
    paper: PaperOffice,
):
    number = lives(paper)
    name = paper.case(number).data[Field.NAME_ZH]
    told = paper.does("case", "forget", number, "--why", "申請刪除", "--yes")
    assert told.startswith(f"erased: {number} (cases 1, ")
    for part in ("inbox 2", "receipt 1", "case_version 2", "slip 1"):
        assert part in told
    facts = paper.tells("case", "show", number)
    assert facts["data"] == {}
    assert facts["state"] == "withdrawn"
    assert name not in json.dumps(facts, ensure_ascii=False)
    assert facts["history"][-1]["action"] == "erased"
    assert json.loads(paper.does("case", "list", "--json"))["name"] == ""


def test_a_case_on_legal_hold_is_not_erased_by_anybody(paper: PaperOffice):
    number = lives(paper)
    other = paper.registers(2, national_id=paper.case(number).data[Field.NATIONAL_ID])
    assert "held" in paper.does("case", "hold", number, "--why", "申訴案")
    told = paper.does("case", "forget", other.number, "--why", "x", "--yes", code=1)
    assert f"{number} is on legal hold" in told
    assert paper.tells("case", "show", number)["legal_hold"]
    paper.does("case", "hold", number, "--why", "again", code=1)
    paper.does("case", "unhold", number, "--why", "結案")
    assert "erased" in paper.does("case", "forget", number, "--why", "x", "--yes")
    with paper.store.read() as tx:
        actions = [it.action for it in audit.history(tx, number)]
    assert actions[-3:] == ["legal hold", "legal hold ended", "erased"]


def test_a_hold_needs_a_reason(paper: PaperOffice):
    number = paper.registers(1).number
    assert "a reason is needed" in paper.does("case", "hold", number, "--why", " ", code=1)


def test_a_hold_holds_below_the_commands_too(paper: PaperOffice):
    number = paper.registers(1).number
    with paper.store.write() as tx:
        hold(tx, number, actor="clerk", why="x", now=paper.now)
    with paper.store.write() as tx, pytest.raises(StoreError, match="legal hold"):
        erase_person(tx, number, actor="clerk", why="x", now=paper.now)


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        (Field.NATIONAL_ID, "A123456789", "*******789"),
        (Field.PHONE, "0912345678", "*******678"),
        (Field.EMAIL, "anne@example.org", "a***@example.org"),
        (Field.BIRTH_DATE, "2004-05-06", "2004-**-**"),
        (Field.NAME_EN, "WANG, HSIAO-MING", "W***, H****-M***"),
        (Field.ADDRESS, "臺北市大安區忠孝東路三段1號", "臺北市大安區…"),
        (Field.EXAM, "AI應用規劃師 初級", "AI應用規劃師 初級"),
        ("special_needs", "聽障", "***"),
        ("account", "95821140900001", "***********001"),
    ],
)
def test_what_is_hidden_of_each_field(name: str, value: str, shown: str):
    assert masked_value(name, value) == shown


def test_names_and_short_numbers():
    assert [masked_name(it) for it in ("王小明", "安妮", "歐陽大明", "王")] == [
        "王○明", "安○", "歐○○明", "王",
    ]  # fmt: skip
    assert masked_number("12345") == "*****"
