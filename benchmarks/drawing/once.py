"""Drawn proofs read once and kept, so that one reading can be judged against many slips.

A reading is kept under the digest of the reader's own source: what another reader saw is never
taken for this one's.
"""

import hashlib
import pickle
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import mailflow.receipts
from mailflow.receipts.engine import Eyes, OcrError
from mailflow.receipts.findings import Findings
from mailflow.receipts.pictures import PictureError, open_pages

from . import proofs
from .facts import Label
from .proofs import Proof

SECONDS = 28.0


@dataclass(frozen=True, slots=True)
class Read:
    """One picture's truth, all that was read on it (one for each receipt and page), and the
    seconds of wall that reading took."""

    label: Label
    seen: tuple[Findings, ...]
    seconds: float


# What judges a reading does not change it.
_JUDGING = frozenset(
    ["points", "evidence", "reckoning", "blockers", "verdict", "read", "wire", "child", "result"]
)


@cache
def version() -> str:
    """The digest of the reader's source."""
    folder = Path(mailflow.receipts.__file__).parent
    told = hashlib.sha256()
    for file in sorted(folder.glob("*.py")):
        if file.stem not in _JUDGING:
            told.update(file.read_bytes())
    return told.hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Readings:
    """Where readings are kept, and the eyes that read what is not there yet."""

    folder: Path
    eyes: Eyes

    def of(self, family: str, number: int, *, seed: int, wrong: bool) -> Read:
        """The proof of that number in the series of that seed, drawn and read if need be."""
        name = f"{family}-{seed}-{number}-{'wrong' if wrong else 'genuine'}.pickle"
        file = self.folder / version() / name
        if file.exists():
            return _loaded(file.read_bytes())
        read = self._read(proofs.one(family, number, seed=seed, wrong=wrong))
        file.parent.mkdir(parents=True, exist_ok=True)
        partly = file.with_suffix(".partly")
        partly.write_bytes(pickle.dumps(read))
        partly.rename(file)
        return read

    def series(self, family: str, *, seed: int, genuine: int, negatives: int) -> Iterator[Read]:
        """So many of each, one after the other."""
        for number in range(max(genuine, negatives)):
            for wrong, count in ((False, genuine), (True, negatives)):
                if number < count:
                    yield self.of(family, number, seed=seed, wrong=wrong)

    def _read(self, proof: Proof) -> Read:
        begun = time.monotonic()
        try:
            seen = tuple(
                one.findings
                for page in open_pages(proof.content)
                for one in self.eyes.look(page.image, until=begun + SECONDS)
            )
        except (PictureError, OcrError):
            seen = ()
        return Read(proof.label, seen, time.monotonic() - begun)


def _loaded(content: bytes) -> Read:
    read: Read = pickle.loads(content)  # written by this command into its own folder
    return read
