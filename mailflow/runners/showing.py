"""The pictures that a mail shows → proofs, each read in a child process."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from mailflow.config import Config
from mailflow.mail import Attachment, Message
from mailflow.receipts import wire
from mailflow.receipts.result import Expectation, Proof, Verdict
from mailflow.sandbox import SandboxError

_TYPES = frozenset(
    {"image/jpeg", "image/png", "image/webp", "image/heic", "image/heif", "application/pdf"}
)
_NOT_READ = Proof(verdict=Verdict.FLAG, reasons=("picture_not_read",))
_ONE, _PARTS = "mailflow.receipts.child:read_json", "mailflow.receipts.child:read_parts_json"
MOST_PARTS = 4  # of one page that was scrolled

Proofs = tuple[tuple[bytes, Proof], ...]


def pictures_of(message: Message) -> list[Attachment]:
    """Parts that may be proofs, told by their bytes."""
    return [part for part in message.attachments if part.content_type in _TYPES]


@dataclass(frozen=True, slots=True)
class PictureReader:
    """`call` runs a function in a child and raises SandboxError; `ending` tells that the daemon
    ends, so that the child's death is nobody's fault and is raised."""

    config: Config
    call: Callable[[str, bytes], bytes]
    ending: Callable[[], bool]

    def read(self, pictures: Sequence[Attachment], expected: Expectation | None) -> Proofs:
        """Every picture with what it proves, a signature's logo left out. What is beyond the
        limit of one mail is not read and is for a person."""
        most, shown = self.config.limits.pictures_per_message, []
        for picture in pictures[:most]:
            proof = self._answer(_ONE, self._request(picture.content, expected, skip_logos=True))
            if proof is not None:
                shown.append((picture.content, proof))
        shown += [(picture.content, _NOT_READ) for picture in pictures[most:]]
        return self._put_together(tuple(shown), expected)

    def _put_together(self, shown: Proofs, expected: Expectation | None) -> Proofs:
        """A page that was scrolled and sent in parts is read as one; each part then shows it."""
        proofs = [proof for _, proof in shown]
        whole = all(proof.verdict is Verdict.ACCEPT for proof in proofs)
        parts = all(proof.may_be_part and not proof.speaks_against for proof in proofs)
        if whole or not parts or not 2 <= len(shown) <= MOST_PARTS:
            return shown
        first, *more = (content for content, _ in shown)
        together = self._answer(_PARTS, self._request(first, expected, more=tuple(more)))
        if together is None or together.verdict is not Verdict.ACCEPT:
            return shown
        if not any(proof.proves_by_itself(together) for proof in proofs):
            return shown  # one payment's page may end as another's begins
        return tuple((part, replace(together, likeness=own.likeness)) for part, own in shown)

    def _request(
        self,
        content: bytes,
        expected: Expectation | None,
        *,
        skip_logos: bool = False,
        more: tuple[bytes, ...] = (),
    ) -> bytes:
        engines = self.config.receipts.engines
        return wire.request_to_json(
            wire.Request(content, expected, skip_logos=skip_logos, engines=engines, more=more)
        )

    def _answer(self, function: str, request: bytes) -> Proof | None:
        """A picture that kills or stalls its reader goes to staff; the mail goes on."""
        try:
            answer = self.call(function, request)
        except SandboxError as error:
            if self.ending():
                raise
            return Proof(verdict=Verdict.FLAG, reasons=(f"picture_{error}".replace(" ", "_"),))
        return wire.proof_from_json(answer)
