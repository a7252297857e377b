"""Values that stand in a text and tell by their shape which field they may belong to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mailflow.person import RETAKE_PART, Field, Problem, normalise
from mailflow.person.places import DEPARTMENTS, EXAMS
from mailflow.reading.mentions import Mention, find_mentions
from mailflow.reading.simplified import traditional


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible value: where it stands, what it is in normal form, or why it is unusable.

    `guided` is true when the field's name stands before it (or in the same clause after it).
    """

    field: Field
    start: int
    end: int
    value: str | None
    guided: bool


_CITY = (
    "臺北|新北|桃園|臺中|臺南|高雄|基隆|新竹|嘉義|苗栗|彰化|南投|雲林|屏東|宜蘭|花蓮|臺東|澎湖|金門"
)
_UNITS = sorted(
    {
        *DEPARTMENTS,
        *(f"{a}系" for names in DEPARTMENTS.values() for a in names if a[-1] not in "系所班"),
    }
    | {a for names in DEPARTMENTS.values() for a in names if a[-1] in "系所班程"}
    | {n[:-1] + "學系" for n in DEPARTMENTS if n.endswith("系")},
    key=len,
    reverse=True,
)
_UNIT_ALIASES = sorted(
    (a.lower() for names in DEPARTMENTS.values() for a in names), key=len, reverse=True
)
_EXAM_NAMES = sorted(
    {*EXAMS, *(a for names in EXAMS.values() for a in names)}, key=len, reverse=True
)

_ENGLISH_AREAS = {
    "taipei": "臺北",
    "hsinchu": "新竹",
    "taichung": "臺中",
    "tainan": "臺南",
    "kaohsiung": "高雄",
}

# Folded text; a shape that only counts beside the field's name is in _GUIDED.
_SHAPES: tuple[tuple[Field, re.Pattern[str]], ...] = (
    (Field.EMAIL, re.compile(r"[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){1,5}")),
    (
        Field.ADDRESS,
        re.compile(
            rf"(?:[0-9]{{3,6}} "
            rf"?)?(?:{_CITY})[縣市][^\n,。;→>]{{1,40}}[0-9]+(?:[之-][0-9]+)?號(?:之[0-9]+)?"
            r"(?:[ ,]?(?:地下)?[0-9一二三四五六七八九十]{1,3}(?:樓|"
            r"f(?![a-z])))?(?:之[0-9]+)?(?:[ ]?[0-9a-z-]{1,5}(?:室|房))?"
        ),
    ),
    (
        Field.BIRTH_DATE,
        re.compile(
            r"(?:(?:中華)?民國|西元|公元)?[ ]?[0-9]{2,4}[ ]?(?:年|"
            r"[-/.])[ ]?[0-9]{1,2}[ ]?(?:月|[-/.])[ ]?[0-9]{1,4}(?![0-9])[ ]?[日號]?"
            r"|(?:(?:中華)?民國|"
            r"西元)?[〇零一二三四五六七八九十百]{2,5}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十廿卅]{1,3}[日號]?"
            r"|(?<![0-9])[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}(?![0-9])"
            r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|"
            r"dec)[a-z]{0,6}\.? [0-9]{1,2}(?:st|nd|rd|th)?,? [0-9]{4}"
            r"|[0-9]{1,2}(?:st|nd|rd|th)?[ -](?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|"
            r"oct|nov|dec)[a-z]{0,6}\.?,?[ -][0-9]{4}"
        ),
    ),
    (Field.BIRTH_DATE, re.compile(r"(?<![0-9])[01][0-9]{6}(?= ?(?:出)?生(?!活)| ?出?的?生)")),
    (
        Field.NATIONAL_ID,
        re.compile(r"(?<![a-z0-9])[a-z][ -]?(?:[0-9][ -]?|[a-d])[0-9]{6,9}(?![a-z0-9])"),
    ),
    (
        Field.EXAM_AREA,
        re.compile(
            rf"(?<=[到在去成往])(?:{_CITY})(?:市|縣)?(?=(?:去|來)?(?:考(?:試)?好?|應考|應試)(?:$|"
            rf"[,。!?了嗎吧 ]))"
        ),
    ),
    (Field.EXAM_AREA, re.compile(rf"(?<=[要想]考)(?:{_CITY})(?=$|[ ,。!])")),
    (
        Field.EXAM_AREA,
        re.compile(rf"(?<=[改換選到在])(?:{_CITY})(?=(?:考)?場(?:應試|應考|考|$|[ ,。!]))"),
    ),
    (
        Field.STUDENT_NO,
        re.compile(r"(?<![a-z0-9+-])1[0-9]{2}-?[0-9a-z]{2}-?[0-9a-z][0-9]{3}(?![a-z0-9-])"),
    ),
    (
        Field.PHONE,
        re.compile(
            r"(?<![a-z0-9])09(?:[ .-]?[0-9]){8}(?![a-z0-9])|(?<![a-z0-9])(?:\+[0-9]|09|"
            r"\(?\+?886|零九|〇九)(?:[0-9()〇零一二三四五六七八九]|"
            r"[ .-](?=[0-9])){5,18}(?![a-z0-9])"
        ),
    ),
    (
        Field.DEPARTMENT,
        re.compile("|".join(map(re.escape, (u.lower().replace("台", "臺") for u in _UNITS)))),
    ),
    # 「我光電的」: only right behind the person, where a shorter name is no other word
    (
        Field.DEPARTMENT,
        re.compile(
            r"(?:(?<=我)|(?<=我是)|(?<=我讀)|(?<=我念)|(?<=我唸))(?:"
            + "|".join(map(re.escape, _UNIT_ALIASES))
            + r")(?=的(?:$|[ ,。!啦喔才]))"
        ),
    ),
    (
        Field.EXAM,
        re.compile(
            "(?:"
            + "|".join(re.escape(n.lower()) for n in _EXAM_NAMES)
            + r")[ (-]{0,2}[初中高]級\)?"
        ),
    ),
)
_GUIDED: tuple[tuple[Field, re.Pattern[str]], ...] = (
    (Field.BIRTH_DATE, re.compile(r"(?<![0-9])(?:[0-9]{6,8})(?![0-9])")),
    (Field.PHONE, re.compile(r"(?<![a-z0-9])[0-9](?:[0-9]|[ -](?=[0-9])){6,13}(?![a-z0-9])")),
    (Field.STUDENT_NO, re.compile(r"(?<![a-z0-9])[0-9][0-9a-z]{5,10}(?![a-z0-9])")),
    (Field.NATIONAL_ID, re.compile(
        r"(?<![a-z0-9])(?:[a-z](?=[a-z]*[0-9])[0-9a-z]{7,10}|[0-9]{8,10})(?![a-z0-9])"
    )),
    (Field.EXAM_AREA, re.compile(rf"(?:{_CITY})(?:市|縣)?(?!.{{0,10}}[路街])")),
    (Field.EXAM_AREA, re.compile("|".join(_ENGLISH_AREAS))),
    (Field.SEX, re.compile(
        r"男(?:性|生)?(?!友)|女(?:性|生)?(?!友)|(?<![a-z])(?:fe)?male(?![a-z])"
    )),
    (Field.DEPARTMENT, re.compile("|".join(map(re.escape, _UNIT_ALIASES)))),
    (Field.DEPARTMENT, re.compile(
        r"[^\s,。:;、→>是為成到我轉換這那個該改了的]{2,12}?(?:學程|專班|學士班|研究所|系|"
        r"所)(?!所|統|別|級)"
    )),
    (Field.SUBJECTS, re.compile(
        r"[^\s,。:;→>]{0,20}[^\s,。:;→>是為成到](?:概論|規劃|應用|實務|實作|"
        r"技術)(?:\(術科\))?(?:、[^\s,。:;→>]{2,24})*"
    )),
    (Field.KEPT_SUBJECT, re.compile(
        r"[^\s,。:;→>]{0,20}[^\s,。:;→>是為成到](?:概論|規劃|應用|實務|實作|技術)(?:\(術科\))?"
    )),
    (Field.KEPT_YEAR, re.compile(r"(?<![0-9])(?:1[0-9]{2}|20[0-9]{2})(?![0-9])")),
    (Field.RETAKE, re.compile(
        r"(?<=[:是為成到選填「『 →>])[是否](?![有則認什甚哪不])|"
        r"(?:(?<=[:=>→「\"])|(?<=[:=>→] )|(?<= be )|(?<= is )|(?<= to ))(?:yes|no)(?![a-z])"
    )),
    (Field.NAME_EN, re.compile(
        r"(?<![a-z@.])[a-z][a-z'’-]+(?:(?: ?, ?| ?- ?| )[a-z][a-z'’-]*){0,5}"
    )),
)  # fmt: skip
_CAPITALS = (
    "ENGLISH|NAME|PASSPORT|MY|IS|TO|FROM|NOT|IT|ID|ARC|THE|BE|AS|AND|OR|CORRECT|WRONG|RIGHT|OLD|NEW|"
    "PLEASE|DEAR|HI|HELLO|CHANGE|SHOULD"
)
_NAME_EN = re.compile(
    # 「CHANG CHIEN, WEI-LUN」: a surname of two words; a capital word of English is none
    rf"(?<![A-Za-z@.])(?:(?!(?:{_CAPITALS})(?![A-Z]))[A-Z][A-Z'’-]+ ){{0,2}}"
    r"[A-Z][A-Z'’-]+ ?, ?[A-Z][A-Z'’]+(?: ?- ?[A-Z]+|"
    # not the head of a list; 「SU, PEI-CHI,SU, PEI-CHIH 是錯的」 is two names
    r" [A-Z]{2,}){0,3}(?![A-Za-z-]| ?, ?[A-Z][A-Z'’-]*+(?! ?, ?[A-Z]))"
)
_NAME_ZH = re.compile(
    r"(?:是|為|成|叫|:|到|→|>|寫|打|填|「|『|」|\s)[「『 ]?(?P<name>(?!我|成|應|錯|請|正|要|改|舊|"
    r"新|跟|和|與|同|原|這|"
    r"那|不|寫|打|填|有|下|上|如|其|對|才|麻|謝|在|很|都|也|被|是|你|他|她|沒|就|還|再|給|把|已|"
    r"超|太|的)(?:(?!了)[\u3400-\u9fff‧·]){2,4})[」』]?(?=$|"
    r"[\s,。;、」』→\-(]|才|不是|,|而|謝)"
)
_ENGLISH = """
    is should be to change from not the a my name please correct wrong it and as of in on for
    with hi hello thanks thank you id email phone passport instead but was typo spelled spelling
    spell misspelled english chinese surname given first last family number birthday address
    department sex gender exam area subject retake student mobile date birth incorrect actually
    sorry dear sir madam also same one right mistake there ok i have has typed wrote need needs
    update changed check me can could would read an error key registration regards best ntut
    ipas everything else rest fine other others
    against checked compared verified matches arc card documents residence permit
"""
_ENGLISH_WORDS = frozenset(_ENGLISH.split())


def find_candidates(
    plain: str, folded: str, mentions: tuple[Mention, ...], *, as_of: date
) -> tuple[Candidate, ...]:
    """Every value in the text, at most one per place; a shape beats a mere position."""
    taken: list[tuple[int, int]] = []
    found: list[Candidate] = []
    for field, start, end in _places(plain, folded, mentions):
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        guide = guide_of(mentions, folded, start, end)
        if field in _NEEDS_GUIDE and guide is not field:
            continue
        if field in _NAMES and _is_no_name(folded[start:end]):
            continue
        value = _normal(field, plain[start:end], as_of)
        if field is Field.BIRTH_DATE and guide is not field and value is None:
            continue  # some other day: an exam, a payment
        taken.append((start, end))
        found.append(Candidate(field, start, end, value, guide is field))
    return tuple(sorted(found, key=lambda candidate: candidate.start))


_ENDS = re.compile(r"[\n。!?;]|\. ")
_ENDS_CLAUSE = re.compile(r"[\n。!?;,]|\. ")
_CHOSEN = frozenset({Field.DEPARTMENT, Field.EXAM, Field.EXAM_AREA, Field.SUBJECTS, Field.SEX})
_NAMES = frozenset({Field.NAME_ZH, Field.NAME_EN})
# 「名字對 生日也對」, "put CONFIRMED, PAID"
_NO_NAME = re.compile(
    r"的|對$|^對|^[換改刪]掉?|(?<![a-z])(?:confirmed|paid|done|approved)(?![a-z])"
)
_NEEDS_GUIDE = frozenset({Field.SEX, Field.RETAKE, Field.SUBJECTS, Field.NAME_ZH, *RETAKE_PART})


def _is_no_name(folded: str) -> bool:
    chinese = any(mention.field is not Field.NAME_ZH for mention in find_mentions(folded))
    return bool(_NO_NAME.search(folded)) or (chinese and not folded.isascii())


def _normal(field: Field, text: str, as_of: date) -> str | None:
    if field is Field.EXAM_AREA and text.lower() in _ENGLISH_AREAS:
        return _ENGLISH_AREAS[text.lower()]
    value = normalise(field, traditional(text) if field in _CHOSEN else text, as_of=as_of)
    return None if isinstance(value, Problem) else value


def guide_of(mentions: tuple[Mention, ...], folded: str, start: int, end: int) -> Field | None:
    """The field named before this place in the same sentence, else after it in the same clause."""
    before = [m for m in mentions if m.end <= start]
    if before and not _ENDS.search(folded[before[-1].end : start]):
        return before[-1].field
    line_before = folded[before[-1].end : start] if before else ""
    if before and re.fullmatch(r"\s*[:→>-]?\s*\n?\s*[^\n]{0,12}", line_before):
        return before[-1].field  # 手機:⏎0912…
    after = next((m for m in mentions if m.start >= end), None)
    if after and not _ENDS_CLAUSE.search(folded[end : after.start]):
        return after.field
    return None


def _places(
    plain: str, folded: str, mentions: tuple[Mention, ...]
) -> Iterator[tuple[Field, int, int]]:
    for field, shape in _SHAPES:
        yield from ((field, *found.span()) for found in shape.finditer(folded))
    yield from ((Field.NAME_EN, *found.span()) for found in _NAME_EN.finditer(plain))
    named = {mention.field for mention in mentions}
    for field, shape in _GUIDED:
        if field not in named:
            continue
        for found in shape.finditer(folded):
            if guide_of(mentions, folded, *found.span()) is field:
                yield from _guided_place(field, found, folded)
    if Field.NAME_ZH in named:
        yield from ((Field.NAME_ZH, *found.span("name")) for found in _NAME_ZH.finditer(plain))


def _guided_place(
    field: Field, found: re.Match[str], folded: str
) -> Iterator[tuple[Field, int, int]]:
    """The place itself; for a Latin name only the run of words that are not plain English."""
    if field is not Field.NAME_EN:
        yield field, *found.span()
        return
    run: list[tuple[int, int]] = []
    for word in re.finditer(r"[a-z'’.-]+", found[0]):
        if word[0].strip(".-") in _ENGLISH_WORDS:
            if run:
                yield field, run[0][0], run[-1][1]
            run = []
        else:
            run.append((found.start() + word.start(), found.start() + word.end()))
    if run and folded[run[0][0] : run[-1][1]].strip():
        yield field, run[0][0], run[-1][1]
