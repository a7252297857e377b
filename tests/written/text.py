"""From a written body to what the client would send: plain text, HTML, and the new text alone."""

import re
from dataclasses import dataclass, field
from html import escape

from .cast import Registered, another_identity
from .clients import Client, head_lines
from .letters import PREFILLED, ROWS, Letter, button_subject

SIGNATURES = {"gmail": ' class="gmail_signature"', "outlook": ' id="Signature"'}
MARK = re.compile(r"^@(\w+)(?: (.*))?$")
FORWARD_HEADS = {
    "gmail": "---------- Forwarded message ---------|寄件者： {0}|Date: 2025年9月12日 週五 下午3:20"
    "|Subject: {1}|To: <{2}>||",
    "": "-------- 轉寄郵件 --------|主旨: {1}|日期: Fri, 12 Sep 2025 15:20:00 +0800"
    "|從: {0}|到: {2}||",
}


@dataclass(slots=True)
class Pieces:
    """A written body, taken apart by its `@` marks."""

    top: list[str] = field(default_factory=list)
    inserted: dict[str, list[str]] = field(default_factory=dict)
    edited: dict[str, str] = field(default_factory=dict)
    signature: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)

    def new_text(self) -> str:
        """The writer's own visible words, answers between quoted lines joined in their order."""
        parts = ["\n".join(self.top).strip()]
        parts += ["\n".join(self.inserted[row]).strip() for row in ROWS if row in self.inserted]
        return "\n".join(part for part in parts if part)


def filled(text: str, person: Registered) -> str:
    """The text with its `{name_zh}`, `{newnid}` … replaced by this person's values."""
    values = person.data | {
        "nid": person.data["national_id"],
        "newnid": another_identity(person),
        "badnid": another_identity(person, right=False),
        "token": person.token,
        "case": person.case,
        "button": button_subject(person),
        "prefilled": PREFILLED,
        "account": person.account,
        "fee": str(person.fee),
    }
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text


def pieces(body: str) -> Pieces:
    """Lines belong to the top until a mark says otherwise: @sig, @hidden, @FIELD, @edit FIELD v."""
    parts = Pieces()
    target = parts.top
    for line in body.split("\n"):
        mark = MARK.match(line)
        if mark is None or mark[1] not in (*ROWS, "sig", "hidden", "edit", "top"):
            target.append(line)
        elif mark[1] == "edit":
            row, _, value = (mark[2] or "").partition(" ")
            parts.edited[row] = value
        elif mark[1] in ROWS:
            target = parts.inserted.setdefault(mark[1], [])
        else:
            named = {"sig": parts.signature, "hidden": parts.hidden, "top": parts.top}
            target = named[mark[1]]
    return parts


def _quoted(letter: Letter, parts: Pieces) -> list[list[str]]:
    """The letter's lines in runs; what was inserted stands between two runs."""
    lines = list(letter.lines)
    for row, value in parts.edited.items():
        lines[letter.rows[row]] = f"{ROWS[row]}：{value}"
    cuts = sorted(letter.rows[row] + 1 for row in parts.inserted)
    return [lines[a:b] for a, b in zip([0, *cuts], [*cuts, len(lines)], strict=True)]


def _forward_head(client: Client, person: Registered, letter: Letter) -> list[str]:
    template = FORWARD_HEADS.get(client.html, FORWARD_HEADS[""])
    office = "臺北科大研發處 iPAS團報小組 <ipas-group@example.edu>"
    return template.format(office, letter.subject, person.address).split("|")


@dataclass(frozen=True, slots=True)
class Page:
    """All that is needed to write the body of one mail."""

    client: Client
    person: Registered
    letter: Letter | None
    parts: Pieces
    options: frozenset[str]

    def head(self) -> list[str]:
        assert self.letter is not None
        if "fwd" in self.options:
            return _forward_head(self.client, self.person, self.letter)
        return head_lines(self.client, self.person, self.letter)

    def quote_lines(self) -> list[str]:
        """Head and quote as plain text, with what was written in between."""
        assert self.letter is not None
        prefix = "" if "fwd" in self.options else self.client.prefix
        runs = _quoted(self.letter, self.parts)
        inserted = [["", *self.parts.inserted[r], ""] for r in ROWS if r in self.parts.inserted]
        head = self.head()
        if self.client.quoted_head and prefix:
            head = [prefix + line for line in head]
        out = [*head] if self.client.quoted_head or prefix in ("", "  ") else [*head, ""]
        for at, run in enumerate(runs):
            out += [
                (prefix + line) if prefix.strip() == "" else (prefix + line).rstrip()
                for line in run
            ]
            out += inserted[at] if at < len(inserted) else []
        return out

    def plain(self) -> str:
        own = list(self.parts.top)
        below = ["", *self.parts.signature] if self.parts.signature else []
        device = (
            ["", self.client.device]
            if self.client.device and "nodevice" not in self.options
            else []
        )
        if self.letter is None:
            return "\n".join([*own, *below, *device])
        quote = self.quote_lines()
        if "bottom" in self.options:
            return "\n".join([*quote, "", *own, *below])
        return "\n".join([*own, *below, *device, "", *quote])

    def html(self) -> str:
        return _HTML[self.client.html](self)

    def own_html(self) -> str:
        hidden = "".join(
            f'<div style="display:none;font-size:0;max-height:0">{escape(line)}</div>'
            for line in self.parts.hidden
        )
        device = self.client.device if "nodevice" not in self.options else ""
        signature = self.parts.signature
        out = _divs(self.parts.top) + hidden
        if signature:
            named = SIGNATURES.get(self.client.html, "")
            out += f"<div{named}>{_divs(signature)}</div>"
        if device:
            name, _, link = device.partition("<")
            shown = f'<a href="{link[:-1]}">{escape(name)}</a>' if link else escape(name)
            out += (
                f'<div id="ms-outlook-mobile-signature">{shown}</div>'
                if link
                else f"<div>{shown}</div>"
            )
        return out

    def quoted_html(self, around: tuple[str, str]) -> str:
        """The runs of the quote, each within `around`, with the answers between them outside."""
        assert self.letter is not None
        runs = _quoted(self.letter, self.parts)
        inserted = [self.parts.inserted[row] for row in ROWS if row in self.parts.inserted]
        out = ""
        for at, run in enumerate(runs):
            out += around[0] + (_table(run) if not inserted else _divs(run)) + around[1]
            out += _divs(inserted[at]) if at < len(inserted) else ""
        return out

    def head_html(self) -> str:
        return "<br>".join(escape(line) for line in self.head() if line.strip())


def _divs(lines: list[str]) -> str:
    return "".join(f"<div>{escape(line) or '<br>'}</div>" for line in lines)


def _table(lines: list[str]) -> str:
    out, rows = "", ""
    labels = tuple(f"{label}：" for label in ROWS.values())
    for line in lines:
        if line.startswith(labels):
            label, _, value = line.partition("：")
            rows += f'<tr><td style="padding:4px">{label}</td><td>{escape(value)}</td></tr>'
            continue
        if rows:
            out, rows = out + f"<table>{rows}</table>", ""
        if "<mailto:" in line:
            words, _, link = line.partition(" <")
            out += f'<p><a href="{escape(link[:-1])}" style="padding:10px">{words}</a></p>'
        elif line:
            out += f"<p>{escape(line)}</p>"
    return out + (f"<table>{rows}</table>" if rows else "")


def _gmail(page: Page) -> str:
    own = f'<div dir="ltr">{page.own_html()}</div>'
    if page.letter is None:
        return own
    block = ('<blockquote class="gmail_quote" style="margin:0 0 0 .8ex">', "</blockquote>")
    quote = page.quoted_html(("", "") if "fwd" in page.options else block)
    head = f'<div dir="ltr" class="gmail_attr">{page.head_html()}<br></div>'
    if "bottom" in page.options:
        return f'<div class="gmail_quote">{head}{quote}</div><br>{own}'
    return f'{own}<br><div class="gmail_quote gmail_quote_container">{head}{quote}</div>'


def _outlook(page: Page) -> str:
    own = f'<html><body lang="ZH-TW"><div class="elementToProof">{page.own_html()}</div>'
    if page.letter is None:
        return own + "</body></html>"
    lines = [line for line in page.head() if line.strip("_- ")]
    head = "<br>".join(
        f"<b>{escape(a)}:</b>{escape(b)}" for a, _, b in (x.partition(":") for x in lines)
    )
    return (
        f'{own}<div id="appendonsend"></div><hr style="width:98%">'
        f'<div id="divRplyFwdMsg" dir="ltr"><font>{head}</font><div>&nbsp;</div></div>'
        f"<div>{page.quoted_html(('', ''))}</div></body></html>"
    )


def _apple(page: Page) -> str:
    own = f'<html><body dir="auto"><div dir="ltr">{page.own_html()}</div>'
    if page.letter is None:
        return own + "</body></html>"
    head = (
        f'<div dir="ltr"><br><blockquote type="cite">{page.head_html()}<br><br></blockquote></div>'
    )
    quote = page.quoted_html(('<blockquote type="cite"><div dir="ltr">', "</div></blockquote>"))
    return f"{own}{head}{quote}</body></html>"


def _yahoo(page: Page) -> str:
    own = f'<html><body><div class="ydp1a2byahoo-style-wrap"><div>{page.own_html()}</div></div>'
    if page.letter is None:
        return own + "</body></html>"
    return (
        f'{own}<div id="ydp7yahoo_quoted_64" class="ydp7yahoo_quoted"><div>'
        f"<div>{page.head_html()}</div>"
        f"<div><br></div>{page.quoted_html(('<div>', '</div>'))}</div></div></body></html>"
    )


def _qq(page: Page) -> str:
    own = f'<div style="line-height:1.7">{page.own_html()}</div>'
    if page.letter is None:
        return own
    head = f'<div style="font-size: 12px;background:#efefef;padding:8px;">{page.head_html()}</div>'
    return own + "<div><br></div>" + head + page.quoted_html(("<blockquote>", "</blockquote>"))


def _samsung(page: Page) -> str:
    own = f"<html><body>{page.own_html()}"
    if page.letter is None:
        return own + "</body></html>"
    head = (
        f'<div style="font-size:100%"><!-- originalMessage --><div>{page.head_html()}</div></div>'
    )
    return f"{own}<div><br></div>{head}{page.quoted_html(('<div>', '</div>'))}</body></html>"


_HTML = {
    "gmail": _gmail, "outlook": _outlook, "apple": _apple,
    "yahoo": _yahoo, "qq": _qq, "samsung": _samsung,
}  # fmt: skip
