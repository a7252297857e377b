"""What not everybody is asked: studies, needs at the exam, consent, and the part for retakers."""

import re
import unicodedata

_PROGRAMMES = {
    "五專": ("五專", "五專部"),
    "二技": ("二技", "二技部"),
    "四技": ("四技", "四技部", "日間部四技", "日四技"),
    "大學部": ("大學部", "大學", "學士", "學士班", "大", "undergraduate", "bachelor"),
    "進修部": ("進修部", "進修部四技", "夜四技", "進四技", "進修部二技"),
    "碩士班": ("碩士班", "碩士", "研究所", "碩", "研", "master", "masters"),
    "碩士在職專班": ("碩士在職專班", "在職專班", "碩專", "碩專班", "emba"),
    "博士班": ("博士班", "博士", "博", "phd", "doctoral", "doctor"),
}
_BY_NAME = {name: official for official, names in _PROGRAMMES.items() for name in names}
_YEARS = {"1": "一", "2": "二", "3": "三", "4": "四", "5": "五", "6": "六", "7": "七"}
_STUDY = re.compile(
    r"(?P<name>.{1,12}?)(?:班)?"
    r"(?P<year>[1-7一二三四五六七]|延畢?)(?:年級?|級)?(?:[甲乙丙丁忠孝仁愛]班?)?"
)
_NOTHING = frozenset(
    {"無", "沒有", "否", "不用", "不需要", "無需求", "無特殊需求", "none", "no", "n/a", "na", "-"}
)
_AGREED = frozenset({"同意", "我同意", "已同意", "本人同意", "是", "yes", "y", "agree", "i agree",
                     "agreed", "ok", "v", "✓", "✔", "☑", "true"})  # fmt: skip
_YEAR = re.compile(
    r"(?:民國|西元)?(?P<year>[0-9]{3,4})(?:年度?|學年度?)?"
    r"(?:[第.-]?[0-9一二三四]{1,2}(?:梯次?|次)?)?"
    r"|(?P<day_year>[0-9]{3,4})[/.年-][0-9]{1,2}[/.月-][0-9]{1,2}日?"
)
_FIRST_YEAR = 105  # iPAS began in 2016
_NEEDS_LONGEST = 200


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def study(text: str) -> str | None:
    """`學制 年級`, e.g. 四技 三年級, 大三 → 大學部 三年級; other short words stay as written."""
    plain = _plain(text).strip(" 。.,")
    tight = re.sub(r"[\s/,、．.()-]", "", plain).lower()
    found = _STUDY.fullmatch(tight)
    programme = _BY_NAME.get(found["name"]) or _BY_NAME.get(f"{found['name']}班") if found else None
    if not found or not programme:
        return plain if 2 <= len(plain) <= 20 and plain[0].isalnum() else None
    year = _YEARS.get(found["year"], found["year"])
    return f"{programme} 延畢" if year.startswith("延") else f"{programme} {year}年級"


def needs(text: str) -> str | None:
    """As written, 無 for any way to say so; None when it is too long to be one."""
    plain = _plain(text).strip(" 。.")
    if plain.lower() in _NOTHING:
        return "無"
    return plain if 2 <= len(plain) <= _NEEDS_LONGEST else None


def consent(text: str) -> str | None:
    """同意, or None: without it nobody can be registered."""
    return "同意" if _plain(text).lower().strip(" 。.![]()") in _AGREED else None


def kept_subject(text: str) -> str | None:
    """The name of exactly one subject."""
    name = _plain(text).strip(" 。.,;、")
    single = not re.search(r"[、,;；/|]", name)
    return name if single and 2 <= len(name) <= 40 else None


def kept_year(text: str) -> str | None:
    """The Minguo year of the exam in which a subject was passed: 2024 → 113, 113-2 → 113."""
    found = _YEAR.fullmatch(re.sub(r"\s", "", _plain(text)))
    if not found:
        return None
    number = int(found["year"] or found["day_year"])
    minguo = number - 1911 if number >= 1911 else number
    return str(minguo) if _FIRST_YEAR <= minguo < 200 else None
