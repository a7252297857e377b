"""Which column is which: headers as offices word their questions, mapped by a list of names.

A header is taken by its name only, never by what stands in the column. Notes in brackets, a
number in front and a hint behind (`請…`, `例…`) don't count. A header about somebody else
(緊急聯絡人, 指導教授) is never taken.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mailflow.person import LABELS, Field
from mailflow.person.labels import LEVEL_NAMES, NAMES
from mailflow.sheets.problems import FileProblem

TIMESTAMP, AMOUNT, ACCOUNT, BANK, DUE = "timestamp", "amount", "account", "bank", "due"
RETAKE_SUBJECT, LEVEL = "retake_subject", "level"
EDIT_LINK = "edit_link"  # where a student edits the answer; scripts and add-ons write it
ACCOUNT_ADDRESS = "account_address"  # the address that Google Forms collects by itself

_OWN: Mapping[str, str] = {
    TIMESTAMP: "時間戳記 時間戳 时间戳 时间戳记 timestamp 填表時間 提交時間",
    ACCOUNT_ADDRESS: "電子郵件地址 电子邮件地址 emailaddress 使用者名稱 username",
    RETAKE_SUBJECT: "補考科目 補考單科科目 補考單科名稱 補考科目名稱 補考之科目",
    LEVEL: " ".join(LEVEL_NAMES),
    EDIT_LINK: "編輯連結 修改連結 編輯回覆連結 修改回覆連結 編輯網址 修改網址 "
    "回覆編輯連結 表單編輯連結 "
    "editlink editurl editresponseurl editresponselink responseediturl formresponseediturl "
    "edityourresponse",
    AMOUNT: "金額 應繳金額 繳費金額 繳款金額 應繳費用 報名費 amount fee",
    ACCOUNT: "繳款帳號 虛擬帳號 繳費帳號 轉入帳號 繳款虛擬帳號 虛擬繳款帳號 virtualaccount",
    BANK: "銀行代碼 銀行 銀行代號 收款銀行 轉入銀行 行庫代碼 銀行別 bank bankcode",
    DUE: "繳款期限 繳費期限 繳費截止日 繳款截止日 繳費截止日期 繳款截止日期 截止日 期限 duedate",
}
# Too short for a column: 系所/年級 holds the department, 項目 anything.
_ONLY_IN_MAILS = frozenset({"年級", "學制", "項目", "英文"})
_BY_NAME: dict[str, str] = {
    **{name: field for name, field in NAMES.items() if name not in _ONLY_IN_MAILS},
    **dict.fromkeys(("e-mail", "e-mail信箱"), Field.EMAIL),
    **{name: what for what, names in _OWN.items() for name in names.split()},
}

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
    name = _OWN[what].split()[0] if what in _OWN else LABELS[Field(what)].partition("/")[0]
    remedy = f"沒有這一欄；請把對應的標題改成「{name}」"
    if ignored:
        remedy += f"（認不得的標題：{'、'.join(text[:30] for text in ignored)}）"
    return FileProblem(1, name, "", remedy)
