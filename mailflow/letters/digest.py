"""What staff are told once a working day: case numbers, reasons and days, nothing personal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mailflow.letters.wording import day, one_line

_CASES_SHOWN = 12
_ROWS_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Question:
    """Open questions of one reason; `since` is the day of the oldest."""

    reason: str
    count: int
    since: date
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Promise:
    """Something the office has promised and not done yet. `what` is a key of `_PROMISED`."""

    due_on: date
    case: str
    what: str


@dataclass(frozen=True, slots=True)
class Call:
    """A student whom mail does not reach. `why` is a key of `_UNREACHED`."""

    case: str
    why: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """Letters held, or trouble of the daemon: a code and how many."""

    what: str
    count: int


@dataclass(frozen=True, slots=True)
class Digest:
    """The state of the office on one day. Promises are only those that are about to be missed."""

    on: date
    questions: tuple[Question, ...] = ()
    promises: tuple[Promise, ...] = ()
    calls: tuple[Call, ...] = ()
    held: tuple[Trouble, ...] = ()
    troubles: tuple[Trouble, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.questions or self.promises or self.calls or self.held or self.troubles)


SAMPLE_DIGEST = Digest(
    on=date(2025, 9, 18),
    questions=(
        Question("amount_differs", 2, date(2025, 9, 15), ("iPAS114-0003", "iPAS114-0009")),
        Question("no_case", 1, date(2025, 9, 17)),
    ),
    promises=(Promise(date(2025, 9, 18), "iPAS114-0012", "payment_slip"),),
    calls=(Call("iPAS114-0007", "unreachable"),),
    held=(Trouble("too_many_letters_today", 1),),
    troubles=(Trouble("mails_failed", 1),),
)


class Row(NamedTuple):
    """One line of a list: what, whose, and since or until when; '' where there is none."""

    what: str
    cases: str
    when: str


_PROMISED = {
    "data_confirmation": "報名資料確認信 confirmation letter",
    "payment_slip": "繳費單 payment slip",
    "answer": "待處理項目 open question",
}
_UNREACHED = {
    "unreachable": "信件被退回 mail comes back",
    "never_answered": "從未回信 never answered",
}
_TROUBLES = {
    "shadow": "影子模式，等待放行 composed in shadow, to be released",
    "mails_failed": "來信無法處理 mails that failed",
    "mails_unread": "來信超過一小時未處理 mails unread for an hour",
    "mailbox_not_compared": "信箱超過一小時未檢查 mailbox not looked at for an hour",
    "letters_unknown": "寄送結果不明的信 letters whose delivery is unclear",
    "letters_deferred": "主機暫時拒收的信 letters the relay puts off",
}


def digest_words(digest: Digest) -> dict[str, object]:
    """The words of the template `staff_digest`."""
    return {
        "on": day(digest.on),
        "nothing": digest.is_empty,
        "questions": _some(
            Row(f"{one_line(one.reason)} × {one.count}", _named(one.cases), day(one.since).zh)
            for one in digest.questions
        ),
        "promises": _some(
            Row(_PROMISED[one.what], one.case or "—", _due(one.due_on, digest.on))
            for one in digest.promises
        ),
        "calls": _some(Row(_UNREACHED[one.why], one.case, "") for one in digest.calls),
        "held": _some(_counted(one) for one in digest.held),
        "troubles": _some(_counted(one) for one in digest.troubles),
    }


def _counted(one: Trouble) -> Row:
    return Row(f"{_TROUBLES.get(one.what) or one_line(one.what)} × {one.count}", "", "")


def _named(cases: Sequence[str]) -> str:
    shown = " ".join(map(one_line, cases[:_CASES_SHOWN])) or "—"
    more = len(cases) - _CASES_SHOWN
    return f"{shown} … +{more}" if more > 0 else shown


def _due(due_on: date, today: date) -> str:
    said = day(due_on).zh
    if due_on < today:
        return f"{said} 已逾期 overdue"
    return f"{said} 今天 today" if due_on == today else said


def _some(rows: Iterable[Row]) -> tuple[Row, ...]:
    listed = tuple(rows)
    more = len(listed) - _ROWS_SHOWN
    return (*listed[:_ROWS_SHOWN], Row(f"… +{more}", "", "")) if more > 0 else listed
