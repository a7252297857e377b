"""The token of the button, and where it gives a right: recipient tag and subject, nowhere else."""

import pytest

from mailflow.mail.tags import Tags, confirm_subject, find_tags, recipient_tag

OFFICE = "office@example.org"
CASE = "iPAS114-0007"
TOKEN = "K7QM-2XWP"


def _found(subject: str, *recipients: str) -> Tags:
    return find_tags(recipients or (OFFICE,), subject, OFFICE)


def test_the_subject_of_the_button() -> None:
    found = _found(f"Re: {confirm_subject(CASE, TOKEN)}")
    assert (found.confirm_token, found.confirm_case, found.subject_exact) == (TOKEN, CASE, True)
    assert found.case_numbers == (CASE,)


@pytest.mark.parametrize(
    "subject",
    [
        f"[{CASE}確認{TOKEN}]",
        f"【{CASE} 確認 {TOKEN}】",
        f"[{CASE} 确认 {TOKEN}]",
        f"[{CASE}+確認+{TOKEN}]",
        f"［{CASE} 確認 {TOKEN}］",
        f"[{CASE}  確認  {TOKEN.lower()}]",
    ],
)
def test_a_changed_subject_is_still_the_token_but_not_exact(subject: str) -> None:
    found = _found(subject)
    assert found.confirm_token == TOKEN
    assert found.subject_exact == (subject == f"[{CASE} 確認 {TOKEN.lower()}]")


def test_the_recipient_tag_folds_case() -> None:
    found = _found("x", recipient_tag(OFFICE, "c", TOKEN).upper().replace("OFFICE", "Office"))
    assert found.confirm_token == TOKEN


def test_the_reply_tag_gives_no_right() -> None:
    found = _found("x", recipient_tag(OFFICE, "r", "AB12"))
    assert (found.reply_tag, found.confirm_token) == ("ab12", None)


def test_two_different_tokens_count_as_none() -> None:
    other = confirm_subject("iPAS114-0008", "AAAA-BBBB")
    assert _found(f"{confirm_subject(CASE, TOKEN)} {other}").confirm_token is None
    assert _found(f"{confirm_subject(CASE, TOKEN)} {other}").confirm_case is None
    assert _found(other, recipient_tag(OFFICE, "c", TOKEN)).confirm_token is None
    assert _found(confirm_subject(CASE, TOKEN), recipient_tag(OFFICE, "c", TOKEN)).confirm_token


@pytest.mark.parametrize(
    "recipient",
    [
        "other+c.k7qm@example.org",
        "office+c.k7qm@evil.example.org",
        "office+x.k7qm@example.org",
        "xoffice+c.k7qm@example.org",
        "office.c.k7qm@example.org",
    ],
)
def test_no_other_address_gives_a_token(recipient: str) -> None:
    assert _found("x", recipient).confirm_token is None


def test_a_tag_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="64"):
        recipient_tag(OFFICE, "c", "A" * 80)
