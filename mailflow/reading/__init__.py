"""What does this message want: ordered rules → intent, corrections, reasons. Pure.

The rules themselves (`rules.read`, `explain.explain`) take a second to load and are asked for by
name, so that commands which read no mail start without them.
"""

from mailflow.reading.office import Office, OfficeFile, identify
from mailflow.reading.result import CaseFacts, Intent, Reading, TokenState

__all__ = [
    "CaseFacts",
    "Intent",
    "Office",
    "OfficeFile",
    "Reading",
    "TokenState",
    "identify",
]
