"""`mailto:` links (RFC 6068) that every mail program reads alike.

UTF-8 percent-encoding, `%20` for a blank (some programs show `+` as it stands) and `%0D%0A` for a
new line. Windows cuts links near 2,000 characters, so a longer one is refused.
"""

from collections.abc import Sequence
from urllib.parse import quote

LONGEST = 1_899


def mailto(address: str, *, subject: str, body: Sequence[str]) -> str:
    """A link that opens a mail; `body` are its lines. Raises ValueError when it is too long."""
    text = "\r\n".join(body)
    link = (
        f"mailto:{quote(address, safe='@+')}"
        f"?subject={quote(subject, safe='')}&body={quote(text, safe='')}"
    )
    if len(link) > LONGEST:
        raise ValueError(f"the mailto link has {len(link)} bytes; {LONGEST} are safe")
    return link
