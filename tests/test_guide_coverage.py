"""Every line of the office's guide is a tested rule, something a letter says, or of no concern."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, reduce
from html import unescape
from itertools import pairwise

import pytest
from guide_document import CLASSES, DOCUMENT, ROOT, Row, bare, lines_said, quoted_by, rows
from test_glossary import keys

from mailflow.campaign import Campaign, load_campaign
from mailflow.letters import Composer, LetterData, default_templates
from mailflow.letters.proofread import SAMPLE, samples
from mailflow.person import Field
from mailflow.workflow import Letter

PAGE = DOCUMENT.read_text(encoding="utf-8")
ROWS = rows(PAGE)
RULES = [row for row in ROWS if row.kind == "rule"]
INFORMATION = [row for row in ROWS if row.kind == "information"]
CAMPAIGN = load_campaign(ROOT / "campaigns" / "114-2.toml")  # the guide's own round
KEYS = {*keys(Campaign), *(key.partition(".")[0] for key in keys(Campaign))}


# The document


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_every_line_is_classified(row: Row):
    assert row.kind in CLASSES
    assert len(bare(row.where)) > 4
    assert all(row.words)


def test_the_rows_stand_in_the_order_of_the_guide_and_none_is_missing():
    assert all(row.first <= row.last for row in ROWS)
    assert all(before.last < after.first for before, after in pairwise(ROWS))
    assert sum(len(row.words) for row in ROWS) == lines_said(PAGE)


def test_every_line_of_the_guide_is_in_the_document():
    places = [folder / "shared" / "mission" / "guide-114.txt" for folder in ROOT.parents]
    guide = next((place for place in places if place.is_file()), None)
    if guide is None:
        pytest.skip("the guide itself does not lie beside the project; its words are in the page")
    lines = guide.read_text(encoding="utf-8").split("\n")
    wanted = {at: " ".join(line.split()) for at, line in enumerate(lines, 1) if line.strip()}
    told = {}
    for row in ROWS:
        numbers = [at for at in wanted if row.first <= at <= row.last]
        told |= dict(zip(numbers, row.words, strict=True))
    assert told == wanted


# Rules


@pytest.mark.parametrize("row", RULES, ids=str)
def test_every_rule_has_tests_that_quote_it(row: Row):
    assert row.tests or "not yet: " in row.where
    quoted = {test: quoted_by(test) for test in row.tests}
    assert [test for test, words in quoted.items() if words is None] == [], "no such test"
    for test, words in quoted.items():
        assert words
        assert any(clause in words for clause in row.clauses), f"{test} does not quote the guide"
    together = " ".join(words or "" for words in quoted.values())
    assert not quoted or [line for line in row.lines if line not in together] == []


# Information


@pytest.mark.parametrize("row", INFORMATION, ids=str)
def test_all_information_is_in_a_letter_or_a_value_of_the_round(row: Row):
    assert row.names
    assert all(quoted_by(test) is not None for test in row.tests)
    for name, shown in row.names:
        if name in set(Letter):
            assert shown, f"say in 「」 what {name} has to show"
            for part in _said_by(Letter(name)):
                assert [words for words in shown if words not in part] == []
        else:
            assert name in KEYS
            assert reduce(getattr, name.split("."), CAMPAIGN), f"{name} is not set"


@cache
def _said_by(letter: Letter) -> tuple[str, str]:
    """All that a letter says to anybody in the round, whatever their exam: text and HTML."""
    composer = Composer(
        default_templates(), CAMPAIGN, office="ipas@example.edu.tw", sender_name="研發處"
    )
    said: dict[str, list[str]] = {"plain": [], "html": []}
    for data in _everybody(letter):
        message = composer.message(
            letter,
            data,
            to="student@example.org",
            message_id="<guide@example.org>",
            now=datetime(2025, 9, 10, tzinfo=UTC),
        )
        for kind, parts in said.items():
            body = message.get_body((kind,))
            assert body
            parts.append(unescape(body.get_content()))
    return "\n".join(said["plain"]), "\n".join(said["html"])


def _everybody(letter: Letter) -> Iterator[LetterData]:
    yield from samples(letter)
    assert SAMPLE.registration
    for exam in CAMPAIGN.exams:
        if CAMPAIGN.courses_for(exam.name):
            chosen = SAMPLE.registration.with_changes({Field.EXAM: exam.name})
            yield replace(SAMPLE, registration=chosen)
