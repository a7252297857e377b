"""Letter and case → a message ready to send. Pure but for reading the templates once."""

from mailflow.letters.compose import Composer, Rendered, Wording
from mailflow.letters.content import CARRIES_NOTICE, LetterData, LetterError, Slip, Standing
from mailflow.letters.folder import TemplateError, default_templates

__all__ = [
    "CARRIES_NOTICE",
    "Composer",
    "LetterData",
    "LetterError",
    "Rendered",
    "Slip",
    "Standing",
    "TemplateError",
    "Wording",
    "default_templates",
]
