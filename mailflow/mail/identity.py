"""The identity of a mail that may be delivered more than once."""

import hashlib
import re

# Fields that a transport writes on the way: they differ between two deliveries of one mail.
_TRACE = (
    b"received",
    b"return-path",
    b"delivered-to",
    b"x-original-to",
    b"envelope-to",
    b"x-envelope-",
    b"delivery-date",
    b"authentication-results",
    b"arc-",
    b"received-spf",
    b"x-received",
    b"x-spam",
    b"x-virus",
    b"x-gm-",
    b"x-google-smtp-source",
    b"x-ms-exchange-",
    b"x-microsoft-antispam",
    b"x-forefront-",
    b"x-mailfrom",
    b"x-rcpt",
    b"x-antivirus",
    b"x-amavis",
    b"x-evolution-source",
    b"x-uid",
    b"x-keywords",
    b"status",
    b"x-status",
    b"x-mozilla-",
    b"content-length",
    b"lines",
)
_TRACE_FIELD = re.compile(
    rb"^(?:" + b"|".join(map(re.escape, _TRACE)) + rb")[^\n:]{0,200}:[^\n]*\n(?:[ \t][^\n]*\n)*",
    re.MULTILINE | re.IGNORECASE,
)


def identity(raw: bytes) -> str:
    """SHA-256, in hex, of the mail without its trace fields and the look of its line ends."""
    unified = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    head, blank, body = unified.partition(b"\n\n")
    digest = hashlib.sha256(_TRACE_FIELD.sub(b"", head + b"\n"))
    digest.update(blank)
    digest.update(body.rstrip(b"\n"))
    return digest.hexdigest()
