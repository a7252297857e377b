"""Families of clauses: what people say in every order of the same few words (`grammar.Family`)."""

from mailflow.reading.families.compared import (
    AGREES,
    COMPARED,
    SHOWS_PAPER,
    SHOWS_RECORD,
    TOLD_ALONE,
)
from mailflow.reading.families.grammar import Family
from mailflow.reading.families.pointed import POINTED, REST_RIGHT
from mailflow.reading.families.portal_failed import PORTAL_FAILED
from mailflow.reading.families.promised import PROMISED
from mailflow.reading.families.sent_proof import SENT_PROOF
from mailflow.reading.families.slip_again import ASKS_SLIP, SLIP_AGAIN

__all__ = [
    "AGREES",
    "ASKS_SLIP",
    "COMPARED",
    "POINTED",
    "PORTAL_FAILED",
    "PROMISED",
    "REST_RIGHT",
    "SENT_PROOF",
    "SHOWS_PAPER",
    "SHOWS_RECORD",
    "SLIP_AGAIN",
    "TOLD_ALONE",
    "Family",
]
