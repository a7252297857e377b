"""The kinds of tag, never mixed.

The *confirm token* stands only where the button of a confirmation letter puts it: in the
recipient tag `office+c.<token>@host` and in the subject `[<case> 確認 <token>]`. The *reply tag*
`office+r.<tag>@host` only says which case a reply belongs to and gives no right. The *payee token*
stands in the mail that tells the account for a refund: `office+p.<token>@host` and
`[<case> 帳號 <token>]`. Quoted text and message bodies give none of them.
"""

import re
import unicodedata
from dataclasses import dataclass

_SUBJECT_TOKEN = re.compile(
    r"[\[【［〔(（][\s+]{0,9}(?P<case>[A-Za-z0-9]{1,20}-[0-9]{1,9})[\s+]{0,9}(?:確認|确认)[\s+]{0,9}"
    r"(?P<token>[A-Za-z0-9][A-Za-z0-9 -]{5,79})[\]】］〕)）]"
)
_SUBJECT_PAYEE = re.compile(
    r"[\[【［〔(（][\s+]{0,9}(?P<case>[A-Za-z0-9]{1,20}-[0-9]{1,9})[\s+]{0,9}(?:帳號|账号)[\s+]{0,9}"
    r"(?P<token>[A-Za-z0-9][A-Za-z0-9 -]{5,79})[\]】］〕)）]"
)
_CASE_NUMBER = re.compile(r"(?<![A-Za-z0-9])(?P<case>[A-Za-z]+[0-9]{2,3}-[0-9]{3,6})(?![0-9])")


@dataclass(frozen=True, slots=True)
class Tags:
    """What a message says of itself: all of it data from a stranger until it is checked.

    `subject_exact` is false when the subject's brackets or spaces differ from what the button
    wrote (`[<case> 確認 <token>]`): still the token, but a person may want to look.
    """

    confirm_token: str | None = None
    confirm_case: str | None = None
    reply_tag: str | None = None
    case_numbers: tuple[str, ...] = ()
    subject_exact: bool = True
    payee_token: str | None = None


def normal_token(text: str) -> str:
    """Fold what mail systems change: case, spaces, line wraps, full width."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()


def recipient_tag(office: str, kind: str, tag: str) -> str:
    """`office@host`, "c", "ABC" → `office+c.abc@host`; raises ValueError above 64 characters."""
    local, host = office.rsplit("@", 1)
    tagged = f"{local}+{kind}.{tag.lower()}"
    if len(tagged) > 64:
        raise ValueError(f"the local part with a tag has {len(tagged)} characters; 64 fit")
    return f"{tagged}@{host}"


def confirm_subject(case: str, token: str) -> str:
    """The subject of the mail that the button opens."""
    return f"[{case} 確認 {token}]"


def payee_subject(case: str, token: str) -> str:
    """The subject of the mail that tells the account for a refund."""
    return f"[{case} 帳號 {token}]"


def find_tags(recipients: tuple[str, ...], subject: str, office: str) -> Tags:
    """Read the tags out of recipient addresses and subject; two different tokens count as none."""
    local, host = office.lower().rsplit("@", 1)
    tokens: list[str] = []
    payee: list[str] = []
    reply_tag = None
    for address in recipients:
        kind, tag = _tag_of(address, local, host)
        if kind == "c":
            tokens.append(normal_token(tag))
        elif kind == "r":
            reply_tag = tag.lower()
        elif kind == "p":
            payee.append(normal_token(tag))
    folded = unicodedata.normalize("NFKC", subject)
    pressed = list(_SUBJECT_TOKEN.finditer(folded))
    tokens += [normal_token(found["token"]) for found in pressed]
    payee += [normal_token(found["token"]) for found in _SUBJECT_PAYEE.finditer(folded)]
    cases = {found["case"].upper(): found["case"] for found in pressed}
    exact = all(confirm_subject(found["case"], found["token"]) in subject for found in pressed)
    return Tags(
        confirm_token=tokens[0] if len(set(tokens)) == 1 else None,
        confirm_case=next(iter(cases.values())) if len(cases) == 1 else None,
        reply_tag=reply_tag,
        case_numbers=tuple(dict.fromkeys(m["case"] for m in _CASE_NUMBER.finditer(folded))),
        subject_exact=exact,
        payee_token=payee[0] if len(set(payee)) == 1 else None,
    )


def _tag_of(address: str, local: str, host: str) -> tuple[str, str]:
    mailbox, _, domain = address.lower().rpartition("@")
    prefix = local + "+"
    if domain != host or not mailbox.startswith(prefix):
        return "", ""
    kind, _, tag = mailbox.removeprefix(prefix).partition(".")
    return kind, tag
