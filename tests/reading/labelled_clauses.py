"""Clauses that stand beside an errand, labelled: does this matter? What the weighing learns from.

`tests/data/clauses` holds one file a writer; the short messages are counted as one writer more. A
clause is put beside its errand by `beside`, as Anne would send it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reading_cast import PDF, PHOTO, Said, hear
from short_messages import BUTTON, FILES, messages

FOLDER = Path(__file__).parents[1] / "data" / "clauses"
# Written by somebody who knew the rules and what the weights had got wrong: to learn from alone.
NOT_MEASURED = ("h_short", "short_messages")
# These wrote as it comes, each line by itself; the others wrote twins that differ in sense alone.
NATURAL = (
    *("i_campus", "j_reasons", "k_older", "l_english", "m_confirm", "n_correct", "o_paying"),
    *("p_mixed", "q_correct2", "r_errand", "s_matters", "t_lives", "u_lives", "v_lives", "w_about"),
    *("x_letters", "y_minds", "z_abroad", "ab_short", "ac_short", "ad_mature", "ae_said"),
    *("af_why", "ag_paid", "ah_scenes", "ai_voices", "aj_brief", "ak_papers"),
    *("am_errands", "an_errands"),
)
ERRANDS = {
    "confirm": "confirm",
    "correction": "correction",
    "payment": "payment_receipt",
    "slip": "resend_slip",
    "later": "other",
    "question": "question",
    "refund": "refund_application",
    "certificate": "certificate_upload",
}
_PAPERS = (("cert.pdf", "application/pdf"), ("bank.jpg", "image/jpeg"))
_BESIDE = {
    "confirm": Said(BUTTON, "confirm", "no", press=True),
    "correction": Said("手機改成0922333444。", "correction", "no", {"phone": "0922333444"}),
    "payment_receipt": Said(
        "已繳費，附上證明。", "payment_receipt", "no", thread="slip_mail", files=(PHOTO,)
    ),
    "resend_slip": Said("請再寄一次繳費單。", "resend_slip", "no", thread="slip_mail"),
    "other": Said("我明天再繳。", "other", "no", thread="slip_mail"),
    "question": Said("請問報名費多少？", "question", "no"),
    "refund_application": Said(
        "附上證書、存摺影本，申請報名費補助。",
        "refund_application",
        "no",
        thread="refund_notice",
        files=_PAPERS,
    ),
    "certificate_upload": Said(
        "上傳我的證照，請查收。", "certificate_upload", "no", thread="cert_notice", files=(PDF,)
    ),
}


@dataclass(frozen=True, slots=True)
class Labelled:
    """One clause; `measured` when its writer knew neither rules nor weights."""

    writer: str
    errand: str
    matters: bool
    text: str

    @property
    def measured(self) -> bool:
        return self.writer not in NOT_MEASURED

    @property
    def natural(self) -> bool:
        return self.writer in NATURAL


@cache
def all_clauses() -> tuple[Labelled, ...]:
    return (*_written(), *_short())


def _written() -> Iterator[Labelled]:
    for path in sorted(FOLDER.glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                context, label, text = (part.strip() for part in line.split("|", 2))
                assert label in ("harmless", "matters"), line
                yield Labelled(path.stem, ERRANDS[context], label == "matters", text)


def _short() -> Iterator[Labelled]:
    for path in FILES:
        for one in messages(path):
            text = one.text.removeprefix(BUTTON).strip()
            errand = "confirm" if one.press else one.intent
            if text and one.flag != "may" and errand in _BESIDE:
                yield Labelled("short_messages", errand, one.flag == "must", text)


def beside(one: Labelled) -> Said:
    """The whole message: the errand, and the clause behind it."""
    errand = _BESIDE[one.errand]
    return Said(
        errand.text + one.text,
        errand.intent,
        "must" if one.matters else "no",
        errand.values,
        thread=errand.thread,
        press=errand.press,
        files=errand.files,
    )


def is_acted_on(one: Labelled) -> bool:
    """Is the errand carried out as if the clause were not there?"""
    said = beside(one)
    line = hear(said)
    given = {change["field"]: change["new_value"] for change in line["corrections"]}
    return not line["flagged"] and given == said.values
