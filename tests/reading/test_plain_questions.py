"""「請問報名費多少錢」: what the round's own data answer, when nothing else is said."""

import pytest
from reading_cast import ANNE, PHOTO, Said, explained, hear, mail

FEE = [
    "請問報名費多少錢？",
    "老師好，請問費用是多少呢？謝謝",
    "How much is the fee?",
    "What is the exam fee?",
]
DEADLINE = ["請問繳費期限到什麼時候", "繳費截止是哪一天", "When is the payment deadline?"]
PROOF = [
    "請問繳費證明要附什麼",
    "請問怎樣算是繳費證明？",
    "繳費證明要寄到哪裡",
    "What counts as proof of payment?",
]
CHANGE = ["如何修改資料", "請問要怎麼更改我的資料？", "How can I correct my data?"]
MORE_THAN_THAT = [
    "請問報名費多少錢？我可以分期嗎",
    "我朋友的報名費多少",
    "請問報名費多少錢，太貴我就不考了",
    "請問繳費期限到什麼時候？可以通融嗎",
    "請問繳費期限到什麼時候，我已經轉帳了",
    "How much is the fee? I already paid 500",
    "請問怎麼改資料？我的生日打錯了",
    "請問怎麼改資料，手機改成0922333444",
    "請問費用能退嗎",
    "繳費證明要附什麼？我是用別人的帳戶轉的",
    "請問報名費多少錢 xyz",
]  # fmt: skip


def is_answered(text: str, **how) -> bool:
    said = explained(mail(text, **{"subject": "請問", **how}))
    return said["intent"] == "question" and not said["flagged"]


@pytest.mark.parametrize("text", [*FEE, *DEADLINE, *PROOF, *CHANGE])
def test_a_plain_question_needs_no_person(text: str):
    assert is_answered(text)


@pytest.mark.parametrize("text", MORE_THAN_THAT)
def test_with_anything_beside_it_a_person_reads_it(text: str):
    assert not is_answered(text)


@pytest.mark.parametrize("text", [FEE[0], DEADLINE[0]])
def test_a_stranger_is_answered_by_a_person(text: str):
    assert not is_answered(text, author="stranger@example.org")


def test_a_file_beside_it_is_looked_at():
    assert not is_answered(FEE[0], author=ANNE, files=(PHOTO,))


def test_what_the_answer_might_be_about_is_proposed_to_staff():
    said = explained(mail("請問報名費多少錢？我可以分期嗎", subject="請問"))
    assert said["flagged"]
    assert "asked_fee" in said["reasons"]


def test_a_question_that_names_another_exam_changes_no_data():
    said = "請問淨零碳規劃管理師初級團報的費用是多少？官網跟學校寫的好像不同"
    assert not hear(Said(said, "question", "may"))["corrections"]
    wish = hear(Said("請問可以把考試改成資訊安全工程師 初級嗎？", "correction", "must"))
    assert wish["corrections"][0]["new_value"] == "資訊安全工程師 初級"
