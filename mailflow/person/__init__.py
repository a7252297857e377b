"""The registration's fields: normalise, validate, compare. Pure."""

from mailflow.person.addresses import suspicious_domain, without_postcode
from mailflow.person.cautions import Caution, cautions
from mailflow.person.fields import EMPTY, check, normalise, refusal, unusable
from mailflow.person.identity import sex_of
from mailflow.person.registration import (
    BASIC,
    FURTHER,
    LABELS,
    NEEDS_PERSON,
    RETAKE_PART,
    Change,
    Field,
    Problem,
    Registration,
    changes_between,
)
from mailflow.person.retake import retake_doubts

__all__ = [
    "BASIC",
    "EMPTY",
    "FURTHER",
    "LABELS",
    "NEEDS_PERSON",
    "RETAKE_PART",
    "Caution",
    "Change",
    "Field",
    "Problem",
    "Registration",
    "cautions",
    "changes_between",
    "check",
    "normalise",
    "refusal",
    "retake_doubts",
    "sex_of",
    "suspicious_domain",
    "unusable",
    "without_postcode",
]
