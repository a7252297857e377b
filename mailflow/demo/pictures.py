"""The payment proofs of the sample students, drawn: nobody's real receipt is needed.

Drawn in Chinese where the machine has any CJK font, else in English, as a bank's app shows it to
foreign students; `draws_chinese()` tells which.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw, ImageFont

TAIPEI = ZoneInfo("Asia/Taipei")
INK, GREY, GREEN, AMBER, RED = "#1c1f24", "#6b7280", "#0f8a4d", "#d98a00", "#c62828"
_FONT_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("/System/Library/Fonts"),
    Path("C:/Windows/Fonts"),
)
# The first pattern that matches wins: sans before the fallback fonts.
_FONT_NAMES = (
    "NotoSansCJK-Regular*",
    "NotoSansTC*",
    "NotoSansCJK*",
    "SourceHanSans*",
    "PingFang*",
    "msjh*",
    "wqy-*",
    "DroidSansFallback*",
    "NotoSerifCJK-Regular*",
    "uming*",
    "ukai*",
)
_TRADITIONAL = 3  # the face of a Noto CJK collection with Traditional Chinese forms
_ENGLISH = {
    "轉帳結果": "Transfer result",
    "轉帳成功": "Transfer successful",
    "轉帳失敗": "Transfer failed",
    "預約轉帳設定成功": "Scheduled transfer created",
    "轉帳金額": "Amount",
    "轉入銀行": "To bank",
    "轉入帳號": "To account",
    "轉出帳號": "From account",
    "手續費": "Fee",
    "交易時間": "Transaction time",
    "預約轉帳日": "Scheduled date",
    "交易序號": "Reference no.",
    "代收款專用繳款證明（顧客聯）": "Payment receipt (customer copy)",
    "代收項目": "Item",
    "報名費": "Exam fee",
    "代收金額": "Amount",
    "銷帳編號": "To account",
    "合計": "Total",
    "現金": "Cash",
    "找零": "Change",
    "大安便利商店 科大門市": "DAAN CONVENIENCE STORE",
    "轉帳": "Transfer",
    "元": "",
    "能力鑑定證書": "CERTIFICATE OF COMPETENCE",
    "合格": "has passed",
}
_CHAT_WIDTH = 540  # pixels, of a picture sent by a phone's chat


@cache
def _font_file() -> Path | None:
    for name in _FONT_NAMES:
        for folder in _FONT_FOLDERS:
            found = sorted(folder.rglob(name)) if folder.is_dir() else []
            if found:
                return found[0]
    return None


def draws_chinese() -> bool:
    """Whether a font with Chinese characters was found."""
    return _font_file() is not None


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    file = _font_file()
    if file is None:
        return ImageFont.load_default(size)
    collection = file.suffix == ".ttc" and "CJK" in file.name
    return ImageFont.truetype(str(file), size, index=_TRADITIONAL if collection else 0)


def _said(text: str) -> str:
    return text if draws_chinese() else _ENGLISH.get(text, text)


def _money(amount: int) -> str:
    return f"NT$ {amount:,}"


@dataclass(slots=True)
class _Sheet:
    """A white sheet that is written from top to bottom."""

    image: Image.Image
    y: int = 40

    @classmethod
    def of(cls, width: int, height: int) -> "_Sheet":
        return cls(Image.new("RGB", (width, height), "white"))

    def middle(self, text: str, *, size: int, colour: str = INK) -> None:
        draw = ImageDraw.Draw(self.image)
        font = _font(size)
        width = draw.textlength(_said(text), font=font)
        draw.text(((self.image.width - width) / 2, self.y), _said(text), colour, font=font)
        self.y += size * 2

    def row(self, label: str, value: str, *, size: int = 34) -> None:
        draw = ImageDraw.Draw(self.image)
        font = _font(size)
        width = draw.textlength(value, font=font)
        draw.text((60, self.y), _said(label), GREY, font=font)
        draw.text((self.image.width - 60 - width, self.y), value, INK, font=font)
        self.y += size * 2 + 14

    def line(self, text: str, *, size: int = 32) -> None:
        ImageDraw.Draw(self.image).text((50, self.y), text, INK, font=_font(size))
        self.y += round(size * 1.6)

    def png(self) -> bytes:
        out = io.BytesIO()
        self.image.save(out, "PNG", compress_level=1)
        return out.getvalue()


def draw_transfer(
    *,
    amount: int,
    account: str,
    bank: str,
    paid_at: datetime,
    fee: int = 0,
    shown_account: str | None = None,
    failed: bool = False,
) -> bytes:
    """A phone's screenshot of a transfer to the slip's account, as PNG.

    `shown_account` stands in for a masked or a wrong one.
    """
    return _screen(
        "轉帳失敗" if failed else "轉帳成功",
        RED if failed else GREEN,
        (
            ("轉帳金額", _money(amount)),
            ("手續費", _money(fee)),
            ("轉入銀行", bank),
            ("轉入帳號", shown_account or account),
            ("轉出帳號", "*********0007"),
            ("交易時間", _moment(paid_at)),
            ("交易序號", f"T{paid_at:%m%d%H%M}{account[-4:]}"),
        ),
    )


def draw_reservation(*, amount: int, account: str, bank: str, paid_at: datetime) -> bytes:
    """A phone's screenshot of a transfer that is only scheduled: no payment. PNG."""
    return _screen(
        "預約轉帳設定成功",
        AMBER,
        (
            ("轉帳金額", _money(amount)),
            ("手續費", _money(0)),
            ("轉入銀行", bank),
            ("轉入帳號", account),
            ("轉出帳號", "*********0007"),
            ("預約轉帳日", f"{paid_at.astimezone(TAIPEI):%Y/%m/%d}"),
        ),
    )


def draw_store_receipt(
    *, amount: int, account: str, paid_at: datetime, fee: int = 10, faded: bool = False
) -> bytes:
    """The customer's part of a convenience store's receipt, as PNG; `faded` on old paper."""
    sheet = _Sheet.of(720, 960)
    sheet.middle("大安便利商店 科大門市", size=38)
    sheet.middle("代收款專用繳款證明（顧客聯）", size=32)
    sheet.line(_moment(paid_at))
    cash = -(-(amount + fee) // 1000) * 1000
    for label, value in (
        ("代收項目", _said("報名費")),
        ("銷帳編號", account),
        ("代收金額", f"{amount:,} {_said('元')}"),
        ("手續費", f"{fee} {_said('元')}"),
        ("合計", f"{amount + fee:,} {_said('元')}"),
        ("現金", f"${cash:,}"),
        ("找零", f"${cash - amount - fee:,}"),
    ):
        sheet.row(label, value.strip(), size=32)
    if faded:
        paper = Image.new("RGB", sheet.image.size, "#f4f1e8")
        sheet.image = Image.blend(sheet.image, paper, 0.72)
    return sheet.png()


def draw_certificate(*, name: str, exam: str, number: str) -> bytes:
    """A photo of a certificate, as PNG; nobody's but that person's."""
    sheet = _Sheet.of(720, 1000)
    sheet.y = 120
    for text, size in (("能力鑑定證書", 56), (name, 44), (exam, 32), ("合格", 32), (number, 28)):
        sheet.middle(text, size=size)
        sheet.y += 40
    return sheet.png()


def as_sent_by_chat(picture: bytes) -> bytes:
    """The picture as a phone's chat passes it on: smaller, and a JPEG."""
    drawn = Image.open(io.BytesIO(picture))
    small = drawn.resize((_CHAT_WIDTH, round(drawn.height * _CHAT_WIDTH / drawn.width)))
    out = io.BytesIO()
    small.save(out, "JPEG", quality=85)
    return out.getvalue()


def _screen(headline: str, colour: str, rows: Iterable[tuple[str, str]]) -> bytes:
    sheet = _Sheet.of(900, 1300)
    sheet.middle("轉帳結果", size=36)
    sheet.y += 40
    sheet.middle(headline, size=56, colour=colour)
    sheet.y += 40
    for label, value in rows:
        sheet.row(label, value)
    return sheet.png()


def _moment(at: datetime) -> str:
    return f"{at.astimezone(TAIPEI):%Y/%m/%d %H:%M:%S}"
