"""Large slanted writing over a proof: 作廢 and SAMPLE hold it, a bank's own name does not."""

import random
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from benchmarks.drawing import proofs, stories
from benchmarks.drawing.containers import jpeg
from benchmarks.drawing.facts import Facts
from benchmarks.drawing.layout import Layout
from benchmarks.drawing.sheet import Mark, font
from benchmarks.drawing.slanted import Slanted, written_across
from mailflow.receipts.across import is_slanted, meaning_of, views, writing_across
from mailflow.receipts.both import Both
from mailflow.receipts.geometry import Quad
from mailflow.receipts.lines import Box, Line, Word, words_to_lines
from mailflow.receipts.rapid import Rapid
from mailflow.receipts.read import read_proof
from mailflow.receipts.result import Expectation, Proof, Status, Verdict

VOIDED = Slanted("作廢", (128, 128, 128), 0.4, 32.0, 0.8, repeated=False, face="sans")
SAMPLE = replace(VOIDED, text="SAMPLE", ink=(205, 60, 60), degrees=-24.0)
BANK = replace(VOIDED, text="玉山銀行", opacity=0.25, share=0.07, repeated=True)
FOR_ONE_USE = replace(VOIDED, text="僅供報名繳費使用", share=0.9)


def page(writing: Slanted | None = None) -> tuple[Image.Image, Facts, tuple[Mark, ...]]:
    """A student's transfer, as her bank's app shows it, and what somebody wrote across it."""
    layout: Layout = next(one for one in proofs.layouts("fitting") if one.name == "fit-stacked")
    facts = stories.genuine(layout, random.Random(7))
    drawn = layout.draw(layout, facts, random.Random(7))
    drawn = written_across(drawn, writing) if writing else drawn
    return drawn.image, facts, drawn.marks


def read(writing: Slanted | None = None) -> Proof:
    image, facts, _ = page(writing)
    slip = facts.slip
    owed = Expectation(slip.amount, slip.account, slip.bank, slip.from_on, slip.until_on)
    return read_proof(jpeg(image, quality=85), expected=owed, eyes=Both())


def rows(marks: tuple[Mark, ...]) -> tuple[Line, ...]:
    return words_to_lines(Word(mark.text, Box(*mark.box)) for mark in marks)


def test_a_transfer_without_anything_across_is_accepted() -> None:
    assert read().verdict is Verdict.ACCEPT


def test_a_proof_that_somebody_voided_across_the_page_goes_to_a_person() -> None:
    """作廢"""
    proof = read(VOIDED)
    assert (proof.verdict, proof.reasons[0]) == (Verdict.FLAG, "payment_voided")
    assert proof.status is Status.VOID


def test_a_sample_from_the_bank_s_own_page_goes_to_a_person() -> None:
    proof = read(SAMPLE)
    assert (proof.verdict, proof.reasons[0]) == (Verdict.FLAG, "specimen")


@pytest.mark.parametrize(
    ("family", "name", "text"),
    [
        ("testing", "test-english-web", "範例"),
        ("third", "third-jade", "樣　張"),
        ("testing", "test-book", "樣　張"),
    ],
)
def test_a_sample_of_two_letters_over_the_whole_page_is_read(
    family: str, name: str, text: str
) -> None:
    """So large that the usual view takes its strokes for grounds, or so far apart that each letter
    is a line."""
    layout: Layout = next(one for one in proofs.layouts(family) if one.name == name)
    facts = stories.genuine(layout, random.Random(7))
    drawn = layout.draw(layout, facts, random.Random(7))
    writing = Slanted(text, (110, 110, 110), 0.5, 30.0, 1.0, repeated=False, face="black")
    over = written_across(drawn, writing)
    eyes = Rapid()
    said = writing_across(over.image, rows(over.marks), lambda view: eyes.read_lines(view)[1])
    assert said == ("specimen",)


@pytest.mark.parametrize("writing", [BANK, FOR_ONE_USE], ids=["bank", "for one use"])
def test_what_a_bank_or_a_careful_student_writes_there_is_no_sign(writing: Slanted) -> None:
    assert read(writing).verdict is Verdict.ACCEPT


@pytest.mark.parametrize("degrees", [90.0, 180.0, 270.0])
@pytest.mark.parametrize("beside", [False, True], ids=["over the rows", "beside them"])
def test_a_stamp_on_its_side_or_its_head_is_read(degrees: float, beside: bool) -> None:
    """作廢, in a red frame, turned as a hurried clerk stamps it."""
    image, facts, _ = page()
    stamp = stamped("作廢").rotate(degrees, expand=True)
    wide = Image.new("RGB", (image.width + 2 * stamp.width, image.height), "white")
    wide.paste(image, (0, 0))
    left = image.width + stamp.width // 2 if beside else image.width // 2 - stamp.width // 2
    wide.paste(stamp, (left, image.height * 3 // 4), stamp)
    slip = facts.slip
    owed = Expectation(slip.amount, slip.account, slip.bank, slip.from_on, slip.until_on)
    proof = read_proof(jpeg(wide, quality=90), expected=owed, eyes=Both())
    assert proof.verdict is not Verdict.ACCEPT
    assert proof.reasons[0] == "payment_voided"


def stamped(text: str) -> Image.Image:
    letters = font("black", 64)
    stamp = Image.new("RGBA", (64 * len(text) + 40, 104), (255, 255, 255, 0))
    pen = ImageDraw.Draw(stamp)
    pen.rectangle((2, 2, stamp.width - 3, 101), outline=(205, 40, 50, 235), width=5)
    pen.text((20, 8), text, font=letters, fill=(205, 40, 50, 235))
    return stamp


def test_the_usual_page_shows_no_large_letters_to_read() -> None:
    image, _, marks = page()
    assert list(views(image, rows(marks))) == []
    written, _, _ = page(VOIDED)
    assert list(views(written, rows(marks)))


def test_a_page_in_little_light_or_in_dark_mode_shows_them_too() -> None:
    image, _, marks = page(VOIDED)
    dim = image.point(lambda value: value * 3 // 10)
    dark = image.point(lambda value: 255 - value)
    assert list(views(dim, rows(marks)))
    # behind them come those of the page turned the other way: the guess may be wrong
    for one, other in zip(views(dark, rows(marks)), views(image, rows(marks)), strict=False):
        if one.size != other.size:
            break  # those of larger writing begin
        unlike = np.asarray(one, dtype=np.int16) - np.asarray(other, dtype=np.int16)
        assert np.abs(unlike).mean() < 2  # of 255


def test_a_coloured_head_with_light_strokes_does_not_turn_a_dim_page_for_good() -> None:
    image, _, marks = page(VOIDED)
    dim = np.asarray(image.convert("RGB"), dtype=np.float32) * 0.6
    head = dim[: image.height // 5]
    head[:] = (150, 30, 50)
    head[::9] = head[1::9] = 230
    seen = list(views(Image.fromarray(dim.astype(np.uint8)), rows(marks)))
    clear = next(views(image, rows(marks)))
    alike = [_alike(one, clear) for one in seen if one.size == clear.size]
    assert max(alike) > 0.8


def _alike(one: Image.Image, other: Image.Image) -> float:
    flat = [np.asarray(view.convert("L"), dtype=np.float32).ravel() for view in (one, other)]
    return float(np.corrcoef(*flat)[0, 1])


def test_an_empty_picture_or_one_smaller_than_its_rows_shows_nothing() -> None:
    far = (Line.of("轉帳成功  600"),)
    assert list(views(Image.new("RGB", (300, 300), "white"), ())) == []
    assert list(views(Image.new("RGB", (300, 300), "white"), far)) == []
    assert list(views(Image.new("L", (12, 9), 255), far)) == []


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("範例", "specimen"),
        ("範例 SAMPLE", "specimen"),
        ("SAM1PLE", "specimen"),  # as it was read under a row of text
        ("ECIMEN", "specimen"),
        ("仅供参考", "specimen"),
        ("作废", "payment_voided"),
        ("已作", "payment_voided"),
        ("V0ID", "payment_voided"),
        ("OID", "payment_voided"),
        ("INVOICE", None),
        ("ANDROID PAY", None),
        ("合作金庫", None),
        ("COMPLETED", None),
        ("僅供報名繳費使用", None),
        ("SPECIAL OFFER", None),
        ("E.SUN BANK", None),
    ],
)
def test_what_large_writing_means(text: str, meaning: str | None) -> None:
    assert meaning_of(text) == meaning


@pytest.mark.parametrize(("rise", "slanted"), [(0, False), (3, False), (20, True), (170, True)])
def test_only_slanted_writing_counts(rise: int, slanted: bool) -> None:
    """僅供參考 in a row of small print is everybody's."""
    line = Quad(((0, rise), (100, 0), (100, 30), (0, 30 + rise)))
    assert is_slanted(line) is slanted


def test_writing_that_runs_over_the_edges_of_a_wide_page_is_read() -> None:
    """範例 SAMPLE over a table that is three times as wide as high: its ends are cut off."""
    proof = proofs.one("third", 22, seed=15, wrong=True)
    due = proof.label.due
    owed = Expectation(due["amount"], due["account"], due["bank"])
    assert proof.label.negative == "sample"
    told = read_proof(proof.content, expected=owed, eyes=Both())
    assert (told.verdict, told.reasons[0]) == (Verdict.FLAG, "specimen")
