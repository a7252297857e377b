"""What becomes of the pictures of one mail; what a child would answer is given."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mailflow.config import load_config
from mailflow.mail import Attachment
from mailflow.receipts.result import Expectation, Kind, Proof, Status, Verdict
from mailflow.receipts.wire import proof_to_json, request_from_json
from mailflow.runners.showing import PictureReader, Proofs
from mailflow.sandbox import SandboxError

SLIP = Expectation(600, "98620123456789", "004")
PAID = Proof(Kind.TRANSFER, Status.PAID, 600, account="98620123456789")
WHOLE = replace(PAID, verdict=Verdict.ACCEPT, likeness=b"of the page")
HALF = replace(PAID, verdict=Verdict.ASK, reasons=("date_unclear",), likeness=b"of the half")
OTHER_HALF = Proof(Kind.TRANSFER, verdict=Verdict.FLAG, reasons=("status_unclear",))
DOUBTED = Proof(Kind.TRANSFER, verdict=Verdict.FLAG, reasons=("words_unread", "date_unclear"))
FAILED = Proof(Kind.TRANSFER, Status.FAILED, verdict=Verdict.ASK, reasons=("failed_transfer",))
NOT_YET = Proof(Kind.TRANSFER, Status.NOT_YET, verdict=Verdict.ASK, reasons=("date_unclear",))
UNDONE = replace(HALF, undone=True)


def shown(*alone: Proof, together: Proof | None = WHOLE, most: int = 5) -> Proofs:
    """What a mail with these pictures shows; `together`: what they are as parts of one page."""
    config = load_config(Path(__file__).parents[2] / "config.toml")
    limits = config.limits.model_copy(update={"pictures_per_message": most})
    proofs = {bytes([at]): proof for at, proof in enumerate(alone)}

    def child(function: str, payload: bytes) -> bytes:
        request = request_from_json(payload)
        if function.endswith(":read_parts_json"):
            assert (request.content, *request.more) == tuple(proofs)
            return proof_to_json(together) if together else b"null"
        return proof_to_json(proofs[request.content])

    reader = PictureReader(config.model_copy(update={"limits": limits}), child, lambda: False)
    return reader.read([Attachment("p.png", "image/png", one) for one in proofs], SLIP)


def test_parts_of_one_page_all_show_it():
    for _, proof in shown(HALF, OTHER_HALF):
        assert (proof.verdict, proof.amount) == (Verdict.ACCEPT, 600)


def test_each_part_keeps_its_own_look():
    """By which it is recognised when it comes again."""
    assert [proof.likeness for _, proof in shown(HALF, OTHER_HALF)] == [b"of the half", None]


@pytest.mark.parametrize(
    "alone",
    [(HALF, FAILED), (HALF, NOT_YET), (HALF, UNDONE), (HALF, DOUBTED), (HALF,), (HALF,) * 5],
)
def test_a_page_that_speaks_against_it_one_in_doubt_and_too_many_are_no_parts(
    alone: tuple[Proof, ...],
):
    assert tuple(proof for _, proof in shown(*alone)) == alone


@pytest.mark.parametrize(
    "lacks", [{"status": Status.UNKNOWN}, {"amount": None}, {"account": "*****3456789"}]
)
def test_one_part_must_prove_it_by_itself(lacks: dict[str, Any]):
    part = replace(HALF, **lacks)
    assert [proof for _, proof in shown(part, OTHER_HALF)] == [part, OTHER_HALF]


@pytest.mark.parametrize("together", [None, HALF])
def test_what_does_not_go_together_stays_apart(together: Proof | None):
    assert [proof for _, proof in shown(HALF, OTHER_HALF, together=together)] == [HALF, OTHER_HALF]


def test_a_picture_that_was_not_read_is_for_a_person():
    first, second = shown(WHOLE, WHOLE, most=1)
    assert first[1] == WHOLE
    assert second[1].reasons == ("picture_not_read",)


def test_a_child_that_dies_leaves_the_picture_to_a_person():
    def child(function: str, payload: bytes) -> bytes:
        raise SandboxError("died")

    config = load_config(Path(__file__).parents[2] / "config.toml")
    picture = [Attachment("p.png", "image/png", b"1")]
    ((_, proof),) = PictureReader(config, child, lambda: False).read(picture, SLIP)
    assert (proof.verdict, proof.reasons) == (Verdict.FLAG, ("picture_died",))
    with pytest.raises(SandboxError):
        PictureReader(config, child, lambda: True).read(picture, SLIP)
