"""Letter and case → a message ready to send. Pure but for reading the templates once."""

from mailflow.letters.after import AfterData
from mailflow.letters.compose import Composer, Rendered, Wording
from mailflow.letters.content import CARRIES_NOTICE, TOPICS, LetterData, LetterError, Standing
from mailflow.letters.digest import Digest
from mailflow.letters.folder import TemplateError, default_templates
from mailflow.slips import Slip

__all__ = [
    "CARRIES_NOTICE",
    "TOPICS",
    "AfterData",
    "Composer",
    "Digest",
    "LetterData",
    "LetterError",
    "Rendered",
    "Slip",
    "Standing",
    "TemplateError",
    "Wording",
    "default_templates",
]
