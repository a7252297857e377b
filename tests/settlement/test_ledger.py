"""Files repeat and overlap; two equal lines are two payments. For any files, in any order."""

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mailflow.settlement import BankLine, additions, identity_of, surplus

FILE = st.lists(st.sampled_from("abcd"), max_size=8)
FILES = st.lists(FILE, max_size=6)


def ledger_of(files: list[list[str]]) -> Counter[str]:
    ledger: Counter[str] = Counter()
    for file in files:
        ledger.update(file[position] for position in additions(file, ledger))
    return ledger


@given(FILES)
def test_the_ledger_holds_each_line_as_often_as_the_file_that_has_most(files: list[list[str]]):
    most: Counter[str] = Counter()
    for file in files:
        most |= Counter(file)
    assert ledger_of(files) == most


@given(FILES, st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_matter(files: list[list[str]], random):
    shuffled = list(files)
    random.shuffle(shuffled)
    assert ledger_of(shuffled) == ledger_of(files)


@given(FILES, FILE)
def test_the_same_file_again_adds_nothing(files: list[list[str]], file: list[str]):
    assert additions(file, ledger_of([*files, file])) == []


@given(FILE)
def test_two_equal_lines_in_one_file_are_two_payments(file: list[str]):
    assert additions(file, {}) == list(range(len(file)))


@given(FILES, FILE)
def test_taking_a_file_back_leaves_what_it_would_be_without(
    files: list[list[str]], wrong: list[str]
):
    ledger = ledger_of([*files, wrong])
    gone = surplus(ledger, [Counter(file) for file in files])
    assert Counter(ledger) - Counter(gone) == ledger_of(files)


LINE = BankLine(date(2025, 9, 16), 600, "95821140000017", payer="安妮", memo="ＡＴＭ 轉入")


def test_a_line_is_the_same_however_the_file_was_saved():
    other = BankLine(date(2025, 9, 16), 600, "0095821140000017", payer="安 妮", memo="atm轉入")
    assert identity_of(other) == identity_of(LINE)


def test_two_payers_of_the_same_sum_on_one_day_are_told_apart():
    other = BankLine(date(2025, 9, 16), 600, "95821140000017", payer="巴特", memo="ATM轉入")
    assert identity_of(other) != identity_of(LINE)
