"""What is written across a page: SAMPLE, 作廢. Pure arithmetic on pixels.

Where such writing runs through the rows, the reading of the page finds the rows alone. Its strokes
are thicker than theirs, so that they stay when all thin ones are wiped out.
"""

import re
from difflib import get_close_matches

import cv2
import numpy as np
from PIL import Image

WIDE, MOST_HIGH = 420, 960  # pixels in which large writing is as high as a page's rows usually are
STROKES = (150, 90)  # a page is wider than so many strokes of its text, small or large
DARK = 110  # of 255: a darker page shows light letters
ALIKE = 0.7  # of the letters in their order
_SPOILT = ("SAMPLE", "SPECIMEN", "VOID", "CANCELLED")
SLANT = 0.12  # pixels down for each to the right, either way: no row of a page that lies level


def thick_strokes(page: Image.Image, *, strokes: int) -> Image.Image:
    """The page, small, without all that is written in strokes thinner than its width is of so
    many."""
    grey = np.asarray(page.convert("L"))
    width = max(3, round(page.width / strokes)) | 1
    brush = cv2.getStructuringElement(cv2.MORPH_RECT, (width, width))
    light = float(np.median(grey)) > DARK
    kept = cv2.morphologyEx(grey, cv2.MORPH_CLOSE if light else cv2.MORPH_OPEN, brush)
    scale = min(WIDE / page.width, MOST_HIGH / page.height)
    small = cv2.resize(kept, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    low, high = np.percentile(small, (1, 99))
    spread = np.clip((small - low) * 255.0 / max(1.0, high - low), 0, 255)
    return Image.fromarray(spread.astype(np.uint8)).convert("RGB")


def is_spoilt(text: str) -> bool:
    """Whether it says SAMPLE, VOID or 作廢, though rows run through some of its letters."""
    if "廢" in text:
        return True
    words = re.findall("[A-Z]{4,9}", text.upper())
    return any(get_close_matches(word, _SPOILT, n=1, cutoff=ALIKE) for word in words)
