"""Where labels stand in the text of a row, in two tongues and with what runs into them. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mailflow.receipts.banks import starts_with_bank
from mailflow.receipts.wording import Role, parted, role_of, role_of_misread

_CJK = "\u3400-\u9fff"
_RUN = re.compile(  # one label, whatever is put in brackets behind it
    rf"(?:(?<![{_CJK}])|(?<=項))(?P<label>(?:第?[123]段條碼|第[123]段|段[123]|條碼[123—–-]|[—–-]段|BARC[O0]DE ?-?[123])|"
    rf"[{_CJK}](?: ?[/、] ?(?=[{_CJK}])|[{_CJK}]| (?=[{_CJK}](?: |[:$0-9(]|$)))*)"
    rf"(?P<unit> ?\([^()]{{0,10}}\))?(?=$|[^{_CJK}])"
)
_CURRENCY, _IN_WORDS = re.compile("新?台幣"), re.compile("[大小]寫")
_CURRENCY_BEHIND = re.compile(r"(?<=.)新?台幣$")
_WORDS_BEHIND = re.compile(r"(?<=.)(?:新?台幣)?[零壹貳參叁肆伍陸柒捌玖拾佰仟萬]{2,12}[元圓]整?$")
_GROWN = re.compile(r".{0,8}?(?:金額|手續費|帳號|日期|時間|狀態|結果|訊息)(?=.)")
_ENGLISH = re.compile(
    r"(?:^|(?<=  ))[^A-Za-z0-9]{0,3}(?P<label>[A-Za-z][A-Za-z/&.,' \-#]{1,40}?)(?: ?\([A-Za-z$]{2,5}\))?"
    rf"(?= ?:|  | ?(?:NT ?\$|NTD|TWD|[$*0-9])| [{_CJK}]|$)"
)
_SAME_IN_ENGLISH = re.compile(
    r" ?[/(]? ?(?P<label>[A-Za-z][A-Za-z/&.' \-]{1,28}?)\)?(?: ?\([A-Za-z$]{2,5}\))?"
    r"(?:(?= ?:|  |$)|(?P<close>(?= (?:NT ?\$|NTD|TWD|[$*0-9]))))"  # a value close behind it
)
_LETTERS = re.compile(r"[A-Za-z][A-Za-z/&.,' \-#]{1,40}:?")
_ACTS = re.compile(
    "(?:實際|本次|此次|本筆|此筆|您|你|我)*(?:已經|已)?"
    "(?:轉帳|轉出|轉入|轉給|(?<![應實])[付轉匯繳]|匯款|匯出|繳費|繳款|繳納|付款|支付|代收|代繳|實付|實繳|存入|入帳|送出)了?"
)
_ACTS_ENGLISH = re.compile("payment|transfer|remittance|transferred|sent", re.IGNORECASE)
_LED = re.compile(  # numbers of a list, a unit, the head of a column of numbers
    "[一二三四五六七八九十]{1,2}、(?=.)|[佰拾萬仟]*[元圓]整?(?=.)|項次(?=..)"
)
_NONE = "免無"  # 免手續費 is a value
_PARTY_OF_BANK = re.compile("轉入|轉出|存入|匯入|轉至|入帳|收款|付款|扣款")
_CJK_RUN = re.compile(f"[{_CJK}]+")
_MARKED_SUM = re.compile(r"[: ]*(?:新?台幣|NT ?\$|NTD|TWD|\$) ?[0-9]|[: ]*[0-9][0-9,]* ?[元圓]")
_DIGIT = re.compile("[0-9]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A label from `start` to `end` of a row's text."""

    start: int
    end: int
    role: Role


def labels_in(text: str, *, heads: bool = False) -> list[Mark]:
    """The labels of a row; `heads`: of one that may be the head of a table."""
    marks = list(marks_in(text)) or _misread(text)
    return _with_parted(text, marks) if heads else _before_memo(marks)


def marks_in(text: str) -> Iterator[Mark]:
    """Every label that is read well."""
    marks = [
        _and_english(text, mark) for run in _RUN.finditer(text) if (mark := _chinese(text, run))
    ]
    if marks:
        marks += _english_cells(text)
        marks.sort(key=lambda mark: mark.start)
    else:
        marks = [
            Mark(found.start("label"), found.end(), role)
            for found in _ENGLISH.finditer(text)
            if (
                role := role_of(found["label"].strip()) or _act(found["label"], text[found.end() :])
            )
        ]
    yield from marks


def _act(label: str, behind: str) -> Role | None:
    """Payment: NT$600."""
    acts = _ACTS_ENGLISH.fullmatch(label.strip()) and _MARKED_SUM.match(behind)
    return Role.AMOUNT if acts else None


def _and_english(text: str, mark: Mark) -> Mark:
    """轉帳金額 Amount: both are the label; close to a value only where both say the same."""
    told = _SAME_IN_ENGLISH.match(text, mark.end)
    role = role_of(told["label"]) if told else None
    act = mark.role is Role.AMOUNT and told and _ACTS_ENGLISH.fullmatch(told["label"])
    if told is None or (role is None and not act):
        return mark
    if told["close"] is not None and role is not mark.role:
        return mark  # 金額 BALANCE TWD 600
    clearer = mark.role is Role.NAME and role in (Role.PAYEE, Role.PAYER)
    return replace(mark, end=told.end(), role=role if role and clearer else mark.role)


def _english_cells(text: str) -> Iterator[Mark]:
    """Cells that are an English label and nothing else, in a row that has Chinese ones."""
    at = 0
    for cell in text.split("  "):
        role = role_of(cell.strip(" :")) if _LETTERS.fullmatch(cell) else None
        if role:
            yield Mark(at, at + len(cell), role)
        at += len(cell) + 2


def _chinese(text: str, found: re.Match[str]) -> Mark | None:
    """The run, or the run without a sign before it that was read as a character."""
    start, end = found.span()
    label = found["label"].replace(" ", "")
    if _CURRENCY.fullmatch(label) and _IN_WORDS.search(found["unit"] or ""):
        return Mark(start, end, Role.AMOUNT)  # 新台幣(大寫)
    led = _LED.match(label)
    if led:
        label, start = label[led.end() :], text.index(label[led.end() :][:1], start)
    words = _WORDS_BEHIND.search(label)
    if words:
        label, end = label[: words.start()], end - len(words[0])
    currency = _CURRENCY_BEHIND.search(label)
    if currency and re.match(r" ?[$0-9*]", text[end:]):
        label, end = label[: currency.start()], end - len(currency[0])
    odd = start == 0 and len(label) > 2 and label[0] not in _NONE
    role = role_of(label) or (role_of(label[1:]) if odd else None)
    first = found["label"].split(" ")[0]
    if role is None and len(first) > 1 and first != found["label"]:  # a value of words
        role, end = role_of(first), found.start() + len(first)
    party = _PARTY_OF_BANK.match(label)
    bank = starts_with_bank(label[party.end() :]) if party and role is None else None
    if party and bank and bank[1] == len(label) - party.end():  # 轉入中國信託
        role, end = role_of(party[0]), end - len(label) + party.end()
    grown = _GROWN.match(label)
    if role is None and grown and " " not in found["label"]:  # no space was left between them
        role, end = role_of(grown[0]), end - len(label) + grown.end()
    if label in ("服務", "手續") and _MARKED_SUM.match(text[end:]):
        role = Role.FEE
    if _ACTS.fullmatch(label):
        role = Role.AMOUNT if _MARKED_SUM.match(text[end:]) else role
    return Mark(start, end, role) if role else None


def _with_parted(text: str, marks: list[Mark]) -> list[Mark]:
    """The labels, and those that have run together in the head of a table."""
    if _DIGIT.search(text):
        return marks
    more = []
    for found in _CJK_RUN.finditer(text):
        at = found.start()
        labels = parted(found[0])
        if labels:  # 交易金額手續費餘額 ends like a balance
            marks = [mark for mark in marks if mark.end <= at or mark.start >= found.end()]
        for label in labels:
            role = role_of(label)
            if role:
                more.append(Mark(at, at + len(label), role))
            at += len(label)
    return sorted([*marks, *more], key=lambda mark: mark.start)


def _misread(text: str) -> list[Mark]:
    head = re.match(rf"[^{_CJK}]{{0,3}}(?P<label>[{_CJK}]{{3,10}})(?=[: ]|$)", text)
    role = role_of_misread(head["label"]) if head else None
    return [Mark(head.start("label"), head.end("label"), role)] if head and role else []


def _before_memo(marks: list[Mark]) -> list[Mark]:
    """What stands behind a memo label in its row was written by the payer, whatever it says."""
    kept = []
    for mark in marks:
        kept.append(mark)
        if mark.role is Role.MEMO:
            break
    return kept
