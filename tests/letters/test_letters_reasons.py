"""Why a proof is asked for again: each code that the reader gives has words of its own."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailflow import receipts
from mailflow.letters.reasons import in_words

ROOM = Path(receipts.__file__).parent
GENERAL = in_words(())[0]
# Why a proof was accepted: no student is told so.
AGREEING = {"amount_agrees", "paid_word", "barcode_agrees", "account_agrees", "sum_agrees",
            "date_in_window"}  # fmt: skip


def codes_in(function: ast.FunctionDef) -> Iterator[str]:
    """What a function that returns reasons puts into its list."""
    for node in ast.walk(function):
        if isinstance(node, ast.List | ast.Tuple):
            values: list[ast.expr] = node.elts
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".append"):
            values = node.args
        else:
            continue
        for value in values:
            yield from (x.value for x in ast.walk(value) if _is_code(x))


def _plain(value: ast.expr) -> Iterator[ast.expr]:
    """A constant, or the two of `a if … else b`."""
    yield from (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,)


def _is_code(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.islower()


def codes_of_the_room() -> set[str]:
    """From the source of the reader: its reasons, and what makes a file no picture."""
    found: set[str] = set()
    for file in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and ast.unparse(node.returns or node) in (
                "list[str]",
                "tuple[str, ...]",
            ):
                found |= set(codes_in(node))
            elif isinstance(node, ast.Call) and ast.unparse(node.func) in (
                "PictureError",
                "DocumentError",
                "_refused",
            ):
                found |= {x.value for x in _plain(node.args[0]) if _is_code(x)}
    return found - AGREEING


def test_the_codes_are_found() -> None:
    """Else the next test would say nothing."""
    assert codes_of_the_room() >= {
        "payment_voided", "unpaid_slip", "reservation_not_payment", "not_a_receipt", "unreadable",
        "not_understood", "amount_unreadable", "account_unreadable", "amount_unnamed",
        "amount_differs", "broken_pdf", "picture_too_large", "pdf_too_slow", "ocr_failed",
        "amount_in_another_face", "text_layer_differs", "saved_by_an_editor",
    }  # fmt: skip


@pytest.mark.parametrize("code", sorted(codes_of_the_room()))
def test_every_code_has_words_of_its_own(code: str) -> None:
    """The machine asks again for some of them, staff may for each."""
    (said,) = in_words((code,))
    assert said != GENERAL, f"{code} has no words in mailflow/letters/reasons.py"
    assert said.zh.endswith("。")
    assert said.en.endswith(".")


def test_the_student_is_told_what_to_send_instead() -> None:
    """看不清楚哪一部分、這是預約、這是繳費單：學生看得懂，也知道要補什麼。"""
    reservation, slip, account = in_words(
        ("reservation_not_payment", "unpaid_slip", "account_unreadable")
    )
    assert "預約" in reservation.zh
    assert "scheduled" in reservation.en
    assert "繳費單" in slip.zh
    assert "帳號" in account.zh
    for words in (reservation, slip, account):
        assert "請" in words.zh
        assert "please" in words.en.lower()
