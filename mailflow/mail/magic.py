"""What a file is, told by its first bytes."""

_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
_HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
_ZIPPED = ("application/vnd.", "application/epub", "application/java", "application/x-iwork")
_OLE = ("application/msword", "application/vnd.ms-", "application/x-msi")


def content_type_of(content: bytes, declared: str) -> str:
    """The media type by the bytes where they tell it, else as declared."""
    head = content[:64]
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return _ole(declared) if kind == "application/x-ole-storage" else kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return _iso_media(head[8:12], declared)
    if head.startswith(b"PK\x03\x04"):
        return declared if declared.startswith(_ZIPPED) else "application/zip"
    if head[:2] == b"BM" and len(content) > 26 and head[6:10] == bytes(4):
        return "image/bmp"
    if b"%PDF-" in content[:1024]:
        return "application/pdf"  # readers accept a short preamble
    return declared


def _iso_media(brand: bytes, declared: str) -> str:
    if brand in _HEIF_BRANDS:
        return "image/heic"
    if brand in {b"avif", b"avis"}:
        return "image/avif"
    return declared if declared.startswith(("video/", "audio/", "image/")) else "video/mp4"


def _ole(declared: str) -> str:
    return declared if declared.startswith(_OLE) else "application/x-ole-storage"
