"""Seconds per receipt beside one naive pytesseract call on the same picture.

    ./dev bench receipt_seconds [FOLDER_WITH_PICTURES…]

Reads drawn pictures, and those of the given folders. The models are loaded before the
clock runs, as a child of the daemon loads them once.
"""

import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

os.environ.setdefault("OMP_THREAD_LIMIT", "1")

import pytesseract  # type: ignore[import-untyped]

from mailflow.demo import pictures
from mailflow.receipts.pictures import PictureError, open_pages
from mailflow.receipts.read import read_proof
from mailflow.receipts.result import Expectation

ACCOUNT = "98620114992497"
EXPECTED = Expectation(600, ACCOUNT, "004", date(2026, 1, 1), date(2026, 12, 31))


def drawn() -> Iterator[bytes]:
    at = datetime(2026, 9, 15, 4, 5, tzinfo=UTC)
    for amount in (600, 700, 1200, 1400):
        yield pictures.draw_transfer(amount=amount, account=ACCOUNT, bank="004", paid_at=at)
        yield pictures.draw_store_receipt(amount=amount, account=ACCOUNT, paid_at=at)
        yield pictures.draw_reservation(amount=amount, account=ACCOUNT, bank="004", paid_at=at)


def naive(content: bytes) -> float:
    page = open_pages(content)[0].image
    begun = time.perf_counter()
    pytesseract.image_to_string(page, lang="chi_tra+eng")
    return time.perf_counter() - begun


def ours(content: bytes) -> float:
    begun = time.perf_counter()
    read_proof(content, expected=EXPECTED)
    return time.perf_counter() - begun


def told(name: str, seconds: list[float]) -> str:
    ordered = sorted(seconds)
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return f"{name:12} {median(ordered):8.2f} {p95:8.2f}"


def measure(title: str, contents: list[bytes]) -> None:
    pairs = []
    for content in contents:
        try:
            pairs.append((naive(content), ours(content)))
        except PictureError:
            continue
    if pairs:
        print(f"{title}: {len(pairs)} pictures\n{'seconds':12} {'median':>8} {'p95':>8}")
        print(told("naive call", [pair[0] for pair in pairs]))
        print(told("mailflow", [pair[1] for pair in pairs]), flush=True)


def main() -> None:
    folders = [Path(word) for word in sys.argv[1:]]
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, load {load:.1f}, one thread per picture", file=sys.stderr)
    ours(next(drawn()))
    measure("drawn", list(drawn()))
    for folder in filter(Path.is_dir, folders):
        files = sorted(path for path in folder.iterdir() if path.is_file())
        measure(folder.name, [path.read_bytes() for path in files])


if __name__ == "__main__":
    main()
