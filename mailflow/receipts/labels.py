"""Labels where they stand on a page, and the values they name. Pure.

A label counts only where a label can stand: at the beginning of a cell or behind another value,
never inside a sentence. Its value stands beside it, or below: of one label alone the whole next
row, of several side by side (tiles, the head of a table) what stands in its column.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mailflow.receipts.lines import Box, Cell, Line, union
from mailflow.receipts.money import amount_at_start
from mailflow.receipts.wording import MONEY, Role, parted, role_of, role_of_misread

_CJK = "\u3400-\u9fff"
_RUN = re.compile(  # one label, whatever is put in brackets behind it
    rf"(?:(?<![{_CJK}])|(?<=項))(?P<label>(?:第?[123]段條碼|第[123]段|條碼[123—–-]|BARC[O0]DE ?-?[123])|"
    rf"[{_CJK}](?: ?[/、] ?(?=[{_CJK}])|[{_CJK}]| (?=[{_CJK}](?: |[:$0-9(]|$)))*)"
    rf"(?P<unit> ?\([^()]{{0,10}}\))?(?=$|[^{_CJK}])"
)
_CURRENCY, _IN_WORDS = re.compile("新?台幣"), re.compile("[大小]寫")
_CURRENCY_BEHIND = re.compile(r"(?<=.)新?台幣$")
_WORDS_BEHIND = re.compile(r"(?<=.)(?:新?台幣)?[零壹貳參叁肆伍陸柒捌玖拾佰仟萬]{2,12}[元圓]整?$")
_GROWN = re.compile(r".{0,8}?(?:金額|手續費|帳號|日期|時間|狀態|結果|訊息)(?=.)")
_ENGLISH = re.compile(
    r"(?:^|(?<=  ))[^A-Za-z0-9]{0,3}(?P<label>[A-Za-z][A-Za-z/&.,' \-#]{1,40}?)(?: ?\([A-Za-z$]{2,5}\))?"
    r"(?= ?:|  | ?(?:NT ?\$|NTD|TWD|[$*0-9])|$)"
)
_SAME_IN_ENGLISH = re.compile(
    r" ?[/(]? ?(?P<label>[A-Za-z][A-Za-z&.' \-]{1,28}?)\)?(?: ?\([A-Za-z$]{2,5}\))?(?= ?:|  |$)"
)
_ENGLISH_BEHIND = re.compile(rf"(?<=[{_CJK})]) ?[/(]? ?[A-Za-z].*$")
_LETTERS = re.compile(r"[A-Za-z][A-Za-z/&.,' \-#]{1,40}:?")
_ACTS = re.compile(
    "(?:實際|本次|此次|本筆|此筆|您|你|我)*(?:已經|已)?"
    "(?:轉帳|轉出|轉入|轉給|匯款|匯出|繳費|繳款|繳納|付款|支付|實付|實繳|存入|入帳|送出)了?"
)
_ACTS_ENGLISH = re.compile("payment|transfer|remittance|transferred|sent", re.IGNORECASE)
_LED = re.compile("[一二三四五六七八九十]{1,2}、(?=.)|[元圓]整?(?=.)")  # numbers of a list, a unit
_COMMAS = ",、;。 "
_CLOSING = " :】」』〕)>"
_LEADERS = " ·…‧.。_—–-"
_NO_VALUE = re.compile(r"(?:新?台幣|NT ?\$|NTD|TWD|\$|元)?")  # a label's unit
_DIGIT = re.compile("[0-9]")
_VALUES = re.compile(  # a day with its time is one, and a bank before its account
    r"(?:[0-9]{2,4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{7,8}) ?[0-9]{1,2}:[0-9:]{2,5}|"
    r"\(?[0-9]{3}\)? [^ ]*[0-9*]{5,}|\S+"
)
_CJK_RUN = re.compile(f"[{_CJK}]+")
_NUMBERED = MONEY | {Role.PAYEE, Role.PAYER, Role.ACCOUNT, Role.WHEN}
_MARKED_SUM = re.compile(r"[: ]*(?:新?台幣|NT ?\$|NTD|TWD|\$) ?[0-9]|[: ]*[0-9][0-9,]* ?[元圓]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A label and what stands beside or below it. `box` is the row (or rows) of both."""

    role: Role
    value: str
    box: Box
    value_box: Box
    confidence: float = 100.0
    digits_box: Box | None = None  # the widest cell of the value that holds no Chinese
    label: str = ""
    label_box: Box | None = None


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    role: Role


def entries(lines: Sequence[Line]) -> tuple[Entry, ...]:
    """All labelled values in reading order; a label without a value has an empty one."""
    found: list[Entry] = []
    labelled = [tuple(_in_line(line)) for line in lines]
    for index, (line, row) in enumerate(zip(lines, labelled, strict=True)):
        below = lines[index + 1] if index + 1 < len(lines) else None
        heads = tuple(_in_line(line, heads=True))
        if below and _are_heads(heads, line, below, named=_is_named(below)):
            found += _columns(heads, line, below)
            continue
        if below and labelled[index + 1]:
            below = None
        for entry in row:
            last = entry is row[-1]
            found.append(_with_below(entry, line, below) if last and below else entry)
    return tuple(found)


def _is_named(line: Line) -> bool:
    """Whether a cell of the row begins with a label."""
    at = 0
    for cell in line.cells:
        if any(at <= mark.start <= at + 2 for mark in _marks(line.text)):
            return True
        at += len(cell.text) + 2
    return False


def _are_heads(row: Sequence[Entry], line: Line, below: Line, *, named: bool) -> bool:
    """Whether labels stand side by side over their values, whatever words are among either."""
    if not row or len(line.cells) + len(row) < 3 or not _near(line, below):
        return False
    bare = all(not entry.value for entry in row)
    even = len(line.cells) == len(below.cells)
    if named:  # a value may look like a label: 跨行轉帳
        return even and len(row) > 1 and bare and not _DIGIT.search(line.text)
    if len(row) > 1 and (bare or (even and len(line.cells) > 2 and not _DIGIT.search(line.text))):
        return True
    waiting = any(entry.role in _NUMBERED and not _DIGIT.search(entry.value) for entry in row)
    return waiting and even and not _DIGIT.search(line.text) and bool(_DIGIT.search(below.text))


def _in_line(line: Line, *, heads: bool = False) -> Iterator[Entry]:
    text = line.text
    marks = list(_marks(text)) or _misread(text)
    marks = _with_parted(text, marks) if heads else _before_memo(marks)
    for index, mark in enumerate(marks):
        stop = marks[index + 1].start if index + 1 < len(marks) else len(text)
        cells = _cells_between(line, mark.end, stop)
        own = _cells_between(line, mark.start, mark.end)
        yield Entry(
            mark.role,
            _value(
                text[mark.end : stop].rstrip(_COMMAS if stop < len(text) else ""), role=mark.role
            ),
            line.box,
            union(cell.box for cell in cells) if cells else line.box,
            min(cell.confidence for cell in line.cells),
            _digits_box(cells),
            _ENGLISH_BEHIND.sub("", text[mark.start : mark.end]).strip(),
            _label_box(line, mark) if own else None,
        )


def _label_box(line: Line, mark: _Mark) -> Box:
    """Where a label stands in its cell, by its share of the cell's width."""
    at = 0
    for cell in line.cells:
        if at <= mark.start < at + len(cell.text):
            whole = max(1, _columns_of(cell.text))
            before = _columns_of(cell.text[: mark.start - at])
            wide = _columns_of(cell.text[mark.start - at : mark.end - at].strip())
            each = cell.box.width / whole
            left = cell.box.left + round(each * before)
            return replace(
                cell.box, left=left, right=min(cell.box.right, left + round(each * wide))
            )
        at += len(cell.text) + 2
    return line.box


def _columns_of(text: str) -> int:
    """How wide a text is, in Latin letters."""
    return sum(1 if ord(char) < 0x2E80 else 2 for char in text)


def _value(text: str, *, role: Role) -> str:
    """What stands behind a label, without its unit, closing brackets and the dots that lead there.

    Dots before anything but a sum stay: they may mask an account.
    """
    bare = text.strip(" :").lstrip(_CLOSING)
    led = bare.lstrip(_LEADERS)
    if role in MONEY and led != bare and (not led or amount_at_start(led) is not None):
        bare = led
    return "" if _NO_VALUE.fullmatch(bare) else bare


def _marks(text: str) -> Iterator[_Mark]:
    marks = [
        _and_english(text, mark) for run in _RUN.finditer(text) if (mark := _chinese(text, run))
    ]
    if marks:
        marks += _english_cells(text)
        marks.sort(key=lambda mark: mark.start)
    else:
        marks = [
            _Mark(found.start("label"), found.end(), role)
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


def _and_english(text: str, mark: _Mark) -> _Mark:
    """轉帳金額 Amount: both are the label."""
    told = _SAME_IN_ENGLISH.match(text, mark.end)
    role = role_of(told["label"]) if told else None
    act = mark.role is Role.AMOUNT and told and _ACTS_ENGLISH.fullmatch(told["label"])
    if told is None or (role is None and not act):
        return mark
    clearer = mark.role is Role.NAME and role in (Role.PAYEE, Role.PAYER)
    return replace(mark, end=told.end(), role=role if clearer else mark.role)


def _english_cells(text: str) -> Iterator[_Mark]:
    """Cells that are an English label and nothing else, in a row that has Chinese ones."""
    at = 0
    for cell in text.split("  "):
        role = role_of(cell.strip(" :")) if _LETTERS.fullmatch(cell) else None
        if role:
            yield _Mark(at, at + len(cell), role)
        at += len(cell) + 2


def _chinese(text: str, found: re.Match[str]) -> _Mark | None:
    """The run, or the run without a sign before it that was read as a character."""
    start, end = found.span()
    label = found["label"].replace(" ", "")
    led = _LED.match(label)
    if led:
        label, start = label[led.end() :], text.index(label[led.end() :][:1], start)
    words = _WORDS_BEHIND.search(label)
    if words:
        label, end = label[: words.start()], end - len(words[0])
    currency = _CURRENCY_BEHIND.search(label)
    if currency and re.match(r" ?[$0-9*]", text[end:]):
        label, end = label[: currency.start()], end - len(currency[0])
    role = role_of(label) or (role_of(label[1:]) if start == 0 and len(label) > 2 else None)
    first = found["label"].split(" ")[0]
    if role is None and len(first) > 1 and first != found["label"]:  # a value of words
        role, end = role_of(first), found.start() + len(first)
    grown = _GROWN.match(label)
    if role is None and grown and " " not in found["label"]:  # no space was left between them
        role, end = role_of(grown[0]), end - len(label) + grown.end()
    if _IN_WORDS.search(found["unit"] or "") and _CURRENCY.fullmatch(label):
        role = Role.AMOUNT  # 新台幣(大寫)
    if _ACTS.fullmatch(label):
        role = Role.AMOUNT if _MARKED_SUM.match(text[end:]) else role
    return _Mark(start, end, role) if role else None


def _with_parted(text: str, marks: list[_Mark]) -> list[_Mark]:
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
                more.append(_Mark(at, at + len(label), role))
            at += len(label)
    return sorted([*marks, *more], key=lambda mark: mark.start)


def _misread(text: str) -> list[_Mark]:
    head = re.match(rf"[^{_CJK}]{{0,3}}(?P<label>[{_CJK}]{{3,10}})(?=[: ]|$)", text)
    role = role_of_misread(head["label"]) if head else None
    return [_Mark(head.start("label"), head.end("label"), role)] if head and role else []


def _before_memo(marks: list[_Mark]) -> list[_Mark]:
    """What stands behind a memo label in its row was written by the payer, whatever it says."""
    kept = []
    for mark in marks:
        kept.append(mark)
        if mark.role is Role.MEMO:
            break
    return kept


def _cells_between(line: Line, start: int, stop: int) -> list[Cell]:
    """The cells that hold the characters from start to stop of the line's text."""
    at, inside = 0, []
    for cell in line.cells:
        if at < stop and at + len(cell.text) > start:
            inside.append(cell)
        at += len(cell.text) + 2
    return inside


def _digits_box(cells: Sequence[Cell]) -> Box | None:
    plain = [cell.box for cell in cells if not re.search(f"[{_CJK}]", cell.text)]
    return max(plain, key=lambda box: box.width, default=None)


def _near(line: Line, below: Line) -> bool:
    return below.box.top - line.box.bottom < 2.5 * line.box.height


def _with_below(entry: Entry, line: Line, below: Line) -> Entry:
    """The row below belongs to a label whose own row is empty, or names only the bank."""
    wants = not entry.value or (
        entry.role is Role.PAYEE and not re.search(r"[0-9]{5}", entry.value)
    )
    if not (_near(line, below) and wants):
        return entry
    value = f"{entry.value} {below.text}".strip()
    return replace(entry, value=value, **_place(line, below.cells))


def _columns(row: Sequence[Entry], line: Line, below: Line) -> Iterator[Entry]:
    """Each label with the cells below that stand nearer to it than to any other head."""
    heads = [(entry.label_box or entry.box, entry) for entry in row]
    own = [box for box, _ in heads]
    others = [cell.box for cell in line.cells if not any(_within(box, cell.box) for box in own)]
    boxes = sorted([*own, *others], key=lambda box: box.left)
    if len(below.cells) < len(boxes):
        below = _apart(below, len(boxes))
    in_order = len(below.cells) == len(boxes)
    for box, entry in heads:
        cells = [cell for cell in below.cells if _nearest(cell.box, boxes) is box]
        if in_order:
            cells = [below.cells[boxes.index(box)]]
        value = "  ".join(cell.text for cell in cells)
        yield (
            replace(entry, value=value, **_place(line, cells))
            if cells
            else replace(entry, value="")
        )


def _apart(line: Line, count: int) -> Line:
    """The row with its words in cells of their own, where that makes as many as there are heads."""
    cells = [piece for cell in line.cells for piece in _words_of(cell)]
    return Line(tuple(cells)) if len(cells) == count else line


def _words_of(cell: Cell) -> Iterator[Cell]:
    each = cell.box.width / max(1, _columns_of(cell.text))
    for word in _VALUES.finditer(cell.text):
        left = cell.box.left + round(each * _columns_of(cell.text[: word.start()]))
        box = replace(cell.box, left=left, right=left + round(each * _columns_of(word[0])))
        yield replace(cell, text=word[0], box=box)


def _within(box: Box, cell: Box) -> bool:
    return cell.left <= box.left and box.right <= cell.right


def _nearest(box: Box, heads: Sequence[Box]) -> Box:
    def distance(head: Box) -> float:
        edges = (abs(box.left - head.left), abs(box.right - head.right))
        return min(abs(box.left + box.right - head.left - head.right) / 2, *edges)

    return min(heads, key=distance)


def _place(line: Line, cells: Sequence[Cell]) -> dict[str, Any]:
    box = union(cell.box for cell in cells)
    return {
        "box": line.box.union(box),
        "value_box": box,
        "confidence": min(cell.confidence for cell in cells),
        "digits_box": _digits_box(cells),
    }
