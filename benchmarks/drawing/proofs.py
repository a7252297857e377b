"""From a seed to pictures with their labels: the door of this package.

    for proof in proofs("fitting", genuine=20, negatives=30, seed=1):
        proof.content, proof.label

Equal seeds draw equal facts on every machine; equal bytes only with equal fonts and libraries.
"""

import importlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from . import forging, stories
from .damage import DAMAGES, Damage, damages_for
from .facts import Facts, Label
from .layout import Drawn, Layout, side_by_side

FAMILIES = ("fitting", "testing", "third", "fourth")


@dataclass(frozen=True, slots=True)
class Proof:
    """One picture and the truth about it."""

    content: bytes
    label: Label


def layouts(family: str) -> tuple[Layout, ...]:
    """The layouts of one family; nothing of the others is loaded."""
    if family not in FAMILIES:
        raise ValueError(f"no family {family}: say {' or '.join(FAMILIES)}")
    found: tuple[Layout, ...] = importlib.import_module(f".{family}", __package__).LAYOUTS
    return found


def draw(layout: Layout, facts: Facts, damage: Damage, *, seed: int) -> Proof:
    """The layout shows the facts, the damage befalls it."""
    rng = random.Random(f"draw {seed}")
    drawn = layout.draw(layout, facts, rng)
    drawn = forging.after_printing(drawn, facts, rng)
    if damage.beside:
        other = stories.neighbour(layout, facts, rng)
        second = layout.draw(layout, other, rng)
        drawn = side_by_side(drawn, second, swapped=rng.random() < 0.5)
    content, ending = damage.befall(drawn, rng)
    label = _label(layout, facts, damage, drawn)
    number = f"{layout.name}-{seed}"
    return Proof(content, replace(label, id=number, file=f"{number}.{ending}"))


def proofs(family: str, *, genuine: int, negatives: int, seed: int) -> Iterator[Proof]:
    """So many of each, layouts and traps and damages in fair turn, the same for the same seed."""
    for number in range(genuine):
        yield one(family, number, seed=seed, wrong=False)
    for number in range(negatives):
        yield one(family, number, seed=seed, wrong=True)


def one(family: str, number: int, *, seed: int, wrong: bool) -> Proof:
    """The proof of that number in the series of that seed."""
    layout, facts, damage = planned(family, number, seed=seed, wrong=wrong)
    return draw(layout, facts, damage, seed=seed * 1_000_000 + number * 2 + wrong)


def planned(family: str, number: int, *, seed: int, wrong: bool) -> tuple[Layout, Facts, Damage]:
    """What the proof of that number will be, not drawn yet."""
    rng = random.Random(f"{family} {seed} {number} {wrong}")
    if wrong:
        layout, trap = _pairs(family)[_turn(number, len(_pairs(family)), seed)]
        facts = stories.negative(layout, trap, rng)
    else:
        able = [layout for layout in layouts(family) if not layout.negative]
        layout = able[(number + seed) % len(able)]
        facts = stories.genuine(layout, rng)
    return layout, facts, _damage(layout, facts, rng)


def _turn(number: int, count: int, seed: int) -> int:
    """A walk over all pairs in an order of the seed, again and again."""
    order = list(range(count))
    random.Random(f"order {seed} {number // count}").shuffle(order)
    return order[number % count]


def _pairs(family: str) -> list[tuple[Layout, str]]:
    pairs = [(layout, trap) for layout in layouts(family) for trap in stories.traps_for(layout)]
    return [pair for pair in pairs for _ in range(pair[0].weight)]


def _damage(layout: Layout, facts: Facts, rng: random.Random) -> Damage:
    if facts.negative == "unreadable":
        return DAMAGES["destroyed"]
    if facts.negative == "faded_tail":
        return DAMAGES[rng.choice(("photo", "fade-light", "scan", "photo-blur"))]
    if layout.arrives:
        return DAMAGES[rng.choice(layout.arrives)]
    return rng.choice(damages_for(layout.medium))


def _label(layout: Layout, facts: Facts, damage: Damage, drawn: Drawn) -> Label:
    hand, legible = drawn.hand, damage.legible and facts.negative != "faded_tail"
    says = layout.kind != "none" and facts.negative != "history"
    shown = dict(hand.shown)
    return Label(
        id="",
        file="",
        kind="store" if layout.kind == "slip" else layout.kind,
        style=layout.name,
        status=facts.status if says else "none",
        amount=facts.amount if says else None,
        fee=shown.pop("fee", None),
        total_shown=shown.pop("total", None),
        datetime=f"{facts.at:%Y-%m-%dT%H:%M}" if hand.dt_display else None,
        dt_display=hand.dt_display,
        account_shown=hand.account_shown,
        account_true=facts.account if says else None,
        mask=hand.mask if hand.account_shown else None,
        to_bank=facts.bank,
        reference=facts.reference,
        payer=facts.payer,
        memo=facts.memo,
        balance=shown.pop("balance", None),
        distractors=(*drawn.distractors, *shown.values()),
        barcodes=drawn.barcodes or None,
        degradations=(damage.name,),
        negative=facts.negative,
        due={
            "amount": facts.slip.amount,
            "account": facts.slip.account,
            "bank": facts.slip.bank,
            "from": facts.slip.from_on.isoformat(),
            "until": facts.slip.until_on.isoformat(),
        },
        should_accept=facts.negative is None and legible,
        legible=legible,
        damage=damage.name,
        hard=damage.hard,
        clerk=stories.clerk(facts.negative, legible=legible),
    )
