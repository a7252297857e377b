"""A table whose cells run over two rows: the day, and the hour below it. Pure."""

from dataclasses import replace

from mailflow.receipts.lines import Cell, Line

TIGHT = 0.5  # of a row's height: rows of two transactions stand farther apart
SHARED = 0.5  # of the narrower cell's width


def as_one_row(upper: Line, lower: Line) -> Line | None:
    """Both rows as one, cells of a column joined; None of rows that are two transactions, where
    the lower one begins again what the upper one says, or stands apart."""
    if lower.box.top - upper.box.bottom > TIGHT * upper.box.height:
        return None
    cells, joined = list(upper.cells), 0
    for cell in lower.cells:
        at = next((at for at, one in enumerate(cells) if _share(one, cell)), None)
        if at is None:
            cells.append(cell)
        else:
            joined += 1
            cells[at] = replace(
                cells[at],
                text=f"{cells[at].text} {cell.text}",
                box=cells[at].box.union(cell.box),
                confidence=min(cells[at].confidence, cell.confidence),
            )
    if joined == min(len(upper.cells), len(lower.cells)) and joined > 2:
        return None
    return Line(tuple(sorted(cells, key=lambda cell: cell.box.left)))


def _share(one: Cell, other: Cell) -> bool:
    wide = min(one.box.width, other.box.width)
    over = min(one.box.right, other.box.right) - max(one.box.left, other.box.left)
    return over > SHARED * max(1, wide)
