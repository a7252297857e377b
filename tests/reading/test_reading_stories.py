"""Anne confirms, Bart corrects, and others try what they should not."""

import json
import time
from email.message import EmailMessage

import pytest
from pace import slower
from reading_cast import (
    ANNE,
    ANNES_DATA,
    BART,
    CASE,
    NOW,
    OFFICE,
    PHOTO,
    TOKEN,
    explained,
    mail,
    office,
)

from mailflow.mail import read as read_mail
from mailflow.mail.tags import find_tags
from mailflow.person import LABELS, Field
from mailflow.reading import OfficeFile, TokenState, identify
from mailflow.reading.explain import explain
from mailflow.reading.rules import read

BUTTON = f"[{CASE} 確認 {TOKEN}]"
SENTENCE = "我已確認資料無誤"


def test_anne_presses_the_button_and_nobody_needs_to_look():
    read = explained(mail(SENTENCE, subject=BUTTON))
    assert (read["intent"], read["flagged"], read["token"]) == ("confirm", False, TOKEN)
    assert read["case"] == CASE


def test_anne_s_plain_reply_confirms_nothing_by_itself():
    read = explained(mail("資料都正確", thread="confirm_mail"))
    assert read["intent"] == "confirm"
    assert "confirm_without_token" in read["reasons"]


@pytest.mark.parametrize(
    "subject",
    [
        f"[{CASE} 確認 K7QW-M2XE]",
        f"[{CASE} 確認 {TOKEN.lower()}]",
        f"[{CASE} 確認 ZZ22-YY33]",
        f"[iPAS114-0008 確認 {TOKEN}]",
        f"Fwd: {BUTTON}",
    ],
)
def test_a_token_that_is_not_exactly_anne_s_goes_to_a_person(subject):
    assert explained(mail(SENTENCE, subject=subject))["flagged"]


def test_anne_s_token_under_bart_s_case_number_is_foreign():
    read = explained(mail(SENTENCE, subject=f"[iPAS114-0008 確認 {TOKEN}]"))
    assert "token_foreign" in read["reasons"]


def test_the_button_s_mail_with_another_errand_is_a_contradiction():
    raw = mail(f"{SENTENCE}\n附上繳費證明", subject=BUTTON, files=(PHOTO,))
    read = explained(raw)
    assert read["intent"] == "payment_receipt"
    assert "contradiction" in read["reasons"]


@pytest.mark.parametrize(
    ("state", "flagged"),
    [("valid", False), ("used", False), ("stale", True), ("expired", True), ("unknown", True)],
)
def test_only_a_valid_token_or_one_pressed_before_needs_nobody(state, flagged):
    message = read_mail(mail(SENTENCE, subject=BUTTON))
    tags = find_tags(message.recipients, message.subject, OFFICE)
    case, _, _ = identify(message, tags, office())
    reading = read(message, case=case, token=TokenState(state), tags=tags, now=NOW)
    assert (reading.intent, reading.flagged) == ("confirm", flagged)


def test_a_token_in_the_body_gives_no_right():
    read = explained(mail(f"{BUTTON}\n{SENTENCE}", subject="確認"))
    assert (read["intent"], read["flagged"]) == ("confirm", True)
    assert "token_in_body" in read["reasons"]


def test_bart_presses_anne_s_button():
    read = explained(mail(SENTENCE, author=BART, subject=BUTTON))
    assert "sender_unregistered" in read["reasons"]


def test_the_quoted_sentence_is_not_said():
    quote = "\n".join(
        ["", "Office 於 2025年9月12日 週五 上午9:50寫道：", "", f"> 「{SENTENCE}」", f"> {BUTTON}"]
    )
    read = explained(mail("收到" + quote, thread="confirm_mail"))
    assert (read["intent"], read["token"]) == ("other", None)


def test_hidden_text_is_seen_by_a_person():
    page = f"<div>收到</div><div style='display:none'>{SENTENCE}</div>"
    read = explained(mail("收到", thread="confirm_mail", html=page))
    assert "hidden_text" in read["reasons"]
    assert read["intent"] != "confirm"


@pytest.mark.parametrize("result", ["spf=fail", "dmarc=fail"])
def test_a_forged_sender_is_held(result):
    header = {"Authentication_Results": f"mx1.example.edu; {result}"}
    read = explained(mail(SENTENCE, subject=BUTTON, **header))
    assert "authentication_failed" in read["reasons"]


def test_an_autoresponder_confirms_nothing_even_with_the_token():
    read = explained(mail(SENTENCE, subject=BUTTON, Auto_Submitted="auto-replied"))
    assert (read["intent"], read["corrections"]) == ("auto_reply", [])


def test_bart_answers_between_the_lines():
    lines = [
        "錯的地方寫在下面",
        "",
        "Office <office@ipas.example.edu> 於 2025年9月12日 週五 上午9:50寫道：",
        "",
        "> 英文姓名：LIN, AN-NI",
        "",
        "→ 應為 LIN, ANNIE",
        "",
        "> 考區：臺北",
        "",
        "臺中",
        "",
        "> 補考單科：否",
    ]
    read = explained(mail("\n".join(lines), thread="confirm_mail"))
    values = {c["field"]: c["new_value"] for c in read["corrections"]}
    assert read["intent"] == "correction"
    assert values == {"name_en": "LIN, ANNIE", "exam_area": "臺中"}


def test_a_quote_with_changed_data_is_seen():
    quote = "\n".join(
        [
            "如下",
            "",
            "Office 於 2025年9月12日 週五 上午9:50寫道：",
            "",
            "> 中文姓名：林安妮",
            "> 手機：0955123456",
        ]
    )
    assert "quote_edited" in explained(mail(quote, thread="confirm_mail"))["reasons"]


def test_a_receipt_from_nobody_known_is_held():
    read = explained(mail("", author="dora@example.net", files=(PHOTO,)))
    assert (read["intent"], read["flagged"]) == ("payment_receipt", True)


def test_correcting_after_the_slip_needs_a_person():
    letters = [{"kind": "slip_mail", "message_id": "<s@ipas.example.edu>"}]
    read = explained(mail("手機改0955123456"), office(outbox=letters))
    assert "slip_sent" in read["reasons"]


def test_two_cases_at_one_address_are_not_guessed_between():
    lines = [
        json.dumps({"case": f"iPAS114-000{i}", "email": ANNE, "token": f"T{i}"}) for i in (1, 2)
    ]
    read = explained(mail("手機改0955123456"), OfficeFile(lines))
    assert "no_case" in read["reasons"]
    named = explained(mail("手機改0955123456", subject="Re: [iPAS114-0002] x"), OfficeFile(lines))
    assert named["case"] == "iPAS114-0002"


def test_without_the_office_s_knowledge_everything_waits_for_a_person():
    raw = mail(SENTENCE, subject=BUTTON)
    read = explain(raw, name="x.eml", office=None, office_address=None, now=NOW)
    assert (read["intent"], read["flagged"]) == ("confirm", True)


def test_the_recipient_tag_carries_the_token_too():
    local, host = OFFICE.split("@")
    raw = mail(SENTENCE, subject="").replace(
        OFFICE.encode(), f"{local}+c.{TOKEN.lower()}@{host}".encode()
    )
    read = explained(raw)
    assert (read["intent"], read["flagged"]) == ("confirm", False)


def test_a_filled_form_gives_a_registration_and_says_what_is_missing():
    form = "姓名：何大同\n英文姓名：HO, TA-TUNG\n手機：0955-666-777\n學號：112360011\n考區：台北"
    read = explained(mail(form, author="ho@example.net", subject="報名"))
    assert read["intent"] == "registration"
    assert "missing:national_id" in read["reasons"]


@pytest.mark.parametrize("junk", [b"", b"\xff\xfe\x00" * 50, b"From: a\n\n" + b">" * 5000])
def test_any_bytes_yield_a_line(junk):
    assert set(explained(junk)) >= {
        "file",
        "intent",
        "secondary",
        "flagged",
        "reasons",
        "corrections",
        "new_text",
        "token",
        "attachments",
    }


@pytest.mark.parametrize(
    "piece", ["資料", "手機改", "0912", "a, ", "確認 ", "不", "[(", "1-", "是否 ", "LIN, "]
)
@pytest.mark.usefixtures("calm")
def test_long_texts_are_read_quickly(piece):
    message = read_mail(mail(piece * (200_000 // len(piece))))
    tags = find_tags(message.recipients, message.subject, OFFICE)
    case, _, _ = identify(message, tags, office())
    start = time.process_time()
    reading = read(message, case=case, token=TokenState.NONE, tags=tags, now=NOW)
    assert time.process_time() - start < 1.0 * slower()  # measured: below 0.05 s on an idle machine
    assert reading.flagged


def test_a_mail_whose_subject_stands_twice_is_for_a_person():
    once = mail("我已確認資料無誤", subject=f"[{CASE} 確認 {TOKEN}]")
    assert explain(once, name="a", office=office(), office_address=OFFICE, now=NOW)["reasons"] == []
    twice = b"Subject: hello\r\n" + once
    line = explain(twice, name="a", office=office(), office_address=OFFICE, now=NOW)
    assert "odd_message" in line["reasons"]


def test_thanks_above_our_letter_register_nobody_though_no_case_is_known():
    data = {**ANNES_DATA, "email": "else@example.org"}
    table = "\n".join(f"> {LABELS[Field(name)]}：{value}" for name, value in data.items())
    mail = EmailMessage()
    mail["From"], mail["To"] = "stranger@example.org", OFFICE
    mail["Subject"] = "Re: [iPAS114-0042] 請確認報名資料"
    mail.set_content(
        f"收到，謝謝老師！\n\n研究發展處 <{OFFICE}> 於 2025年9月10日 寫道：\n\n{table}\n"
    )
    line = explain(mail.as_bytes(), name="x", office=OfficeFile([]), office_address=OFFICE, now=NOW)
    assert line["intent"] != "registration"
