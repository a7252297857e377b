"""What is wrong with a registration, in the words for staff."""

from mailflow.letters.masking import masked
from mailflow.person import EMPTY, Problem


def complaint(problem: Problem) -> str:
    """The sentence of the refusal: field, what was read, what to write; numbers with stars."""
    shown = masked(problem.field, problem.read) if problem.read != EMPTY else EMPTY
    return problem.remedy.replace(f"「{problem.read}」", f"「{shown}」", 1)
