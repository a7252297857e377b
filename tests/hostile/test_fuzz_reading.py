"""A short hunt for bytes that break the reading of mail; `./dev bench fuzz` goes on longer.

MAILFLOW_FUZZ_SECONDS sets how long each parser is hunted here (3 by default).
"""

import json
import os
from email.message import EmailMessage
from pathlib import Path

import pytest
from fuzz_material import corpora
from fuzzed import PARSERS, Broken, hunt, mail_is_read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations import DAMAGES, mutant
from written.assemble import assemble_folder

from mailflow.reading import OfficeFile

FITTING = Path(__file__).parents[1] / "data" / "written_mail" / "fitting"
MAILS = assemble_folder(FITTING)
MATERIAL = corpora(MAILS)
CORPUS = MATERIAL["mail"]
KNOWN = {str(m.registration["case"]): m.registration for m in MAILS if m.registration}
TOKENS = {case: str(one["token"]) for case, one in KNOWN.items()}
OFFICE = OfficeFile([json.dumps(one) for one in KNOWN.values()])
SECONDS = float(os.environ.get("MAILFLOW_FUZZ_SECONDS", "3"))


@pytest.mark.parametrize("parser", list(PARSERS))
@pytest.mark.timeout(SECONDS * 3 + 240)
def test_damage_breaks_nothing(parser: str):
    found = list(hunt(parser, MATERIAL, tokens=TOKENS, office=OFFICE, seconds=SECONDS))
    broken = [one for one in found if isinstance(one, Broken)]
    assert not broken, "\n".join(f"seed {one.seed}: {one.why}" for one in broken[:10])
    assert found[-1] != 0


def test_the_same_seed_makes_the_same_message():
    assert [mutant(n, CORPUS) for n in range(60)] == [mutant(n, CORPUS) for n in range(60)]
    assert len({mutant(n, CORPUS) for n in range(60)}) > 50
    assert len(DAMAGES) > 10


@pytest.mark.parametrize("header", ["Content-Type", "Content-Disposition", "X-Failed-Recipients"])
def test_raw_bytes_in_a_header_can_be_passed_on(header: str):
    raw = b"From: a@example.org\r\n" + header.encode() + b": te\xe8\xb3xt/html; x=\xff\r\n\r\nhello"
    for check in PARSERS.values():
        check(raw, TOKENS, OFFICE)


def test_raw_bytes_in_a_reports_recipient_can_be_passed_on():
    raw = (
        b"From: mailer-daemon@example.org\r\nSubject: failure\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n"
        b"Final-Recipient: rfc822; l\xaa\xdcn@example.org\r\nAction: failed\r\n"
        b"Status: 5.1.1\r\n--b--"
    )
    for check in PARSERS.values():
        check(raw, TOKENS, OFFICE)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(max_size=300), known=st.sampled_from(sorted(KNOWN)), click=st.booleans())
def test_any_text_is_read_and_confirms_nothing_by_itself(text: str, known: str, click: bool):
    message = EmailMessage()
    message["From"] = KNOWN[known]["email"]
    message["Subject"] = f"[{known} 確認 {'AAAA-2222' if click else ''}]"
    message.set_content(text.encode("utf-8", "replace").decode("utf-8"))
    mail_is_read(message.as_bytes(), TOKENS, OFFICE)
