"""`mailflow init`: a few questions, and from the answers everything an office needs to start.

`ask_for` turns questions and options into checked `Answers`; `set_up` writes the files and, for a
whole machine, makes the system user and installs the unit. Nothing is overwritten, and a step that
fails takes back the files that were new.
"""

from mailflow.setup.install import SYSTEM_FOLDER, set_up
from mailflow.setup.patterns import SetupError, shipped
from mailflow.setup.questions import Answers, Ask, ask_for, take_default

__all__ = [
    "SYSTEM_FOLDER",
    "Answers",
    "Ask",
    "SetupError",
    "ask_for",
    "set_up",
    "shipped",
    "take_default",
]
