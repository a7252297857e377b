"""Everything a rule may ask about one message, gathered once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from mailflow.mail.message import Attachment, Message
from mailflow.mail.tags import Tags
from mailflow.person import Field
from mailflow.reading.corrections import Fixes, find_fixes
from mailflow.reading.form import Form, read_form
from mailflow.reading.phrases import MENTIONED, NO_ERRORS, PREFILLED, SIGNALS
from mailflow.reading.result import CaseFacts, TokenState
from mailflow.reading.words import Words, fold, plain_text

_LETTER_KINDS = {
    "confirm_mail": "confirm",
    "data_confirmation": "confirm",
    "data_changed": "confirm",
    "press_button": "confirm",
    "slip_mail": "slip",
    "payment_slip": "slip",
    "proof_unclear": "slip",
    "refund_notice": "refund",
    "refund_invitation": "refund",
    "refund_received": "refund",
    "refund_refused": "refund",
    "cert_notice": "certificate",
    "reward_received": "certificate",
    "reward_refused": "certificate",
}
_PREFIX = re.compile(
    r"^(?:\s*(?:re|fw|fwd|aw|回覆|回复|答覆|轉寄|转发|轉發|答复)\s*(?:\[[0-9]{1,3}\])?\s*[:：]\s*)+",
    re.I,
)
_FORWARDED = re.compile(r"^\s*(?:re\s*[:：]\s*)?(?:fw|fwd|轉寄|转发|轉發)\s*[:：]", re.IGNORECASE)
_TOKEN = re.compile(r"[\[【(〔［][^\[\]【】]{0,40}(?:確認|确认)[^\[\]【】]{0,90}[\]】)〕］]")
_OUR_TITLE = re.compile(
    r"【[^】]{0,30}】[^（(]{0,40}(?:[（(][^）)]{0,40}[）)])?|\[[A-Za-z]+[0-9]{3}-[0-9]+\]"
)
_LOGO_NAME = re.compile(r"logo|signature|banner|icon|spacer|facebook|簽名", re.IGNORECASE)
_LOGO_BYTES = 1200
_ABOUT_ERRORS = ("wrong", "change")
_SENTENCES = re.compile(r"[^\n。!?;]+[?]?")
_PAPERS = ("image/", "application/pdf")
_HARMLESS = (
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "text/plain",
    "text/calendar",
    "text/vnd.google.email-reaction+json",
    "message/delivery-status",
)


@dataclass(frozen=True)
class Evidence:
    """`said` names the signals (`phrases.SIGNALS`) of the new words and of the own subject.

    `papers` are pictures and PDFs that may be proofs, `odd_files` what a person should open.
    `replied` is the kind of our letter that is answered: confirm, slip, refund, certificate or "".
    """

    message: Message
    case: CaseFacts | None
    token: TokenState
    tags: Tags
    now: datetime
    words: Words
    said: frozenset[str]
    speech: str
    fixes: Fixes
    form: Form
    papers: tuple[Attachment, ...]
    odd_files: tuple[Attachment, ...]
    replied: str
    body_token: str | None = None
    doubts: tuple[str, ...] = field(default=())

    @property
    def pressed(self) -> bool:
        """Does a confirm token, good or bad, stand where the button puts it?"""
        return self.token is not TokenState.NONE or self.tags.confirm_token is not None

    @property
    def stranger(self) -> bool:
        """Nothing ties the message to a case."""
        return self.case is None and self.token in (TokenState.NONE, TokenState.UNKNOWN)

    @property
    def registered(self) -> bool:
        return self.case is not None and self.case.sender_registered

    @property
    def prefilled(self) -> bool:
        return PREFILLED in re.sub(r"\s+", "", self.speech)

    @property
    def blank(self) -> bool:
        return not re.search(r"\w", self.message.new_text)

    def says(self, *names: str) -> bool:
        """Is any of these signals there?"""
        return any(name in self.said for name in names)

    def sentences_with(self, name: str) -> Iterator[str]:
        """Sentences in which this signal stands."""
        speech = NO_ERRORS.sub(" ", self.speech) if name in _ABOUT_ERRORS else self.speech
        return (s for s in _SENTENCES.findall(speech) if SIGNALS[name].search(s))

    def states(self, name: str) -> bool:
        """Does the signal stand in a sentence that asks nothing?"""
        return any(not SIGNALS["asks"].search(s) for s in self.sentences_with(name))


def gather(
    message: Message,
    *,
    case: CaseFacts | None,
    token: TokenState,
    tags: Tags,
    now: datetime,
    doubts: tuple[str, ...],
) -> Evidence:
    """Look once at everything; nothing is decided here."""
    answers = bool(case and case.replied_letter and _PREFIX.match(message.subject))
    subject = "" if answers else own_subject(message)
    words = Words(message.new_text if message.new_text.strip() else subject)
    body_token = _TOKEN.search(words.plain)
    if body_token:
        words.cover(*body_token.span())
    papers, odd = _sort_files(message.attachments)
    speech = MENTIONED.sub(" ", words.folded)
    registered = case.values if case else {}
    form = read_form(words, as_of=now.date()) if case is None else Form()
    return Evidence(
        message=message,
        case=case,
        token=token,
        tags=tags,
        now=now,
        words=words,
        said=_signals(speech) | _signals(fold(plain_text(subject))),
        speech=speech,
        fixes=Fixes()
        if form.filled
        else find_fixes(words, registered, answers=message.answers, as_of=now.date()),
        form=form,
        papers=papers,
        odd_files=odd,
        replied=_LETTER_KINDS.get((case.replied_letter if case else None) or "", ""),
        body_token=body_token[0] if body_token else None,
        doubts=doubts,
    )


def own_subject(message: Message) -> str:
    """What the person wrote in the subject: not our letter's title, not the button's words."""
    subject = _TOKEN.sub(" ", message.subject)
    plain = _PREFIX.sub("", subject)
    if message.in_reply_to or plain != subject:
        plain = _OUR_TITLE.sub(" ", plain)
    return plain.strip()


def is_forward(message: Message) -> bool:
    return bool(_FORWARDED.match(message.subject))


def _signals(folded: str) -> frozenset[str]:
    without = NO_ERRORS.sub(" ", folded)
    return frozenset(
        name
        for name, pattern in SIGNALS.items()
        if pattern.search(without if name in _ABOUT_ERRORS else folded)
    )


def _sort_files(
    attachments: tuple[Attachment, ...],
) -> tuple[tuple[Attachment, ...], tuple[Attachment, ...]]:
    papers = [a for a in attachments if a.content_type.startswith(_PAPERS) and not is_logo(a)]
    odd = [
        a
        for a in attachments
        if not a.content_type.startswith(_PAPERS) and a.content_type not in _HARMLESS
    ]
    return tuple(papers), tuple(odd)


def is_logo(attachment: Attachment) -> bool:
    """A small picture inside the text, as mail signatures have them."""
    if not attachment.inline or not attachment.content_type.startswith("image/"):
        return False
    return len(attachment.content) < _LOGO_BYTES or bool(_LOGO_NAME.search(attachment.name))


def case_values(it: Evidence) -> dict[Field, str]:
    return it.case.values if it.case else {}
