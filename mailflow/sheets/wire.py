"""The reading of an export over a pipe: it runs in a child process, bytes go in, JSON comes out."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from mailflow.campaign import Campaign
from mailflow.sheets.forms_export import Export, read_export
from mailflow.sheets.problems import ExportError, FileProblem


@dataclass(frozen=True, slots=True)
class Answer:
    """An export, or why the file is refused."""

    export: Export | None = None
    problems: tuple[FileProblem, ...] = ()


_ANSWER = TypeAdapter(Answer)


def file_to_bytes(content: bytes, campaign: Campaign) -> bytes:
    """One line with the campaign, then the file."""
    return campaign.model_dump_json(by_alias=True).encode() + b"\n" + content


def answer_from_json(answer: bytes) -> Answer:
    return _ANSWER.validate_json(answer)


def read_bytes(payload: bytes) -> bytes:
    """What the child runs: campaign and file → answer."""
    head, _, content = payload.partition(b"\n")
    campaign = Campaign.model_validate_json(head)
    try:
        answer = Answer(export=read_export(content, campaign=campaign))
    except ExportError as error:
        answer = Answer(problems=error.problems)
    return _ANSWER.dump_json(answer)
