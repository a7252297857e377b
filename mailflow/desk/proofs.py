"""Proofs of the store for staff: one by its number with what it had to show, and how well those of
the past are read by the rules of today."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mailflow import saying
from mailflow.campaign import Campaign
from mailflow.desk.finding import NotFoundError
from mailflow.receipts.result import Expectation, Verdict
from mailflow.store import cases, receipts
from mailflow.store.database import Transaction
from mailflow.store.expected import expectation
from mailflow.store.past_proofs import PastProof, Truth
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
        raise NotFoundError(saying.no_stored_proof(name, several=bool(rows), shortest=_SHORTEST))
    (row,) = rows
    if not row.has_picture:
        raise NotFoundError(
            saying.both(
                f"證明 {row.id[-8:]} 已過保存期限，圖檔已刪除",
                f"proof {row.id[-8:]} has been erased: its days are over",
            )
        )
    claimed = receipts.load(tx, row.id)
    case = cases.load(tx, row.case_id) if row.case_id else None
    return Kept(
        id=row.id,
        case=case.number if case else "",
        claimed=claimed,
        expected=expectation(tx, case, campaign, at=row.at) if case else None,
        earlier=earlier_proofs(tx, claimed, case_id=row.case_id, mail=row.inbox_id),
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


TRUTHS = {
    Truth.GOOD_BY_STAFF: "承辦人接受",
    Truth.BAD_BY_STAFF: "承辦人退回",
    Truth.GOOD_BY_BANK: "銀行已入帳",
    Truth.BAD_BY_BANK: "銀行查無款項而重開",
    Truth.UNKNOWN: "沒有答案",
}


def tally_in_words(told: Mapping[str, int | list[float]]) -> list[str]:
    """The counts of `tally` as an office reads them, English beside."""
    return [
        f"證明 {told['proofs']} 張，判讀與當時不同 {told['read_differently']} 張；"
        f"其中 {told['labelled']} 張有答案（承辦人或銀行） / proofs, read differently, labelled",
        _side_in_words(told, "good", "可信的", "genuine: accepted, asked again, held"),
        _side_in_words(told, "bad", "不可信的", "worthless: accepted, asked again, held"),
        "（範圍：依這些張數，實際比率有 95 % 的把握落在其中 / 95 % confidence interval）",
    ]


def _side_in_words(
    told: Mapping[str, int | list[float]], side: str, words: str, english: str
) -> str:
    low, high = told[f"{side}_accepted_95"]  # type: ignore[misc]
    return (
        f"{words} {told[side]} 張：接受 {told[f'{side}_accepted']}、請學生重送 "
        f"{told[f'{side}_asked']}、交承辦人 {told[f'{side}_held']}；接受的比率在 {low}–{high} % "
        f"之間 / {english}"
    )


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
