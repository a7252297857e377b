"""One item of the queue with all that a person needs to decide it."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from mailflow import saying
from mailflow.campaign import TAIPEI, Campaign
from mailflow.desk.answering import proposed_answer, topics_of
from mailflow.desk.case_money import MONEY
from mailflow.desk.money_card import MoneySide, money_side
from mailflow.desk.picture_card import Picture, pictures_of
from mailflow.desk.problems import complaint
from mailflow.desk.proof_words import misfits, owed_in_words
from mailflow.desk.reason_words import agreeing, why_held
from mailflow.desk.verbs import Desk
from mailflow.desk.visible import visible
from mailflow.mail import Message
from mailflow.person import LABELS, Problem, Registration, check
from mailflow.slips import Slip
from mailflow.store import cases, form_rows, inbox, outbox, slips
from mailflow.store.afterpapers import AFTER_EVENTS
from mailflow.store.cases import CaseView
from mailflow.store.database import Transaction
from mailflow.store.imported_files import refused_file
from mailflow.store.outbox import Fate
from mailflow.store.queue import Item, changes_in, find_item, slip_in
from mailflow.workflow import Event, Hold, Letter, State, Step, decide

_SHOWN_LINES = 20
_TIMES = {
    "paid_at": "繳款時間（證明上）",
    "sent_at": "來信寄出時間",
    "arrived_at": "來信到達時間",
    "until": "截止時間",
}


@dataclass(frozen=True, slots=True)
class Card:
    """The item, its case, the mail's raw bytes, its letter, and what its pictures were read as."""

    item: Item
    case: CaseView | None
    raw: bytes = field(repr=False)
    pictures: tuple[Picture, ...] = field(default=(), repr=False)
    letter: Fate | None = None
    form: Registration | None = field(default=None, repr=False)
    until: datetime | None = None  # when payment and proof were due
    voided: tuple[Slip, ...] = field(default=(), repr=False)
    money: MoneySide | None = field(default=None, repr=False)
    faults: tuple[Problem, ...] = field(default=(), repr=False)  # of the data in force
    answer: str = field(default="", repr=False)  # what may be answered to the question

    @property
    def telling(self) -> Picture | None:
        """The picture that the item is about."""
        return next((one for one in self.pictures if one.id == self.item.receipt_id), None)

    def facts(self) -> dict[str, object]:
        """For `--json`: names and codes; values only where they are what must be decided."""
        changes, _ = changes_in(self.item.proposal)
        own = self.telling
        return {
            "item": self.item.id,
            "kind": self.item.kind,
            "reasons": list(self.item.reasons),
            "proposal": self.item.event or None,
            "changes": {name.value: value for name, value in changes.items()},
            "form": {name.value: self.form[name] for name in changes} if self.form else None,
            "file": refused_file(self.item.proposal)[0] or None,
            "problems": list(refused_file(self.item.proposal)[1]),
            "case": self.case.number if self.case else None,
            "state": self.case.state if self.case else None,
            "letter": self.letter.letter if self.letter else None,
            "letter_state": self.letter.state if self.letter else None,
            "relay": self.letter.dsn or None if self.letter else None,
            "faults": [{"field": one.field.value, "text": complaint(one)} for one in self.faults],
            "money": self.money.facts() if self.money else None,
            "receipt": (own.read() if own else {}) or None,
            "readings": own.readings() if own else [],
            "proof": self.item.receipt_id,
            "expected": self._expected() or None,
            "times": self._times() or None,
            "answer": self.answer or None,
            "earlier": own.earlier_facts() if own else [],
            "pictures": [one.facts() for one in self.pictures],
            "opened_at": self.item.opened_at.isoformat(),
        }

    def lines(self) -> list[tuple[str, str]]:
        """Label and text, in the order a clerk asks."""
        reasons, kind = self.item.reasons, self.item.kind
        lines = [("項目", self.item.id), ("原因", why_held(reasons, kind=kind))]
        if agrees := self._agreeing():
            lines.append(("相符", agrees))
        if self.case:
            lines.append(("案件", f"{self.case.number}（{saying.STATES[self.case.state]}）"))
        if self.letter:
            lines += _about_letter(self.letter)
        if self.money:
            lines += self.money.lines()
        lines += [("資料問題", complaint(fault)) for fault in self.faults]
        lines += self._changed()
        file, problems = refused_file(self.item.proposal)
        if file:
            lines += [("檔案", file), *(("問題", problem) for problem in problems)]
        proposed = slip_in(self.item.proposal)
        if proposed:
            told = f"{proposed.amount} 元，帳號 {proposed.account}，期限 {proposed.due_on}"
            lines.append(("新繳費單", told))
        for place, picture in zip(self._places(), self.pictures, strict=True):
            lines += picture.lines(place)
        lines += [(_TIMES[key], told) for key, told in self._times().items()]
        if due := owed_in_words(self._expected()):
            lines.append(("應為", due))
        if self.answer:
            lines.append(("擬答", self.answer))
        lines += [("若接受", self._accepting()), ("代碼", " ".join(reasons))]
        return [(label, visible(text)) for label, text in lines]

    def _agreeing(self) -> str:
        """What agrees; of several pictures each says so itself."""
        return agreeing(self._all_reasons()) if len(self.pictures) < 2 else ""

    def _all_reasons(self) -> tuple[str, ...]:
        """The item's, and those of its pictures: words may hold it that say nothing of these."""
        of_pictures = (code for one in self.pictures for code in one.claimed.reasons)
        return tuple(dict.fromkeys((*self.item.reasons, *of_pictures)))

    def _changed(self) -> list[tuple[str, str]]:
        """Old and new value side by side, and what the form says now where it says neither."""
        changes, _ = changes_in(self.item.proposal)
        lines = []
        for name, new in changes.items():
            old = self.case.data[name] if self.case else ""
            said = self.form[name] if self.form else new
            told = f"{old} → {new}" if said in (old, new) else f"{old} → {new}（表單：{said}）"
            lines.append((LABELS[name], told))
        return lines

    def _places(self) -> tuple[str, ...]:
        """What tells several pictures apart: 「（圖 1）」."""
        count = len(self.pictures)
        return (
            tuple(f"（圖 {place}）" for place in range(1, count + 1))
            if count > 1
            else ("",) * count
        )

    def save(self, folder: Path) -> list[Path]:
        """Write mail, pictures and evidence into a folder that only the owner can read."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        files = {}
        if self.raw:
            files["mail.eml"] = self.raw
        for number, picture in enumerate(self.pictures, start=1):
            files |= dict(picture.files(number))
        written = []
        for name, content in files.items():
            path = folder / f"{self.item.id[-8:]}-{name}"
            path.touch(mode=0o600)
            path.write_bytes(content)
            written.append(path)
        return written

    def _accepting(self) -> str:
        """What `accept` would do, or which other verbs there are."""
        if self.letter:
            return "（信件：release 寄出，discard 不寄）"
        if self.item.kind in ("refund", "reward"):
            return f"（用 mailflow {self.item.kind} 決定）"
        if self.item.event in AFTER_EVENTS:
            return saying.EVENTS[self.item.event]
        if self.money and self.money.accepting():
            return self.money.accepting()
        if self.money and not self.item.event:
            return "（無建議：reject、ask、discard，或 mailflow settle book）"
        if topics_of(self.item) and self.answer and not self.item.event:
            return "寄出擬答（answer）；要改寫時：ask --note '…'"
        if self.answer:
            return "（擬答尚缺一句：填好後用 ask --note '…' 寄出；或 requeue、discard）"
        if not self.item.event:
            return "（無建議：ask、requeue 或 discard）"
        if self.case is None:
            return saying.EVENTS[self.item.event]
        step = decide(self.case.state, Event(self.item.event))
        if isinstance(step, Hold):
            does = saying.EVENTS[self.item.event]
            return f"目前不能{does}：案件是「{saying.STATES[self.case.state]}」"
        return self._outcome(step)

    def _outcome(self, step: Step) -> str:
        """What would be written down and sent; what does not fit is said again beside it, for to
        be able to accept is no advice to do so."""
        state, letters = _course(step)
        does = accepting_in_short(self.item.event)
        told = f"{does}（{state}）" if self.item.event == Event.PROOF else (
            f"{does}，案件成為「{saying.STATES[state]}」（{state}）"
        )  # fmt: skip
        told += f"，寄出{'、'.join(saying.LETTERS[one] for one in letters)}" if letters else ""
        against = misfits(self._all_reasons()) if self.item.event == Event.PROOF else ""
        return f"{told}。注意：{against}" if against else told

    def _times(self) -> dict[str, str]:
        """When it was paid, sent and received, and until when it had to be, on Taipei's clocks."""
        if self.telling is None:
            return {}
        times = self.telling.claimed.times
        told = {
            "paid_at": times.paid_at.replace("T", " "),
            "sent_at": _in_taipei(times.sent_at),
            "arrived_at": _in_taipei(times.arrived_at),
            "until": _in_taipei(self.until),
        }
        return {key: text for key, text in told.items() if text}

    def _expected(self) -> dict[str, object]:
        if self.case is None or self.case.slip is None:
            return {}
        slip = self.case.slip
        told: dict[str, object] = {
            "amount": slip.amount,
            "account": slip.account,
            "until": slip.due_on.isoformat(),
        }
        voided = sorted({old.account for old in self.voided} - {slip.account})
        return told | ({"voided": voided} if voided else {})


def load_card(desk: Desk, name: str) -> Card:
    """The open item of that name; raises NotOpenError."""
    with desk.store.read() as tx:
        item = find_item(tx, name)
        case = cases.load(tx, item.case_id) if item.case_id else None
        return Card(
            item=item,
            case=case,
            faults=_faults(item, case, desk),
            raw=inbox.raw_bytes(tx, item.inbox_id) if item.inbox_id else b"",
            pictures=pictures_of(tx, item),
            letter=outbox.fate_of(tx, item.outbox_id) if item.outbox_id else None,
            form=_form(tx, item),
            until=_until(tx, item, desk.rules.campaign),
            voided=slips.voided(tx, item.case_id) if item.case_id else (),
            money=_money(tx, item, desk.rules.campaign.id),
            answer=proposed_answer(tx, item, case, rules=desk.rules, now=desk.now()),
        )


def _faults(item: Item, case: CaseView | None, desk: Desk) -> tuple[Problem, ...]:
    """What keeps the data from being asked about or billed, as they are now."""
    if case is None or item.event not in (Event.ASK, Event.BILL):
        return ()
    return check(case.data, as_of=desk.today())


def _until(tx: Transaction, item: Item, campaign: Campaign) -> datetime | None:
    if item.case_id is None:
        return None
    return campaign.with_deadline(cases.load(tx, item.case_id).pay_until).pay_until


def mail_lines(mail: Message) -> list[tuple[str, str]]:
    """What came: who wrote, when, about what, and the first lines of the new text."""
    author = f"{mail.author.name} <{mail.author.address}>" if mail.author else "（不明）"
    lines = [line for line in mail.new_text.splitlines() if line.strip()]
    more = ["…"] if len(lines) > _SHOWN_LINES else []
    names = " ".join(f"{one.name or one.content_type}" for one in mail.attachments)
    told = [
        ("寄件者", author.strip()),
        ("日期", _in_taipei(mail.sent_at)),
        ("主旨", mail.subject),
        ("附件", names),
        ("內文", "\n".join([*lines[:_SHOWN_LINES], *more])),
    ]
    return [(label, visible(text)) for label, text in told if text]


def _in_taipei(at: datetime | None) -> str:
    """As clocks in the office show it; '' for no date, and for one beyond the calendar."""
    with suppress(OverflowError):
        return f"{at.astimezone(TAIPEI):%Y-%m-%d %H:%M}" if at else ""
    return ""


def _about_letter(letter: Fate) -> list[tuple[str, str]]:
    told = [
        ("信件", f"{letter.letter}（{letter.state}，已嘗試 {letter.attempts} 次）"),
        ("信件原因", letter.reason),
        ("郵件主機回覆", letter.dsn),
    ]
    return [(label, text) for label, text in told if text]


def _course(step: Step) -> tuple[State, list[Letter]]:
    """Where a step and all that follows at once leads, and the letters on the way."""
    letters = [step.letter] if step.letter else []
    following = decide(step.state, step.then) if step.then else None
    if not isinstance(following, Step):
        return step.state, letters
    state, more = _course(following)
    return state, letters + more


def accepting_in_short(event: str) -> str:
    """What accepting would do, in a few words; '' where nothing is proposed."""
    if event == Event.PROOF:
        return "登記為已繳費"
    return saying.EVENTS.get(event, event)


def _form(tx: Transaction, item: Item) -> Registration | None:
    """What the form says now about the case."""
    answers = form_rows.answers(tx, item.case_id) if item.case_id else []
    return answers[-1] if answers else None


def _money(tx: Transaction, item: Item, campaign: str) -> MoneySide | None:
    return money_side(tx, item, campaign=campaign) if item.kind == MONEY else None
