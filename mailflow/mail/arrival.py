"""When and where a mail came in, by the topmost Received field: the one of our own host."""

import logging
from datetime import datetime

from mailparser.exceptions import MailParserError  # type: ignore[import-untyped]
from mailparser.utils import receiveds_parsing  # type: ignore[import-untyped]

from mailflow.mail.headers import Headers, parse_date

logging.getLogger("mailparser").propagate = False  # its records hold addresses


def received_by(headers: Headers) -> str | None:
    """The host that took the mail in, lower case; None when the field cannot be read.

    The clauses (from, by, with, id, for) come in the spellings of fifty mail servers: mail-parser
    knows them.
    """
    value = headers.first("received")[:2000]
    if not value:
        return None
    try:
        host = str(receiveds_parsing([value])[0].get("by") or "").split()
    except (MailParserError, ValueError, LookupError, TypeError, AttributeError):
        return None
    return host[0].lower() if host else None


def received_at(headers: Headers) -> datetime | None:
    """The moment of arrival: unlike Date, the sender does not write it."""
    return parse_date(headers.first("received")[-200:].rpartition(";")[2].strip())
