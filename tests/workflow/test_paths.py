"""Every path through the table of a case ends, and no step leaves the student unheard."""

from mailflow.workflow import STEPS, Event, Letter, State, Step
from mailflow.workflow.paths import loose_ends


def test_the_table_has_no_loose_ends():
    assert list(loose_ends()) == []


def test_a_state_from_which_nothing_leads_on_is_found():
    steps = {key: step for key, step in STEPS.items() if key[0] is not State.PAID}
    assert any(end.startswith("paid: no path from here ends") for end in loose_ends(steps))


def test_a_step_on_which_nobody_writes_is_found():
    silent = {**STEPS, (State.CONFIRMED, Event.BILL): Step(State.BILLED)}
    assert list(loose_ends(silent)) == ["confirmed × bill: goes to billed without a letter"]


def test_a_step_that_can_not_follow_is_found():
    steps = {
        **STEPS,
        (State.ASKED, Event.CONFIRM): Step(State.CONFIRMED, Letter.FORM_RECEIPT, Event.TOLD),
    }
    assert list(loose_ends(steps)) == ["asked × confirm: told is not possible in confirmed"]


def test_a_state_that_nobody_comes_to_is_found():
    steps = {key: step for key, step in STEPS.items() if step.state is not State.WITHDRAWN}
    assert list(loose_ends(steps)) == ["withdrawn: no step leads here"]
