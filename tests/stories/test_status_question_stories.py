"""「請問有收到我的繳費證明嗎」, from mailbox to mailbox."""

from servers.office import ANNE, BART, CRIS, DIRK, EVA, FAYE, GINO, HANA
from stories.cast import Student, needs_eyes
from stories.running import RunningOffice

from mailflow.store.queue import open_decision
from mailflow.workflow import State

ASKS = "老師好，請問有收到我的繳費證明嗎？謝謝"


def test_who_owes_is_told_what_and_until_when(office: RunningOffice):
    anne = Student(office, ANNE)
    slip = anne.is_billed()
    anne.replies(slip, ASKS)
    told = anne.gets("status")
    assert "處理完的來信中，還沒有您的繳費證明" in told.text
    assert "600" in told.text
    assert anne.account in told.text
    assert anne.case.state is State.BILLED
    assert anne.queue == []


@needs_eyes
def test_who_has_paid_is_told_that_all_is_done(office: RunningOffice):
    bart = Student(office, BART)
    bart.replies(bart.is_billed(), "附上繳費證明", picture=bart.transfer())
    bart.gets("proof_accepted")
    bart.reaches(State.COMPLETE)
    bart.writes("請問", ASKS)
    told = bart.gets("status")
    assert "報名手續已經完成" in told.text
    assert "收到並接受" in told.text
    assert bart.account not in told.text


def test_who_has_not_pressed_the_button_is_told_so(office: RunningOffice):
    cris = Student(office, CRIS)
    cris.is_asked()
    cris.writes("報名進度", "請問我報名成功了嗎？")
    assert "等候您確認報名資料" in cris.gets("status").text
    assert cris.case.state is State.ASKED


def test_the_second_question_of_a_day_is_read_by_a_person(office: RunningOffice):
    eva = Student(office, EVA)
    slip = eva.is_billed()
    eva.replies(slip, ASKS)
    eva.gets("status")
    eva.replies(slip, ASKS)
    eva.waits_for_staff("status_question", "told_today")
    assert eva.kinds().count("status") == 1


def test_while_something_of_the_case_waits_for_staff_no_machine_tells_where_it_stands(
    office: RunningOffice,
):
    faye = Student(office, FAYE)
    slip = faye.is_billed()
    with office.store.write() as tx:
        open_decision(
            tx, kind="mail", reasons=("proof_lies_there",), case_id=faye.case.id,
            now=office.clock.now(),
        )  # fmt: skip
    faye.replies(slip, ASKS)
    faye.waits_for_staff("status_question", "standing_needs_staff")
    assert "status" not in faye.kinds()


def test_a_claim_beside_the_question_is_read_by_a_person(office: RunningOffice):
    gino = Student(office, GINO)
    gino.replies(gino.is_billed(), "我昨天已經轉帳了，請問有收到嗎？")
    gino.waits_for_staff("proof_missing")
    assert "status" not in gino.kinds()


def test_another_sender_who_names_the_case_is_told_nothing(office: RunningOffice):
    hana = Student(office, HANA)
    hana.is_billed()
    message = hana.mail("office@example.edu", f"[{hana.case.number}] 請問", sender=DIRK)
    message.replace_header("To", hana.gets("payment_slip").reply_to)
    message.set_content(ASKS)
    hana.sends(message)
    hana.waits_for_staff("sender_unregistered")
    assert "status" not in hana.kinds()
