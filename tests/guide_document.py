"""`docs/guide-coverage.md` as values, and what tests say of the guide they hold."""

import ast
import re
import tokenize
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "guide-coverage.md"
CLASSES = ("rule", "information", "not applicable")
_CELL = re.compile(r"(?<!\\)\|")
_NUMBER = re.compile(r"^[▪※＊*←↓↑\s]*(?:[0-9０-９]\.|（[一二三四]）|[A註]:)?\s*")
_CLAUSE_ENDS = re.compile(r"[，。、；;:：!！?？()（）※/]")


@dataclass(frozen=True, slots=True)
class Row:
    """Lines `first` to `last` of the guide; `words` are those of them that are not empty."""

    first: int
    last: int
    words: tuple[str, ...]
    kind: str
    where: str

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"

    @property
    def tests(self) -> list[str]:
        """The tests that the row names, as `tests/path.py::test_name`."""
        return re.findall(r"`(tests/[^`]+)`", self.where)

    @property
    def names(self) -> list[tuple[str, list[str]]]:
        """Each letter or campaign key of the row with the words in 「」 that it has to show."""
        found = re.findall(r"`([^`]+)`((?:「[^」]+」)*)", self.where)
        return [
            (name, re.findall("「([^」]+)」", shown))
            for name, shown in found
            if not name.startswith("tests/")
        ]

    @property
    def lines(self) -> list[str]:
        """The words line by line, bare, without the number before a sentence."""
        return [bare(_NUMBER.sub("", line)) for line in self.words]

    @property
    def clauses(self) -> list[str]:
        """Pieces long enough to be known again, bare; the longest when all are short."""
        pieces = [bare(piece) for piece in _CLAUSE_ENDS.split(self._sentence)]
        return [piece for piece in pieces if len(piece) >= 4] or [max(pieces, key=len)]

    @property
    def _sentence(self) -> str:
        return "".join(_NUMBER.sub("", line) for line in self.words)


def bare(text: str) -> str:
    """Letters, figures and characters alone, in one width: what two spellings share."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def rows(page: str) -> list[Row]:
    """The rows of the document's last table; one that is no row at all raises ValueError."""
    table = page.partition("\n## The lines\n")[2]
    lines = [line for line in table.splitlines() if line.startswith("|")]
    return [_row(line) for line in lines[2:]]


def _row(line: str) -> Row:
    cells = [cell.strip() for cell in _CELL.split(line.strip().strip("|"))]
    if len(cells) != 4:
        raise ValueError(f"lines | words | class | where: {line}")
    first, _, last = cells[0].partition("–")
    words = tuple(re.sub(r"\\([*|_<])", r"\1", words) for words in cells[1].split("<br>"))
    return Row(int(first), int(last or first), words, cells[2], cells[3])


def lines_said(page: str) -> int:
    """How many lines the document says that the guide has."""
    said = re.search(r"\*\*(\d+) lines\*\*", page)
    return int(said.group(1)) if said else 0


@cache
def tests_of(file: Path) -> dict[str, str]:
    """Every test of a file with what it quotes of the guide: docstring and `# guide:` comments."""
    source = file.read_text(encoding="utf-8")
    comments = list(_comments(source))
    found = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            end = node.end_lineno or node.lineno
            quoted = [text for line, text in comments if node.lineno <= line <= end]
            found[node.name] = bare(" ".join([ast.get_docstring(node) or "", *quoted]))
    return found


def _comments(source: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(StringIO(source).readline):
        if token.type == tokenize.COMMENT and token.string.startswith("# guide: "):
            yield token.start[0], token.string.removeprefix("# guide: ")


def quoted_by(test: str) -> str | None:
    """What a test quotes, bare; None when there is no such test."""
    path, _, name = test.partition("::")
    file = ROOT / path
    return tests_of(file).get(name) if file.is_file() else None
