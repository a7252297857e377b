"""What `mailflow check` looks at, one finding after the other. Nothing is changed."""

import asyncio
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from mailflow import saying
from mailflow.campaign import CampaignError, load_campaign
from mailflow.campaign.findings import Severity
from mailflow.campaign.round import TAIPEI
from mailflow.campaign.slip_settings import SlipMethod
from mailflow.cli.campaign import findings_of
from mailflow.cli.shadowing import shadow_notice
from mailflow.config import Config, ConfigError, load_config
from mailflow.desk.masking import masked_number
from mailflow.imap import CommandRefused, Mailbox, MailboxError
from mailflow.letters import Composer, TemplateError, default_templates
from mailflow.mail.tags import recipient_tag
from mailflow.receipts.installed import has_rapidocr, has_tesseract
from mailflow.slips import make_slip
from mailflow.smtp import Relay
from mailflow.store import schema, slips
from mailflow.store.database import Store, StoreError
from mailflow.store.keys import KeysError, load_keys
from mailflow.store.vault import SealError

_LANGUAGES = ("chi_tra", "eng")
_SAMPLE_FEE = 600
_INSTALL_OCR = "apt install tesseract-ocr tesseract-ocr-chi-tra; until then few proofs are accepted"


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    good: bool
    text: str


def run_checks(path: Path) -> Iterator[Finding]:
    """Configuration first; without one nothing else can be looked at."""
    try:
        config = load_config(path)
    except ConfigError as error:
        yield Finding("configuration", False, str(error))
        return
    yield Finding("configuration", True, str(path))
    for what, look in _LOOKS.items():
        yield look_at(what, look, config)


def look_at(what: str, look: Callable[[Config], str], config: Config) -> Finding:
    """Run one look; what it raises is the problem, with the remedy in its text."""
    try:
        return Finding(what, True, look(config))
    except (
        CampaignError,
        ConfigError,
        KeysError,
        MailboxError,
        StoreError,
        TemplateError,
        ProblemError,
        OSError,
    ) as error:
        return Finding(what, False, str(error))
    except SQLAlchemyError as error:
        return Finding(what, False, f"the database can't be reached: {type(error).__name__}")


class ProblemError(ValueError):
    """A finding that is no good; the text says what to do."""


def _campaign(config: Config) -> str:
    campaign = load_campaign(config.campaign)
    told = f"{campaign.id}, {len(campaign.exams)} exams, pay until {campaign.pay_until:%Y-%m-%d}"
    if datetime.now(UTC) > campaign.pay_until:
        return f"{told}: this round is over"
    findings = findings_of(campaign, config.campaign)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if errors:
        raise ProblemError(f"{told}; {errors} error(s): `mailflow campaign check` names each")
    return told


def _slips(config: Config) -> str:
    try:
        campaign = load_campaign(config.campaign)
    except CampaignError:  # said already, under its own name
        raise ProblemError("can't be tried before the campaign is right") from None
    method, bank = campaign.slip.method, campaign.slip.bank
    if method is not SlipMethod.MADE or bank is None:
        return f"come by {method}"
    due_on = campaign.pay_until.astimezone(TAIPEI).date()
    case = f"{campaign.case_prefix}-0001"
    made = make_slip(campaign.slip, case=case, amount=_SAMPLE_FEE, due_on=due_on)
    kinds = "account and store barcodes" if made.barcodes else "account alone"
    told = f"made here, {kinds}, e.g. {bank.code} {made.account} for {_SAMPLE_FEE} NT$"
    return f"{told}: let the bank confirm one before the round opens"


def _templates(config: Config) -> str:
    folder = config.templates or default_templates()
    try:
        campaign = load_campaign(config.campaign)
    except CampaignError:  # said already, under its own name
        raise ProblemError("can't be tried before the campaign is right") from None
    Composer(
        folder,
        campaign,
        office=config.office,
        sender_name=config.office_name,
    )
    return "every letter renders"


def _address(config: Config) -> str:
    try:
        longest = recipient_tag(config.office, "c", "A" * 32)
    except ValueError as error:
        raise ProblemError(f"{error}: use a shorter address") from error
    return f"tags fit ({len(longest.partition('@')[0])} of 64 characters)"


def _store(config: Config) -> str:
    store = Store(config.store.url, load_keys(config.store.keys_file))
    current, needed = schema.version(store)
    if current is None:
        raise ProblemError("there is no database yet: run `mailflow db upgrade`")
    if current != needed:
        raise ProblemError(f"version {current} instead of {needed}: run `mailflow db upgrade`")
    return f"version {current}"


def _accounts(config: Config) -> str:
    """Whether an account tells who has paid: no trouble of the program, so that it is no error."""
    try:
        campaign = load_campaign(config.campaign)
        store = Store(config.store.url, load_keys(config.store.keys_file))
        with store.read() as tx:
            shared = slips.shared_accounts(tx, campaign.id)
    except (CampaignError, KeysError, OSError, SealError, SQLAlchemyError):
        return "not looked at"  # why is said under another name, or the persons were erased
    if not shared:
        return "no two cases of this round share a payment account"
    named = "、".join(f"{masked_number(account)} 有 {count} 案" for account, count in shared[:3])
    more = f"，另有 {len(shared) - 3} 個帳號" if len(shared) > 3 else ""
    return saying.both(
        f"注意：同一繳費帳號用於多個案件（{named}{more}）：帳號相符不能證明是誰繳的，請核對付款人或序號",
        f"{len(shared)} payment account(s) shared by several cases: an account that agrees then "
        "proves nothing about who has paid",
    )


def _shadow(config: Config) -> str:
    if config.shadow:
        return "SHADOW IS ON (shadow = true): nothing is sent until you release it"
    try:
        store = Store(config.store.url, load_keys(config.store.keys_file))
        with store.read() as tx:
            return shadow_notice(tx, config) or "off: letters leave by themselves"
    except (KeysError, OSError, SQLAlchemyError):  # said already, under its own name
        return "off in the configuration"


def _staff(config: Config) -> str:
    staff = config.staff
    if not staff.digest_to:
        return "nobody gets the daily digest: set staff.digest_to to hear of promises in time"
    return f"daily digest to {staff.digest_to} from {staff.digest_at}:00 on working days"


def _imap(config: Config) -> str:
    try:
        with Mailbox(config.imap) as mailbox:
            mailbox.select(config.imap.folder)
            told = f"{config.imap.host}, {len(mailbox.uids())} messages in {config.imap.folder}"
            return f"{told}; {_plus_tags(config, mailbox)}"
    except (MailboxError, OSError) as error:
        raise _unreached(str(error), config.imap.host, config.imap.port) from error


def _plus_tags(config: Config, mailbox: Mailbox) -> str:
    """Whether the host lets tagged addresses through, as far as a look can tell: by a mail that
    came to one. Nothing is sent."""
    local, _, host = config.office.partition("@")
    for folder in (config.imap.folder, config.imap.processed_folder, config.imap.held_folder):
        with suppress(CommandRefused):  # made when the daemon first needs it
            if mailbox.has_recipient(folder, f"{local}+"):
                return "the host keeps plus-tags"
    return (
        f"no mail to a tagged address is here yet: send one to {local}+test@{host} and check again"
        "; should it not arrive, ask the provider for plus addressing"
    )


def _smtp(config: Config) -> str:
    problem = asyncio.run(Relay(config.smtp).probe())
    if problem:
        raise _unreached(problem, config.smtp.host, config.smtp.port)
    return f"{config.smtp.host} lets the office in"


def _unreached(problem: str, host: str, port: int) -> ProblemError:
    """The problem with the place where it arose; a refusal to connect also with the remedy."""
    hints = ("refused", "Connect call failed")
    remedy = "; is the server up, are host and port right?"
    is_refusal = any(hint in problem for hint in hints)
    problem = problem.removeprefix(f"{host}: ")
    return ProblemError(f"{host}:{port}: {problem}{remedy if is_refusal else ''}")


def _ocr(config: Config) -> str:
    if "rapidocr" in config.receipts.engines and not has_rapidocr():
        raise ProblemError("rapidocr is missing: install mailflow with its dependencies")
    if "tesseract" not in config.receipts.engines:
        return "rapidocr is here"
    if not has_tesseract():
        raise ProblemError(f"tesseract is missing: {_INSTALL_OCR}")
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True).stdout
    missing = [name for name in _LANGUAGES if name not in listed.split()]
    if missing:
        raise ProblemError(f"tesseract lacks {', '.join(missing)}: {_INSTALL_OCR}")
    return "tesseract reads " + " and ".join(_LANGUAGES)


_LOOKS: dict[str, Callable[[Config], str]] = {
    "campaign": _campaign,
    "slips": _slips,
    "templates": _templates,
    "address": _address,
    "store": _store,
    "accounts": _accounts,
    "imap": _imap,
    "smtp": _smtp,
    "shadow": _shadow,
    "staff": _staff,
    "ocr": _ocr,
}
