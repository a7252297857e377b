"""What each engine and each step brings: the same drawn proofs read with one of them left out.

    ./dev bench receipt_ablation --pictures 24 [--only "no witness,no bars"]
    ./dev bench receipt_ablation --written

Half of the pictures are genuine, half must not be accepted; both families in turn. Seconds are of
the processor, with what it started; the models are loaded before. With --written: the rooms that
judge words, over the written pages (`tests/data/proof_pages`), where no picture is read.
"""

import argparse
import io
import os
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

os.environ.setdefault("OMP_THREAD_LIMIT", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PIL import Image

from benchmarks.drawing import proofs
from benchmarks.drawing.measuring import expectation
from benchmarks.drawing.report import APART
from benchmarks.written_pages import judged, written
from mailflow.receipts import against, both, fields, paid_lines, rapid, read
from mailflow.receipts.geometry import Trend
from mailflow.receipts.read import eyes_of, read_proof
from mailflow.receipts.result import Verdict
from mailflow.slips.segments import NO_SEGMENTS

Left = tuple[Any, str, Callable[..., Any]]
RAPID, TESSERACT = ("rapidocr",), ("tesseract",)
BOTH = RAPID + TESSERACT

# Rooms that judge words, and what is put in their place.
JUDGING: dict[str, Left] = {
    "no rows weighed": (fields, "undoing_rows", lambda *_: ()),
    "no listed words": (fields, "doubtful_words", lambda *_: ()),
    "other payments not left aside": (
        against,
        "of_this_payment",
        lambda lines: "\n".join(line.text for line in lines),
    ),
    "paid by phrases alone": (paid_lines, "says_it_is_paid", lambda _text: False),
}

# What is put in the place of a step, and the engines that are there.
VARIANTS: dict[str, tuple[tuple[str, ...], Left | None]] = {
    "everything": (BOTH, None),
    "no witness (RapidOCR alone)": (RAPID, None),
    "Tesseract alone": (TESSERACT, None),
    "no second look at the amount": (
        BOTH,
        (both.Both, "_amount_again", lambda _self, _sheet, _figure, findings: findings),
    ),
    "no second look at the account": (BOTH, (both.Both, "_account_looks", lambda *_: ())),
    "no bars": (BOTH, (both, "decoded_segments", lambda _image: NO_SEGMENTS)),
    "not turned upright": (BOTH, (rapid, "upright_turn", lambda *_: 0)),
    "not levelled": (BOTH, (rapid, "trend", lambda _quads, *, width: Trend(width / 2))),
    "several receipts not parted": (
        BOTH,
        (rapid, "side_by_side", lambda found, **_: [list(found)]),
    ),
    "no look across the page": (BOTH, (both.Both, "_across", lambda *_: ())),
    "no column that ends early": (BOTH, (fields, "ends_early", lambda *_: False)),
    "no signs of editing": (BOTH, (read, "signs_of_editing", lambda *_, **__: ())),
    "no text layer": (BOTH, (read, "layer_differs", lambda *_, **__: False)),
    **{name: (BOTH, step) for name, step in JUDGING.items()},
}


@contextmanager
def left_out(step: Left | None) -> Iterator[None]:
    if step is None:
        yield
        return
    where, name, instead = step
    before = getattr(where, name)
    setattr(where, name, instead)
    try:
        yield
    finally:
        setattr(where, name, before)


def spent() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def measure(pictures: Sequence[proofs.Proof], engines: tuple[str, ...]) -> str:
    eyes = eyes_of(engines)
    good = [proof for proof in pictures if proof.label.should_accept]
    bad = [p for p in pictures if not p.label.should_accept and p.label.negative not in APART]
    accepted, seconds = set(), []
    for proof in pictures:
        begun = spent()
        told = read_proof(proof.content, expected=expectation(proof.label.due), eyes=eyes)
        seconds.append(spent() - begun)
        if told.verdict is Verdict.ACCEPT:
            accepted.add(proof.label.id)
    right = sum(proof.label.id in accepted for proof in good)
    wrong = sum(proof.label.id in accepted for proof in bad)
    return f"{right:4} of {len(good):<4} {wrong:4} of {len(bad):<4} {median(seconds):8.2f}"


def written_pages() -> str:
    """Of the written pages, how many genuine ones are accepted and how many false."""
    told = [(page.genuine, judged(page)[0] is Verdict.ACCEPT) for page in written()]
    good = [accepted for genuine, accepted in told if genuine]
    bad = [accepted for genuine, accepted in told if not genuine]
    return f"{sum(good):4} of {len(good):<4} {sum(bad):4} of {len(bad):<4}"


def main() -> None:
    words = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    words.add_argument("--pictures", type=int, default=24)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--only", help="variants, with commas between")
    words.add_argument("--written", action="store_true", help="judge the written pages instead")
    options = words.parse_args()
    if options.written:
        print(f"{'':34} {'accepted':>12} {'wrongly':>12}")
        for name, step in {"everything": None, **JUDGING}.items():
            with left_out(step):
                print(f"{name:34} {written_pages()}", flush=True)
        return
    pictures = [
        proofs.one(family, number, seed=options.seed, wrong=wrong)
        for number in range(options.pictures // 4)
        for family in proofs.FAMILIES[:2]
        for wrong in (False, True)
    ]
    blank = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(blank, "PNG")
    read_proof(blank.getvalue(), expected=None)  # loads the models
    wanted = options.only.split(",") if options.only else list(VARIANTS)
    print(f"{'':34} {'accepted':>12} {'wrongly':>12} {'core-s':>8}")
    for name in wanted:
        engines, step = VARIANTS[name]
        with left_out(step):
            print(f"{name:34} {measure(pictures, engines)}", flush=True)


if __name__ == "__main__":
    main()
