"""Read a round before it opens: prices, choices, names, dates and texts that do not fit."""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from mailflow.campaign.catalogue import load_catalogue
from mailflow.campaign.clocks import check_clocks
from mailflow.campaign.exams import Exam, Subject, same_name
from mailflow.campaign.fees import Fees
from mailflow.campaign.findings import Finding, error, note, warning
from mailflow.campaign.order import check_order
from mailflow.campaign.round import Campaign
from mailflow.campaign.slip_check import check_slips
from mailflow.campaign.weekdays import misfits, written

CHECK = "check:"  # how a clone marks, in a comment, what a person has to look at
_CALENDAR_KNOWN = range(2025, 2028)  # years in which the library was compared with the government's


def lint(campaign: Campaign, text: str) -> list[Finding]:
    """Everything the file itself tells; `text` is the file as written."""
    found = [*_identity(campaign), *_marked(text), *_weekdays(campaign, text)]
    for exam in campaign.exams:
        found += [*_prices(exam, campaign.fees), *_choices(exam), *_catalogued(exam, campaign)]
    found += [*_days_unknown(campaign), *_courses(campaign), *_links(campaign)]
    found += [*check_slips(campaign), *check_clocks(campaign), *check_order(campaign)]
    return [*found, *_calendar(campaign)]


def _identity(campaign: Campaign) -> Iterator[Finding]:
    year = campaign.id[:3]
    if not campaign.case_prefix.endswith(year):
        yield warning(
            "case_prefix",
            f"{campaign.case_prefix} does not end in {year}, the year of {campaign.id}",
            remedy=f"case numbers of two rounds must differ: end it in {year}",
        )
    named = re.search(r"(?<![0-9])(1[0-9]{2}) ?(?:學?年|-)", campaign.title)
    if named and named[1] != year:
        yield warning(
            "title", f"speaks of {named[1]}, the round is {campaign.id}", remedy="correct the title"
        )
    opens_in = campaign.opens_on.year - 1911
    if opens_in != int(year):
        yield warning(
            "opens_on",
            f"{campaign.opens_on} is in {opens_in}, the round is {campaign.id}",
            remedy="correct the dates or the id",
        )


def _marked(text: str) -> Iterator[Finding]:
    for number, line in enumerate(text.splitlines(), start=1):
        what = line.partition("#")[2].partition(CHECK)[2].strip()
        if what:
            yield warning(
                f"line {number}",
                f"still to be checked: {what}",
                remedy=f"correct it, then take out “{CHECK} …”",
            )


def _weekdays(campaign: Campaign, text: str) -> Iterator[Finding]:
    for wrong in misfits(text, near=campaign.opens_on):
        real = f"that day is {written(wrong.day)}" if wrong.day else "there is no such day"
        yield error(
            f"line {wrong.line}",
            f"{wrong.written}: {real}",
            remedy="correct the date or the weekday",
        )


def _prices(exam: Exam, fees: Fees) -> Iterator[Finding]:
    place = f"exams.{exam.name}"
    if exam.fee is not None:
        if exam.retake_fee is None:
            yield warning(
                f"{place}.retake_fee",
                "no price for a retake: retakers wait for staff",
                remedy="write retake_fee, or leave both fees to the price list",
            )
        return
    for subject in exam.subjects:
        if subject.offered and fees.price(subject) is None:
            yield error(
                f"{place}.subjects.{subject.name}",
                f"no price: {subject.kind} subjects have none in [fees]",
                remedy=f"ask the examiner; write price = … here, or fees.{subject.kind} = …",
            )
    for way in exam.ways():
        if _odd(way, fees, retake=False) or any(_odd((one,), fees, retake=True) for one in way):
            yield error(
                place,
                "the student's share is no whole dollar",
                remedy="correct the prices or fees.share_percent",
            )


def _odd(chosen: tuple[Subject, ...], fees: Fees, *, retake: bool) -> bool:
    return all(map(fees.price, chosen)) and fees.paid(chosen, retake=retake) is None


def _choices(exam: Exam) -> Iterator[Finding]:
    ways = exam.ways()
    if not ways:
        yield error(
            f"exams.{exam.name}.choice",
            f"“{exam.choice.text}” can't be satisfied with the subjects that are offered",
            remedy="correct the rule or what is offered",
        )
        return
    for subject in exam.subjects:
        if subject.offered and not any(subject in way for way in ways):
            yield warning(
                f"exams.{exam.name}.subjects.{subject.name}",
                f"can never be chosen under “{exam.choice.text}”",
                remedy="correct the rule, or set offered = false",
            )


def _catalogued(exam: Exam, campaign: Campaign) -> Iterator[Finding]:
    place = f"exams.{exam.name}"
    catalogue = load_catalogue()
    if exam.stopped_on and exam.stopped_on <= campaign.opens_on:
        yield error(
            f"{place}.stopped_on",
            f"stopped on {exam.stopped_on}, before this round opens",
            remedy=f"take it out; {exam.successor or 'nothing'} goes on in its place",
        )
    if exam.successor and not catalogue.find(exam.successor):
        yield error(
            f"{place}.successor",
            f"{exam.successor} is not in the catalogue",
            remedy="write code and level, such as AIOT 初級",
        )
    if not exam.key:
        return
    known = catalogue.find(exam.key)
    if known is None:
        yield warning(
            f"{place}.code",
            f"{exam.key} is not in the catalogue (as of {catalogue.as_of})",
            remedy="see `mailflow campaign catalogue`",
        )
        return
    ours = {(subject.name, subject.kind) for subject in exam.subjects}
    theirs = {(subject.name, subject.kind) for subject in known.subjects}
    if ours != theirs:
        names = "、".join(sorted(name for name, _ in ours ^ theirs))
        yield note(
            f"{place}.subjects",
            f"differ from the catalogue: {names}",
            remedy="compare with the brochure of this round",
        )


def _days_unknown(campaign: Campaign) -> Iterator[Finding]:
    unknown = [exam.name for exam in campaign.exams if not exam.held_on]
    if unknown:
        yield note(
            "exams.held_on",
            f"{len(unknown)} of {len(campaign.exams)} exams have no day yet: {'、'.join(unknown)}",
            remedy="write it when it is announced; kept subjects count from it",
        )


def _courses(campaign: Campaign) -> Iterator[Finding]:
    bare = {exam.name.removesuffix(exam.level).strip() for exam in campaign.exams}
    for course in campaign.courses:
        if not any(same_name(course.exam, name) for name in bare):
            yield warning(
                f"courses.{course.name}",
                f"prepares for {course.exam}, which is no exam of this round",
                remedy="write the exam's name without its level",
            )


def _links(campaign: Campaign) -> Iterator[Finding]:
    for name, address in campaign.links.model_dump(exclude={"edit_at"}).items():
        host = urlsplit(address).hostname or ""
        if address and (urlsplit(address).scheme not in ("http", "https") or "." not in host):
            yield error(
                f"links.{name}", f"{address} is no web address", remedy="begin with https://"
            )
        elif re.search(r"(^|\.)example\.(com|org|net|edu\.tw)$", host):
            yield warning(
                f"links.{name}", f"{address} is a sample", remedy="write the real address"
            )
    if not campaign.links.line_group:
        yield note(
            "links.line_group",
            "empty: the last letter invites nobody to the group",
            remedy="write the group's address",
        )
    if not campaign.links.courses:
        yield note(
            "links.courses",
            "empty: the last letter leads to no page of the related courses",
            remedy="write the page's address",
        )


def _calendar(campaign: Campaign) -> Iterator[Finding]:
    imported = {year.year for year in campaign.calendar.years}
    issued = campaign.certificates.issued_from
    ends = [campaign.opens_on, campaign.gives_up_at().date(), issued, campaign.refund_until()]
    for year in sorted({day.year for day in ends if day} - imported):
        if year not in _CALENDAR_KNOWN:
            yield warning(
                "calendar",
                f"the working days of {year} are only what the library expects",
                remedy="mailflow campaign calendar import FILE, from data.gov.tw dataset 14718",
            )
    bare = campaign.working_days.without(campaign.calendar.closed | campaign.calendar.closed_since)
    yield from (
        _needless(day) for day in sorted(campaign.calendar.closed) if not bare.is_working(day)
    )


def _needless(day: date) -> Finding:
    return note("calendar.closed", f"{written(day)} is off anyway", remedy="it may be left out")
