"""What does this message want? A table, read from top to bottom; its last line is a person.

A rule asks, it never writes. What the person says now outranks what a token suggests.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from mailflow.mail.message import Message, Nature
from mailflow.mail.tags import Tags
from mailflow.person import Change, Field
from mailflow.reading.aside import UNREAD, changes_nothing, find_chat, may_be_put_aside, without
from mailflow.reading.asked import topics
from mailflow.reading.doubts import find_doubts
from mailflow.reading.evidence import Evidence
from mailflow.reading.result import CaseFacts, Intent, Reading, TokenState

_ITS_FILE = re.compile(r"(?<![a-z])(?:pdf|file|attachment|bar ?code)(?![a-z])|檔案|附件|條碼")

# A stranger with a link, whose mail server disowns the mail, and no word of what this office does.
_OUR_MATTERS = re.compile(
    r"ipas|報名|團報|繳費單|繳款|考試|考場|證照|證書|鑑定|補助|老師|同學|學號|學長|收據|"
    r"(?<![a-z])(?:exams?|certif\w*|regist\w*|slip|student|receipt|teacher|fee)(?![a-z])"
)
# Speaks to many from its first word on.
_TO_MANY = re.compile(
    r"\A\s*(?:dear (?:all|colleagues|members|students|faculty|staff)|各位(?:同學|師生|同仁|老師)|"
    r"(?:全校|全體)(?:師生|同學|教職員))"
)
_WHOLE_FORM = 4  # so many fields at once are a registration
_STRANGERS_FORM = 3  # of somebody who is not registered
# Another's value, or one that is not wanted after all.
_NOBODYS = re.compile(
    r"換成[他她]的|[他她]的(?:生日|手機|電話|地址|名字|資料)[^。\n]{0,8}[是為]|改寄給我[姊姐哥弟妹媽爸]|"
    r"還是維持原(?:本|來)"
)
_LATER = re.compile(r"(?:下學期|明年|下個?月|畢業後)[^。\n]{0,6}轉")
_REGISTERS = re.compile(r"報名|(?<![a-z])regist")
# One person's question, not an announcement.
_SPEAKS_TO_US = re.compile(
    r"(?<![a-z])i(?: am|'m) (?:an? )?(?:\w+ )?(?:student|studying)|"
    r"(?<![a-z])i (?:would|want|need|can|cannot|can't|could|did|didn't|do|don't) |"
    r"(?<![a-z])my (?:registration|slip|payment|exam|student|data)|請問|想問|請教(?!授)|"
    r"(?<!各位)老師[,您好]|(?:^|[,。 ])我(?!們|校|司|國|行|院|會)"
)


def is_bounce(it: Evidence) -> bool:
    return it.message.nature is Nature.BOUNCE


def is_automatic(it: Evidence) -> bool:
    return it.message.nature is Nature.AUTOMATIC


def is_spam(it: Evidence) -> bool:
    """Adverts and phishing come from strangers, outside every thread of ours."""
    refused = any(a in ("spf=fail", "dmarc=fail") for a in it.message.authentication)
    if not it.stranger or (it.message.nature is Nature.LIST and not refused):
        return False
    unrelated = refused and it.says("link") and not it.hears(_OUR_MATTERS)
    unrelated = unrelated and not it.hears(_SPEAKS_TO_US)
    if not (it.says("spam") or unrelated) or it.form.filled or it.papers:
        return False
    if it.message.nature is Nature.LIST or it.says("link"):
        return True
    to_us = it.says("registers", "relation") or it.hears(_SPEAKS_TO_US)
    return not to_us and (refused or not it.hears(_OUR_MATTERS))


def is_bulk(it: Evidence) -> bool:
    if it.message.nature is Nature.LIST:
        return it.stranger
    invites = it.says("registers") and it.hears(_TO_MANY)  # "Dear all, please register"
    wishes = it.says("registers") and not invites
    to_us = it.form.filled or wishes or it.hears(_SPEAKS_TO_US)
    return it.stranger and it.says("bulk") and not to_us


def withdraws(it: Evidence) -> bool:
    """Wants to leave, change the session, or takes a withdrawal back."""
    if it.says("takes_back_cancellation"):
        return not (it.papers and it.says("paid"))  # who pays late begs to stay
    only_asks = it.says("asks") and it.says("hypothetical") and not it.says("wants")
    return it.says("withdraws") and not only_asks


def brings_proof(it: Evidence) -> bool:
    """Proof of payment, or the claim of having paid."""
    if it.replied in ("refund", "certificate") or it.says("refund"):
        return False
    if it.says("hostile") and not it.papers:
        return False
    moved = any(c.field is Field.DEPARTMENT and c.new for c in it.fixes.changes)
    if moved and not (it.papers or it.odd_files or it.replied == "slip"):
        return False  # 「系所要改電子系，我這學期轉過去了」
    claims = it.states("paid") or (it.says("paid") and it.says("attached", "money_trouble"))
    if claims and not (it.says("promises_payment", "not_paid") and not it.papers):
        return True
    if it.says("promises_payment") and not (it.papers or it.odd_files or it.states("paid")):
        return False
    if it.papers or it.odd_files:
        if it.says("proof", "paid"):
            return True
        silent = it.blank and not it.pressed
        shown = not it.says("asks") or (it.says("attached") and not it.says("money_trouble"))
        return silent or (it.replied == "slip" and not it.fixes.changes and shown)
    return (
        it.states("proof") and (it.says("attached", "link") or it.replied == "slip" or _digits(it))
    ) or (it.replied == "slip" and it.says("link") and not it.says("asks"))


def _digits(it: Evidence) -> bool:
    return any(char.isdigit() for char in it.words.folded)


def corrects(it: Evidence) -> bool:
    """Says that a registered field is wrong or must change, or takes a confirmation back."""
    changes = it.fixes.changes
    # nobody is registered whose data these could correct
    registers = len(changes) >= _STRANGERS_FORM or it.says("registers")
    if it.form.filled or (it.case is None and registers):
        return False
    papers = it.papers and (it.replied in ("refund", "certificate") or it.says("certificate"))
    if papers and not any(c.new for c in changes):
        return False  # another picture in place of the wrong one, not other data
    if it.says("hostile") and not any(c.new for c in changes):
        return False
    if it.case is None and not any(c.new for c in changes):
        return False  # nobody is known here, and nothing is told
    if it.says("revokes") and (it.says("wrong", "change") or not it.says("not_confirmed")):
        return True
    if it.says("supposed") and it.states("confirms") and not any(c.new for c in changes):
        return False  # an error that was none
    two_values = "ambiguous_value" in it.fixes.doubts and it.says("change")
    if any(c.new for c in changes) or (changes and (two_values or not it.says("asks"))):
        return True
    if it.says("in_picture") and (it.papers or it.says("wrong", "change")):
        return True
    if it.states("wrong"):
        return True
    answers = it.replied == "confirm" and not it.says("confirms")
    wants = it.states("change") and (it.says("wants") or answers)
    return wants and not it.says("missing", "again")


def applies_for_refund(it: Evidence) -> bool:
    if it.replied == "refund":
        return bool(it.papers or it.odd_files) or it.says("attached") or it.states("refund")
    return it.says("refund") and (bool(it.papers) or (it.says("attached") and it.states("refund")))


def brings_certificate(it: Evidence) -> bool:
    if it.replied == "certificate":
        return bool(it.papers or it.odd_files) or it.says("attached")
    return it.says("certificate") and bool(it.papers or it.odd_files)


def registers(it: Evidence) -> bool:
    if it.case is not None:
        return it.form.complete or it.states("adds_exam")
    wishes = it.says("registers", "adds_exam") or len(it.fixes.changes) >= _WHOLE_FORM
    return it.form.filled or (wishes and not it.pressed)


def asks_for_slip(it: Evidence) -> bool:
    if it.says("slip") and it.says("missing"):
        return True
    its_file = it.replied == "slip" and not it.papers and it.hears(_ITS_FILE)
    wants = it.says("asks_slip") or ((it.says("slip") or its_file) and it.says("again"))
    return wants and not it.pressed and not it.says("confirms") and not affirms(it)


def confirms(it: Evidence) -> bool:
    """By click, or in own words in a sentence that asks nothing."""
    said_so = it.states("confirms") and not it.says("hostile")
    pressed = it.pressed and not it.says("not_confirmed")
    return pressed or said_so or affirms(it) or it.body_token is not None


def affirms(it: Evidence) -> bool:
    """A looser "correct" in an answer to the question whether the data are."""
    if it.replied != "confirm" or it.says("hostile", "not_confirmed", "wrong"):
        return False
    return it.states("affirms")


def asks(it: Evidence) -> bool:
    wants_again = it.says("again") and not it.says("promises_payment")
    return not it.blank and (wants_again or it.says("asks", "demands", "missing"))


def always(_it: Evidence) -> bool:
    return True


RULES: tuple[tuple[Callable[[Evidence], bool], Intent], ...] = (
    (is_bounce, Intent.BOUNCE),  # before automatic: half of all bounces say auto-submitted too
    (is_automatic, Intent.AUTO_REPLY),  # an autoresponder confirms nothing
    (is_spam, Intent.SPAM),
    (is_bulk, Intent.LIST_OR_BULK),
    (withdraws, Intent.WITHDRAW),
    (brings_proof, Intent.PAYMENT_RECEIPT),
    (corrects, Intent.CORRECTION),
    (applies_for_refund, Intent.REFUND_APPLICATION),
    (brings_certificate, Intent.CERTIFICATE_UPLOAD),
    (registers, Intent.REGISTRATION),
    (asks_for_slip, Intent.RESEND_SLIP),
    (confirms, Intent.CONFIRM),
    (asks, Intent.QUESTION),
    (always, Intent.OTHER),  # a person will look
)


def read(
    message: Message,
    *,
    case: CaseFacts | None,
    token: TokenState,
    tags: Tags,
    now: datetime,
    doubts: tuple[str, ...] = (),
) -> Reading:
    """What the message wants, and whether the machine may act on it alone.

    `doubts` are reasons that were found before, when the case was looked up: each one flags.
    """
    it = Evidence(message, case, token, tags, now, doubts)
    first = _read(it)
    if not may_be_put_aside(first):
        return first
    chat = find_chat(it, first.intent)
    first = replace(first, unread=chat.clauses)
    if not changes_nothing(it, first.intent, reasons=first.reasons, chat=chat):
        return first
    if first.reasons == (UNREAD,):
        return replace(first, flagged=False, reasons=())
    again = _read(without(it, chat))
    same = (again.intent, again.corrections) == (first.intent, first.corrections)
    return replace(again, unread=chat.clauses) if same and not again.flagged else first


def _read(it: Evidence) -> Reading:
    intent = next(intent for rule, intent in RULES if rule(it))
    reasons = find_doubts(it, intent)
    plain_question = intent is Intent.QUESTION and not reasons  # any other question is a doubt
    asked = topics(it) if plain_question else ()
    corrects_too = intent in (Intent.CORRECTION, Intent.WITHDRAW, Intent.PAYMENT_RECEIPT)
    return Reading(
        intent=intent,
        secondary=_secondary(it, intent),
        flagged=bool(reasons),
        reasons=reasons,
        corrections=_corrections(it, reasons) if corrects_too else (),
        token=it.tags.confirm_token,
        registration=_registration(it) if intent is Intent.REGISTRATION else None,
        asks_status=plain_question and not asked,
        topics=asked,
    )


def _corrections(it: Evidence, reasons: tuple[str, ...]) -> tuple[Change, ...]:
    """What is proposed to a person, or carried out: no value that is nobody's, and none that is
    only guessed or meant for later."""
    changes = it.fixes.changes
    if not reasons:
        return changes
    if _is_somebody_elses(it) or it.hears(_NOBODYS):
        return ()
    if it.hears(_LATER) or {"partial_value", "hedged"} <= set(reasons):
        return tuple(replace(change, new=None) for change in changes)
    return changes


def _is_somebody_elses(it: Evidence) -> bool:
    """Another one's data, sent in to be registered, correct nobody's."""
    told = {change.field for change in it.fixes.changes if change.new}
    if it.case is None:
        return len(told) > 1 and it.hears(_REGISTERS)
    return len(told) > _WHOLE_FORM and {Field.NATIONAL_ID, Field.NAME_ZH} <= told


def _secondary(it: Evidence, intent: Intent) -> tuple[Intent, ...]:
    """Further wishes in the same words; only what a person really adds."""
    found = []
    if intent in (Intent.CORRECTION, Intent.WITHDRAW) and it.pressed:
        found.append(Intent.CONFIRM)
    if intent in (Intent.PAYMENT_RECEIPT, Intent.WITHDRAW) and it.fixes.changes:
        found.append(Intent.CORRECTION)
    answered = (Intent.QUESTION, Intent.RESEND_SLIP, *_MACHINE)
    if intent not in answered and it.says("asks"):
        found.append(Intent.QUESTION)
    return tuple(found)


_MACHINE = (Intent.BOUNCE, Intent.AUTO_REPLY, Intent.SPAM, Intent.LIST_OR_BULK)


def _registration(it: Evidence) -> dict[Field, str] | None:
    return dict(it.form.values) if it.form.filled else None
