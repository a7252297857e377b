"""The students of a rehearsal: what sort of people they are, and when they get round to things."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from mailflow.demo.people import Student


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of people: the behaviour (`demo.students`), how many in a thousand, and how long they
    take for an answer, in hours."""

    role: str
    share: int
    story: str
    hours: tuple[float, float] = (0.2, 30)
    days_late: int = 0  # begins so many days after the round opens, at most


SORTS = (
    Sort("anne", 480, "確認資料，轉帳繳費"),
    Sort("quick", 100, "收到信馬上處理", hours=(0.02, 0.5)),
    Sort("fang", 140, "到超商繳費"),
    Sort("bart", 70, "兩次更正資料，再確認、繳費"),
    Sort("late", 60, "拖到最後一天", hours=(60, 110)),
    Sort("gela", 25, "只回「收到」，之後沒有下文"),
    Sort("silent", 20, "完全沒有回信"),
    Sort("eva", 20, "請假中，自動回覆"),
    Sort("jack", 20, "先寄預約轉帳，再寄轉帳結果"),
    Sort("cris", 15, "少轉了錢"),
    Sort("twice", 15, "同一封信寄兩次"),
    Sort("leon", 12, "問了一個問題，照常繳費"),
    Sort("hugo", 8, "從別的信箱按確認"),
    Sort("dirk", 8, "信箱不存在，信被退回"),
    Sort("kate", 7, "按了確認又說要退出"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """One student of a rehearsal. `registers_after` counts from the opening of the round."""

    student: Student
    sort: Sort
    registers_after: timedelta


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
        people.append(Person(student, sort, window * share))
    return people


def _name(chance: random.Random) -> str:
    """An invented name: a family name and two characters."""
    family = chance.choice("陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何羅高")
    given = "".join(chance.sample("安柏晨達恩芳光涵佳凱琳明寧品青仁思庭維欣宜哲雅子", 2))
    return family + given
