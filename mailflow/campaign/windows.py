"""What follows an exam: certificates, the refund of the student's half, the reward."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, model_validator

from mailflow.campaign.strict import Strict


class Certificates(Strict):
    """`issued_from` is the first day on which the examiner sends certificates; `price_again` is
    what a new one costs whose data were wrong, NT$, borne by the student."""

    issued_from: date | None = None
    price_again: int = Field(default=600, ge=0)


class Refund(Strict):
    """How those who hold a certificate get their half back.

    The invitation leaves on the first working day after `invite_after`. Applications come within
    `window_months`, counted from the invitation, from `certificates.issued_from`, or from the
    later of the two; late is void. Who was invited and has not applied is reminded `remind_days`
    before their own last day. The money comes about `paid_after_days` after the
    certificate's date. A successful retake earns the earlier half back `retake_times`, and only
    who is still enrolled, when `must_be_enrolled`.
    """

    invite_after: date | None = None
    window_months: int = Field(default=1, ge=1, le=12)
    counted_from: Literal["later", "invitation", "certificates"] = "later"
    remind_days: tuple[Annotated[int, Field(ge=1)], ...] = ()
    paid_after_days: int = Field(default=75, ge=0)
    retake_times: int = Field(default=1, ge=0)
    must_be_enrolled: bool = True


class Reward(Strict):
    """The office's reward for certificates got from `got_from` to `got_until`, both inclusive.

    `per_certificate` and the `ranks` (first, second, …) are NT$; language certificates don't
    count unless `with_languages`.
    """

    semester: str
    got_from: date
    got_until: date
    upload_until: datetime
    published_on: date
    per_certificate: int = Field(gt=0)
    ranks: tuple[int, ...] = ()
    with_languages: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> "Reward":
        if self.upload_until.tzinfo is None:
            raise ValueError("upload_until: write the offset too, e.g. 2025-10-03T23:59:59+08:00")
        ends = self.upload_until.date()
        if not self.got_from <= self.got_until <= ends <= self.published_on:
            raise ValueError(
                "reward: not in order: got_from ≤ got_until ≤ upload_until ≤ published_on"
            )
        return self
