"""What a student pays, and what must never be guessed: the announcement's own examples."""

import pytest
from campaign.rounds import sample
from pydantic import ValidationError

from mailflow.campaign import Exam, Fees, Kind, NoFee
from mailflow.campaign.choice import parse_choice
from mailflow.campaign.fees import quote

AI = "AI應用規劃師 初級"
PRINT = "3D列印積層製造工程師 初級"


@pytest.mark.parametrize(
    ("exam", "subjects", "amount"),
    [
        # 2學科=(600*2)/2=600
        (AI, "人工智慧基礎概論、生成式AI應用與規劃", 600),
        # 1學科+1術科=(600+1800)/2=1200
        (PRINT, "3D列印概論、3D列印製程實務：光聚合固化", 1200),
        (PRINT, "3D列印概論、3D列印製程與材料概論", 600),
        # 塑膠材料應用工程師、食品品保工程師：學科為 700 元/科
        ("塑膠材料應用工程師 初級", "高分子化性與物性概論;高分子材料特性與加工概論", 700),
        ("塑膠材料應用工程師 中級", "", 1050),
        ("食品品保工程師 初級", "", 700),
        ("無形資產評價管理師 中級", "", 900),
        # both certificates of 色彩規劃管理師: three subjects
        ("色彩規劃管理師 初級", "色彩學、色彩計畫實務、色彩管理", 1500),
        ("色彩規劃管理師 初級", "色彩學、色彩管理", 600),
    ],
)
def test_the_student_pays_half_of_the_subjects_chosen(exam: str, subjects: str, amount: int):
    # guide: 2學科=(600*2)/2= 600
    # guide: 1學科+1術科=(600+1800)/2= 1200
    # guide: 報名時，研發處先補助一半
    # guide: 備註：「塑膠材料應用工程師」、「食品品保工程師」學科為700元/科。
    # guide: 以AI為例必考為2學科需繳交300*2=600元
    assert sample().fee(exam, subjects, retake=False) == amount


@pytest.mark.parametrize(
    ("exam", "subject", "amount"),
    [
        (AI, "人工智慧基礎概論", 300),
        ("塑膠材料應用工程師 初級", "高分子化性與物性概論", 350),
        (PRINT, "3D列印製程實務：材料擠製成型", 900),
    ],
)
def test_a_retake_costs_half_of_its_one_subject(exam: str, subject: str, amount: int):
    assert sample().fee(exam, subject, retake=True) == amount


@pytest.mark.parametrize(
    "written",
    [
        "科目一：人工智慧基礎概論\n科目二：生成式ＡＩ應用與規劃",
        "1. 人工智慧基礎概論, 2. 生成式AI應用與規劃",
        "生成式AI應用與規劃;人工智慧基礎概論",
        "人工智慧 基礎概論＋生成式AI應用與規劃",
        "",
    ],
)
def test_subjects_are_understood_as_forms_write_them(written: str):
    assert sample().fee(AI, written, retake=False) == 600


@pytest.mark.parametrize(
    ("exam", "subjects", "retake", "why"),
    [
        ("太空人 初級", "", False, NoFee.EXAM),
        (AI, "人工智慧基礎概論", False, NoFee.SUBJECTS),  # one of two, and no retake
        (AI, "人工智慧基礎概論、機器學習技術與應用", False, NoFee.SUBJECTS),
        (AI, "人工智慧基礎概論、生成式AI應用與規劃（不考）", False, NoFee.SUBJECTS),
        (AI, "人工智慧基礎概論、生成式AI應用與規劃", True, NoFee.SUBJECTS),  # retakes everything
        (AI, "", True, NoFee.SUBJECTS),
        (PRINT, "", False, NoFee.SUBJECTS),  # there is a choice to make
        (PRINT, "3D列印製程與材料概論、3D列印製程實務：光聚合固化", False, NoFee.SUBJECTS),
        ("智慧生產工程師 初級", "生產與作業管理基礎、智慧生產與管理實務", False, NoFee.SUBJECTS),
        ("天線設計工程師 初級", "", False, NoFee.PRICE),  # 實作+紙筆: nobody has said its price
        ("電路板製程工程師 初級", "電路板產業概論、電路板製造及切片分析實務", False, NoFee.PRICE),
    ],
)
def test_what_is_not_clear_has_no_amount_and_waits_for_a_person(
    exam: str, subjects: str, retake: bool, why: NoFee
):
    round_ = sample()
    assert round_.quote(exam, subjects, retake=retake) is why
    assert round_.fee(exam, subjects, retake=retake) is None


def test_a_price_of_the_subject_or_of_its_kind_settles_a_mixed_one():
    round_ = sample()
    fees = round_.fees.model_copy(update={"mixed": 1200})
    antenna = round_.model_copy(update={"fees": fees}).fee("天線設計工程師 初級", "", retake=False)
    assert antenna == (600 + 1200) // 2
    exam = Exam.model_validate(
        {"name": "天線", "subjects": ["概論", {"name": "實務", "kind": "mixed", "price": 1500}]}
    )
    assert exam.subjects[1].kind is Kind.MIXED
    assert quote(exam, "", retake=False, fees=round_.fees) == 1050


def test_half_a_dollar_is_asked_of_a_person():
    exam = Exam.model_validate({"name": "天線", "subjects": [{"name": "概論", "price": 625}]})
    assert quote(exam, "", retake=False, fees=Fees()) is NoFee.PRICE
    assert quote(exam, "", retake=False, fees=Fees(share_percent=100)) == 625


def test_a_retake_may_have_a_share_of_its_own():
    fees = Fees(written=600, share_percent=50, retake_share_percent=100)
    exam = Exam.model_validate({"name": "天線", "subjects": ["概論", "實務"]})
    assert quote(exam, "", retake=False, fees=fees) == 600
    assert quote(exam, "概論", retake=True, fees=fees) == 600


def test_the_short_form_says_the_amounts_outright():
    exam = Exam.model_validate(
        {"name": "天線", "subjects": ["概論", "實務"], "fee": 640, "retake_fee": 320}
    )
    assert [subject.name for subject in exam.subjects] == ["概論", "實務"]
    assert quote(exam, "概論、實務", retake=False, fees=Fees()) == 640
    assert quote(exam, "實務", retake=True, fees=Fees()) == 320
    assert quote(exam, "實務", retake=False, fees=Fees()) is NoFee.SUBJECTS
    no_retake = exam.model_copy(update={"retake_fee": None})
    assert quote(no_retake, "實務", retake=True, fees=Fees()) is NoFee.PRICE


def test_two_retaken_subjects_have_no_price_in_the_short_form():
    exam = Exam.model_validate(
        {"name": "評價", "subjects": ["概論", "實務", "法律"], "fee": 900, "retake_fee": 300}
    )
    assert quote(exam, "概論、法律", retake=True, fees=Fees()) is NoFee.PRICE
    fees = Fees(written=600)
    long_form = exam.model_copy(update={"fee": None, "retake_fee": None})
    assert quote(long_form, "概論、法律", retake=True, fees=fees) == 600


def test_a_name_inside_of_another_is_not_mistaken_for_it():
    exam = Exam.model_validate({"name": "3D", "subjects": ["製程概論", "進階製程概論", "材料"]})
    assert [str(one) for one in exam.chosen("進階製程概論、材料") or ()] == ["進階製程概論", "材料"]
    assert [str(one) for one in exam.chosen("製程概論") or ()] == ["製程概論"]


@pytest.mark.parametrize(
    ("rule", "offered", "ways"),
    [
        ("all", (1, 2, 3), [{1, 2, 3}]),
        ("1 + one of 2, 3", (1, 2, 3), [{1, 2}, {1, 3}]),
        ("1 + one of 2,3", (1, 2), [{1, 2}]),
        ("1 + any of 2, 3", (1, 2, 3), [{1, 2}, {1, 3}, {1, 2, 3}]),
        ("1 + 2 + optional 3", (1, 2, 3), [{1, 2}, {1, 2, 3}]),
        ("one of 1, 2", (1, 2), [{1}, {2}]),
        ("1 + one of 2, 3", (2, 3), []),
    ],
)
def test_a_choice_rule_tells_what_goes_together(rule, offered, ways):
    assert [set(way) for way in parse_choice(rule).ways(offered)] == ways


def test_two_certificates_come_of_two_tracks():
    colour = sample().exam("色彩規劃管理師 初級")
    assert colour
    both, one = colour.chosen("色彩學、色彩計畫實務、色彩管理"), colour.chosen("色彩學、色彩管理")
    assert both
    assert one
    assert (colour.certificates(both), colour.certificates(one)) == (2, 1)
    assert [subject.track for subject in both] == ["", "色彩計畫類", "色彩管理類"]


@pytest.mark.parametrize(
    ("exam", "problem"),
    [
        ({"choice": "1 plus 2"}, "terms joined by"),
        ({"choice": "1 + 1"}, "name each subject once"),
        ({"choice": "1 + one of 2, 3"}, "choice names subject 3"),
        ({"subjects": ["概論", "概 論"]}, "the same subject stands twice"),
        ({"retake_fee": 300}, "retake_fee needs fee"),
        ({"fee": 300, "subjects": [{"name": "概論", "price": 600}]}, "not both"),
    ],
)
def test_an_exam_that_contradicts_itself_is_refused(exam: dict[str, object], problem: str):
    with pytest.raises(ValidationError, match=problem):
        Exam.model_validate({"name": "天線", "subjects": ["概論", "實務"], **exam})
