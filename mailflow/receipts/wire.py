"""Proofs over a pipe: pictures are read in a child process, JSON goes in and comes out."""

from dataclasses import dataclass, field

from pydantic import ConfigDict, TypeAdapter, with_config

from mailflow.receipts.pictures import may_be_proof
from mailflow.receipts.read import ENGINES, eyes_of, read_proof
from mailflow.receipts.result import Expectation, Proof

_BASE64 = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")


@with_config(_BASE64)
@dataclass(frozen=True, slots=True)
class Request:
    """One picture, read by `engines`; `skip_logos` answers with nothing for a signature's logo."""

    content: bytes = field(repr=False)
    expected: Expectation | None
    skip_logos: bool = False
    engines: tuple[str, ...] = ENGINES


_REQUEST = TypeAdapter(Request)
_ANSWER = TypeAdapter(Proof | None, config=_BASE64)


def request_to_json(request: Request) -> bytes:
    return _REQUEST.dump_json(request)


def proof_from_json(answer: bytes) -> Proof | None:
    """None: the picture was passed over."""
    return _ANSWER.validate_json(answer)


def proof_to_json(proof: Proof) -> bytes:
    return _ANSWER.dump_json(proof)


def read_json(payload: bytes) -> bytes:
    """What the child runs: a request → a proof, or null for a logo."""
    request = _REQUEST.validate_json(payload)
    if request.skip_logos and not may_be_proof(request.content):
        return b"null"
    eyes = eyes_of(request.engines)
    return proof_to_json(read_proof(request.content, expected=request.expected, eyes=eyes))
