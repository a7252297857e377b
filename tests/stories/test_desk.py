"""What staff decide: each verb, its letter, its line in the audit."""

import pytest
from servers.office import ANNE, BART, CRIS, EVA, FAYE, GINO, HANA
from stories.cast import Student, needs_eyes
from stories.running import RunningOffice

from mailflow.desk import DeskError
from mailflow.person import Field
from mailflow.workflow import State


def test_a_withdrawal_is_carried_out_only_by_staff(office: RunningOffice):
    anne = Student(office, ANNE)
    anne.replies(anne.is_asked(), "老師不好意思，我想取消報名，謝謝")
    office.quiet()
    assert anne.case.state is State.ASKED
    item = anne.waits_for_staff()
    assert item.event == "withdraw"
    office.desk.accept(item.id, why="clear enough")
    anne.gets("withdrawn")
    assert anne.case.state is State.WITHDRAWN
    assert ("clerk", "withdraw") in office.audit(anne.case.number)
    assert office.audit(item.id) == [("clerk", "accept")]


def test_after_the_slip_a_correction_waits_for_staff_who_may_answer_it(office: RunningOffice):
    bart = Student(office, BART)
    slip = bart.is_billed()
    bart.replies(slip, "手機改成 0900000555")
    office.quiet()
    assert bart.case.data[Field.PHONE] == "0900000102"
    item = bart.waits_for_staff()
    office.desk.ask(item.id, why="too late", note="已發繳費單，請來電。")
    note = bart.gets("staff_note")
    assert "已發繳費單，請來電。" in note.text
    assert bart.case.state is State.BILLED
    assert bart.queue == []


@needs_eyes
def test_a_proof_that_only_a_person_can_judge_is_accepted_by_one(office: RunningOffice):
    cris = Student(office, CRIS)
    slip = cris.is_billed()
    cris.replies(slip, "附上證明", picture=cris.transfer(601))
    item = cris.waits_for_staff()
    office.desk.accept(item.id, why="seen on the account")
    cris.gets("proof_accepted")
    cris.reaches(State.COMPLETE)
    actions = office.audit(cris.case.number)
    assert ("clerk", "proof") in actions
    assert ("mailflow", "proof") not in actions


def test_a_plain_yes_is_asked_for_the_button_by_staff(office: RunningOffice):
    eva = Student(office, EVA)
    eva.replies(eva.is_asked(), "資料都正確")
    item = eva.waits_for_staff()
    office.desk.ask(item.id, why="button please")
    eva.gets("press_button", count=2)
    assert eva.case.state is State.ASKED


def test_a_question_is_discarded_with_a_reason(office: RunningOffice):
    faye = Student(office, FAYE)
    faye.replies(faye.is_asked(), "請問考試當天可以提早離場嗎？")
    item = faye.waits_for_staff()
    with pytest.raises(DeskError, match="reason"):
        office.desk.discard(item.id, why=" ")
    office.desk.discard(item.id, why="answered by phone")
    assert faye.queue == []
    assert [m.state for m in office.mails() if m.id == item.inbox_id] == ["discarded"]
    assert office.audit(item.id) == [("clerk", "discard")]


def test_a_held_mail_is_read_again_by_todays_rules(office: RunningOffice):
    gino = Student(office, GINO)
    gino.replies(gino.is_asked(), "請問考試當天可以提早離場嗎？")
    item = gino.waits_for_staff()
    office.desk.requeue(item.id, why="rules are better now")
    office.until(lambda: gino.queue and gino.waits_for_staff().id != item.id)
    assert office.audit(item.id) == [("clerk", "requeue")]


def test_two_who_decide_at_once_decide_once(office: RunningOffice):
    hana = Student(office, HANA)
    hana.replies(hana.is_asked(), "我想取消報名")
    item = hana.waits_for_staff()
    office.desk.accept(item.id, why="first")
    with pytest.raises(ValueError, match="no open item"):
        office.desk.reject(item.id, why="second", note="no")
    hana.gets("withdrawn")
    office.quiet()
    assert hana.kinds().count("staff_note") == 0
