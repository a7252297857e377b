"""Slips made here: billed at once, stable, never shared, void when the fee has changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from sqlmodel import select
from store.people import ANNE, BART, SLIP

from mailflow.campaign.round import Closure
from mailflow.campaign.slip_settings import (
    AccountRule,
    Bank,
    CollectionCode,
    SlipMethod,
    SlipSettings,
)
from mailflow.campaign.slip_settings import (
    Store as StoreSettings,
)
from mailflow.letters import Composer, default_templates
from mailflow.person import Field, Registration
from mailflow.store import cases, slips
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.database import Store, Transaction
from mailflow.store.queue import open_items
from mailflow.store.tables import Outbox
from mailflow.workflow import Event, Hold, Letter, State

MACHINE = Cause(actor="mailflow")
STAFF = Cause(actor="clerk", source="staff", why="reply of 9/11")
DEARER = "感知系統整合應用工程師 初級"  # 1,200 instead of 600


def making(rules: Rules, **bank: Any) -> Rules:
    """The same office, that makes its slips at 中國信託."""
    own = Bank(
        **{"code": "822", "name": "中國信託", "rule": AccountRule.CTBC, "corp_code": "99999"} | bank
    )
    store = StoreSettings(collection_codes=(CollectionCode(up_to=20_000, code="6H1"),))
    settings = SlipSettings(method=SlipMethod.MADE, bank=own, store=store)
    campaign = rules.campaign.model_copy(update={"slip": settings})
    composer = Composer(default_templates(), campaign, office=rules.office, sender_name="研發處")
    return replace(rules, campaign=campaign, composer=composer)


@pytest.fixture(name="rules")
def _rules(rules: Rules) -> Rules:
    return making(rules)


@pytest.fixture
def confirmed(store: Store, rules: Rules, now: datetime) -> Callable[..., CaseView]:
    """`confirmed(ANNE)`: registered, and the button pressed."""

    def confirm(person: Registration = ANNE, *, rules: Rules = rules) -> CaseView:
        with store.write() as tx:
            work = Casework(tx, rules, now=now)
            case = work.register(person, cause=MACHINE, problems=())
            work.happen(case, Event.CONFIRM, cause=MACHINE)
            return cases.load(tx, case.id)

    return confirm


def happens(
    store: Store,
    rules: Rules,
    case: CaseView,
    event: Event,
    cause: Cause = MACHINE,
    *,
    now: datetime,
) -> CaseView | Hold:
    with store.write() as tx:
        work = Casework(tx, rules, now=now)
        step = work.happen(cases.load(tx, case.id), event, cause=cause)
        return step if isinstance(step, Hold) else cases.load(tx, case.id)


def letters(tx: Transaction, case: CaseView, letter: Letter) -> list[EmailMessage]:
    query = select(Outbox).where(Outbox.case_id == case.id, Outbox.letter == letter)
    return [
        message_from_bytes(
            tx.vault.open(row.raw_sealed, place=f"outbox.raw.{row.id}"), policy=policy.default
        )
        for row in tx.session.exec(query.order_by(Outbox.id))
    ]


def pdfs(message: EmailMessage) -> list[tuple[str | None, bytes]]:
    return [
        (part.get_filename(), part.get_content())
        for part in message.iter_attachments()
        if part.get_content_type() == "application/pdf"
    ]


def test_a_confirmed_case_is_billed_at_once_without_a_person(
    store: Store, confirmed: Callable[..., CaseView]
):
    anne, bart = confirmed(ANNE), confirmed(BART)
    assert [anne.state, bart.state] == [State.BILLED] * 2
    assert anne.slip
    assert bart.slip
    assert (anne.slip.account, bart.slip.account) == ("9999952650000016", "9999952650000025")
    assert (anne.slip.amount, anne.slip.bank, anne.slip.due_on) == (
        600,
        "822 中國信託",
        date(2025, 9, 22),
    )
    with store.read() as tx:
        assert open_items(tx) == []
        (letter,) = letters(tx, anne, Letter.PAYMENT_SLIP)
    assert anne.slip.account in letter.get_body(("plain",)).get_content()
    ((name, pdf),) = pdfs(letter)
    assert name == f"{anne.number}.pdf"
    assert pdf.startswith(b"%PDF-")


def test_other_letters_carry_no_paper(store: Store, confirmed: Callable[..., CaseView]):
    anne = confirmed(ANNE)
    with store.read() as tx:
        asked = letters(tx, anne, Letter.DATA_CONFIRMATION)
    assert [pdfs(letter) for letter in asked] == [[]]


def test_the_slip_again_is_the_same_slip(
    store: Store, rules: Rules, confirmed: Callable[..., CaseView], now: datetime
):
    anne = confirmed(ANNE)
    again = happens(
        store, rules, anne, Event.RESEND_SLIP, replace(MACHINE, occasion="mail-1"), now=now
    )
    with store.read() as tx:
        first, second = letters(tx, anne, Letter.PAYMENT_SLIP)
    assert isinstance(again, CaseView)
    assert again.slip == anne.slip
    assert pdfs(first) == pdfs(second)


def corrected(
    store: Store, rules: Rules, case: CaseView, now: datetime, **changes: str
) -> CaseView:
    """Staff carry out a correction of a billed case, and the student confirms again."""
    cause = replace(STAFF, changes={Field(name): value for name, value in changes.items()})
    asked = happens(store, rules, case, Event.CORRECT, cause, now=now)
    assert isinstance(asked, CaseView)
    assert asked.state is State.ASKED
    billed = happens(store, rules, asked, Event.CONFIRM, now=now + timedelta(hours=1))
    assert isinstance(billed, CaseView)
    return billed


def test_a_correction_that_leaves_the_money_alone_keeps_the_account(
    store: Store, rules: Rules, confirmed: Callable[..., CaseView], now: datetime
):
    anne = confirmed(ANNE)
    billed = corrected(store, rules, anne, now, phone="0922333444")
    assert billed.state is State.BILLED
    assert billed.slip == anne.slip
    with store.read() as tx:
        assert slips.voided(tx, anne.id) == ()
        assert len(letters(tx, anne, Letter.PAYMENT_SLIP)) == 2


def test_a_correction_that_changes_the_fee_voids_the_slip(
    store: Store, rules: Rules, confirmed: Callable[..., CaseView], now: datetime
):
    anne = confirmed(ANNE)
    billed = corrected(
        store, rules, anne, now, exam=DEARER, subjects="感測器原理與應用、感測器信號調節實務應用"
    )
    assert billed.slip
    assert anne.slip
    assert billed.slip.amount == 1200
    assert billed.slip.account == "9999952650100011"  # issue 01 of case 0001
    with store.read() as tx:
        assert slips.voided(tx, anne.id) == (anne.slip,)


def test_the_machine_never_corrects_what_has_been_billed(
    store: Store, rules: Rules, confirmed: Callable[..., CaseView], now: datetime
):
    anne = confirmed(ANNE)
    by_mail = replace(MACHINE, changes={Field.PHONE: "0922333444"})
    held = happens(store, rules, anne, Event.CORRECT, by_mail, now=now)
    assert held == Hold("correct_while_billed")


def test_a_slip_not_yet_sent_is_held_back_by_a_correction(
    store: Store, rules: Rules, confirmed: Callable[..., CaseView], now: datetime
):
    anne = confirmed(ANNE)
    cause = replace(STAFF, changes={Field.PHONE: "0922333444"})
    happens(store, rules, anne, Event.CORRECT, cause, now=now)
    with store.read() as tx:
        query = select(Outbox.state).where(Outbox.letter == Letter.PAYMENT_SLIP)
        assert list(tx.session.exec(query)) == ["held"]


def test_after_the_last_day_nothing_is_made(
    store: Store, rules: Rules, confirmed: Callable[..., CaseView]
):
    with store.write() as tx:
        late = datetime(2025, 9, 23, 2, 0, tzinfo=UTC)
        work = Casework(tx, rules, now=late)
        case = work.register(ANNE, cause=MACHINE, problems=())
        work.happen(case, Event.CONFIRM, cause=MACHINE)
        case = cases.load(tx, case.id)
        (item,) = open_items(tx)
    assert (case.state, case.slip) == (State.CONFIRMED, None)
    assert item.reasons == ("slip_due_day_is_over",)


def test_without_room_for_the_number_a_person_decides(
    store: Store, rules: Rules, confirmed: Callable[..., CaseView]
):
    full = making(rules, serial_prefix="1142", case_digits=2)
    with store.write() as tx:
        for number in range(99):
            odd = ANNE.with_changes(
                {
                    Field.STUDENT_NO: f"1135910{number:02d}",
                    Field.EMAIL: f"s{number}@example.org",
                    Field.NATIONAL_ID: "",
                }
            )
            cases.create(
                tx,
                odd,
                campaign=rules.campaign.id,
                prefix=rules.campaign.case_prefix,
                source="form",
                created_at=datetime(2025, 9, 1, tzinfo=UTC),
            )
    case = confirmed(BART, rules=full)
    assert (case.number, case.state, case.slip) == ("iPAS114-0100", State.CONFIRMED, None)
    with store.read() as tx:
        assert [item.reasons for item in open_items(tx)] == [("slip_serials_used_up",)]


def test_an_account_that_another_case_has_is_not_given_again(
    store: Store, rules: Rules, now: datetime, confirmed: Callable[..., CaseView]
):
    """The office changed from the cashier's slips to its own in the middle of a round."""
    with store.write() as tx:
        bart = Casework(tx, rules, now=now).register(BART, cause=MACHINE, problems=())
        cases.put_slip(tx, bart, replace(SLIP, account="9999952650000025"), now=now)
    anne = confirmed(ANNE)  # case 0002 would get just that account
    assert (anne.state, anne.slip) == (State.CONFIRMED, None)
    with store.read() as tx:
        assert [i.reasons for i in open_items(tx)] == [("account_of_another_case",)]


def test_more_said_about_the_same_money_voids_nothing(
    store: Store, rules: Rules, now: datetime, confirmed: Callable[..., CaseView]
):
    anne = confirmed(ANNE)
    assert anne.slip
    plain = replace(anne.slip, barcodes=None)
    with store.write() as tx:
        case = cases.put_slip(tx, anne, plain, pdf=b"%PDF-1", now=now)
        assert case.slip == plain
        assert slips.voided(tx, anne.id) == ()
        assert slips.pdf_of(tx, anne.id) == b"%PDF-1"
        case = cases.put_slip(tx, case, anne.slip, pdf=b"%PDF-2", now=now)
        assert case.slip == anne.slip
        assert slips.pdf_of(tx, anne.id) == b"%PDF-2"


def test_a_new_slip_leaves_the_old_paper_behind(
    store: Store, now: datetime, confirmed: Callable[..., CaseView]
):
    anne = confirmed(ANNE)
    assert anne.slip
    with store.write() as tx:
        case = cases.put_slip(tx, anne, anne.slip, pdf=b"%PDF-old", now=now)
        cases.put_slip(tx, case, replace(SLIP, amount=1200), now=now)
        assert slips.pdf_of(tx, anne.id) == b""
        assert slips.issued(tx, anne.id) == 2


def test_a_case_brought_back_after_the_day_gets_the_new_slip_in_a_letter(
    store: Store, rules: Rules, confirmed: Callable[..., CaseView], now: datetime
):
    """The data are the same and were said before; the account is not."""
    anne = confirmed(ANNE)
    late = datetime(2025, 9, 24, 2, 0, tzinfo=UTC)
    happens(store, rules, anne, Event.DEADLINE, now=late)
    extended = rules.campaign.model_copy(
        update={"announced_pay_until": rules.campaign.pay_until + timedelta(days=7)}
    )
    longer = replace(rules, campaign=extended)
    happens(store, longer, anne, Event.REINSTATE, replace(STAFF, occasion="item-1"), now=late)
    again = happens(store, longer, anne, Event.CONFIRM, now=late)
    assert isinstance(again, CaseView)
    assert again.state is State.BILLED
    assert again.slip
    assert again.slip.due_on == date(2025, 9, 29)
    with store.read() as tx:
        sent = letters(tx, anne, Letter.PAYMENT_SLIP)
    assert again.slip.account in sent[-1].get_body(("plain",)).get_content()
    assert len(sent) == 2


def after_a_typhoon(rules: Rules) -> Rules:
    """The office was closed on the last day: it counts on the day after."""
    closed = Closure(on=date(2025, 9, 22), why="颱風")
    calendar = rules.campaign.calendar.model_copy(update={"closures": (closed,)})
    return replace(rules, campaign=rules.campaign.model_copy(update={"calendar": calendar}))


def test_a_typhoon_day_moves_the_last_day_and_leaves_sent_slips_as_they_are(
    store: Store, rules: Rules, confirmed: Callable[..., CaseView], now: datetime
):
    anne = confirmed(ANNE)
    later = after_a_typhoon(rules)
    bart = confirmed(BART, rules=later)
    assert bart.slip
    assert bart.slip.due_on == date(2025, 9, 23)
    assert corrected(store, later, anne, now, phone="0922333444").slip == anne.slip
