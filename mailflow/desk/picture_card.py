"""The pictures of an item: each with what was read, what is made of it, and how to look at it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from mailflow.desk.bundle import ending
from mailflow.desk.proof_words import judged_in_words, read_in_words
from mailflow.desk.reason_words import agreeing
from mailflow.receipts.wire import proof_from_json
from mailflow.store import receipts
from mailflow.store.database import Transaction
from mailflow.store.queue import Item
from mailflow.store.receipts import Claimed
from mailflow.store.reused import Earlier, How, earlier_proofs

_HOW = {
    How.SAME_FILE: "同一個檔案",
    How.SAME_PAYMENT: "同一筆交易（證明上的時間、序號、帳號或金額相同）",
    How.LOOKS_ALIKE: "畫面相似",
    How.REFUSED: "同一個檔案或同一筆交易，先前已由承辦人退回",
    How.SHOWN_BEFORE: "本案另一封信也附了同一個檔案或同一筆交易",
}
_TOLD = ("kind", "status", "amount", "fee", "paid_at", "account", "reference", "reasons")


@dataclass(frozen=True, slots=True)
class Picture:
    """One proof of the mail; `earlier` are proofs that may be this one."""

    id: str
    claimed: Claimed = field(repr=False)
    earlier: tuple[Earlier, ...] = ()

    def read(self) -> dict[str, object]:
        """For `--json`: codes and values that were read."""
        reading = json.loads(self.claimed.reading)
        return {key: reading[key] for key in _TOLD if reading.get(key)}

    def readings(self) -> list[dict[str, int]]:
        """The two likeliest sums and their points, the likelier first."""
        return list(json.loads(self.claimed.reading).get("readings", []))

    def facts(self) -> dict[str, object]:
        """For `--json`."""
        return {
            "proof": self.id,
            "verdict": self.claimed.verdict,
            "receipt": self.read() or None,
            "readings": self.readings(),
            "earlier": self.earlier_facts(),
        }

    def earlier_facts(self) -> list[dict[str, object]]:
        return [
            {"case": one.case or None, "proof": one.receipt_id, "how": one.how}
            for one in self.earlier
        ]

    def lines(self, place: str = "") -> Iterator[tuple[str, str]]:
        """Label and text; `place` is which of several it is: of one, the card says what agrees."""
        yield f"讀到{place}", read_in_words(self.read()) or "（讀不到內容）"
        agrees = agreeing(self.claimed.reasons) if place else ""
        judged = judged_in_words(self.claimed.verdict, self.claimed.reasons)
        yield f"判斷{place}", f"{judged}（相符：{agrees}）" if agrees else judged
        if sums := "、".join(
            f"{one['amount']} 元（{one['points']:+} 分）" for one in self.readings()
        ):
            yield f"可能的金額{place}", sums
        for one in self.earlier:
            yield f"先前的證明{place}", before_in_words(one)
        yield f"看標示{place}", f"mailflow receipts show {self.id[-8:]} --output 標示.png"

    def files(self, number: int) -> Iterator[tuple[str, bytes]]:
        """Names and contents for `--save`: the picture as it was sent, its reading, the crop of
        the place that decided."""
        yield f"picture-{number}.{ending(self.claimed.picture)}", self.claimed.picture
        yield f"reading-{number}.json", self.claimed.reading
        proof = proof_from_json(self.claimed.reading)
        if proof and proof.evidence:
            yield f"evidence-{number}.png", proof.evidence


def pictures_of(tx: Transaction, item: Item) -> tuple[Picture, ...]:
    """Every picture of the mail, in its order; the item's own is among them."""
    ids = receipts.of_mail(tx, item.inbox_id, own=item.receipt_id) if item.inbox_id else ()
    if item.receipt_id and item.receipt_id not in ids:
        ids = (item.receipt_id, *ids)
    return tuple(_picture(tx, one, item) for one in ids)


def _picture(tx: Transaction, receipt_id: str, item: Item) -> Picture:
    claimed = receipts.load(tx, receipt_id)
    earlier = earlier_proofs(tx, claimed, case_id=item.case_id, mail=item.inbox_id or "")
    return Picture(receipt_id, claimed, earlier)


def before_in_words(one: Earlier) -> str:
    """Whose an earlier proof is, how it was known again, and the end of its number."""
    return f"{one.case or '（不明）'}：{_HOW[one.how]}（證明 {one.receipt_id[-8:]}）"
