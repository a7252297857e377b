"""The poster of a round: a QR code that opens the registration mail, and how to do it by hand."""

import io
import textwrap

import segno
from PIL import Image, ImageDraw, ImageFont
from pylopdf_fonts_zh_tw import sans_path

from mailflow.campaign import Campaign
from mailflow.letters.content import form_link
from mailflow.letters.wording import moment

_SIZE = (1654, 2339)  # A4 at 200 dpi
_DPI = 200
_MARGIN = 130
_CODE = 1050  # pixels, at most
_QUIET = 4  # modules of white around the code, as its standard asks
_INK, _ACCENT = "#22303a", "#14505c"


def draw_poster(campaign: Campaign, mailbox: str) -> bytes:
    """An A4 page as PNG. Raises ValueError when the mail address is too long for a link."""
    link = form_link(campaign, mailbox)
    until = moment(campaign.register_until)
    page = Image.new("RGB", _SIZE, "white")
    pen = _Pen(page)
    pen.write(campaign.office, size=44, below=16)
    pen.write(campaign.title, size=64, colour=_ACCENT, below=50)
    pen.picture(_code(link.href))
    pen.write("掃描 QR code：會開啟一封列好欄位的信", size=56, colour=_ACCENT, below=14)
    pen.write("在冒號後面填寫，寄出；收到報名編號才算報名成功", size=44, below=14)
    pen.write(f"報名截止　{until.zh}", size=52, colour=_ACCENT, below=34)
    pen.write(f"打不開時，請自行寄信到 {link.to}，主旨寫「{link.subject}」", size=38, below=34)
    pen.write(
        "Scan to register: it opens a mail with all fields. Write behind each colon and send it. "
        f"Closes {until.en}. Or write to {link.to}, subject “{link.subject}”.",
        size=36,
        below=0,
    )
    out = io.BytesIO()
    page.save(out, "PNG", dpi=(_DPI, _DPI), optimize=True)
    return out.getvalue()


def _code(text: str) -> Image.Image:
    code = segno.make_qr(text, error="m", mode="byte", boost_error=False)
    modules = code.symbol_size(border=_QUIET)[0]
    out = io.BytesIO()
    code.save(out, kind="png", scale=_CODE // modules, border=_QUIET)
    return Image.open(out).convert("RGB")


class _Pen:
    """Writes centred lines from the top down."""

    def __init__(self, page: Image.Image) -> None:
        self._page = page
        self._draw = ImageDraw.Draw(page)
        self._y = _MARGIN

    def write(self, text: str, *, size: int, below: int, colour: str = _INK) -> None:
        font = ImageFont.truetype(str(sans_path()), size)
        for line in self._lines(text, font):
            self._draw.text((_SIZE[0] // 2, self._y), line, font=font, fill=colour, anchor="ma")
            self._y += round(size * 1.45)
        self._y += below

    def picture(self, picture: Image.Image) -> None:
        self._page.paste(picture, ((_SIZE[0] - picture.width) // 2, self._y))
        self._y += picture.height + 24

    def _lines(self, text: str, font: ImageFont.FreeTypeFont) -> list[str]:
        """As wide as the page allows: between words if there are any, else anywhere."""
        room = _SIZE[0] - 2 * _MARGIN
        wide = font.getlength(text) / max(len(text), 1)
        count = max(int(room / wide), 8)
        while True:
            lines = textwrap.wrap(text, count)
            if all(font.getlength(line) <= room for line in lines) or count <= 8:
                return lines
            count -= 1
