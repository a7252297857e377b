"""Personal numbers as a letter shows them when the round does not show them in full."""

from mailflow.person import Field

# How many characters stay readable in front and at the end.
_KEPT = {Field.NATIONAL_ID: (1, 4), Field.PHONE: (4, 3), Field.BIRTH_DATE: (0, 6)}


def masked(field: Field, value: str, *, beside: str = "") -> str:
    """The value with stars; what differs from the value `beside` it stays readable, so that a
    changed digit can be seen."""
    if field not in _KEPT or not value:
        return value
    head, tail = _KEPT[field]
    first, last = (head, len(value) - tail) if len(value) > head + tail else (0, len(value) - 1)
    comparable = len(beside) == len(value)
    return "".join(
        "*" if first <= place < last and not (comparable and beside[place] != char) else char
        for place, char in enumerate(value)
    )
