"""What does this message want: ordered rules → intent, corrections, reasons. Pure."""

from mailflow.reading.explain import explain
from mailflow.reading.office import Office, OfficeFile, identify
from mailflow.reading.result import CaseFacts, Intent, Reading, TokenState
from mailflow.reading.rules import read

__all__ = [
    "CaseFacts",
    "Intent",
    "Office",
    "OfficeFile",
    "Reading",
    "TokenState",
    "explain",
    "identify",
    "read",
]
