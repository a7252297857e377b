"""What the office knows, for identifying and reading a mail (`mailflow.reading.Office`)."""

from datetime import datetime

from mailflow.person import Field
from mailflow.reading.result import CaseFacts, TokenState
from mailflow.store import cases, lookup, outbox, tokens
from mailflow.store.cases import CaseView
from mailflow.store.database import Transaction
from mailflow.store.vault import SealError
from mailflow.workflow import State

_SLIP_SENT = (State.BILLED, State.PAID, State.COMPLETE)


class StoreOffice:
    """The office as its store knows it, within one transaction and before anything is changed in
    it: each case is looked up once."""

    def __init__(self, tx: Transaction, *, now: datetime) -> None:
        self._tx = tx
        self._now = now
        self._views: dict[str, CaseView | None] = {}
        self._ids: dict[str, str | None] = {}

    def judge_token(self, token: str) -> tuple[str | None, TokenState]:
        """The case a confirm token was issued for, and what it is worth now."""
        try:
            state, case_id, _ = tokens.check_token(self._tx, token, now=self._now)
        except SealError:  # of a person who was erased
            return None, TokenState.UNKNOWN
        return (self._number(case_id) if case_id else None), state

    def case_by_reply_tag(self, tag: str) -> str | None:
        case_id = lookup.by_reply_tag(self._tx, tag)
        return self._number(case_id) if case_id else None

    def case_by_letter(self, message_id: str) -> tuple[str, str] | None:
        """Case number and kind of the letter of ours with this Message-ID."""
        bare = message_id.strip().strip("<>")
        found = outbox.find_by_message_id(self._tx, f"<{bare}>")
        if found is None or found[0] is None:
            return None
        return self._number(found[0]), found[1]

    def cases_by_address(self, address: str) -> tuple[str, ...]:
        return tuple(map(self._number, lookup.by_address(self._tx, address.strip())))

    def case(self, number: str) -> CaseView | None:
        """The case of that number as it stands; None also after an erasure."""
        key = number.upper()
        if key not in self._ids:
            self._ids[key] = lookup.by_number(self._tx, number)
        case_id = self._ids[key]
        return self._view(case_id) if case_id else None

    def _number(self, case_id: str) -> str:
        view = self._view(case_id)
        return view.number if view else lookup.number_of(self._tx, case_id)

    def _view(self, case_id: str) -> CaseView | None:
        if case_id not in self._views:
            try:
                view = cases.load(self._tx, case_id)
                self._ids[view.number.upper()] = case_id
            except SealError:
                view = None
            self._views[case_id] = view
        return self._views[case_id]

    def facts(self, case: str) -> tuple[CaseFacts, str] | None:
        """The case by its number, and its registered address."""
        known = self.case(case)
        if known is None:
            return None
        facts = CaseFacts(
            case=known.number,
            values={name: known.data[name] for name in Field if known.data[name]},
            sender_registered=False,
            slip_sent=known.state in _SLIP_SENT,
            fee=known.slip.amount if known.slip else None,
            account=known.slip.account if known.slip else None,
        )
        return facts, known.address
