"""What a letter would say to one person now. Nothing is issued, queued or sent."""

from datetime import datetime
from email.message import EmailMessage

from mailflow import saying
from mailflow.campaign.round import TAIPEI
from mailflow.desk.verbs import DeskError
from mailflow.letters import LetterData, LetterError
from mailflow.letters.preview import without_button
from mailflow.letters.proofread import SAMPLE, samples
from mailflow.person import changes_between
from mailflow.store import cases, lookup, slips
from mailflow.store.casework import Rules
from mailflow.store.database import Transaction
from mailflow.store.standing import standing
from mailflow.workflow import Letter, State

_MESSAGE_ID = "<preview@mailflow.invalid>"
_SAMPLE_ADDRESS = "student@example.org"


def sample_letters(rules: Rules, letter: Letter, *, now: datetime) -> list[EmailMessage]:
    """Every way the letter can look, with invented data."""
    shown = [data for data in samples(letter) if data is not SAMPLE] or [SAMPLE]
    return [_message(rules, letter, data, to=_SAMPLE_ADDRESS, now=now) for data in shown]


def letter_for(
    tx: Transaction, rules: Rules, letter: Letter, number: str, *, now: datetime
) -> tuple[str, EmailMessage]:
    """The case's number, and the letter with its data and invented reasons.

    Raises DeskError when the case lacks what the letter says.
    """
    case_id = lookup.by_number(tx, number)
    if case_id is None:
        raise DeskError(saying.no_case(number))
    case = cases.load(tx, case_id)
    before = max(case.data_version - 1, 1)
    data = LetterData(
        case=case.number,
        registration=case.data,
        changes=changes_between(cases.data_of_version(tx, case.id, before), case.data),
        slip=None if letter is Letter.REMINDER and case.state is State.ASKED else case.slip,
        slip_pdf=slips.pdf_of(tx, case.id) if letter is Letter.PAYMENT_SLIP else b"",
        reasons=SAMPLE.reasons,
        standing=standing(tx, case, campaign=rules.campaign, now=now),
        note="（承辦人的話 The staff's words）" if letter is Letter.STAFF_NOTE else "",
        reply_tag=case.reply_tag,
        leaves_on=now.astimezone(TAIPEI).date(),
    )
    if letter is not Letter.REMINDER or case.state is State.ASKED:
        data = without_button(data)
    return case.number, _message(rules, letter, data, to=case.address, now=now)


def _message(
    rules: Rules, letter: Letter, data: LetterData, *, to: str, now: datetime
) -> EmailMessage:
    try:
        return rules.composer.message(letter, data, to=to, message_id=_MESSAGE_ID, now=now)
    except LetterError as error:
        raise DeskError(f"{error}: this case has none; see it with --sample") from error
