"""Why an item waits, in words: a clerk knows no codes."""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest
from letters.test_letters_reasons import codes_of_the_room

import mailflow
from mailflow import saying
from mailflow.aftercare.steps import AftercareState, AfterEvent, RefundState
from mailflow.desk.money_card import WORDS as OF_MONEY
from mailflow.desk.proof_words import VALUES
from mailflow.desk.reason_words import (
    AGREEING,
    agreeing,
    holding,
    in_short,
    why_held,
    words_for_staff,
)
from mailflow.letters.reasons import known_words
from mailflow.person import Field
from mailflow.reading.result import Intent, TokenState
from mailflow.receipts.result import Kind, Status, Verdict
from mailflow.store.payees import Button
from mailflow.workflow import Event, Letter, State

HOUSE = Path(mailflow.__file__).parent
# Rooms whose codes may hold an item, and the files of the desk that put one before staff.
ROOMS = ("runners", "store", "reading", "aftercare", "settlement", "workflow", "person")
FILES = ("desk/settling.py", "desk/results.py", "desk/case_money.py", "desk/money_report.py")
# A code is handed on as `reasons`, as the reason of a refusal, or in a list of doubts.
CARRIERS = {"Hold", "AfterHold", "Held", "Taken", "Owner", "Route", "Again", "open_decision",
            "hold_letter", "_fail", "Result", "_ask_staff", "_tell_staff", "_hold",
            "_hold_case"}  # fmt: skip
LISTS = {"reasons", "doubts", "_doubts", "found", "against", "wrong", "checks", "reused"}
# Of these nobody is asked: letters, mails and lines that are dealt with, or words of another kind.
HOLDS_NOTHING = {
    "noted", "settled_before_the_proof", "settled", "overtaken", "erased", "discarded", "returned",
    "mail", "case", "letter", "office", "money",
    "not_enrolled", "enrolment_unknown", "earlier_payment_unknown",
    "earlier_half_refunded_before", "retaken_more_than_once",  # shown by `refund show`
}  # fmt: skip


def codes_in(tree: ast.AST) -> Iterator[str]:
    """Constants where codes of reasons stand."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            if name in CARRIERS:
                yield from _constants(*node.args, *(key.value for key in node.keywords))
            else:
                told = [key.value for key in node.keywords if key.arg in ("reasons", "reason")]
                yield from _constants(*told)
            if name == "append" and _named(node.func) in LISTS:
                yield from _constants(*node.args)
        elif isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign) and node.value:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(ast.unparse(target).rpartition(".")[2] in LISTS for target in targets):
                yield from _constants(node.value)
        elif isinstance(node, ast.FunctionDef):
            yield from _given_back(node)


def _given_back(function: ast.FunctionDef) -> Iterator[str]:
    """What a function yields or returns that gives codes: strings, or none."""
    kind = ast.unparse(function.returns) if function.returns else ""
    if kind not in ("Iterator[str]", "str | None", "tuple[str, ...]", "list[str]"):
        return
    for node in ast.walk(function):
        if isinstance(node, ast.Return | ast.Yield) and node.value:
            yield from _constants(node.value)


def _constants(*values: ast.expr) -> Iterator[str]:
    """The strings of a value itself: not what is compared, asked for by name, or put together."""
    for value in values:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value
        elif isinstance(value, ast.Tuple | ast.List | ast.Set):
            yield from _constants(*value.elts)
        elif isinstance(value, ast.IfExp):
            yield from _constants(value.body, value.orelse)
        elif isinstance(value, ast.BoolOp):
            yield from _constants(*value.values)
        elif isinstance(value, ast.BinOp):
            yield from _constants(value.left, value.right)
        elif isinstance(value, ast.Starred | ast.Subscript):
            yield from _constants(value.value)
        elif isinstance(value, ast.Dict):
            yield from _constants(*value.values)
        elif isinstance(value, ast.ListComp | ast.GeneratorExp):
            yield from _constants(value.elt)
        elif isinstance(value, ast.Name) and value.id.isupper():
            yield from NAMED.get(value.id, ())


def named() -> dict[str, list[str]]:
    """Module constants that are a word or a table of words, by name."""
    told: dict[str, list[str]] = {}
    for file in files():
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                words = [*_constants(node.value)] if node.targets[0].id.isupper() else []
                told.setdefault(node.targets[0].id, []).extend(words)
    return told


def _named(function: ast.expr) -> str:
    """Of `it.doubts.append`: doubts."""
    return ast.unparse(function).split(".")[-2]


def files() -> list[Path]:
    found = [file for room in ROOMS for file in sorted((HOUSE / room).rglob("*.py"))]
    return [*found, *(HOUSE / name for name in FILES)]


NAMED: dict[str, list[str]] = {}
NAMED.update(named())


def codes_of_the_house() -> set[str]:
    found = {code for file in files() for code in codes_in(ast.parse(file.read_text("utf-8")))}
    return {code for code in found if re.fullmatch("[a-z]+(?:_[a-z]+)*", code)} - HOLDS_NOTHING


def made_up_codes() -> set[str]:
    """Those that are put together: what came while a case stood so, and what a field lacks."""
    after = (*AftercareState, *RefundState)
    return (
        {f"proof_while_{state}" for state in State}
        | {f"{event}_while_{state}" for event in Event for state in State}
        | {f"application_while_{state}" for state in after}
        | {f"account_while_{state}" for state in RefundState}
        | {f"account_token_{worth}" for worth in Button if worth is not Button.VALID}
        | {f"token_{worth}" for worth in TokenState}
        - {"token_valid", "token_used"}  # these are no doubt
        | {f"{what}:{field}" for what in ("missing", "invalid") for field in Field}
        | {"picture_timeout", "reading_died", "error_KeyError"}
        | set(Intent)
    )


def test_the_codes_are_found() -> None:
    """Else the next test would say nothing."""
    assert codes_of_the_house() >= {
        "picture_or_payment_used_before", "words_not_understood",
        "several_payments", "claim_without_readable_proof", "no_case", "money_trouble",
        "change_of_address_needs_staff", "student_number_of_another_person", "import_refused",
        "too_many_letters_in_an_hour", "paid_in_parts", "result_unclear", "account_changed",
        "refund_applied", "ambiguous_value", "bounced",
    }  # fmt: skip


@pytest.mark.parametrize(
    "code",
    sorted(codes_of_the_house() | codes_of_the_room() | made_up_codes() | set(known_words())),
)
def test_every_code_that_holds_an_item_has_words(code: str) -> None:
    said = in_short(code)
    assert said != code, f"{code} has no words in mailflow/desk/reason_words.py"
    assert re.search("[\u4e00-\u9fff]", said)
    assert not re.search("[您你]", said), "a clerk is not the student"
    assert len(said) <= 40, "too long for a list"


@pytest.mark.parametrize("code", sorted(OF_MONEY))
def test_the_bank_s_word_is_told_as_such(code: str) -> None:
    assert in_short(code, kind="money") == OF_MONEY[code]


def test_what_holds_and_what_agrees_are_told_apart() -> None:
    codes = ("amount_agrees", "paid_word", "account_agrees", "account_differs")
    assert holding(codes) == ("account_differs",)
    assert why_held(codes) == "轉入帳號與繳費單不同"
    assert agreeing(codes) == "金額、交易成功字樣、帳號"
    assert why_held(("amount_agrees",)) == "（未註明）"
    assert agreeing(("account_differs",)) == ""


def test_a_code_without_words_is_shown_as_it_is() -> None:
    assert in_short("something_new") == "something_new"
    assert in_short("unreadable", kind="letter") == "信件內容無法讀取"
    assert set(words_for_staff()) >= set(known_words()) | set(AGREEING)
    assert saying.reason("correct_while_billed") == in_short("correct_while_billed")


@pytest.mark.parametrize(
    ("words", "table"),
    [
        (State, saying.STATES), (AftercareState, saying.STATES), (RefundState, saying.STATES),
        (Event, saying.EVENTS), (AfterEvent, saying.EVENTS), (Letter, saying.LETTERS),
        (Kind, VALUES), (Status, VALUES), (Verdict, VALUES),
    ],
)  # fmt: skip
def test_a_card_has_words_for_whatever_accepting_may_do(words: type[StrEnum], table) -> None:
    """登記成什麼、寄出什麼信、讀到哪一種證明。"""
    assert [word for word in words if not table.get(word)] == []
