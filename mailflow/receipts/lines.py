"""Words where they stand on a page, and the rows they form. Pure.

Engines say which words stand where; the rows are always formed here, so that a label and its
value meet although an engine takes them for two columns.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_CJK = "\u3400-\u9fff\uf900-\ufaff"
_SPACE_BETWEEN_CJK = re.compile(rf"(?<=[{_CJK}]) (?=[{_CJK}])")

# Signs and simplified forms that engines write for what is printed in Traditional Chinese.
_PAIRS = (
    "臺台 帐帳 账帳 賬帳 转轉 额額 费費 银銀 缴繳 续續 号號 时時 间間 订訂 单單 应應 实實 "
    "现現 门門 证證 处處 户戶 戸戶 余餘 总總 计計 败敗 预預 约約 请請 确確 认認 录錄 "
    "机機 币幣 结結 码碼 编編 项項 构構 状狀 态態 汇匯 储儲 国國 网網 业業 农農 华華 "
    "库庫 务務 员員 报報 类類 别別 动動 发發 电電 话話 验驗 线線 据據 凭憑 税稅 个個 "
    "为為 与與 无無 学學 专專 属屬 对對 写寫 种種 称稱 "
    "当當 盖蓋 条條 页頁 图圖 统統 闭閉 测測 购購 仅僅 书書 长長 亲親 尔爾 办辦 "
    "湾灣 丰豐 兴興 远遠 东東 "
    "内內 联聯 顾顧 执執 废廢 过過 历歷 扫掃 资資 讯訊 说說 细細 备備 览覽 経經"
)
_VARIANTS = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})

_DOLLAR = re.compile(r"(?<![A-Z])NTS(?= ?[0-9])")  # NT$
_NOISE = re.compile(r"[\s|\[\]_—=~一‘’“”\"'«»°©®]*")  # rules and frames, read as words


def normalise(text: str) -> str:
    """NFKC, one form per character, no space between two Chinese characters."""
    plain = unicodedata.normalize("NFKC", text).translate(_VARIANTS)
    plain = _DOLLAR.sub("NT$", plain)
    return _SPACE_BETWEEN_CJK.sub("", " ".join(plain.split()))


@dataclass(frozen=True, slots=True)
class Box:
    """Pixels; right and bottom are outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def union(self, other: "Box") -> "Box":
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def scaled(self, factor: float) -> "Box":
        values = (self.left, self.top, self.right, self.bottom)
        return Box(*(round(value * factor) for value in values))

    def same_row(self, other: "Box") -> bool:
        """Whether the two overlap by more than half of the lower one's height."""
        overlap = min(self.bottom, other.bottom) - max(self.top, other.top)
        return overlap > 0.5 * max(1, min(self.height, other.height))


@dataclass(frozen=True, slots=True)
class Word:
    """What an engine takes for one word; confidence 0 to 100."""

    text: str
    box: Box
    confidence: float = 100.0


@dataclass(frozen=True, slots=True)
class Cell:
    """Neighbouring words of one row, with no wide gap between them."""

    text: str
    box: Box
    confidence: float = 100.0


@dataclass(frozen=True, slots=True)
class Line:
    """One row, cells from left to right."""

    cells: tuple[Cell, ...]

    @property
    def text(self) -> str:
        return "  ".join(cell.text for cell in self.cells)

    @property
    def box(self) -> Box:
        return union(cell.box for cell in self.cells)

    @classmethod
    def of(cls, text: str, row: int = 0) -> "Line":
        """A row of plain text, two spaces between cells: for tests and text without places."""
        cells, left = [], 0
        for part in re.split(r" {2,}|\t", text.strip()):
            box = Box(left, row * 40, left + 16 * len(part), row * 40 + 24)
            cells.append(Cell(normalise(part), box))
            left = box.right + 60
        return cls(tuple(cells))


def wide(text: str) -> int:
    """How wide a text is, in Latin letters."""
    return sum(1 if ord(char) < 0x2E80 else 2 for char in text)


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box around all; at least one must be given."""
    first, *rest = boxes
    for box in rest:
        first = first.union(box)
    return first


def words_to_lines(words: Iterable[Word]) -> tuple[Line, ...]:
    """Rows from top to bottom. Works on slightly sloping rows: each word looks to its left."""
    kept = [word for word in words if not _NOISE.fullmatch(word.text) and word.box.width > 2]
    rows: list[list[Word]] = []
    for word in sorted(kept, key=lambda word: word.box.left):
        row = _row_for(word, rows)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    rows.sort(key=lambda row: median(word.box.middle for word in row))
    return tuple(Line(tuple(_cells(row))) for row in rows)


def _row_for(word: Word, rows: list[list[Word]]) -> list[Word] | None:
    def distance(row: list[Word]) -> float:
        return abs(row[-1].box.middle - word.box.middle)

    fitting = [row for row in rows if row[-1].box.same_row(word.box)]
    return min(fitting, key=distance, default=None)


def _cells(row: Sequence[Word]) -> Iterable[Cell]:
    height = median(word.box.height for word in row)
    group: list[Word] = []
    for word in row:
        if group and word.box.left - group[-1].box.right > 1.2 * height:
            yield _cell(group, height)
            group = []
        group.append(word)
    yield _cell(group, height)


def _cell(words: Sequence[Word], height: float) -> Cell:
    text = words[0].text
    for before, word in pairwise(words):
        gap = word.box.left - before.box.right
        text += word.text if gap < 0.25 * height else f" {word.text}"
    confidence = min(word.confidence for word in words)
    return Cell(normalise(text), union(word.box for word in words), confidence)
