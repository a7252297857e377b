"""A page that was scrolled and sent in parts."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from receipts.test_read import ACCOUNT, PAID_AT, SLIP, needs_engine, transfer

from benchmarks.drawing.sheet import font
from mailflow.config import load_config
from mailflow.demo import pictures
from mailflow.demo.pictures import as_sent_by_chat, draw_transfer
from mailflow.mail import Attachment
from mailflow.receipts import child
from mailflow.receipts.engine import Seen
from mailflow.receipts.joining import OTHER, difference, joined
from mailflow.receipts.read import read_parts
from mailflow.receipts.result import Proof, Verdict
from mailflow.runners.showing import PictureReader

BAR = 40  # pixels of a phone's head and foot
HEAD, FOOT = "#1e1e3c", "#145a3c"


def page(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def screen(whole: Image.Image, top: int, height: int = 700) -> Image.Image:
    """What a phone shows of a page: `top` is how far it was scrolled."""
    shown = Image.new("RGB", (whole.width, height), "white")
    shown.paste(whole.crop((0, top, whole.width, top + height - 2 * BAR)), (0, BAR))
    shown.paste(HEAD, (0, 0, whole.width, BAR))
    shown.paste(FOOT, (0, height - BAR, whole.width, height))
    return shown


def png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("scrolled", [180, 300, 401])
@pytest.mark.parametrize("chat", [False, True])
def test_the_parts_of_a_scrolled_page_are_put_together(scrolled: int, chat: bool):
    whole = page(transfer())
    parts = [screen(whole, top, 900) for top in (0, scrolled)]
    if chat:
        parts = [page(as_sent_by_chat(png(part))) for part in parts]
    together = joined(parts)
    assert together is not None
    scale = parts[0].width / whole.width
    assert together.image.height == pytest.approx(scale * (900 + scrolled), abs=3)
    (band,) = together.shared
    assert band.top >= scale * scrolled
    assert band.bottom <= parts[0].height
    again = joined(parts[::-1])
    assert again is not None
    assert again.image.tobytes() == together.image.tobytes()


def test_three_parts_are_one_page():
    whole = page(transfer())
    together = joined([screen(whole, top, 600) for top in (0, 260, 520)])
    assert together is not None
    assert together.image.height == 600 + 520
    assert len(together.shared) == 2
    inside = (0, BAR, whole.width, 600 + 520 - BAR)
    shown = whole.crop((0, 0, whole.width, 600 + 520 - 2 * BAR))
    assert together.image.crop(inside).tobytes() == shown.tobytes()


OTHERS = {
    "the last digit of the account": transfer(shown_account="98620114992491"),
    "a digit in it": transfer(shown_account="98620144992497"),
    "the sum": transfer(601),
    "the fee": transfer(fee=15),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("chat", [False, True])
def test_parts_of_two_payments_stay_apart(other: bytes, chat: bool):
    """One letter that differs in what both should show."""
    parts = [screen(page(transfer()), 0, 900), screen(page(other), 180, 900)]
    if chat:
        parts = [page(as_sent_by_chat(png(part))) for part in parts]
    assert joined(parts) is None


@pytest.mark.parametrize("scrolled", [150, 233, 318])
def test_pale_letters_beside_a_dark_bar_are_seen(scrolled: int, monkeypatch: pytest.MonkeyPatch):
    """A minute's last digit just above a dark foot; the dark of the foot is no contrast of it."""
    for ink in ("INK", "GREY"):
        monkeypatch.setattr(pictures, ink, "#b0b4ba")
    first, other = (
        page(draw_transfer(amount=600, account=ACCOUNT, bank="004", paid_at=moment))
        for moment in (PAID_AT.replace(minute=5), PAID_AT.replace(minute=6))
    )
    assert joined([screen(first, 0, 900), screen(first, scrolled, 900)]) is not None
    assert joined([screen(first, 0, 900), screen(other, scrolled, 900)]) is None


@pytest.mark.parametrize(
    ("told", "later", "together"),
    [("12:05", "12:06", True), ("98620123456789  12:05", "31475898765432  12:06", False)],
)
def test_a_clock_goes_on_beside_signs_that_stay(told: str, later: str, together: bool):
    """A wide row that differs is no clock, whatever stays beside it."""
    parts = []
    for top, said in ((0, told), (200, later)):
        shown = screen(page(transfer()), top, 900)
        shown.paste("white", (0, 0, shown.width, BAR))
        draw = ImageDraw.Draw(shown)
        draw.text((30, 8), said, "black", font=font("sans", 28))
        draw.rectangle((shown.width - 70, 10, shown.width - 30, 28), "black")
        parts.append(shown)
    assert (joined(parts) is not None) is together


def test_a_bar_at_the_edge_that_tells_how_far_was_scrolled_is_no_letter():
    parts = [screen(page(transfer()), top, 900) for top in (0, 200)]
    for part, row in zip(parts, (100, 400), strict=True):
        part.paste("#9aa0a6", (part.width - 10, row, part.width - 5, row + 200))
    assert joined(parts) is not None


@pytest.mark.parametrize(
    "size", [(520, 1), (520, 5), (520, 40), (2000, 30), (2000, 310), (700, 900)]
)
def test_pictures_of_any_shape_are_parts_or_not_and_nothing_breaks(size: tuple[int, int]):
    noise = Image.effect_noise((size[0], size[1] * 2), 90).convert("RGB")
    for top in (1, size[1] // 9, size[1] // 2, size[1] - 1):
        parts = [noise.crop((0, begin, size[0], begin + size[1])) for begin in (0, top)]
        together = joined(parts)
        assert together is None or together.image.height == size[1] + top


@pytest.mark.parametrize(
    ("other", "row"), [(transfer(shown_account="98620114992491"), 560), (transfer(601), 300)]
)
def test_a_digit_at_the_top_of_a_picture_without_bars_is_no_clock(other: bytes, row: int):
    parts = [page(transfer()).crop((0, 40, 900, 780)), page(other).crop((0, row, 900, row + 740))]
    assert joined(parts) is None


def test_the_same_screen_twice_and_two_pages_are_no_parts():
    whole = page(transfer())
    assert joined([screen(whole, 0), screen(whole, 0)]) is None
    assert joined([whole, page(transfer(700))]) is None
    assert joined([screen(whole, 0, 700), screen(whole, 300, 800)]) is None
    blank = Image.new("RGB", (900, 1300), "white")
    assert joined([blank, blank]) is None
    assert joined([whole]) is None


def in_one_mail(*parts: Image.Image) -> list[Proof]:
    """What the pictures of one mail prove, each with the others."""

    def call(function: str, payload: bytes) -> bytes:
        answer: bytes = getattr(child, function.split(":")[1])(payload)
        return answer

    config = load_config(Path(__file__).parents[2] / "config.toml")
    reader = PictureReader(config, call, lambda: False)
    shown = [Attachment("p.png", "image/png", png(part)) for part in parts]
    return [proof for _, proof in reader.read(shown, SLIP)]


@needs_engine
def test_a_proof_in_two_parts_is_read_as_one_page():
    whole = page(transfer())
    parts = [screen(whole, top, 760) for top in (0, 450)]
    for proof in in_one_mail(*parts):
        assert (proof.verdict, proof.amount, proof.account) == (Verdict.ACCEPT, 600, ACCOUNT)
        assert "parts_of_one_page" in proof.reasons


def payments_that_stay_apart() -> dict[str, list[Image.Image]]:
    """Pictures of pages that agree in all that two neighbours show."""
    whole, other = page(transfer()), page(transfer(shown_account="98620114993502"))
    failed, less = page(transfer(failed=True)), page(transfer(250))
    upside_down = [part.rotate(180) for part in (screen(whole, 0, 640), screen(failed, 280, 640))]
    return {
        "sum and account on neither": [screen(whole, top, 520) for top in (0, 240)],
        "sum on the third alone": [screen(whole, top, 600) for top in (0, 370, 480)],
        "the success of a transfer to somebody else": [
            screen(other, 0, 640),
            screen(failed, 280, 640),
        ],
        "the account of a smaller payment": [screen(whole, 0, 640), screen(less, 370, 640)],
        "upside down": upside_down,
    }


@needs_engine
@pytest.mark.parametrize(
    "parts", payments_that_stay_apart().values(), ids=payments_that_stay_apart()
)
def test_no_payment_lends_another_what_it_lacks(parts: list[Image.Image]):
    """One picture must say paid, the sum and the account by itself."""
    assert all(proof.verdict is not Verdict.ACCEPT for proof in in_one_mail(*parts))


@needs_engine
def test_every_two_neighbours_must_share_the_sum_or_the_account():
    """The first two of three share fee and bank alone: any payment's page may end so."""
    parts = [png(screen(page(transfer()), top, 600)) for top in (0, 370, 480)]
    assert joined([page(part) for part in parts]) is not None
    assert read_parts(parts, expected=SLIP) is None


def test_a_dark_bar_on_one_of_them_hides_no_pale_mark_beside_it():
    """What differs is measured by the paler one's contrast."""
    white = np.full((300, 900), 255, np.float32)
    one, other = white.copy(), white.copy()
    one[100:108, 400:404] = 180
    other[120:, :] = 20
    assert difference(one, other)[95:105].max() > OTHER


@pytest.mark.parametrize("kind", ["PNG", "PDF"])
def test_documents_are_no_parts(kind: str):
    """Their text needs no joining; as pictures the same pages are parts."""
    asked = []

    class Eyes:
        def look(self, page: Image.Image, *, until: float) -> tuple[Seen, ...]:
            asked.append(page.size)
            return ()

    parts = []
    for top in (0, 300):
        out = io.BytesIO()
        screen(page(transfer()), top, 900).save(out, kind)
        parts.append(out.getvalue())
    assert read_parts(parts, expected=SLIP, eyes=Eyes()) is None
    assert bool(asked) is (kind == "PNG")


def test_large_photographs_are_no_parts():
    whole = page(transfer())
    assert joined([screen(whole, top, 900).resize((3000, 3000)) for top in (0, 300)]) is None
