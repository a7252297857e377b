"""Read every template once before the office opens: render it with samples, look at the result.

A fault that would strike at the first student strikes here instead, all faults together.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from jinja2 import TemplateError as JinjaError
from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
from markupsafe import escape

from mailflow.campaign import Campaign
from mailflow.letters.after import AFTER_NEEDS
from mailflow.letters.after_samples import AFTER_SAMPLE, AFTER_SHOWS, after_samples
from mailflow.letters.content import TOPICS, LetterData, LetterError, Standing, words_of
from mailflow.letters.digest import SAMPLE_DIGEST, Digest
from mailflow.letters.folder import HTML, PARTS, SUBJECT, Folder, TemplateError
from mailflow.letters.links import Link
from mailflow.person import Change, Field, Registration
from mailflow.slips import Segments, Slip
from mailflow.workflow import Letter

_LONGEST_SUBJECT = 120
_MARK = "<q7>{{7*7}}"  # must arrive as text, never as markup or as a result
_RENDER_ERRORS = (JinjaError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError)

_VALUES = {
    Field.NAME_ZH: "王小明",
    Field.NAME_EN: "WANG, HSIAO-MING",
    Field.NATIONAL_ID: "A123456789",
    Field.BIRTH_DATE: "2004-05-06",
    Field.SEX: "男",
    Field.STUDENT_NO: "112590001",
    Field.DEPARTMENT: "資訊工程系",
    Field.PHONE: "0912345678",
    Field.EMAIL: "anne@example.edu.tw",
    Field.ADDRESS: "臺北市大安區忠孝東路三段 1 號",
    Field.EXAM: "AI應用規劃師 初級",
    Field.SUBJECTS: "人工智慧基礎概論、生成式AI應用與規劃",
    Field.EXAM_AREA: "臺北",
    Field.RETAKE: "否",
}
_PERSONAL = (Field.NATIONAL_ID, Field.PHONE, Field.BIRTH_DATE)

SAMPLE_SLIP = Slip(amount=1200, account="99990000111122", bank="004", due_on=date(2025, 9, 22))
_STANDING = Standing(
    "payment", datetime(2025, 9, 12, 2, 30, tzinfo=UTC), proofs_on=(date(2025, 9, 11),)
)
SAMPLE_BARCODES = Segments("1409226H1", "0099990000111122", "092293000001200")
SAMPLE = LetterData(
    case="iPAS114-0001",
    registration=Registration(_VALUES),
    token="ABCDEFGHJKLMNPQRSTUVWXYZ23456789",  # noqa: S106 - a sample, valid nowhere
    changes=(Change(Field.PHONE, "0911222333", "0912345678"), Change(Field.SEX, None, "男")),
    slip=SAMPLE_SLIP,
    reasons=("amount_differs", "unreadable", *TOPICS),
    missing=(Field.NATIONAL_ID, Field.ADDRESS),
    standing=_STANDING,
    invalid=(Field.PHONE,),
    misfit="exam_not_in_campaign",
    note="請攜帶學生證至辦公室。",
    after=AFTER_SAMPLE,
    digest=SAMPLE_DIGEST,
    reply_tag="0123456789abcdef",
    leaves_on=date(2025, 9, 19),
    is_again=True,
    edit_link="https://docs.google.com/forms/d/e/sample/viewform?edit2=sample",
)

# What must be readable in both body parts: without it the letter misses its purpose.
_SHOWS: dict[Letter, tuple[str, ...]] = {
    Letter.DATA_CONFIRMATION: ("confirm", "rows", "certificate_price", "privacy"),
    Letter.DATA_CHANGED: ("confirm", "rows", "changes"),
    Letter.PRESS_BUTTON: ("confirm", "rows"),
    Letter.PAYMENT_SLIP: ("slip", "exam", "name"),
    Letter.PROOF_UNCLEAR: ("reasons",),
    Letter.REMINDER: ("left",),
    Letter.REGISTRATION_FORM: ("form", "privacy"),
    Letter.FORM_RECEIPT: ("privacy",),
    Letter.RETAKE_PART: ("exam", "subjects"),
    Letter.STAFF_NOTE: ("note",),
    Letter.STAFF_DIGEST: ("questions", "promises", "calls"),
    **AFTER_SHOWS,
}
_BUTTON_OR_SLIP = (Letter.REMINDER, Letter.REINSTATED)
_MAY_SHOW_NOTE = (  # what staff add must arrive
    Letter.PRESS_BUTTON,
    Letter.PROOF_UNCLEAR,
    Letter.REFUND_REFUSED,
    Letter.REWARD_REFUSED,
)


def samples(letter: Letter) -> Iterator[LetterData]:
    """Data for each way a letter can look: everything known, then only what it needs."""
    yield SAMPLE
    bare = LetterData(case=SAMPLE.case, registration=SAMPLE.registration)
    match letter:
        case Letter.REGISTRATION_FORM:
            yield LetterData(case="")
        case Letter.DATA_CONFIRMATION | Letter.PRESS_BUTTON:
            yield replace(bare, token=SAMPLE.token)
            replied = replace(bare, token=SAMPLE.token, reply_tag=SAMPLE.reply_tag)
            yield from (replied, replace(replied, edit_link=SAMPLE.edit_link))
        case Letter.DATA_CHANGED:
            asks = replace(bare, token=SAMPLE.token, changes=SAMPLE.changes)
            replied = replace(asks, reply_tag=SAMPLE.reply_tag)
            yield from (asks, replied, replace(replied, edit_link=SAMPLE.edit_link))
        case Letter.PAYMENT_SLIP:
            yield replace(bare, slip=SAMPLE.slip)
            yield replace(bare, slip=replace(SAMPLE_SLIP, barcodes=SAMPLE_BARCODES))
        case Letter.PROOF_UNCLEAR:
            yield replace(bare, slip=SAMPLE.slip, reasons=SAMPLE.reasons)
        case Letter.REMINDER | Letter.REINSTATED:
            if letter is Letter.REMINDER:
                bare = replace(bare, leaves_on=SAMPLE.leaves_on)
            yield replace(bare, token=SAMPLE.token)
            yield replace(bare, slip=SAMPLE.slip)
        case Letter.STATUS | Letter.ANSWER:
            yield from _answers(letter, bare)
        case Letter.STAFF_NOTE:
            yield LetterData(case=SAMPLE.case, note=SAMPLE.note)
        case _ if letter in AFTER_NEEDS:
            yield from (replace(bare, after=after) for after in after_samples(letter))
        case Letter.STAFF_DIGEST:
            yield LetterData(case="", digest=Digest(on=SAMPLE_DIGEST.on))
        case _:
            yield bare


def _answers(letter: Letter, bare: LetterData) -> Iterator[LetterData]:
    """Every way to answer a question."""
    if letter is Letter.ANSWER:
        for topic in TOPICS:
            yield replace(bare, slip=SAMPLE.slip, reasons=(topic,))
        yield replace(bare, reasons=TOPICS)
        return
    for step in ("button", "slip", "done"):
        yield replace(bare, standing=Standing(step, _STANDING.as_of))
    yield replace(bare, slip=SAMPLE.slip, standing=Standing("payment", _STANDING.as_of))
    done = Standing("done", _STANDING.as_of, accepted_on=date(2025, 9, 11))
    yield replace(bare, slip=SAMPLE.slip, standing=done)


def proofread(folder: Folder, campaign: Campaign, *, mailbox: str) -> list[str]:
    """Every fault of every loaded template, with file name and remedy; empty when all is well."""
    found: dict[str, None] = {}
    try:
        notice = folder.notice(campaign.privacy_notice, office=campaign.office)
    except TemplateError as error:
        return list(error.problems)
    for letter in Letter:
        for data in (*samples(letter), _hostile()):
            try:
                words = words_of(letter, data, campaign=campaign, mailbox=mailbox, notice=notice)
            except (LetterError, ValueError) as error:
                found[f"{letter.value}: {error}; shorten `office`"] = None
                continue
            for part in PARTS:
                if folder.has(letter, part):
                    found |= dict.fromkeys(_read(folder, letter, part, words))
    return list(found)


def _hostile() -> LetterData:
    return replace(
        SAMPLE,
        registration=Registration(dict.fromkeys(Field, _MARK)),
        changes=tuple(Change(name, _MARK, _MARK) for name in Field),
        slip=replace(SAMPLE_SLIP, account=_MARK, bank=_MARK),
        reasons=(_MARK,),
        missing=(_MARK,),
        invalid=(_MARK,),
        exam=_MARK,
        note=_MARK,
    )


def _read(folder: Folder, letter: Letter, part: str, words: dict[str, object]) -> Iterator[str]:
    name = f"{letter.value}/{part}"
    try:
        output = folder.render(letter, part, words)
    except UndefinedError as error:
        yield f"{name}: {error.message}; its words are {', '.join(sorted(words))}"
    except TemplateNotFound as error:
        yield f"{name}: takes in {error.name}, which is missing; copy it from the templates"
    except TemplateSyntaxError as error:
        yield f"{error.name or name}, line {error.lineno}: {error.message}"
    except _RENDER_ERRORS as error:
        yield f"{name}: can't be filled ({type(error).__name__}: {error}); compare the original"
    else:
        faults = (
            _subject_faults(output, words)
            if part == SUBJECT
            else _body_faults(letter, part, output, words)
        )
        yield from (f"{name}: {fault}" for fault in faults)


def _subject_faults(output: str, words: dict[str, object]) -> Iterator[str]:
    subject = output.strip()
    if not subject or "\n" in subject:
        yield "must be exactly one line"
    if len(subject) > _LONGEST_SUBJECT:
        yield f"has {len(subject)} characters; keep it below {_LONGEST_SUBJECT}"
    if str(words["case"]) not in subject:
        yield "must name the case: write [{{ case }}]"
    personal = [_VALUES[name] for name in _PERSONAL] + [SAMPLE_SLIP.account]
    if any(value in subject for value in personal):
        yield "shows a personal number; subjects stand in logs and on lock screens, take it out"


def _body_faults(letter: Letter, part: str, output: str, words: dict[str, object]) -> Iterator[str]:
    if not output.strip():
        yield "is empty"
    if part == HTML and "<q7>" in output:
        yield "a value gets in as markup; take out `|safe` and `autoescape false`"
    wanted = _SHOWS.get(letter, ())
    if letter in _MAY_SHOW_NOTE and "note" in words:
        wanted = (*wanted, "note")
    if letter in _BUTTON_OR_SLIP:
        wanted = ("slip",) if "slip" in words else ("confirm",)
    for word in wanted:
        if any(text not in output for text in _visible(words[word], part)):
            yield f"must show `{word}`, or the letter misses its purpose"


def _visible(value: object, part: str) -> Iterator[str]:
    """The pieces of a word that have to stand in the output."""
    if isinstance(value, Link):
        yield from _visible(value.href, part)
    elif isinstance(value, tuple):
        for piece in value:
            yield from _visible(piece, part)
    else:
        yield str(escape(str(value))) if part == HTML else str(value)
