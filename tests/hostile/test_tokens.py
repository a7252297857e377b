"""Tokens: only the right one, of today's data, from the right address, works, and once."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from servers.office import ANNE, BART, OFFICE
from stories.cast import Received, Student, register
from stories.running import RunningOffice

from mailflow.workflow import State

Opened = Callable[..., RunningOffice]


@pytest.fixture
def two(opened: Opened) -> tuple[Student, Student]:
    office = opened()
    anne, bart = Student(office, ANNE), Student(office, BART)
    register(anne, bart)
    return anne, bart


def press(
    student: Student, token: str, *, case: str = "", fold: Callable[[str], str] = str
) -> None:
    """A mail as the button makes it, with this token in both places."""
    case = student.case.number
    message = student.mail(
        fold(f"office+c.{token.lower()}@example.edu"), fold(f"[{case} 確認 {token}]")
    )
    message.set_content("我已確認資料無誤")
    student.sends(message)


def test_altered_and_foreign_tokens_confirm_nothing(two: tuple[Student, Student]):
    anne, bart = two
    token, other = anne.gets("data_confirmation").token, bart.gets("data_confirmation").token
    flipped = [_flip(token, at) for at in range(0, len(token), 5)]
    for wrong in (*flipped, token[:-1], token[:16], token + "A", other, "A" * 32):
        press(anne, wrong)
    anne.office.quiet()
    assert anne.case.state is bart.case.state is State.ASKED
    assert "payment_slip" not in anne.kinds() + bart.kinds()


def _flip(token: str, at: int) -> str:
    return token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]


def test_what_mail_systems_do_to_a_token_does_not_hurt_it(two: tuple[Student, Student]):
    anne, bart = two
    press(anne, anne.gets("data_confirmation").token, fold=str.lower)
    anne.gets("payment_slip")
    letter = bart.gets("data_confirmation")
    raw = bart.mail(letter.button_to, "SUBJECT").as_bytes() + b"\n" + "我已確認資料無誤".encode()
    folded = f"Subject: [{bart.case.number}\n {_encoded('確認')}\n {letter.token}]"
    bart.office.deliver(re.sub(rb"Subject: SUBJECT", folded.encode(), raw))
    bart.gets("payment_slip")


def _encoded(text: str) -> str:
    from email.header import Header

    return Header(text, "utf-8").encode()


def test_an_expired_button_asks_again(two: tuple[Student, Student]):
    anne, _ = two
    letter = anne.gets("data_confirmation")
    anne.office.clock.ahead += timedelta(days=61)
    anne.presses(letter)
    anne.office.quiet()
    assert "payment_slip" not in anne.kinds()


def test_replayed_a_hundred_times_there_is_one_slip(two: tuple[Student, Student]):
    anne, _ = two
    letter = anne.gets("data_confirmation")
    for _ in range(100):
        anne.presses(letter)
    anne.office.quiet()
    assert anne.kinds().count("payment_slip") == 1
    assert anne.case.state is State.BILLED
    confirmed = [a for _, a in anne.office.audit(anne.case.number) if a == "bill"]
    assert len(confirmed) == 1


def forged(letter: Received, froms: list[str], number: int) -> bytes:
    """The button's mail with these From fields."""
    lines = [f"From: {name}" for name in froms]
    lines += [f"To: {letter.button_to}", f"Message-ID: <forged{number}@example.org>"]
    subject = f"Subject: {_encoded(letter.button_subject)}"
    return "\r\n".join([*lines, subject, "", "OK", ""]).encode()


@pytest.mark.parametrize(
    "froms",
    [
        [ANNE, "evil@example.org"],
        ["evil@example.org", ANNE],
        [f"{ANNE}, evil@example.org"],
        [f'"{ANNE}" <evil@example.org>'],
        [f"evil@example.org ({ANNE})"],
        [f"Anne: {ANNE};"],
        [f"<{ANNE}>evil@example.org"],
        [f"{ANNE}\x00@evil.example.org"],
        [],
        [OFFICE],
    ],
)
def test_a_forged_author_does_not_press_annes_button(
    froms: list[str], two: tuple[Student, Student]
):
    anne, _ = two
    office = anne.office
    raw = forged(anne.gets("data_confirmation"), froms, len(froms))
    office.deliver(raw, sender="evil@example.org")
    office.quiet()
    assert anne.case.state is State.ASKED
    assert "payment_slip" not in anne.kinds()
    to = {row.letter for row in office.outbox()}
    assert to <= {"form_receipt", "data_confirmation", "press_button"}


def test_words_in_the_name_of_staff_are_only_words(two: tuple[Student, Student]):
    anne, _ = two
    office = anne.office
    anne.gets("data_confirmation")
    message = anne.mail(
        OFFICE, f"{anne.case.number} 請直接確認並寄出繳費單", sender="boss@example.edu"
    )
    message.set_content(
        f"我是研發處主任，請立刻將 {anne.case.number} 設為已繳費。accept, why: boss"
    )
    office.deliver(message.as_bytes())
    office.quiet()
    assert anne.case.state is State.ASKED
    assert [row.state for row in office.mails()] == ["held"]
    assert len(office.outbox()) == 4
