"""What the child runs: only here are engines and models loaded, never in the daemon itself."""

from mailflow.receipts.overlay import overlay
from mailflow.receipts.pictures import may_be_proof
from mailflow.receipts.read import examined, eyes_of, read_parts, read_proof
from mailflow.receipts.wire import Shown, proof_to_json, request_from_json, shown_to_json


def read_json(payload: bytes) -> bytes:
    """A request → a proof, or null for a logo."""
    request = request_from_json(payload)
    if request.skip_logos and not may_be_proof(request.content):
        return b"null"
    eyes = eyes_of(request.engines)
    return proof_to_json(read_proof(request.content, expected=request.expected, eyes=eyes))


def read_parts_json(payload: bytes) -> bytes:
    """A request with more pictures → the proof that they are together, or null."""
    request = request_from_json(payload)
    parts = (request.content, *request.more)
    eyes = eyes_of(request.engines)
    proof = read_parts(parts, expected=request.expected, eyes=eyes)
    return proof_to_json(proof) if proof else b"null"


def show_json(payload: bytes) -> bytes:
    """A request → the proof, and the picture that explains it."""
    request = request_from_json(payload)
    proof, seen = examined(
        request.content, expected=request.expected, eyes=eyes_of(request.engines)
    )
    picture = overlay(seen, proof, request.expected, words=request.words) if seen else b""
    return shown_to_json(Shown(proof, picture))
