"""Files that are made to hurt a reader of pictures: none is a proof, each must be held in time."""

import io
import random
import struct
import zlib
from collections.abc import Iterator

from PIL import Image, ImageDraw

from . import proofs
from .sheet import font


def hostile(seed: int, *, flips: int = 20) -> Iterator[tuple[str, bytes]]:
    """Names and files; `flips` of each kind of file have bits turned over or their end cut."""
    yield from _bombs()
    yield from _documents()
    yield from _animated()
    yield from _crowded(random.Random(f"crowded {seed}"))
    yield from _odd(random.Random(f"odd {seed}"))
    yield from _broken(random.Random(f"broken {seed}"), seed, flips)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _png(width: int, height: int, body: bytes, *, extra: bytes = b"", depth: int = 8) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0)
    chunks = _chunk(b"IHDR", head) + extra + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _zeros(count: int) -> bytes:
    """So many zero bytes, compressed, without ever holding them."""
    packer, out, block = zlib.compressobj(9), io.BytesIO(), bytes(1 << 20)
    for _ in range(count >> 20):
        out.write(packer.compress(block))
    out.write(packer.flush())
    return out.getvalue()


def _bombs() -> Iterator[tuple[str, bytes]]:
    yield "png-50k-header", _png(50_000, 50_000, zlib.compress(b"\0" * 100))
    yield "png-bomb", _png(20_000, 20_000, _zeros(20_001 * 20_000))
    yield "png-just-below-limit", _png(6_300, 6_300, _zeros(6_301 * 6_300 + (1 << 20)))
    yield "png-longest-line", _png(2_000_000, 2, zlib.compress(b"\0" * 4_000_002))
    yield "png-text-bomb", _png(8, 8, zlib.compress(bytes(72)), extra=_text_bomb())
    yield "jpeg-65k-header", _jpeg_header(65_500, 65_500)
    yield "gif-50k", b"GIF89a" + struct.pack("<HH", 50_000, 50_000) + b"\x80\0\0" + bytes(800)
    yield "webp-16k", _webp_header(16_383, 16_383)
    yield (
        "bmp-50k",
        b"BM"
        + struct.pack(
            "<IHHIIiiHHIIiiII", 99, 0, 0, 54, 40, 50_000, 50_000, 1, 24, 0, 0, 0, 0, 0, 0
        ),
    )


def _text_bomb() -> bytes:
    return _chunk(b"zTXt", b"note\0\0" + _zeros(200 << 20))


def _jpeg_header(width: int, height: int) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8\xff\xc0"
        + struct.pack(">H", len(frame) + 2)
        + frame
        + b"\xff\xda\0\x08"
        + bytes(99)
    )


def _webp_header(width: int, height: int) -> bytes:
    body = b"\x9d\x01\x2a" + struct.pack("<HH", width, height)
    vp8 = b"VP8 " + struct.pack("<I", len(body) + 203) + b"\x10\0\0" + body + bytes(200)
    return b"RIFF" + struct.pack("<I", len(vp8) + 4) + b"WEBP" + vp8


def _pdf(pages: int, box: str, content: bytes) -> bytes:
    """A plain PDF without a cross-reference table: readers rebuild it."""
    kids = " ".join(f"{4 + number} 0 R" for number in range(pages))
    parts = [
        b"%PDF-1.4",
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        f"2 0 obj<</Type/Pages/Count {pages}/Kids[{kids}]>>endobj".encode(),
        b"3 0 obj<</Length %d>>stream\n%s\nendstream endobj" % (len(content), content),
    ]
    parts += [
        f"{4 + n} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 3 0 R>>endobj".encode()
        for n in range(pages)
    ]
    return b"\n".join([*parts, b"trailer<</Root 1 0 R>>", b"%%EOF"])


def _documents() -> Iterator[tuple[str, bytes]]:
    square = b"0 0 100 100 re f\n"
    yield "pdf-huge-page", _pdf(1, "0 0 1000000 1000000", square)
    yield "pdf-negative-page", _pdf(1, "0 0 -5 1e30", square)
    yield "pdf-thin-page", _pdf(1, "0 0 0.001 14400", square)
    yield "pdf-5000-pages", _pdf(5_000, "0 0 595 842", square)
    yield "pdf-million-strokes", _pdf(1, "0 0 595 842", b"0 0 m 595 842 l S\n" * 300_000)
    yield "pdf-million-squares", _pdf(1, "0 0 595 842", b"0 0 595 842 re f\n" * 300_000)
    yield "pdf-one-long-path", _pdf(1, "0 0 595 842", b"0 0 m " + _zigzag(150_000) + b"S")
    yield "pdf-picture-bomb", _pdf(1, "0 0 595 842", _picture_bomb())
    yield "pdf-deep-states", _pdf(1, "0 0 595 842", b"q " * 500_000)
    yield (
        "pdf-own-parent",
        b"%PDF-1.4\n1 0 obj<</Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj\ntrailer<</Root 1 0 R>>",
    )
    yield "pdf-header-only", b"%PDF-1.7\n"


def _zigzag(count: int) -> bytes:
    return b"".join(b"%d %d l " % (n * 7 % 595, n * 13 % 842) for n in range(count))


def _picture_bomb() -> bytes:
    """A picture inside the page's own words that unpacks to 900 million pixels."""
    head = b"q 595 0 0 842 0 0 cm BI /W 30000 /H 30000 /CS /G /BPC 8 /F /Fl ID "
    return head + _zeros(900 << 20) + b" EI Q"


def _animated() -> Iterator[tuple[str, bytes]]:
    frames = [Image.new("RGB", (900, 1600), (number, 255 - number, 99)) for number in range(60)]
    for kind in ("PNG", "WEBP"):
        out = io.BytesIO()
        frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=20)
        yield f"{kind.lower()}-animated", out.getvalue()


def _crowded(rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """What a finder of text takes for text everywhere."""
    noise = Image.frombytes("RGB", (1500, 2000), rng.randbytes(9_000_000))
    page = Image.new("L", (4000, 5500), 255)
    pen, small = ImageDraw.Draw(page), font("latin", 14)
    for top in range(0, 5500, 16):
        pen.text((0, top), "".join(rng.choice("0123456789,NT$") for _ in range(500)), 0, small)
    for name, image in (("noise", noise), ("digits", page)):
        out = io.BytesIO()
        image.save(out, "PNG")
        yield f"png-all-{name}", out.getvalue()
    stripes = Image.new("L", (6000, 6000), 255)
    for left in range(0, 6000, 24):
        ImageDraw.Draw(stripes).rectangle((left, 0, left + 11, 6000), 0)
    out = io.BytesIO()
    stripes.save(out, "PNG")
    yield "png-all-bars", out.getvalue()


def _odd(rng: random.Random) -> Iterator[tuple[str, bytes]]:
    picture = proofs.one("fitting", 0, seed=1, wrong=True).content
    document = _pdf(1, "0 0 595 842", b"0 0 9 9 re f")
    yield "empty", b""
    yield "one-byte", b"\xff"
    yield "noise", rng.randbytes(200_000)
    yield "noise-as-jpeg", b"\xff\xd8\xff\xe0" + rng.randbytes(100_000)
    yield "noise-as-heic", b"\0\0\0\x18ftypheic" + rng.randbytes(100_000)
    yield "html", b"<!doctype html><script>alert(1)</script>" * 50
    yield "svg", b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
    yield "zip", b"PK\x03\x04" + rng.randbytes(500)
    yield "picture-then-pdf", picture + document
    yield "pdf-then-picture", document + picture
    yield "png-one-pixel", _png(1, 1, zlib.compress(b"\0\0"))
    yield "png-ribbon", _png(1, 30_000, zlib.compress(bytes(60_000)))
    yield "png-16-bit", _png(64, 64, zlib.compress(bytes(64 * 129)), depth=16)


def _broken(rng: random.Random, seed: int, flips: int) -> Iterator[tuple[str, bytes]]:
    """Real proofs of every kind of file, damaged as files: bits turned, ends cut."""
    found: dict[str, bytes] = {}
    for number in range(200):
        proof = proofs.one("fitting", number, seed=seed, wrong=True)
        found.setdefault(proof.label.file.rpartition(".")[2], proof.content)
        if len(found) == 5:
            break
    for ending, content in sorted(found.items()):
        for number in range(flips):
            if number % 2:
                yield f"{ending}-cut-{number}", content[: rng.randrange(len(content))]
                continue
            bits = bytearray(content)
            for _ in range(rng.choice((1, 10, 200))):
                bits[rng.randrange(len(bits))] ^= 1 << rng.randrange(8)
            yield f"{ending}-flipped-{number}", bytes(bits)
