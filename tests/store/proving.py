"""A mail that brings a proof, read and decided; no engine looks at the picture."""

from datetime import datetime, timedelta
from email.utils import format_datetime

from store.people import ANNE
from store.round import Round

from mailflow.campaign import TAIPEI
from mailflow.mail import read
from mailflow.person import Field
from mailflow.reading import Intent, Reading, TokenState
from mailflow.receipts.result import Kind, Proof, Status, Verdict
from mailflow.runners.deciding import Decider, Understood
from mailflow.store import inbox
from mailflow.store.cases import CaseView
from mailflow.store.inbox import Arrival
from mailflow.store.queue import open_items
from mailflow.store.tables import InboxState, Stage

GOOD = Proof(
    kind=Kind.TRANSFER,
    status=Status.PAID,
    amount=600,
    paid_at="2025-09-22T21:10",
    verdict=Verdict.ACCEPT,
    reasons=("amount_agrees", "paid_word"),
)


def proves(
    going: Round,
    case: CaseView,
    proof: Proof = GOOD,
    *,
    sent_at: datetime | None = None,
    arrived_at: datetime | None = None,
    picture: bytes = b"",
) -> InboxState:
    """A mail with a proof arrives, is read, and is decided; each brings another picture."""
    case, going.mails = going.load(case), going.mails + 1
    sent_at = sent_at or going.now - timedelta(minutes=2)
    date = format_datetime(sent_at.astimezone(TAIPEI))
    raw = f"From: {ANNE[Field.EMAIL]}\r\nDate: {date}\r\nSubject: paid\r\n\r\nhere".encode()
    came = arrived_at or going.now - timedelta(minutes=1)
    arrival = Arrival("office", "INBOX", 1, going.mails, raw, len(raw), came)
    with going.store.write() as tx:
        inbox.store_arrivals(tx, [arrival], now=going.now)
        (claimed,) = inbox.claim(
            tx, Stage.READ, owner="t", now=going.now, lease=timedelta(minutes=5)
        )
        understood = Understood(
            message=read(raw),
            reading=Reading(intent=Intent.PAYMENT_RECEIPT),
            token=TokenState.NONE,
            case=case,
            sender_registered=True,
            proofs=((picture or b"picture %d" % going.mails, proof),),
            proven=case.slip,
        )
        return Decider(tx, going.rules, claimed, now=going.now).decide(understood)


def waits(going: Round, case: CaseView) -> tuple[str, ...]:
    with going.store.read() as tx:
        return tuple(r for item in open_items(tx, case_id=case.id) for r in item.reasons)
