"""Published and computed numbers, dates and phones, each read as its list says.

The lists: identity numbers of the test suite of enylin/taiwan-id-validator and computed ones,
birth dates as schools' fee pages print them, phones as Google's library sees them.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from mailflow.person import (
    Caution,
    Field,
    Problem,
    Registration,
    cautions,
    check,
    normalise,
    retake_doubts,
)
from mailflow.person.dates import read_date, read_day
from mailflow.person.identity import check_digit_fits, kind_of, read_number, sex_of, swapped_twin

VECTORS = json.loads(
    (Path(__file__).parents[1] / "data" / "taiwan_ids.json").read_text(encoding="utf-8")
)
KINDS = {"national_id": "national_id", "ui_new": "resident", "ui_old": "resident_old"}
TODAY = date(2025, 9, 10)


def ids(rows):
    return [str(row.get("value", row.get("text", row.get("roc7")))) or "empty" for row in rows]


@pytest.mark.parametrize("row", VECTORS["valid"], ids=ids(VECTORS["valid"]))
def test_every_right_number_is_kept_with_its_kind_and_sex(row):
    assert normalise(Field.NATIONAL_ID, row["value"]) == row["value"]
    assert kind_of(row["value"]) == KINDS[row["kind"]]
    if row.get("sex_from_id"):
        assert sex_of(row["value"]) == {"M": "男", "F": "女"}[row["sex_from_id"]]


@pytest.mark.parametrize("row", VECTORS["invalid"], ids=ids(VECTORS["invalid"]))
def test_every_wrong_number_is_refused_unless_only_its_writing_is_odd(row):
    """一定要確認資料，信箱或身分證錯都會無法考試!!!"""
    read = normalise(Field.NATIONAL_ID, row["value"])
    if "accept_after_normalising_to" in row:
        assert read == row["accept_after_normalising_to"]
    else:
        assert isinstance(read, Problem)
        assert "身分證字號" in read.remedy
        assert "9 個數字" in read.remedy


def test_a_refused_number_is_told_what_is_wrong_with_it():
    wrong = {"A12345678": "不是 10 個字元", "A123456788": "檢查碼不符"}
    for number, trouble in wrong.items():
        refused = normalise(Field.NATIONAL_ID, number)
        assert isinstance(refused, Problem)
        assert number in refused.remedy
        assert trouble in refused.remedy


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0158238845", "O158238845"),
        ("O158238845", "O158238845"),
        ("1100000003", "I100000003"),
        ("AB234S6789", None),
        ("A8OOOOOO14", "A800000014"),
        ("A8000000I4", "A800000014"),
        ("ＡＩ２３４５６７８９", "A123456789"),
        ("A1O3456789", None),
    ],
)
def test_letters_and_digits_that_look_alike_are_told_apart_by_their_place(written, meant):
    read = normalise(Field.NATIONAL_ID, written)
    assert read == meant if meant else isinstance(read, Problem)


def test_no_mobile_number_is_ever_taken_for_an_identity_number():
    mobiles = (f"09{number:08d}" for number in range(0, 10**8, 9973))
    assert all(read_number(mobile)[1] == "shape" for mobile in mobiles)


def test_the_one_slip_that_no_check_finds_is_shown_to_the_student():
    (slip,) = VECTORS["undetectable"]
    assert normalise(Field.NATIONAL_ID, slip["value"]) == slip["value"]
    assert swapped_twin(slip["typed_for"]) == slip["value"]
    assert check_digit_fits(slip["value"])
    anne = Registration({Field.NATIONAL_ID: slip["value"], Field.SEX: "女"})
    assert cautions(anne) == (Caution.LAST_TWO_DIGITS, Caution.SEX_DIFFERS)
    bart = Registration({Field.NATIONAL_ID: "A123456799", Field.NAME_ZH: "王\ue000明"})
    assert swapped_twin("A123456799") is None
    assert cautions(bart) == (Caution.RARE_CHARACTER,)
    assert cautions(Registration({Field.NATIONAL_ID: "AB23456789"}))[1:] == (
        Caution.OLD_RESIDENT_NUMBER,
    )


@pytest.mark.parametrize("row", VECTORS["birthdays_roc7"], ids=ids(VECTORS["birthdays_roc7"]))
def test_seven_digits_of_a_bank_are_a_minguo_day(row):
    assert read_day(row["roc7"], as_of=TODAY) == date.fromisoformat(row["iso"])


DATES = VECTORS["roc_dates"]


@pytest.mark.parametrize("row", DATES["valid"], ids=ids(DATES["valid"]))
def test_every_written_form_of_a_day_is_read(row):
    assert read_day(row["text"], as_of=TODAY, year=2025) == date.fromisoformat(row["iso"])


@pytest.mark.parametrize("row", DATES["invalid"], ids=ids(DATES["invalid"]))
def test_what_is_no_day_or_two_days_is_never_guessed(row):
    assert isinstance(read_day(row["text"], as_of=TODAY, year=2025), str)


@pytest.mark.parametrize("row", DATES["ambiguous"], ids=ids(DATES["ambiguous"]))
def test_a_birth_date_with_two_readings_is_asked(row):
    assert isinstance(read_date(row["text"], as_of=TODAY), str)


@pytest.mark.parametrize(
    ("written", "born"),
    [
        ("民國九十三年五月六日", "2004-05-06"),
        ("民93.5.6", "2004-05-06"),
        ("R.O.C. 93/05/06", "2004-05-06"),
        ("中華民國 93 年 5 月 6 日生", "2004-05-06"),
        ("93/5/6（四）", "2004-05-06"),
        ("93年5月6日 星期四", "2004-05-06"),
        ("2004-May-06", "2004-05-06"),
        ("May 6th, 2004", "2004-05-06"),
        ("6 May 2004", "2004-05-06"),
        ("2004/5/6 (民國93年5月6日)", "2004-05-06"),
        ("93/5/6(五)", "weekday"),
        ("2004/5/6 (94/5/6)", "ambiguous"),
        ("5/6/2004", "ambiguous"),
        ("2031-05-06", "implausible"),
        ("93/2/30", "impossible"),
    ],
)
def test_birth_dates_in_every_written_form(written, born):
    assert str(read_date(written, as_of=TODAY)) == born


PHONES = VECTORS["phones"]


@pytest.mark.parametrize("row", PHONES["valid"], ids=ids(PHONES["valid"]))
def test_every_way_to_write_a_mobile_number_is_read(row):
    assert normalise(Field.PHONE, row["text"]) == "0" + row["e164"].removeprefix("+886")


@pytest.mark.parametrize("row", PHONES["invalid"], ids=ids(PHONES["invalid"]))
def test_a_broken_number_is_refused(row):
    assert isinstance(normalise(Field.PHONE, row["text"]), Problem)


def test_a_fixed_line_is_refused_and_a_mobile_from_abroad_kept():
    read = {row["text"]: normalise(Field.PHONE, row["text"]) for row in PHONES["not_mobile"]}
    assert [text for text, told in read.items() if isinstance(told, str)] == ["+84 912 345 678"]
    assert read["+84 912 345 678"] == "+84912345678"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("拉娃‧優幹", "拉娃‧優幹"),
        ("拉娃．優幹", "拉娃．優幹"),
        ("王\ue000明", "王\ue000明"),
        ("𠮷野𡘙", "𠮷野𡘙"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("NGUYEN VAN AN", "NGUYENVANAN"),
    ],
)
def test_chinese_names_keep_every_character(written, kept):
    assert normalise(Field.NAME_ZH, written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("o’brien, mary–ann", "O'BRIEN, MARY-ANN"),
        ("WANG,DA-MING", "WANG, DA-MING"),
        ("ＷＡＮＧ，　ＤＡ－ＭＩＮＧ", "WANG, DA-MING"),
        ("X" * 19 + ", " + "Y" * 18, "X" * 19 + ", " + "Y" * 18),
    ],
)
def test_english_names_in_the_form_of_a_passport(written, kept):
    """英文請全部大寫"""
    assert normalise(Field.NAME_EN, written) == kept


@pytest.mark.parametrize(
    ("written", "trouble"),
    [
        ("X" * 19 + ", " + "Y" * 19, "有 40 個字元"),
        ("NGUYỄN, VĂN AN", "含有「Ễ」"),
        ("WANG DA MING", "看不出哪個是姓"),
    ],
)
def test_a_refused_english_name_is_told_why(written, trouble):
    refused = normalise(Field.NAME_EN, written)
    assert isinstance(refused, Problem)
    assert trouble in refused.remedy


@pytest.mark.parametrize(
    ("field", "written", "kept"),
    [
        (Field.STUDY, "四技三年級", "四技 三年級"),
        (Field.STUDY, "日間部四技 3年級", "四技 三年級"),
        (Field.STUDY, "大三", "大學部 三年級"),
        (Field.STUDY, "碩一", "碩士班 一年級"),
        (Field.STUDY, "碩士在職專班 2 年級", "碩士在職專班 二年級"),
        (Field.STUDY, "博士班/三年級", "博士班 三年級"),
        (Field.STUDY, "四技延畢", "四技 延畢"),
        (Field.STUDY, "四資三甲", "四資三甲"),
        (Field.NEEDS, "沒有", "無"),
        (Field.NEEDS, "輪椅可進出的試場", "輪椅可進出的試場"),
        (Field.CONSENT, "我同意", "同意"),
        (Field.KEPT_SUBJECT, "人工智慧基礎概論", "人工智慧基礎概論"),
        (Field.KEPT_YEAR, "113", "113"),
        (Field.KEPT_YEAR, "2024年", "113"),
        (Field.KEPT_YEAR, "113年第二梯次", "113"),
        (Field.KEPT_YEAR, "2024-11-02", "113"),
    ],
)
def test_further_fields_in_normal_form(field, written, kept):
    assert normalise(field, written) == kept


@pytest.mark.parametrize(
    ("field", "written"),
    [
        (Field.STUDY, "？？"),
        (Field.NEEDS, "好" * 201),
        (Field.CONSENT, "不同意"),
        (Field.CONSENT, ""),
        (Field.KEPT_SUBJECT, "人工智慧基礎概論、生成式AI應用與規劃"),
        (Field.KEPT_YEAR, "去年"),
        (Field.KEPT_YEAR, "99"),
    ],
)
def test_further_fields_are_never_guessed_either(field, written):
    refused = normalise(field, written)
    assert isinstance(refused, Problem)
    assert (written[:60] or "空白") in refused.remedy


def test_only_who_retakes_is_asked_for_the_kept_subject():
    """補考單科者才須填寫"""
    once = Registration({Field.RETAKE: "否"})
    again = Registration({Field.RETAKE: "是"})
    assert Field.KEPT_SUBJECT not in {problem.field for problem in check(once)}
    assert {Field.KEPT_SUBJECT, Field.KEPT_YEAR} <= {problem.field for problem in check(again)}


def test_further_fields_do_not_change_what_was_sealed_before_they_came():
    told = json.loads(Registration({Field.NAME_ZH: "安妮"}).to_json())
    assert len(told) == 14
    assert "consent" in Registration({Field.CONSENT: "同意"}).to_json()


@pytest.mark.parametrize(
    ("year", "doubts"),
    [
        ("113", ()),
        ("112", ()),
        ("111", ("kept_subject_may_have_expired",)),
        ("110", ("kept_subject_expired",)),
        ("115", ("kept_year_in_the_future",)),
    ],
)
def test_an_old_or_future_pass_needs_a_person(year, doubts):
    anne = Registration(
        {
            Field.RETAKE: "是",
            Field.SUBJECTS: "生成式AI應用與規劃",
            Field.KEPT_SUBJECT: "人工智慧基礎概論",
            Field.KEPT_YEAR: year,
        }
    )
    assert retake_doubts(anne, exam_year=114) == doubts


def test_a_pass_that_counts_to_the_end_of_its_year_has_not_expired_in_it():
    anne = Registration(
        {Field.RETAKE: "是", Field.SUBJECTS: "乙科", Field.KEPT_SUBJECT: "甲科"}
    ).with_changes({Field.KEPT_YEAR: "111"})
    assert retake_doubts(anne, exam_year=114, to_year_end=True) == ()
    assert retake_doubts(anne, exam_year=115, to_year_end=True) == ("kept_subject_expired",)
    assert retake_doubts(anne, exam_year=115, years=5) == ()


def test_a_retake_part_that_does_not_fit_needs_a_person():
    both = Registration(
        {Field.RETAKE: "是", Field.SUBJECTS: "甲科、乙科", Field.KEPT_SUBJECT: "甲科",
         Field.KEPT_YEAR: "113"}
    )  # fmt: skip
    assert retake_doubts(both, exam_year=114) == (
        "retake_of_several_subjects",
        "kept_subject_is_retaken",
    )
    none = both.with_changes({Field.RETAKE: "否"})
    assert retake_doubts(none, exam_year=114) == ("kept_subject_without_retake",)
