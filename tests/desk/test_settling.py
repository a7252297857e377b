"""The bank's file against the cast: what is certain goes on, the rest is asked, all is undone."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlmodel import select
from store.people import ANNE, BART, SLIP

from mailflow.desk import Desk, DeskError
from mailflow.desk.bank_files import book_line, import_lines, undo_import
from mailflow.desk.case_money import Settled, SettlingError
from mailflow.letters import Slip
from mailflow.person import Field, Registration
from mailflow.settlement import BankLine
from mailflow.store import bank, cases, lookup
from mailflow.store.audit import history
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.database import Store
from mailflow.store.erasure import erase_person
from mailflow.store.queue import Item, money_in, open_items
from mailflow.store.tables import Audit, BankLineRow, Outbox
from mailflow.store.vault import SealError
from mailflow.workflow import Event, State

CRIS = ANNE.with_changes(
    {
        Field.NAME_ZH: "克里斯",
        Field.NATIONAL_ID: "C123456788",
        Field.STUDENT_NO: "113590003",
        Field.EMAIL: "cris@example.org",
    }
)
BARTS = replace(SLIP, account="95821140000024")
CRISS = replace(SLIP, account="95821140000031")
LATER = datetime(2025, 9, 17, 2, 0, tzinfo=UTC)
TUESDAY = date(2025, 9, 16)


def line(slip: Slip = SLIP, amount: int = 600, **more) -> BankLine:
    return BankLine(**{"posted_on": TUESDAY, "amount": amount, "account": slip.account} | more)


class Office:
    """One office with its file of the bank, and the clerk who brings it."""

    def __init__(self, store: Store, rules: Rules, now: datetime) -> None:
        self.store, self.rules, self.now = store, rules, now
        self.desk = Desk(store, rules, "clerk", lambda: LATER)

    def billed(self, data: Registration = ANNE, slip: Slip = SLIP, *, proof: bool = False) -> str:
        """The case number of someone who got the slip (and sent a proof that was accepted)."""
        with self.store.write() as tx:
            work = Casework(tx, self.rules, now=self.now)
            case = work.register(data, cause=Cause(actor="mailflow"), problems=())
            case = cases.put_slip(tx, case, slip, now=self.now)
        self.happens(case.number, Event.CONFIRM)
        if proof:
            self.happens(case.number, Event.PROOF)
            self.happens(case.number, Event.TOLD)
        return case.number

    def happens(self, number: str, event: Event) -> None:
        with self.store.write() as tx:
            case = cases.load(tx, lookup.by_number(tx, number) or "")
            Casework(tx, self.rules, now=self.now).happen(
                case, event, cause=Cause(actor="mailflow")
            )

    def settles(self, *lines: BankLine, dry_run: bool = False, at: datetime = LATER) -> Settled:
        return import_lines(
            self.store, self.rules, lines, name="九月.csv", actor="clerk", now=at, dry_run=dry_run
        )

    def undoes(self, report: Settled) -> Settled:
        return undo_import(
            self.store, self.rules, report.import_id[-8:], actor="clerk", why="wrong", now=LATER
        )

    def books(self, *numbers: str) -> Settled:
        (name,) = self.open_lines()
        return book_line(
            self.store, self.rules, name, numbers, actor="clerk", why="asked her", now=LATER
        )

    def case(self, number: str) -> CaseView:
        with self.store.read() as tx:
            return cases.load(tx, lookup.by_number(tx, number) or "")

    def money(self, number: str) -> tuple[State, int, bool]:
        """State, what came, and whether that settles it."""
        case = self.case(number)
        return case.state, case.settled_amount, case.settled_at is not None

    def open_lines(self) -> list[str]:
        with self.store.read() as tx:
            return [one.id for one in bank.open_lines(tx, self.rules.campaign.id)]

    def items(self) -> list[Item]:
        with self.store.read() as tx:
            return open_items(tx)

    def item(self) -> Item:
        (item,) = self.items()
        return item

    def letters(self, number: str) -> list[str]:
        with self.store.read() as tx:
            query = select(Outbox.letter).where(Outbox.case_id == self.case(number).id)
            return list(tx.session.exec(query.order_by(Outbox.id)))

    def told(self, subject: str) -> list[tuple[str, str]]:
        with self.store.read() as tx:
            return [(one.actor, one.action) for one in history(tx, subject)]

    def everything(self) -> object:
        with self.store.read() as tx:
            lines = [(r.id, r.removed_at) for r in tx.session.exec(select(BankLineRow))]
            items = [item.id for item in open_items(tx)]
            states = [(c.number, c.state, c.settled_at, c.settled_amount) for c in self._cases(tx)]
            return lines, items, states, list(tx.session.exec(select(Outbox.id)))

    def _cases(self, tx) -> list[CaseView]:
        found = lookup.in_states(tx, tuple(State), campaign=self.rules.campaign.id)
        return [cases.load(tx, case_id) for case_id in found]


@pytest.fixture
def office(store: Store, rules: Rules, now: datetime) -> Office:
    return Office(store, rules, now)


# What is certain


def test_annes_exact_money_in_time_takes_the_place_of_a_proof(office: Office):
    anne = office.billed()
    report = office.settles(line())
    assert (report.settled, report.advanced, report.held) == ([anne], [anne], [])
    assert office.money(anne) == (State.PAID, 600, True)
    assert office.letters(anne)[-1] == "proof_accepted"
    assert ("clerk", "settled") in office.told(anne)
    assert office.items() == []


def test_money_bears_out_an_accepted_claim_and_no_letter_is_sent(office: Office):
    anne = office.billed(proof=True)
    before = office.letters(anne)
    report = office.settles(line())
    assert (report.settled, report.advanced) == ([anne], [])
    assert office.money(anne) == (State.COMPLETE, 600, True)
    assert office.letters(anne) == before


def test_the_same_file_again_and_an_overlapping_one_add_only_what_is_new(office: Office):
    anne, bart = office.billed(), office.billed(BART, BARTS)
    first = office.settles(line())
    before = office.everything()
    again = office.settles(line())
    assert (again.import_id, again.added) == (first.import_id, 0)
    assert office.everything() == before
    longer = office.settles(line(), line(BARTS))
    assert (longer.added, longer.settled) == (1, [bart])
    assert office.money(anne) == (State.PAID, 600, True)
    assert office.items() == []


def test_two_identical_lines_in_one_file_are_two_payments(office: Office):
    anne = office.billed(proof=True)
    assert office.settles(line(), line()).added == 2
    assert office.money(anne) == (State.COMPLETE, 1200, False)
    assert office.item().reasons == ("paid_twice",)


def test_a_dry_run_tells_all_and_changes_nothing(office: Office):
    anne = office.billed()
    before = office.everything()
    report = office.settles(line(), line(BARTS, payer="安妮"), dry_run=True)
    assert (report.added, report.advanced, report.proposed) == (2, [anne], 1)
    assert office.everything() == before


def test_two_who_bring_the_same_file_at_once_count_it_once(office: Office):
    anne, bart = office.billed(), office.billed(BART, BARTS)
    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(lambda _: office.settles(line(), line(BARTS)), range(2)))
    assert sorted(report.added for report in reports) == [0, 2]
    assert [office.money(one) for one in (anne, bart)] == [(State.PAID, 600, True)] * 2
    assert office.items() == []


def test_a_line_that_came_before_its_slip_finds_its_case_at_the_next_file(office: Office):
    office.settles(line(BARTS))
    bart = office.billed(BART, BARTS)
    assert office.settles().settled == [bart]


# What is less exact


@pytest.mark.parametrize(
    ("money", "reason", "event"),
    [
        (line(amount=500), "underpaid", ""),
        (line(amount=650), "overpaid", "settled"),
        (line(posted_on=date(2025, 9, 24)), "posted_after_deadline", "settled"),
        (line(paid_on=date(2025, 9, 9)), "paid_before_slip", "settled"),
        (line(amount=-600), "money_returned", ""),
    ],
)
def test_less_exact_money_waits_for_staff(office: Office, money: BankLine, reason: str, event: str):
    anne = office.billed()
    assert office.settles(money).held == [anne]
    assert office.money(anne) == (State.BILLED, money.amount, False)
    item = office.item()
    assert (item.kind, item.reasons, item.event) == ("money", (reason,), event)
    assert office.letters(anne)[-1] == "payment_slip"


def test_staff_let_money_count_that_is_too_much(office: Office):
    anne = office.billed()
    office.settles(line(amount=650))
    told = office.desk.accept(office.item().id, why="50 go back in cash")
    assert told.endswith(f"{anne}=paid")
    assert office.money(anne) == (State.PAID, 650, True)
    assert office.letters(anne)[-1] == "proof_accepted"
    assert office.items() == []


def test_too_little_money_can_not_be_accepted_and_the_rest_completes_it(office: Office):
    anne = office.billed()
    office.settles(line(amount=400))
    with pytest.raises(SettlingError, match="nothing is proposed"):
        office.desk.accept(office.item().id, why="never mind")
    office.settles(line(amount=200, posted_on=date(2025, 9, 17)))
    assert office.item().reasons == ("paid_in_parts",)
    office.desk.accept(office.item().id, why="both are hers")
    assert office.money(anne) == (State.PAID, 600, True)


def test_a_case_that_has_changed_since_the_question_is_looked_at_again(office: Office):
    anne = office.billed()
    office.settles(line(amount=650))
    item = office.item()
    office.happens(anne, Event.DEADLINE)
    with pytest.raises(SettlingError, match="changed since"):
        office.desk.accept(item.id, why="50 go back")
    office.settles(line(amount=650))
    assert set(office.item().reasons) == {"overpaid", "paid_after_giving_up"}
    office.desk.accept(office.item().id, why="50 go back, she may stay")
    assert office.money(anne) == (State.PAID, 650, True)


def test_money_after_giving_up_is_accepted_by_staff_alone(office: Office):
    anne = office.billed()
    office.happens(anne, Event.DEADLINE)
    office.settles(line(paid_on=date(2025, 9, 22), posted_on=date(2025, 9, 29)))
    assert office.money(anne) == (State.ABANDONED, 600, False)
    assert office.item().reasons == ("paid_after_giving_up",)
    office.desk.accept(office.item().id, why="paid in time at the store")
    assert office.money(anne) == (State.PAID, 600, True)


def test_money_for_data_that_nobody_confirmed_completes_no_registration(office: Office):
    with office.store.write() as tx:
        work = Casework(tx, office.rules, now=office.now)
        case = work.register(ANNE, cause=Cause(actor="mailflow"), problems=())
        cases.put_slip(tx, case, SLIP, now=office.now)
    office.happens(case.number, Event.DEADLINE)
    office.settles(line())
    with pytest.raises(SettlingError, match="nothing_was_billed"):
        office.desk.accept(office.item().id, why="she paid")
    assert office.case(case.number).state is State.ABANDONED


def test_money_to_a_void_slips_account_is_annes_but_waits(office: Office):
    anne = office.billed(proof=True)
    with office.store.write() as tx:
        cases.put_slip(tx, office.case(anne), CRISS, now=office.now)
    office.settles(line())
    assert office.item().reasons == ("paid_to_voided_slip",)
    assert office.money(anne) == (State.COMPLETE, 600, False)


def test_money_for_someone_who_left_waits(office: Office):
    anne = office.billed()
    office.happens(anne, Event.WITHDRAW)
    office.settles(line())
    assert (office.item().reasons, office.item().event) == (("paid_after_withdrawal",), "")


def test_a_question_that_staff_discarded_is_asked_again_only_when_money_comes(office: Office):
    anne = office.billed()
    office.settles(line(amount=500))
    office.desk.discard(office.item().id, why="she will pay the rest")
    assert office.settles(line(amount=500)).held == []
    assert office.settles(line(amount=50, posted_on=date(2025, 9, 17))).held == [anne]


def test_a_proof_makes_clear_when_late_booked_money_was_paid(office: Office):
    anne = office.billed()
    office.settles(line(posted_on=date(2025, 9, 24)))
    assert office.item().reasons == ("posted_after_deadline",)
    office.happens(anne, Event.PROOF)
    assert office.settles(line(posted_on=date(2025, 9, 24))).settled == [anne]
    assert office.items() == []


# What contradicts a claim


def test_too_little_money_puts_an_accepted_claim_before_staff_who_reopen_it(office: Office):
    anne = office.billed(proof=True)
    office.settles(line(amount=60))
    item = office.item()
    assert (office.money(anne)[0], item.reasons, item.event) == (State.COMPLETE, ("underpaid",), "")
    told = office.desk.reject(item.id, why="60 only")
    assert told.endswith(f"{anne}=billed")
    assert office.money(anne) == (State.BILLED, 60, False)
    assert office.letters(anne)[-1] == "proof_unclear"


def test_after_reopening_the_student_is_told_again_when_all_is_well(office: Office):
    anne = office.billed(proof=True)
    office.settles(line(amount=60))
    office.desk.reject(office.item().id, why="60 only")
    office.happens(anne, Event.PROOF)
    assert office.letters(anne).count("proof_accepted") == 2
    office.happens(anne, Event.TOLD)
    assert office.case(anne).state is State.COMPLETE


def test_money_that_went_back_takes_the_mark_away(office: Office):
    anne = office.billed(proof=True)
    office.settles(line())
    office.settles(line(amount=-600, posted_on=date(2025, 9, 18)))
    assert office.money(anne) == (State.COMPLETE, 0, False)
    assert office.item().reasons == ("money_returned",)


def test_too_much_money_is_no_reason_to_ask_for_more(office: Office):
    office.billed(proof=True)
    office.settles(line(), line())
    with pytest.raises(DeskError, match="--note"):
        office.desk.reject(office.item().id, why="no")


# What is proposed


def test_a_payer_named_anne_is_proposed_and_staff_accept(office: Office):
    anne = office.billed()
    office.settles(line(account="", payer="安妮"))
    item = office.item()
    assert (item.reasons, item.event) == (("name_and_amount",), "settled")
    assert office.money(anne) == (State.BILLED, 0, False)
    office.settles(line(account="", payer="安妮"))  # asked once
    assert office.item().id == item.id
    office.desk.accept(item.id, why="called her")
    assert office.money(anne) == (State.PAID, 600, True)
    assert (office.items(), office.open_lines()) == ([], [])


def test_what_staff_did_not_see_before_accepting_is_asked(office: Office):
    anne = office.billed()
    paid = line(account="", payer="安妮")
    office.settles(paid)
    item = office.item()
    office.settles(paid, line())  # in the meantime the money came to her account
    assert office.money(anne) == (State.PAID, 600, True)
    waiting = office.items()
    assert [one.reasons for one in waiting] == [("name_alone",)]
    assert waiting[0].id != item.id
    office.books(anne)
    assert office.money(anne)[1:] == (1200, True)
    assert office.item().reasons == ("paid_twice",)


def test_a_case_given_up_since_the_proposal_is_not_revived_by_accepting_it(office: Office):
    anne = office.billed()
    office.settles(line(account="", payer="安妮"))
    item = office.item()
    office.happens(anne, Event.DEADLINE)
    office.desk.accept(item.id, why="called her")
    assert office.money(anne) == (State.ABANDONED, 600, False)
    assert office.item().reasons == ("paid_after_giving_up",)


def test_three_friends_in_one_transfer(office: Office):
    friends = [
        office.billed(ANNE, SLIP, proof=True),
        office.billed(BART, BARTS, proof=True),
        office.billed(CRIS, CRISS, proof=True),
    ]
    report = office.settles(line(account="", amount=1800, memo=" ".join(friends)))
    assert report.settled == friends
    assert [office.money(one) for one in friends] == [(State.COMPLETE, 600, True)] * 3
    assert office.items() == []


def test_three_friends_whose_sum_is_not_exact_or_who_sent_no_proof(office: Office):
    friends = [office.billed(), office.billed(BART, BARTS), office.billed(CRIS, CRISS)]
    office.settles(line(account="", amount=1700, memo=" ".join(friends)))
    item = office.item()
    assert "sum_of_several_differs" in item.reasons
    assert money_in(item.proposal).candidates == tuple(friends)
    with pytest.raises(SettlingError, match="exactly"):
        office.books(*friends)
    office.desk.discard(item.id, why="they take it back")
    assert office.settles().proposed == 0

    office.settles(line(account="", amount=1800, memo=" ".join(friends)))
    assert office.item().event == "settled"
    office.desk.accept(office.item().id, why="Bart told us")
    assert {office.money(one) for one in friends} == {(State.PAID, 600, True)}


def test_staff_say_whose_money_a_line_is(office: Office):
    anne = office.billed()
    assert office.settles(line(account="", memo="謝謝")).unknown == 1
    assert office.items() == []
    assert office.books(anne).advanced == [anne]
    assert office.money(anne) == (State.PAID, 600, True)
    with pytest.raises(bank.NoSuchLineError):
        book_line(office.store, office.rules, "nothing", [anne], actor="clerk", why="x", now=LATER)


# What is taken back


def test_a_wrong_file_is_taken_back_and_can_come_again(office: Office):
    anne = office.billed(proof=True)
    report = office.settles(line(), line(BARTS, payer="安妮"))
    undone = office.undoes(report)
    assert undone.gone == 2
    assert office.money(anne) == (State.COMPLETE, 0, False)
    assert (office.items(), office.open_lines()) == ([], [])
    assert ("clerk", "settle_undo") in office.told(report.import_id)
    assert office.settles(line()).settled == [anne]


def test_who_went_on_by_a_wrong_file_alone_is_put_before_staff(office: Office):
    anne = office.billed()
    office.undoes(office.settles(line()))
    assert office.money(anne) == (State.PAID, 0, False)
    assert office.item().reasons == ("settlement_taken_back",)
    office.desk.reject(office.item().id, why="another round's file")
    assert office.case(anne).state is State.BILLED


def test_what_another_file_says_too_stays(office: Office):
    anne = office.billed(proof=True)
    bart = office.billed(BART, BARTS, proof=True)
    first = office.settles(line())
    second = office.settles(line(), line(BARTS))
    assert office.undoes(first).gone == 0
    assert office.money(anne) == (State.COMPLETE, 600, True)
    assert office.undoes(second).gone == 2
    assert [office.money(one)[1:] for one in (anne, bart)] == [(0, False)] * 2


def test_undoing_needs_a_reason_and_an_import(office: Office):
    report = office.settles(line())
    with pytest.raises(SettlingError, match="--why"):
        undo_import(office.store, office.rules, report.import_id, actor="c", why=" ", now=LATER)
    office.undoes(report)
    with pytest.raises(bank.NoSuchLineError):
        office.undoes(report)


# What nobody may read


def test_account_payer_and_memo_are_sealed_and_erased_with_the_person(office: Office):
    anne = office.billed()
    office.settles(line(payer="安妮的媽媽", memo="給女兒"))
    with office.store.read() as tx:
        row = tx.session.exec(select(BankLineRow)).one()
        for secret in (SLIP.account, "安妮", "給女兒"):
            assert secret.encode() not in row.data_sealed
        told = [one.why + one.subject for one in tx.session.exec(select(Audit))]
        assert not any(secret in "".join(told) for secret in (SLIP.account, "安妮", "給女兒"))
    with office.store.write() as tx:
        erase_person(tx, anne, actor="clerk", why="asked to", now=LATER)
    with office.store.read() as tx, pytest.raises(SealError):
        bank.line_named(tx, row.id, campaign=office.rules.campaign.id)
    assert office.settles(line(payer="安妮的媽媽", memo="給女兒")).added == 0
