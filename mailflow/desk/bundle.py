"""The accepted proofs of a round, named by case number alone."""

from collections.abc import Iterator

from mailflow.campaign import Campaign
from mailflow.mail.magic import content_type_of
from mailflow.store import lookup, receipts
from mailflow.store.database import Transaction
from mailflow.store.proven import accepted
from mailflow.workflow import State

_ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/tiff": "tif",
    "image/webp": "webp",
    "image/bmp": "bmp",
    "image/heic": "heic",
    "image/avif": "avif",
    "application/pdf": "pdf",
}


def accepted_proofs(tx: Transaction, campaign: Campaign) -> Iterator[tuple[str, bytes]]:
    """File name and content of each accepted proof, one at a time: all of them may be large.

    The second proof of a case is `…-2`. Raises SealError when one can't be opened.
    """
    for case_id in lookup.in_states(tx, (State.PAID, State.COMPLETE), campaign=campaign.id):
        number = lookup.number_of(tx, case_id)
        pictures = [claim.receipt_id for claim in accepted(tx, case_id) if claim.receipt_id]
        for place, receipt_id in enumerate(dict.fromkeys(pictures), start=1):
            content = receipts.load(tx, receipt_id).picture
            suffix = f"-{place}" if place > 1 else ""
            yield f"{number}{suffix}.{ending(content)}", content


def ending(content: bytes) -> str:
    """How the name of such a file ends, told by its bytes."""
    return _ENDINGS.get(content_type_of(content, ""), "bin")
