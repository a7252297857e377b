"""Forms that come by mail a second time, too short, or for what is not possible."""

from collections.abc import Callable

from servers.office import ANNE, BART, CRIS, EVA, FAYE, GINO, HANA, STRANGER
from stories.cast import Student
from stories.running import RunningOffice

from mailflow.desk.card import load_card
from mailflow.person import BASIC, LABELS, Field
from mailflow.workflow import State


def form(student: Student, **changes: str) -> str:
    """The whole form as a mail says it, with some lines written otherwise."""
    told = {name: student.data[name] for name in BASIC}
    told |= {Field(name): value for name, value in changes.items()}
    return "\n".join(f"{LABELS[name]}：{value}" for name, value in told.items())


def test_subjects_that_are_no_way_to_register_go_back_with_what_is_possible(
    office: RunningOffice,
):
    anne = Student(office, ANNE)
    anne.writes("報名 iPAS", form(anne, subjects="人工智慧基礎概論"))
    letter = anne.gets("registration_form")
    assert "可以報名的科目：人工智慧基礎概論＋生成式AI應用與規劃" in letter.text
    assert anne.data[Field.NATIONAL_ID] not in letter.text
    anne.writes("報名 iPAS", form(anne))
    anne.gets("data_confirmation")


def test_an_exam_of_another_round_goes_back_without_the_student_s_words(office: RunningOffice):
    bart = Student(office, BART)
    bart.writes("報名 iPAS", form(bart, exam="品牌企劃師 初級"))
    letter = bart.gets("registration_form")
    assert "這一梯次沒有您填寫的鑑定項目" in letter.text
    assert "品牌企劃師" not in letter.text


def test_the_form_is_asked_for_filled_in_by_half_and_then_whole(office: RunningOffice):
    cris = Student(office, CRIS)
    cris.writes("報名", "老師好，我想報名")
    cris.gets("registration_form")
    half = form(cris, phone="12345", national_id="")
    cris.writes("Re: iPAS 報名表", half)
    back = cris.gets("registration_form", count=2)
    assert "身分證字號/居留證號 ID / ARC number：沒有填寫" in back.text
    assert "手機 Mobile phone：您寫的內容無法使用；請填寫手機號碼，例如 0912345678" in back.text
    assert "12345；" not in back.text
    cris.writes("報名", half)
    office.until(lambda: office.queue(reason="not_answered_again_today"))
    cris.writes("報名", form(cris))
    cris.gets("data_confirmation")
    assert cris.kinds().count("registration_form") == 2


def test_a_second_form_with_another_phone_is_a_correction(office: RunningOffice):
    ivan = Student(office, STRANGER, number=88)
    ivan.writes("報名", form(ivan))
    ivan.presses(ivan.gets("data_confirmation"))
    ivan.waits_for_staff("slip_missing")
    ivan.writes("報名", form(ivan, phone="0955123456"))
    changed = ivan.gets("data_changed")
    assert "0955123456" in changed.text
    assert ivan.case.state is State.ASKED


def test_the_same_form_again_is_only_acknowledged(office: RunningOffice):
    eva = Student(office, EVA)
    eva.writes("報名", form(eva))
    eva.gets("data_confirmation")
    version = eva.case.data_version
    eva.writes("報名", form(eva))
    eva.gets("form_receipt", count=2)
    office.quiet()
    assert eva.case.data_version == version
    assert eva.queue == []


def test_a_second_form_for_another_identity_number_waits_for_staff(office: RunningOffice):
    faye = Student(office, FAYE)
    faye.writes("報名", form(faye))
    faye.gets("data_confirmation")
    faye.writes("報名", form(faye, national_id="A123456798"))
    item = faye.waits_for_staff("field_needs_person")
    office.desk.accept(item.id, why="called her")
    assert faye.case.data[Field.NATIONAL_ID] == "A123456798"
    faye.gets("data_changed")


def test_staff_see_what_the_form_and_the_mail_say_side_by_side(office: RunningOffice):
    gino = Student(office, GINO)
    gino.registers(slip=None)
    letter = gino.gets("data_confirmation")
    gino.registers(slip=None, texts=dict(gino.data.values) | {Field.PHONE: "0900000666"})
    gino.gets("data_changed")
    gino.replies(letter, "手機應為 0900000555，謝謝")
    item = gino.waits_for_staff("form_and_mail_disagree")
    lines = dict(load_card(office.desk, item.id).lines())
    assert lines["手機"] == "0900000666 → 0900000555"


def test_the_last_two_digits_are_pointed_out_in_the_letter(office: RunningOffice):
    hana = Student(office, HANA)
    hana.registers(slip=None)
    letter = hana.gets("data_confirmation")
    assert "最後兩碼若前後對調" in letter.text


def test_an_export_dropped_into_the_folder_is_taken_in(opened: Callable[..., RunningOffice]):
    quick = {"folder": ".", "stable_seconds": 0.1, "poll_seconds": 0.1}
    office = opened(settings={"import": quick})
    anne = Student(office, ANNE)
    head = ",".join(["時間戳記", *(LABELS[name] for name in BASIC)])
    at = office.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    told = ",".join([at, *(f'"{anne.data[name]}"' for name in BASIC)])
    (office.folder / "form.csv").write_text(f"{head}\n{told}\n", encoding="utf-8")
    anne.presses(anne.gets("data_confirmation"))
    anne.waits_for_staff("slip_missing")
