"""One item of the queue with all that a person needs to decide it."""

import json
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from mailflow.campaign import TAIPEI, Campaign
from mailflow.desk.answering import proposed_answer, topics_of
from mailflow.desk.case_money import MONEY
from mailflow.desk.money_card import MoneySide, money_side
from mailflow.desk.problems import complaint
from mailflow.desk.verbs import Desk
from mailflow.desk.visible import visible
from mailflow.letters.reasons import in_words
from mailflow.mail import Message
from mailflow.person import LABELS, Problem, Registration, check
from mailflow.receipts.result import Verdict
from mailflow.receipts.wire import proof_from_json
from mailflow.slips import Slip
from mailflow.store import cases, form_rows, inbox, outbox, receipts, slips
from mailflow.store.afterpapers import AFTER_EVENTS
from mailflow.store.cases import CaseView
from mailflow.store.database import Transaction
from mailflow.store.imported_files import refused_file
from mailflow.store.outbox import Fate
from mailflow.store.queue import Item, changes_in, find_item, slip_in
from mailflow.store.receipts import Claimed
from mailflow.store.reused import Earlier, How, earlier_proofs
from mailflow.workflow import Event, Hold, Letter, State, Step, decide

_SHOWN_LINES = 20
_TIMES = {
    "paid_at": "繳款時間（證明上）",
    "sent_at": "來信寄出時間",
    "arrived_at": "來信到達時間",
    "until": "截止時間",
}
_HOW = {
    How.SAME_FILE: "同一個檔案",
    How.SAME_PAYMENT: "同一筆交易（證明上的時間、序號、帳號或金額相同）",
    How.LOOKS_ALIKE: "畫面相似",
    How.REFUSED: "同一筆交易或同一個檔案，先前已由承辦人退回",
}


@dataclass(frozen=True, slots=True)
class Card:
    """The item, its case, the mail's raw bytes, its letter, and what a picture was read as."""

    item: Item
    case: CaseView | None
    raw: bytes = field(repr=False)
    receipt: Claimed | None = field(repr=False)
    letter: Fate | None = None
    form: Registration | None = field(default=None, repr=False)
    until: datetime | None = None  # when payment and proof were due
    voided: tuple[Slip, ...] = field(default=(), repr=False)
    money: MoneySide | None = field(default=None, repr=False)
    faults: tuple[Problem, ...] = field(default=(), repr=False)  # of the data in force
    earlier: tuple[Earlier, ...] = ()  # proofs of other cases that may be this one
    answer: str = field(default="", repr=False)  # what may be answered to the question

    def facts(self) -> dict[str, object]:
        """For `--json`: names and codes; values only where they are what must be decided."""
        changes, _ = changes_in(self.item.proposal)
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
            "receipt": self._read() or None,
            "readings": self._readings(),
            "proof": self.item.receipt_id,
            "expected": self._expected() or None,
            "times": self._times() or None,
            "answer": self.answer or None,
            "earlier": [
                {"case": one.case or None, "proof": one.receipt_id, "how": one.how}
                for one in self.earlier
            ],
            "opened_at": self.item.opened_at.isoformat(),
        }

    def lines(self) -> list[tuple[str, str]]:
        """Label and text, in the order a clerk asks."""
        lines = [("項目", self.item.id), ("原因", " ".join(self.item.reasons))]
        if self.case:
            lines.append(("案件", f"{self.case.number}（{self.case.state}）"))
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
        lines += [(f"讀到 {key}", _told(value)) for key, value in self._read().items()]
        lines += self._doubts()
        lines += [(_TIMES[key], told) for key, told in self._times().items()]
        lines += [("先前的證明", _before(one)) for one in self.earlier]
        lines += [(f"應為 {key}", _told(value)) for key, value in self._expected().items()]
        if self.answer:
            lines.append(("擬答", self.answer))
        lines.append(("接受後", self._accepting()))
        return [(label, visible(text)) for label, text in lines]

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

    def save(self, folder: Path) -> list[Path]:
        """Write mail, picture and evidence into a folder that only the owner can read."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        files = {}
        if self.raw:
            files["mail.eml"] = self.raw
        if self.receipt:
            files["picture"] = self.receipt.picture
            files["reading.json"] = self.receipt.reading
            proof = proof_from_json(self.receipt.reading)
            files |= {"evidence.png": proof.evidence} if proof and proof.evidence else {}
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
            return self.item.event
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
            return self.item.event
        step = decide(self.case.state, Event(self.item.event))
        if isinstance(step, Hold):
            return f"{self.item.event}：目前不能（{step.reason}）"
        state, letters = _course(step)
        sent = f"，寄出 {' '.join(letters)}" if letters else ""
        return f"{self.item.event} → {state}{sent}"

    def _read(self) -> dict[str, object]:
        if self.receipt is None:
            return {}
        reading = json.loads(self.receipt.reading)
        told = ("kind", "status", "amount", "fee", "paid_at", "account", "reference", "reasons")
        return {key: reading[key] for key in told if reading.get(key)}

    def _readings(self) -> list[dict[str, int]]:
        """The two likeliest sums and their points, the likelier first."""
        return json.loads(self.receipt.reading).get("readings", []) if self.receipt else []

    def _doubts(self) -> list[tuple[str, str]]:
        """What else may have been paid, the reasons in words, and how to see the places."""
        if self.receipt is None:
            return []
        sums = "、".join(f"{one['amount']} 元（{one['points']:+} 分）" for one in self._readings())
        lines = [("可能的金額", sums)] if sums else []
        if self.receipt.verdict != Verdict.ACCEPT:
            lines.append(("說明", "".join(words.zh for words in in_words(self.receipt.reasons))))
        shown = f"mailflow receipts show {(self.item.receipt_id or '')[-8:]} --output 標示.png"
        return [*lines, ("看標示", shown)]

    def _times(self) -> dict[str, str]:
        """When it was paid, sent and received, and until when it had to be, on Taipei's clocks."""
        if self.receipt is None:
            return {}
        times = self.receipt.times
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
        receipt = _receipt(tx, item)
        case = cases.load(tx, item.case_id) if item.case_id else None
        return Card(
            item=item,
            case=case,
            faults=_faults(item, case, desk),
            raw=inbox.raw_bytes(tx, item.inbox_id) if item.inbox_id else b"",
            receipt=receipt,
            earlier=earlier_proofs(tx, receipt, case_id=item.case_id) if receipt else (),
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


def _before(one: Earlier) -> str:
    return f"{one.case or '（不明）'}：{_HOW[one.how]}（證明 {one.receipt_id[-8:]}）"


def _told(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _form(tx: Transaction, item: Item) -> Registration | None:
    """What the form says now about the case."""
    answers = form_rows.answers(tx, item.case_id) if item.case_id else []
    return answers[-1] if answers else None


def _money(tx: Transaction, item: Item, campaign: str) -> MoneySide | None:
    return money_side(tx, item, campaign=campaign) if item.kind == MONEY else None


def _receipt(tx: Transaction, item: Item) -> Claimed | None:
    return receipts.load(tx, item.receipt_id) if item.receipt_id else None
