"""「請問報名費多少錢」, from mailbox to mailbox: answered once, then by a person."""

from servers.office import ANNE, BART, CRIS, EVA
from stories.cast import Student
from stories.running import RunningOffice

from mailflow.desk.card import load_card
from mailflow.workflow import State


def test_the_fee_and_the_deadline_are_told_from_the_slip(office: RunningOffice):
    anne = Student(office, ANNE)
    slip = anne.is_billed()
    anne.replies(slip, "請問報名費是多少？繳費期限到哪一天？謝謝老師")
    told = anne.gets("answer")
    assert "需自付 NT$ 600" in told.text
    assert "截止時間" in told.text
    assert "繳費證明" not in told.text.partition("■ 期限")[2].partition("這封信由系統")[0].replace(
        "回傳繳費證明的截止時間", ""
    )
    assert anne.case.state is State.BILLED
    assert anne.queue == []


def test_the_same_question_again_goes_to_a_person_who_may_let_the_answer_go(office: RunningOffice):
    bart = Student(office, BART)
    asked = bart.is_asked()
    bart.replies(asked, "請問怎麼修改資料？")
    bart.gets("answer")
    bart.replies(asked, "請問怎麼修改資料？")
    item = bart.waits_for_staff("asked_change", "answered_before")
    assert bart.kinds().count("answer") == 1
    office.desk.accept(item.id, why="told on the phone, and again by letter")
    bart.gets("answer", count=2)


def test_staff_see_the_answer_that_accepting_would_send(office: RunningOffice):
    cris = Student(office, CRIS)
    asked = cris.is_asked()
    cris.replies(asked, "請問怎麼修改資料？")
    cris.gets("answer")
    cris.replies(asked, "請問怎麼修改資料？")
    item = cris.waits_for_staff("asked_change", "answered_before")
    card = load_card(office.desk, item.id)
    told = dict(card.lines())
    assert told["若接受"].startswith("寄出擬答")
    office.desk.accept(item.id, why="the same question, the same answer")
    sent = cris.gets("answer", count=2)
    for line in told["擬答"].splitlines():
        assert line in sent.text


def test_a_question_that_nobody_foresaw_comes_with_words_to_begin_the_answer(
    office: RunningOffice,
):
    eva = Student(office, EVA)
    slip = eva.is_billed()
    eva.replies(slip, "請問考場附近好停車嗎？我會騎機車去")
    item = eva.waits_for_staff("question")
    card = load_card(office.desk, item.id)
    told = dict(card.lines())
    assert "（請填寫）" in told["擬答"]
    assert "應繳 600 元" in told["擬答"]
    assert "ask --note" in told["若接受"]
    assert card.facts()["answer"] == card.answer
    note = card.answer.replace("（請填寫）", "考場設有機車停車區。")
    office.desk.ask(item.id, why="answered from the map", note=note)
    assert "考場設有機車停車區" in eva.gets("staff_note").text
