"""What is to be changed in the registered data: values found, old told from new, never guessed.

Every value is in normal form and valid; a field that is said to be wrong without a usable value
has None. What was understood is covered in the words.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mailflow.person import LABELS, Change, Field, Problem, normalise
from mailflow.reading import partial
from mailflow.reading.mentions import Mention, find_mentions
from mailflow.reading.old_and_new import (
    cover_between,
    cover_denial,
    either_or,
    is_another,
    is_crossed_out,
    is_old,
    only_given,
    vouched_for,
    whole_names,
)
from mailflow.reading.partial import Completed
from mailflow.reading.phrases import NO_ERRORS, SIGNALS
from mailflow.reading.values import Candidate, find_candidates
from mailflow.reading.words import Words

_OF_OTHERS = re.compile(
    r"(?:備用|備援|次要|另外?一?[支個]|第二[支個]|老闆|房東|代理人|緊急|家長|父親|母親|媽媽?的?|"
    r"爸爸?的?|家裡|家用|市話|住家|公司|室友|同學|朋友|我媽|"
    r"我爸|宿舍)[^。\n]{0,8}$"
)
# 「我是工管系的田育慈」 introduces somebody, 「跟光電系的卜家豪」 somebody else.
_SOMEBODY_OF = re.compile(
    r"(?:系|所|班|學程)?的(?![喔啦啊呀耶唷欸哦了吧(]|才|對|資料|系所|學生|同學(?=$|[,。! ])|$|"
    r"[,。!;\n ])"
)
_BORN = re.compile(r"(?:出?生的?|出世的?)(?=$|[,。! ])")
_EMERGENCY = re.compile(
    r"(?:緊急|emergency)[^。,;\n]{0,12}$|(?:緊急(?:聯絡|連絡|聯繫)?人|emergency contact)"
    r"(?:(?!手機|電話|門號|phone|mobile|我的|本人)[^。;\n]){0,30}$"
)
_AND = re.compile(r" ?(?:跟|和|及|、|與|還有|以及|and|,)? ?")
_VALUELESS = re.compile(
    r"^(?:也|都|想|要|需要?|得|那欄|的?部分|欄位)*(?:改|換|更正|修改|"
    r"變更)(?:一下)?(?=[,。!了 \n]|$)|要查|再(?:查|補|確認|給|告知|說)|不確定|"
    r"第[一二三四五六七八九十0-9]碼|開頭|字母|→|->|=>|⇒|➡|少(?:打|寫|填|了|一)|多(?:打|寫|了|一)|漏"
)
_LEVEL_ONLY = re.compile(r"(?:改|換|報|考)(?:成|為|到|報|考)*(?P<level>[初中高])級")
_ROAD_ONLY = re.compile(
    r"[\u3400-\u9fff]{1,8}(?:路|街|"
    r"大道)(?:[一二三四五六七八九十]段)?(?:[0-9]+巷)?(?:[0-9]+弄)?[0-9]+號"
)
_FULL_STOP = re.compile(r"[\n。!?;]")
_DEPENDS = re.compile(
    r"(?:如果|若是?|假如|要是|倘若)(?!(?:老師|您)?(?:可以?|方便|能|行|有空|還?來得及|還?可以|"
    r"沒問題|不麻煩))[^。\n]{2,30}$|"
    r"(?<![a-z])if (?!possible|you can|it(?:'s| is) (?:ok|possible|not))[^.\n]{4,60}$|"
    r"等[^,。]{1,12}(?:再|才)(?:改|換)|"
    r"(?:退租|停用|停話|到期|搬家|搬好|開通|辦好|換好|之?後|以後|時候)了?(?:再|才)(?:幫我)?(?:改|"
    r"換|更)"
)
# Between a field's name and its value: "English name is: ".
_BESIDE = re.compile(r" ?(?:(?:is|are|should be|是|為|應為|應該是)(?![a-z]))?[ :]{0,3}[「『\"]?")
_SENTENCE_END = re.compile(r"[\n。!?;]|\. ")


@dataclass(frozen=True, slots=True)
class Fixes:
    """`changes` in the order of the form; `doubts` are reasons for a person to look.

    `end`: where the last understood value ends in
    the words, `begin` where the first one ends; 0 without any.
    """

    changes: tuple[Change, ...] = ()
    doubts: tuple[str, ...] = ()
    end: int = 0
    begin: int = 0


def find_fixes(
    words: Words,
    registered: Mapping[Field, str],
    *,
    answers: tuple[tuple[str, str], ...] = (),
    as_of: date,
) -> Fixes:
    """All corrections in the words and in the answers between quoted lines."""
    finder = _Finder(words, registered, as_of)
    finder.read_text()
    for quoted, answer in answers:
        finder.read_answer(quoted, answer)
    return finder.result()


class _Finder:
    """Collects what each field shall become; one pass per text."""

    def __init__(self, words: Words, registered: Mapping[Field, str], as_of: date) -> None:
        self._words = words
        self._registered = registered
        self._as_of = as_of
        self._new: dict[Field, str | None] = {}
        self._old: dict[Field, str] = {}
        self._doubts: list[str] = []
        self._restated: set[Field] = set()
        self._others: set[Field] = set()  # values beside no wish; answers may explain them
        self._end = 0
        self._begin = 0

    def result(self) -> Fixes:
        changes = tuple(
            Change(f, self._old.get(f) or self._registered.get(f), self._new[f])
            for f in Field
            if f in self._new
        )
        if self._others - self._new.keys():
            self._doubts.append("other_value")
        doubts = tuple(dict.fromkeys(self._doubts))
        return Fixes(changes, doubts, self._end, self._begin)

    def _cover_value(self, value: Candidate, words: Words) -> None:
        words.cover(value.start, value.end)
        if words is self._words:
            self._end = max(self._end, value.end)
            self._begin = min(self._begin or value.end, value.end)

    def read_text(self) -> None:
        words = self._words
        mentions = find_mentions(words.folded)
        candidates = self._own_candidates(words, mentions)
        asks_change = says_change(words.folded)
        for field in Field:
            mine = [c for c in candidates if c.field is field]
            if mine and self._asserted(mine, mentions, asks_change=asks_change):
                self._resolve(field, mine, words)
            elif any(c.value != self._registered.get(field) for c in mine):
                self._others.add(field)
        self._from_parts(words, mentions, asks_change=asks_change)
        for mention in mentions:
            if self._new.get(mention.field) or mention.field in self._restated:
                words.cover(mention.start, mention.end)

    def read_answer(self, quoted: str, answer: str) -> None:
        """A line written below a quoted field is about that field."""
        named = find_mentions(Words(quoted).folded)
        if not named or find_mentions(Words(answer).folded):
            return
        field = named[0].field
        line = Words(f"{LABELS[field]}: {answer}")
        mentions = tuple(m for m in find_mentions(line.folded) if m.field is field)[:1]
        mine = [c for c in self._own_candidates(line, mentions) if c.field is field]
        if mine:
            self._new.pop(field, None)
            self._resolve(field, mine, line)
            if self._new.get(field):
                place = self._words.plain.find(Words(answer).plain)
                self._words.cover(max(place, 0), place + len(Words(answer).plain))

    def _own_candidates(self, words: Words, mentions: tuple[Mention, ...]) -> list[Candidate]:
        found = find_candidates(words.plain, words.folded, mentions, as_of=self._as_of)
        return [
            self._with_comma(candidate, words)
            for candidate in found
            if not _EMERGENCY.search(words.folded, max(0, candidate.start - 48), candidate.start)
            and not (
                candidate.field is Field.DEPARTMENT
                and _SOMEBODY_OF.match(words.folded, candidate.end)
            )
            and (
                candidate.guided
                or not _OF_OTHERS.search(
                    words.folded, max(0, candidate.start - 16), candidate.start
                )
            )
        ]

    def _with_comma(self, candidate: Candidate, words: Words) -> Candidate:
        """LIN ANNI with the registered surname LIN → LIN, ANNI."""
        if candidate.field is not Field.NAME_EN or candidate.value:
            return candidate
        surname = self._registered.get(Field.NAME_EN, "").partition(",")[0]
        name = " ".join(words.plain[candidate.start : candidate.end].upper().split())
        if not surname or not name.startswith(surname + " "):
            return candidate
        value = normalise(Field.NAME_EN, f"{surname}, {name.removeprefix(surname + ' ')}")
        usable = value if isinstance(value, str) else None
        return Candidate(Field.NAME_EN, candidate.start, candidate.end, usable, candidate.guided)

    def _asserted(
        self, mine: list[Candidate], mentions: tuple[Mention, ...], *, asks_change: bool
    ) -> bool:
        """A value counts when a change is asked for, or it stands right beside its field's name."""
        if mine[0].field is Field.EXAM and all(_only_asked(c, self._words.folded) for c in mine):
            return False
        if asks_change:
            return True
        if mine[0].field is Field.BIRTH_DATE and any(
            _BORN.match(self._words.folded, c.end) for c in mine
        ):
            return True
        if len(mine) > 1 and any(is_crossed_out(c, self._words.folded) for c in mine):
            return True
        named = [m for m in mentions if m.field is mine[0].field]
        return any(
            c.start - m.end in range(5)
            or m.start - c.end in range(3)
            or (c.start > m.end and _BESIDE.fullmatch(self._words.folded, m.end, c.start))
            for c in mine
            for m in named
        )

    def _resolve(self, field: Field, mine: list[Candidate], words: Words) -> None:
        """Tell the new value from the old ones; two new ones are as good as none."""
        if any(_is_conditional(candidate, words.folded) for candidate in mine):
            self._new[field] = None
            self._doubts.append("conditional_value")
            return
        registered = self._registered.get(field)
        old = [c for i, c in enumerate(mine) if is_old(c, mine[i + 1 :], words.folded)]
        rest = [c for c in whole_names(mine) if c not in old]
        fresh = [c for c in rest if c.value is None or c.value != registered]
        values = {c.value for c in fresh}
        if not fresh and not old:
            self._restated.add(field)
        elif len(values) == 1 and fresh[0].value and not only_given(field, fresh[0], registered):
            self._new[field] = fresh[0].value
        elif fresh or old:
            self._new[field] = None
            self._doubts.append("ambiguous_value" if len(values) > 1 else "unusable_value")
        stated = next((c.value for c in old if c.value), None)
        if stated:
            self._old[field] = stated
        if self._new.get(field) or field in self._restated:
            for candidate in (*rest, *old):
                self._cover_value(candidate, words)
            for candidate in old:
                cover_denial(candidate, words)
            if len(old) == len(fresh) == 1:
                cover_between([*old, *fresh], words)
        either_or(rest, words, self._doubts)
        if values and any(is_another(c, registered) for c in old):
            self._doubts.append("old_value_differs")
        if fresh and any(
            vouched_for(c, words.folded)
            for c in rest
            if c.value == registered and c.start > fresh[0].start
        ):
            self._doubts.append("ambiguous_value")

    def _from_parts(
        self, words: Words, mentions: tuple[Mention, ...], *, asks_change: bool
    ) -> None:
        """Fields named without a whole value: complete a part, or note that it is wrong."""
        if not asks_change:
            return
        if (
            Field.EXAM not in self._new
            and (level := _LEVEL_ONLY.search(words.folded))
            and (exam := self._registered.get(Field.EXAM))
            and not exam.endswith(f"{level['level']}級")
        ):
            self._partly(Field.EXAM, Completed(f"{exam[:-2]}{level['level']}級", certain=False))
        for i, mention in enumerate(mentions):
            field = mention.field
            if field in self._new or field in self._restated:
                continue
            start, segment = _segment(words.folded, mentions, i)
            completed = self._completed(field, segment, words)
            if completed:
                self._partly(field, completed)
                for place in completed.places:
                    part = Candidate(field, start + place[0], start + place[1], None, guided=True)
                    self._cover_value(part, words)
                    cover_denial(part, words)
            elif _says_wrong(_sentence_around(words.folded, mention)) or _VALUELESS.search(segment):
                self._new[field] = None
                self._doubts.append("unusable_value")

    def _partly(self, field: Field, completed: Completed) -> None:
        read = normalise(field, completed.value, as_of=self._as_of)
        self._new[field] = None if isinstance(read, Problem) else read
        if isinstance(read, Problem):
            self._doubts.append("unusable_value")
        elif not completed.certain:
            self._doubts.append("partial_value")

    def _completed(self, field: Field, segment: str, words: Words) -> Completed | None:
        registered = self._registered.get(field, "")
        if field in partial.fields_with_tails():
            return partial.complete_tail(segment, registered)
        if field is Field.ADDRESS:
            roads = [r[0] for r in _ROAD_ONLY.finditer(segment) if r[0] not in registered]
            area = re.match(r".{2,3}[縣市].{1,3}?[區鄉鎮市]", registered)
            if len(roads) == 1 and area:
                start = re.sub(r"^.{0,6}(?:是|為|成|到)", "", roads[0])
                return Completed(area[0] + start, certain=False)
            return partial.complete_address(segment, registered)
        if field is Field.BIRTH_DATE:
            return partial.complete_date(segment, registered)
        if field is Field.NAME_ZH:
            name = partial.replace_character(words.plain, registered)
            return Completed(name, certain=False) if name else None
        return None


def _segment(folded: str, mentions: tuple[Mention, ...], i: int) -> tuple[int, str]:
    """What is said of a field up to the next one; 電話跟地址都要改 says the same of both."""
    while i + 1 < len(mentions) and _AND.fullmatch(folded, mentions[i].end, mentions[i + 1].start):
        i += 1
    stop = mentions[i + 1].start if i + 1 < len(mentions) else len(folded)
    return mentions[i].end, _first_sentence(folded[mentions[i].end : stop])


def says_change(folded: str) -> bool:
    """Does the text say that something is wrong or shall change?"""
    without = NO_ERRORS.sub(" ", folded)
    return any(SIGNALS[name].search(without) for name in ("change", "wrong", "revokes"))


@lru_cache(maxsize=64)
def _says_wrong(folded: str) -> bool:
    return bool(SIGNALS["wrong"].search(NO_ERRORS.sub(" ", folded)))


def _only_asked(candidate: Candidate, folded: str) -> bool:
    """「請問…初級的費用是多少？」 names an exam and changes nothing."""
    start = max(folded.rfind(sign, 0, candidate.start) for sign in "\n。!?;") + 1
    sentence = folded[start : candidate.end] + _first_sentence(folded[candidate.end :])
    follows = folded[start + len(sentence) : start + len(sentence) + 1]
    asks = follows == "?" or SIGNALS["asks"].search(sentence)
    return bool(asks) and not says_change(sentence)


def _is_conditional(candidate: Candidate, folded: str) -> bool:
    """「如果我爸同意的話就改成…」: not yet a wish."""
    sentence = _FULL_STOP.split(folded[max(0, candidate.start - 60) : candidate.start])[-1]
    return bool(_DEPENDS.search(sentence))


def _first_sentence(text: str) -> str:
    end = _SENTENCE_END.search(text)
    return text[: end.start()] if end else text


def _sentence_around(folded: str, mention: Mention) -> str:
    starts = [found.end() for found in _SENTENCE_END.finditer(folded, 0, mention.start)]
    start = starts[-1] if starts else 0
    return folded[start : mention.end] + _first_sentence(folded[mention.end :])
