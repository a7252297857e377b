"""Does a row of a proof undo the payment it stands under? A linear model's guess. Pure.

It weighs what no rule thought of (款項尚在途中, 已止付), by n-grams learned from
rows that people wrote (tests/data/proof_rows, the genuine ones of tests/data/proof_pages) with
`./dev bench train_receipts`. What it never met speaks against a row. It can only take an accept
away (docs/decisions/0017).
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import sqrt
from pathlib import Path

from mailflow.receipts.labels import Entry
from mailflow.receipts.lines import Line, normalise
from mailflow.receipts.other_payments import paragraphs
from mailflow.receipts.paid_lines import only_says_paid
from mailflow.receipts.status import is_name
from mailflow.receipts.wording import MONEY, Role
from mailflow.weights import Weights, bucket, grams_of, words_of

FILE = Path(__file__).with_name("undoing.bin")
SURE = 90.0  # of 100: what an engine read less surely is no word to be weighed
UNMET = 1.0  # what a neighbourhood that was never met adds, by the root of their number
AT_MOST = 0.6
_SMALL = re.compile(r"(?<![0-9a-z,.:/*#$-])(?:[0-9]/[0-9]|0?[0-9])(?![0-9a-z,.:/*-])")
_APART = {ord(digit): 0xE000 + at for at, digit in enumerate("0123456789")}
_ENDS = re.compile("(?<=[。!?])")
_WORD = re.compile("[\u3400-\u9fff]|[A-Za-z]{2}")
_NOTHING = re.compile(r"0(?:\.0+)?|-.*")
_PLAIN = (MONEY - {Role.APART, Role.DUE}) | {
    *(Role.WHEN, Role.ACCOUNT, Role.PAYEE, Role.PAYER, Role.REFERENCE, Role.NAME),
    *(Role.PAYEE_BANK, Role.PAYER_BANK),
}
_NOTED = (Role.MEMO, Role.NAME)  # whose value may be somebody's name
_STEPS = re.compile(  # 1資料輸入  2資料確認  3結果顯示
    r"(?:step ?)?[1一①] ?[.、]? ?{step}"
    r"(?: +(?:step ?)?[2-5二-五②-⑤] ?[.、]? ?{step}){{1,4}}".format(
        step="(?:輸入|填寫|確認|核對|資料|結果|完成|顯示|驗證|交易|轉帳|選擇|帳號|金額){1,3}"
    ),
    re.IGNORECASE,
)
_UNIT = re.compile("NTD?|TWD|新?台幣|元整?")


@cache
def weights() -> Weights:
    return Weights.unpack(FILE.read_bytes())


def fold(row: str) -> str:
    """One form of all that reads alike; small numbers that stand alone stay apart from others, for
    步驟 2/3, 代碼 05 and 實收 0 say something."""
    return _SMALL.sub(lambda found: found[0].translate(_APART), normalise(row).lower())


def neighbours(row: str) -> list[str]:
    """Each two words of a folded row that stand side by side, as n-grams."""
    return ["\x01".join(pair) for pair in pairwise(["^", *words_of(row), "$"])]


def score(text: str, *, whole: bool = True) -> float:
    """How much speaks for it that a sentence undoes its payment; above `AT_MOST` a person looks.

    `whole`: it is no part of one, whose edges and few words may stand nowhere else.
    """
    folded, model = fold(text), weights()
    known = model.score(grams_of(folded))
    pairs = neighbours(folded) if whole else ()
    unmet = sum(not model.of[bucket(pair)] for pair in pairs)
    return known + UNMET * unmet / sqrt(len(pairs) or 1)


def undoing_rows(lines: Sequence[Line], found: Sequence[Entry] = ()) -> tuple[str, ...]:
    """The sentences, and the rows of longer ones, that may undo the payment; () of a page that
    says the usual. `found`: a known label before a sum, a day or a number says nothing."""
    labels = sorted({e.label for e in found if _is_filled(e)}, key=len, reverse=True)
    noted = {e.value for e in found if e.role in _NOTED and is_name(e.value)}
    sure = [line for line in lines if min(cell.confidence for cell in line.cells) >= SURE]
    sentences = dict.fromkeys(part for row in paragraphs(sure) for part in _ENDS.split(row))
    doubtful = [told for told in sentences if _speaks(told, labels) and score(told) > AT_MOST]
    doubtful = [told for told in doubtful if told not in noted]
    for line in sure:
        part = line.text not in sentences and _speaks(line.text, labels)
        if part and score(line.text, whole=False) > AT_MOST:
            doubtful.append(line.text)
    return tuple(doubtful)


def _is_filled(entry: Entry) -> bool:
    return bool(entry.label) and entry.role in _PLAIN and not _NOTHING.fullmatch(entry.value)


def _speaks(text: str, labels: Sequence[str]) -> bool:
    """Whether there are words beside known labels and units, and it does not just say paid."""
    beside = text
    for label in labels:
        beside = beside.replace(label, " ")
    if _STEPS.fullmatch(text):
        return False  # a word against the payment among them is found elsewhere
    told = bool(_WORD.search(_UNIT.sub("", beside)))
    return told and not only_says_paid(text)
