"""Registrations: by the form as it grows, and by mail."""

from servers.office import ANNE, BART, CRIS, EVA, FAYE, GINO, OFFICE, STRANGER
from stories.cast import Student, register
from stories.running import RunningOffice

from mailflow.person import Field
from mailflow.workflow import State


def test_without_a_slip_the_case_waits_and_a_later_import_brings_it(office: RunningOffice):
    anne = Student(office, ANNE)
    anne.registers(slip=None)
    anne.presses(anne.gets("data_confirmation"))
    anne.waits_for_staff("slip_missing")
    assert anne.case.state is State.CONFIRMED
    assert anne.registers().billed == [anne.case.number]
    anne.gets("payment_slip")
    assert anne.queue == []


def test_an_import_repeated_changes_nothing(office: RunningOffice):
    bart = Student(office, BART)
    first = bart.registers()
    assert len(first.created) == 1
    again = bart.registers()
    assert (again.created, again.changed, again.unchanged) == ([], [], 1)
    bart.gets("data_confirmation")
    office.quiet()
    assert bart.kinds() == ["data_confirmation", "form_receipt"]


def test_a_changed_row_is_a_correction_and_a_changed_address_is_not(office: RunningOffice):
    """請點此處回報名表單修改"""
    cris = Student(office, CRIS)
    cris.is_asked()
    changed = dict(cris.data.values) | {Field.PHONE: "0900000666"}
    assert cris.registers(texts=changed).changed == [cris.case.number]
    cris.gets("data_changed")
    moved = changed | {Field.EMAIL: STRANGER}
    assert cris.registers(texts=moved).held == [cris.case.number]
    office.quiet()
    assert cris.case.address == CRIS
    assert [m for m in Student(office, STRANGER).letters() if m.kind == "data_changed"] == []


def test_one_row_with_an_error_is_held_and_the_others_go_on(office: RunningOffice):
    faye = Student(office, FAYE)
    wrong = dict(faye.data.values) | {Field.NATIONAL_ID: "A100000000"}
    report = register(faye, texts=wrong)
    assert report.held == report.created
    assert faye.case.state is State.REGISTERED
    assert any("invalid:national_id" in reasons for reasons in faye.queue)
    office.quiet()
    assert faye.letters() == []


def test_a_complete_registration_by_mail_is_confirmed_like_any_other(office: RunningOffice):
    # guide: 於9/17(三)前完成填寫報名表單
    # guide: 報名!!!
    eva = Student(office, EVA)
    eva.writes("報名 iPAS", f"老師好，我要報名：\n{eva.form_lines()}")
    letter = eva.gets("data_confirmation")
    assert eva.case.state is State.ASKED
    eva.presses(letter)
    eva.waits_for_staff("slip_missing")


def test_an_incomplete_one_gets_the_form_once_a_day_and_nothing_of_its_own_words(
    office: RunningOffice,
):
    stranger = Student(office, STRANGER, number=77)
    stranger.writes("報名 iPAS", "我要報名 iPAS\n中文姓名：王某\n手機：0900000777")
    form = stranger.gets("registration_form")
    assert "王某" not in form.text
    assert "0900000777" not in form.text
    stranger.writes("報名 iPAS", "我要報名，怎麼報？")
    office.quiet()
    assert stranger.kinds() == ["registration_form"]


def test_nobody_registers_another_address_by_mail(office: RunningOffice):
    gino = Student(office, GINO)
    message = gino.mail(OFFICE, "報名 iPAS", sender=STRANGER)
    message.set_content(f"我要報名：\n{gino.form_lines()}")
    gino.sends(message)
    office.until(lambda: office.queue(reason="address_differs"))
    office.quiet()
    assert gino.letters() == []
