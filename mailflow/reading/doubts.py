"""Why a person must look: a table of doubts. Without any, the machine may act alone.

The machine acts alone only on what it has understood completely; the last doubt of the table is
the rest of words that nobody understood.
"""

import re
from collections.abc import Callable, Iterator

from mailflow.mail.attributions import Strength, attribution_strength, label_family
from mailflow.mail.message import Nature
from mailflow.person import normalise
from mailflow.reading.errands import ERRANDS
from mailflow.reading.evidence import Evidence, is_forward
from mailflow.reading.look_alikes import LOOK_ALIKES
from mailflow.reading.mentions import find_mentions
from mailflow.reading.phrases import SIGNALS
from mailflow.reading.reasons import OLD_IS_GONE, THEIRS_AND_MINE
from mailflow.reading.result import Intent, TokenState
from mailflow.reading.second_thoughts import thinks_again
from mailflow.reading.unread import is_unread
from mailflow.reading.words import fold, plain_text

_QUOTED_FIELD = re.compile(
    r"^[> ]{0,6}(?P<label>[^:：\n]{2,16})[:：](?P<value>[^\n]{1,80})$", re.MULTILINE
)

_SIGNED_LINE = re.compile(r"^[>＞](?![>＞]{2})[ >＞]{0,6}(?![_.﹏/<])[^\n:：→]*$", re.MULTILINE)

Doubt = Callable[[Evidence, Intent], str | None]


def find_doubts(it: Evidence, intent: Intent) -> tuple[str, ...]:
    """All reasons for a person to look, as stable codes in the order of the table."""
    if intent in _MACHINE_DOUBTS:
        return tuple(_MACHINE_DOUBTS[intent](it))
    found = [code for doubt in _DOUBTS if (code := doubt(it, intent))]
    found += ERRANDS[intent](it)
    if is_unread(it, intent):
        found.append("words_not_understood")
    return tuple(dict.fromkeys((*it.doubts, *found)))


def _bounce(it: Evidence) -> Iterator[str]:
    if it.message.bounce is None or it.message.bounce.outcome != "delayed":
        yield "bounce_failed"
        if it.message.bounce and it.message.bounce.cause:
            yield it.message.bounce.cause


def _nothing(_it: Evidence) -> Iterator[str]:
    yield from ()


def _spam(it: Evidence) -> Iterator[str]:
    if it.says("hostile") or it.pressed:
        yield "hostile_words"


_MACHINE_DOUBTS: dict[Intent, Callable[[Evidence], Iterator[str]]] = {
    Intent.BOUNCE: _bounce,
    Intent.AUTO_REPLY: _nothing,
    Intent.LIST_OR_BULK: _spam,
    Intent.SPAM: _spam,
}


# Who wrote this?


def _author(it: Evidence, _intent: Intent) -> str | None:
    return "author_unclear" if it.message.author is None else None


def _authentication(it: Evidence, _intent: Intent) -> str | None:
    results = it.message.authentication
    failed = {"spf=fail", "dmarc=fail", "spf=permerror"} & set(results)
    soft = {"spf=softfail", "dkim=fail"} & set(results) and "dmarc=pass" not in results
    return "authentication_failed" if failed or soft else None


def _sender(it: Evidence, intent: Intent) -> str | None:
    if it.case is None:
        return None if intent is Intent.REGISTRATION else "no_case"
    return None if it.case.sender_registered else "sender_unregistered"


def _envelope(it: Evidence, _intent: Intent) -> str | None:
    path, author = it.message.return_path, it.message.author
    if not path or not author or path.lower() == author.address:
        return None
    same_host = path.rpartition("@")[2].lower() == author.address.rpartition("@")[2]
    return None if same_host else "return_path_differs"


def _nature(it: Evidence, _intent: Intent) -> str | None:
    if it.message.nature is Nature.HUMAN:
        return None
    return "own_letter" if it.message.nature is Nature.OURS else "not_by_hand"


def _for_someone(it: Evidence, intent: Intent) -> str | None:
    if intent is Intent.CORRECTION and (it.hears(THEIRS_AND_MINE) or it.hears(OLD_IS_GONE)):
        said = OLD_IS_GONE.sub(" ", THEIRS_AND_MINE.sub(" ", it.speech))
        found = any(SIGNALS[name].search(said) for name in ("relation", "not_mine", "others"))
    else:
        found = it.says("relation", "not_mine", "others")
    return "acts_for_someone" if found else None


def _new_identity(it: Evidence, _intent: Intent) -> str | None:
    return "identity_change" if it.says("identity_change") else None


# Is it what it seems?


def _hidden(it: Evidence, _intent: Intent) -> str | None:
    return "hidden_text" if re.search(r"\w\w", it.message.hidden_text) else None


def _hostile(it: Evidence, _intent: Intent) -> str | None:
    return "hostile_words" if it.says("hostile") else None


def _quote_unclear(it: Evidence, _intent: Intent) -> str | None:
    certain = it.message.new_text_certain and not _typed_quote(it)
    return None if certain else "quote_unclear"


def _typed_quote(it: Evidence) -> bool:
    """Lines with quote signs and no header above them were typed: is what they say old or new?

    Also those that stand among the new words, but faces and answers that point (`>>>`).
    """
    if _SIGNED_LINE.search(it.message.new_text):
        return True
    quoted = it.message.quoted_text
    if not quoted.strip():
        return False
    lines = quoted.splitlines()
    return not any(
        label_family(line) or attribution_strength(line) > Strength.NONE for line in lines
    )


def _odd_message(it: Evidence, _intent: Intent) -> str | None:
    """Two different texts, a field that stands twice, damaged characters, more than is read."""
    grave = [
        defect
        for defect in it.message.defects
        if not defect.startswith("charset ") or defect.endswith("with damaged characters")
    ]
    return "odd_message" if grave else None


def _too_long(it: Evidence, _intent: Intent) -> str | None:
    return "too_long" if it.words.too_long else None


def _odd_files(it: Evidence, _intent: Intent) -> str | None:
    return "odd_attachment" if it.odd_files else None


def _quote_edited(it: Evidence, _intent: Intent) -> str | None:
    """Someone may have corrected the data inside the quote."""
    if it.case is None or it.pressed:
        return None
    for line in _QUOTED_FIELD.finditer(plain_text(it.message.quoted_text[:20_000])):
        if label_family(line[0]):
            continue  # Subject: of the quoted letter's head
        named = find_mentions(fold(line["label"]))
        known = it.case.values.get(named[0].field) if len(named) == 1 else None
        read = normalise(named[0].field, line["value"], as_of=it.now.date()) if known else None
        if isinstance(read, str) and read != known and "*" not in line["value"]:
            fixed = {change.field for change in it.fixes.changes}
            return None if named[0].field in fixed else "quote_edited"
    return None


def _other_value(it: Evidence, _intent: Intent) -> str | None:
    return "other_value" if "other_value" in it.fixes.doubts and it.case else None


# What is the token worth?


def _token(it: Evidence, _intent: Intent) -> str | None:
    if it.token in (TokenState.VALID, TokenState.USED):
        return None if _verbatim(it) else "token_altered"
    return f"token_{it.token}" if it.pressed else None


def _verbatim(it: Evidence) -> bool:
    """In the recipient tag, or in the subject exactly as issued."""
    token = it.tags.confirm_token or ""
    tagged = any(f"+c.{token.lower()}@" in address for address in it.message.recipients)
    return tagged or token in it.message.subject


def _contradiction(it: Evidence, intent: Intent) -> str | None:
    if it.pressed and intent is not Intent.CONFIRM:
        return "contradiction"
    only_plans = intent is Intent.OTHER and it.says("tells_later", "promises_payment")
    if it.says("revokes") or thinks_again(
        it, only_plans=only_plans, confirms=intent is Intent.CONFIRM
    ):
        return "takes_back"
    own_words = it.registered and not it.blank and intent is not Intent.CONFIRM
    return "forwarded" if is_forward(it.message) and not own_words else None


def _look_alike(it: Evidence, intent: Intent) -> str | None:
    pattern, doubt = LOOK_ALIKES.get(intent, (None, None))
    return doubt if pattern and it.hears(pattern) else None


_DOUBTS: tuple[Doubt, ...] = (
    _author,
    _authentication,
    _sender,
    _envelope,
    _nature,
    _for_someone,
    _new_identity,
    _hidden,
    _hostile,
    _quote_unclear,
    _odd_message,
    _too_long,
    _odd_files,
    _quote_edited,
    _other_value,
    _token,
    _contradiction,
    _look_alike,
)
