"""A letter as a page to look at: subject, HTML and text, for each way it can look. Never sent."""

from collections.abc import Iterable
from dataclasses import replace
from email.message import EmailMessage
from html import escape

from mailflow.letters.content import LetterData

NO_BUTTON = "PREVIEW-NOT-A-TOKEN"
_PAGE = """<!doctype html>
<html lang="zh-Hant"><head><meta charset="utf-8"><title>{title}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>body{{font-family:sans-serif;margin:24px;background:#e8eef0}}h2{{margin:24px 0 8px}}
iframe{{width:100%;height:900px;border:1px solid #ccc;background:#fff}}
pre{{white-space:pre-wrap;background:#fff;border:1px solid #ccc;padding:16px}}</style></head>
<body><p>預覽，不會寄出 Preview: nothing is sent. {note}</p>
{letters}
</body></html>
"""
_LETTER = """<h2>{subject}</h2>
<iframe sandbox="" srcdoc="{html}"></iframe>
<pre>{text}</pre>
"""


def without_button(data: LetterData) -> LetterData:
    """The same data with a button that means nothing."""
    return replace(data, token=NO_BUTTON)


def page(letters: Iterable[EmailMessage], *, title: str, note: str) -> str:
    """All letters one below the other. What they say can neither run nor fetch anything."""
    shown = "".join(
        _LETTER.format(
            subject=escape(str(letter["Subject"])),
            html=escape(_part(letter, "html")),
            text=escape(_part(letter, "plain")),
        )
        for letter in letters
    )
    return _PAGE.format(title=escape(title), note=escape(note), letters=shown)


def _part(letter: EmailMessage, kind: str) -> str:
    body = letter.get_body((kind,))
    return str(body.get_content()) if body else ""
