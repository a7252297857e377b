"""Receipts and bills that nobody here drew: is the true total among the words that are read?

    ./dev bench public_receipts FOLDER

FOLDER holds the unpacked source distributions of the Python packages named below, which carry them
beside their tests (`name-version` each). None is a proof for any slip of ours: whatever is accepted
is an error too. They are in English, German, Latvian, Portuguese: what is measured is the reading
of numbers on strange paper, not the words.
"""

import argparse
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("OMP_THREAD_LIMIT", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PIL import Image

from mailflow.receipts import ocr
from mailflow.receipts.pictures import open_pages
from mailflow.receipts.rapid import Rapid
from mailflow.receipts.read import read_proof
from mailflow.receipts.result import Expectation, Verdict

# Totals read by eye; of the packages that carry theirs as JSON they are taken from there.
TOTALS = {
    "receipt_ocr-0.4.0/images/paper-cash-sell-receipt-vector-23876532.jpg": "84.80",
    "receipt_ocr-0.4.0/images/receipt.jpg": "185.00",
    "receipt_ocr-0.4.0/images/main-street-restaurant-receipt.jpeg": "29.01",
    "veryfi-5.1.0/tests/assets/receipt_public.jpg": "29.53",
    "bank_receipt_extractor-0.2.1/WhatsApp Image 2026-07-14 at 06.34.29.jpeg": "12.50",
    "rimi_receipt_parsing-0.1.1/samples/sample-01.pdf": "22.94",
    "rimi_receipt_parsing-0.1.1/samples/sample-02.pdf": "25.36",
    "rimi_receipt_parsing-0.1.1/samples/sample-03.pdf": "11.23",
    "rimi_receipt_parsing-0.1.1/samples/sample-04.pdf": "7.00",
    "rimi_receipt_parsing-0.1.1/samples/sample-05.pdf": "6.35",
}
TOLD = (
    ("belegradar-0.1.0/samples", "gross_total"),
    ("ninvoice2data-0.4.16/tests/compare", "amount"),
)
PACKAGES = sorted({name.split("/")[0] for name in (*TOTALS, *(folder for folder, _ in TOLD))})


def pictures(folder: Path) -> Iterator[tuple[Path, str]]:
    """Each file and its true total, with a point before two decimals."""
    for name, total in TOTALS.items():
        yield folder / name, total
    for name, key in TOLD:
        for file in sorted((folder / name).glob("*.json")):
            told = json.loads(file.read_text("utf-8"))
            told = told[0] if isinstance(told, list) else told
            for picture in file.parent.glob(f"{file.stem}.p[dn][fg]"):
                yield picture, f"{float(told[key]):.2f}"


def numbers(text: str) -> set[str]:
    """All amounts in a text, written alike: 1.681,80 and 1,681.80 are 1681.80, and so is 1939."""
    found = re.findall(r"\d[\d.,' ]*\d|\d", text)
    return {_plain(one) for one in found}


def _plain(number: str) -> str:
    whole = re.fullmatch(r"(.*?)(?:[.,] ?(\d\d))?", number.strip())
    digits, cents = (whole[1], whole[2]) if whole else (number, None)
    return f"{re.sub(r'[^0-9]', '', digits)}.{cents or '00'}"


def by_rapidocr(page: Image.Image) -> str:
    return "\n".join(line.text for sheet in Rapid().read_page(page) for line in sheet.lines)


def by_tesseract(page: Image.Image) -> str:
    words = ocr.Tesseract().read(page.convert("L"))
    return "\n".join(line.text for line in ocr.words_to_lines(words))


def main() -> int:
    words = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    words.add_argument("folder", type=Path)
    options = words.parse_args()
    if missing := [name for name in PACKAGES if not (options.folder / name).is_dir()]:
        words.error(f"these source distributions are not there: {', '.join(missing)}")
    seen = {"rapidocr": 0, "tesseract": 0}
    count = accepted = 0
    for file, total in pictures(options.folder):
        content = file.read_bytes()
        pages = [page.image for page in open_pages(content)]
        told = {
            "rapidocr": any(total in numbers(by_rapidocr(page)) for page in pages),
            "tesseract": any(total in numbers(by_tesseract(page)) for page in pages),
        }
        slip = Expectation(round(float(total)), "98620261554464", "004")
        proof = read_proof(content, expected=slip)
        count, accepted = count + 1, accepted + (proof.verdict is Verdict.ACCEPT)
        for engine, found in told.items():
            seen[engine] += found
        missed = ", ".join(engine for engine, found in told.items() if not found)
        print(f"{file.name:52} {total:>9}  {proof.verdict}  {missed and f'not by {missed}'}")
    print(f"{count} files; true total read by " + ", ".join(f"{k} {v}" for k, v in seen.items()))
    print(f"accepted as a proof: {accepted}")
    return int(accepted > 0)


if __name__ == "__main__":
    sys.exit(main())
