"""Proofs over a pipe: pictures are read in a child process, JSON goes in and comes out."""

from dataclasses import dataclass, field
from pathlib import PurePath

from pydantic import ConfigDict, TypeAdapter, with_config

from mailflow.receipts.installed import ENGINES
from mailflow.receipts.result import Expectation, Proof

_BASE64 = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")


@with_config(_BASE64)
@dataclass(frozen=True, slots=True)
class Request:
    """One picture, read by `engines`; `skip_logos` answers with nothing for a signature's logo.
    `words`: what the reasons' codes mean, to be written beside a picture that explains. `more`:
    further pictures, which may show other parts of the same page."""

    content: bytes = field(repr=False)
    expected: Expectation | None
    skip_logos: bool = False
    engines: tuple[str, ...] = ENGINES
    words: dict[str, str] = field(default_factory=dict)
    more: tuple[bytes, ...] = field(default=(), repr=False)


@with_config(_BASE64)
@dataclass(frozen=True, slots=True)
class Shown:
    """A proof and the picture that explains it, PNG; b"" where no page could be read."""

    proof: Proof
    picture: bytes = field(repr=False)


_REQUEST = TypeAdapter(Request)
_SHOWN = TypeAdapter(Shown)
_ANSWER = TypeAdapter(Proof | None, config=_BASE64)


def request_to_json(request: Request) -> bytes:
    return _REQUEST.dump_json(request)


def request_from_json(payload: bytes) -> Request:
    return _REQUEST.validate_json(payload)


def proof_from_json(answer: bytes) -> Proof | None:
    """None: the picture was passed over."""
    return _ANSWER.validate_json(answer)


def proof_to_json(proof: Proof) -> bytes:
    return _ANSWER.dump_json(proof)


def shown_to_json(shown: Shown) -> bytes:
    return _SHOWN.dump_json(shown)


def shown_from_json(answer: bytes) -> Shown:
    return _SHOWN.validate_json(answer)


def proof_line(name: str, proof: Proof) -> dict[str, object]:
    """One line of `mailflow receipt --json`: the keys of the contract, and `others`."""
    line: dict[str, object] = {
        "file": PurePath(name).name,
        "kind": proof.kind.value,
        "status": proof.status.value,
        "amount": proof.amount,
        "fee": proof.fee,
        "total": proof.total,
        "paid_at": proof.paid_at,
        "account": proof.account,
        "reference": proof.reference,
        "verdict": proof.verdict.value if proof.verdict else None,
        "reasons": list(proof.reasons),
        "seconds": proof.seconds,
    }
    if proof.others:
        line["others"] = [proof_line(name, other) for other in proof.others]
    return line
