"""RapidOCR: finds the lines of text on a page and reads each; the page's first reader.

The models (PP-OCRv6 small, and the little one that tells a line standing on its head) are part of
the package and are named by path, so that nothing is ever downloaded. One thread per child: two
children on two cores read more than one with two threads.
"""

from collections.abc import Sequence
from functools import cache
from importlib import resources
from statistics import median
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mailflow.receipts.beside import Found, side_by_side
from mailflow.receipts.engine import OcrError, Sheet
from mailflow.receipts.geometry import Quad, trend, upright_turn
from mailflow.receipts.lines import Box, Word, words_to_lines

Pixels = NDArray[np.uint8]

DETECT_SIDE = 960  # the long side in which lines are looked for; more finds no more of them
VOTES = 7  # of the longest lines tell which way is up
SURE_VOTE = 0.8
HIGH, LARGER = 1.8, 1.3  # times the usual height
SURE_WORD = 80.0
MOST_ODD = 6
MAX_LINES = 160  # a receipt has 15 to 40
_MODELS = {
    "Det": "PP-OCRv6_det_small.onnx",
    "Rec": "PP-OCRv6_rec_small.onnx",
    "Cls": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
}


@cache
def _models() -> Any:  # the package tells no types
    """The models, loaded once in a process: half a second and 180 MB."""
    import cv2
    from rapidocr import RapidOCR

    cv2.setNumThreads(1)
    folder = resources.files("rapidocr") / "models"
    paths = {f"{part}.model_path": str(folder / name) for part, name in _MODELS.items()}
    return RapidOCR(
        params={
            **paths,
            "Global.log_level": "critical",
            "Global.max_side_len": 10_000,  # our pages come in the size they are to be read in
            "Det.limit_type": "max",
            "Det.limit_side_len": DETECT_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


class Rapid:
    """Pages and single rows, as RapidOCR reads them. Pictures are RGB; raises OcrError."""

    def read_page(self, image: Image.Image) -> tuple[Sheet, ...]:
        """The page turned upright, and its rows placed as if it lay flat; one sheet for each of
        several receipts that lie side by side."""
        turn, found = self.read_lines(image)
        image = _turned(image, turn)
        return tuple(_sheet(image, part) for part in side_by_side(found, width=image.width))

    def read_lines(self, image: Image.Image) -> tuple[int, list[Found]]:
        """By how many quarters the page must be turned to stand upright, and where every line
        stands on it then."""
        pixels = _pixels(image)
        quads = self._find(pixels)
        turn = upright_turn(quads, lambda longest: self._heads_down(pixels, longest))
        if turn:
            pixels = _pixels(_turned(image, turn))
            quads = self._find(pixels)
        read = [(quad, *self._read(quad.cut_out(pixels))) for quad in quads]
        return turn, [Found(quad, text, confidence) for quad, text, confidence in read if text]

    def read_row(self, row: Image.Image) -> tuple[str, float]:
        """The text of a picture that shows one row, and how sure (0 to 100)."""
        return self._read(_pixels(row))

    def _find(self, pixels: Pixels) -> list[Quad]:
        found = _called(pixels, use_det=True)
        boxes = found.boxes if found.boxes is not None else []
        return [Quad.of(box) for box in boxes][:MAX_LINES]

    def _heads_down(self, pixels: Pixels, longest: list[Quad]) -> bool:
        """Whether most of the lines that the model is sure of stand on their heads."""
        balance = 0
        for quad in longest[:VOTES]:
            ((label, score),) = _called(quad.cut_out(pixels), use_cls=True).cls_res
            if score >= SURE_VOTE:
                balance += 1 if label == "180" else -1
        return balance > 0

    def _read(self, pixels: Pixels) -> tuple[str, float]:
        read = _called(pixels, use_rec=True)
        return read.txts[0].strip(), round(100 * float(read.scores[0]), 1)


def _turned(image: Image.Image, turn: int) -> Image.Image:
    return image.rotate(90 * turn, expand=True) if turn else image


def _sheet(image: Image.Image, found: Sequence[Found]) -> Sheet:
    bent = trend([one.quad for one in found], width=image.width)
    words = tuple(Word(one.text, bent.level(one.quad), one.confidence) for one in found)
    return Sheet(bent.flatten(image), words_to_lines(words), _odd(words))


def _odd(words: Sequence[Word]) -> tuple[Box, ...]:
    """The highest of what is too high for a row of text, or larger and not read for sure."""
    usual = median([word.box.height for word in words]) if words else 0
    least = {True: HIGH * usual, False: LARGER * usual}  # of what was read for sure, or not
    odd = [w.box for w in words if w.box.height >= least[w.confidence >= SURE_WORD]]
    return tuple(sorted(odd, key=lambda box: -box.height)[:MOST_ODD])


def _called(pixels: Pixels, **steps: bool) -> Any:
    wanted = {name: steps.get(name, False) for name in ("use_det", "use_cls", "use_rec")}
    try:
        return _models()(pixels, **wanted)
    except Exception as error:  # the package raises what its runtime raises
        raise OcrError(type(error).__name__) from error


def _pixels(image: Image.Image) -> Pixels:
    return cast(Pixels, np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1]))
