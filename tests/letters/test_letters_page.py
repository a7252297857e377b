"""docs/letters.md, the templates and the code say the same."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, meta

from mailflow.campaign import Campaign
from mailflow.letters import default_templates
from mailflow.letters.content import words_of
from mailflow.letters.proofread import SAMPLE, samples
from mailflow.workflow import Letter

PAGE = (Path(__file__).parents[2] / "docs" / "letters.md").read_text(encoding="utf-8")
WORD = re.compile(r"`([a-z_]+)`")


def section(title: str) -> list[list[str]]:
    """The rows of the table under a heading, without its head."""
    text = PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def names(title: str) -> set[str]:
    return {word for row in section(title) for word in WORD.findall(row[0])}


COMMON = names("Words of every letter")
CASE = names("Words of every letter about a case")
PERSON = names("Words about one person")
AFTER = names("Words after the exam")
DIGEST = names("Words of the daily digest")
OWN = {row[0].strip("`"): row[2] for row in section("When each is sent")}


def documented(letter: Letter) -> set[str]:
    words = set(WORD.findall(OWN[letter]))
    words |= CASE if letter not in (Letter.REGISTRATION_FORM, Letter.STAFF_DIGEST) else set()
    groups = {"person": PERSON, "after": AFTER, "digest": DIGEST}
    named = [groups[name] for name in groups if name in words]
    return COMMON.union(words - set(groups), *named)


def known(letter: Letter, campaign: Campaign) -> set[str]:
    """Every word that this letter can ever have in its ordinary use."""
    found: set[str] = set()
    for data in samples(letter):
        if data is not SAMPLE:
            words = words_of(letter, data, campaign=campaign, mailbox="a@example.org", notice="x")
            found |= set(words)
    return found


def used(letter: Letter) -> set[str]:
    """Words that the templates of this letter, and what they take in, speak of."""
    found, seen = set(), set()
    waiting = [f"{letter.value}/{part}" for part in ("subject.txt", "body.txt", "body.html")]
    while waiting:
        name = waiting.pop()
        seen.add(name)
        tree = Environment().parse((default_templates() / name).read_text(encoding="utf-8"))
        found |= meta.find_undeclared_variables(tree)
        taken = {name for name in meta.find_referenced_templates(tree) if name}
        waiting += sorted(taken - seen)
    return found - {"self", "parts", "list"}  # the frame, its imported pieces, a macro


def test_every_letter_is_on_the_page_and_no_other():
    assert set(OWN) == {letter.value for letter in Letter}


@pytest.mark.parametrize("letter", Letter)
def test_the_page_names_the_words_that_the_code_gives(letter: Letter, campaign: Campaign):
    sometimes = {"note", "changes"} if letter is Letter.PRESS_BUTTON else {"note"}
    sometimes |= AFTER
    assert known(letter, campaign) <= documented(letter)
    assert documented(letter) - known(letter, campaign) <= sometimes


@pytest.mark.parametrize("letter", Letter)
def test_templates_use_only_words_of_the_page(letter: Letter):
    assert used(letter) <= documented(letter)


def test_every_word_of_a_letter_is_explained():
    groups = {"person", "after", "digest"} | PERSON | AFTER | DIGEST
    explained = COMMON | CASE | groups | names("Words of some letters")
    assert {word for words in OWN.values() for word in WORD.findall(words)} <= explained
