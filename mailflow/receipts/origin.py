"""What a file says of itself: which program saved it last, and whether a PDF was added to later.

Reasons for a person to look: an honest student may crop a screenshot with such a program, and
whoever wants to hide it takes these words away.
"""

import re
import warnings
from io import BytesIO

from PIL import Image

from mailflow.receipts.pictures import BROKEN, FORMATS, picture_type

# Programs in which pixels are painted; what only converts, crops or scans is not among them.
_EDITORS = re.compile(
    rb"photoshop|\bgimp\b|pixelmator|affinity (?:photo|designer)|adobe illustrator|inkscape|"
    rb"coreldraw|paint\.net|picsart|snapseed|meitu|\xe7\xbe\x8e\xe5\x9c\x96\xe7\xa7\x80\xe7\xa7\x80|photopea|"
    rb"\bpixlr|canva\b|sejda|pdfescape|pdf-xchange editor|foxit phantom",
    re.IGNORECASE,
)
_SOFTWARE, _DESCRIPTION = 0x0131, 0x010E
_MOST = 200_000  # bytes of metadata that are looked at


def signs_in_file(content: bytes) -> tuple[str, ...]:
    """Codes: `saved_by_an_editor`, `document_changed_later`. Never raises."""
    if picture_type(content) == "PDF":
        return _in_document(content)
    return ("saved_by_an_editor",) if _EDITORS.search(_told(content)) else ()


def _told(content: bytes) -> bytes:
    """The words beside the pixels: EXIF, XMP, and a PNG's texts before its pixels."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(BytesIO(content), formats=FORMATS)
            exif = image.getexif()
            words = [exif.get(_SOFTWARE), exif.get(_DESCRIPTION)]
            words += [image.info.get(key) for key in ("xmp", "Software", "XML:com.adobe.xmp")]
            words += [image.info.get(key) for key in ("comment", "Comment")]
    except (*BROKEN, Image.DecompressionBombError):  # a file that strangers wrote says nothing then
        return b""
    return b"\n".join(w if isinstance(w, bytes) else str(w or "").encode() for w in words)[:_MOST]


def _in_document(content: bytes) -> tuple[str, ...]:
    """A bank writes its receipt once. A signature is added later by its nature, and a file made for
    the web has two ends from the beginning."""
    found = []
    producer = b"\n".join(re.findall(rb"/(?:Producer|Creator)\s*\(([^)]{0,200})\)", content)[:20])
    if _EDITORS.search(producer):
        found.append("saved_by_an_editor")
    ends = len(re.findall(rb"startxref\s+\d+\s+%%EOF", content))
    for_web = b"/Linearized" in content[:2048]
    if ends - for_web > 1 and b"/ByteRange" not in content:
        found.append("document_changed_later")
    return tuple(found)
