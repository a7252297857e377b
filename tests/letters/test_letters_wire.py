"""What goes over the wire: exactly our headers, whatever stands in the data."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime

import pytest
from letters_cast import ANNE, NOW, OFFICE, Send, opened

from mailflow.aftercare import KeptSubject, Mark, Offer, Outcome, Payee, Result
from mailflow.letters import AfterData, Composer, Digest, LetterData, Slip, Standing
from mailflow.letters.after_samples import AFTER_SAMPLE
from mailflow.letters.digest import Question
from mailflow.person import Change, Field, Registration
from mailflow.workflow import Letter

HEADERS = {
    "From", "Reply-To", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References",
    "Auto-Submitted", "X-Auto-Response-Suppress", "X-Mailflow-Loop", "Content-Language",
    "MIME-Version", "Content-Type",
}  # fmt: skip
HOSTILE = [
    "{{7*7}}",
    "{% for x in range(9) %}x{% endfor %}",
    '<a href="//evil.example">x</a>',
    '"><script>alert(1)</script>',
    "A\r\nBcc: spy@example.net\r\n\r\nhello",
    "A\nTo: spy@example.net",
    "a\x00b\x0bc\x1bd\x85e\u2028f\u2029g\u202eh\u200bi",
    "--=_boundary--",
    "\ud800",
]


@pytest.mark.parametrize("letter", list(Letter))
def test_every_letter_carries_exactly_our_headers(
    send: Send, full: LetterData, letter: Letter
) -> None:
    message, _, _ = opened(send(letter, full))
    assert set(message.keys()) == HEADERS
    assert len(message.keys()) == len(HEADERS)
    assert message["From"].addresses[0].addr_spec == OFFICE
    assert message["Reply-To"] == "ipas+r.q1w2e3r4@example.edu.tw"
    assert message["To"] == "anne@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert message["X-Mailflow-Loop"] == "1"
    assert message["Message-ID"] == "<letter-1@example.edu.tw>"
    assert message["In-Reply-To"] == "<from-anne@example.org>"
    assert message["References"] == "<first@example.edu.tw> <from-anne@example.org>"
    assert parsedate_to_datetime(message["Date"]) == NOW
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert not message.defects
    assert not [defect for part in message.walk() for defect in part.defects]


def test_a_first_letter_has_no_thread_and_no_reply_tag(send: Send) -> None:
    data = LetterData(case="iPAS114-0007", registration=ANNE)
    message, _, _ = opened(send(Letter.FORM_RECEIPT, data))
    assert set(message.keys()) == HEADERS - {"Reply-To", "In-Reply-To", "References"}


@pytest.mark.parametrize("letter", list(Letter))
def test_the_wire_is_ascii_with_crlf_and_short_lines(
    send: Send, full: LetterData, letter: Letter
) -> None:
    raw = send(letter, full).raw
    assert raw.isascii()
    assert b"\r\n" in raw
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)
    assert max(map(len, raw.split(b"\r\n"))) <= 998


def test_the_same_letter_twice_is_the_same_bytes(
    send: Send, composer: Composer, full: LetterData
) -> None:
    once = send(Letter.DATA_CONFIRMATION, full)
    assert once == send(Letter.DATA_CONFIRMATION, full)
    other = composer.compose(
        Letter.DATA_CONFIRMATION, full, to="anne@example.org", message_id="<2@example.org>", now=NOW
    )
    assert other.raw != once.raw
    boundaries = {re.search(rb'boundary="([^"]+)"', raw)[1] for raw in (once.raw, other.raw)}
    assert len(boundaries) == 2


def hostile_after(payload: str) -> AfterData:
    kept = KeptSubject(payload, payload, Decimal(70), NOW.date(), NOW.date())
    return replace(
        AFTER_SAMPLE,
        result=Result(Outcome.KEPT, None, (kept,)),
        marks=(Mark(payload, Decimal(70)),),
        offer=Offer(payload, (payload,), (kept,), NOW.date(), None, succeeds=payload),
        payee=Payee(payload, payload, payload),
        reasons=(payload,),
        title=payload,
    )


@pytest.mark.parametrize("payload", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("letter", list(Letter))
def test_hostile_text_in_any_field_stays_text(send: Send, letter: Letter, payload: str) -> None:
    data = LetterData(
        case="iPAS114-0007",
        registration=Registration(dict.fromkeys(Field, payload)),
        token="TOKEN23",
        changes=tuple(Change(name, payload, payload) for name in Field),
        slip=Slip(600, payload, payload, NOW.date()),
        reasons=(payload,),
        missing=(payload,),
        standing=Standing("payment", NOW),
        note=payload,
        after=hostile_after(payload),
        leaves_on=NOW.date(),
        digest=Digest(NOW.date(), questions=(Question(payload, 1, NOW.date(), (payload,)),)),
        in_reply_to=payload,
        references=(payload, payload),
    )
    rendered = send(letter, data)
    message, text, html = opened(rendered)
    assert set(message.keys()) == HEADERS - {"Reply-To", "In-Reply-To", "References"}
    assert b"spy@" not in rendered.raw.partition(b"\r\n\r\n")[0]
    assert "<script" not in html
    assert '<a href="//evil' not in html
    assert not re.search("[\x00\x0b\x1b\x85\u2028\u2029\u202e\u200b]", text + html)
    if payload == "{{7*7}}" and letter is not Letter.REGISTRATION_FORM:
        assert "{{7*7}}" in text
        assert "{{7*7}}" in html
    if payload.startswith("<a") and letter is not Letter.REGISTRATION_FORM:
        assert "&lt;a href=" in html


@pytest.mark.parametrize("field", list(Field))
@pytest.mark.parametrize("letter", list(Letter))
def test_no_single_field_can_add_a_header_or_a_link(
    send: Send, full: LetterData, letter: Letter, field: Field
) -> None:
    clean, _, clean_html = opened(send(letter, full))
    poisoned = ANNE.with_changes({field: 'x\r\nCc: a@example.net\r\n<a href="//evil">{{7*7}}</a>'})
    message, _, html = opened(send(letter, replace(full, registration=poisoned)))
    assert message.keys() == clean.keys()
    assert html.count("<a ") == clean_html.count("<a ")


def test_a_letter_to_strangers_repeats_nothing_of_theirs(send: Send) -> None:
    data = LetterData(
        case="", registration=ANNE, note="BUY NOW", missing=("BUY NOW", Field.ADDRESS)
    )
    message, text, html = opened(send(Letter.REGISTRATION_FORM, data))
    whole = str(message["Subject"]) + text + html
    assert "BUY" not in whole
    assert ANNE[Field.NAME_ZH] not in whole
    assert "通訊地址 Postal address" in text


@pytest.mark.parametrize(
    "to",
    ["", "anne", "anne@", "an ne@example.org", "安妮@example.org", "anne@例子.tw", "a@b@c",
     "anne@example.org\r\nBcc: spy@example.net", "anne@example..org", "<anne@example.org>",
     "anne@example.org, bart@example.org", "x" * 65 + "@example.org"],
)  # fmt: skip
def test_an_address_that_is_not_plain_is_refused(send: Send, full: LetterData, to: str) -> None:
    with pytest.raises(ValueError, match="address"):
        send(Letter.PAYMENT_SLIP, full, to=to)


@pytest.mark.parametrize("message_id", ["", "x", "<a b@c>", "<a@b>\r\nBcc: c@d", "<a@b> <c@d>"])
def test_a_message_id_of_ours_must_be_one(
    composer: Composer, full: LetterData, message_id: str
) -> None:
    with pytest.raises(ValueError, match="Message-ID"):
        composer.compose(
            Letter.PAYMENT_SLIP, full, to="anne@example.org", message_id=message_id, now=NOW
        )


def test_a_time_without_a_zone_is_refused(composer: Composer, full: LetterData) -> None:
    naive = datetime(2025, 9, 12, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ValueError, match="zone"):
        composer.compose(
            Letter.PAYMENT_SLIP, full, to="anne@example.org", message_id="<a@b>", now=naive
        )


def test_a_long_thread_keeps_its_root_and_the_newest(send: Send, full: LetterData) -> None:
    chain = tuple(f"<{number:03d}{'x' * 60}@example.org>" for number in range(100))
    broken = ("<no id>", "spy@example.net", "<a@b>\r\nBcc: spy@example.net")
    data = replace(full, references=(*chain[:50], *broken, *chain[50:]), in_reply_to=chain[-1])
    message, _, _ = opened(send(Letter.PAYMENT_SLIP, data))
    kept = str(message["References"]).split()
    assert kept[0] == chain[0]
    assert tuple(kept[1:]) == chain[-len(kept) + 1 :]
    assert 600 < len(" ".join(kept)) <= 900
    assert message["In-Reply-To"] == chain[-1]


def test_a_very_long_message_id_of_a_stranger_is_never_folded_inside(
    send: Send, full: LetterData
) -> None:
    long = f"<{'x' * 200}@example.org>"
    raw = send(Letter.PAYMENT_SLIP, replace(full, in_reply_to=long, references=())).raw
    assert f"In-Reply-To: {long}\r\n".encode() in raw
