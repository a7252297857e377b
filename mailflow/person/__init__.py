"""The registration's fields: normalise, validate, compare. Pure."""

from mailflow.person.addresses import suspicious_domain
from mailflow.person.fields import check, normalise, refusal
from mailflow.person.identity import sex_of
from mailflow.person.registration import (
    LABELS,
    Change,
    Field,
    Problem,
    Registration,
    changes_between,
)

__all__ = [
    "LABELS",
    "Change",
    "Field",
    "Problem",
    "Registration",
    "changes_between",
    "check",
    "normalise",
    "refusal",
    "sex_of",
    "suspicious_domain",
]
