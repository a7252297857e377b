"""The demo plays the whole job; asserted student by student."""

import shutil
from pathlib import Path

import pytest

from mailflow.demo.office import SandboxOffice
from mailflow.demo.people import CAST
from mailflow.demo.pictures import draws_chinese
from mailflow.demo.play import Ending, Play
from mailflow.workflow import State

EXPECTED = {
    "anne": State.COMPLETE,
    "bart": State.COMPLETE,
    "cris": State.BILLED,
    "dirk": State.ASKED,
    "eva": State.COMPLETE,
    "fang": State.COMPLETE,
    "gela": State.ABANDONED,
    "hugo": State.COMPLETE,
    "iris": State.COMPLETE,
    "jack": State.COMPLETE,
    "kate": State.ASKED,
    "leon": State.COMPLETE,
}


@pytest.fixture(scope="module")
def endings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ending]:
    if shutil.which("tesseract") is None or not draws_chinese():
        pytest.skip("needs tesseract and a CJK font: without them proofs go to staff")
    office = SandboxOffice(Path(tmp_path_factory.mktemp("demo")))
    office.open()
    try:
        played = Play(office, lambda *_: None).perform()
    finally:
        office.close()
    return {ending.student.role: ending for ending in played}


@pytest.mark.parametrize("student", CAST, ids=lambda student: student.role)
def test_each_sample_student_ends_where_the_story_says(endings, student):
    ending = endings[student.role]
    assert ending.state == EXPECTED[student.role], ending.waiting
    assert ending.alone == student.alone, ending.waiting


def test_at_least_half_of_the_students_need_no_person(endings):
    assert sum(ending.alone for ending in endings.values()) >= 6
