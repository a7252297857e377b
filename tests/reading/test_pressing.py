"""Anne presses the button, and something stands beside it that the button did not write."""

from email import message_from_bytes, policy
from typing import Any

import pytest
from reading_cast import CASE, PHOTO, TOKEN, explained, mail, office

BUTTON = f"[{CASE} 確認 {TOKEN}]"
SENTENCE = "我已確認資料無誤"


def pressed(text: str = SENTENCE, **changes: Any) -> dict[str, Any]:
    name = changes.pop("name", None)
    known = office(name_zh=name) if name else None
    return explained(mail(text, **{"subject": BUTTON, **changes}), known)


@pytest.mark.parametrize(
    "subject",
    [
        f"{BUTTON} {words}"
        for words in (
            [
                "先不要",
                "暫緩",
                "保留",
                "作廢",
                "請忽略",
                "誤觸",
                "無效",
                "代按",
                "等等",
                "不",
                "x",
                "取消",
                "否",
                "❌",
                "👎",
                "🆖",
                "not yet",
                "do not process",
                "on hold",
                "NO",
            ]
        )
    ]
    + [f"{prefix}{BUTTON}" for prefix in ("取消:", "作廢 ", "[草稿] ", "Re: 作廢 ")]
    + [f"[先不要 {CASE} 確認 {TOKEN}]", f"[{CASE} 確認 {TOKEN} 不算]"],
)
@pytest.mark.parametrize("text", [SENTENCE, ""], ids=["sentence", "empty"])
def test_words_of_her_own_in_the_subject_are_read_by_a_person(subject, text):
    read = pressed(text, subject=subject)
    assert read["flagged"]
    if BUTTON in subject and read["intent"] == "confirm":
        assert "words_in_subject" in read["reasons"]


@pytest.mark.parametrize(
    "subject",
    [BUTTON, f"Re: {BUTTON}", f"回覆: {BUTTON}", f"RE: 回复：{BUTTON}", f"Re[2]: {BUTTON} "],
)
@pytest.mark.parametrize("text", [SENTENCE, ""], ids=["sentence", "empty"])
def test_a_bare_subject_needs_nobody(subject, text):
    assert not pressed(text, subject=subject)["flagged"]


@pytest.mark.parametrize(
    "text",
    [
        "NG",
        "N",
        "nope",
        "否",
        "x",
        "X",
        "✗",
        "✘",
        "❌",
        "👎",
        "🚫",
        "⛔",
        "🆖",
        "😡",
        "💔",
        "缺",
        "退",
        "廢",
        "駁",
        "待",
        "錯",
        "假",
        "×",
        "≠",
        "no",
        "再想想",
        "想想",
        "先",
    ],
)
def test_one_word_or_sign_of_no_as_the_whole_body_is_enough(text):
    assert pressed(text)["flagged"]


@pytest.mark.parametrize(
    "tail",
    [
        "❌",
        "👎",
        "X",
        "假",
        ",差",
        " NG",
        " 🤔",
        "。再想想",
        "。因為被盜用",
        " \u20e0",
        "\ue000",
        "\U0001faea",
    ],
)
def test_one_word_or_sign_of_no_behind_the_sentence_is_enough(tail):
    assert pressed(SENTENCE + tail)["flagged"]


@pytest.mark.parametrize(
    "tail",
    [
        "👍",
        "🙏",
        " 😊",
        "✓",
        " ✔️",
        "✅",
        "🌹",
        "❤️",
        "😀",
        "!!",
        "~",
        " ^^",
        "👍🏻",
        "。謝謝老師🙏🙏",
        "\n-----",
    ],
)
def test_friendly_signs_need_nobody(tail):
    assert not pressed(SENTENCE + tail)["flagged"]


@pytest.mark.parametrize(
    "text", [f"收到,{SENTENCE}", "OK", "好的", f"{SENTENCE}～", f"{SENTENCE}\n學生 林安妮"]
)
def test_everyday_words_of_yes_need_nobody(text):
    assert not pressed(text)["flagged"]


@pytest.mark.parametrize("text", ["沒收到", "還沒好", "not ok", "好的 x"])
def test_the_same_words_with_a_no_are_read_by_a_person(text):
    assert pressed(text)["flagged"]


@pytest.mark.parametrize("text", [SENTENCE, "", f"{SENTENCE}。謝謝老師"])
@pytest.mark.parametrize("file", [PHOTO, ("scan.pdf", "application/pdf")], ids=["jpg", "pdf"])
def test_a_file_without_a_word_about_it_is_opened_by_a_person(text, file):
    assert pressed(text, files=(file,))["flagged"]


def test_the_silent_file_has_its_own_reason():
    assert "attachment_unexplained" in pressed(files=(PHOTO,))["reasons"]


def test_a_note_attached_as_text_is_not_overlooked():
    message = message_from_bytes(mail(SENTENCE, subject=BUTTON), policy=policy.default)
    message.add_attachment("先不要\n", filename="note.txt")  # type: ignore[attr-defined]
    assert explained(message.as_bytes())["flagged"]


def test_a_passport_with_the_words_for_it_needs_nobody():
    words = f"{SENTENCE}\n附上護照內頁,英文名字跟護照一樣"
    assert not pressed(words, files=(PHOTO,))["flagged"]


@pytest.mark.parametrize(
    ("name", "closing"),
    [
        ("安妮", "安妮妮 敬上"),
        ("安妮", "王安妮 敬上"),
        ("安妮", "王安妮"),
        ("林安妮", "王安妮敬上"),
        ("林安妮", "林安 敬上"),
        ("林安妮", "學生 柏特 上"),
        ("林安妮", "資工系陳安妮 謹上"),
        ("林安妮", "Best regards, Bart"),
    ],
)
def test_signed_with_another_name_goes_to_a_person(name, closing):
    read = pressed(f"{SENTENCE}\n{closing}", name=name)
    assert read["flagged"]
    if closing[-1] in "上":
        assert "signed_by_another" in read["reasons"]


@pytest.mark.parametrize(
    ("name", "closing"),
    [
        ("林安妮", "林安妮 敬上"),
        ("林安妮", "安妮 敬上"),
        ("林安妮", "學生林安妮敬上"),
        ("林安妮", "資訊工程系林安妮 敬上"),
        ("安妮", "安妮 敬上"),
        ("林安妮", "學生 敬上"),
        ("林安妮", "敬上"),
        ("林安妮", "Best regards,\nAn-Ni Lin"),
        ("林安妮", "LIN, AN-NI"),
        ("林安妮", "謝謝老師 敬上"),
    ],
)
def test_signed_with_her_own_name_needs_nobody(name, closing):
    read = pressed(f"{SENTENCE}\n{closing}", name=name)
    assert not read["flagged"], read["reasons"]


def test_a_student_number_goes_back_to_be_confirmed():
    """One of another case is held where the correction is carried out."""
    read = explained(
        mail("學號打錯,應該是113590055", thread="confirm_mail"),
        office(outbox=[{"kind": "confirm_mail", "message_id": "<confirm_mail@ipas.example.edu>"}]),
    )
    assert read["intent"] == "correction"
    assert not read["flagged"], read["reasons"]


@pytest.mark.parametrize(
    "struck",
    ["<s>{}</s>", "<del>{}</del>", '<span style="text-decoration: line-through">{}</span>'],
)
def test_a_sentence_that_was_struck_out_is_not_said(struck):
    text = "我已確認資料無誤"
    raw = mail(text, subject=f"[{CASE} 確認 {TOKEN}]", html=struck.format(text))
    assert "hidden_text" in explained(raw)["reasons"]
