"""What a layout is: a designer's page that shows one payment. And what comes out of it."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from PIL import Image

from mailflow.campaign.slip_settings import Store
from mailflow.slips.segments import Segments, store_barcodes

from .facts import Facts
from .sheet import Mark, Printer, Sheet
from .writing import Hand

SCREEN, WEB, THERMAL, PAPER = "screen", "web", "thermal", "paper"
_STORES = tuple(
    Store.model_validate(
        {
            "collection_codes": ({"up_to": 20_000, "code": code},),
            "third_segment_date": date,
            "account_padding": padding,
        }
    )
    for code, date, padding in (
        ("6H1", "MMdd", "left"),
        ("619", "yyMM", "right"),
        ("6AF", "yyMM", "right"),
        ("XHM", "MMdd", "left"),
    )
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page before any damage. `distractors` are the other amounts that stand on it, NT$;
    `forged` says that the layout has done itself what an edited page needs."""

    image: Image.Image
    marks: tuple[Mark, ...]
    hand: Hand
    barcodes: tuple[str, ...] = ()
    distractors: tuple[int, ...] = ()
    forged: bool = False


def finished(
    page: Sheet | Printer,
    hand: Hand,
    *,
    below: int = 60,
    barcodes: tuple[str, ...] = (),
    distractors: tuple[int, ...] = (),
) -> Drawn:
    """The page, cut where it ends."""
    sheet = page.sheet if isinstance(page, Printer) else page
    sheet.cut(below=below)
    return Drawn(sheet.image, tuple(sheet.marks), hand, barcodes, distractors)


@dataclass(frozen=True, slots=True)
class Layout:
    """One designer's page. `titles` hold the headline of every status it can show; `shows` names
    what it has a place for: memo, balance, cash, fee, total, barcodes, payee (a name); `wider` that
    it can set the traps which not all families set.

    `kind` is transfer or store; slip and none for pages that are never a proof, whose `negative`
    then names why. `weight` is how often its traps come in a series. `arrives` are the damages that
    befall it, the likelier ones oftener; where it names none, all of its medium are alike.
    """

    name: str
    kind: str
    medium: str
    draw: Callable[["Layout", Facts, random.Random], Drawn]
    titles: Mapping[str, str] = field(default_factory=dict)
    shows: frozenset[str] = frozenset()
    negative: str | None = None
    weight: int = 1
    arrives: tuple[str, ...] = ()


def segments_of(facts: Facts, rng: random.Random) -> Segments:
    """The three barcodes that the store scanned for this payment."""
    found = store_barcodes(
        facts.account, facts.amount, facts.slip.until_on, store=rng.choice(_STORES)
    )
    if found is None:
        raise ValueError(f"no store takes {facts.amount}")
    return found


def side_by_side(first: Drawn, second: Drawn, *, swapped: bool) -> Drawn:
    """Both pages in one picture; what is known of the first stays."""
    left, right = (second, first) if swapped else (first, second)
    gap, height = 40, max(left.image.height, right.image.height)
    image = Image.new("RGB", (left.image.width + gap + right.image.width, height), "#8d8a83")
    image.paste(left.image, (0, 0))
    image.paste(right.image, (left.image.width + gap, 0))
    return replace(first, image=image)
