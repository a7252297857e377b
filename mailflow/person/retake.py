"""A kept subject: how long it counts, and what of a retake does not fit together.

A subject passed with 70 or more is kept for three years from the day of its exam (office's guide);
brochures differ, so callers may say otherwise.
"""

from datetime import date

from mailflow.person.registration import RETAKE_PART, Field, Registration

KEPT_YEARS = 3


def kept_until(exam_on: date, *, years: int = KEPT_YEARS) -> date:
    """The last day on which a subject that was passed on `exam_on` still counts."""
    try:
        return exam_on.replace(year=exam_on.year + years)
    except ValueError:  # 29 February
        return date(exam_on.year + years, 2, 28)


def retake_doubts(
    registration: Registration, *, exam_year: int, years: int = KEPT_YEARS
) -> tuple[str, ...]:
    """Why a person must look at the retake part; `exam_year` is this round's, Minguo.

    Of the earlier exam only the year is known, so exactly `years` later nobody can tell.
    """
    if not registration.retakes:
        told = any(registration[field] not in ("", "無") for field in RETAKE_PART)
        return ("kept_subject_without_retake",) if told else ()
    doubts = []
    subjects = registration[Field.SUBJECTS].split("、")
    if len(subjects) > 1:
        doubts.append("retake_of_several_subjects")
    if registration[Field.KEPT_SUBJECT] in subjects:
        doubts.append("kept_subject_is_retaken")
    if registration[Field.KEPT_YEAR].isascii() and registration[Field.KEPT_YEAR].isdigit():
        age = exam_year - int(registration[Field.KEPT_YEAR])
        if age > years:
            doubts.append("kept_subject_expired")
        elif age == years:
            doubts.append("kept_subject_may_have_expired")
        elif age < 0:
            doubts.append("kept_year_in_the_future")
    return tuple(doubts)
