"""The page: any scanner reads its barcodes, and whatever a student is called stays text."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageFilter
from store.people import ANNE

from mailflow.campaign.slip_settings import (
    AccountRule,
    Bank,
    CollectionCode,
    SlipMethod,
    SlipSettings,
    Store,
)
from mailflow.letters.paper import slip_paper
from mailflow.person import Field
from mailflow.slips import code39, make_slip
from mailflow.slips.foreign import PaperSlip
from mailflow.slips.pages import paper_from_json, read_json
from mailflow.slips.paper import Paper, draw

SETTINGS = SlipSettings(
    method=SlipMethod.MADE,
    bank=Bank(code="822", name="中國信託", rule=AccountRule.CTBC, corp_code="99999"),
    store=Store(collection_codes=(CollectionCode(up_to=20_000, code="6H1"),)),
)
SLIP = make_slip(SETTINGS, case="iPAS114-0001", amount=600, due_on=date(2025, 9, 22))
assert SLIP.barcodes
CODES = SLIP.barcodes.texts
PAPER = Paper(
    office="示範大學 研究發展處",
    title="114 年第二梯次 iPAS 產業人才能力鑑定 繳費單",
    rows=(("繳款人 Name", "安妮 AN, NI"), ("案號 Case", "iPAS114-0001")),
    payment=(("應繳金額 Amount", "NT$ 600"), ("繳款帳號 Account", SLIP.account)),
    barcodes=CODES,
    stores="超商代收",
    notes=("請先核對姓名、項目與金額。",),
)


def pages(pdf: bytes, dpi: int) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]


def scanned(image: Image.Image) -> list[str]:
    found = zxingcpp.read_barcodes(image)
    assert all(code.format == zxingcpp.BarcodeFormat.Code39 for code in found)
    return sorted(code.text for code in found)


def text_of(pdf: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def as_it_is(image: Image.Image) -> Image.Image:
    return image


def photographed(image: Image.Image) -> Image.Image:
    """Held in the hand: turned by 4°, a little out of focus, as a small JPEG. A page that fills a
    phone's picture has far more than 250 dots an inch."""
    turned = image.rotate(4, expand=True, fillcolor=(225, 222, 215), resample=Image.BICUBIC)
    blurred = turned.filter(ImageFilter.GaussianBlur(1))
    out = io.BytesIO()
    blurred.save(out, "JPEG", quality=55)
    return Image.open(out)


@pytest.mark.parametrize(
    ("dpi", "seen"), [(150, as_it_is), (200, as_it_is), (300, as_it_is), (250, photographed)]
)
def test_a_scanner_reads_all_three_barcodes(dpi: int, seen: Callable[[Image.Image], Image.Image]):
    (page,) = pages(draw(PAPER), dpi)
    assert scanned(seen(page)) == sorted(CODES)


@pytest.mark.parametrize("dpi", [150, 200])
def test_every_slip_of_a_round_can_be_scanned(dpi: int):
    """The check characters and serials change the bars: not one may be unlucky."""
    for number in range(1, 9999, 833):
        slip = make_slip(
            SETTINGS, case=f"iPAS114-{number:04d}", amount=1200, due_on=date(2025, 9, 22)
        )
        assert slip.barcodes
        (page,) = pages(draw(replace(PAPER, barcodes=slip.barcodes.texts)), dpi)
        assert scanned(page) == sorted(slip.barcodes.texts)


def test_a_module_is_a_third_of_a_millimetre_and_has_its_white_on_both_sides():
    (page,) = pages(draw(PAPER), 600)
    row = next(line for line in _rows(page) if len(_runs(line)) > 60)
    narrow = min(size for _, size in _runs(row)[1:-1])
    assert narrow * 25.4 / 600 == pytest.approx(0.3, abs=0.05)
    assert code39.QUIET >= 10


def _rows(page: Image.Image) -> list[list[bool]]:
    grey = page.convert("L")
    return [
        [grey.getpixel((x, y)) < 128 for x in range(grey.width)]  # type: ignore[operator]
        for y in range(grey.height // 2, grey.height, 40)
    ]


def _runs(line: list[bool]) -> list[tuple[bool, int]]:
    runs: list[tuple[bool, int]] = []
    for dark in line:
        if runs and runs[-1][0] == dark:
            runs[-1] = (dark, runs[-1][1] + 1)
        else:
            runs.append((dark, 1))
    return runs


@pytest.mark.parametrize(
    "name",
    [
        "#strong[王]",
        "$ x^2 $ \\ `raw` @ref <label> _a_ *b*",
        "\"王\" '小明'",
        '"; #panic() //',
        ']#eval("1+1")[',
        '{"name": "x"}',
        "= 標題 - 列 + 號",
        "王堃喆煊峯",
        "阿美族·Kolas Yotaka",
        "長" * 40,
        "VERY LONG NAME THAT GOES ON AND ON, JOSE",
    ],
)
def test_whatever_a_student_is_called_stays_text(name: str):
    pdf = draw(replace(PAPER, rows=(("繳款人 Name", name), *PAPER.rows[1:])))
    assert len(pages(pdf, 72)) == 1
    assert _solid(name) in _solid(text_of(pdf))


def _solid(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_characters_that_show_nothing_are_left_out():
    pdf = draw(replace(PAPER, rows=(("繳款人 Name", "王\x00\x07\u202e小\u200b\u2028明\r\n"),)))
    assert "王小 明" in text_of(pdf)


def test_a_character_that_the_font_lacks_stops_nothing():
    """It shows as a box; the English name beside it and the letter say who is meant."""
    text = text_of(draw(replace(PAPER, rows=(("繳款人 Name", "𠮷\ue000田 CHI, TIEN"),))))
    assert "田 CHI, TIEN" in text


def test_the_font_is_embedded_and_equal_input_gives_equal_bytes():
    pdf = draw(PAPER)
    assert pdf == draw(PAPER)
    assert re.search(rb"/FontName ?/[A-Z]{6}\+NotoSansTC", pdf)
    assert b"/FontFile3" in pdf
    assert len(pdf) < 60_000


def test_the_page_says_all_there_is(rules):
    paper = slip_paper(SLIP, ANNE, case="iPAS114-0001", campaign=rules.campaign)
    text = _solid(text_of(draw(paper)))
    told = (rules.campaign.office, rules.campaign.title, ANNE[Field.NAME_ZH], ANNE[Field.NAME_EN])
    told += (ANNE[Field.STUDENT_NO], ANNE[Field.EXAM], ANNE[Field.SUBJECTS], "iPAS114-0001")
    told += ("NT$600", "822中國信託", SLIP.account, "2025年9月22日（星期一）", *CODES)
    assert [part for part in told if _solid(part) not in text] == []
    assert ANNE[Field.NATIONAL_ID] not in text


def test_the_longest_data_fit_on_one_page(rules):
    long = ANNE.with_changes(
        {
            Field.NAME_ZH: "長" * 40,
            Field.NAME_EN: "A" * 60,
            Field.EXAM: "很長的鑑定項目名稱" * 4,
            Field.SUBJECTS: "、".join(["一個名稱很長的考試科目"] * 6),
        }
    )
    paper = slip_paper(SLIP, long, case="iPAS114-0001", campaign=rules.campaign)
    (page,) = pages(draw(paper), 150)
    assert scanned(page) == sorted(CODES)


def test_our_own_page_reads_back_as_a_slip_from_elsewhere(rules):
    paper = slip_paper(SLIP, ANNE, case="iPAS114-0001", campaign=rules.campaign)
    pdf = draw(paper)
    read: PaperSlip = paper_from_json(read_json(pdf), place="x.pdf", pdf=pdf)
    assert (read.amounts, read.accounts, read.due_days) == ({600}, {SLIP.account}, {SLIP.due_on})
    assert read.barcodes == read.printed == SLIP.barcodes
    assert "IPAS114-0001" in read.words
    assert read.shows_name(ANNE[Field.NAME_ZH])
