"""What the child runs: only here are engines and models loaded, never in the daemon itself."""

from mailflow.receipts.pictures import may_be_proof
from mailflow.receipts.read import eyes_of, read_proof
from mailflow.receipts.wire import proof_to_json, request_from_json


def read_json(payload: bytes) -> bytes:
    """A request → a proof, or null for a logo."""
    request = request_from_json(payload)
    if request.skip_logos and not may_be_proof(request.content):
        return b"null"
    eyes = eyes_of(request.engines)
    return proof_to_json(read_proof(request.content, expected=request.expected, eyes=eyes))
