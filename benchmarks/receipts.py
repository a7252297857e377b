"""How well payment proofs are read: per layout and per damage, with N and the 95 % interval.

    ./dev bench receipts [--family testing] [--genuine 200] [--negatives 200] [--seed 1]
                         [--engines rapidocr,tesseract] [--without look|level|bars]
                         [--folder FOLDER]

Draws proofs (`benchmarks/drawing`) or reads a folder with `labels.jsonl` and `img/`, judges each
against its slip in this one process, and counts. Seconds are those of the processor, with what
child processes took. `--without` leaves one step out, for an ablation.
"""

import argparse
import io
import json
import math
import resource
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PIL import Image

from benchmarks.drawing.proofs import FAMILIES, proofs
from mailflow.receipts import both, rapid
from mailflow.receipts.geometry import Trend
from mailflow.receipts.read import ENGINES, eyes_of, read_proof
from mailflow.receipts.result import Expectation, Proof, Verdict
from mailflow.slips.segments import NO_SEGMENTS

APART = ("edited", "edited_account", "edited_date", "duplicate")  # no picture tells these by itself
STATUS = {
    **dict.fromkeys(("success", "stamped_paid"), "paid"),
    **dict.fromkeys(("scheduled", "pending", "confirm", "unpaid"), "not_yet"),
    "failed": "failed",
    "void": "void",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One picture: the truth, what was read, core-seconds."""

    label: dict[str, Any]
    proof: Proof
    seconds: float

    @property
    def accepted(self) -> bool:
        return self.proof.verdict is Verdict.ACCEPT

    @property
    def genuine(self) -> bool:
        return bool(self.label["should_accept"])

    @property
    def wrong(self) -> bool:
        """A negative accepted, or the wrong amount believed."""
        if not self.accepted or self.label["negative"] in APART:
            return False
        return not self.genuine or self.proof.amount != self.label["amount"]


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95 % interval of a share, as two shares."""
    if not whole:
        return 0.0, 1.0
    z, share = 1.96, part / whole
    middle = share + z * z / (2 * whole)
    reach = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    return (middle - reach) / (1 + z * z / whole), (middle + reach) / (1 + z * z / whole)


def told(name: str, part: int, whole: int) -> str:
    low, high = wilson(part, whole)
    share = 100 * part / whole if whole else 0.0
    return f"{name:38} {part:5}/{whole:<5} {share:5.1f} %  ({100 * low:.1f} to {100 * high:.1f})"


def spent() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def pictures(options: argparse.Namespace) -> Iterator[tuple[bytes, dict[str, Any]]]:
    if options.folder:
        for line in (options.folder / "labels.jsonl").read_text("utf-8").splitlines():
            label = json.loads(line)
            label["due"].update(_window(options.folder, label["file"]))
            yield (options.folder / label["file"]).read_bytes(), label
        return
    drawn = proofs(
        options.family, genuine=options.genuine, negatives=options.negatives, seed=options.seed
    )
    for proof in drawn:
        yield proof.content, asdict(proof.label)


def _window(folder: Path, name: str) -> dict[str, Any]:
    file = folder / "expect.jsonl"
    lines = map(json.loads, file.read_text("utf-8").splitlines()) if file.exists() else ()
    return next((line for line in lines if Path(line["file"]).name == Path(name).name), {})


def judged(content: bytes, label: dict[str, Any], engines: tuple[str, ...]) -> Row:
    due = label["due"]
    days = (date.fromisoformat(due[key]) if due.get(key) else None for key in ("from", "until"))
    expected = Expectation(int(due["amount"]), due["account"], due["bank"], *days)
    begun = spent()
    proof = read_proof(content, expected=expected, eyes=eyes_of(engines))
    return Row(label, proof, spent() - begun)


def leave_out(step: str) -> None:
    """Switch one step off, for this process."""
    if step == "look":
        both.Both._amount_again = lambda _self, _sheet, _figure, findings: findings  # type: ignore[method-assign]
    elif step == "level":
        rapid.trend = lambda _quads, *, width: Trend(width / 2)  # type: ignore[assignment]
    elif step == "bars":
        both.decoded_segments = lambda _image: NO_SEGMENTS  # type: ignore[assignment]


def report(rows: Sequence[Row]) -> None:
    good = [row for row in rows if row.genuine]
    bad = [row for row in rows if not row.genuine and row.label["negative"] not in APART]
    amounts = [r for r in rows if r.label["amount"] is not None and r.proof.amount is not None]
    known = [row for row in rows if row.label["status"] in STATUS]
    print(told("wrong accepts", sum(row.wrong for row in rows), len(bad)))
    print(told("accepted of the genuine", sum(row.accepted for row in good), len(good)))
    settled = sum(row.proof.verdict in (Verdict.ACCEPT, Verdict.ASK) for row in good)
    print(told("accepted or asked again", settled, len(good)))
    right = sum(row.proof.amount == row.label["amount"] for row in amounts)
    print(told("amount right where reported", right, len(amounts)))
    paid = sum(row.proof.status == STATUS[row.label["status"]] for row in known)
    print(told("status right", paid, len(known)))
    for trap in APART:
        apart = [row for row in rows if row.label["negative"] == trap]
        if apart:
            print(told(f"{trap} accepted (apart)", sum(r.accepted for r in apart), len(apart)))
    hard = [row for row in good if row.label.get("hard")]
    if hard:
        print(told("hard ones accepted", sum(row.accepted for row in hard), len(hard)))
    times = sorted(row.seconds for row in rows)
    middle, late = times[len(times) // 2], times[int(0.95 * len(times))]
    print(f"core-seconds a picture: median {middle:.2f}, 95th percentile {late:.2f}")
    for title, group in (("layout", "style"), ("damage", "degradations")):
        print(f"\naccepted of the genuine, by {title}")
        for name in sorted({_group(row, group) for row in good}):
            part = [row for row in good if _group(row, group) == name]
            print("  " + told(name, sum(row.accepted for row in part), len(part)))
    for row in rows:
        if row.wrong:
            print("WRONG", row.label["file"], row.label["negative"], row.proof.reasons)


def _group(row: Row, key: str) -> str:
    value = row.label[key]
    return value if isinstance(value, str) else "+".join(value)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    words.add_argument("--family", choices=FAMILIES, default="testing")
    words.add_argument("--genuine", type=int, default=200)
    words.add_argument("--negatives", type=int, default=200)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--folder", type=Path)
    words.add_argument("--engines", default=",".join(ENGINES))
    words.add_argument("--without", choices=("look", "level", "bars"))
    options = words.parse_args()
    if options.without:
        leave_out(options.without)
    engines = tuple(options.engines.split(","))
    read_proof(_blank(), expected=None, eyes=eyes_of(engines))  # loads the models
    report([judged(content, label, engines) for content, label in pictures(options)])


def _blank() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(out, "PNG")
    return out.getvalue()


if __name__ == "__main__":
    main()
