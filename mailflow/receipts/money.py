"""Amounts as printed on Taiwanese receipts. Pure.

A misread must never become a number: what is not an amount as a whole, with nothing stuck to it,
is None. `600` inside `1,600` or `6OO` is no amount.
"""

import re

_CURRENCY = r"(?:新?台幣|NT ?[$Ss§] ?|NTD|NT(?!5)(?=[ 0-9])|TWD|[$¥])"
# NT52,400 may be NT$2,400: an engine takes the sign for a 5.
_AMOUNT = re.compile(
    rf"[:：'‘’`|*※ ]{{0,16}}(?P<mark>{_CURRENCY})?[:：$* ]{{0,16}}"
    r"(?P<number>[0-9]{1,3}(?:, ?[0-9]{3}){1,3}|[0-9]{1,9})(?P<cents>\. ?00)?"
    r" ?(?P<unit>元整?|圓整?|新?台幣)?(?![0-9A-Za-z,.:/%年月日號萬億*-])"
    r"(?! ?(?:[項次筆張件份點股枚]|公?克|街口幣|points?|yen)| [0-9]| ?[,.][0-9]|"
    r" ?[OoQ](?![A-Za-z]))"
)
_STARTS = re.compile(r"(?<![0-9A-Za-z.,/:*-])(?=[0-9$N]|TWD)|(?<=[:$*])(?=[0-9])")
_OUT = re.compile(r"^((?:NT ?)?\$|TWD|NTD) ?[-–−] ?(?=[0-9])")  # NT$ -1,000
_BEHIND = re.compile(r"^-? ?([0-9][0-9,]*(?:\.00)?) ?(?:TWD|NTD)$")
_COUNT = re.compile(r"[0-9] ?[項次筆張件份]")
_WORD = re.compile("(?![至到給])[\u3400-\u9fff]")  # 轉出600元至: a sentence goes on
_ON = re.compile(r"((?:NT ?\$|TWD|\$) ?[0-9][0-9,]*|[0-9] ?元)[至到給].*$")  # 600元至700中華郵政
_DIGITS = {
    c: i
    for i, cs in enumerate(
        ("零〇", "壹一", "貳二", "參叁三", "肆四", "伍五", "陸六", "柒七", "捌八", "玖九")
    )
    for c in cs
}
_UNITS = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}
_WORDS = re.compile(r"(?P<words>[零〇壹貳參叁肆伍陸柒捌玖拾佰仟萬]{2,16}) ?[元圓]")


def amount_at_start(text: str) -> int | None:
    """The amount with which `text` begins (after colon, currency, filling asterisks), else None."""
    found = _AMOUNT.match(text)
    return _value(found) if found else None


def amount_alone(text: str) -> int | None:
    """The amount when the text is nothing but one, marked as money: `NT$ 700`, `-700TWD`."""
    text = _BEHIND.sub(r"TWD\1", _OUT.sub(r"\1", text.strip()))
    found = _AMOUNT.fullmatch(text.lstrip("-–−").strip())  # what went out
    if found and (found["mark"] or found["unit"]):
        return _value(found)
    return None


def only_amount(text: str) -> int | None:
    """The amount in a row read by itself, whatever label stands before it; None when the row holds
    any other digit (but a count: `1 項`)."""
    text = _ON.sub(r"\1", text.strip().lstrip("-–—−"))  # what went out
    for start in _STARTS.finditer(text):
        found = _AMOUNT.match(text, start.start())
        if found is None or (not found["unit"] and _WORD.match(text, found.end())):
            continue
        rest = f"{text[: start.start()]} {text[found.end() :]}"
        return None if re.search("[0-9]", _COUNT.sub("", rest)) else _value(found)
    return None


def _value(found: re.Match[str]) -> int | None:
    number = found["number"].replace(",", "").replace(" ", "")
    if len(number) > 1 and number[0] == "0":
        return None
    return int(number)


def amount_in_words(text: str) -> int | None:
    """`新台幣壹仟貳佰元整` → 1200. None when there is none or it makes no sense."""
    found = _WORDS.search(text)
    if not found or not _DIGITS.keys() & set(found["words"]):
        return None
    total = section = 0
    digit: int | None = None  # 拾 alone is ten, 零拾 is nothing
    for char in found["words"]:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char == "萬":
            total, section, digit = (total + section + (digit or 0)) * 10_000, 0, None
        else:
            section, digit = section + (1 if digit is None else digit) * _UNITS[char], None
    return total + section + (digit or 0) or None
