"""What a run of the reader over drawn proofs is worth: counts with their 95 % intervals."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from .facts import Label
from .measuring import Outcome

# Pixels changed by hand: a person may be fooled as well.
APART = frozenset({"edited", "edited_account", "edited_date", "duplicate"})
UNREAD = frozenset({"amount_unreadable", "account_unreadable", "unreadable"})
_HEAD = ("", "N", "accept", "ask", "flag", "wrong", "amount", "95 % of accept")


@dataclass(frozen=True, slots=True)
class Row:
    """One picture: the truth, and what was said."""

    label: Label
    outcome: Outcome

    @property
    def accepted(self) -> bool:
        return self.outcome.verdict == "accept"

    @property
    def wrong(self) -> bool:
        """Accepted against the truth, or with an amount that is not there."""
        if not self.accepted or self.label.negative in APART:
            return False
        return not self.label.should_accept or self.amount != self.label.amount

    @property
    def shows(self) -> int | None:
        """The sum that stands on it as credited: pasted in, it is the owed one."""
        edited = self.label.negative == "edited"
        return self.label.due["amount"] if edited else self.label.amount

    @property
    def settled(self) -> bool:
        """Accepted, or asked for again because of what can't be read."""
        asked = self.outcome.verdict == "ask" and self.outcome.proof
        return self.accepted or bool(asked and set(asked.reasons) <= UNREAD)

    @property
    def amount(self) -> int | None:
        return self.outcome.proof.amount if self.outcome.proof else None

    def as_prediction(self) -> dict[str, Any]:
        """One line for the scorer of the examples."""
        proof = self.outcome.proof
        return {
            "file": self.label.file,
            "verdict": self.outcome.verdict,
            "amount": self.amount,
            "status": str(proof.status) if proof else None,
            "account": proof.account if proof else None,
            "paid_at": proof.paid_at if proof else None,
            "reasons": list(proof.reasons) if proof else [self.outcome.failure],
            "seconds": round(self.outcome.seconds, 3),
            "cpu": round(self.outcome.cpu, 3),
        }


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95 % interval of a share, as Wilson gives it; (0, 1) of nothing."""
    if not whole:
        return 0.0, 1.0
    z, share = 1.959964, part / whole
    centre = share + z * z / (2 * whole)
    spread = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def counted(rows: Sequence[Row]) -> dict[str, Any]:
    """One line of a table."""
    verdicts = Counter(row.outcome.verdict for row in rows)
    told = [row for row in rows if row.amount is not None and row.shows is not None]
    return {
        "n": len(rows),
        "accept": verdicts["accept"],
        "ask": verdicts["ask"],
        "flag": verdicts["flag"],
        "wrong": sum(row.wrong for row in rows),
        "amounts": len(told),
        "amounts_right": sum(row.amount == row.shows for row in told),
        "settled": sum(row.settled for row in rows),
        "accept_95": wilson(verdicts["accept"], len(rows)),
    }


def _by(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, dict[str, Any]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return {name: counted(group) for name, group in sorted(groups.items())}


def summary(rows: Sequence[Row]) -> dict[str, Any]:
    """All figures of one run."""
    good = [row for row in rows if row.label.should_accept]
    bad = [row for row in rows if not row.label.should_accept]
    hard = [row for row in good if row.label.hard]
    believed = [row for row in bad if row.label.negative not in APART]
    cpu = sorted(row.outcome.cpu for row in rows)
    wall = sorted(row.outcome.seconds for row in rows)
    return {
        "genuine": counted(good),
        "genuine, not hard": counted([row for row in good if not row.label.hard]),
        "genuine, hard": counted(hard),
        "negatives": counted(believed),
        "edited, apart": counted([row for row in bad if row.label.negative in APART]),
        "wrong_95": wilson(sum(row.wrong for row in believed), len(believed)),
        "by kind": _by(rows, lambda row: row.label.negative or "genuine"),
        "genuine by damage": _by(good, lambda row: row.label.damage),
        "negatives by damage": _by(bad, lambda row: row.label.damage),
        "genuine by layout": _by(good, lambda row: row.label.style),
        "cpu": {"median": median(cpu), "p95": cpu[int(0.95 * len(cpu))]},
        "wall": {"median": median(wall), "p95": wall[int(0.95 * len(wall))]},
        "peak_mib": max(row.outcome.peak for row in rows),
        "failures": Counter(row.outcome.failure for row in rows if row.outcome.failure),
        "reasons of genuine not accepted": _reasons(good),
    }


def _reasons(good: Sequence[Row]) -> dict[str, int]:
    told = Counter(
        f"{row.outcome.verdict}: {', '.join(row.outcome.proof.reasons)}"
        for row in good
        if not row.accepted and row.outcome.proof
    )
    return dict(told.most_common())


def as_text(found: dict[str, Any]) -> str:
    """The tables for a terminal."""
    lines = ["  ".join(f"{word:>7}" if word else f"{word:34}" for word in _HEAD)]
    for name in ("genuine", "genuine, not hard", "genuine, hard", "negatives", "edited, apart"):
        lines.append(_line(name, found[name]))
    for table in ("by kind", "genuine by damage", "negatives by damage", "genuine by layout"):
        lines.append(f"\n{table}")
        lines += [_line(name, counts) for name, counts in found[table].items()]
    low, high = found["wrong_95"]
    wrong, of = found["negatives"]["wrong"], found["negatives"]["n"]
    lines.append(f"\nwrong accepts of negatives: {wrong} of {of} (95 %: {low:.2%} to {high:.2%})")
    lines.append(f"amounts believed wrongly of genuine: {found['genuine']['wrong']}")
    settled, of = found["genuine"]["settled"], found["genuine"]["n"]
    lines.append(f"genuine accepted, or asked again for what is unreadable: {settled} of {of}")
    for clock in ("cpu", "wall"):
        told = found[clock]
        lines.append(f"{clock} seconds: median {told['median']:.2f}, p95 {told['p95']:.2f}")
    lines.append(f"child's peak: {found['peak_mib']:.0f} MiB; failures: {dict(found['failures'])}")
    lines.append("\ngenuine, not accepted, because")
    lines += [
        f"{count:5}  {why}" for why, count in found["reasons of genuine not accepted"].items()
    ]
    return "\n".join(lines)


def _line(name: str, counts: dict[str, Any]) -> str:
    low, high = counts["accept_95"]
    amounts = f"{counts['amounts_right']}/{counts['amounts']}"
    cells = [f"{counts[key]:7}" for key in ("n", "accept", "ask", "flag", "wrong")]
    return "  ".join([f"{name:34}", *cells, f"{amounts:>7}", f"{low:6.1%} to {high:.1%}"])
