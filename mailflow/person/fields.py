"""Every field: from what was written to the normal form, or a refusal that helps.

A refusal names the field, what was read, and what to write. Nothing is ever guessed.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date

import phonenumbers

from mailflow.person import addresses, extras, places
from mailflow.person.dates import read_date
from mailflow.person.identity import read_number
from mailflow.person.names import chinese_name, english_name, english_trouble
from mailflow.person.registration import BASIC, LABELS, Field, Problem, Registration

# Only for plausibility of a birth date; callers that know the day give it.
_AS_OF = date(2025, 9, 1)
EMPTY = "（空白）"  # how a refusal shows a field in which nothing stands
_DASHES = re.compile(r"[‐‑‒–—−﹣－]")
_STUDENT_NO = re.compile(r"[0-9]{3}[0-9A-Z]{5,6}")
_YES = frozenset({"是", "yes", "y", "true", "要", "有"})
_NO = frozenset({"否", "no", "n", "false", "不是", "不要", "無", "不用", "沒有"})
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")

REMEDIES: dict[Field, str] = {
    Field.NAME_ZH: "請填寫身分證或居留證上的中文姓名",
    Field.NAME_EN: "請以大寫寫成「姓, 名」，例如 WANG, DA-MING，與護照相同，最多 39 個字元",
    Field.NATIONAL_ID: "請核對證件，填寫 1 個英文字母加 9 個數字（或居留證的統一證號）",
    Field.BIRTH_DATE: "請寫成西元年-月-日，例如 2004-05-06",
    Field.SEX: "請填寫「男」或「女」",
    Field.STUDENT_NO: "請填寫學生證上的學號，例如 113590001",
    Field.DEPARTMENT: "請填寫系所全名，例如 資訊工程系",
    Field.PHONE: "請填寫手機號碼，例如 0912345678；國外號碼請加 + 與國碼",
    Field.EMAIL: "請填寫完整的電子郵件地址，例如 name@example.org",
    Field.ADDRESS: "請填寫完整地址：縣市、區、路段、號、樓",
    Field.EXAM: "請填寫鑑定項目與級等，例如 AI應用規劃師 初級",
    Field.SUBJECTS: "請填寫科目名稱，以「、」分開",
    Field.EXAM_AREA: "請填寫考區：臺北、新竹、臺中、臺南或高雄",
    Field.RETAKE: "請填寫「是」或「否」",
    Field.KEPT_SUBJECT: "請填寫先前已及格的那一科名稱，只補考一科的人才需要",
    Field.KEPT_YEAR: "請填寫該科及格的考試年度，例如 113",
    Field.STUDY: "請填寫學制與年級，例如 四技三年級、碩士班一年級",
    Field.NEEDS: "請簡短填寫應考時需要的協助（200 字以內），沒有請填「無」",
    Field.CONSENT: "須同意個人資料的蒐集與使用才能報名，同意請填「同意」",
}
_DATE_TROUBLES = {
    "ambiguous": "這個日期可以有兩種讀法，",
    "impossible": "沒有這一天，",
    "implausible": "與報名者的年齡不符，",
    "weekday": "日期與星期不符，",
}
_NUMBER_TROUBLES = {
    "length": "不是 10 個字元，",
    "check_digit": "檢查碼不符（可能打錯一碼），",
}


def normalise(field: Field, text: str, *, as_of: date = _AS_OF) -> str | Problem:
    """The normal form of `text` for `field`, or the reason why there is none."""
    if field is Field.BIRTH_DATE:
        return _birth_date(text, as_of)
    if field is Field.NATIONAL_ID:
        return _national_id(text)
    value = _READERS[field](text)
    if value:
        return value
    return refusal(field, text, english_trouble(text) if field is Field.NAME_EN else "")


def refusal(field: Field, text: str, trouble: str = "") -> Problem:
    """The sentence for the student: which field, what was read, what to write."""
    shown = " ".join(text.split())[:60] or EMPTY
    return Problem(field, shown, f"{LABELS[field]}：讀到「{shown}」，{trouble}{REMEDIES[field]}。")


def unusable(registration: Registration, *, as_of: date = _AS_OF) -> tuple[Problem, ...]:
    """The fields nobody can be registered without (`BASIC`) that are empty or not to be read;
    of what `check` finds, this is what no person's word can make good."""
    read = (normalise(field, registration[field], as_of=as_of) for field in BASIC)
    return tuple(one for one in read if isinstance(one, Problem))


def check(registration: Registration, *, as_of: date = _AS_OF) -> tuple[Problem, ...]:
    """Everything that keeps this registration from going on, in the order of the form."""
    problems = []
    for field in registration.filled():
        read = normalise(field, registration[field], as_of=as_of)
        if isinstance(read, Problem):
            problems.append(read)
    meant = addresses.suspicious_domain(registration[Field.EMAIL])
    if meant:
        trouble = f"網域可能打錯（是否為 {meant}？），"
        problems.append(refusal(Field.EMAIL, registration[Field.EMAIL], trouble))
    return tuple(problems)


def _birth_date(text: str, as_of: date) -> str | Problem:
    read = read_date(text.strip(" 。,，;；"), as_of=as_of)
    if isinstance(read, date):
        return read.isoformat()
    return refusal(Field.BIRTH_DATE, text, _DATE_TROUBLES.get(read, ""))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _joined(text: str) -> str:
    return re.sub(r"[\s-]+", "", _DASHES.sub("-", _plain(text))).upper()


def _national_id(text: str) -> str | Problem:
    number, trouble = read_number(text)
    if not trouble:
        return number
    return refusal(Field.NATIONAL_ID, text, _NUMBER_TROUBLES.get(trouble, "") if number else "")


def _sex(text: str) -> str | None:
    word = _plain(text).lower().strip(" 。.,")
    words = {"男": ("男", "男性", "男生", "m", "male"), "女": ("女", "女性", "女生", "f", "female")}
    return next((sex for sex, names in words.items() if word in names), None)


def _student_no(text: str) -> str | None:
    number = _joined(text).strip(".,;:。")
    return number if _STUDENT_NO.fullmatch(number) else None


def _phone(text: str) -> str | None:
    """Taiwan: mobile numbers only, 09xxxxxxxx; abroad: any possible number, E.164."""
    plain = _plain(text).translate(_CHINESE_DIGITS).replace("分機", "#")
    plain = "+" + plain if re.match(r"886[ -]?9", plain) else plain
    try:
        number = phonenumbers.parse(plain[:40], "TW")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number) or number.extension:
        return None
    if number.country_code != 886:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    national = f"0{number.national_number}"
    return national if re.fullmatch(r"09[0-9]{8}", national) else None


def _subjects(text: str) -> str | None:
    names = [part.strip() for part in re.split(r"[、,，;；/\n|]+", _plain(text))]
    names = [name for name in names if name]
    return "、".join(names) if names and all(2 <= len(name) <= 40 for name in names) else None


def _retake(text: str) -> str | None:
    word = _plain(text).lower().strip(" 。.,")
    return "是" if word in _YES else "否" if word in _NO else None


_READERS: dict[Field, Callable[[str], str | None]] = {
    Field.NAME_ZH: chinese_name,
    Field.NAME_EN: english_name,
    Field.SEX: _sex,
    Field.STUDENT_NO: _student_no,
    Field.DEPARTMENT: places.department,
    Field.PHONE: _phone,
    Field.EMAIL: addresses.mail_address,
    Field.ADDRESS: addresses.postal_address,
    Field.EXAM: places.exam,
    Field.SUBJECTS: _subjects,
    Field.EXAM_AREA: places.exam_area,
    Field.RETAKE: _retake,
    Field.KEPT_SUBJECT: extras.kept_subject,
    Field.KEPT_YEAR: extras.kept_year,
    Field.STUDY: extras.study,
    Field.NEEDS: extras.needs,
    Field.CONSENT: extras.consent,
}
