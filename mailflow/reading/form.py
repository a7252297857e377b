"""A registration by mail: the filled-in form, however the mail program mangled its lines."""

import re
from dataclasses import dataclass, field
from datetime import date

from mailflow.person import Field, Problem, normalise
from mailflow.reading.mentions import find_mentions
from mailflow.reading.words import Words

_COLON = re.compile(r"[ ]{0,3}(?:[(][^()\n]{0,20}[)])?[ ]{0,3}[:=][ +]{0,3}")
_LEADING = re.compile(r"[\s,，;；、*•·.\-+]+$")
FEWEST = 4  # labelled values that make a form


@dataclass(frozen=True, slots=True)
class Form:
    """`values` in normal form; `missing` have no value, `invalid` one that can't be used.

    `labels` counts the labels found, filled in or not.
    """

    values: dict[Field, str] = field(default_factory=dict, repr=False)
    missing: tuple[Field, ...] = ()
    invalid: tuple[Field, ...] = ()
    labels: int = 0

    @property
    def filled(self) -> bool:
        """Is this a form that someone filled in?"""
        return len(self.values) + len(self.invalid) >= FEWEST

    @property
    def complete(self) -> bool:
        return self.filled and not self.missing and not self.invalid


def read_form(words: Words, *, as_of: date) -> Form:
    """Every `label: value`, with the value up to the next label or the end of the line."""
    labelled = [
        (mention, colon)
        for mention in find_mentions(words.folded)
        if (colon := _COLON.match(words.folded, mention.end))
    ]
    values: dict[Field, str] = {}
    invalid: list[Field] = []
    for i, (mention, colon) in enumerate(labelled):
        stop = labelled[i + 1][0].start if i + 1 < len(labelled) else len(words.plain)
        said = _LEADING.sub("", words.plain[colon.end() : stop].split("\n")[0]).strip(" ,，;；。")
        if not said:
            continue
        read = normalise(mention.field, said, as_of=as_of)
        if isinstance(read, Problem):
            invalid.append(mention.field)
        elif values.setdefault(mention.field, read) != read:
            invalid.append(mention.field)  # two different values for one field
        words.cover(mention.start, colon.end() + len(said))
    wrong = tuple(f for f in Field if f in invalid)
    usable = {f: v for f, v in values.items() if f not in wrong}
    missing = tuple(f for f in Field if f not in usable and f not in wrong)
    return Form(usable, missing, wrong, len(labelled))
