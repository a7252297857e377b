"""A mailto link as letters show it."""

from typing import NamedTuple


class Link(NamedTuple):
    """A mailto link and its parts, for those whose mail program does not open links."""

    href: str
    to: str
    subject: str
    body: str
