"""What a registration that comes in means for those that are there: the same by mail and by form.

One person registers once in a round. Who registers again corrects: the later counts, both are
kept, and the student confirms the differences. Whose registration it is tell student number,
identity number and address; where they part ways, a person decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mailflow.campaign import Campaign, NoFee
from mailflow.campaign.round import TAIPEI
from mailflow.person import (
    NEEDS_PERSON,
    RETAKE_PART,
    Field,
    Problem,
    Registration,
    check,
    retake_doubts,
    without_postcode,
)
from mailflow.person.fields import normalise
from mailflow.store import aftercare, cases, lookup
from mailflow.store.cases import CaseView
from mailflow.store.database import Transaction

FORM_AND_MAIL_DISAGREE = "form_and_mail_disagree"
_MINGUO = 1911
AREA_NOT_OFFERED = "exam_area_not_offered"
ADDRESS_CHANGES = "change_of_address_needs_staff"


@dataclass(frozen=True, slots=True)
class Owner:
    """The case that a registration is about, None for a new one. `doubts` keep it before staff."""

    case: CaseView | None
    doubts: tuple[str, ...] = ()


def one_at_a_time(tx: Transaction, *registrations: Registration) -> None:
    """Nobody else takes in any of these people until the transaction ends.

    All locks are taken in one order, so whoever holds one never waits for another taker-in.
    """
    wanted = {f"student {data[Field.STUDENT_NO].upper()}" for data in registrations}
    for kind in (Field.NATIONAL_ID, Field.EMAIL):
        told = {data[kind].casefold() for data in registrations if data[kind]}
        wanted |= {f"{kind} {tx.blind(kind, value).hex()}" for value in told}
    for lock in sorted(wanted):
        tx.one_at_a_time(lock)


def owner_of(tx: Transaction, data: Registration, *, campaign: str) -> Owner:
    """Whose registration this is.

    The same student number is the same person if identity number or address fit as well: one of
    the two may have been mistyped. Without it, both must fit: then the number was mistyped.
    """
    number = data[Field.STUDENT_NO]
    same = _loaded(tx, lookup.by_student(tx, number, campaign=campaign)) if number else []
    if len(same) > 1:
        return Owner(same[0], ("student_number_of_several_cases",))
    if same:
        theirs = _is_theirs(tx, same[0], data)
        return Owner(same[0], () if theirs else ("student_number_of_another_person",))
    twins = lookup.by_identity(tx, data[Field.NATIONAL_ID], campaign=campaign)
    twins = twins if data[Field.NATIONAL_ID] else []
    neighbours = lookup.by_address(tx, data[Field.EMAIL], campaign=campaign)
    neighbours = neighbours if data[Field.EMAIL] else []
    both = set(twins) & set(neighbours)
    if len(both) == 1:
        return Owner(cases.load(tx, both.pop()))
    doubts = ("address_registered_twice",) if neighbours else ()
    return Owner(None, (*doubts, *(("identity_registered_twice",) if twins else ())))


def _loaded(tx: Transaction, ids: list[str]) -> list[CaseView]:
    return [cases.load(tx, case_id) for case_id in ids]


def _is_theirs(tx: Transaction, case: CaseView, data: Registration) -> bool:
    """By the data in force, or by the first: the form may not know of a correction."""
    return same_person(case.data, data) or same_person(cases.data_of_version(tx, case.id, 1), data)


def same_person(one: Registration, other: Registration) -> bool:
    """The same national ID or the same address."""
    return any(
        one[name] and one[name].casefold() == other[name].casefold()
        for name in (Field.NATIONAL_ID, Field.EMAIL)
    )


def read_texts(texts: Mapping[Field, str], *, as_of: datetime) -> Registration:
    """Normal forms where there are any; what has none stays as written."""
    values: dict[Field, str] = {}
    for name, text in texts.items():
        value = normalise(name, text, as_of=as_of.date())
        values[name] = text.strip() if isinstance(value, Problem) else value
    return Registration(values)


def misfit(data: Registration, campaign: Campaign) -> str:
    """Why exam and subjects are none of the ways to register in this round; '' when they are."""
    told = campaign.quote(data[Field.EXAM], data[Field.SUBJECTS], retake=data.retakes)
    return told if told in (NoFee.EXAM, NoFee.SUBJECTS) else ""


def misplaced(data: Registration, campaign: Campaign) -> bool:
    """Whether the exam is not held in that area this round."""
    exam, area = campaign.exam(data[Field.EXAM]), data[Field.EXAM_AREA]
    return exam is not None and area != "" and area not in campaign.areas_of(exam)


def doubts_about(data: Registration, campaign: Campaign, *, as_of: datetime) -> tuple[str, ...]:
    """What keeps these data from being confirmed, whoever sent them; `invalid:<field>` first."""
    invalid = tuple(f"invalid:{problem.field}" for problem in check(data, as_of=as_of.date()))
    fits = misfit(data, campaign)
    away = (AREA_NOT_OFFERED,) if misplaced(data, campaign) else ()
    return (*invalid, *((fits,) if fits else ()), *away, *_retake(data, campaign))


KEPT_PART_MISSING = frozenset(f"invalid:{name}" for name in RETAKE_PART)


def with_own_results(tx: Transaction, data: Registration, campaign: Campaign) -> Registration:
    """A retake whose form does not ask for the kept subject, with that part from our results.

    Only where they leave no question: the same identity number, one kept subject of this very
    exam, another one than is retaken, and good for the day of the exam. Else unchanged. What
    the student wrote is never overruled.
    """
    exam = campaign.exam(data[Field.EXAM])
    if not data.retakes or exam is None or any(data[name] for name in RETAKE_PART):
        return data
    person_id = cases.known_person(tx, data[Field.NATIONAL_ID])
    if person_id is None:
        return data
    kept = aftercare.kept_before(tx, person_id, exam=exam.name, besides="")
    day = max(exam.held_on, default=campaign.pay_until.astimezone(TAIPEI).date())
    if len(kept) != 1 or kept[0].until < day or kept[0].subject == data[Field.SUBJECTS]:
        return data
    year = str(kept[0].exam_on.year - _MINGUO)
    return data.with_changes({Field.KEPT_SUBJECT: kept[0].subject, Field.KEPT_YEAR: year})


def _retake(data: Registration, campaign: Campaign) -> tuple[str, ...]:
    exam = campaign.exam(data[Field.EXAM])
    passing = (exam.pass_rules if exam else None) or campaign.pass_rules
    doubts = retake_doubts(
        data,
        exam_year=int(campaign.id.partition("-")[0]),
        years=passing.keep_years,
        to_year_end=passing.keep_until == "year",
    )
    # It may have been kept from an exam that this one follows: staff know which.
    if exam and data.retakes and data[Field.KEPT_SUBJECT]:
        known = exam.chosen(data[Field.KEPT_SUBJECT])
        return doubts if known else (*doubts, "kept_subject_of_another_exam")
    return doubts


@dataclass(frozen=True, slots=True)
class Again:
    """What registering again changes, and why a person must look at it first (if at all)."""

    changes: dict[Field, str] = field(default_factory=dict, repr=False)
    reasons: tuple[str, ...] = ()


def form_again(
    case: CaseView, data: Registration, before: Registration | None, *, doubts: tuple[str, ...]
) -> Again:
    """An answer of the form that changed since it said `before` (None: it was silent).

    Only what changed in the form counts, so it takes back no correction by mail; what was
    changed here as well, and otherwise, goes before staff.
    """
    edited = [f for f in Field if before is None or _is_edited(f, before[f], data[f])]
    changes = {f: data[f] for f in edited if case.data[f] != data[f]}
    if not changes:
        return Again()
    disagree = before is not None and any(case.data[f] != before[f] for f in changes)
    reasons = (*doubts, *((FORM_AND_MAIL_DISAGREE,) if disagree else ()))
    return Again(changes, (*reasons, *((ADDRESS_CHANGES,) if Field.EMAIL in changes else ())))


def _is_edited(name: Field, before: str, now: str) -> bool:
    """A postcode alone is no correction: answers taken in earlier were kept without theirs."""
    if name is Field.ADDRESS and before == without_postcode(now):
        return False
    return before != now


def mail_again(case: CaseView, data: Registration, *, doubts: tuple[str, ...]) -> Again:
    """A second whole form by mail; anybody may write under a registered address, so what makes
    another person or another exam of it goes before staff."""
    changes = {f: data[f] for f in Field if data[f] and case.data[f] != data[f]}
    if not changes:
        return Again()
    reasons = doubts
    if Field.EMAIL in changes:
        reasons = (*reasons, ADDRESS_CHANGES)
    if NEEDS_PERSON & set(changes):
        reasons = (*reasons, "field_needs_person")
    return Again(changes, reasons)
