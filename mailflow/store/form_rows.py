"""Every answer that the form has given for a case, sealed, in the order in which it was seen.

An edited answer keeps its row in the spreadsheet; here the earlier ones are kept beside it.
"""

from datetime import datetime

from sqlmodel import col, select

from mailflow.person import Registration
from mailflow.store.cases import CaseView
from mailflow.store.database import Transaction, new_id
from mailflow.store.tables import FormRow


def note(
    tx: Transaction, case: CaseView, data: Registration, *, submitted_at: datetime, now: datetime
) -> None:
    """Keep an answer, unless the last one said the same."""
    index = tx.blind("form_row", data.to_json())
    last = _rows(tx, case.id)[-1:]
    if last and last[0].answer_index == index:
        return
    row_id = new_id()
    sealed = tx.vault.seal(
        data.to_json().encode(), key_id=case.key_id, place=f"form_row.data.{row_id}"
    )
    tx.session.add(
        FormRow(
            id=row_id,
            case_id=case.id,
            data_sealed=sealed,
            answer_index=index,
            submitted_at=submitted_at,
            seen_at=now,
        )
    )
    tx.session.flush()


def answers(tx: Transaction, case_id: str) -> list[Registration]:
    """What the form has said, oldest first; the last is what it says now."""
    return [
        Registration.from_json(
            tx.vault.open(row.data_sealed, place=f"form_row.data.{row.id}").decode()
        )
        for row in _rows(tx, case_id)
    ]


def _rows(tx: Transaction, case_id: str) -> list[FormRow]:
    query = select(FormRow).where(FormRow.case_id == case_id).order_by(col(FormRow.id))
    return list(tx.session.exec(query))
