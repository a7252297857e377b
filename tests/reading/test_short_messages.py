"""Some twelve hundred short messages by Anne: nothing that needs a person is acted on alone."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from reading_cast import Said, hear
from short_messages import BUTTON, FILES, messages

NEEDLESS_AT_MOST = 0.035


def is_dangerous(one: Said, line: dict) -> bool:
    given = {c["field"]: c["new_value"] for c in line["corrections"] if c["new_value"]}
    wanted = {name: value for name, value in one.values.items() if value}
    false_confirm = line["intent"] == "confirm" != one.intent
    return not line["flagged"] and (one.flag == "must" or false_confirm or given != wanted)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_acted_on_that_a_clerk_would_read_twice(path: Path):
    wrong = [one.text for one in messages(path) if is_dangerous(one, hear(one))]
    assert not wrong


def test_few_of_them_are_held_needlessly():
    plain = [one for path in FILES for one in messages(path) if one.flag == "no"]
    held = [one.text for one in plain if hear(one)["flagged"]]
    assert len(plain) > 300
    assert len(held) <= NEEDLESS_AT_MOST * len(plain), held


def test_plain_words_beside_it_hide_no_trap_from_the_button():
    """Greetings, thanks and signatures of one message, before or behind the trap of another."""
    beside = [m for path in FILES for m in messages(path) if m.text.startswith(BUTTON)]
    plain = [m.text.removeprefix(BUTTON) for m in beside if m.flag == "no"]
    traps = [m for m in beside if m.flag == "must"]
    dice = Random(7)
    passed = []
    for _ in range(400):
        trap, words = dice.choice(traps), dice.choice(plain)
        both = [trap.text.removeprefix(BUTTON), words]
        dice.shuffle(both)
        text = BUTTON + dice.choice(("，", "。", "\n", " ")).join(both)
        if not hear(replace(trap, text=text))["flagged"]:
            passed.append(text)
    assert not passed
