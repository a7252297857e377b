"""Files that strangers send: opened by their bytes, refused by arithmetic, never trusted."""

import io
import struct
import time
import zlib
from pathlib import Path

import pillow_heif
import pytest
from pace import slower
from PIL import Image

from mailflow.receipts.documents import DocumentError, drawn_pages
from mailflow.receipts.pictures import PictureError, is_picture, may_be_proof, open_pages


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG of black and white pixels that is small as a file, whatever it unpacks to."""

    def chunk(name: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + crc

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def pdf_of(mediabox: str, *, pages: int = 1) -> bytes:
    kids = " ".join(f"{number + 3} 0 R" for number in range(pages))
    parts = [
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        f"2 0 obj<</Type/Pages/Kids[{kids}]/Count {pages}>>endobj",
        *(
            f"{number + 3} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[{mediabox}]>>endobj"
            for number in range(pages)
        ),
        "trailer<</Root 1 0 R>>",
    ]
    return ("%PDF-1.4\n" + "\n".join(parts)).encode()


PHOTO = Image.new("RGB", (400, 300), "white")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_ordinary_pictures_open(kind: str) -> None:
    content = encoded(PHOTO, kind)
    assert is_picture(content)
    assert may_be_proof(content)
    assert open_pages(content)[0].image.size == (400, 300)


def test_a_phone_s_heic_opens() -> None:
    out = io.BytesIO()
    pillow_heif.from_pillow(PHOTO).save(out)
    assert is_picture(out.getvalue())
    assert open_pages(out.getvalue())[0].image.size == (400, 300)


def test_a_sideways_photo_is_turned_as_its_exif_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert open_pages(encoded(PHOTO, "JPEG", exif=exif))[0].image.size == (300, 400)


def test_of_an_animation_the_first_frame_is_read() -> None:
    second = Image.new("RGB", (400, 300), "black")
    content = encoded(PHOTO, "WEBP", save_all=True, append_images=[second], lossless=True)
    assert open_pages(content)[0].image.getpixel((0, 0)) == (255, 255, 255)


def test_what_is_transparent_is_paper() -> None:
    content = encoded(Image.new("RGBA", (400, 300), (0, 0, 0, 0)), "PNG")
    assert open_pages(content)[0].image.getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize(("width", "height"), [(50_000, 50_000), (12_000, 12_000), (7_000, 6_000)])
@pytest.mark.usefixtures("calm")
def test_bombs_are_refused_by_their_header(width: int, height: int) -> None:
    begun = time.perf_counter()
    with pytest.raises(PictureError) as refused:
        open_pages(png_of(width, height))
    assert refused.value.code == "picture_too_large"
    assert time.perf_counter() - begun < 6 * slower()


@pytest.mark.parametrize("mediabox", ["0 0 200000 200000", "0 0 14401 100", "0 0 0 0"])
def test_a_pdf_page_of_absurd_size_is_refused_or_small(mediabox: str) -> None:
    begun = time.perf_counter()
    try:
        pages = open_pages(pdf_of(mediabox))
    except PictureError as refused:
        assert refused.code in {"picture_too_large", "broken_pdf"}  # noqa: PT017
    else:
        assert all(page.image.width * page.image.height <= 4_100_000 for page in pages)
    assert time.perf_counter() - begun < 6 * slower()


def strokes(count: int) -> bytes:
    drawn = b"0 0 m 595 842 l S\n" * count
    parts = (
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj",
        b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj" % (len(drawn), drawn),
        b"trailer<</Root 1 0 R>>",
    )
    return b"%PDF-1.4\n" + b"\n".join(parts)


def test_a_pdf_that_takes_minutes_to_draw_is_given_up() -> None:
    """The library can't be stopped from inside: its process is killed."""
    assert len(drawn_pages(strokes(30))) == 1
    begun = time.perf_counter()
    with pytest.raises(DocumentError, match="pdf_too_slow"):
        drawn_pages(strokes(300_000), seconds=2)
    assert time.perf_counter() - begun < 16 * slower()


def test_a_large_pdf_page_is_rendered_small() -> None:
    (page,) = open_pages(pdf_of("0 0 14400 14400"))
    assert max(page.image.size) <= 2001


def test_no_page_of_a_pdf_is_passed_over() -> None:
    assert len(open_pages(pdf_of("0 0 200 200", pages=5))) == 5
    with pytest.raises(PictureError, match="too_many_pages"):
        open_pages(pdf_of("0 0 200 200", pages=6))


@pytest.mark.parametrize(
    "content",
    [
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\nshowpage",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + b"\0" * 100,
        b"8BPS\0\1" + b"\0" * 100,
        b"II*\0" + b"\0" * 100,
        b"",
        b"hello",
    ],
)
def test_other_types_are_no_pictures_whatever_they_are_called(content: bytes) -> None:
    assert not is_picture(content)
    assert not may_be_proof(content)
    with pytest.raises(PictureError, match="not_a_picture"):
        open_pages(content)


def test_postscript_behind_a_jpeg_s_first_bytes_is_not_run() -> None:
    with pytest.raises(PictureError):
        open_pages(b"\xff\xd8\xff\n%!PS-Adobe-3.0 EPSF-3.0\n(x) run showpage")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("kept", [12, 60, 200])
def test_truncated_files_are_broken_not_fatal(kind: str, kept: int) -> None:
    noise = Image.effect_noise((400, 300), 90).convert("RGB")
    with pytest.raises(PictureError) as refused:
        open_pages(encoded(noise, kind)[:kept])
    assert refused.value.code in {"broken_picture", "bad_header"}


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", b"%PDF-1.7\ntrailer<</Root 1 0 R>>" + b"x" * 99]
)
def test_a_broken_pdf_is_told(content: bytes) -> None:
    with pytest.raises(PictureError, match="broken_pdf"):
        open_pages(content)


def test_a_signature_s_logo_is_passed_over() -> None:
    assert not may_be_proof(encoded(Image.new("RGB", (120, 60)), "PNG"))
    assert not may_be_proof(encoded(Image.new("RGB", (1600, 210)), "PNG"))
    assert may_be_proof(encoded(Image.new("RGB", (1080, 2340)), "PNG"))
    assert may_be_proof(encoded(Image.new("RGB", (300, 417)), "JPEG"))


def test_no_other_type_is_ever_opened() -> None:
    source = Path("mailflow/receipts/pictures.py")
    text = (Path(__file__).resolve().parents[2] / source).read_text("utf-8")
    assert text.count("Image.open(") == 1
    assert "formats=FORMATS" in text
    assert "register_heif_opener" not in text
