"""Whom certificates are posted to: name and registered address, where the exam's are posted."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from mailflow.campaign import Campaign
from mailflow.campaign.exams import Delivery
from mailflow.desk.roster import entries
from mailflow.person import Field
from mailflow.store.database import Transaction

HEADER = ("報名編號", "收件人", "通訊地址", "手機", "鑑定項目")
_FIELDS = (Field.ADDRESS, Field.PHONE, Field.EXAM)


@dataclass(frozen=True, slots=True)
class Labels:
    """One row a person and exam; `lacking` are case numbers without a name or an address."""

    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    lacking: tuple[str, ...]


def make_labels(tx: Transaction, campaign: Campaign, *, only: Sequence[str] = ()) -> Labels:
    """Labels for the complete cases of exams that are posted; `only` these case numbers, if any."""
    wanted = {number.upper() for number in only}
    rows, lacking = [], []
    for entry in entries(tx, campaign, with_paid=False):
        case = entry.case
        if entry.exam is None or entry.exam.delivery is not Delivery.POST:
            continue
        if wanted and case.number.upper() not in wanted:
            continue
        name = case.data[Field.NAME_ZH] or case.data[Field.NAME_EN]
        if name and case.data[Field.ADDRESS]:
            rows.append((case.number, name, *(case.data[it] for it in _FIELDS)))
        else:
            lacking.append(case.number)
    return Labels(tuple(rows), tuple(lacking))
