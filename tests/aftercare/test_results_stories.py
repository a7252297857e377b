"""Results, certificates and retakes, as the office works through them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from aftercare.after_office import AI, IOT, SECURITY, AfterOffice, PersonRow, next_round, rules_of

from mailflow.aftercare import AftercareState, Mark, Outcome
from mailflow.desk import DeskError
from mailflow.desk.certifying import arrived, collected, kept_list, offer_retakes, posted
from mailflow.desk.enrolling import import_enrolment
from mailflow.desk.results import UNCLEAR, decide_result, import_results
from mailflow.person import Field

FIRST, SECOND = "人工智慧基礎概論", "生成式AI應用與規劃"


def test_everybody_is_told_what_their_marks_come_to(office: AfterOffice):
    """平均70分以上才算合格; 單科70分以上，保留及格單科成績."""
    anne, bart, cris = (office.completes(place) for place in range(3))
    report = office.told((anne, 68, 72), (bart, 58, 82), (cris, 40, 50))
    assert (report.passed, report.kept, report.failed) == ([anne], [bart], [cris])
    assert [office.after(n).state for n in (anne, bart, cris)] == ["passed", "kept", "failed"]
    (_, passed), (_, kept), (_, failed) = (office.letters(n)[0] for n in (anne, bart, cris))
    assert "恭喜您合格了" in passed
    assert "2028 年 11 月 8 日" in kept
    assert "這次沒有合格" in failed
    assert f"{FIRST}：68" in passed
    assert ("clerk", "pass") in office.audit(anne)
    assert kept_list(office.does())[0][0] == bart


def test_the_same_file_again_tells_nobody_twice(office: AfterOffice):
    anne = office.completes()
    office.told((anne, 68, 72))
    report = office.told((anne, 68.0, 72))
    assert (report.unchanged, report.passed) == (1, [])
    assert office.kinds(anne) == ["exam_result"]


def test_a_dry_run_changes_nothing(office: AfterOffice):
    anne = office.completes()
    report = import_results(office.does(), [office.row(anne, 90, 90)], dry_run=True)
    assert report.passed == [anne]
    assert office.after(anne).state is AftercareState.AWAITED
    assert office.kinds(anne) == []


def test_a_result_that_was_told_changes_only_with_a_reason(office: AfterOffice):
    anne = office.completes()
    office.told((anne, 68, 70))
    with pytest.raises(DeskError, match="與先前通知的不同"):
        office.told((anne, 70, 70))
    report = office.told((anne, 70, 70), why="objection granted")
    assert (report.passed, report.corrected) == ([anne], [anne])
    assert office.kinds(anne) == ["exam_result", "exam_result"]
    assert "恭喜" in office.letters(anne)[1][1]


def test_once_the_certificate_is_there_no_result_changes(office: AfterOffice):
    anne = office.completes(exam=SECURITY)
    office.told((anne, 80, 80))
    arrived(office.does(), exam=SECURITY)
    with pytest.raises(DeskError, match="fail_while_ready"):
        office.told((anne, 10, 10), why="mistake")
    assert office.after(anne).state is AftercareState.READY


def test_rows_that_fit_nobody_are_all_named_and_nothing_is_done(office: AfterOffice):
    anne, bart = office.completes(0), office.completes(1)
    good = office.row(anne, 90, 90)
    stray = replace(office.row(bart, 90, 90, place=3), person=PersonRow(3, case="iPAS114-9999"))
    other = replace(office.row(bart, 90, 90, place=4), person=PersonRow(4, case=bart, name="安妮"))
    subject = replace(office.row(bart, 90, place=5), marks=(Mark("不存在的科目", Decimal(1)),))
    exam = replace(office.row(bart, 90, 90, place=6), exam=IOT)
    with pytest.raises(DeskError) as caught:
        import_results(office.does(), [good, stray, other, subject, exam])
    told = str(caught.value)
    assert "第 3 列：報名資料中沒有這個案號" in told
    assert f"第 4 列：{bart} 的姓名與報名資料不同" in told
    assert "第 5 列" in told
    assert "不存在的科目" in told
    assert f"第 6 列：{bart} 的鑑定項目與報名資料不同" in told
    assert office.after(anne).state is AftercareState.AWAITED


def test_what_is_collected_at_school_is_not_posted(office: AfterOffice):
    """Said even while nobody has passed, when there is no row that could say it."""
    with pytest.raises(DeskError, match="are not posted: use `certificates arrived`"):
        posted(office.does(), exam="資訊安全工程師 初級")


def test_a_wrong_year_is_refused_before_a_kept_subject_counts_from_it(office: AfterOffice):
    anne = office.completes()
    office.on(2025, 12, 1)
    for wrong in (date(2026, 11, 8), date(2024, 11, 8)):
        row = replace(office.row(anne, 75, 50), exam_on=wrong)
        with pytest.raises(DeskError, match=f"第 1 列：{anne} 的考試日期 {wrong} 不在"):
            import_results(office.does(), [row])
        with pytest.raises(DeskError, match=f"{wrong} is not between 2025-09-01 and today"):
            posted(office.does(), exam=AI, on=wrong)
    with pytest.raises(DeskError, match="2026-03-01 is still to come"):
        import_enrolment(office.does(), [], as_of=date(2026, 3, 1))
    assert office.after(anne).state is AftercareState.AWAITED


def test_people_are_found_by_number_or_by_a_name_that_is_one_persons(office: AfterOffice):
    anne, bart = office.completes(0), office.completes(1)
    by_id = PersonRow(2, national_id=office.case(anne).data[Field.NATIONAL_ID])
    by_name = PersonRow(3, name="巴 特")
    rows = [
        replace(office.row(anne, 90, 90), person=by_id),
        replace(office.row(bart, 90, 90), person=by_name),
    ]
    assert import_results(office.does(), rows).passed == [anne, bart]


def test_two_of_the_same_name_are_not_guessed_apart(office: AfterOffice):
    anne, _ = office.completes(0), office.completes(1, name_zh="安妮")
    row = replace(office.row(anne, 90, 90), person=PersonRow(2, name="安妮"))
    with pytest.raises(DeskError, match="這個姓名有 2 件報名"):
        import_results(office.does(), [row])


def test_a_registration_that_lacks_a_mark_is_decided_by_a_person(office: AfterOffice):
    anne = office.completes()
    row = office.row(anne, 90)  # the second subject is missing in the file
    report = import_results(office.does(), [row])
    assert report.unclear == [anne]
    (item,) = office.items(anne)
    assert item.reasons == (UNCLEAR, "subject_without_mark")
    assert import_results(office.does(), [row]).unchanged == 1  # and asks once
    with pytest.raises(DeskError, match="reason"):
        decide_result(office.does(), anne, Outcome.KEPT, why=" ")
    decide_result(office.does(), anne, Outcome.KEPT, why="was ill on the second day")
    assert office.after(anne).state is AftercareState.KEPT
    assert office.items(anne) == []
    assert office.kinds(anne) == ["exam_result"]
    assert import_results(office.does(), [row]).unchanged == 1  # the person's word stands


def test_the_day_of_the_exam_must_be_known(office: AfterOffice):
    anne = office.completes(exam=SECURITY)
    row = replace(office.row(anne, 90, 90), exam_on=None)
    with pytest.raises(DeskError, match="考試日期不明"):
        import_results(office.does(), [row])
    import_results(office.does(), [row], exam_on=date(2025, 11, 15))
    sat = office.after(anne).sat
    assert sat
    assert sat.exam_on == date(2025, 11, 15)


@pytest.mark.parametrize("exam", [IOT, SECURITY])
def test_certificates_of_two_exams_are_collected_at_the_office(office: AfterOffice, exam: str):
    """物聯網、資安證書由學校統一收件，再通知同學領取."""
    anne, bart = office.completes(0, exam=exam), office.completes(1, exam=exam)
    office.told((anne, 80, 80), (bart, 20, 20))
    office.on(2026, 1, 21)
    report = arrived(office.does(), exam=exam, on=date(2026, 1, 20))
    assert report.done == [anne]
    assert office.kinds(anne) == ["exam_result", "certificate_ready"]
    assert office.kinds(bart) == ["exam_result"]
    assert arrived(office.does(), exam=exam).done == []  # nobody is asked twice
    collected(office.does(), [PersonRow(case=anne)])
    assert office.after(anne).state is AftercareState.COLLECTED
    assert ("clerk", "collect") in office.audit(anne)
    assert collected(office.does(), [PersonRow(case=anne)]).skipped == {
        anne: "collect_while_collected"
    }


def test_all_other_certificates_are_posted_and_nobody_is_called_to_the_office(
    office: AfterOffice,
):
    """其他項目證書由考試單位直接寄給同學."""
    anne = office.completes()
    office.told((anne, 80, 80))
    with pytest.raises(DeskError, match="not collected at school"):
        arrived(office.does(), exam=AI)
    office.on(2026, 1, 21)
    posted(office.does(), exam=AI, on=date(2026, 1, 15))
    assert office.after(anne).certificate_on == date(2026, 1, 15)
    assert office.kinds(anne) == ["exam_result"]


def test_nobody_collects_what_has_not_arrived(office: AfterOffice):
    anne = office.completes(exam=IOT)
    office.told((anne, 80, 80))
    report = collected(office.does(), [PersonRow(case=anne)])
    assert report.skipped == {anne: "collect_while_passed"}
    with pytest.raises(DeskError, match="沒有這個案號"):
        collected(office.does(), [PersonRow(2, case="iPAS114-7777")])


def spring(office: AfterOffice) -> None:
    """The next round is open."""
    office.rules = rules_of(next_round())
    office.on(2026, 3, 2)


def test_the_next_round_offers_the_retake_once(office: AfterOffice):
    """合格的那一科成績可保留3年(自應考日起算)，期間補考單科合格皆可獲證."""
    bart, cris, dirk = office.completes(1), office.completes(2), office.completes(3)
    office.told((bart, 58, 82), (cris, 40, 50), (dirk, 90, 90))
    office.on(2025, 12, 1)
    with pytest.raises(DeskError, match="not open"):
        offer_retakes(office.does())
    spring(office)
    assert offer_retakes(office.does(), dry_run=True).done == [bart]
    assert offer_retakes(office.does()).done == [bart]
    kind, text = office.letters(bart)[-1]
    assert kind == "retake_offer"
    assert f"需要補考 To retake：{FIRST}" in text
    assert f"保留科目 Kept：{SECOND}，至 2028 年 11 月 8 日" in text
    assert offer_retakes(office.does()).skipped == {bart: "offered_before"}
    assert office.kinds(cris) == office.kinds(dirk) == ["exam_result"]


def test_a_stopped_exam_without_successor_in_the_round_is_not_offered(office: AfterOffice):
    bart = office.completes(1, exam=IOT)
    office.told((bart, 58, 82))
    spring(office)
    assert offer_retakes(office.does()).skipped == {bart: "exam_not_held"}
    assert office.kinds(bart) == ["exam_result"]


def test_who_has_registered_for_the_retake_needs_no_offer(office: AfterOffice):
    bart = office.completes(1)
    office.told((bart, 58, 82))
    spring(office)
    office.completes(1, subjects=FIRST, retake="是")
    assert offer_retakes(office.does()).skipped == {bart: "registered_already"}


def test_the_retaken_subject_alone_makes_the_pass(office: AfterOffice):
    """補考單科合格皆可獲證!!"""
    bart = office.completes(1)
    office.told((bart, 58, 82))
    spring(office)
    again = office.completes(1, subjects=FIRST, retake="是")
    row = replace(office.row(again, 70), exam_on=date(2026, 5, 16))
    office.on(2026, 6, 1)
    assert import_results(office.does(), [row]).passed == [again]


def test_a_retake_whose_kept_subject_nobody_knows_is_for_a_person(office: AfterOffice):
    spring(office)
    cris = office.completes(2, subjects=FIRST, retake="是")
    row = replace(office.row(cris, 95), exam_on=date(2026, 5, 16))
    office.on(2026, 6, 1)
    assert import_results(office.does(), [row]).unclear == [cris]
    (item,) = office.items(cris)
    assert "kept_subject_unknown" in item.reasons
