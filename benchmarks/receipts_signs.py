"""What signs of editing and likenesses are worth: hits among edited and copied proofs, and false
alarms among honest ones.

    ./dev bench receipts_signs [--family testing] [--count 200] [--seed 1]
    ./dev bench receipts_signs --alike [--family testing] [--seed 1]

Draws proofs, reads each page once, and counts. *edited* had digits pasted before whatever befell
it, *saved, edited, saved* had them pasted into a JPEG that was saved again; both show the owed sum.
With --alike: distances (bits of 256) between files of one receipt, between receipts of one layout,
and between two that were paid in the same minute with the same sum.
"""

import argparse
import io
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PIL import Image

from benchmarks.drawing import containers, forging, proofs, stories
from benchmarks.drawing.damage import DAMAGES, damages_for
from benchmarks.drawing.facts import Facts
from benchmarks.drawing.layout import Layout
from benchmarks.drawing.report import wilson
from mailflow.receipts.editing import signs_of_editing
from mailflow.receipts.engine import Sheet
from mailflow.receipts.fields import read_fields
from mailflow.receipts.layer import layer_differs
from mailflow.receipts.likeness import likeness
from mailflow.receipts.pictures import Page, open_pages
from mailflow.receipts.rapid import Rapid
from mailflow.receipts.result import Status
from mailflow.receipts.reuse import NEAR

KINDS = ("genuine", "edited", "saved, edited, saved", "genuine")
FILES = ("clean", "jpeg30", "chat", "chain", "webp", "heic", "lowres", "pdf", "sticker", "crop")


def editable(family: str) -> list[Layout]:
    every = (layout for layout in proofs.layouts(family) if not layout.negative)
    return [layout for layout in every if "edited" in stories.traps_for(layout)]


def file_of(layout: Layout, kind: str, rng: random.Random, *, seed: int) -> tuple[bytes, Facts]:
    facts = (
        stories.genuine(layout, rng)
        if kind == "genuine"
        else stories.negative(layout, "edited", rng)
    )
    if kind == "saved, edited, saved":
        drawn = layout.draw(layout, facts, rng)
        saved = containers.jpeg(drawn.image, quality=rng.randrange(70, 90))
        once = replace(drawn, image=Image.open(io.BytesIO(saved)).convert("RGB"))
        return containers.jpeg(
            forging.pasted(once, facts, rng), quality=rng.randrange(80, 96)
        ), facts
    fitting = [one for one in damages_for(layout.medium) if not one.beside and not one.hard]
    return proofs.draw(layout, facts, rng.choice(fitting), seed=seed).content, facts


def read(content: bytes) -> tuple[Page, Sheet]:
    page = open_pages(content)[-1]
    image = page.image.copy()
    image.thumbnail((2000, 2000))
    return page, Rapid().read_page(image)[0]


def signs(options: argparse.Namespace) -> None:
    able = editable(options.family)
    seen: Counter[str] = Counter()
    shown: dict[str, Counter[str]] = defaultdict(Counter)
    for number in range(options.count):
        layout, kind = able[number % len(able)], KINDS[number // len(able) % len(KINDS)]
        rng = random.Random(f"signs {options.family} {options.seed} {number}")
        content, facts = file_of(layout, kind, rng, seed=options.seed * 10_000 + number)
        page, sheet = read(content)
        fields = read_fields(sheet.lines)
        amount = fields.amount
        if amount is None or amount.value != facts.slip.amount:
            continue  # nobody would believe it
        found = list(
            signs_of_editing(
                sheet.image, sheet.lines, amount=amount.place, account=fields.account_place
            )
        )
        if layer_differs(page.words, amount=amount.value, status=Status.PAID):
            found.append("text_layer_differs")
        seen[kind] += 1
        shown[kind].update([*found, *(["any"] if found else [])])
    for kind, count in seen.items():
        for code in sorted(shown[kind]) or ["any"]:
            print(told(f"{kind}: {code}", shown[kind][code], count))


def told(name: str, part: int, whole: int) -> str:
    low, high = wilson(part, whole)
    return f"{name:54} {part:4}/{whole:<4} {part / whole:6.1%}  ({low:.1%} to {high:.1%})"


def looks(layout: Layout, facts: Facts, names: tuple[str, ...]) -> Iterator[bytes]:
    for name in names:
        _, sheet = read(proofs.draw(layout, facts, DAMAGES[name], seed=1).content)
        look = likeness(sheet.image, sheet.lines)
        if look:
            yield look


def alike(options: argparse.Namespace) -> None:
    apart: dict[str, list[int]] = defaultdict(list)
    for layout in editable(options.family):
        rng = random.Random(f"alike {layout.name} {options.seed}")
        first = stories.genuine(layout, rng)
        others = [stories.genuine(layout, rng) for _ in range(3)]
        twins = [
            replace(
                one, amount=first.amount, fee=first.fee, at=first.at,
                slip=replace(one.slip, amount=first.amount),
            )
            for one in others
        ]  # fmt: skip
        able = {damage.name for damage in damages_for(layout.medium)}
        once = "clean-jpeg" if "clean-jpeg" in able else "jpeg30"
        mine = next(looks(layout, first, (once,)), None)
        if mine is None:
            continue
        copies = tuple(name for name in FILES if name in able and name != "crop")
        groups = [("same receipt, another file", first, copies)]
        groups += [("same receipt, rows cut away", first, tuple({"crop"} & able))]
        groups += [("another receipt", other, (once,)) for other in others]
        groups += [("same minute and sum", twin, (once,)) for twin in twins]
        for kind, facts, names in groups:
            apart[kind] += [bits_between(mine, look) for look in looks(layout, facts, names)]
    for kind, bits in apart.items():
        bits.sort()
        middle, least = bits[len(bits) // 2], bits[0]
        print(
            told(
                f"{kind} (least {least}, median {middle})", sum(b <= NEAR for b in bits), len(bits)
            )
        )


def bits_between(one: bytes, other: bytes) -> int:
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()


def main() -> None:
    words = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    words.add_argument("--family", choices=proofs.FAMILIES, default="testing")
    words.add_argument("--count", type=int, default=200)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--alike", action="store_true")
    options = words.parse_args()
    (alike if options.alike else signs)(options)


if __name__ == "__main__":
    main()
