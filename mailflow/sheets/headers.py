"""Which column is which: headers as offices word their questions, mapped by a list of names.

A header is taken by its name only, never by what stands in the column. Notes in brackets, a
number in front and a hint behind (`請…`, `例…`) don't count. A header about somebody else
(緊急聯絡人, 指導教授) is never taken.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mailflow.person import Field
from mailflow.sheets.problems import FileProblem

TIMESTAMP, AMOUNT, ACCOUNT, BANK, DUE = "timestamp", "amount", "account", "bank", "due"
RETAKE_SUBJECT = "retake_subject"
ACCOUNT_ADDRESS = "account_address"  # the address that Google Forms collects by itself

_NAMES: Mapping[str, str] = {
    TIMESTAMP: "時間戳記 時間戳 时间戳 时间戳记 timestamp 填表時間 提交時間",
    ACCOUNT_ADDRESS: "電子郵件地址 电子邮件地址 emailaddress 使用者名稱 username",
    Field.NAME_ZH: "中文姓名 姓名 中文名字 名字 chinesename name nameinchinese",
    Field.NAME_EN: "英文姓名 英文名字 護照英文姓名 英文姓名大寫 englishname nameinenglish",
    Field.NATIONAL_ID: "身分證字號 身份證字號 身分證號 身份證號 身分證號碼 身份證號碼 "
    "身分證 身份證 身分證統一編號 身份證統一編號 國民身分證統一編號 居留證號 居留證號碼 "
    "居留證 統一證號 居留證統一證號 證號 idnumber nationalid arcnumber arc arcno idno id",
    Field.BIRTH_DATE: "出生年月日 出生日期 生日 dateofbirth birthday birthdate",
    Field.SEX: "性別 生理性別 sex gender",
    Field.STUDENT_NO: "學號 學生學號 studentno studentnumber studentid",
    Field.DEPARTMENT: "系所 科系 就讀系所 系級 系所班級 系所級別 學系 就讀科系 系別 所屬系所 "
    "department",
    Field.PHONE: "手機 手機號碼 行動電話 行動電話號碼 連絡電話 聯絡電話 電話 聯絡手機 連絡手機 "
    "mobile mobilephone phone phonenumber cellphone mobilenumber",
    Field.EMAIL: "email e-mail 電子郵件 電子信箱 信箱 電子郵件信箱 聯絡信箱 連絡信箱 常用信箱 "
    "常用email 聯絡email e-mail信箱 email信箱 電郵 mail",
    Field.ADDRESS: "通訊地址 地址 聯絡地址 連絡地址 郵寄地址 證書寄送地址 寄送地址 收件地址 "
    "通訊住址 address postaladdress mailingaddress",
    Field.EXAM: "鑑定項目 考試項目 報考項目 ipas鑑定項目 鑑定類別 鑑定科別 報名項目 鑑定名稱 "
    "考試名稱 報考鑑定項目 能力鑑定項目 exam",
    Field.SUBJECTS: "報考科目 考試科目 應考科目 考科 科目 鑑定科目 subjects subject",
    Field.EXAM_AREA: "考區 應試地區 考試地區 考試地點 報考考區 應試考區 考場 examarea",
    Field.RETAKE: "補考單科 是否補考 補考 單科補考 是否補考單科 是否為補考 是否單科補考 retake",
    RETAKE_SUBJECT: "補考科目 補考單科科目 補考單科名稱 補考科目名稱 補考之科目",
    AMOUNT: "金額 應繳金額 繳費金額 繳款金額 應繳費用 報名費 amount fee",
    ACCOUNT: "繳款帳號 虛擬帳號 繳費帳號 轉入帳號 繳款虛擬帳號 虛擬繳款帳號 virtualaccount",
    BANK: "銀行代碼 銀行 銀行代號 收款銀行 轉入銀行 行庫代碼 銀行別 bank bankcode",
    DUE: "繳款期限 繳費期限 繳費截止日 繳款截止日 繳費截止日期 繳款截止日期 截止日 期限 duedate",
}
_BY_NAME = {name: what for what, names in _NAMES.items() for name in names.split()}

# Without these the registration can't even begin; the others are missed person by person.
_REQUIRED = (
    TIMESTAMP, Field.NAME_ZH, Field.NAME_EN, Field.NATIONAL_ID, Field.BIRTH_DATE,
    Field.STUDENT_NO, Field.PHONE, Field.EMAIL, Field.EXAM,
)  # fmt: skip
_SLIP = (AMOUNT, ACCOUNT, DUE)

_SOMEBODY_ELSE = re.compile(
    r"緊急|聯絡人|連絡人|監護|家長|父親|母親|指導|教授|導師|推薦|代理|代填|同行"
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^][]*\]|【[^【】]*】|〔[^〔〕]*〕|〈[^〈〉]*〉|《[^《》]*》")
_NUMBER = re.compile(r"^[ (]*(?:q?[0-9]{1,2}|[一二三四五六七八九十]{1,2})[ ]*[.、:)]+")
_PIECES = re.compile(r"[/、,;:|&\n]|或|及|與|和(?!平)|(?<=[\u4e00-\u9fff]) +(?=[a-z])")
_LEADING = re.compile(r"^(?:請|填寫|輸入|選擇|提供|確認|您的|你的|學生|本人|報名者|考生)+")
_HINT = re.compile(r"(?:請|需|須|如|例|格式|限|以|ex|eg).*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Columns:
    """Column indexes by what they hold; `ignored` are headers that nobody asked for."""

    at: Mapping[str, tuple[int, ...]]
    header: tuple[str, ...]
    ignored: tuple[str, ...]

    def name(self, what: str) -> str:
        return self.header[self.at[what][0]]


def meaning(header: str, by_name: Mapping[str, str] = _BY_NAME) -> str | None:
    """What a column of that header holds, None when the list names no such one."""
    text = unicodedata.normalize("NFKC", header).casefold().strip()
    if _SOMEBODY_ELSE.search(text):
        return None
    text = _NUMBER.sub("", _BRACKETS.sub("", text)).strip(" *:?。.!")
    whole = _known(text, by_name)
    if whole:
        return whole
    pieces = [_known(piece, by_name) for piece in _PIECES.split(text) if piece.strip()]
    return pieces[0] if pieces and len({p for p in pieces if p}) == 1 else None


def _known(text: str, by_name: Mapping[str, str]) -> str | None:
    tight = re.sub(r"[\s*_]+", "", text)
    bare = _LEADING.sub("", tight)
    return by_name.get(tight) or by_name.get(bare) or by_name.get(_HINT.sub("", bare))


def is_header(cells: Sequence[str]) -> bool:
    """Does this row hold the headers? It is the one with the timestamp's."""
    return any(meaning(cell) == TIMESTAMP for cell in cells)


def map_columns(header: Sequence[str]) -> tuple[Columns, tuple[FileProblem, ...]]:
    """The columns and what is wrong with them: a needed one is missing."""
    at: dict[str, tuple[int, ...]] = {}
    ignored = []
    for index, text in enumerate(header):
        what = meaning(text)
        if what is None:
            ignored += [text] if text.strip() else []
        else:
            at[what] = (*at.get(what, ()), index)
    if Field.EMAIL not in at and ACCOUNT_ADDRESS in at:  # a question of its own stands further back
        at[Field.EMAIL] = at[ACCOUNT_ADDRESS][-1:]
    missing = [what for what in _REQUIRED if what not in at]
    if any(what in at for what in _SLIP):
        missing += [what for what in _SLIP if what not in at]
    problems = tuple(_missing(what, ignored) for what in missing)
    return Columns(at, tuple(header), tuple(ignored)), problems


def _missing(what: str, ignored: Sequence[str]) -> FileProblem:
    name = _NAMES[what].split()[0]
    remedy = f"沒有這一欄；請把對應的標題改成「{name}」"
    if ignored:
        remedy += f"（認不得的標題：{'、'.join(text[:30] for text in ignored)}）"
    return FileProblem(1, name, "", remedy)
