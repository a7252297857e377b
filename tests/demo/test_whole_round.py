"""A whole round is rehearsed, from its opening to the last refund; asserted sort by sort."""

import re
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from mailflow.aftercare import AftercareState, RefundState
from mailflow.campaign import TAIPEI, load_campaign
from mailflow.demo.account import Account, account_of
from mailflow.demo.habits import Asking, Handing, Marks
from mailflow.demo.office import SandboxOffice
from mailflow.demo.people import Student
from mailflow.demo.performance import SETTINGS, ways_to_register
from mailflow.demo.pictures import draws_chinese
from mailflow.demo.rehearsal import Rehearsal
from mailflow.demo.rehearsed import SORTS, Person
from mailflow.store import aftercare, cases, refunds
from mailflow.store.tables import Case
from mailflow.workflow import State

pytestmark = pytest.mark.slow

ROUND = Path(__file__).parents[2] / "campaigns" / "114-2.toml"
BANK = """\
[slip]
method = "made"
[slip.bank]
code = "822"
name = "中國信託"
rule = "ctbc"
corp_code = "99999"
"""
POST, SCHOOL = "AI應用規劃師 初級", "資訊安全工程師 初級"
A, R, S = AftercareState, RefundState, State

# Sort of people, their exam, what else they do; and how they end.
FATES: dict[str, tuple[str, dict[str, object], tuple[str, str, str]]] = {
    "anne": (POST, {}, (S.COMPLETE, A.POSTED, R.REFUNDED)),
    "fang": (SCHOOL, {}, (S.COMPLETE, A.COLLECTED, R.REFUNDED)),
    "bart": (SCHOOL, {"asking": Asking.EARLY}, (S.COMPLETE, A.COLLECTED, R.REFUNDED)),
    "quick": (POST, {"asking": Asking.LATE}, (S.COMPLETE, A.POSTED, R.VOID)),
    "cris": (POST, {"asking": Asking.WRONG_PICTURE}, (S.COMPLETE, A.POSTED, R.REFUNDED)),
    "olaf": (POST, {"asking": Asking.PARENTS_ACCOUNT}, (S.COMPLETE, A.POSTED, R.REFUNDED)),
    "dora": (POST, {"asking": Asking.CLOSED_ACCOUNT}, (S.COMPLETE, A.POSTED, R.REFUNDED)),
    "twice": (POST, {"asking": Asking.NO_ACCOUNT}, (S.COMPLETE, A.POSTED, R.REFUSED)),
    "leon": (
        POST,
        {"asking": Asking.NEVER, "handing": Handing.LANGUAGE},
        (S.COMPLETE, A.POSTED, R.VOID),
    ),
    "hugo": (
        POST,
        {"marks": Marks.KEEPS, "handing": Handing.CERTIFICATE},
        (S.COMPLETE, A.KEPT, R.UNINVITED),
    ),
    "jack": (POST, {"marks": Marks.ABSENT}, (S.COMPLETE, A.FAILED, R.UNINVITED)),
    "omar": (POST, {"marks": Marks.FAILS}, (S.COMPLETE, A.FAILED, R.UNINVITED)),
    "nils": (POST, {}, (S.ABANDONED, A.AWAITED, R.UNINVITED)),
    "gela": (POST, {}, (S.ABANDONED, A.AWAITED, R.UNINVITED)),
    "dirk": (POST, {}, (S.ABANDONED, A.AWAITED, R.UNINVITED)),
    "kate": (POST, {}, (S.WITHDRAWN, A.AWAITED, R.UNINVITED)),
}


def people() -> list[Person]:
    ways = {name: (name, subjects, fee) for name, subjects, fee in ways_to_register(_campaign())}
    sorts = {sort.role: sort for sort in SORTS}
    names = "安柏晨達恩芳光涵佳凱琳明寧品青仁"
    return [
        Person(
            Student(f"林{names[at]}", role, at + 1, *ways[exam], alone=False, story=""),
            sorts[role],
            timedelta(days=2 + at / 2),
            **more,  # type: ignore[arg-type]
        )
        for at, (role, (exam, more, _)) in enumerate(FATES.items())
    ]


def _campaign():
    return load_campaign(ROUND)


def _text(method: str) -> str:
    text = ROUND.read_text("utf-8")
    if method == "made":
        text = re.sub(r"^\[slip\]\nmethod = .*\n", BANK, text, flags=re.MULTILINE)
        assert BANK in text
    return text


@pytest.fixture(scope="module", params=["import_columns", "made"])
def played(request, tmp_path_factory) -> Iterator[tuple[Rehearsal, Account]]:
    if shutil.which("tesseract") is None or not draws_chinese():
        pytest.skip("needs tesseract and a CJK font: without them proofs go to staff")
    cast = people()
    office = SandboxOffice(
        Path(tmp_path_factory.mktemp("round")),
        cast=[person.student for person in cast],
        campaign=_text(request.param),
        settings=SETTINGS,
        begins=datetime(2025, 9, 1, 9, tzinfo=TAIPEI),
    )
    office.open()
    try:
        rehearsal = Rehearsal(office, cast, lambda *_: None, seed=1)
        rehearsal.perform()
        yield rehearsal, account_of(rehearsal)
    finally:
        office.close()


def _ends(rehearsal: Rehearsal) -> dict[str, tuple[str, str, str]]:
    roles = {person.student.address: person.sort.role for person in rehearsal.people}
    with rehearsal.office.store.read() as tx:
        found = [cases.load(tx, case_id) for case_id in tx.session.exec(select(Case.id)).all()]
        return {
            roles[case.address]: (
                case.state,
                aftercare.load(tx, case.id).state,
                refunds.load(tx, case.id).state,
            )
            for case in found
        }


def test_every_sort_of_people_ends_where_its_story_says(played):
    rehearsal, _ = played
    assert _ends(rehearsal) == {role: ends for role, (_, _, ends) in FATES.items()}


def test_nobody_is_left_over_nothing_is_said_twice_and_no_promise_is_missed(played):
    _, account = played
    assert (account.unfinished, account.said_twice, account.missed) == ((), (), ())
    assert account.waiting == {}
    assert account.is_good


def test_everybody_who_is_registered_has_paid_by_the_banks_word(played):
    _, account = played
    assert account.settled == account.funnel["complete"]


def test_staff_could_decide_whatever_was_put_before_them(played):
    _, account = played
    assert [asked for asked in account.staff if asked.endswith("stuck")] == []
    assert account.staff["claimed_but_no_money: reject"] == 1
    assert account.staff["account_in_another_name: confirm"] == 1
