"""E-mail and postal addresses: their normal form, and domains that are probably mistyped."""

import re
import unicodedata

_MAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}")
_PROVIDERS = (
    "gmail.com",
    "yahoo.com.tw",
    "yahoo.com",
    "hotmail.com",
    "outlook.com",
    "icloud.com",
    "msn.com",
    "live.com",
    "qq.com",
    "163.com",
    "ntut.org.tw",
    "ntut.edu.tw",
    "mail.ntut.edu.tw",
)
# Real domains that lie one slip away from a provider.
_REAL = frozenset({*_PROVIDERS, "ymail.com", "mail.com", "email.com", "gmx.com", "126.com"})
_REAL |= {"yahoo.com.hk", "hotmail.com.tw", "live.com.tw", "me.com", "mac.com", "foxmail.com"}
_KNOWN_SLIPS = {"gmail.com.tw": "gmail.com", "yahoo.tw": "yahoo.com.tw", "gmail": "gmail.com"}
_POSTCODE = re.compile(r"^(?:[0-9]{3}(?:-?[0-9]{2,3})?)(?=[^0-9])")
_HOUSE = re.compile(r"[0-9之]+[號号]|[0-9]+(?:樓|室)")


def mail_address(text: str) -> str | None:
    """In lower case, without `mailto:` and brackets; None when it is not one plain address."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    plain = plain.removeprefix("mailto:").strip("<>()[] .,;:。，")
    return plain if _MAIL.fullmatch(plain) and ".." not in plain else None


def suspicious_domain(address: str) -> str | None:
    """The domain that was probably meant (gmial.com → gmail.com), or None."""
    domain = address.rpartition("@")[2].strip().lower()
    if domain in _REAL:
        return None
    if domain in _KNOWN_SLIPS:
        return _KNOWN_SLIPS[domain]
    return next((right for right in _PROVIDERS if _one_slip_apart(domain, right)), None)


def _one_slip_apart(a: str, b: str) -> bool:
    """One character added, lost, changed, or two neighbours swapped."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), None)
    if start is None:
        return len(a) != len(b)
    rest_a, rest_b = a[start:], b[start:]
    swapped = rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:] and len(rest_b) > 1
    return swapped or rest_a[1:] in (rest_b, rest_b[1:]) or rest_a == rest_b[1:]


def postal_address(text: str) -> str | None:
    """As written, without spaces, 臺 for 台, a postcode (3, 5 or 6 digits) in front with one
    space behind it; None when no house can be found by it."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).replace("台", "臺")
    code, plain = _parted(plain.strip("。,，;；:."))
    road = re.search(r"[縣市區鄉鎮].{0,30}(?:路|街|道|村|里|巷|鄰|段|弄|號|莊|社區)", plain[:200])
    if not road or not _HOUSE.search(plain) or len(plain) > 120:
        return None
    return f"{code} {plain}" if code else plain


def without_postcode(address: str) -> str:
    """The normal form as it was before postcodes were kept."""
    return address.partition(" ")[2] or address


def _parted(plain: str) -> tuple[str, str]:
    """Postcode, '' without one, and what stands behind it."""
    found = _POSTCODE.match(plain)
    end = found.end() if found else 0
    return plain[:end].replace("-", ""), plain[end:].strip("。,，;；:.")
