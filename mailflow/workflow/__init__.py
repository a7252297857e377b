"""(state, event) → step or hold, as a table; which letters, which clocks. Pure."""

from mailflow.workflow.steps import STEPS, Event, Hold, Letter, State, Step, decide

__all__ = ["STEPS", "Event", "Hold", "Letter", "State", "Step", "decide"]
