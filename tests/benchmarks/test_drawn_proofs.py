"""Proofs drawn from a seed: what their labels promise; what is measured on stays frozen."""

import hashlib
import io
import random
import unicodedata
from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image

from benchmarks.drawing import forging, hostile, proofs, report, stories
from benchmarks.drawing.damage import DAMAGES, damages_for
from benchmarks.drawing.fourth_hand import MASKS as FOURTH_MASKS
from benchmarks.drawing.fourth_hand import digits_hidden
from benchmarks.drawing.layout import Layout
from benchmarks.drawing.measuring import Outcome
from benchmarks.drawing.third_hand import MASKS as THIRD_MASKS
from benchmarks.drawing.third_hand import account_text
from benchmarks.drawing.writing import in_words, masked
from mailflow.receipts.result import Proof, Verdict
from mailflow.slips.segments import Segments

FROZEN = {
    "testing": "10d44811ca8b5e20be907a3be8b153205a987cd7c3833a8983b9ff6d4c9d112c",
    "third": "f77d03ba52fd194023cb855c23194710b5a1b4df53e41b8afcdf7f0c49db21a6",
    "fourth": "36c742c2588859d9eb2466a3bf78bb1f225bf7a9ca5739171490c1697ed08ca7",
}
EVERY = [layout for family in proofs.FAMILIES for layout in proofs.layouts(family)]


def by_name(layout: Layout) -> str:
    return layout.name


@pytest.mark.parametrize("family", FROZEN)
def test_family_is_what_it_was_when_the_reader_was_measured(family: str) -> None:
    """Plans and words, not pixels: fonts may differ from one machine to the next."""
    told = hashlib.sha256()
    for number in range(400):
        layout, facts, damage = proofs.planned(family, number, seed=4, wrong=number % 2 == 1)
        told.update(f"{layout.name} {facts} {damage.name}".encode())
    for layout in proofs.layouts(family):
        facts = stories.genuine(layout, random.Random(9))
        if layout.negative:
            facts = stories.negative(layout, layout.negative, random.Random(9))
        drawn = layout.draw(layout, facts, random.Random(9))
        told.update(repr([layout.titles, [mark.text for mark in drawn.marks]]).encode())
    assert told.hexdigest() == FROZEN[family], "this family is frozen: put new layouts elsewhere"


def test_families_have_no_layout_in_common() -> None:
    for family in map(proofs.layouts, proofs.FAMILIES):
        assert sum(not layout.negative for layout in family) >= 12
    drawers = [layout.draw for layout in EVERY]
    assert len(set(drawers)) == len(drawers)
    assert len({layout.name for layout in EVERY}) == len(drawers)


def test_same_seed_draws_same_picture() -> None:
    first, again = (proofs.one("fitting", 7, seed=3, wrong=True) for _ in range(2))
    assert first == again
    assert first.content != proofs.one("fitting", 7, seed=4, wrong=True).content


@pytest.mark.parametrize("layout", EVERY, ids=by_name)
def test_layout_shows_account_and_sum_that_its_label_names(layout: Layout) -> None:
    rng = random.Random("shows")
    trap = layout.negative
    facts = stories.negative(layout, trap, rng) if trap else stories.genuine(layout, rng)
    drawn = layout.draw(layout, facts, rng)
    page = " ".join(mark.text for mark in drawn.marks)
    if layout.negative in (None, "unpaid_slip", "pending_confirm"):
        shown = f"{facts.amount:,}", str(facts.amount), in_words(facts.amount)
        full_width = f"{facts.amount:,}".translate(
            str.maketrans("0123456789,", "０１２３４５６７８９，")
        )
        assert any(form in page for form in (*shown, full_width))
    if drawn.hand.account_shown:
        assert drawn.hand.account_shown in page
    left, top, right, bottom = 0, 0, *drawn.image.size
    for mark in drawn.marks:
        assert left <= mark.box[0], mark
        assert top <= mark.box[1], mark
        assert mark.box[2] <= right, mark
        assert mark.box[3] <= bottom, mark


@pytest.mark.parametrize("layout", [x for x in EVERY if x.negative], ids=by_name)
def test_page_that_is_no_proof_is_never_to_be_accepted(layout: Layout) -> None:
    for trap in stories.traps_for(layout):
        facts = stories.negative(layout, trap, random.Random(1))
        proof = proofs.draw(layout, facts, damages_for(layout.medium)[0], seed=1)
        assert not proof.label.should_accept
        assert proof.label.negative == layout.negative


@pytest.mark.parametrize("name", stories.TRAPS)
def test_trap_differs_from_what_is_owed_in_what_it_names(name: str) -> None:
    trap = stories.TRAPS[name]
    for layout in EVERY:
        if layout.negative or name not in stories.traps_for(layout):
            continue
        for seed in range(20):
            facts = stories.negative(layout, name, random.Random(seed))
            slip = facts.slip
            right = (
                facts.amount == slip.amount,
                facts.account == slip.account,
                slip.from_on <= facts.at.date() <= slip.until_on,
                trap.status == "success",
                name not in ("unreadable", "faded_tail"),
            )
            assert not all(right), (layout.name, seed)
            assert sum(not each for each in right) == 1 or name == "scheduled", (layout.name, seed)


@pytest.mark.parametrize("manner", ["tail5", "mid", "holes", "rings", "mid_x", "dash_tail", "head"])
def test_mask_leaves_at_least_five_digits(manner: str) -> None:
    for account in ("98620114992497", "9999952650000016"):
        assert sum(char.isdigit() for char in masked(account, manner)) >= 5


@pytest.mark.parametrize("account", ["98620114992497", "9999952650000016"])
def test_third_family_shows_the_digits_in_which_its_traps_differ(account: str) -> None:
    for manner in THIRD_MASKS:
        digits = "".join(char for char in account_text(account, manner) if char.isdigit())
        assert len(digits) >= 5
        assert unicodedata.normalize("NFKC", digits).endswith(account[-3:])


@pytest.mark.parametrize("account", ["98620114992497", "9999952650000016"])
def test_fourth_family_shows_the_digits_in_which_its_traps_differ(account: str) -> None:
    for manner in FOURTH_MASKS:
        digits = "".join(char for char in digits_hidden(account, manner) if char.isdigit())
        assert len(digits) >= 5
        assert digits.endswith(account[-3:])


@pytest.mark.parametrize("family", ["third", "fourth"])
@pytest.mark.parametrize("trap", ["edited", "edited_account", "edited_date"])
def test_edited_page_shows_the_wish_and_its_label_the_truth(trap: str, family: str) -> None:
    for layout in proofs.layouts(family):
        if trap not in stories.traps_for(layout):
            continue
        facts = stories.negative(layout, trap, random.Random(6))
        true = layout.draw(layout, replace(facts, negative=None), random.Random(6))
        drawn = layout.draw(layout, facts, random.Random(6))
        assert drawn.forged
        assert drawn.image.tobytes() != true.image.tobytes(), layout.name
        proof = proofs.draw(layout, facts, DAMAGES["jpeg30"], seed=6)
        assert not proof.label.should_accept
        assert proof.label.clerk == "hold"
        assert proof.label.amount == facts.amount


def test_clerk_accepts_what_is_genuine_and_asks_where_another_picture_helps() -> None:
    assert stories.clerk(None, legible=True) == "accept"
    assert stories.clerk(None, legible=False) == "ask"
    assert stories.clerk("unpaid_slip", legible=True) == "ask"
    assert stories.clerk("wrong_amount:near", legible=True) == "hold"
    named = {trap for layout in EVERY for trap in stories.traps_for(layout)}
    assert named >= stories.ASKED


def test_barcodes_on_a_store_receipt_agree_with_its_check_characters() -> None:
    for layout in EVERY:
        if "barcodes" in layout.shows:
            facts = stories.genuine(layout, random.Random(2))
            found = layout.draw(layout, facts, random.Random(2)).barcodes
            if len(found) == 3:
                assert Segments(*found).checked
            assert found[-1].endswith(f"{facts.amount:09d}")


@pytest.mark.parametrize("name", DAMAGES)
def test_damaged_page_is_a_file_that_opens(name: str) -> None:
    damage = DAMAGES[name]
    layout = next(x for x in EVERY if x.medium in damage.media and not x.negative)
    facts = stories.genuine(layout, random.Random(5))
    proof = proofs.draw(layout, facts, damage, seed=5)
    assert proof.label.should_accept is damage.legible
    if proof.label.file.endswith("pdf"):
        assert len(pypdfium2.PdfDocument(proof.content)) >= 1
    else:
        opened = Image.open(io.BytesIO(proof.content))
        opened.load()
        assert min(opened.size) >= 120


def test_digits_that_faded_are_gone_from_every_sum() -> None:
    layout = next(x for x in EVERY if x.name == "fit-family")
    facts = stories.negative(layout, "faded_tail", random.Random(3))
    proof = proofs.draw(layout, facts, DAMAGES["scan"], seed=3)
    whole = replace(facts, negative=None)
    assert not proof.label.legible
    assert proof.content != proofs.draw(layout, whole, DAMAGES["scan"], seed=3).content


def test_full_width_digits_fade_as_others_do() -> None:
    layout = next(x for x in EVERY if x.name == "test-atm-stacked")
    facts = stories.negative(layout, "faded_tail", random.Random(5))
    pages = (layout.draw(layout, facts, random.Random(number)) for number in range(20))
    drawn = next(page for page in pages if any(wide_sum(mark.text) for mark in page.marks))
    faded = forging.after_printing(drawn, facts, random.Random(1))
    left, top, right, bottom = next(x.box for x in drawn.marks if wide_sum(x.text))
    tail = (right - (right - left) // 5, top, right, bottom)
    assert min(drawn.image.crop(tail).convert("L").tobytes()) < 100
    assert min(faded.image.crop(tail).convert("L").tobytes()) > 200


def wide_sum(text: str) -> bool:
    return any("０" <= char <= "９" for char in text) and not any(c.isascii() for c in text)


def test_sheet_of_words_is_written_as_cheques_are() -> None:
    written = [in_words(amount) for amount in (600, 1050, 1200, 2004, 19_999)]
    assert written == [
        "陸佰元整",
        "壹仟零伍拾元整",
        "壹仟貳佰元整",
        "貳仟零肆元整",
        "壹萬玖仟玖佰玖拾玖元整",
    ]


def test_report_counts_a_wrong_amount_and_a_negative_believed_as_wrong() -> None:
    good = proofs.one("fitting", 0, seed=1, wrong=False).label
    bad = proofs.one("fitting", 1, seed=1, wrong=True).label

    def said(amount: int | None, verdict: Verdict) -> Outcome:
        return Outcome(Proof(amount=amount, verdict=verdict), None, 1.0, 1.0, 90.0)

    assert good.amount is not None
    rows = [
        report.Row(good, said(good.amount, Verdict.ACCEPT)),
        report.Row(good, said(good.amount * 10, Verdict.ACCEPT)),
        report.Row(bad, said(bad.amount, Verdict.ACCEPT)),
        report.Row(bad, said(None, Verdict.ASK)),
        report.Row(good, Outcome(None, "timeout", 45.0, 45.0, 0.0)),
    ]
    assert [row.wrong for row in rows] == [False, True, bad.negative != "edited", False, False]
    found = report.summary(rows)
    assert found["genuine"]["flag"] == 1
    assert "wrong accepts" in report.as_text(found)


def test_wilson_gives_the_published_interval() -> None:
    low, high = report.wilson(0, 300)
    assert low == pytest.approx(0, abs=1e-9)
    assert high == pytest.approx(0.01264, abs=1e-4)
    assert report.wilson(0, 0) == (0.0, 1.0)


def test_hostile_files_are_small_enough_to_mail() -> None:
    names = []
    for name, content in hostile.hostile(1, flips=2):
        names.append(name)
        assert len(content) < 25_000_000
    assert len(names) == len(set(names)) > 35
