"""A case as staff read it: who, where it stands, and what happened; masked unless revealed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from mailflow.campaign.round import TAIPEI
from mailflow.desk.masking import masked_value
from mailflow.desk.visible import visible
from mailflow.person import LABELS, Field
from mailflow.store import cases, lookup
from mailflow.store.database import Transaction
from mailflow.store.history import History, Moment, Value
from mailflow.store.queue import open_items
from mailflow.store.vault import SealError
from mailflow.workflow import State

Show = Callable[[str, str], str]

_KINDS = {
    "data": "資料", "form": "表單", "confirmed": "確認", "slip": "繳費單", "void": "繳費單作廢",
    "letter": "信件", "mail": "來信", "receipt": "證明", "money": "入帳", "money back": "入帳撤銷",
    "question": "待處理", "decided": "已處理", "audit": "紀錄",
}  # fmt: skip


def in_full(_name: str, value: str) -> str:
    """Revealed: a person with a reason sees the value."""
    return value


def as_facts(past: History, show: Show = masked_value) -> dict[str, object]:
    """For `--json`; times in UTC."""
    return {
        "case": past.number,
        "campaign": past.campaign,
        "state": past.state,
        "legal_hold": past.held,
        "data": {value.name: show(value.name, value.value) for value in past.values},
        "history": [_facts(moment, show) for moment in past.moments],
    }


def _facts(moment: Moment, show: Show) -> dict[str, object]:
    told = {name: value for name, value in moment.told.items() if value}
    personal = {
        it.name: show(it.name, it.value)
        if it.old is None
        else {"old": show(it.name, it.old), "new": show(it.name, it.value)}
        for it in moment.personal
    }
    shown = {"personal": personal} if personal else {}
    return {"at": moment.at.isoformat(), "kind": moment.kind, **told, **shown}


def as_lines(past: History, show: Show = masked_value) -> Iterator[tuple[str, str, str]]:
    """Time in Taipei, kind and text of everything, oldest first; safe for a terminal."""
    for moment in past.moments:
        told = [f"{name}={value}" for name, value in moment.told.items() if value]
        told += [_personal(value, show) for value in moment.personal]
        at = f"{moment.at.astimezone(TAIPEI):%Y-%m-%d %H:%M}"
        yield at, _KINDS[moment.kind], visible("  ".join(told))


def label(name: str) -> str:
    """What a field is called in the office."""
    return LABELS[Field(name)] if name in set(Field) else name


def _personal(it: Value, show: Show) -> str:
    new = show(it.name, it.value)
    return (
        f"{label(it.name)}：{new}"
        if it.old is None
        else f"{label(it.name)}：{show(it.name, it.old)} → {new}"
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One case in a list; `name` is masked, "" when erased. `waiting` counts open questions."""

    number: str
    state: State
    name: str = field(repr=False)
    exam: str
    waiting: int


def case_lines(tx: Transaction, *, campaign: str, states: tuple[State, ...] = ()) -> Iterator[Line]:
    """The cases of a round, oldest first; of these states, if any are named."""
    for case_id in lookup.in_states(tx, states or tuple(State), campaign=campaign):
        waiting = len(open_items(tx, case_id=case_id))
        try:
            case = cases.load(tx, case_id)
        except SealError:
            yield Line(lookup.number_of(tx, case_id), State.WITHDRAWN, "", "", waiting)
            continue
        name = masked_value(Field.NAME_ZH, case.data[Field.NAME_ZH])
        yield Line(case.number, case.state, name, case.data[Field.EXAM], waiting)
