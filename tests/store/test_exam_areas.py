"""考區: an exam that is not held everywhere is not registered for just anywhere."""

from dataclasses import replace

import pytest
from store.round import Round

from mailflow.person import Field
from mailflow.store import cases
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.database import Store
from mailflow.store.registering import AREA_NOT_OFFERED, doubts_about
from mailflow.workflow import Event, Hold, Step


@pytest.fixture
def going(store: Store, rules: Rules) -> Round:
    """The round's exams are held in 臺北 and 高雄 alone."""
    exams = tuple(
        exam.model_copy(update={"exam_areas": ("臺北", "高雄")}) for exam in rules.campaign.exams
    )
    campaign = rules.campaign.model_copy(update={"exams": exams})
    return Round(store, replace(rules, campaign=campaign))


def corrects(going: Round, case: CaseView, area: str, *, source: str) -> Step | Hold:
    cause = Cause("m", source=source, changes={Field.EXAM_AREA: area})
    with going.store.write() as tx:
        work = Casework(tx, going.rules, now=going.now)
        return work.happen(cases.load(tx, case.id), Event.CORRECT, cause=cause)


def test_who_registers_for_an_area_without_that_exam_is_put_before_staff(going: Round):
    data = going.asked().data.with_changes({Field.EXAM_AREA: "臺中"})
    campaign = going.rules.campaign
    assert AREA_NOT_OFFERED in doubts_about(data, campaign, as_of=going.now)
    offered = data.with_changes({Field.EXAM_AREA: "高雄"})
    assert AREA_NOT_OFFERED not in doubts_about(offered, campaign, as_of=going.now)


def test_a_mail_moves_nobody_to_an_area_without_that_exam(going: Round):
    assert corrects(going, going.asked(), "臺中", source="mail") == Hold(AREA_NOT_OFFERED)


def test_staff_may_and_an_area_that_is_offered_is_taken(going: Round):
    case = going.asked()
    assert isinstance(corrects(going, case, "高雄", source="mail"), Step)
    assert isinstance(corrects(going, case, "臺中", source="staff"), Step)
