"""The page on states and the two machines after the exam tell the same."""

from itertools import product
from pathlib import Path

import pytest

from mailflow.aftercare import (
    EXAM_STEPS,
    REFUND_STEPS,
    AftercareState,
    AfterEvent,
    AfterHold,
    AfterLetter,
    RefundState,
    decide_exam,
    decide_refund,
)
from mailflow.workflow import Letter

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "states.md").read_text(encoding="utf-8")
GLOSSARY = (DOCS / "glossary.md").read_text(encoding="utf-8")


def rows(heading: str, width: int) -> list[tuple[str, ...]]:
    """The cells of the tables of that width below a heading, without their heads."""
    section = PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    told = [tuple(c.strip().strip("`") for c in line.strip("|").split("|")) for line in lines]
    return [row for row in told if len(row) == width]


@pytest.mark.parametrize(
    ("heading", "states"), [("After the exam", AftercareState), ("A refund", RefundState)]
)
def test_every_state_after_the_exam_is_explained(heading: str, states: type):
    assert [row[0] for row in rows(heading, 2)] == [state.value for state in states]


@pytest.mark.parametrize(
    ("heading", "steps"), [("After the exam", EXAM_STEPS), ("A refund", REFUND_STEPS)]
)
def test_the_page_lists_exactly_the_steps_after_the_exam(heading: str, steps: dict):
    told = rows(heading, 4)
    coded = {(s, e, step.state, step.letter or "–") for (s, e), step in steps.items()}
    assert len(told) == len(set(told))
    assert {tuple(map(str, row)) for row in coded} == set(told)


@pytest.mark.parametrize(("state", "event"), list(product(AftercareState, AfterEvent)))
def test_what_the_exam_table_does_not_list_is_held(state, event):
    answer = decide_exam(state, event)
    listed = EXAM_STEPS.get((state, event))
    assert answer == (listed or AfterHold(f"{event}_while_{state}"))


@pytest.mark.parametrize(("state", "event"), list(product(RefundState, AfterEvent)))
def test_what_the_refund_table_does_not_list_is_held(state, event):
    answer = decide_refund(state, event)
    listed = REFUND_STEPS.get((state, event))
    assert answer == (listed or AfterHold(f"{event}_while_{state}"))


def test_only_what_was_verified_and_listed_is_ever_paid():
    """The worst error would be money that nobody checked."""
    assert {s for (s, _), step in REFUND_STEPS.items() if step.state is RefundState.REFUNDED} == {
        RefundState.LISTED
    }
    assert {s for (s, _), step in REFUND_STEPS.items() if step.state is RefundState.LISTED} == {
        RefundState.VERIFIED
    }
    ways = {(s, e) for (s, e), step in REFUND_STEPS.items() if step.state is RefundState.VERIFIED}
    assert ways == {
        (RefundState.APPLIED, AfterEvent.VERIFY),
        (RefundState.LISTED, AfterEvent.UNLIST),
    }


def test_every_letter_after_the_exam_has_its_templates():
    assert {letter.value for letter in AfterLetter} <= {letter.value for letter in Letter}


@pytest.mark.parametrize("word", [*AftercareState, *RefundState, *AfterEvent, *AfterLetter])
def test_every_word_after_the_exam_is_in_the_glossary(word: str):
    assert f"`{word}`" in GLOSSARY
