"""Why a file is refused: place, what was read, what to do. A file is refused as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass, field

_LONGEST_READ = 60


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One fault. `row` is the row number as a spreadsheet shows it, 0 = the whole file; `column`
    is the header's text, '' = the whole row. `read` may hold personal data: for staff, not logs.
    """

    row: int
    column: str
    read: str = field(repr=False)
    remedy: str

    def __str__(self) -> str:
        place = f"第 {self.row} 列" if self.row else "檔案"
        column = f"「{self.column}」" if self.column else ""
        short = self.read[:_LONGEST_READ] + ("…" if len(self.read) > _LONGEST_READ else "")
        read = f"讀到「{short}」；" if self.read else ""
        return f"{place}{column}：{read}{self.remedy}"


class ExportError(ValueError):
    """The file can't be imported; nothing of it was. `problems` are all its faults."""

    def __init__(self, problems: Iterable[FileProblem]):
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problem(s) in the file")

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)
