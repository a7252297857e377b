"""The mail written by hand: it can be built and read back, and nobody real stands in it."""

import json
import re
from email import message_from_bytes
from pathlib import Path

import pytest
from written.assemble import MACHINES, Mail, assemble_folder, assembled
from written.cast import another_identity, registered, with_check_digit
from written.clients import CLIENTS
from written.notation import INTENTS, NotationError, read_folder

from mailflow.mail import read
from mailflow.person.identity import check_digit_fits

WRITTEN = Path(__file__).parents[1] / "data" / "written_mail"
HALVES = sorted(path.name for path in WRITTEN.iterdir() if path.is_dir())
ADDRESS = re.compile(rb"[\w.+-]+@([\w.-]+\w)")


@pytest.fixture(scope="module", params=HALVES)
def mails(request: pytest.FixtureRequest) -> list[Mail]:
    return assemble_folder(WRITTEN / str(request.param))


def test_there_are_enough_of_every_kind():
    written = [w for half in HALVES for w in read_folder(WRITTEN / half)]
    assert len(written) >= 400
    assert {w.intent for w in written} == set(INTENTS)
    assert {w.client for w in written} >= set(CLIENTS)


def test_every_mail_stands_on_its_own(mails: list[Mail]):
    known = [str(mail.registration["case"]) for mail in mails if mail.registration]
    assert len(set(known)) == len(known)
    assert len({mail.raw for mail in mails}) == len(mails)
    for mail in mails:
        assert message_from_bytes(mail.raw)["From"], mail.file
        json.dumps(mail.label)


def test_addresses_are_nobodys(mails: list[Mail]):
    """example.*, or a name below .example; texts of parts are looked at decoded."""
    for mail in mails:
        whole = mail.raw.replace(b"=\r\n", b"")  # lines that quoted-printable cut
        texts = [whole, read(mail.raw).text.encode()]
        for domain in {found for text in texts for found in ADDRESS.findall(text)}:
            labels = domain.decode().lower().split(".")
            assert "example" in labels[-2:], f"{mail.file}: {domain.decode()}"


def test_the_text_can_be_found_in_the_mail(mails: list[Mail]):
    """The labelled new text really stands in the message, whatever charset it went through."""
    for mail in mails:
        if mail.label["intent"] in MACHINES:
            continue
        whole = re.sub(r"\s", "", read(mail.raw).text)
        for line in str(mail.label["new_text"]).split("\n"):
            said = re.sub(r"\s", "", line).lstrip(">")  # the writer's own arrow
            assert said in whole, mail.file


def test_invented_numbers_follow_the_public_rule():
    person = registered("anyone", number=1, who=None, overrides={})
    assert with_check_digit("A12345678") == "A123456789"
    assert check_digit_fits(another_identity(person))
    assert another_identity(person) != person.data["national_id"]
    assert not check_digit_fits(another_identity(person, right=False))


def test_a_slip_of_the_pen_is_told(tmp_path: Path):
    (tmp_path / "a.txt").write_text("## k1 confirm may gmail_web click\n\nok\n", "utf-8")
    assert [w.body for w in read_folder(tmp_path)] == ["ok"]
    (tmp_path / "b.txt").write_text("## k2 confirm may nowhere click\n\nok\n", "utf-8")
    with pytest.raises(NotationError, match="nowhere"):
        [assembled(w, number=1) for w in read_folder(tmp_path)]
    (tmp_path / "b.txt").write_text("## k1 confirm may gmail_web click\n\nok\n", "utf-8")
    with pytest.raises(NotationError, match="twice"):
        list(read_folder(tmp_path))
