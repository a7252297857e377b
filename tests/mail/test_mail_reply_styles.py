"""Anne corrects her phone number from every mail program there is: only her words are new.

`reply_styles.txt` holds, after `=== name`, how each program lays out a reply;
`reply_styles_abroad.txt` how programs do in the languages of foreign students.
"""

from pathlib import Path

import pytest
from mail_cast import LETTER, PREFILLED, QUOTED, plain

WORDS = "手機改0900-345-678\n其他都對，謝謝\n林安妮 敬上"
FILLED_IN = {
    "{quoted}": QUOTED,
    "{quoted-tight}": QUOTED.replace("> ", ">"),
    "{letter}": LETTER,
    "{letter-indented}": LETTER.replace("\n", "\n  "),
}


def _styles() -> dict[str, str]:
    names = ("reply_styles.txt", "reply_styles_abroad.txt")
    content = "".join(Path(__file__).with_name(name).read_text(encoding="utf-8") for name in names)
    for name, value in FILLED_IN.items():
        content = content.replace(name, value)
    sections = (section.partition("\n") for section in content.split("=== ")[1:])
    return {name: body for name, _, body in sections}


STYLES = _styles()


@pytest.mark.parametrize("client", STYLES)
def test_only_what_anne_wrote_is_new(client: str) -> None:
    message = plain(STYLES[client].replace("{words}", WORDS))
    assert message.new_text == WORDS
    assert PREFILLED in message.quoted_text
    assert message.new_text_certain


@pytest.mark.parametrize("client", STYLES)
def test_an_empty_reply_says_nothing(client: str) -> None:
    message = plain(STYLES[client].replace("{words}", ""))
    assert message.new_text == ""
    assert PREFILLED in message.quoted_text
