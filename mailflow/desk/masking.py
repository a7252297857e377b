"""Personal values as a screen shows them by default: enough to recognise, too little to use."""

import re

from mailflow.person import Field

# Shown as they are; whatever is not named here is hidden, so that a new field is never shown.
_PLAIN = frozenset(
    {
        Field.DEPARTMENT,
        Field.STUDY,
        Field.EXAM,
        Field.SUBJECTS,
        Field.EXAM_AREA,
        Field.RETAKE,
        Field.KEPT_SUBJECT,
        Field.KEPT_YEAR,
        Field.CONSENT,
    }
)
_ADDRESS_SHOWN = 6


def masked_value(name: str, value: str) -> str:
    """One value by the name of its field, or of what a receipt or slip calls it."""
    if not value or name in _PLAIN:
        return value
    match name:
        case Field.NAME_ZH:
            return masked_name(value)
        case Field.NAME_EN:
            return re.sub(r"(?<=[A-Za-z])[A-Za-z]", "*", value)
        case Field.EMAIL:
            local, at, host = value.partition("@")
            return f"{local[:1]}***{at}{host}"
        case Field.ADDRESS:
            return value[:_ADDRESS_SHOWN] + "…"
        case Field.BIRTH_DATE:
            return f"{value[:4]}-**-**"
        case Field.NATIONAL_ID | Field.STUDENT_NO | Field.PHONE | "account" | "reference":
            return masked_number(value)
    return "***"


def masked_name(name: str) -> str:
    """王小明 → 王○明, 安妮 → 安○."""
    if len(name) < 3:
        return name[:1] + "○" * (len(name) - 1)
    return name[0] + "○" * (len(name) - 2) + name[-1]


def masked_number(number: str) -> str:
    """All but the last three characters; very short ones as a whole."""
    shown = number[-3:] if len(number) > 5 else ""
    return "*" * (len(number) - len(shown)) + shown
