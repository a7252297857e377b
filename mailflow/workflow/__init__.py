"""(state, event) → step or hold, as a table; which letters, which clocks. Pure."""

from mailflow.workflow.steps import (
    OVERTAKEN,
    STEPS,
    WITH_BUTTON,
    WITH_SLIP,
    Event,
    Hold,
    Letter,
    State,
    Step,
    decide,
)

__all__ = [
    "OVERTAKEN",
    "STEPS",
    "WITH_BUTTON",
    "WITH_SLIP",
    "Event",
    "Hold",
    "Letter",
    "State",
    "Step",
    "decide",
]
