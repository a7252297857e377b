"""Letter and case → a message ready to send. Pure but for reading the templates once."""

from mailflow.letters.compose import Composer, LetterData, Rendered, Slip

__all__ = ["Composer", "LetterData", "Rendered", "Slip"]
