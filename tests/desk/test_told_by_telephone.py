"""A student calls, or stands at the counter: the correction goes the way of one by mail."""

import json
from datetime import timedelta

import pytest
from desk.paper_office import PaperOffice, somebody
from sqlmodel import select

from mailflow.person import Field
from mailflow.store import cases
from mailflow.store.audit import history
from mailflow.store.cases import CaseView
from mailflow.store.casework import Cause
from mailflow.store.queue import open_decision, open_items, proposal_of
from mailflow.store.tables import CaseVersion, Outbox
from mailflow.workflow import Event, State

BY = ("--told-by", "電話 本人，核對學號與生日")


def letters(paper: PaperOffice, case: CaseView) -> list[str]:
    with paper.store.read() as tx:
        query = select(Outbox.letter).where(Outbox.case_id == case.id)
        return list(tx.session.exec(query.order_by(Outbox.id)))


def told(paper: PaperOffice, case: CaseView, *changes: str, code: int = 0) -> str:
    return paper.does("case", "correct", case.number, *changes, *BY, code=code)


def test_it_goes_back_to_the_student_with_old_and_new(paper: PaperOffice):
    anne = paper.registers()
    said = told(paper, anne, "手機=0987-654-321", "英文姓名=WU, ANNE")
    assert "asked → asked，請學生確認的信 data_changed 寄到 a***@example.org" in said
    assert "手機：*******101 → 0987654321" in said
    case = paper.case(anne.number)
    assert (case.state, case.data_version) == (State.ASKED, 2)
    assert (case.data[Field.PHONE], case.data[Field.NAME_EN]) == ("0987654321", "WU, ANNE")
    assert letters(paper, anne)[-1] == "data_changed"
    with paper.store.read() as tx:
        assert not cases.is_confirmed(tx, case)  # a voice on the telephone confirms nothing
        row = tx.session.exec(select(CaseVersion).where(CaseVersion.version == 2)).one()
        line = next(one for one in history(tx, anne.number) if one.action == "correct")
    assert row.source == "staff"
    assert line.why == "電話 本人，核對學號與生日"
    assert "0987654321" not in line.why


def test_what_was_confirmed_before_is_asked_again(paper: PaperOffice):
    anne = paper.happens(paper.registers(), Event.CONFIRM)
    assert anne.state is State.CONFIRMED
    assert "confirmed → asked" in told(paper, anne, "phone=0987654321")
    assert paper.case(anne.number).state is State.ASKED


def test_the_step_and_the_letter_are_those_of_a_correction_by_mail(paper: PaperOffice):
    by_mail, by_phone = paper.registers(1), paper.registers(2)
    cause = Cause(actor="mailflow", changes={Field.PHONE: "0987654321"})
    with paper.store.write() as tx:
        paper.work(tx).happen(cases.load(tx, by_mail.id), Event.CORRECT, cause=cause)
    told(paper, by_phone, "phone=0987654321")
    assert letters(paper, by_phone) == letters(paper, by_mail)
    same = [
        (it.state, it.data_version) for it in map(paper.case, (by_mail.number, by_phone.number))
    ]
    assert same[0] == same[1]


def test_it_is_shown_before_it_is_done(paper: PaperOffice):
    anne = paper.registers()
    before = letters(paper, anne)
    said = told(paper, anne, "phone=0987654321", "--dry-run")
    assert "→ 0987654321" in said
    assert "（試算，未執行）" in said
    assert paper.case(anne.number).data_version == 1
    assert letters(paper, anne) == before
    words = ("case", "correct", anne.number, "phone=0987654321", *BY, "--dry-run", "--json")
    facts = json.loads(paper.does(*words))
    assert (facts["letter"], facts["dry_run"]) == ("data_changed", True)
    assert facts["changes"] == [{"field": "phone", "old": "*******101", "new": "0987654321"}]


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_done(paper: PaperOffice):
    anne = paper.registers()
    said = told(
        paper, anne, "phone=12", "national_id=A123456780", "生肖=龍", "sex", "department=電機系",
        code=1,
    )  # fmt: skip
    for words in ("手機", "檢查碼不符", "「生肖」不是可更正的欄位", "「sex」不是", "phone（手機）"):
        assert words in said
    assert paper.case(anne.number).data_version == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("exam=AIoT應用工程師 初級", "本梯次沒有這個鑑定項目"),
        ("subjects=資訊安全管理概論", "報考科目與鑑定項目不合"),
        ("exam_area=花蓮", "考區"),
        ("email=anne@gmial.com", "網域可能打錯"),
        ("email=t113590099@student.example.edu.tw", "另一個學號"),
        ("retake=是", "已及格科目"),
        ("consent=同意", "不是可更正的欄位"),
        ("student_no=113590002", "這個學號屬於另一個案件"),
        ("phone=0900000101", "沒有可更正的"),
    ],
)
def test_data_that_nobody_could_be_registered_with_are_refused(
    paper: PaperOffice, change: str, said: str
):
    anne = paper.registers()
    paper.registers(2)
    assert said in told(paper, anne, change, code=1)
    assert paper.case(anne.number).data_version == 1


def test_exam_and_subjects_are_corrected_together(paper: PaperOffice):
    anne = paper.registers()
    both = ("exam=資訊安全工程師 初級", "subjects=資訊安全管理概論、資訊安全技術概論")
    told(paper, anne, *both)
    assert paper.case(anne.number).data[Field.EXAM] == "資訊安全工程師 初級"


@pytest.mark.parametrize(
    ("events", "way"),
    [
        ((), "請學生回信更正"),
        ((Event.PROOF,), "通知考試單位"),
        ((Event.PROOF, Event.TOLD), "通知考試單位"),
        ((Event.DEADLINE,), "case reinstate"),
        ((Event.WITHDRAW,), "case reinstate"),
    ],
)
def test_where_a_mail_would_wait_for_staff_the_way_on_is_said(
    paper: PaperOffice, events: tuple[Event, ...], way: str
):
    anne = paper.happens(paper.is_billed(1), *events)
    said = told(paper, anne, "phone=0987654321", code=1)
    assert way in said.splitlines()[0]
    assert paper.case(anne.number).data_version == anne.data_version


def test_a_correction_by_mail_that_waits_is_decided_first(paper: PaperOffice):
    anne = paper.registers()
    with paper.store.write() as tx:
        item = open_decision(
            tx, kind="mail", reasons=("field_needs_person",), event=Event.CORRECT,
            case_id=anne.id, key_id=anne.key_id, now=paper.now,
            proposal=proposal_of({Field.NAME_ZH: "安妮妮"}, ()),
        )  # fmt: skip
    said = told(paper, anne, "phone=0987654321", code=1)
    assert f"mailflow queue show {item[-8:]}" in said


def test_a_registration_that_staff_were_asked_about_goes_on_when_it_is_put_right(
    paper: PaperOffice,
):
    """The number in the form was none; she tells it by telephone, and gets her first letter."""
    data = somebody(1).with_changes({Field.NAME_ZH: "安妮", Field.PHONE: "12"})
    with paper.store.write() as tx:
        anne = paper.work(tx).register(
            data, cause=Cause(actor="mailflow"), problems=("invalid:phone",)
        )
    assert anne.state is State.REGISTERED
    said = told(paper, anne, "department=電子工程系")
    assert "registered → registered，暫不寄信，仍待處理" in said
    assert letters(paper, anne) == []
    assert "registered → asked，請學生確認的信 data_confirmation" in told(
        paper, anne, "phone=0987654321"
    )
    assert letters(paper, anne)[-1] == "data_confirmation"
    with paper.store.read() as tx:
        assert open_items(tx, case_id=anne.id) == []


def test_nobody_tells_what_and_who_is_needed(paper: PaperOffice):
    anne = paper.registers()
    words = ("case", "correct", anne.number, "phone=0987654321")
    paper.does(*words, code=2)
    assert "請寫是誰說的" in paper.does(*words, "--told-by", " ", code=1)
    said = paper.does("case", "correct", "iPAS114-7777", "phone=0987654321", *BY, code=1)
    assert said.strip() == (
        "沒有案號 iPAS114-7777，請用 mailflow case list 查對"
        " / no case iPAS114-7777: see `mailflow case list`"
    )


def test_told_twice_it_is_asked_twice(paper: PaperOffice):
    anne = paper.registers()
    told(paper, anne, "phone=0987654321")
    paper.now += timedelta(hours=1)
    told(paper, anne, "phone=0987654322")
    assert letters(paper, anne).count("data_changed") == 2
