"""The tag that tells an account: where the button puts it, and nowhere else."""

import pytest

from mailflow.mail.tags import find_tags, payee_subject, recipient_tag

OFFICE = "office@example.edu.tw"
TOKEN = "ABCDEFGHJKLMNPQRSTUVWXYZ23456723"


def test_the_button_is_found_in_recipient_and_subject():
    to, subject = recipient_tag(OFFICE, "p", TOKEN), payee_subject("TEST114-0001", TOKEN)
    assert find_tags((to,), subject, OFFICE).payee_token == TOKEN
    assert find_tags((to,), "", OFFICE).payee_token == TOKEN
    assert find_tags((), subject, OFFICE).payee_token == TOKEN
    assert (
        find_tags((), f"Re: 【TEST114-0001　帳號　{TOKEN.lower()}】", OFFICE).payee_token == TOKEN
    )


def test_it_names_the_case_but_confirms_nothing():
    tags = find_tags((), payee_subject("TEST114-0001", TOKEN), OFFICE)
    assert tags.case_numbers == ("TEST114-0001",)
    assert (tags.confirm_token, tags.confirm_case) == (None, None)
    confirm = find_tags((recipient_tag(OFFICE, "c", TOKEN),), "", OFFICE)
    assert confirm.payee_token is None


@pytest.mark.parametrize("to", ["office+r.abc@example.edu.tw", "office+p.abc@example.net"])
def test_other_tags_and_other_hosts_tell_no_account(to: str):
    assert find_tags((to,), "關於帳號", OFFICE).payee_token is None


def test_two_different_tokens_count_as_none():
    to = recipient_tag(OFFICE, "p", "B" * 32)
    assert find_tags((to,), payee_subject("TEST114-0001", TOKEN), OFFICE).payee_token is None
