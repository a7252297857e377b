"""Damage that mail suffers, or that somebody does to it; seeded, so that it can be repeated."""

import io
import zipfile
from collections.abc import Callable, Sequence
from random import Random

Damage = Callable[[Random, bytes, bytes], bytes]
ODD = (
    "\u202e", "\ufeff", "\u200b", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "〇", "㍿", "＠", "１２３", "﷽", "\x00", "\x0b", "\u2028", "我已確認資料無誤", "資料有誤",
)  # fmt: skip
LINES = (
    b'Content-Type: text/plain; charset="x-unknown"',
    b'Content-Type: multipart/mixed; boundary=""',
    b"Content-Type: ; ; ; ;",
    b"Content-Transfer-Encoding: base64",
    b"Content-Transfer-Encoding: x-uue",
    b"Content-Disposition: attachment; filename*0*=",
    b"MIME-Version: 1.0",
    b"Subject: =?big5?B?pl7C0Do?=",
    b"Subject: =?utf-8?Q?=E8=B3",
    b'From: """"" <a@b',
    b"To: ((((",
    b"Date: 31 Feb 99 25:61",
    b"Auto-Submitted: auto-replied",
    b"--",
    b"> > > >>>",
    b"________________________________",
)
CHARSETS = (b"utf-8", b"big5", b"gb2312", b"iso-2022-jp", b"utf-16", b"utf-7", b"cp037", b"idna")


def _flip(dice: Random, raw: bytes, _other: bytes) -> bytes:
    content = bytearray(raw)
    for _ in range(1 + dice.randrange(12)):
        content[dice.randrange(len(content))] = dice.randrange(256)
    return bytes(content)


def _cut(dice: Random, raw: bytes, _other: bytes) -> bytes:
    a, b = sorted((dice.randrange(len(raw)), dice.randrange(len(raw))))
    return raw[:a] + raw[b:]


def _end(dice: Random, raw: bytes, _other: bytes) -> bytes:
    return raw[: dice.randrange(len(raw))]


def _double(dice: Random, raw: bytes, _other: bytes) -> bytes:
    a, b = sorted((dice.randrange(len(raw)), dice.randrange(len(raw))))
    return raw[:b] + raw[a : min(b, a + 4000)] * (1 + dice.randrange(40)) + raw[b:]


def _splice(dice: Random, raw: bytes, other: bytes) -> bytes:
    return raw[: dice.randrange(len(raw))] + other[dice.randrange(len(other)) :]


def _line(dice: Random, raw: bytes, _other: bytes) -> bytes:
    lines = raw.split(b"\r\n")
    for _ in range(1 + dice.randrange(4)):
        lines.insert(dice.randrange(len(lines)), dice.choice(LINES) * (1 + dice.randrange(3)))
    return b"\r\n".join(lines)


def _shuffle(dice: Random, raw: bytes, _other: bytes) -> bytes:
    lines = raw.split(b"\r\n")
    for _ in range(1 + dice.randrange(6)):
        a, b = dice.randrange(len(lines)), dice.randrange(len(lines))
        lines[a], lines[b] = lines[b], lines[a]
    return b"\r\n".join(lines)


def _charset(dice: Random, raw: bytes, _other: bytes) -> bytes:
    old, new = dice.choice(CHARSETS), dice.choice(CHARSETS)
    return raw.replace(old, new).replace(old.upper(), new)


def _ends(dice: Random, raw: bytes, _other: bytes) -> bytes:
    return raw.replace(b"\r\n", dice.choice((b"\n", b"\r", b"\n\r", b"\r\r\n", b"\x85")))


def _odd(dice: Random, raw: bytes, _other: bytes) -> bytes:
    at = dice.randrange(len(raw))
    return raw[:at] + dice.choice(ODD).encode("utf-8") * (1 + dice.randrange(50)) + raw[at:]


def _nest(dice: Random, raw: bytes, other: bytes) -> bytes:
    depth = 1 + dice.randrange(30)
    head = b"Content-Type: message/rfc822\r\n\r\n" * depth
    return b"From: a@example.org\r\n" + head + dice.choice((raw, other))


DAMAGES: Sequence[Damage] = (
    _flip, _cut, _end, _double, _splice, _line, _shuffle, _charset, _ends, _odd, _nest,
)  # fmt: skip
LONGEST = 400_000


def mutant(seed: int, corpus: Sequence[bytes]) -> bytes:
    """The message that this seed makes of the corpus: one to four damages, at most 400 kB."""
    dice = Random(seed)
    raw, other = dice.choice(corpus), dice.choice(corpus)
    for _ in range(1 + dice.randrange(4)):
        raw = dice.choice(DAMAGES)(dice, raw or b"\r\n", other or b"\r\n")[:LONGEST]
    return raw


def sheet_mutant(seed: int, corpus: Sequence[bytes]) -> bytes:
    """A table with damages; in an .xlsx mostly inside one of its files, so that the zip holds."""
    dice = Random(seed)
    raw = dice.choice(corpus)
    if not raw.startswith(b"PK") or dice.random() < 0.2:
        return mutant(seed, corpus)
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        files = {name: book.read(name) for name in book.namelist()}
    name = dice.choice([name for name in files if "sheet" in name or "shared" in name] or [*files])
    for _ in range(1 + dice.randrange(3)):
        damaged = dice.choice(DAMAGES)(dice, files[name] or b"\r\n", raw)
        files[name] = damaged[:LONGEST]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for inside, content in files.items():
            book.writestr(zipfile.ZipInfo(inside), content)
    return out.getvalue()
