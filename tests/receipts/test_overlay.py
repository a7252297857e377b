"""The picture that explains a reading: nothing cut off, nothing red that was never expected."""

import io
from dataclasses import replace
from datetime import date

from PIL import Image

from mailflow.desk.proof_words import VALUES
from mailflow.desk.reason_words import words_for_staff
from mailflow.receipts.accounts import Shown
from mailflow.receipts.engine import Seen
from mailflow.receipts.fields import Fields
from mailflow.receipts.findings import Findings
from mailflow.receipts.lines import Box
from mailflow.receipts.overlay import STRIP, overlay
from mailflow.receipts.result import Expectation, Kind, Proof, Status, Verdict

ACCOUNT = "95821140900058"
PAGE = Image.new("RGB", (900, 600), "white")
SEEN = Seen(
    Findings((Fields(account=Shown(ACCOUNT), account_place=Box(100, 100, 400, 140)),)), PAGE
)
PROOF = Proof(
    kind=Kind.TRANSFER, status=Status.PAID, amount=600, account=ACCOUNT,
    paid_at="2025-09-16T08:15", verdict=Verdict.FLAG,
    reasons=("words_unread", "account_differs", "amount_softer_than_its_page"),
)  # fmt: skip
OWED = Expectation(600, ACCOUNT, "007", date(2025, 9, 15), date(2025, 9, 22))
GREEN, RED, NEUTRAL = (15, 138, 77), (198, 40, 40), (68, 96, 122)


def drawn(expected: Expectation | None) -> Image.Image:
    words = words_for_staff() | VALUES
    return Image.open(io.BytesIO(overlay(SEEN, PROOF, expected, words=words))).convert("RGB")


def of_the_box(picture: Image.Image) -> object:
    """The colour of the frame around the account."""
    return picture.getpixel((98, 120))


def test_the_words_beside_the_page_are_not_cut_off():
    """「應為 2025-09-15 – 2025-09-22」整行都看得到。"""
    picture = drawn(OWED)
    assert picture.width == PAGE.width + STRIP
    at_the_edge = picture.crop((picture.width - 12, 0, picture.width, picture.height))
    assert at_the_edge.getcolors() == [(12 * picture.height, (255, 255, 255))]


def test_days_are_not_broken_in_their_middle():
    from mailflow.receipts import overlay as room

    font = room.ImageFont.truetype(room.sans_path(), 22)
    when = "時間 paid at：2025-09-16T08:15　應為 2025-09-15 – 2025-09-22"
    assert list(room._wrapped(when, font)) == [
        "時間 paid at：2025-09-16T08:15",
        "　應為 2025-09-15 – 2025-09-22",
    ]
    assert "".join(room._wrapped("字" * 100, font)).replace("　", "") == "字" * 100
    assert list(room._wrapped("短", font)) == ["短"]


def test_the_frame_of_the_account_is_red_only_where_another_was_expected():
    assert of_the_box(drawn(OWED)) == GREEN
    assert of_the_box(drawn(replace(OWED, account="95821140900057"))) == RED
    assert of_the_box(drawn(replace(OWED, account=None))) == NEUTRAL
    assert of_the_box(drawn(None)) == NEUTRAL


def test_where_no_day_is_expected_none_is_named(monkeypatch):
    from mailflow.receipts import overlay as room

    told: list[str] = []
    monkeypatch.setattr(room, "_wrapped", lambda text, font: told.append(text) or [text])
    drawn(Expectation(600, ACCOUNT))
    (when,) = (line for line in told if line.startswith("時間"))
    assert "應為" not in when
    assert any("狀態 status：交易完成　應為 交易完成" in line for line in told)
    assert any(line.startswith("・轉入帳號與繳費單不同") for line in told)
    told.clear()
    drawn(OWED)
    assert any("應為 2025-09-15 – 2025-09-22" in line for line in told)
