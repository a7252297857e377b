"""What letters and lists say of a round: links, related courses, added texts, roster columns."""

import re

from pydantic import Field, model_validator

from mailflow.campaign.strict import Strict

_LONGEST_LINK = 1000


class Links(Strict):
    """Addresses that letters mention; an empty one is left out of the letter.

    `edit_at` are the places (host, or host and folder) where a student may edit the answer to the
    form: a link in the form's export that leads anywhere else is not passed on.
    """

    form: str = ""
    proof_form: str = ""
    line_group: str = ""
    courses: str = ""
    digital_course: str = ""
    rules: str = ""
    edit_at: tuple[str, ...] = ("docs.google.com/forms", "forms.gle")

    def may_edit_at(self, link: str) -> bool:
        """Whether letters may carry this link to the student's own answer."""
        places = [f"https://{place.strip('/')}/" for place in self.edit_at if place.strip("/")]
        is_plain = len(link) <= _LONGEST_LINK and re.fullmatch(r"[!-~]+", link) and ".." not in link
        return bool(is_plain) and link.startswith(tuple(places))


class Course(Strict):
    """A course of the school that prepares for an exam. `exam` is its name without the level."""

    exam: str
    name: str
    unit: str = ""
    numbers: tuple[str, ...] = ()
    time: str = ""


class Added(Strict):
    """A paragraph that one letter of this round says in addition, in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


# What a roster may show beside the fields of the registration.
OFFICE_FIELDS = (
    "case", "exam_code", "level", "subject_1", "subject_2", "subject_3", "subject_4",
    "list_price", "paid", "delivery",
)  # fmt: skip


class RosterColumn(Strict):
    """One column of the examiner's roster: what stands above it, and what goes into it.

    `field` is a field of the registration (`name_zh`, …) or one of OFFICE_FIELDS. Without one the
    column says `value` in every row: a fixed text, or nothing.
    """

    header: str = Field(min_length=1)
    field: str = ""
    value: str = ""

    @model_validator(mode="after")
    def _one_source(self) -> "RosterColumn":
        if self.field and self.value:
            raise ValueError(f"{self.header}: give field or value, not both")
        return self


ROSTER = tuple(
    RosterColumn(header=header, field=name)
    for header, name in (
        ("報名編號", "case"),
        ("中文姓名", "name_zh"),
        ("英文姓名", "name_en"),
        ("身分證字號/居留證號", "national_id"),
        ("出生日期", "birth_date"),
        ("性別", "sex"),
        ("學號", "student_no"),
        ("系所", "department"),
        ("手機", "phone"),
        ("Email", "email"),
        ("通訊地址", "address"),
        ("鑑定項目", "exam"),
        ("級等", "level"),
        ("考科", "subjects"),
        ("考區", "exam_area"),
        ("補考", "retake"),
    )
)
