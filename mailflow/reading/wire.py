"""The reading of a mail over a pipe: it runs in a child process, JSON goes in and comes out."""

from dataclasses import dataclass, field
from datetime import datetime

from pydantic import TypeAdapter

from mailflow.mail import Message
from mailflow.mail.tags import Tags
from mailflow.mail.wire import from_json, to_json
from mailflow.reading.result import CaseFacts, Reading, TokenState
from mailflow.reading.rules import read


@dataclass(frozen=True, slots=True)
class Question:
    """What the office knows beside the message itself."""

    case: CaseFacts | None
    token: TokenState
    tags: Tags
    now: datetime
    doubts: tuple[str, ...] = field(default=())


_QUESTION = TypeAdapter(Question)
_READING = TypeAdapter(Reading)


def question_to_json(question: Question, message: Message) -> bytes:
    """One line with the question, then the message."""
    return _QUESTION.dump_json(question) + b"\n" + to_json(message)


def reading_from_json(answer: bytes) -> Reading:
    return _READING.validate_json(answer)


def read_json(payload: bytes) -> bytes:
    """What the child runs: question and message → reading."""
    head, _, body = payload.partition(b"\n")
    question = _QUESTION.validate_json(head)
    reading = read(
        from_json(body),
        case=question.case,
        token=question.token,
        tags=question.tags,
        now=question.now,
        doubts=question.doubts,
    )
    return _READING.dump_json(reading)
