"""Where lines of text stand on a page that was turned, tilted or bent. Pure arithmetic."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mailflow.receipts.lines import Box

UPRIGHT = 1.5  # a box this much higher than wide holds a line that runs up or down
MIN_TREND = 5  # lines needed before their slopes are trusted
LONG = 2.5  # so many times wider than high: its slope can be measured
STEEP = 0.5  # no row of a page that stands upright
STRAIGHT = 0.004  # of the width: rows that are off by less are flat
RIDGE = 0.05  # how much the slope is held to be the same everywhere


@dataclass(frozen=True, slots=True)
class Quad:
    """Four corners of a line: top left, top right, bottom right, bottom left; pixels."""

    corners: tuple[tuple[float, float], ...]

    @classmethod
    def of(cls, points: Sequence[Sequence[float]]) -> "Quad":
        return cls(tuple((float(x), float(y)) for x, y in points))

    @property
    def width(self) -> float:
        (ax, ay), (bx, by) = self.corners[0], self.corners[1]
        return float(np.hypot(bx - ax, by - ay))

    @property
    def height(self) -> float:
        (ax, ay), (bx, by) = self.corners[0], self.corners[3]
        return float(np.hypot(bx - ax, by - ay))

    @property
    def middle(self) -> tuple[float, float]:
        xs, ys = zip(*self.corners, strict=True)
        return sum(xs) / 4, sum(ys) / 4

    @property
    def slope(self) -> float:
        """Pixels down per pixel to the right."""
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = self.corners
        return ((by - ay) + (cy - dy)) / max(1.0, (bx - ax) + (cx - dx))

    def cut_out(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The line by itself, level; one that runs upwards is laid flat."""
        width, height = max(2, round(self.width)), max(2, round(self.height))
        flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
        view = cv2.getPerspectiveTransform(np.array(self.corners, np.float32), flat)
        cut = cv2.warpPerspective(
            pixels, view, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
        laid = np.rot90(cut) if height >= UPRIGHT * width else cut
        return cast(NDArray[np.uint8], np.ascontiguousarray(laid))


def upright_turn(quads: Sequence[Quad], heads_down: Callable[[list[Quad]], bool]) -> int:
    """Quarter turns (anticlockwise) that put the page upright.

    `heads_down` tells of lines, laid flat by `cut_out`, whether they stand on their heads.
    """
    lying = [quad for quad in quads if quad.height >= UPRIGHT * quad.width]
    standing = [quad for quad in quads if quad.width >= UPRIGHT * quad.height]
    sideways = sum(q.height for q in lying) > sum(q.width for q in standing)
    longest = sorted(lying if sideways else standing, key=lambda q: -max(q.width, q.height))
    turned = bool(longest) and heads_down(longest)
    return (1 if sideways else 0) + (2 if turned else 0)


@dataclass(frozen=True, slots=True)
class Trend:
    """How the rows of a page slope: evenly changing over the page, as on bent paper."""

    middle: float  # the column that stays where it is
    here: float = 0.0
    across: float = 0.0  # how the slope changes per pixel to the right, and down
    down: float = 0.0

    def drop(self, x: float, y: float) -> float:
        """How far below its place on flat paper the point stands."""
        return (self.here + self.across * x + self.down * y) * (x - self.middle)

    def level(self, quad: Quad) -> Box:
        """Where the line would stand if all rows ran flat."""
        x, y = quad.middle
        y -= self.drop(x, y)
        half, high = max(1.0, quad.width / 2), max(1.0, quad.height / 2)
        return Box(round(x - half), round(y - high), round(x + half), round(y + high))

    def flatten(self, image: Image.Image) -> Image.Image:
        """The picture with its rows where `level` puts them."""
        width, height = image.size
        if max(abs(self.drop(x, y)) for x in (0, width) for y in (0, height)) < STRAIGHT * width:
            return image
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        drop = (self.here + self.across * x + self.down * y) * (x - self.middle)
        flat = cv2.remap(
            np.asarray(image),
            x,
            (y + drop).astype(np.float32),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        return Image.fromarray(flat)


def trend(quads: Sequence[Quad], *, width: int) -> Trend:
    """Labels and values stand far apart, so that on tilted or bent paper a value stands beside the
    label of the next row: measured by the slopes of the long lines."""
    long = [q for q in quads if q.width >= LONG * q.height and abs(q.slope) < STEEP]
    if not long:
        return Trend(width / 2)
    slopes = np.array([q.slope for q in long])
    off = np.abs(slopes - np.median(slopes))
    kept = off <= max(0.03, 2 * float(np.median(off)))
    if kept.sum() < MIN_TREND:
        return Trend(width / 2, float(np.median(slopes)))
    points = np.array([q.middle for q in long])[kept]
    weights = np.sqrt([q.width for q in long])[kept, None]
    centre, spread = points.mean(axis=0), np.maximum(points.std(axis=0), 1.0)
    terms = np.column_stack([np.ones(len(points)), (points - centre) / spread]) * weights
    ridge = RIDGE * float((weights**2).sum()) * np.diag([0.0, 1.0, 1.0])
    fit = np.linalg.solve(terms.T @ terms + ridge, terms.T @ (slopes[kept] * weights[:, 0]))
    across, down = fit[1:] / spread
    return Trend(
        width / 2, float(fit[0] - across * centre[0] - down * centre[1]), float(across), float(down)
    )
