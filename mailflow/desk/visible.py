"""Text of strangers on a terminal: nothing in it may move the cursor or reverse the reading."""

import re

# C0 and C1 controls but tab and newline, and the characters that change the direction of text.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """The text with `�` for each control character; what strangers wrote can be printed."""
    return _UNSEEN.sub("�", text)
