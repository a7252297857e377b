"""A correction told by telephone or at the counter: checked, then the same step as one by mail."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mailflow import saying
from mailflow.desk.finding import case_by_number
from mailflow.desk.masking import masked_value
from mailflow.desk.problems import complaint
from mailflow.desk.trial import changing
from mailflow.desk.verbs import Desk, DeskError
from mailflow.person import LABELS, Field, Problem, check, normalise
from mailflow.person.labels import NAMES
from mailflow.store import cases
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause
from mailflow.store.database import Transaction
from mailflow.store.queue import open_items
from mailflow.store.registering import doubts_about
from mailflow.workflow import Event, Hold, Letter, State

_TOLD = tuple(name for name in Field if name is not Field.CONSENT)  # given in writing alone
_WAYS = {
    State.BILLED: saying.both(
        "繳費單已寄出：請學生回信更正，來信會進待處理清單，再以 mailflow queue accept 受理",
        "the slip is out: let the student reply with the correction, then `mailflow queue accept`",
    ),
    State.PAID: saying.both(
        "已繳費：資料不能再由此更正；請記下，送名冊前自行通知考試單位",
        "paid: the data are fixed here; tell the examiner yourself, before the roster leaves",
    ),
    State.COMPLETE: saying.both(
        "報名已完成：資料不能再由此更正；請記下，送名冊前自行通知考試單位",
        "complete: the data are fixed here; tell the examiner yourself, before the roster leaves",
    ),
    State.ABANDONED: saying.both(
        "已視為放棄：請先以 mailflow case reinstate 恢復報名，再更正",
        "given up: first `mailflow case reinstate`, then correct",
    ),
    State.WITHDRAWN: saying.both(
        "已取消報名：請先以 mailflow case reinstate 恢復報名，再更正",
        "withdrawn: first `mailflow case reinstate`, then correct",
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One field: `old` is masked, `new` the normal form of what was typed."""

    field: Field
    old: str = dataclasses.field(repr=False)
    new: str = dataclasses.field(repr=False)


@dataclass(frozen=True, slots=True)
class Corrected:
    """What was done, or would be. `letter` asks the student to confirm; '' when none goes out yet,
    for something else keeps the registration before staff. `to` is masked."""

    case: str
    before: State
    state: State
    letter: str
    to: str
    changes: tuple[Told, ...]

    def lines(self) -> Iterator[str]:
        """For a person."""
        letter = (
            f"請學生確認的信 {self.letter} 寄到 {self.to}" if self.letter else "暫不寄信，仍待處理"
        )
        yield f"{self.case}：{self.before} → {self.state}，{letter}"
        for one in self.changes:
            yield f"  {LABELS[one.field]}：{one.old or '（空白）'} → {one.new}"

    def facts(self) -> dict[str, object]:
        """For `--json`."""
        changes = [{"field": one.field, "old": one.old, "new": one.new} for one in self.changes]
        return {
            "case": self.case, "before": self.before, "state": self.state, "letter": self.letter,
            "changes": changes,
        }  # fmt: skip


def correct(
    desk: Desk, number: str, written: Sequence[str], *, told_by: str, dry_run: bool = False
) -> Corrected:
    """Take in what somebody said; `written` are `FIELD=VALUE`, by our names or the form's.

    The student is asked to confirm it, as after a correction by mail; `told_by` says who told it,
    and how, for the audit. Raises DeskError or NotFoundError with all that is wrong; then nothing
    was done, as after a dry run.
    """
    if not told_by.strip():
        raise DeskError(
            saying.both(
                "請寫是誰說的：--told-by '電話 本人'", "say who told it: --told-by 'telephone, …'"
            )
        )
    values = _values(written, desk)
    with changing(desk.store, dry_run=dry_run) as tx:
        case = case_by_number(tx, number)
        _refuse_state(tx, case, desk)
        changes = {name: value for name, value in values.items() if case.data[name] != value}
        if not changes:
            raise DeskError(saying.both("與現有資料相同，沒有可更正的", "nothing would change"))
        _refuse_misfits(case, changes, desk)
        cause = Cause(actor=desk.actor, why=told_by, changes=changes, source="staff")
        step = Casework(tx, desk.rules, now=desk.now()).happen(case, Event.CORRECT, cause=cause)
        if isinstance(step, Hold):
            raise DeskError(saying.not_possible(step.reason))
        return _corrected(case, cases.load(tx, case.id), changes)


def _corrected(before: CaseView, after: CaseView, changes: Mapping[Field, str]) -> Corrected:
    letter = Letter.DATA_CHANGED
    if before.state is State.REGISTERED:
        letter = Letter.DATA_CONFIRMATION
    told = (Told(f, masked_value(f, before.data[f]), v) for f, v in changes.items())
    return Corrected(
        case=after.number,
        before=before.state,
        state=after.state,
        letter=letter if after.state is State.ASKED else "",
        to=masked_value(Field.EMAIL, after.address),
        changes=tuple(told),
    )


def _values(written: Sequence[str], desk: Desk) -> dict[Field, str]:
    """Normal forms by field, or every mistake at once."""
    found: dict[Field, str] = {}
    wrong = []
    for text in written:
        name, equals, value = text.partition("=")
        known = _field(name)
        if not equals or known is None:
            wrong.append(_unknown(name))
            continue
        read = normalise(known, value, as_of=desk.today())
        if known in found:
            wrong.append(saying.both(f"{LABELS[known]} 寫了兩次", f"{known} stands twice"))
        elif isinstance(read, Problem):
            wrong.append(complaint(read))
        else:
            found[known] = read
    if wrong:
        raise DeskError("\n".join(wrong))
    return found


def _field(name: str) -> Field | None:
    tight = "".join(name.split()).casefold()
    known = next((one for one in _TOLD if tight == one), None) or NAMES.get(tight)
    return known if known in _TOLD else None


def _unknown(name: str) -> str:
    names = "、".join(f"{one}（{LABELS[one]}）" for one in _TOLD)
    return saying.both(
        f"「{name}」不是可更正的欄位；請寫 欄位=新值，欄位有：{names}",
        f"{name} is no field: write FIELD=VALUE",
    )


def _refuse_state(tx: Transaction, case: CaseView, desk: Desk) -> None:
    """Where a correction by mail would wait for staff, this is no way around that."""
    if case.campaign != desk.rules.campaign.id:
        raise DeskError(
            saying.both(f"{case.number} 不是本梯次的案件", f"{case.number} is of another round")
        )
    if case.state in _WAYS:
        raise DeskError(_WAYS[case.state])
    for item in open_items(tx, case_id=case.id):
        if item.event == Event.CORRECT:
            name = item.id[-8:]
            raise DeskError(
                saying.both(
                    f"這個案件有一件更正待處理，請先決定：mailflow queue show {name}",
                    f"a correction waits: decide {name} first (mailflow queue show)",
                )
            )


def _refuse_misfits(case: CaseView, changes: Mapping[Field, str], desk: Desk) -> None:
    """What would be wrong with the data by this correction; older faults are not its own."""
    data, campaign, now = case.data.with_changes(changes), desk.rules.campaign, desk.now()
    before = set(doubts_about(case.data, campaign, as_of=now))
    caused = [one for one in doubts_about(data, campaign, as_of=now) if one not in before]
    wrong = [
        complaint(one)
        for one in check(data, as_of=desk.today())
        if one.field in changes or f"invalid:{one.field}" in caused
    ]
    wrong += [saying.reason(code) for code in caused if not code.startswith("invalid:")]
    email, student = data[Field.EMAIL], data[Field.STUDENT_NO]
    if {Field.EMAIL, Field.STUDENT_NO} & changes.keys() and campaign.address_mismatch(
        email, student
    ):
        wrong.append("這個校內信箱屬於另一個學號，請核對學號與信箱")
    if wrong:
        raise DeskError("\n".join(wrong))
