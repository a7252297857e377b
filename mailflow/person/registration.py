"""What a student registers with: fourteen fields, further ones, and the part for retakers."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """The registration's fields; values are the words of `mailflow explain --json`.

    The first fourteen are asked of everybody, the rest may stay empty (`FURTHER`); of those,
    `RETAKE_PART` is asked of whoever retakes a single subject.
    """

    NAME_ZH = "name_zh"
    NAME_EN = "name_en"
    NATIONAL_ID = "national_id"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    STUDENT_NO = "student_no"
    DEPARTMENT = "department"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    EXAM = "exam"
    SUBJECTS = "subjects"
    EXAM_AREA = "exam_area"
    RETAKE = "retake"
    KEPT_SUBJECT = "kept_subject"
    KEPT_YEAR = "kept_year"
    STUDY = "study"
    NEEDS = "special_needs"
    CONSENT = "consent"


RETAKE_PART = (Field.KEPT_SUBJECT, Field.KEPT_YEAR)
FURTHER = (*RETAKE_PART, Field.STUDY, Field.NEEDS, Field.CONSENT)
# Changing these may make another person of it, or another price: never by a mail alone.
NEEDS_PERSON = frozenset(
    {
        Field.NATIONAL_ID,
        Field.NAME_ZH,
        Field.STUDENT_NO,
        Field.EMAIL,
        Field.EXAM,
        Field.SUBJECTS,
        Field.RETAKE,
        *RETAKE_PART,
    }
)
BASIC = tuple(field for field in Field if field not in FURTHER)


LABELS: Mapping[Field, str] = {
    Field.NAME_ZH: "中文姓名",
    Field.NAME_EN: "英文姓名",
    Field.NATIONAL_ID: "身分證字號/居留證號",
    Field.BIRTH_DATE: "出生年月日",
    Field.SEX: "性別",
    Field.STUDENT_NO: "學號",
    Field.DEPARTMENT: "系所",
    Field.PHONE: "手機",
    Field.EMAIL: "Email",
    Field.ADDRESS: "通訊地址",
    Field.EXAM: "鑑定項目",
    Field.SUBJECTS: "報考科目",
    Field.EXAM_AREA: "考區",
    Field.RETAKE: "補考單科",
    Field.KEPT_SUBJECT: "已及格科目",
    Field.KEPT_YEAR: "及格年度",
    Field.STUDY: "學制年級",
    Field.NEEDS: "特殊需求",
    Field.CONSENT: "個資同意",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal that names the field, what was read and what to write (zh-TW sentence)."""

    field: Field
    read: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Change:
    """One field, before and after; `old` is None when it was not known."""

    field: Field
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Registration:
    """All fields in normal form (see `mailflow.person.fields`); an absent one is ''."""

    values: Mapping[Field, str]

    def __getitem__(self, field: Field) -> str:
        return self.values.get(field, "")

    @property
    def retakes(self) -> bool:
        """Is this for a single subject, with another one kept from an earlier round?"""
        return self[Field.RETAKE] == "是"

    def asked(self) -> tuple[Field, ...]:
        """The fields that this registration can't do without, in the order of the form."""
        return (*BASIC, *RETAKE_PART) if self.retakes else BASIC

    def filled(self) -> tuple[Field, ...]:
        """The asked fields and those others that have a value, in the order of the form."""
        return tuple(field for field in Field if field in self.asked() or self[field])

    def with_changes(self, changes: Mapping[Field, str]) -> "Registration":
        return Registration({**self.values, **changes})

    def to_json(self) -> str:
        """Canonical: the same data always gives the same text, whatever fields are added later."""
        told = {field.value: self[field] for field in Field if field in BASIC or self[field]}
        return json.dumps(told, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Registration":
        return cls({Field(name): value for name, value in json.loads(text).items()})

    def digest(self) -> str:
        """SHA-256 of exactly the data that a confirmation letter displays."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()


def changes_between(old: Registration, new: Registration) -> tuple[Change, ...]:
    """Fields that differ, in the order of the form."""
    return tuple(
        Change(field, old[field], new[field]) for field in Field if old[field] != new[field]
    )
