"""Rows of a page as pictures of their own, made for one reader or the other. Pure."""

from dataclasses import replace

from PIL import Image, ImageOps, ImageStat

from mailflow.receipts.engine import Sheet
from mailflow.receipts.lines import Box

DIGIT_HEIGHT = 48
ROOM = 3.0  # heights of a row, behind the number
NEAR = 1.5  # room for two digits, less of what lies beside the paper
LEFT = 1.2  # heights of a row: room for two digits that were lost before the number
DARK = 110  # of 255: a row that is darker shows light letters


def neighbours(sheet: Sheet, place: Box) -> tuple[int, int]:
    """Where the numbers beside it in its row end and begin: the columns of a table."""
    cells = [cell for line in sheet.lines for cell in line.cells if cell.box.same_row(place)]
    numbers = [cell.box for cell in cells if any(char.isdigit() for char in cell.text)]
    left = [box.right for box in numbers if box.right <= place.left]
    right = [box.left for box in numbers if box.left >= place.right]
    # Of a sentence only its own words; a lost last digit leaves no word behind. Most of the next
    # one stays to be seen: half of 至 looks like a 3.
    if any(_in_sentence(place, box) for box in numbers):
        left.append(place.left - place.height // 2)
    if any(_goes_on(place, box) for box in numbers):
        right.append(place.right + place.height * 7 // 10)
    return max(left, default=0), min(right, default=sheet.image.width)


def _in_sentence(place: Box, cell: Box) -> bool:
    """Whether words stand before and behind the number in its cell."""
    return cell.left + place.height < place.left and _goes_on(place, cell)


def _goes_on(place: Box, cell: Box) -> bool:
    """Whether something stands behind the number in its cell: a word, or the next column."""
    return cell.left <= place.left < cell.right and place.right + place.height < cell.right


def own_letters(sheet: Sheet, place: Box) -> Box:
    """The number without the margin that is put before it, where a word stands there: Tesseract
    takes the end of 出 for a 1."""
    cells = (cell.box for line in sheet.lines for cell in line.cells if cell.box.same_row(place))
    if any(cell.left + place.height < place.left < cell.right for cell in cells):
        return replace(place, left=place.left + place.height // 4)
    return place


def wide_row(
    page: Image.Image, place: Box, *, between: tuple[int, int] | None = None, room: float = ROOM
) -> Image.Image:
    """The number with room for digits lost on either side, its contrast equalised; the room ends
    where other numbers stand. `room`: behind it, in its heights."""
    high = place.height
    first, last = between or (0, page.width)
    area = _inside(
        page,
        Box(
            max(first, place.left - round(LEFT * high)),
            place.top,
            min(last, place.right + round(room * high)),
            place.bottom,
        ),
        high // 4,
    )
    return ImageOps.autocontrast(page.crop(area).convert("L"), cutoff=(0.5, 10))


def close_row(page: Image.Image, place: Box) -> Image.Image:
    """The number as it stands on the page, with a little around it."""
    high = place.height
    box = Box(place.left - high // 4, place.top, place.right + high // 4, place.bottom)
    return page.crop(_inside(page, box, high // 8))


def soft(row: Image.Image) -> Image.Image:
    """The same in other eyes: smaller, its strokes darker."""
    small = row.resize((row.width * 7 // 10 + 1, row.height * 7 // 10 + 1), Image.Resampling.BOX)
    return small.point([round(255 * (value / 255) ** 1.8) for value in range(256)])


def narrow_row(page: Image.Image, place: Box, *, room: int = 2) -> Image.Image:
    """The number as Tesseract likes it: dark on light, 48 pixels high, with a margin; behind it
    `room` for so many of its heights."""
    high = place.height
    box = Box(place.left - high // 3, place.top, place.right + room * high, place.bottom)
    row = page.crop(_inside(page, box, high // 10)).convert("L")
    width = max(1, round(row.width * DIGIT_HEIGHT / row.height))
    row = row.resize((width, DIGIT_HEIGHT), Image.Resampling.LANCZOS)
    if ImageStat.Stat(row).median[0] < DARK:
        row = ImageOps.invert(row)
    return ImageOps.expand(ImageOps.autocontrast(row, cutoff=(0.5, 10)), border=16, fill=255)


def _inside(page: Image.Image, box: Box, pad: int) -> tuple[int, int, int, int]:
    left, top = max(0, box.left), max(0, box.top - pad)
    right, bottom = min(page.width, box.right), min(page.height, box.bottom + pad)
    return (
        min(left, page.width - 1),
        min(top, page.height - 1),
        max(right, left + 1),
        max(bottom, top + 1),
    )
