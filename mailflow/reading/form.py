"""A registration by mail: the filled-in form, however the mail program mangled its lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from mailflow.mail.message import Message
from mailflow.person import BASIC, Field, Problem, Registration, normalise
from mailflow.person.labels import LEVEL_NAMES, NAMES
from mailflow.reading.layout import Entry, entries, holds_label, tidy
from mailflow.reading.words import Words, fold, plain_text

FEWEST = 4  # labelled values that make a form,
_USABLE = 2  # of which so many can be used: newsletters have labels too
# A letter about a case that is there already: what it quotes of the data registers nobody.
_ABOUT_A_CASE = re.compile(r"[A-Za-z]{2,12}[0-9]{3}-[0-9]{4}|確認資料無誤")
_HINT = re.compile(
    r"[(\[]?(?:請|例|如:|如 |必填|選填|格式|e\.?g\.?|required|optional)[^\n]{0,60}[)\]]?"
)
_TICKED = re.compile(
    r"(?:[■☑☒✓✔√]|[(\[][ ]?[vVxX✓✔√■][ ]?[)\]])[ ]?(?P<option>[^\s□■☐☑☒✓✔√()\[\]/,、]{1,20})"
)
_BOX = re.compile(r"[□☐■☑☒]|[(\[][ ]{0,3}[)\]]|[(\[][ ]?[vVxX✓✔√■][ ]?[)\]]")
_ITEM = re.compile(r"^[ \t•·*\-–]*(?:[(]?[0-9]{1,2}[.、)][ ]?)?")
_QUOTED = re.compile(r"[「『“\"'<\[【](?P<said>[^「」『』“”\"<>\[\]【】]*)[」』”\"'>\]】]")
_COURTESY = re.compile(
    r"[ ,。]*(?:再?麻煩|謝謝|感謝|敬上|老師|[您你]好|以上|thank|regards|best(?: |$|,)|cheers|"
    r"sincerely|sent from)",
    re.IGNORECASE,
)
_NO_VALUE = frozenset("嗎呢怎?")
# One word says it all: whatever stands behind it (a signature) is no part of it.
_ONE_WORD = frozenset(
    {
        Field.SEX,
        Field.RETAKE,
        Field.EXAM_AREA,
        Field.CONSENT,
        Field.EMAIL,
        Field.PHONE,
        Field.NATIONAL_ID,
        Field.STUDENT_NO,
        Field.BIRTH_DATE,
        Field.KEPT_YEAR,
    }
)
# What a mail program may have broken into two lines, and what stood at the break.
_WRAPPED = {Field.ADDRESS: "", Field.EMAIL: "", Field.NAME_EN: " ", Field.EXAM: " "}
_EITHER_NAME = ("name", "fullname")
_IS_CHINESE = re.compile(r"[\u3400-\u9fff]")


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
        return len(self.values) >= _USABLE and len(self.values) + len(self.invalid) >= FEWEST

    @property
    def complete(self) -> bool:
        return self.filled and not self.missing and not self.invalid


def find_form(message: Message, words: Words, *, registered: bool, as_of: date) -> Form:
    """The form in the new words; of strangers also one that was filled in inside the quoted form,
    or in lines under its labels.

    Whoever is registered corrects single fields: there only a whole form is one.
    """
    if registered:
        if words.folded.count(":") < len(BASIC):
            return Form()
        form = read_form(Words(words.plain), as_of=as_of)
        return read_form(words, as_of=as_of) if form.complete else Form()
    form = read_form(words, as_of=as_of)
    if form.filled:
        return form
    if message.answers:
        answered = "\n".join(f"{above}\n{said}" for above, said in message.answers)
        below = read_form(Words(answered), as_of=as_of)
        if below.filled:
            for _, said in message.answers:
                words.cover_all(re.compile(re.escape(fold(plain_text(said)))))
            return below
    if _ABOUT_A_CASE.search(f"{message.subject}\n{message.quoted_text}"):
        return form
    quoted = read_form(Words(message.quoted_text), as_of=as_of)
    return quoted if quoted.filled else form


def read_form(words: Words, *, as_of: date) -> Form:
    """Every labelled value; a field with two different ones has none that can be used."""
    plain = tidy(words.plain)
    found = entries(plain)
    level = next((e.said for e in found if e.name in LEVEL_NAMES and e.said), "")
    values: dict[Field, str] = {}
    wrong: set[Field] = set()
    for entry in found:
        words.cover(entry.start, _first_word(entry, plain))
        if entry.name in LEVEL_NAMES:
            words.cover(entry.start, entry.end)
            continue
        told = _told(entry, level, as_of=as_of)
        if told is None:
            continue
        name, value, ends = told
        words.cover(entry.start, ends)
        if value is None or values.setdefault(name, value) != value:
            wrong.add(name)
    usable = {name: value for name, value in values.items() if name not in wrong}
    asked = Registration(usable).asked()
    return Form(
        values=usable,
        missing=tuple(f for f in asked if f not in usable and f not in wrong),
        invalid=tuple(f for f in Field if f in wrong),
        labels=len(found),
    )


def _first_word(entry: Entry, plain: str) -> int:
    """Where the label alone ends, when nothing usable is said behind it."""
    place = plain.find(entry.said, entry.start, entry.end) if entry.said else entry.end
    return max(entry.start, place)


def _told(entry: Entry, level: str, *, as_of: date) -> tuple[Field, str | None, int] | None:
    """The field, its value (None: it can't be used) and where that ends; None: nothing is said."""
    name = NAMES[entry.name]
    said = _ticked(_bare(entry.said))
    if entry.name in _EITHER_NAME and not _IS_CHINESE.search(said):
        name = Field.NAME_EN
    end = entry.end
    if courtesy := _COURTESY.search(said):  # thanks and a signature behind the last value
        end -= len(said) - courtesy.start()
        said = said[: courtesy.start()]
    if not said or _HINT.fullmatch(said):
        return None
    for text, its_end in _readings(name, replace(entry, end=end), said):
        value = _value(name, text, level, as_of=as_of)
        if value is not None:
            return name, value, its_end
    return None if entry.by_line else (name, None, entry.end)


def _readings(name: Field, entry: Entry, said: str) -> Iterator[tuple[str, int]]:
    """What may have been meant, the likeliest first, each with its end."""
    if name is Field.SUBJECTS and entry.closed and entry.below:
        lines = [_ITEM.sub("", line) for line in (said, *(text for _, text in entry.below))]
        last_at, last = entry.below[-1]
        yield "、".join(lines), last_at + len(last)
    yield (_ITEM.sub("", said) if name is Field.SUBJECTS else said), entry.end
    if name in _WRAPPED and entry.below:
        at, line = entry.below[0]
        yield f"{said}{_WRAPPED[name]}{line}", at + len(line)
    first = said.split()[0]
    if name in _ONE_WORD and first != said:
        yield first, entry.end - len(said) + len(first)


def _value(name: Field, text: str, level: str, *, as_of: date) -> str | None:
    if ":" in text and name is not Field.NEEDS:
        return None  # a label that nobody knows stands in it
    if holds_label(text) or _NO_VALUE & set(text):
        return None
    read = normalise(name, text, as_of=as_of)
    if isinstance(read, Problem) and name is Field.EXAM and level:
        read = normalise(name, f"{text} {level}", as_of=as_of)
    return None if isinstance(read, Problem) else read


def _bare(said: str) -> str:
    """Without the marks that stand around it."""
    marked = _QUOTED.fullmatch(said)
    return marked["said"].strip() if marked else said


def _ticked(said: str) -> str:
    """The one option that is ticked, where options stand with boxes; '' when it isn't one."""
    if not _BOX.search(said):
        return said
    ticked = [found["option"] for found in _TICKED.finditer(said)]
    return ticked[0] if len(ticked) == 1 else ""
