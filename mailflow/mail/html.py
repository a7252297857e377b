"""HTML → the lines that a reader sees, and apart from them the text that is hidden.

A tokeniser of its own, linear in the length: parsers that build a tree need 5 to 20 times as long,
and some return nothing when elements are nested thousands deep.
"""

import base64
import html as entities
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from mailflow.mail.limits import MOST_LINES, MOST_MARKUP, MOST_TAGS, MOST_TEXT
from mailflow.mail.lines import Line, Mark
from mailflow.mail.magic import content_type_of

_DEEPEST = 10_000
_MOST_IMAGES = 20
_LOOKS_EVERY = 32  # tokens
_SPACES = re.compile(r"[ \t\r\n\f]+")
_MARKUP = re.compile(r"[\"'>]")
# A tag without quotes and the text behind it, which is nearly every tag of some letters.
# Nothing is given back (`*+`): a name without end would be tried at each of its lengths.
_PLAIN_TAG = re.compile(r"<(/?[a-zA-Z][^\s/>\"'<]*+)([^>\"'<]*+)>([^<]*)")
_OPENS = re.compile(r"<(?=[a-zA-Z/!?])")
_NAME = re.compile(r"/?[a-zA-Z][^\s/>]*")
_ATTRIBUTE = re.compile(
    r"([a-zA-Z_:][-a-zA-Z0-9_:.]{0,60})(?:\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?"
)
_DATA_URL = re.compile(r"data:(image/[a-zA-Z.+-]{2,40});base64,([A-Za-z0-9+/=%\s]+)", re.IGNORECASE)
_VOID = {"br", "hr", "img", "input", "meta", "link", "col", "area", "base", "wbr", "embed", "o:p"}
_SILENT = {"script", "style", "head", "title", "template", "noscript", "object", "textarea"}
_RAW = {"script", "style", "textarea", "title"}
_CLOSING = {tag: re.compile(rf"</{tag}", re.IGNORECASE) for tag in _RAW}
_STRUCK = {"s", "strike", "del"}  # taken back by its writer: as good as not said
_SPECIAL = _SILENT | _STRUCK | {"blockquote", "pre"}
_BLOCK = set(
    """
    address article aside blockquote center dd div dl dt fieldset figure footer form h1 h2 h3 h4
    h5 h6 header hr li main nav ol p pre section table tbody thead tr ul body
    """.split()  # noqa: SIM905 - a list of 36 quoted words is no easier to read
)
_CELL = {"td", "th"}
_HIDING = re.compile(
    r"display:none|text-decoration(?:-line)?:[a-z]*line-through|visibility:(?:hidden|collapse)|(?:^|;)opacity:0(?:\.0+)?(?:;|!|$)"
    r"|(?:^|;)(?:font-size|max-height|max-width|line-height):0(?:\.0+)?(?:px|pt|em|rem|%)?(?:;|!|$)"
    r"|font-size:(?:0?\.[0-9]+|1)(?:px|pt)(?:;|!|$)|mso-hide:all|text-indent:-[0-9]{3}"
    r"|(?:^|;)(?:left|top|margin-left):-[0-9]{4}|clip:rect\(0"
)
_RULES = "(rules)"  # the token of a style sheet
_COLOUR = re.compile(r"(?:^|;)color:([^;!]+)")
_BACKGROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;!]+)")
_WHITE = re.compile(
    r"#fff(?:fff)?\b|white\b|rgba?\(255,255,255|#fefefe\b|rgba\([0-9,]+,0(?:\.0+)?\)"
)
_TRANSPARENT = re.compile(r"transparent|rgba\([0-9.]+,[0-9.]+,[0-9.]+,0(?:\.0+)?\)")
_SIGNATURE = re.compile(
    r"gmail_signature|moz-signature|moz-txt-sig|ms-outlook-mobile-signature|applemailsignature"
    r"|^signature$|mobile-?signature|yahoo-signature|ydp[0-9a-z]*signature|protonmail_signature"
    r"|lineBreakAtBeginningOfSignature_none",
    re.IGNORECASE,
)
_QUOTE = re.compile(
    r"(?:^|\s|ydp[0-9a-f]*)yahoo_quoted|moz-cite-prefix|gmail_attr|protonmail_quote"
    r"|(?:^|\s)(?:OutlookMessageHeader|WordSection1_quote)(?:\s|$)"
)
_REST = re.compile(r"divRplyFwdMsg|OLK_SRC_BODY_SECTION|mail-editor-reference-message-container")


class Page(NamedTuple):
    """`lines` as seen, with marks from the structure; `hidden` what is there but cannot be seen.

    `images` are pictures inside the HTML itself (data: URLs); `cut` when it was too long.
    """

    lines: list[Line]
    hidden: str
    images: list[tuple[str, bytes]]
    cut: bool


class _Open(NamedTuple):
    """What the text of an open element inherits."""

    hidden: bool
    silent: bool
    mark: Mark
    light_text: bool
    dark_ground: bool
    pre: bool


class _Look(NamedTuple):
    """None: says nothing, so it is inherited."""

    hides: bool
    light_text: bool | None
    dark_ground: bool | None
    pre: bool


def read_page(html: str) -> Page:
    """The visible lines and the hidden text; never raises, whatever is unclosed or nested."""
    return _Renderer().read(html)


class _Renderer:
    """Follows the open elements and writes lines."""

    def __init__(self) -> None:
        self.tags = [""]  # of the open elements, and how each of them looks
        self.open = [_Open(False, False, Mark.OWN, False, False, False)]
        self.count: dict[str, int] = {}
        self.images: list[tuple[str, bytes]] = []
        self.characters = 0
        self.hidden_names: set[str] = set()
        self.lines: list[Line] = []
        self.pieces: list[str] = []
        self.hidden: list[str] = []
        self.line_mark: Mark | None = None
        self.rest_quoted = False

    def read(self, html: str) -> Page:
        cut = len(html) > MOST_MARKUP
        for number, (tag, attributes, text) in enumerate(_tokens(html[:MOST_MARKUP])):
            if not number % _LOOKS_EVERY and self._is_full(2 * number):
                cut = True
                break
            if not tag:
                pass
            elif tag[0] == "/":
                self._close(tag[1:])
            elif tag == _RULES:
                self.hidden_names |= _hidden_names(attributes)
            else:
                self._start(tag, attributes)
            if text:
                self._text(text)
        self._break()
        cut = cut or self.characters > MOST_TEXT
        hidden = re.sub(r"\s+", " ", " ".join(self.hidden)).strip()
        return Page(self.lines, hidden, self.images, cut)

    def _is_full(self, tokens: int) -> bool:
        return tokens > MOST_TAGS or self.characters > MOST_TEXT or len(self.lines) > MOST_LINES

    def _text(self, raw: str) -> None:
        top = self.open[-1]
        if top.silent:
            return
        self.characters += len(raw)
        text = entities.unescape(raw) if "&" in raw else raw
        if top.hidden or (top.light_text and not top.dark_ground):
            self.hidden.append(text)
            return
        if top.pre:
            first, *others = text.split("\n")
            self._write(first, top.mark)
            for other in others:
                self._break()
                self._write(other, top.mark)
            return
        self._write(_SPACES.sub(" ", text), top.mark)

    def _write(self, text: str, mark: Mark) -> None:
        if not text.strip():
            if self.pieces:
                self.pieces.append(" ")
            return
        if self.line_mark is not None and mark is not self.line_mark:
            self._break()
        self.line_mark = mark
        self.pieces.append(text)

    def _break(self, *, blank: bool = False) -> None:
        if not self.pieces and not blank:
            self.line_mark = None
            return
        text = "".join(self.pieces).replace("\xa0", " ").strip()
        if text or blank:
            mark = self.line_mark if self.line_mark is not None else self.open[-1].mark
            self.lines.append(Line(Mark.REST_QUOTED if self.rest_quoted else mark, text))
        self.pieces = []
        self.line_mark = None

    def _start(self, tag: str, attributes: str) -> None:
        if tag == "br":
            self._break(blank=True)
            return
        if tag in _BLOCK:
            if self.pieces or self.line_mark is not None:
                self._break()
        elif tag in _CELL and self.pieces:
            self.pieces.append("  ")
        if tag == "img":
            self._picture(attributes)
        if tag in _VOID or len(self.open) >= _DEEPEST:
            return
        self.count[tag] = self.count.get(tag, 0) + 1
        self.tags.append(tag)
        plain = not attributes and tag not in _SPECIAL
        self.open.append(self.open[-1] if plain else self._inherit(tag, attributes))

    def _picture(self, attributes: str) -> None:
        found = _DATA_URL.search(attributes) if "data:" in attributes else None
        if found and len(self.images) < _MOST_IMAGES:
            encoded = re.sub(r"[^A-Za-z0-9+/]", "", found[2])
            encoded = encoded[: len(encoded) - (len(encoded) % 4 == 1)]
            content = base64.b64decode(encoded + "=" * (-len(encoded) % 4))
            self.images.append((content_type_of(content, found[1].lower()), content))

    def _inherit(self, tag: str, raw: str) -> _Open:
        top = self.open[-1]
        found = _attributes(raw) if raw else {}
        look = _look(found.get("style", ""), found.get("color", ""), found.get("bgcolor", ""))
        return _Open(
            top.hidden
            or tag in _STRUCK
            or look.hides
            or "hidden" in found
            or self._is_named_hidden(found),
            top.silent or tag in _SILENT,
            self._mark(tag, found, top.mark),
            top.light_text if look.light_text is None else look.light_text,
            top.dark_ground if look.dark_ground is None else look.dark_ground,
            tag == "pre" or top.pre or look.pre,
        )

    def _is_named_hidden(self, found: dict[str, str]) -> bool:
        if not self.hidden_names:
            return False
        names = [f".{name}" for name in found.get("class", "").split()]
        return not self.hidden_names.isdisjoint([*names, f"#{found.get('id', '')}"])

    def _mark(self, tag: str, found: dict[str, str], inherited: Mark) -> Mark:
        name = f"{found.get('class', '')} {found.get('id', '')}".strip()
        if name and _REST.search(name):
            self._break()
            self.rest_quoted = True
        if inherited is not Mark.OWN:
            return inherited
        if tag == "blockquote" or (name and _QUOTE.search(name)):
            return Mark.QUOTED
        if name and _SIGNATURE.search(name):
            return Mark.SIGNATURE
        return Mark.OWN

    def _close(self, tag: str) -> None:
        if tag in _BLOCK:
            self._break()
        while self.count.get(tag):
            self.open.pop()
            gone = self.tags.pop()
            self.count[gone] -= 1
            if gone == tag:
                return


def _hidden_names(rules: str) -> set[str]:
    """The classes (`.x`) and ids (`#x`) that a style sheet hides on every screen."""
    hidden: set[str] = set()
    for rule in rules[:200_000].split("}"):
        selectors, _, style = rule.rpartition("{")
        if "{" not in selectors and _HIDING.search(re.sub(r"\s+", "", style[:2000]).lower()):
            hidden.update(selector.strip() for selector in selectors[-500:].split(","))
    return hidden


@lru_cache(maxsize=512)
def _look(style: str, colour: str, ground: str) -> _Look:
    """What an element's own style and attributes say; a table repeats few styles many times."""
    compact = re.sub(r"\s+", "", style).lower()
    styled_colour, styled_ground = _COLOUR.search(compact), _BACKGROUND.search(compact)
    text = styled_colour[1] if styled_colour else colour.lower()
    shade = styled_ground[1] if styled_ground else ground.lower()
    return _Look(
        hides=bool(compact and _HIDING.search(compact)),
        light_text=_is_light(text) if text else None,
        dark_ground=not _is_light(shade) if shade else None,
        pre="white-space:pre" in compact,
    )


def _is_light(colour: str) -> bool:
    return bool(_WHITE.match(colour) or _TRANSPARENT.match(colour))


@lru_cache(maxsize=512)
def _attributes(raw: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(raw[:20_000]):
        value = match[2] or match[3] or match[4] or ""
        found.setdefault(match[1].lower(), entities.unescape(value))
    return found


def _tokens(html: str) -> Iterator[tuple[str, str, str]]:
    """Each tag with its raw attributes and the text behind it, in order; text alone has no tag."""
    at = 0
    while at < len(html):
        plain = _PLAIN_TAG.match(html, at)
        if plain and (tag := plain[1].lower()) not in _RAW:
            yield tag, plain[2], plain[3]
            at = plain.end()
            continue
        opens = _OPENS.search(html, at)
        if opens is None:
            yield "", "", html[at:]
            return
        start = opens.start()
        if start > at:
            yield "", "", html[at:start]
            at = start
            continue
        if html.startswith("<!--", start):
            at = _after(html, "-->", start + 4)
            continue
        name = _NAME.match(html, start + 1)
        if name is None:
            at = _after(html, ">", start)
            continue
        end = _tag_end(html, name.end())
        tag = name[0].lower()
        yield tag, html[name.end() : end], ""
        at = end + 1
        if tag in _RAW:
            start, at = at, _raw_end(html, tag, at)
            if tag == "style":
                yield _RULES, html[start:at], ""


def _after(html: str, mark: str, start: int) -> int:
    found = html.find(mark, start)
    return len(html) if found < 0 else found + len(mark)


def _raw_end(html: str, tag: str, start: int) -> int:
    """Where the text of a script or style ends: at its closing tag."""
    closing = _CLOSING[tag].search(html, start)
    return closing.start() if closing else len(html)


def _tag_end(html: str, start: int) -> int:
    """The position of the `>` that closes a tag; one inside quotes does not."""
    first = html.find(">", start)
    if first >= 0 and html.find('"', start, first) < 0 and html.find("'", start, first) < 0:
        return first
    at = start
    while True:
        found = _MARKUP.search(html, at)
        if found is None:
            return len(html)
        if found[0] == ">":
            return found.start()
        closing = html.find(found[0], found.end())
        if closing < 0:
            return len(html) if first < 0 else first
        at = closing + 1
