"""Where a text names a field: 手機, 電話, phone number … → Field, with its place."""

import re
from dataclasses import dataclass

from mailflow.person import LABELS, Field
from mailflow.reading.words import fold

_NAMES: dict[Field, str] = {
    Field.NAME_ZH: "中文姓名|中文名字|我的姓|姓氏|中文名|姓名|名字|本名|改名|更名|chinese name",
    Field.NAME_EN: (
        "姓名英文拼音|姓名英文|英文姓名|英文名字|英文名|英文拼音|姓名拼音|姓氏拼音|姓氏英文|"
        "護照英文|護照姓名|英名|拼音|英文拼法|"
        "英文欄姓名|英文欄|英文姓氏|英文姓|護照姓氏|護照姓|英文|english name|name in english|"
        "passport name|name"
    ),
    Field.NATIONAL_ID: (
        "身分證字號/居留證號|身分證字號|身份證字號|身分證號碼|身份證號碼|身分證號|身份證號|"
        "身分證|身份證|證號|居留證統一證號|居留證號碼|居留證號|居留證|統一證號|id number|id no|"
        "national id|arc number|arc no|arc|resident number"
    ),
    Field.BIRTH_DATE: (
        "出生年月日|出生日期|出生日|出生年|出生月|出生|生日|年月日|date of birth|birth date|"
        "born on|birthday|birthdate|dob"
    ),
    Field.SEX: "生理性別|性別|gender|sex",
    Field.STUDENT_NO: "學號|學生證號|student number|student id|student no|student id number",
    Field.DEPARTMENT: (
        "就讀系所|所屬系所|所屬系|系所名稱|系所|科系|系別|學系|班級|系級|department|dept|major"
    ),
    Field.PHONE: (
        "手機號碼|行動電話|聯絡電話|連絡電話|電話號碼|手機號|手機|電話|門號|mobile number|"
        "phone number|cell phone|cellphone|mobile|phone|cell number"
    ),
    Field.EMAIL: (
        "電子郵件地址|電子郵件|電子信箱|聯絡信箱|email信箱|e-mail地址|email地址|信箱|"
        "e-mail address|email address|e-mail|email|mail"
    ),
    Field.ADDRESS: (
        "通訊地址|門牌號碼|門牌|聯絡地址|戶籍地址|寄送地址|收件地址|郵寄地址|居住地址|住址|地址|"
        "mailing address|postal address|home address|address"
    ),
    Field.EXAM: (
        "鑑定項目|報考項目|報名項目|考試項目|應考項目|鑑定級等|級等|級別|項目|考試類別|"
        "exam level|certification"
    ),
    Field.SUBJECTS: "報考科目|考試科目|應考科目|考科|科目|subjects|subject",
    Field.EXAM_AREA: (
        "考試地區|考試地點|地點|應考地點|應考地|考試地|考點|應考考區|考區|考場|考試地|試區|"
        "exam area|exam location|"
        "test location|test site|exam site|exam city|exam venue|test center"
    ),
    Field.KEPT_SUBJECT: "已及格科目|已通過科目|保留科目|及格科目",
    Field.KEPT_YEAR: "及格年度|應考年度|通過年度",
    Field.RETAKE: "是否單科補考|補考單科|單科補考|是否補考|補考|retake",
}
_BY_NAME = {
    fold(name): field
    for field, names in _NAMES.items()
    for name in (*names.split("|"), LABELS[field])
}
_LATIN = re.compile(r"[a-z]")


def _pattern() -> re.Pattern[str]:
    names = sorted(_BY_NAME, key=len, reverse=True)
    parts = [
        rf"(?<![a-z]){re.escape(name)}(?![a-z])" if _LATIN.match(name) else re.escape(name)
        for name in names
    ]
    return re.compile("|".join(parts))


_MENTION = _pattern()
# 「email 地址」 is one field, not two; 「學生證」 and 「護照」 are papers, not fields.
_NOT_A_FIELD = re.compile(
    r"報名資料|英文字母|應用英文系?|英文系|(?:用|拿|透過)(?:我的?|著)?(?:手機|電話|e-?mail|信箱)"
    r"(?:填|打|看|按|寫|報名|操作|開|回|選|上網|寄|拍|送|查|點)|打電話|致電|電話(?:跟[您你老]|"
    r"聯絡|聯繫|通知|詢問|都|沒人)|"
    r"學生證(?!號)|email ?信箱|(?:身分證|身份證|居留證)(?:正反面|正面|反面|影本|照片|[上裡])"
    r"|[跟與和依照](?:我的?)?(?:身分證|身份證|居留證)(?!字?號)"
    r"|英文(?:版|信|不好)|my name is|確認信箱|垃圾信箱|email from|this (?:e-?)?mail|"
    r"your (?:e-?)?mail"
    r"|(?:department|dept\.?) of [a-z]|(?:confirmation|the) (?:e-?)?mail(?! address| is)|"
    r"by (?:e-?)?mail"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A field's name in the text."""

    field: Field
    start: int
    end: int


def find_mentions(folded: str) -> tuple[Mention, ...]:
    """All field names in folded text, in order; the longest name wins at each place."""
    blocked = [found.span() for found in _NOT_A_FIELD.finditer(folded)]
    return tuple(
        Mention(_BY_NAME[found[0]], *found.span())
        for found in _MENTION.finditer(folded)
        if not any(start <= found.start() < end for start, end in blocked)
    )
