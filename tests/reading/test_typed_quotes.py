"""Anne types quote signs with her own hand: is what they say old or new? A person tells."""

from email import message_from_bytes
from email.policy import default

import pytest
from reading_cast import CASE, TOKEN, explained, mail, office

BUTTON = "我已確認資料無誤"
HEADER = "研發處 <office@ipas.example.edu> 於 2025年9月10日 週三 上午10:44寫道："


@pytest.mark.parametrize(
    "text",
    [
        f"{BUTTON}\n> 但是手機錯了",
        f"{BUTTON}\n> 手機錯了要改成0922333444\n> 地址也錯\n> 請幫我改",
        "> 手機：0912000111\n> 錯了",
    ],
)
def test_below_the_button_they_confirm_nothing(text: str):
    button = f"[{CASE} 確認 {TOKEN}]"
    for headers in ({}, {"In_Reply_To": "<confirm_mail@ipas.example.edu>"}):
        line = explained(mail(text, subject=button, **headers))
        assert "quote_unclear" in line["reasons"]


@pytest.mark.parametrize(
    "text",
    [
        "手機改成0922333444\n> 先不要改\n> 等我通知",
        "> 收到，我們會處理\n>>> 手機改成0922333444",
        "> 請問要改嗎\n\n>>> 手機改成0922333444\n> 承辦人",
    ],
)
def test_beside_a_correction_they_hold_it(text: str):
    assert explained(mail(text, thread="confirm_mail"))["flagged"]


def test_typed_into_a_page_they_stand_among_the_new_words_and_hold_them():
    letter = message_from_bytes(mail("", thread="confirm_mail"), policy=default)
    letter.set_content("<div>&gt; 收到</div><div>手機改成0922333444</div>", subtype="html")
    assert "quote_unclear" in explained(letter.as_bytes())["reasons"]


def test_three_signs_point_only_right_below_a_field():
    quoted = f"見下\n\n{HEADER}\n\n> 手機：0912000111\n\n>>> 0922333444\n\n> 考區：臺北"
    sent = {"kind": "confirm_mail", "message_id": "<confirm_mail@ipas.example.edu>"}
    line = explained(mail(quoted, thread="confirm_mail"), office(outbox=[sent]))
    assert (line["flagged"], line["corrections"][0]["new_value"]) == (False, "0922333444")
    elsewhere = f"謝謝\n\n{HEADER}\n\n> 老師您好\n\n>>> 手機改成0922333444\n\n> 這樣對嗎"
    assert not explained(mail(elsewhere, thread="confirm_mail"))["corrections"]
