"""The menu beside a net bank's page: what one may do there says nothing of what was done."""

from collections.abc import Iterator

import pytest

from mailflow.receipts.fields import read_fields
from mailflow.receipts.lines import Box, Line, Word, words_to_lines
from mailflow.receipts.result import Status

MENU = ("帳戶總覽", "轉帳/匯款", "即時轉帳", "預約轉帳", "約定帳號", "繳費繳稅", "信用卡")
PAGE = (
    ("即時轉帳", ""),
    ("轉帳交易成功", ""),
    ("轉出帳號", "*********51"),
    ("轉入帳號", "(004) 98620123456789"),
    ("轉帳金額", "NT$600"),
    ("手續費", "NT$15"),
    ("交易時間", "2026/09/15 10:00"),
)


def site(
    page: tuple[tuple[str, str], ...] = PAGE,
    *,
    menu: tuple[str, ...] = MENU,
    chosen: str = "",
    labels_at: int = 300,
) -> tuple[Line, ...]:
    """A web page: the menu on the left, in rows of its own; labels, and values beside them."""

    def words() -> Iterator[Word]:
        for at, entry in enumerate(menu):
            yield _word(entry, 10, 46 * at)
            if chosen and entry == "預約轉帳":
                yield _word(chosen, 180, 46 * at)
        for at, (label, value) in enumerate(page):
            yield _word(label, labels_at, 50 * at + 12)
            if value:
                yield _word(value, 600, 50 * at + 12)

    return words_to_lines(words())


def _word(text: str, left: int, top: int) -> Word:
    wide = sum(24 if ord(char) > 0x2E80 else 12 for char in text)
    return Word(text, Box(left, top, left + wide, top + 24))


def status(lines: tuple[Line, ...]) -> Status:
    return read_fields(lines).status


def test_a_menu_that_offers_reservations_makes_none_of_a_transfer() -> None:
    assert status(site()) is Status.PAID


@pytest.mark.parametrize(
    "row",
    [
        ("預約轉帳", ""),  # the page's title, or its tab
        ("交易類別", "預約轉帳"),
        ("預約轉帳日期", "2026/09/20"),
        ("預定轉帳日", "2026/09/20"),
        ("狀態", "待放行"),
    ],
)
def test_a_reservation_beside_the_same_menu_stays_one(row: tuple[str, str]) -> None:
    assert status(site((*PAGE, row))) is Status.NOT_YET
    assert status(site((row, *PAGE[1:]))) is Status.NOT_YET


def test_the_page_itself_must_say_that_it_was_done_at_once() -> None:
    assert status(site(PAGE[1:])) is Status.NOT_YET
    assert status(site((("轉帳", ""), *PAGE[1:]))) is Status.NOT_YET


def test_what_stands_among_labels_is_no_menu() -> None:
    choice = (("即時轉帳", ""), ("預約轉帳", ""), *PAGE)
    assert status(site(choice, menu=())) is Status.NOT_YET
    assert status(site(choice)) is Status.NOT_YET, "a menu is there, and a choice"
    assert status(site(labels_at=14)) is Status.NOT_YET, "labels below the menu's entries"
    form = ("即時轉帳", "預約轉帳", "轉入帳號", "轉帳金額", "備註", "設定")
    assert status(site(menu=form)) is Status.NOT_YET, "a form beside the page"
    assert status(site(chosen="是")) is Status.NOT_YET, "what has a value is no entry"


def test_a_page_without_labels_has_no_menu() -> None:
    assert status(site(PAGE[:4])) is Status.NOT_YET


def test_a_few_words_above_each_other_are_no_menu() -> None:
    assert status(site(menu=("即時轉帳", "預約轉帳", "約定帳號"))) is Status.NOT_YET
    assert status(site(menu=tuple(x for x in MENU if x != "即時轉帳"))) is Status.NOT_YET


def test_a_menu_may_name_transfers_in_our_money_instead() -> None:
    menu = tuple("新台幣轉帳" if entry == "即時轉帳" else entry for entry in MENU)
    path = (("首頁/轉帳/新台幣轉帳", ""), *PAGE[1:])
    assert status(site(path, menu=menu)) is Status.PAID
    reserved = (*path[:1], ("預約轉帳交易成功", ""), *path[2:])
    assert status(site(reserved, menu=menu)) is Status.NOT_YET
