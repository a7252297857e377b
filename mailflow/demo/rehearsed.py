"""The students of a rehearsal: what sort of people they are, and when they get round to things."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from mailflow.demo.habits import Asking, Handing, Marks
from mailflow.demo.people import Student

_Fate = TypeVar("_Fate", Marks, Asking, Handing)


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of people: the behaviour (`demo.students`), how many in a thousand, and how long they
    take for an answer, in hours."""

    role: str
    share: int
    story: str
    hours: tuple[float, float] = (0.2, 30)


SORTS = (
    Sort("anne", 390, "確認資料，轉帳繳費"),
    Sort("quick", 100, "收到信馬上處理", hours=(0.02, 0.5)),
    Sort("fang", 140, "到超商繳費"),
    Sort("bart", 70, "兩次更正資料，再確認、繳費"),
    Sort("omar", 60, "繳了費，忘了寄證明"),
    Sort("late", 60, "拖到最後一天", hours=(60, 110)),
    Sort("gela", 25, "只回「收到」，之後沒有下文"),
    Sort("silent", 20, "完全沒有回信"),
    Sort("eva", 20, "請假中，自動回覆"),
    Sort("jack", 20, "先寄預約轉帳，再寄轉帳結果"),
    Sort("cris", 15, "少轉了錢，通知後補足"),
    Sort("olaf", 12, "過了期限隔天才繳費"),
    Sort("nils", 10, "寄了證明，銀行卻沒有這筆錢"),
    Sort("dora", 8, "繳了兩次"),
    Sort("twice", 15, "同一封信寄兩次"),
    Sort("leon", 12, "問了一個問題，照常繳費"),
    Sort("hugo", 8, "從別的信箱按確認"),
    Sort("dirk", 8, "信箱不存在，信被退回"),
    Sort("kate", 7, "按了確認又說要退出"),
)

# How many in a thousand; about what an office sees.
_MARKS = {Marks.PASSES: 650, Marks.KEEPS: 150, Marks.FAILS: 140, Marks.ABSENT: 60}
_ASKING = {
    Asking.IN_TIME: 740,
    Asking.NEVER: 80,
    Asking.EARLY: 40,
    Asking.LATE: 40,
    Asking.WRONG_PICTURE: 40,
    Asking.PARENTS_ACCOUNT: 30,
    Asking.NO_ACCOUNT: 20,
    Asking.CLOSED_ACCOUNT: 10,
}
_HANDING = {Handing.NOTHING: 900, Handing.CERTIFICATE: 80, Handing.LANGUAGE: 20}


@dataclass(frozen=True, slots=True)
class Person:
    """One student of a rehearsal. `registers_after` counts from the opening of the round."""

    student: Student
    sort: Sort
    registers_after: timedelta
    marks: Marks = Marks.PASSES
    asking: Asking = Asking.IN_TIME
    handing: Handing = Handing.NOTHING


def make_people(
    count: int, exams: Sequence[tuple[str, str, int]], *, window: timedelta, seed: int
) -> list[Person]:
    """So many invented students over the exams (name, subjects, fee) of a round.

    Most register in the last days before the window closes, as people do. Equal seeds give equal
    people.
    """
    chance = random.Random(seed)
    sorts = chance.choices(SORTS, [sort.share for sort in SORTS], k=count)
    people = []
    for number, sort in enumerate(sorts, start=1):
        student = Student(
            _name(chance), sort.role, number, *chance.choice(exams), alone=False, story=sort.story
        )
        share = min(0.999, chance.betavariate(2.2, 1.1))
        fates = (_one_of(chance, _MARKS), _one_of(chance, _ASKING), _one_of(chance, _HANDING))
        people.append(Person(student, sort, window * share, *fates))
    return people


def _one_of(chance: random.Random, shares: Mapping[_Fate, int]) -> _Fate:
    return chance.choices(list(shares), list(shares.values()))[0]


def _name(chance: random.Random) -> str:
    """An invented name: a family name and two characters."""
    family = chance.choice("陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何羅高")
    given = "".join(chance.sample("安柏晨達恩芳光涵佳凱琳明寧品青仁思庭維欣宜哲雅子", 2))
    return family + given
