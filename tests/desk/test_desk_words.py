"""What a clerk reads when something can't be done: Chinese first, English beside it."""

import re

import pytest
from desk.paper_office import PaperOffice

from mailflow import saying
from mailflow.aftercare import EXAM_STEPS, REFUND_STEPS, AftercareState, AfterEvent, RefundState
from mailflow.store.queue import open_decision
from mailflow.workflow import Event, State


def in_both(told: str) -> bool:
    """One line whose first words are Chinese and whose last are English."""
    (line,) = told.strip().splitlines()
    zh, slash, en = line.partition(" / ")
    return bool(
        slash and re.search(r"[\u4e00-\u9fff]", zh) and not re.search(r"[\u4e00-\u9fff]", en)
    )


@pytest.mark.parametrize(
    "words",
    [
        ("case", "show", "iPAS114-7777"),
        ("case", "hold", "iPAS114-7777", "--why", "x"),
        ("case", "reinstate", "iPAS114-7777", "--until", "2025-10-01", "--why", "x"),
        ("slip", "show", "iPAS114-7777"),
        ("letter", "preview", "data_changed", "--case", "iPAS114-7777", "--out", "letter.html"),
        ("results", "decide", "iPAS114-7777", "kept", "--why", "x"),
        ("refund", "refuse", "iPAS114-7777", "--reason", "not_enrolled", "--why", "x"),
    ],
)
def test_a_case_number_that_nobody_has_is_said_alike_by_every_verb(
    paper: PaperOffice, words: tuple[str, ...]
):
    told = paper.does(*words, code=1)
    assert "沒有案號 iPAS114-7777，請用 mailflow case list 查對" in told
    assert in_both(told)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("queue", "accept", "abcd", "--why", "x"), "沒有名為 abcd 的待處理項目"),
        (("settle", "show", "abcd"), "沒有名為 abcd 的款項"),
        (("settle", "undo", "abcd", "--why", "x"), "沒有名為 abcd 的對帳檔"),
        (("receipts", "show", "nothing.png"), "nothing.png 不是檔案"),
        (("certificates", "collected"), "請寫案號"),
        (("certificates", "arrived"), "請擇一"),
        (("certificates", "arrived", "--exam", "AI應用規劃師 初級"), "由考試單位寄送"),
    ],
)
def test_what_is_not_there_is_said_in_both_languages(
    paper: PaperOffice, words: tuple[str, ...], said: str
):
    told = paper.does(*words, code=1)
    assert said in told
    assert told.count(" / ") == 1


def test_a_verb_in_the_wrong_state_says_which_state_that_is(paper: PaperOffice):
    anne = paper.is_complete(1)
    with paper.store.write() as tx:
        item = open_decision(
            tx, kind="mail", reasons=("x",), event=Event.CORRECT, case_id=anne.id, now=paper.now
        )
    told = paper.does("queue", "accept", item, "--why", "x", code=1)
    assert "現在不能這樣做：目前是「報名完成」，不能更正資料" in told
    assert "not possible now: correct_while_complete" in told
    assert in_both(told)
    told = paper.does(
        "case", "reinstate", anne.number, "--until", "2025-10-01", "--why", "x", code=1
    )
    assert "目前是「報名完成」，不需恢復" in told


def test_a_list_into_a_folder_that_is_not_there(paper: PaperOffice):
    told = paper.does("roster", "export", "--out", str(paper.folder / "no" / "r.xlsx"), code=1)
    assert "無法寫入" in told
    assert "No such file or directory" in told


def test_every_state_and_event_has_words(paper: PaperOffice):
    states = {*State, *AftercareState, *RefundState}
    assert states == set(saying.STATES)
    assert {*Event, *AfterEvent} == set(saying.EVENTS)
    steps = [*EXAM_STEPS, *REFUND_STEPS]
    assert all("目前是" in saying.reason(f"{event}_while_{state}") for state, event in steps)
    assert saying.reason("something_new") == "something_new"
