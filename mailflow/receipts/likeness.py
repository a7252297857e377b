"""What a page looks like, in 256 bits: equal for the same picture sent again in another file.

A perceptual hash (the signs of the low frequencies of a cosine transform) of the area that bears
text, so that other margins change nothing. Two receipts of one app look almost alike too: a small
distance is never more than a hint.
"""

from collections.abc import Iterable
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mailflow.receipts.lines import Line, union

SIDE = 16  # frequencies in each direction
LEAST_LINES = 4  # fewer rows of text have no look of their own


def likeness(page: Image.Image, lines: Iterable[Line]) -> bytes | None:
    """The 32 bytes of an upright page; None when it bears hardly any text."""
    import cv2  # a hundred milliseconds that the daemon itself never needs

    rows = tuple(lines)
    if len(rows) < LEAST_LINES:
        return None
    area = union(row.box for row in rows)
    edges = (area.left, area.top, area.right, area.bottom)
    small = page.crop(edges).convert("L").resize((4 * SIDE, 4 * SIDE), Image.Resampling.BOX)
    waves = cast(NDArray[np.float32], cv2.dct(np.asarray(small, dtype=np.float32)))
    low = waves[:SIDE, :SIDE].flatten()
    low[0] = np.median(low)  # the brightness says nothing
    return np.packbits(low > np.median(low)).tobytes()
