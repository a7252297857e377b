"""Proofs of the store for staff: one by its number with what it had to show, and how well those of
the past are read by the rules of today."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mailflow.campaign import Campaign
from mailflow.desk.finding import NotFoundError
from mailflow.receipts.result import Expectation, Verdict
from mailflow.store import cases, receipts
from mailflow.store.database import Transaction
from mailflow.store.expected import expectation
from mailflow.store.past_proofs import PastProof
from mailflow.store.receipts import Claimed
from mailflow.store.reused import Earlier, earlier_proofs

_SHORTEST = 6  # characters of a number's end


@dataclass(frozen=True, slots=True)
class Kept:
    """A proof as it lies in the store. `expected` is by the slip that was in force when it came."""

    id: str
    case: str
    claimed: Claimed = field(repr=False)
    expected: Expectation | None = field(repr=False)
    earlier: tuple[Earlier, ...]


def find_proof(tx: Transaction, name: str, campaign: Campaign) -> Kept:
    """The one whose number ends so; raises NotFoundError."""
    rows = receipts.ending_with(tx, name) if len(name) >= _SHORTEST else ()
    if len(rows) != 1:
        raise NotFoundError(
            f"{name}: no such file, and {'more than one proof' if rows else 'no proof'} of the "
            f"store whose number ends so (at least {_SHORTEST} characters of it)"
        )
    (row,) = rows
    if not row.has_picture:
        raise NotFoundError(f"proof {row.id[-8:]} has been erased: its days are over")
    claimed = receipts.load(tx, row.id)
    case = cases.load(tx, row.case_id) if row.case_id else None
    return Kept(
        id=row.id,
        case=case.number if case else "",
        claimed=claimed,
        expected=expectation(tx, case, campaign, at=row.at) if case else None,
        earlier=earlier_proofs(tx, claimed, case_id=row.case_id),
    )


@dataclass(frozen=True, slots=True)
class Reread:
    """A proof of the past, and what is made of it today."""

    past: PastProof
    now: Verdict

    @property
    def wrong(self) -> bool:
        """Believed, though it was worth nothing."""
        return self.past.truth.bad and self.now is Verdict.ACCEPT


def tally(read: Iterable[Reread]) -> dict[str, int | list[float]]:
    """Counts over all, and the 95 % intervals of the two shares that matter (in per cent)."""
    told: dict[str, int] = dict.fromkeys(
        (
            "proofs", "read_differently", "labelled", "good", "good_accepted", "good_asked",
            "good_held", "bad", "bad_accepted", "bad_asked", "bad_held",
        ),
        0,
    )  # fmt: skip
    how = {Verdict.ACCEPT: "accepted", Verdict.ASK: "asked", Verdict.FLAG: "held"}
    for one in read:
        told["proofs"] += 1
        told["read_differently"] += one.past.was != one.now
        if not (one.past.truth.good or one.past.truth.bad):
            continue
        side = "good" if one.past.truth.good else "bad"
        told["labelled"] += 1
        told[side] += 1
        told[f"{side}_{how[one.now]}"] += 1
    return {
        **told,
        "good_accepted_95": _interval(told, "good_accepted", "good"),
        "bad_accepted_95": _interval(told, "bad_accepted", "bad"),
    }


def _interval(told: Mapping[str, int], part: str, whole: str) -> list[float]:
    """As Wilson gives it; all is possible where nothing was seen."""
    of = told[whole]
    if not of:
        return [0.0, 100.0]
    z, share = 1.96, told[part] / of
    middle, reach = share + z * z / (2 * of), z * math.sqrt(share * (1 - share) / of
                                                            + z * z / (4 * of * of))  # fmt: skip
    size = 1 + z * z / of
    low, high = max(0.0, (middle - reach) / size), min(1.0, (middle + reach) / size)
    return [round(100 * low, 1), round(100 * high, 1)]
