"""Everything a rule may ask about one message, found out once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from mailflow.mail.message import Attachment, Message, Nature
from mailflow.mail.tags import Tags
from mailflow.reading.corrections import Fixes, find_fixes, says_change
from mailflow.reading.families import ASKS_SLIP, PROMISED
from mailflow.reading.form import Form, find_form
from mailflow.reading.phrases import MENTIONED, NO_ERRORS, OFFERS, SIGNALS
from mailflow.reading.result import CaseFacts, TokenState
from mailflow.reading.signature import find_signature
from mailflow.reading.words import Words, fold, plain_text

_LETTER_KINDS = {
    "confirm_mail": "confirm",
    "data_confirmation": "confirm",
    "data_changed": "confirm",
    "press_button": "confirm",
    "slip_mail": "slip",
    "payment_slip": "slip",
    "proof_unclear": "slip",
    "status": "slip",  # it asks for the proof where one is owed
    "refund_notice": "refund",
    "refund_invitation": "refund",
    "refund_reminder": "refund",
    "refund_received": "refund",
    "refund_refused": "refund",
    "refund_outside": "refund",
    "refund_paid": "refund",
    "payee_request": "refund",
    "payee_noted": "refund",
    "cert_notice": "certificate",
    "reward_received": "certificate",
    "reward_refused": "certificate",
}
_PREFIX = re.compile(
    r"^(?:\s*(?:re|fw|fwd|aw|回覆|回复|答覆|轉寄|转发|轉發|"
    r"答复)\s*(?:\[[0-9]{1,3}\])?\s*[:：]\s*)+",
    re.I,
)
_FORWARDED = re.compile(r"^\s*(?:re\s*[:：]\s*)?(?:fw|fwd|轉寄|转发|轉發)\s*[:：]", re.IGNORECASE)
_TOKEN = re.compile(r"[\[【(〔［][^\[\]【】]{0,40}(?:確認|确认)[^\[\]【】]{0,90}[\]】)〕］]")
_OUR_TITLE = re.compile(
    r"【[^】]{0,30}】[^（(]{0,40}(?:[（(][^）)]{0,40}[）)])?|\[[A-Za-z]+[0-9]{3}-[0-9]+\]"
)
_LOGO_NAME = re.compile(r"logo|signature|banner|icon|spacer|facebook|簽名", re.IGNORECASE)
_SHOWN_BELOW = re.compile(
    r"(?:截圖|畫面|證明|收據|明細|照片|圖片?)[^,。\n]{0,4}如[下上]|如[下上]圖|[下上]圖[是為]|"
    r"[貼附放](?:在|於)(?:這裡|這邊|這|下面|下方|底下|信裡|信中|內文)|[↓⬇👇]"
)
_LOGO_BYTES = 1200
_ABOUT_ERRORS = ("wrong", "change")
_SPOKEN = {"asks_slip": ASKS_SLIP, "promises_payment": PROMISED}
_TURNS = re.compile(
    r",(?= ?(?:but|and (?:can|when|what|how|could)|但|不過|只是|可以|可否|能不能|能否|是否可|請問|"
    r"另外|想問|想請問|順便))|\.{3,6}"
)
_WHAT_TO_DO = re.compile(
    r"(?:請問)?(?:我)?(?:該|要|應該)?(?:怎麼(?:辦|處理|做)|如何處理)(?:呢|才好)?[? ]*|"
    r"what (?:should|can|do) i do[? ]*"
)
_SENTENCES = re.compile(r"[^\n。!?;]+[?]?")
_PAPERS = ("image/", "application/pdf")
# winmail.dat and 證明.jpg.exe hold something else than what their first bytes show.
_SUFFIX = re.compile(r"\.([A-Za-z][A-Za-z0-9]{1,4})$")
_PAPER_NAMES = frozenset(
    {"jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "bmp", "tif", "tiff", "heic", "heif"}
    | {"avif", "pdf"}
)
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
    """What is known of a message; what a rule asks for is found out when it asks, and once.

    Most mail is settled by its first rules: a newsletter is never searched for corrections.
    """

    message: Message
    case: CaseFacts | None
    token: TokenState
    tags: Tags
    now: datetime
    doubts: tuple[str, ...] = ()
    _heard: dict[str, bool] = field(default_factory=dict)

    @cached_property
    def subject(self) -> str:
        """The person's own words in the subject; nothing in an answer to a letter of ours."""
        answers = self.case and self.case.replied_letter and _PREFIX.match(self.message.subject)
        return "" if answers else own_subject(self.message)

    @cached_property
    def words(self) -> Words:
        """The new words, with an account of what has been understood of them."""
        start, of_firm = self._signature
        new_text = self.message.new_text[: start if of_firm else None]
        words = Words(new_text if new_text.strip() else self.subject)
        found = _TOKEN.search(words.plain)
        if found:
            words.cover(*found.span())
        return words

    @cached_property
    def body_token(self) -> str | None:
        """A token in brackets among the words, where no button puts it."""
        found = _TOKEN.search(self.words.plain)
        return found[0] if found else None

    @cached_property
    def speech(self) -> str:
        """The words folded, without field names that are only mentioned.

        A form's labels and values say nothing beside it: 特殊需求 demands nothing.
        """
        by_hand = self.message.nature is Nature.HUMAN  # a newsletter is no form, and long
        said = self.words.uncovered() if by_hand and self.form.filled else self.words.folded
        return OFFERS.sub(" ", MENTIONED.sub(" ", said))

    @cached_property
    def form(self) -> Form:
        """A filled-in form; of somebody registered only a whole one."""
        registered, today = self.case is not None, self.now.date()
        return find_form(self.message, self.words, registered=registered, as_of=today)

    @cached_property
    def fixes(self) -> Fixes:
        """What is to be changed in the registered data."""
        if self.form.filled:
            return Fixes()
        registered = self.case.values if self.case else {}
        answers, today = self.message.answers, self.now.date()
        fixes = find_fixes(self.words, registered, answers=answers, as_of=today)
        start, _ = self._signature
        if (
            start is None
            or not fixes.changes
            or says_change(fold(plain_text(self.message.new_text[:start])))
        ):
            return fixes
        above = Words(self.message.new_text[:start])
        return replace(
            find_fixes(above, registered, answers=answers, as_of=today), doubts=("other_value",)
        )

    @cached_property
    def _signature(self) -> tuple[int | None, bool]:
        """Where the block that signs begins; whether it is a firm's, below no wish to change."""
        text = self.message.new_text
        start, of_firm = find_signature(text, self.case.values if self.case else {})
        return start, of_firm and not says_change(fold(plain_text(text[:start])))

    @cached_property
    def papers(self) -> tuple[Attachment, ...]:
        """Pictures and PDFs that may be proofs."""
        pictures = [a for a in self.message.attachments if _is_paper(a)]
        papers = tuple(a for a in pictures if not is_logo(a))
        return papers or (tuple(pictures) if _SHOWN_BELOW.search(self.speech) else ())

    @cached_property
    def odd_files(self) -> tuple[Attachment, ...]:
        """What a person should open."""
        return tuple(
            a
            for a in self.message.attachments
            if not _is_paper(a) and a.content_type not in _HARMLESS
        )

    @cached_property
    def replied(self) -> str:
        """The kind of our letter that is answered: confirm, slip, refund, certificate or ""."""
        return _LETTER_KINDS.get((self.case.replied_letter if self.case else None) or "", "")

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
    def blank(self) -> bool:
        return not re.search(r"\w", self.message.new_text)

    def says(self, *names: str) -> bool:
        """Is any of these signals (`phrases.SIGNALS`) in the new words or in the own subject?"""
        return any(self._hears(name) for name in names)

    def _hears(self, name: str) -> bool:
        if name not in self._heard:
            texts = self._without_denials if name in _ABOUT_ERRORS else self._texts
            family = _SPOKEN.get(name)
            self._heard[name] = any(SIGNALS[name].search(text) for text in texts) or bool(
                family and family.stands_in(self.speech)
            )
        return self._heard[name]

    def hears(self, pattern: re.Pattern[str]) -> bool:
        """Does this stand in the new words?"""
        return bool(pattern.search(self.speech))

    @cached_property
    def _texts(self) -> tuple[str, str]:
        return self.speech, fold(plain_text(self.subject))

    @cached_property
    def _without_denials(self) -> tuple[str, ...]:
        return tuple(NO_ERRORS.sub(" ", text) for text in self._texts)

    def sentences_with(self, name: str) -> Iterator[str]:
        """Sentences in which this signal stands."""
        speech = NO_ERRORS.sub(" ", self.speech) if name in _ABOUT_ERRORS else self.speech
        sentences = _SENTENCES.findall(_TURNS.sub(";", speech))
        return (s for s in sentences if SIGNALS[name].search(s))

    def states(self, name: str) -> bool:
        """Does the signal stand in a sentence that asks nothing?"""
        return any(not _asks(s, name) for s in self.sentences_with(name))


def _asks(sentence: str, name: str) -> bool:
    """「名字打錯了怎麼辦」 states the error; 「如果打錯了怎麼辦」 does not."""
    elsewhere = SIGNALS["conditional"].search(sentence) or SIGNALS["certificate"].search(sentence)
    if name == "wrong" and not elsewhere:
        sentence = _WHAT_TO_DO.sub(" ", sentence)
    return bool(SIGNALS["asks"].search(sentence))


def own_subject(message: Message) -> str:
    """What the person wrote in the subject: not our letter's title, not the button's words."""
    subject = _TOKEN.sub(" ", message.subject)
    plain = _PREFIX.sub("", subject)
    if message.in_reply_to or plain != subject:
        plain = _OUR_TITLE.sub(" ", plain)
    return plain.strip()


def is_forward(message: Message) -> bool:
    return bool(_FORWARDED.match(message.subject))


def _is_paper(attachment: Attachment) -> bool:
    """A picture or PDF by its bytes, and by its name where that ends like a file's."""
    suffix = _SUFFIX.search(attachment.name)
    named_so = suffix is None or suffix[1].lower() in _PAPER_NAMES
    return named_so and attachment.content_type.startswith(_PAPERS)


def is_logo(attachment: Attachment) -> bool:
    """A small picture inside the text, as mail signatures have them."""
    if not attachment.inline or not attachment.content_type.startswith("image/"):
        return False
    return len(attachment.content) < _LOGO_BYTES or bool(_LOGO_NAME.search(attachment.name))
