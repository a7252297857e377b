"""What Anne, Bart and the others write into the form, and what the office keeps."""

from datetime import date

import pytest

from mailflow.person import Field, Problem, Registration, check, normalise, suspicious_domain
from mailflow.person.identity import kind_of, sex_of

# Computed or published numbers with a right check digit (format-valid, nobody's own).
GOOD_IDS = [
    *("A123456789", "F131104093", "O158238845", "Y123456788", "I100000003"),
    *("AB23456789", "AA00000009", "BD01300667", "TD00251124"),
    *("A800000014", "A900207177", "A870000015", "A890000011"),
]
BAD_IDS = [
    *("A123456788", "F131104091", "AA00000000", "FG31104091", "A323456789", "1234567890", ""),
    *("A1234567899", "A12345678", "A123546789", "B123456789", "A1********", "04595252"),
    *("A1234567B9", "A,23456789", "300000000"),
]


@pytest.mark.parametrize("number", GOOD_IDS)
def test_a_right_identity_number_is_kept(number):
    assert normalise(Field.NATIONAL_ID, number) == number


@pytest.mark.parametrize("number", BAD_IDS)
def test_a_wrong_identity_number_is_refused_with_advice(number):
    refused = normalise(Field.NATIONAL_ID, number)
    assert isinstance(refused, Problem)
    assert refused.field is Field.NATIONAL_ID
    assert "身分證字號" in refused.remedy
    assert "9 個數字" in refused.remedy


@pytest.mark.parametrize(
    "written", ["a123456789", "Ａ１２３４５６７８９", " A123456789 ", "A-123456789"]
)
def test_width_case_and_hyphens_do_not_matter_in_an_identity_number(written):
    assert normalise(Field.NATIONAL_ID, written) == "A123456789"


def test_the_second_character_tells_the_sex():
    numbers = ("A123456789", "A200000012", "A800000014", "A900207177", "AC03095424")
    assert [sex_of(number) for number in numbers] == ["男", "女", "男", "女", "男"]
    assert sex_of("X") is None
    assert kind_of("AE23456785") is None


@pytest.mark.parametrize(
    "written",
    [
        *("2004-05-06", "2004/5/6", "2004.05.06", "20040506", "2004年5月6日", "2004 05 06"),
        *(
            "民國93年5月6號",
            "93年5月6日",
            "93/5/6",
            "93.05.06",
            "0930506",
            "930506",
            "民國93/05/06",
        ),
        *("民國九十三年五月六日", "二〇〇四年五月六日", "西元2004年5月6日", "２００４／５／６"),
        *("May 6, 2004", "6 May 2004", "May 6th, 2004", "2004/05/06（民國93年05月06日）"),
        "93年5月6日（四）",
    ],
)
def test_one_day_in_every_way_of_writing_it(written):
    assert normalise(Field.BIRTH_DATE, written) == "2004-05-06"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("06/05/2004", "兩種讀法"),
        ("99/1/2", "兩種讀法"),
        ("04/05/06", "兩種讀法"),
        ("2004/05/06（民國94年05月06日）", "兩種讀法"),
        ("2004/02/30", "沒有這一天"),
        ("93/13/1", "沒有這一天"),
        ("112/3/4", "年齡不符"),
        ("5月6日", "2004-05-06"),
        ("明天", "2004-05-06"),
    ],
)
def test_a_date_that_is_not_certain_is_refused(written, why):
    refused = normalise(Field.BIRTH_DATE, written, as_of=date(2025, 9, 1))
    assert isinstance(refused, Problem)
    assert why in refused.remedy


def test_only_one_order_of_day_and_month_is_possible():
    assert normalise(Field.BIRTH_DATE, "13/05/2004") == "2004-05-13"
    assert normalise(Field.BIRTH_DATE, "5/13/2004") == "2004-05-13"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("0912-345-678", "0912345678"),
        ("+886 912 345 678", "0912345678"),
        ("886912345678", "0912345678"),
        ("０９１２３４５６７８", "0912345678"),
        ("912345678", "0912345678"),
        ("零九一二三四五六七八", "0912345678"),
        ("+84 912 345 678", "+84912345678"),
    ],
)
def test_a_mobile_number_in_one_form(written, kept):
    assert normalise(Field.PHONE, written) == kept


@pytest.mark.parametrize(
    "written", ["091234567", "09123456789", "02-27712171", "0800-000-123", "分機1453", "", "沒有"]
)
def test_what_is_no_mobile_number_is_refused(written):
    assert isinstance(normalise(Field.PHONE, written), Problem)


@pytest.mark.parametrize(
    ("field", "written", "kept"),
    [
        (Field.NAME_ZH, "林 安妮", "林安妮"),
        (Field.NAME_ZH, "温大明", "温大明"),
        (Field.NAME_ZH, "伊央·撒耘", "伊央·撒耘"),
        (Field.NAME_EN, "lin ,an - ni", "LIN, AN-NI"),
        (Field.NAME_EN, "ＬＩＮ，ＡＮ–ＮＩ", "LIN, AN-NI"),
        (Field.NAME_EN, "An-Ni Lin", "LIN, AN-NI"),
        (Field.NAME_EN, "LIN AN-NI", "LIN, AN-NI"),
        (Field.NAME_EN, "LE, QUANG MINH", "LE, QUANG MINH"),
        (Field.NAME_EN, "Suharto", "SUHARTO"),
        (Field.SEX, "女生", "女"),
        (Field.SEX, "M", "男"),
        (Field.STUDENT_NO, "112c72007", "112C72007"),
        (Field.DEPARTMENT, "資財系", "資訊與財金管理系"),
        (Field.DEPARTMENT, "資工", "資訊工程系"),
        (Field.DEPARTMENT, "資訊工程學系", "資訊工程系"),
        (Field.EMAIL, " Anne@Example.ORG ", "anne@example.org"),
        (Field.ADDRESS, "106 台北市大安區 忠孝東路三段1號", "106 臺北市大安區忠孝東路三段1號"),
        (Field.ADDRESS, "106344臺北市大安區忠孝東路三段1號", "106344 臺北市大安區忠孝東路三段1號"),
        (Field.ADDRESS, "106-44 臺北市大安區忠孝東路三段1號", "10644 臺北市大安區忠孝東路三段1號"),
        (Field.EXAM, "AI應用規劃師(初級)", "AI應用規劃師 初級"),
        (Field.EXAM, "資安中級", "資訊安全工程師 中級"),
        (
            Field.SUBJECTS,
            "資訊安全管理概論, 資訊安全技術概論",
            "資訊安全管理概論、資訊安全技術概論",
        ),
        (Field.EXAM_AREA, "台北考區", "臺北"),
        (Field.EXAM_AREA, "台中市", "臺中"),
        (Field.RETAKE, "No", "否"),
    ],
)
def test_fields_in_normal_form(field, written, kept):
    assert normalise(field, written) == kept


@pytest.mark.parametrize(
    ("field", "written"),
    [
        (Field.NAME_ZH, "王"),
        (Field.NAME_ZH, "王大明0912"),
        (Field.NAME_EN, "Nguyen Thi Mai"),
        (Field.NAME_EN, "王大明"),
        (Field.STUDENT_NO, "12345"),
        (Field.DEPARTMENT, "哈囉"),
        (Field.EMAIL, "anne.example.org"),
        (Field.ADDRESS, "學校宿舍"),
        (Field.EXAM, "AI應用規劃師"),
        (Field.EXAM_AREA, "火星"),
        (Field.SEX, "?"),
        (Field.RETAKE, "也許"),
    ],
)
def test_nothing_is_guessed(field, written):
    refused = normalise(field, written)
    assert isinstance(refused, Problem)
    assert written in refused.remedy


def test_anne_s_form_is_right_and_bart_s_mistyped_provider_is_seen():
    anne = {
        Field.NAME_ZH: "林安妮",
        Field.NAME_EN: "LIN, AN-NI",
        Field.NATIONAL_ID: "A200000012",
        Field.BIRTH_DATE: "2004-03-08",
        Field.SEX: "女",
        Field.STUDENT_NO: "113590050",
        Field.DEPARTMENT: "資訊工程系",
        Field.PHONE: "0912000111",
        Field.EMAIL: "anne@example.org",
        Field.ADDRESS: "臺北市大安區忠孝東路三段1號",
        Field.EXAM: "AI應用規劃師 初級",
        Field.SUBJECTS: "人工智慧基礎概論、生成式AI應用與規劃",
        Field.EXAM_AREA: "臺北",
        Field.RETAKE: "否",
    }
    assert check(Registration(anne)) == ()
    bart = Registration({**anne, Field.EMAIL: "bart@gmial.com", Field.PHONE: ""})
    assert [problem.field for problem in check(bart)] == [Field.PHONE, Field.EMAIL]


@pytest.mark.parametrize(
    "domain", ["gmial.com", "gamil.com", "gmai.com", "gmaill.com", "gmail.con"]
)
def test_a_slip_in_the_provider_s_name_is_seen(domain):
    """一定要確認資料，信箱或身分證錯都會無法考試!!!"""
    assert suspicious_domain(f"someone@{domain}") == "gmail.com"


@pytest.mark.parametrize(
    "domain", ["gmail.com", "ymail.com", "example.org", "ntut.org.tw", "me.com"]
)
def test_real_domains_are_left_alone(domain):
    assert suspicious_domain(f"someone@{domain}") is None
