"""The staff of a rehearsal: what they decide about whatever waits, knowing what really happened."""

from collections import Counter
from dataclasses import dataclass, field

from sqlmodel import select

from mailflow.demo.bank import Bank
from mailflow.demo.habits import Handing
from mailflow.demo.office import SandboxOffice
from mailflow.demo.rehearsed import Person
from mailflow.desk import Desk, DeskError, paying, refunding, rewarding
from mailflow.desk.case_money import CLAIMED, MONEY, SettlingError
from mailflow.store import cases, lookup
from mailflow.store.afterpapers import AFTER_EVENTS, REFUND_ITEM, REWARD_ITEM
from mailflow.store.certificates import CertificateState
from mailflow.store.queue import Item, NotOpenError, money_in, open_items
from mailflow.store.tables import Outbox
from mailflow.workflow import Event

_SENDS_FALSE_PROOF = "nils"  # as good as a true one, until the bank's file comes
_WHY = "rehearsal"
_AGREED_TO = frozenset(
    {
        Event.CORRECT,
        Event.WITHDRAW,
        Event.ASK,
        Event.BILL,
        Event.DEADLINE,
        Event.RESEND_SLIP,
    }
)
_FIRST, _SECOND = "clerk", "chief"


@dataclass(slots=True)
class Staff:
    """Two people. `decided` counts verbs by what was asked, `stuck` what can't be done."""

    office: SandboxOffice
    people: dict[str, Person]
    bank: Bank
    decided: Counter[tuple[str, str]] = field(default_factory=Counter)
    stuck: Counter[str] = field(default_factory=Counter)

    def desk(self, actor: str = _FIRST) -> Desk:
        """One of them at work."""
        store, rules = self.office.store, self.office.rules
        return Desk(store, rules, actor=actor, now=self.office.clock.now)

    def person_of(self, number: str) -> Person:
        """Whose case that is."""
        with self.office.store.read() as tx:
            case_id = lookup.by_number(tx, number)
            assert case_id
            return self.people[cases.load(tx, case_id).address]

    def is_asked(self) -> bool:
        """Whether anything waits that is not looked at once a week anyway."""
        with self.office.store.read() as tx:
            return any(not _is_weekly(item) for item in open_items(tx))

    def work(self) -> None:
        """Decide everything that waits now."""
        desk = self.desk()
        for item, number in desk.items():
            if _is_weekly(item):
                continue
            asked = " ".join((item.event, *item.reasons)).strip()
            try:
                self.decided[asked, self._decide(desk, item, number)] += 1
            except NotOpenError:
                continue  # decided together with another one
            except (DeskError, SettlingError):
                self.stuck[asked] += 1
                desk.discard(item.id, why="rehearsal: nothing can be done here")

    def _decide(self, desk: Desk, item: Item, number: str) -> str:
        if item.kind in ("letter", "office"):
            return _discard(desk, item)
        if item.kind == MONEY:
            return self._money(desk, item)
        if item.kind == REFUND_ITEM:
            return self._account(number)
        if item.kind == REWARD_ITEM:
            return self.certificates(desk, inbox_id=item.inbox_id)
        if item.event == Event.PROOF:
            return self._proof(desk, item)
        if item.event == Event.CONFIRM:
            return self._button(desk, item)
        if item.event in _AGREED_TO or item.event in AFTER_EVENTS:
            desk.accept(item.id, why=_WHY)
            return "accept"
        if "application_while_refused" in item.reasons:
            refunding.reopen(desk, number, why=_WHY)
            _discard(desk, item)
            return "reopen"
        return _answer(desk, item)

    def _button(self, desk: Desk, item: Item) -> str:
        """The button is asked for by hand where no letter has gone out by itself."""
        with self.office.store.read() as tx:
            answer = select(Outbox.id).where(Outbox.inbox_id == item.inbox_id)
            if tx.session.exec(answer).first():
                return _discard(desk, item)
        desk.ask(item.id, why=_WHY)
        return "ask"

    def _proof(self, desk: Desk, item: Item) -> str:
        if self._has_paid(item):
            desk.accept(item.id, why=_WHY)
            return "accept"
        desk.ask(item.id, why=_WHY, note="金額不足，請補足差額後再寄一次證明。")
        return "ask"

    def _has_paid(self, item: Item) -> bool:
        """What a member of staff would see in the picture, which is not always the truth."""
        assert item.case_id
        with self.office.store.read() as tx:
            case = cases.load(tx, item.case_id)
        if case.slip is None:
            return False
        is_shown = self.people[case.address].sort.role == _SENDS_FALSE_PROOF
        return is_shown or self.bank.paid(case.slip.account) >= case.slip.amount

    def _money(self, desk: Desk, item: Item) -> str:
        proposed = money_in(item.proposal)
        if item.event == Event.SETTLED or (proposed and proposed.shares):
            desk.accept(item.id, why=_WHY)
            return "accept"
        with self.office.store.read() as tx:
            is_claim = item.case_id and cases.load(tx, item.case_id).state in CLAIMED
        if is_claim and proposed is None:
            desk.reject(item.id, why=_WHY, note="銀行的檔案裡沒有這筆款項。")
            return "reject"
        return _discard(desk, item)

    def _account(self, number: str) -> str:
        """An account that needs two people gets them."""
        for actor in (_FIRST, _SECOND):
            paying.confirm_account(self.desk(actor), number, why=_WHY)
        return "confirm"

    def certificates(self, desk: Desk, *, inbox_id: str | None = None) -> str:
        """Decide the certificates for the reward: of one mail, or all that are left."""
        rule = self.office.rules.campaign.reward
        assert rule
        found, _ = rewarding.listing(desk)
        for number, one in found:
            if one.state is not CertificateState.RECEIVED or inbox_id not in (None, one.inbox_id):
                continue
            is_language = self.person_of(number).handing is Handing.LANGUAGE
            if is_language or one.arrived_at > rule.upload_until:
                reason = "language_certificate" if is_language else "uploaded_late"
                rewarding.refuse(desk, one.id, reason=reason, why=_WHY)
            else:
                on, title = rule.got_from, "乙級技術士"
                rewarding.accept(desk, one.id, title=title, issued_on=on, why=_WHY)
        return "decide"


def _is_weekly(item: Item) -> bool:
    """An application for a refund: they are verified in batches."""
    about_account = any(reason.startswith("account_") for reason in item.reasons)
    return item.kind == REFUND_ITEM and not about_account


def _discard(desk: Desk, item: Item) -> str:
    desk.discard(item.id, why=_WHY)
    return "discard"


def _answer(desk: Desk, item: Item) -> str:
    """A question gets an answer in staff's own words; what belongs to nobody gets none."""
    if item.case_id is None or "bounce_failed" in item.reasons:
        return _discard(desk, item)
    desk.ask(item.id, why=_WHY, note="您好，可以提早離場，請依監試人員說明。")
    return "ask"
