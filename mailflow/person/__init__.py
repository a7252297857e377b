"""The registration's fields: normalise, validate, compare. Pure."""

from mailflow.person.registration import (
    LABELS,
    Change,
    Field,
    Problem,
    Registration,
    changes_between,
)

__all__ = ["LABELS", "Change", "Field", "Problem", "Registration", "changes_between"]
