"""The cashier's slips: what fits its student in every point is sent, the rest is listed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from email import message_from_bytes, policy

import pytest
from sqlmodel import select
from store.people import ANNE, BART

from mailflow.campaign.round import Closure
from mailflow.campaign.slip_settings import (
    AccountRule,
    Bank,
    CollectionCode,
    SlipMethod,
    SlipSettings,
)
from mailflow.campaign.slip_settings import Store as StoreSettings
from mailflow.desk import Desk, DeskError
from mailflow.desk.slip_matching import Misfit
from mailflow.desk.slips import Order, SlipReport, import_slips, make_slips, show_slip
from mailflow.person import Field, Registration
from mailflow.slips import Segments, Slip, make_slip
from mailflow.slips.foreign import PaperSlip, TableRow
from mailflow.slips.pages import paper_from_json, read_json
from mailflow.slips.paper import Paper, draw
from mailflow.slips.segments import store_barcodes
from mailflow.store import cases, lookup, slips
from mailflow.store.audit import history
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.database import Store
from mailflow.store.queue import open_items
from mailflow.store.tables import Outbox
from mailflow.workflow import Event, State

DUE = date(2025, 9, 22)
BANK = Bank(code="822", name="中國信託", rule=AccountRule.CTBC, corp_code="99999")
STORE = StoreSettings(collection_codes=(CollectionCode(up_to=20_000, code="6H1"),))
IMPORTING = SlipSettings(method=SlipMethod.IMPORT, bank=BANK, store=STORE)
CASHIER = SlipSettings(method=SlipMethod.MADE, bank=BANK, store=STORE)
ANNES, BARTS = "iPAS114-0001", "iPAS114-0002"

TakeIn = Callable[..., SlipReport]


def cashiers(number: int, *, amount: int = 600, due_on: date = DUE) -> Slip:
    """What the cashier's system gives out; it numbers in its own way."""
    return make_slip(CASHIER, case=f"X-{number:04d}", amount=amount, due_on=due_on)


def row(
    person: Registration, slip: Slip, *, case: str = "", student: str = "", line: int = 2
) -> TableRow:
    return TableRow(
        place=f"slips.csv 第 {line} 列",
        case=case,
        student_no=student or ("" if case else person[Field.STUDENT_NO]),
        name=person[Field.NAME_ZH],
        amount=slip.amount,
        account=slip.account,
        due_on=slip.due_on,
        barcodes=slip.barcodes,
    )


def paper(
    person: Registration, slip: Slip, *, number: str = "", name: str = "", file: str = "1.pdf"
) -> PaperSlip:
    """The cashier's PDF, printed and read."""
    due = f"{slip.due_on.year - 1911}/{slip.due_on.month:02d}/{slip.due_on.day:02d}"
    assert slip.barcodes
    pdf = draw(
        Paper(
            office="示範大學 出納組",
            title="繳費單",
            rows=(
                ("學號", number or person[Field.STUDENT_NO]),
                ("姓名", name or person[Field.NAME_ZH]),
            ),
            payment=(
                ("應繳總額", f"{slip.amount:,} 元"),
                ("銷帳編號", slip.account),
                ("繳款期限", due),
            ),
            barcodes=slip.barcodes.texts,
        )
    )
    return paper_from_json(read_json(pdf), place=file, pdf=pdf)


@pytest.fixture(name="rules")
def _rules(rules: Rules) -> Rules:
    return set_to(rules, IMPORTING)


def set_to(rules: Rules, settings: SlipSettings) -> Rules:
    return replace(rules, campaign=rules.campaign.model_copy(update={"slip": settings}))


@pytest.fixture
def desk(store: Store, rules: Rules, now: datetime) -> Desk:
    return Desk(store, rules, "clerk", lambda: now)


@pytest.fixture
def take_in(desk: Desk) -> TakeIn:
    def run(*brought: TableRow | PaperSlip, **order: object) -> SlipReport:
        rows = [one for one in brought if isinstance(one, TableRow)]
        papers = [one for one in brought if isinstance(one, PaperSlip)]
        return import_slips(desk, rows, papers, order=Order(**order))  # type: ignore[arg-type]

    return run


@pytest.fixture(autouse=True)
def students(store: Store, rules: Rules, now: datetime) -> None:
    """Anne has confirmed and waits for her slip; Bart has not."""
    with store.write() as tx:
        work = Casework(tx, rules, now=now)
        cause = Cause(actor="mailflow")
        anne = work.register(ANNE, cause=cause, problems=())
        work.register(BART, cause=cause, problems=())
        work.happen(anne, Event.CONFIRM, cause=cause)


def case(store: Store, number: str) -> CaseView:
    with store.read() as tx:
        case_id = lookup.by_number(tx, number)
        assert case_id
        return cases.load(tx, case_id)


def attached(store: Store, number: str) -> list[list[bytes]]:
    """The PDFs of each payment slip letter of a case."""
    with store.read() as tx:
        query = select(Outbox).where(
            Outbox.letter == "payment_slip", Outbox.case_id == lookup.by_number(tx, number)
        )
        raws = [
            tx.vault.open(letter.raw_sealed, place=f"outbox.raw.{letter.id}")
            for letter in tx.session.exec(query.order_by(Outbox.id))
        ]
    messages = [message_from_bytes(raw, policy=policy.default) for raw in raws]
    return [[part.get_content() for part in one.iter_attachments()] for one in messages]


def test_who_waits_for_the_slip_gets_it_and_the_others_when_they_confirm(
    store: Store, rules: Rules, take_in: TakeIn, now: datetime
):
    report = take_in(row(ANNE, cashiers(1)), row(BART, cashiers(2), case=BARTS))
    assert (report.put, report.billed, report.misfits) == ([ANNES, BARTS], [ANNES], [])
    assert case(store, ANNES).state is State.BILLED
    assert case(store, ANNES).slip == replace(cashiers(1), bank="822 中國信託")
    with store.write() as tx:
        assert open_items(tx) == []  # Anne's missing slip was one
        work = Casework(tx, rules, now=now)
        work.happen(
            cases.load(tx, case(store, BARTS).id), Event.CONFIRM, cause=Cause(actor="mailflow")
        )
    assert case(store, BARTS).state is State.BILLED


def test_a_folder_of_pdfs_alone_is_enough(store: Store, take_in: TakeIn):
    annes = paper(ANNE, cashiers(1))
    report = take_in(annes, paper(BART, cashiers(2), file="2.pdf"))
    assert (report.put, report.misfits) == ([ANNES, BARTS], [])
    assert case(store, ANNES).slip == replace(cashiers(1), bank="822 中國信託")
    assert attached(store, ANNES) == [[annes.pdf]]


def test_table_and_papers_are_one_slip(store: Store, take_in: TakeIn):
    annes = paper(ANNE, cashiers(1))
    report = take_in(row(ANNE, replace(cashiers(1), barcodes=None)), annes)
    assert (report.put, report.misfits) == ([ANNES], [])
    assert case(store, ANNES).slip == replace(cashiers(1), bank="822 中國信託")
    assert attached(store, ANNES) == [[annes.pdf]]


def test_without_a_pdf_of_the_cashier_the_page_is_drawn_here(store: Store, take_in: TakeIn):
    take_in(row(ANNE, cashiers(1)))
    ((pdf,),) = attached(store, ANNES)
    read = paper_from_json(read_json(pdf), place="x", pdf=pdf)
    assert read.barcodes == cashiers(1).barcodes


def test_a_paper_without_a_number_goes_where_its_account_is(store: Store, take_in: TakeIn):
    nameless = paper(ANNE, cashiers(1), number="—")
    assert take_in(nameless).misfits == [Misfit("1.pdf", "", "no_case_found")]
    report = take_in(row(ANNE, cashiers(1)), nameless)
    assert (report.put, report.misfits) == ([ANNES], [])


def test_the_file_s_name_may_bear_the_number(take_in: TakeIn):
    report = take_in(paper(ANNE, cashiers(1), number="—", file=f"繳費單_{ANNES}.pdf"))
    assert (report.put, report.misfits) == ([ANNES], [])


def test_a_hidden_middle_of_the_name_is_no_other_name(store: Store, take_in: TakeIn):
    report = take_in(paper(ANNE, cashiers(1), name="安O"))
    assert (report.put, report.misfits) == ([ANNES], [])


def test_repeating_doubles_nothing(store: Store, take_in: TakeIn):
    brought = (row(ANNE, cashiers(1)), row(BART, cashiers(2)), paper(ANNE, cashiers(1)))
    take_in(*brought)
    before = case(store, ANNES), case(store, BARTS), attached(store, ANNES)
    report = take_in(*brought)
    assert (report.put, report.billed, report.unchanged) == ([], [], [ANNES, BARTS])
    only_rows = take_in(*(replace(one, barcodes=None) for one in brought[:2]))  # type: ignore[arg-type]
    assert (only_rows.put, only_rows.unchanged) == ([], [ANNES, BARTS])
    assert (case(store, ANNES), case(store, BARTS), attached(store, ANNES)) == before


def test_a_rehearsal_changes_nothing(store: Store, take_in: TakeIn):
    before = case(store, ANNES)
    report = take_in(row(ANNE, cashiers(1)), row(BART, cashiers(2, amount=700)), rehearse=True)
    assert report.put == [ANNES]
    assert [one.code for one in report.misfits] == ["slip_amount_differs_from_fee"]
    assert case(store, ANNES) == before


def codes(report: SlipReport) -> list[str]:
    return [one.code for one in report.misfits]


def other_account(slip: Slip, account: str) -> Slip:
    return replace(slip, account=account, barcodes=None)


SLIP = cashiers(1)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (row(ANNE, cashiers(1, amount=700)), ["slip_amount_differs_from_fee"]),
        (row(ANNE, cashiers(1, due_on=date(2025, 9, 23))), ["due_differs_from_round"]),
        (row(ANNE, other_account(SLIP, SLIP.account[:-1] + "7")), ["account_check_digit_differs"]),
        (row(ANNE, other_account(SLIP, "88888" + SLIP.account[5:])), ["account_of_another_payee"]),
        (row(ANNE, other_account(SLIP, SLIP.account[:14])), ["account_length_differs"]),
        (replace(row(ANNE, SLIP), name="安妮妮"), ["name_differs"]),
        (replace(row(ANNE, SLIP), bank="004"), ["bank_differs"]),
        (row(ANNE, SLIP, case="iPAS114-0099"), ["no_such_case"]),
        (row(ANNE, SLIP, student="113590099"), ["no_such_case"]),
        (row(ANNE, SLIP, case=ANNES, student=BART[Field.STUDENT_NO]), ["numbers_disagree"]),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_row_that_fails_in_one_point_is_listed_and_not_sent(
    store: Store, take_in: TakeIn, wrong: TableRow, told: list[str]
):
    before = case(store, ANNES)
    report = take_in(wrong)
    assert [code for code in codes(report) if code in told] == told
    assert (report.put, report.billed) == ([], [])
    assert case(store, ANNES) == before


def with_codes(changed: Segments) -> Slip:
    return replace(SLIP, barcodes=changed)


def test_barcodes_that_are_wrong_in_any_part_are_listed(store: Store, take_in: TakeIn):
    assert SLIP.barcodes
    other = cashiers(2).barcodes
    other_contract = StoreSettings(collection_codes=(CollectionCode(up_to=20_000, code="XHM"),))
    assert other
    third = SLIP.barcodes.third or ""
    swapped = replace(SLIP.barcodes, third=third[:4] + third[5] + third[4] + third[6:])
    assert "barcode_check_differs" in codes(take_in(row(ANNE, with_codes(swapped))))
    assert "barcode_account_differs" in codes(take_in(row(ANNE, with_codes(other))))
    unknown = store_barcodes(SLIP.account, 600, DUE, store=other_contract)
    assert unknown
    assert codes(take_in(row(ANNE, with_codes(unknown)))) == ["barcode_code_differs"]
    dearer = cashiers(1, amount=1200).barcodes
    assert dearer
    assert "slip_amount_differs_from_fee" in codes(take_in(row(ANNE, with_codes(dearer))))
    assert case(store, ANNES).slip is None


def test_a_paper_of_somebody_else_is_not_sent(store: Store, take_in: TakeIn):
    of_bart = paper(BART, cashiers(1), number=ANNE[Field.STUDENT_NO])
    assert codes(take_in(of_bart)) == ["name_not_on_paper"]
    both = paper(ANNE, cashiers(1), number=f"{ANNE[Field.STUDENT_NO]} {BART[Field.STUDENT_NO]}")
    assert codes(take_in(both)) == ["names_several_cases"]
    assert case(store, ANNES).slip is None


def test_a_paper_that_says_something_else_than_the_table_is_not_sent(store: Store, take_in: TakeIn):
    found = codes(take_in(row(ANNE, cashiers(1)), paper(ANNE, cashiers(2))))
    assert {"account_not_on_paper", "account_differs_on_paper", "barcodes_differ"} <= set(found)
    assert case(store, ANNES).slip is None


def test_after_a_typhoon_day_either_last_day_will_do(store: Store, rules: Rules, now: datetime):
    """The cashier may have made the slips before the office was closed, or after."""
    closed = Closure(on=DUE, why="颱風")
    calendar = rules.campaign.calendar.model_copy(update={"closures": (closed,)})
    campaign = rules.campaign.model_copy(update={"calendar": calendar})
    later = Desk(store, replace(rules, campaign=campaign), "clerk", lambda: now)
    moved = cashiers(2, due_on=date(2025, 9, 23))
    report = import_slips(later, [row(ANNE, cashiers(1)), row(BART, moved)], [], order=Order())
    assert (report.put, report.misfits) == ([ANNES, BARTS], [])
    wrong = row(BART, cashiers(2, due_on=date(2025, 9, 24)))
    assert "due_differs_from_round" in codes(import_slips(later, [wrong], [], order=Order()))


def test_two_students_never_get_one_account(store: Store, take_in: TakeIn):
    report = take_in(row(ANNE, cashiers(1)), row(BART, cashiers(1), line=3))
    assert codes(report) == ["account_shared", "account_shared"]
    take_in(row(ANNE, cashiers(1)))
    assert codes(take_in(row(BART, cashiers(1)))) == ["account_of_another_case"]
    assert case(store, BARTS).slip is None


def test_a_slip_put_before_the_button_holds_back_no_reminder(
    store: Store, rules: Rules, take_in: TakeIn, now: datetime
):
    with store.write() as tx:
        bart = cases.load(tx, case(store, BARTS).id)
        cause = Cause(actor="mailflow", occasion="3 days")
        Casework(tx, rules, now=now).happen(bart, Event.REMIND, cause=cause)
    take_in(row(BART, cashiers(2)))
    with store.read() as tx:
        query = select(Outbox.state).where(Outbox.letter == "reminder")
        assert list(tx.session.exec(query)) == ["queued"]
        assert [line.action for line in history(tx, BARTS)][-1] == "slip_put"


def test_two_different_slips_for_one_student_are_for_a_person(store: Store, take_in: TakeIn):
    report = take_in(row(ANNE, cashiers(1)), row(ANNE, cashiers(2), line=3))
    assert "several_slips_for_one_case" in codes(report)
    assert case(store, ANNES).slip is None


def test_a_scan_and_a_file_that_is_no_pdf_are_named(take_in: TakeIn):
    scan = PaperSlip(f"{ANNES}.pdf", b"%PDF-1", scanned=("1409226H1",))
    broken = PaperSlip("b.pdf", b"", problem="not_a_pdf")
    report = take_in(scan, broken)
    assert {"pdf_without_text", "not_a_pdf"} <= set(codes(report))
    assert report.put == []


def test_another_slip_after_the_first_was_sent_needs_a_word_of_staff(store: Store, take_in: TakeIn):
    take_in(row(ANNE, cashiers(1)))
    sent = case(store, ANNES).slip
    report = take_in(row(ANNE, cashiers(3)))
    assert codes(report) == ["another_slip_was_sent"]
    assert case(store, ANNES).slip == sent
    with pytest.raises(DeskError, match="--why"):
        take_in(row(ANNE, cashiers(3)), reissue=True)
    report = take_in(row(ANNE, cashiers(3)), reissue=True, why="出納組換號")
    assert (report.reissued, report.misfits) == ([ANNES], [])
    found = case(store, ANNES)
    assert found.slip
    assert found.slip.account == cashiers(3).account
    with store.read() as tx:
        assert slips.voided(tx, found.id) == (sent,)
    assert len(attached(store, ANNES)) == 2


def test_a_closed_case_gets_no_slip(store: Store, rules: Rules, take_in: TakeIn, now: datetime):
    with store.write() as tx:
        work = Casework(tx, rules, now=now)
        found = cases.load(tx, case(store, ANNES).id)
        work.happen(found, Event.WITHDRAW, cause=Cause(actor="clerk"))
    assert codes(take_in(row(ANNE, cashiers(1)))) == ["case_is_closed"]


def test_a_round_that_makes_its_slips_takes_none_in(store: Store, rules: Rules, now: datetime):
    making = Desk(store, set_to(rules, CASHIER), "clerk", lambda: now)
    with pytest.raises(DeskError, match=r'slip\.method = "made"'):
        import_slips(making, [], [], order=Order())


class TestMadeHere:
    """The office changed to slips of its own while Anne waited for one."""

    @pytest.fixture
    def desk(self, store: Store, rules: Rules, now: datetime) -> Desk:
        return Desk(store, set_to(rules, CASHIER), "clerk", lambda: now)

    def test_whoever_waits_gets_one(self, store: Store, desk: Desk):
        report = make_slips(desk, [], order=Order())
        assert (report.billed, report.misfits) == ([ANNES], [])
        assert make_slips(desk, [], order=Order()) == SlipReport()
        with store.read() as tx:
            assert open_items(tx) == []

    def test_a_case_named_too_early_or_twice_is_listed(self, desk: Desk):
        make_slips(desk, [ANNES], order=Order())
        report = make_slips(desk, [ANNES, BARTS], order=Order())
        assert [(m.case, m.code) for m in report.misfits] == [
            (ANNES, "slip_was_sent"),
            (BARTS, "not_confirmed_yet"),
        ]

    def test_issued_again_it_has_another_account(self, store: Store, desk: Desk):
        make_slips(desk, [], order=Order())
        first = show_slip(desk, ANNES)
        report = make_slips(desk, [ANNES], order=Order(reissue=True, why="遺失"))
        again = show_slip(desk, ANNES)
        assert report.reissued == [ANNES]
        assert again.slip.account != first.slip.account
        assert again.voided == (first.slip,)
        assert len(attached(store, ANNES)) == 2
        assert attached(store, ANNES)[1] == [again.pdf]

    def test_an_unknown_case_is_told(self, desk: Desk):
        with pytest.raises(DeskError, match="no case"):
            make_slips(desk, ["iPAS114-0404"], order=Order())
