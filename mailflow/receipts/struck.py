"""A sum that somebody has struck out: a stroke from end to end through its digits."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mailflow.receipts.lines import Box

ROOM = 0.35  # of the row's height, above and below: engines cut a struck row too low or too high
SHARE = 0.2  # of the other ink, above the stroke and below it; what underlines has none below
THICK = 0.15  # of the height: half the stroke
STEEPEST = 0.18  # pixels down per pixel to the right
COVERED = 0.96  # of the columns; between digits there is ground
STRONG = 0.5  # of the contrast between ground and ink
LEAST_HEIGHT = 8  # pixels
LEAST_CONTRAST = 40


def is_struck_out(page: Image.Image, place: Box) -> bool:
    """Whether one straight stroke runs through all that stands there, and through the gaps."""
    room = round(ROOM * place.height)
    box = (max(0, place.left), max(0, place.top - room), place.right, place.bottom + room)
    grey = np.asarray(page.convert("L").crop(box), dtype=np.float32)
    if place.height < LEAST_HEIGHT or place.width < place.height:
        return False
    off = np.abs(grey - np.median(grey))
    contrast = float(np.percentile(off, 98))
    if contrast < LEAST_CONTRAST:
        return False
    inked = off > STRONG * contrast
    thick = max(1, round(THICK * place.height))
    slopes = np.linspace(-STEEPEST, STEEPEST, 25)
    return any(_runs_through(inked, slope, thick=thick) for slope in slopes)


def _runs_through(inked: NDArray[np.bool_], slope: float, *, thick: int) -> bool:
    high, wide = inked.shape
    columns = np.arange(wide)
    drop = np.round(slope * (columns - wide / 2)).astype(int)
    least, most = thick - drop.min(), high - thick - drop.max()
    for middle in range(max(0, least), most):
        if inked[middle + drop, columns].mean() < COVERED:
            continue
        rows = np.arange(high)[:, None] - (middle + drop)[None, :]
        above, below = inked[rows < -thick].sum(), inked[rows > thick].sum()
        if min(above, below) >= SHARE * (above + below) > 0:
            return True
    return False
