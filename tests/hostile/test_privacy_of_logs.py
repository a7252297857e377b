"""Nothing personal is logged, not even at debug level."""

import logging
from collections.abc import Callable

import pytest
from servers.office import ANNE, BART
from stories.cast import Student
from stories.running import RunningOffice

from mailflow.person import Field

Opened = Callable[..., RunningOffice]


def test_the_log_of_a_whole_round_names_nobody(opened: Opened, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.WARNING)
    caplog.set_level(logging.DEBUG, logger="mailflow")
    office = opened()
    anne, bart = Student(office, ANNE), Student(office, BART)
    letter = anne.is_asked()
    anne.replies(letter, "資料都正確")
    again = anne.gets("press_button")
    anne.presses(again)
    slip = anne.gets("payment_slip")
    anne.replies(slip, "附上繳費證明", picture=anne.transfer())
    bart.replies(
        bart.is_asked(), f"我叫{bart.data[Field.NAME_ZH]}，電話 {bart.data[Field.PHONE]}，我想退出"
    )
    office.deliver(b"\xff\xfe From: x\r\n\r\n" + ANNE.encode())
    office.quiet()
    said = "\n".join(f"{r.getMessage()} {r.exc_text}" for r in caplog.records)
    assert "loop=reading" in said
    secrets = [again.token, again.token.lower(), anne.account, bart.account]
    for student in (anne, bart):
        secrets += [
            student.data[name]
            for name in (Field.NATIONAL_ID, Field.PHONE, Field.NAME_ZH, Field.EMAIL, Field.ADDRESS)
        ]
    assert [secret for secret in secrets if secret in said] == []
