"""Does every path through the table end, with the student told? Asked before a round opens."""

from collections.abc import Iterator, Mapping

from mailflow.workflow.steps import STEPS, Event, State, Step

FINAL = (State.COMPLETE, State.ABANDONED, State.WITHDRAWN)

Table = Mapping[tuple[State, Event], Step]


def loose_ends(steps: Table = STEPS) -> Iterator[str]:
    """Every state from which no path ends, and every step on which the student hears nothing.

    A step is heard of when it has a letter, ends the case, changes nothing, or when another one
    follows in the same transaction.
    """
    for state in State:
        if state is not State.REGISTERED and not _leads_here(state, steps):
            yield f"{state}: no step leads here"
        if not _ends(state, steps):
            yield f"{state}: no path from here ends in {', '.join(FINAL)}"
    for (state, event), step in steps.items():
        heard = step.letter or step.then or step.state in FINAL or step.state is state
        if not heard:
            yield f"{state} × {event}: goes to {step.state} without a letter"
        if step.then and (step.state, step.then) not in steps:
            yield f"{state} × {event}: {step.then} is not possible in {step.state}"


def _leads_here(state: State, steps: Table) -> bool:
    return any(step.state is state and source is not state for (source, _), step in steps.items())


def _ends(state: State, steps: Table) -> bool:
    seen: set[State] = set()
    waiting = [state]
    while waiting:
        here = waiting.pop()
        if here in FINAL:
            return True
        seen.add(here)
        nexts = {step.state for (at, _), step in steps.items() if at is here}
        waiting += nexts - seen
    return False
