"""The page on states and the code tell the same."""

import re
from itertools import product
from pathlib import Path

import pytest

from mailflow import failpoints
from mailflow.store.tables import InboxState, OutboxState
from mailflow.workflow import STEPS, Event, Hold, State, Step, decide

PAGE = (Path(__file__).parents[2] / "docs" / "states.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, without its head."""
    section = PAGE.split(f"\n## {heading}", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize(
    ("heading", "states"),
    [
        ("A received mail (`inbox`)", InboxState),
        ("A letter (`outbox`)", OutboxState),
        ("A case", State),
    ],
)
def test_every_state_is_explained_on_the_page(heading: str, states: type):
    told = [row[0] for row in rows(heading) if len(row) in (2, 3)]
    assert told[2 if told[0] == "state" else 0 :] == [state.value for state in states]


def test_the_page_lists_exactly_the_steps_of_the_table():
    told = {tuple(row) for row in rows("A case") if len(row) == 5}
    told -= {("state", "event", "new state", "letter", "then"), ("---",) * 5}
    coded = {
        (state, event, step.state, step.letter or "–", step.then or "–")
        for (state, event), step in STEPS.items()
    }
    assert {tuple(map(str, row)) for row in coded} == told


def test_every_failpoint_has_its_crash_story():
    told = [row[0] for row in rows("The crash story of every arrow")[2:]]
    assert told == list(failpoints.NAMES)


def test_every_failpoint_named_is_in_the_code_once():
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in (Path(__file__).parents[2] / "mailflow").rglob("*.py")
        if path.name != "failpoints.py"
    )
    assert sorted(re.findall(r'failpoint\("([a-z.]+)"\)', code)) == sorted(failpoints.NAMES)


@pytest.mark.parametrize(("state", "event"), list(product(State, Event)))
def test_whatever_the_table_does_not_list_is_held_for_a_person(state: State, event: Event):
    answer = decide(state, event)
    if (state, event) in STEPS:
        assert isinstance(answer, Step)
    else:
        assert answer == Hold(f"{event}_while_{state}")


def leading_to(target: State) -> set[tuple[State, Event]]:
    return {
        (state, event)
        for (state, event), step in STEPS.items()
        if step.state is target and state is not target
    }


def test_only_the_button_in_state_asked_confirms():
    """The worst error would be a "confirmed" that nobody said."""
    assert leading_to(State.CONFIRMED) == {(State.ASKED, Event.CONFIRM)}


def test_only_a_proof_or_the_bank_makes_a_case_paid():
    """Late ones by staff: the routing holds them (see test_routing), settling asks."""
    assert leading_to(State.PAID) == {
        (state, event)
        for state in (State.BILLED, State.ABANDONED)
        for event in (Event.PROOF, Event.SETTLED)
    }
