"""The catalogue that comes with the program, and the round of 114 that was written from it."""

from datetime import date

import pytest
from campaign.rounds import SAMPLE, sample

from mailflow.campaign import Kind
from mailflow.campaign.catalogue import blocks, load_catalogue
from mailflow.campaign.lint import lint

CATALOGUE = load_catalogue()


def test_the_catalogue_names_its_source_and_its_day():
    assert CATALOGUE.as_of == date(2026, 10, 1)
    assert "ipas-study" in CATALOGUE.source
    assert len({exam.code for exam in CATALOGUE.exams if not exam.stopped_on}) == 17
    assert {exam.code for exam in CATALOGUE.exams if exam.stopped_on} == {"IOTA", "M2M", "IOTS"}


@pytest.mark.parametrize("exam", CATALOGUE.exams, ids=lambda exam: exam.key)
def test_every_exam_can_be_chosen_and_every_successor_is_there(exam):
    assert exam.ways()
    assert CATALOGUE.find(exam.key) is exam
    if exam.successor:
        assert CATALOGUE.find(exam.successor)
    (block,) = [block for block in blocks(exam.key) if f'name = "{exam.name}"' in block]
    assert all(subject.name in block for subject in exam.subjects)


def test_successors_of_exams_that_stopped_long_ago_are_there_too():
    assert {exam.code for exam in CATALOGUE.stopped} == {"BDA", "ML", "MAP", "MAD", "MGP"}
    for exam in CATALOGUE.stopped:
        assert not exam.successor or CATALOGUE.find(exam.successor)


def test_mixed_subjects_are_the_five_whose_price_nobody_announced():
    mixed = {
        (exam.key, number)
        for exam in CATALOGUE.exams
        for number, subject in enumerate(exam.subjects, start=1)
        if subject.kind is Kind.MIXED
    }
    assert mixed == {
        ("ANT 初級", 2), ("PCB 初級", 3), ("MDMT 初級", 2), ("SPE 初級", 3), ("EVM 中級", 3),
    }  # fmt: skip


def test_the_round_of_114_offers_what_was_there_and_as_the_catalogue_has_it():
    """All of 115 but the new AIoT, and the three that it replaced."""
    offered = {exam.code for exam in sample().exams}
    active = {exam.code for exam in CATALOGUE.exams if not exam.stopped_on}
    assert offered == (active - {"AIOT"}) | {"IOTA", "M2M", "IOTS"}
    findings = lint(sample(), SAMPLE.read_text(encoding="utf-8"))
    assert not [finding for finding in findings if "catalogue" in finding.text]
