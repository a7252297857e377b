"""Confirm tokens: the button's right to confirm exactly the data it was sent with."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from mailflow.mail.tags import normal_token
from mailflow.reading.result import TokenState
from mailflow.store import cases
from mailflow.store.cases import CaseView
from mailflow.store.database import Transaction
from mailflow.store.tables import ConfirmToken


def issue_token(tx: Transaction, case: CaseView, *, now: datetime, days: int) -> str:
    """The confirm token for exactly the data of the current version: 160 bit, derived by HMAC."""
    expires_at = (now + timedelta(days=days)).replace(microsecond=0)
    token = _derive(tx, case, case.data_version, case.digest, expires_at)
    token_hash = _hash(token)
    if tx.session.get(ConfirmToken, token_hash) is None:
        tx.session.add(
            ConfirmToken(
                token_hash=token_hash,
                case_id=case.id,
                version=case.data_version,
                expires_at=expires_at,
            )
        )
        tx.session.flush()
    return token


def check_token(
    tx: Transaction, token: str, *, now: datetime
) -> tuple[TokenState, str | None, int | None]:
    """What a token found in a mail is worth, whose it is, and for which data version."""
    row = tx.session.get(ConfirmToken, _hash(normal_token(token)))
    if row is None:
        return TokenState.UNKNOWN, None, None
    case = cases.load(tx, row.case_id)
    digest = cases.data_of_version(tx, case.id, row.version).digest()
    derived = _derive(tx, case, row.version, digest, row.expires_at)
    if not hmac.compare_digest(derived, normal_token(token)):
        return TokenState.UNKNOWN, None, None
    if row.version != case.data_version:
        return TokenState.STALE, case.id, row.version
    if row.used_at is not None:
        return TokenState.USED, case.id, row.version
    if row.expires_at < now:
        return TokenState.EXPIRED, case.id, row.version
    return TokenState.VALID, case.id, row.version


def _derive(
    tx: Transaction, case: CaseView, version: int, digest: str, expires_at: datetime
) -> str:
    bound = "|".join(
        (
            "confirm",
            case.campaign,
            case.number,
            str(version),
            digest,
            str(int(expires_at.timestamp())),
        )
    )
    mac = hmac.digest(tx.keyring.token_key, bound.encode(), hashlib.sha256)
    return base64.b32encode(mac[:20]).decode()


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
