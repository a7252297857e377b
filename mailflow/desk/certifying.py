"""Certificates at the office, and the retake for those who kept a subject."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from mailflow import saying
from mailflow.aftercare import (
    EXAM_STEPS,
    AftercareState,
    AfterEvent,
    AfterHold,
    KeptSubject,
    NoOffer,
    Offer,
)
from mailflow.aftercare.retakes import offer
from mailflow.campaign import Delivery
from mailflow.campaign.exams import same_name
from mailflow.campaign.round import TAIPEI
from mailflow.desk.finding import Finder, NotFoundError, Person
from mailflow.desk.trial import changing
from mailflow.desk.verbs import Desk, DeskError
from mailflow.person import Field
from mailflow.store import aftercare, cases, lookup, outbox
from mailflow.store.aftercare import AfterView
from mailflow.store.afterwork import AfterWork, Told
from mailflow.store.cases import CaseView
from mailflow.store.casework import Cause
from mailflow.store.database import Transaction
from mailflow.store.vault import SealError
from mailflow.workflow import Letter


@dataclass(slots=True)
class Done:
    """What a command did, by case number; `skipped` with the reason. `called` are those of them
    whom an earlier letter has called to the office: none is written a second time."""

    done: list[str] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    called: list[str] = field(default_factory=list)


class Tick(StrEnum):
    """What can be noted of a certificate, and taken back."""

    ARRIVED = "arrived"
    POSTED = "posted"
    COLLECTED = "collected"


_BACK = {
    Tick.ARRIVED: (AfterEvent.UNARRIVE, Delivery.SCHOOL),
    Tick.POSTED: (AfterEvent.UNPOST, Delivery.POST),
    Tick.COLLECTED: (AfterEvent.UNCOLLECT, Delivery.SCHOOL),
}


def arrived(
    desk: Desk,
    *,
    exam: str = "",
    people: Iterable[Person] = (),
    on: date | None = None,
    tell_again: bool = False,
    dry_run: bool = False,
) -> Done:
    """Certificates lie at the office: everybody who passed that exam, or the people of a list,
    is asked to collect theirs. `on` is the day of issue. Raises DeskError.

    Whoever was asked before a tick was taken back is asked again only with `tell_again`.
    """
    errand = _Errand(
        AfterEvent.ARRIVE, Delivery.SCHOOL, exam=exam, people=people, on=on, tell_again=tell_again
    )
    return _for_each(desk, errand, dry_run=dry_run)


def posted(
    desk: Desk,
    *,
    exam: str = "",
    people: Iterable[Person] = (),
    on: date | None = None,
    dry_run: bool = False,
) -> Done:
    """The examiner posts the certificates, issued `on` that day: noted, and nobody is written to;
    windows of refunds count from it. Raises DeskError."""
    errand = _Errand(AfterEvent.POST, Delivery.POST, exam=exam, people=people, on=on)
    return _for_each(desk, errand, dry_run=dry_run)


def collected(desk: Desk, people: Iterable[Person], *, dry_run: bool = False) -> Done:
    """These people have collected their certificates. Raises DeskError with every misfit."""
    errand = _Errand(AfterEvent.COLLECT, Delivery.SCHOOL, people=people)
    return _for_each(desk, errand, dry_run=dry_run)


def taken_back(
    desk: Desk,
    tick: Tick,
    *,
    why: str,
    exam: str = "",
    people: Iterable[Person] = (),
    dry_run: bool = False,
) -> Done:
    """A tick was a mistake: the certificate stands where it stood before, its day of issue is
    forgotten with it, windows of refunds stay as they are, and no letter is written; one that
    called to the office and has not left stays here. Raises DeskError with every misfit."""
    if not why.strip():
        raise DeskError(saying.NEEDS_REASON)
    event, delivery = _BACK[tick]
    errand = _Errand(event, delivery, exam=exam, people=people, why=why)
    return _for_each(desk, errand, dry_run=dry_run)


@dataclass(frozen=True, slots=True)
class _Errand:
    """What happens to certificates that are delivered so: of an exam, or of a list of people."""

    event: AfterEvent
    delivery: Delivery
    exam: str = ""
    people: Iterable[Person] = ()
    on: date | None = None
    tell_again: bool = False
    why: str = ""

    @property
    def begins_in(self) -> tuple[AftercareState, ...]:
        """The states that the event leads on from."""
        return tuple(state for state, event in EXAM_STEPS if event is self.event)


def _for_each(desk: Desk, errand: _Errand, *, dry_run: bool) -> Done:
    opens_on, today = desk.rules.campaign.opens_on, desk.today()
    if errand.on and not opens_on <= errand.on <= today:  # windows of refunds count from it
        raise DeskError(f"{errand.on} is not between {opens_on} and today: name the day of issue")
    report = Done()
    with changing(desk.store, dry_run=dry_run) as tx:
        work = AfterWork(tx, desk.rules, now=desk.now())
        for case in _whose(tx, desk, errand):
            held = desk.rules.campaign.exam(case.data[Field.EXAM])
            if held is None or held.delivery is not errand.delivery:
                other = {Delivery.SCHOOL: Delivery.POST, Delivery.POST: Delivery.SCHOOL}
                raise DeskError(f"{case.number}: {_OTHERWISE[other[errand.delivery]]}")
            cause = Cause(actor=desk.actor, why=errand.why or errand.event)
            told = Told(certificate_on=errand.on, tell_again=errand.tell_again)
            called = work.was_called(case)
            done = work.exam(case, errand.event, cause=cause, told=told)
            if isinstance(done, AfterHold):
                report.skipped[case.number] = done.reason
                continue
            report.done.append(case.number)
            is_about_it = errand.event in (AfterEvent.ARRIVE, AfterEvent.UNARRIVE)
            if is_about_it and called and work.was_called(case) and not errand.tell_again:
                report.called.append(case.number)
    return report


_OTHERWISE = {
    Delivery.SCHOOL: saying.NOT_POSTED,
    Delivery.POST: saying.NOT_COLLECTED,
}


def _whose(tx: Transaction, desk: Desk, errand: _Errand) -> list[CaseView]:
    """The people of a list, or all of the exam whom this may happen to."""
    campaign = desk.rules.campaign.id
    if errand.exam:
        exam = desk.rules.campaign.exam(errand.exam)
        if exam is None:
            raise DeskError(f"no exam {errand.exam} in this round: see the campaign file")
        if exam.delivery is not errand.delivery:
            raise DeskError(f"{exam.name}: {_OTHERWISE[exam.delivery]}")
        ids = aftercare.in_states(tx, errand.begins_in, campaign=campaign)
        found = [cases.load(tx, case_id) for case_id in ids]
        return [case for case in found if same_name(case.data[Field.EXAM], errand.exam)]
    finder, problems, named = Finder(tx, campaign=campaign), [], []
    for person in errand.people:
        try:
            named.append(finder.find(person))
        except NotFoundError as error:
            problems.append(f"第 {person.number} 列：{error}")
    if problems:
        raise DeskError("\n".join(problems))
    return named


def offer_retakes(desk: Desk, *, dry_run: bool = False) -> Done:
    """Tell everybody of earlier rounds who keeps a subject that it may be retaken in this one,
    once a round; `skipped` says where there is nothing to offer."""
    report = Done()
    campaign = desk.rules.campaign
    if not _is_open(desk.now(), desk):
        raise DeskError(f"registration for {campaign.id} is not open: nothing can be offered")
    with changing(desk.store, dry_run=dry_run) as tx:
        work = AfterWork(tx, desk.rules, now=desk.now())
        for case_id in aftercare.in_states(tx, (AftercareState.KEPT,)):
            try:
                case = cases.load(tx, case_id)
                sat = aftercare.load(tx, case_id).sat
            except SealError:
                continue
            if case.campaign == campaign.id or sat is None:
                continue
            found = offer(sat.result.kept, campaign)
            reason = found if isinstance(found, NoOffer) else _needless(tx, desk, case, found)
            if reason or isinstance(found, NoOffer):
                report.skipped[case.number] = reason
                continue
            cause = Cause(actor=desk.actor, why="offer", occasion=campaign.id)
            done = work.exam(case, AfterEvent.OFFER, cause=cause, told=Told(offer=found))
            if not isinstance(done, AfterHold):
                report.done.append(case.number)
    return report


def _needless(tx: Transaction, desk: Desk, case: CaseView, found: Offer) -> str:
    """Whoever has registered, has passed since, or was told in this round, needs no letter."""
    round_id = desk.rules.campaign.id
    if _was_offered(tx, case, round_id):
        return "offered_before"
    for case_id in lookup.by_person(tx, case.person_id, campaign=round_id):
        if same_name(cases.load(tx, case_id).data[Field.EXAM], found.exam):
            return "registered_already"
    for view in aftercare.of_person(tx, case.person_id, besides=case.id):
        same = view.sat is not None and same_name(view.sat.exam, case.data[Field.EXAM])
        if same and view.state not in (AftercareState.KEPT, AftercareState.FAILED):
            return "passed_since"
        own = aftercare.load(tx, case.id)
        if same and view.state is AftercareState.KEPT and _is_later(view, own):
            return "kept_again_since"
    return ""


def _was_offered(tx: Transaction, case: CaseView, round_id: str) -> bool:
    """Whether the offer of that round was made to this case."""
    return outbox.said(tx, f"{case.number}/{Letter.RETAKE_OFFER}/v{case.data_version}/{round_id}")


def _is_later(one: AfterView, other: AfterView) -> bool:
    return bool(one.sat and other.sat and one.sat.exam_on > other.sat.exam_on)


def _is_open(now: datetime, desk: Desk) -> bool:
    campaign = desk.rules.campaign
    return campaign.opens_on <= now.astimezone(TAIPEI).date() and now <= campaign.register_until


def kept_list(desk: Desk) -> list[tuple[str, KeptSubject]]:
    """Every kept subject of the round with its last day, by case number."""
    with desk.store.read() as tx:
        ids = aftercare.in_states(tx, (AftercareState.KEPT,), campaign=desk.rules.campaign.id)
        return [
            (lookup.number_of(tx, case_id), one)
            for case_id in ids
            if (sat := aftercare.load(tx, case_id).sat)
            for one in sat.result.kept
        ]
