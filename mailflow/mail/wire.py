"""`Message` ↔ JSON bytes: how a parsed message leaves the child process that parsed it."""

from pydantic import ConfigDict, TypeAdapter

from mailflow.mail.message import Message
from mailflow.mail.parse import read

# A tuple of one: pydantic hands the configuration down to the plain dataclasses inside it.
_ADAPTER = TypeAdapter(
    tuple[Message], config=ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")
)


def to_json(message: Message) -> bytes:
    """UTF-8 JSON; attachments as base64."""
    return _ADAPTER.dump_json((message,))


def from_json(data: bytes) -> Message:
    """The message again, equal in every field; raises pydantic.ValidationError on anything else."""
    return _ADAPTER.validate_json(data)[0]


def read_to_json(raw: bytes) -> bytes:
    """`read`, for a child process that can answer in bytes only."""
    return to_json(read(raw))
