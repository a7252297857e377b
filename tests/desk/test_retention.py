"""What is kept for how long after a round, and what keeps it longer."""

from datetime import UTC, date, datetime, timedelta

import pytest
from desk.paper_office import PaperOffice
from sqlmodel import select

from mailflow.campaign.ending import ends_on
from mailflow.runners.keeping import Keeper, rounds_beside
from mailflow.store import audit, cases, receipts
from mailflow.store.holds import hold
from mailflow.store.inbox import Arrival, raw_bytes, store_arrivals
from mailflow.store.queue import close, open_decision
from mailflow.store.retention import Plan, Policy, carry_out, plan
from mailflow.store.tables import DataKey, Inbox, InboxState, Outbox, OutboxState, Receipt
from mailflow.store.vault import SealError
from mailflow.workflow import State

POLICY = Policy(receipts_days=90, mail_days=30, cases_days=400)
ENDED = date(2026, 4, 1)
ROUNDS = {"114-2": ENDED}


def days_after(days: int) -> datetime:
    return datetime(ENDED.year, ENDED.month, ENDED.day, 4, tzinfo=UTC) + timedelta(days=days)


def due(paper: PaperOffice, days: int, **policy: int) -> Plan:
    rules = Policy(**{**{name: getattr(POLICY, name) for name in Policy.__slots__}, **policy})
    with paper.store.read() as tx:
        return plan(tx, rules, ROUNDS, now=days_after(days))


def erase(paper: PaperOffice, days: int) -> Plan:
    with paper.store.write() as tx:
        gone = plan(tx, POLICY, ROUNDS, now=days_after(days))
        carry_out(tx, gone, actor="mailflow", now=days_after(days))
    return gone


def said(gone: Plan) -> dict[str, int]:
    return {name: count for name, count in gone.counts().items() if count}


def all_sent(paper: PaperOffice) -> None:
    with paper.store.write() as tx:
        for row in tx.session.exec(select(Outbox)):
            row.state = OutboxState.SENT
            tx.session.add(row)


def test_first_the_mail_goes_then_the_pictures_then_the_person(paper: PaperOffice):
    anne = paper.is_complete(1)
    all_sent(paper)
    assert due(paper, 30).is_empty
    assert said(due(paper, 31)) == {"inbox": 1, "outbox": 4}
    erase(paper, 31)
    assert due(paper, 90).is_empty
    assert said(due(paper, 91)) == {"receipt": 1}
    erase(paper, 91)
    assert paper.case(anne.number).state is State.COMPLETE
    assert due(paper, 400).is_empty
    assert due(paper, 401).cases == {anne.id: anne.number}
    erase(paper, 401)
    with paper.store.read() as tx, pytest.raises(SealError):
        cases.load(tx, anne.id)
    assert due(paper, 5000).is_empty


def test_what_was_erased_can_be_read_by_nobody(paper: PaperOffice):
    paper.is_complete(1)
    all_sent(paper)
    with paper.store.read() as tx:
        mail = tx.session.exec(select(Inbox)).one()
        receipt = tx.session.exec(select(Receipt)).one().id
    erase(paper, 91)
    with paper.store.read() as tx:
        for look in (lambda: raw_bytes(tx, mail.id), lambda: receipts.load(tx, receipt)):
            with pytest.raises(SealError):
                look()
        row = tx.session.get_one(Inbox, mail.id)
        assert (row.raw_sealed, row.digest, row.identity) == (b"", "", "")
        assert tx.session.get(DataKey, mail.key_id) is None  # and no backup can be read either
        letters = tx.session.exec(select(Outbox)).all()
        assert {(it.raw_sealed, it.to_sealed, it.to_index) for it in letters} == {(b"", b"", b"")}
        assert all(it.wording for it in letters)  # which text it was is still known


def test_pictures_outlive_their_mail_when_the_policy_says_so(paper: PaperOffice):
    paper.is_complete(1)
    erase(paper, 31)
    with paper.store.read() as tx:
        receipt = tx.session.exec(select(Receipt)).one().id
        assert receipts.load(tx, receipt).picture


def test_a_mail_goes_with_the_picture_that_stands_in_it(paper: PaperOffice):
    paper.is_complete(1)
    counts = due(paper, 11, receipts_days=10).counts()
    assert (counts["receipt"], counts["inbox"]) == (1, 1)


def test_letters_on_their_way_and_mails_not_settled_stay(paper: PaperOffice):
    case = paper.is_billed(1)
    mail = paper.writes(case, "問題")
    with paper.store.write() as tx:
        row = tx.session.get_one(Inbox, mail)
        row.state = InboxState.RECEIVED
        tx.session.add(row)
    gone = due(paper, 31)
    assert gone.mails == ()
    with paper.store.read() as tx:
        states = {it.state for it in tx.session.exec(select(Outbox)) if it.id in gone.letters}
    assert states == {OutboxState.HELD}  # overtaken; the queued ones stay


def test_a_legal_hold_keeps_everything_of_a_case(paper: PaperOffice):
    anne, bart = paper.is_complete(1), paper.is_complete(2)
    with paper.store.write() as tx:
        hold(tx, anne.number, actor="clerk", why="lawsuit", now=paper.now)
    gone = erase(paper, 401)
    assert gone.kept == {anne.number: "legal_hold"}
    assert list(gone.cases.values()) == [bart.number]
    with paper.store.read() as tx:
        kept = tx.session.exec(select(Receipt).where(Receipt.case_id == anne.id)).one()
        assert receipts.load(tx, kept.id).picture


def test_an_open_question_keeps_a_case_until_it_is_decided(paper: PaperOffice):
    anne = paper.is_complete(1)
    with paper.store.write() as tx:
        item = open_decision(tx, kind="case", reasons=("refund",), case_id=anne.id, now=paper.now)
    assert due(paper, 401).kept == {anne.number: "open_question"}
    with paper.store.write() as tx:
        close(tx, item, verb="discard", actor="clerk", why="paid", now=paper.now)
    assert due(paper, 401).cases


def test_a_person_stays_while_one_of_their_rounds_does(paper: PaperOffice):
    anne = paper.is_complete(1)
    with paper.store.write() as tx:
        row = tx.session.get_one(cases.Case, anne.id)
        data = cases.load(tx, anne.id).data
        again = cases.create(
            tx, data, campaign="115-1", prefix="iPAS115", source="form", created_at=paper.now
        )
        assert again.person_id == row.person_id
    told = due(paper, 401)
    assert told.cases == {}
    assert told.unknown_rounds == ("115-1",)
    assert told.counts()["receipt"] == 1  # what belongs to the old round alone goes


def test_mail_of_nobody_goes_by_its_own_age(paper: PaperOffice):
    arrival = Arrival("office", "INBOX", 1, 99, b"From: x@example.org\r\n\r\nhello", 30)
    with paper.store.write() as tx:
        (mail,) = store_arrivals(tx, [arrival], now=paper.now)
        row = tx.session.get_one(Inbox, mail)
        row.state = InboxState.DISCARDED
        tx.session.add(row)
    with paper.store.read() as tx:
        at = paper.now + timedelta(days=30)
        assert plan(tx, POLICY, {}, now=at).mails == ()
        assert plan(tx, POLICY, {}, now=at + timedelta(minutes=1)).mails == (mail,)


def test_a_dry_run_changes_nothing_and_says_the_same(tmp_path_factory: pytest.TempPathFactory):
    policy = "[retention]\nreceipts_days = 0\nmail_days = 0\ncases_days = 0\n"
    paper = PaperOffice(tmp_path_factory.mktemp("paper"), settings=policy)
    anne = paper.is_complete(1)
    all_sent(paper)
    planned = paper.tells("retention", "--dry-run")
    assert planned["case_numbers"] == [anne.number]
    assert paper.tells("retention", "--dry-run") == planned
    done = paper.tells("retention", "--apply")
    assert done == {**planned, "applied": True}
    assert paper.tells("retention", "--apply")["cases"] == 0
    with paper.store.read() as tx:
        assert audit.history(tx, anne.number)[-1].why == "retention"
        (line,) = audit.history(tx, "retention")
    assert line.why == ("receipt=1 inbox=1 outbox=4 certificate=0 payee=0 bank_line=0 cases=1")


def test_without_a_policy_nothing_is_erased(paper: PaperOffice):
    paper.is_complete(1)
    assert "no [retention]" in paper.does("retention", "--apply", code=1)
    paper.does("retention", code=2)


def test_the_daemon_does_it_once_a_day(paper: PaperOffice):
    paper.is_complete(1)
    clock = [days_after(31)]
    looks: list[datetime] = []

    def rounds() -> dict[str, date]:
        looks.append(clock[0])
        return ROUNDS

    keeper = Keeper(paper.store, POLICY, rounds, now=lambda: clock[0])
    assert [keeper.step(), keeper.step()] == [False, False]
    clock[0] += timedelta(days=1)
    keeper.step()
    assert len(looks) == 2
    with paper.store.read() as tx:
        assert tx.session.exec(select(Inbox)).one().raw_sealed == b""


def test_the_end_of_a_round_is_the_last_thing_it_promises(paper: PaperOffice):
    """Certificates from 15 January, money about two and a half months later."""
    assert ends_on(paper.rules.campaign) == date(2026, 3, 31)
    (paper.folder / "closures.toml").write_text("")
    (paper.folder / "broken.toml").write_text("id = 1")
    assert rounds_beside(paper.config.campaign) == {"114-2": date(2026, 3, 31)}
