"""The part for retakers: what of it does not fit together, and whether the kept subject counts."""

from mailflow.person.registration import RETAKE_PART, Field, Registration

KEPT_YEARS = 3  # from the day of its exam (office's guide); brochures differ


def retake_doubts(
    registration: Registration,
    *,
    exam_year: int,
    years: int = KEPT_YEARS,
    to_year_end: bool = False,
) -> tuple[str, ...]:
    """Why a person must look at the retake part; `exam_year` is this round's, Minguo.

    A kept subject counts for `years`, to the day or `to_year_end`. Of the earlier exam only the
    year is known: counted to the day, nobody can tell in the last of these years.
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
    year = registration[Field.KEPT_YEAR]
    if year.isascii() and year.isdigit():
        doubts += _expiry(exam_year - int(year), years, to_year_end=to_year_end)
    return tuple(doubts)


def _expiry(age: int, years: int, *, to_year_end: bool) -> list[str]:
    if age < 0:
        return ["kept_year_in_the_future"]
    if age > years:
        return ["kept_subject_expired"]
    return [] if to_year_end or age < years else ["kept_subject_may_have_expired"]
