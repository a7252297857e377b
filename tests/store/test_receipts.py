"""Pictures sent as proof: no payment is believed for two people, and no two people for one."""

import threading
import time
from dataclasses import replace
from datetime import datetime

import pytest

from mailflow.receipts.result import Proof
from mailflow.receipts.reuse import Marks, marks_of
from mailflow.receipts.times import Times
from mailflow.receipts.wire import proof_to_json
from mailflow.store import receipts
from mailflow.store.database import Store
from mailflow.store.receipts import Claimed
from mailflow.store.reused import How, earlier_proofs

PICTURE = Claimed(b"PNG", b"{}", "accept", ())
LOOK = bytes(32)
OTHER_LOOK = b"\xff" * 32
PAID = Proof(
    amount=600,
    paid_at="2026-09-15T12:05",
    account="98620114992497",
    reference="20260915001",
)


def claimed(picture: bytes, proof: Proof = PAID, *, look: bytes | None = None) -> Claimed:
    return Claimed(
        picture,
        proof_to_json(proof),
        "accept",
        (),
        Times(proof.paid_at or ""),
        marks_of(proof),
        look,
    )


def keeps(store: Store, now: datetime, receipt: Claimed, *, case: str = "anne") -> str:
    with store.write() as tx:
        key = tx.vault.new_key()
        return receipts.keep(tx, receipt, inbox_id="mail", case_id=case, key_id=key, now=now)


def seen(
    store: Store, receipt: Claimed, *, case: str = "bart", mail: str = "another mail"
) -> list[How]:
    with store.write() as tx:
        return [earlier.how for earlier in earlier_proofs(tx, receipt, case_id=case, mail=mail)]


def test_two_workers_who_read_the_same_picture_at_once_do_not_both_believe_it(
    store: Store, now: datetime
):
    believed: list[str] = []
    begin = threading.Barrier(2)

    def work(case: str) -> None:
        begin.wait()
        with store.write() as tx:
            if not earlier_proofs(tx, PICTURE, case_id=case, mail=case):
                believed.append(case)
            time.sleep(0.2)
            key = tx.vault.new_key()
            receipts.keep(tx, PICTURE, inbox_id="mail", case_id=case, key_id=key, now=now)

    workers = [threading.Thread(target=work, args=(case,)) for case in ("anne", "bart")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(believed) == 1


def test_the_same_file_is_recognised_though_nothing_was_read(store: Store, now: datetime):
    keeps(store, now, PICTURE)
    assert seen(store, PICTURE) == [How.SAME_FILE]
    assert seen(store, PICTURE, case="anne") == [How.SHOWN_BEFORE]  # her own, sent again
    assert seen(store, PICTURE, case="anne", mail="mail") == []  # the same mail


@pytest.mark.parametrize(
    "other",
    [
        PAID,
        Proof(amount=1200, paid_at="2026-09-15T12:05", reference="2026-0915-001"),
        Proof(amount=600, paid_at="2026-09-15", account="33515757191922", reference="20260915001"),
        Proof(amount=600, paid_at="2026-09-15T12:05", account="98620114992497"),
    ],
    ids=["another photo", "another amount", "another account", "reference unread"],
)
def test_one_payment_is_recognised_on_another_picture(store: Store, now: datetime, other: Proof):
    """同一筆交易不能抵三筆帳"""
    keeps(store, now, claimed(b"a photo"))
    assert seen(store, claimed(b"another photo", other)) == [How.SAME_PAYMENT]


@pytest.mark.parametrize(
    "other",
    [
        Proof(amount=600, paid_at="2026-09-15T12:05", account="98620114992505", reference="0442"),
        Proof(amount=600, paid_at="2026-09-15T12:05", account="98620114992505"),
        Proof(amount=600, paid_at="2026-09-16", account="98620114992497", reference="20260915001"),
        Proof(amount=600),
    ],
    ids=["a friend, same minute", "without a number", "next day", "hardly read"],
)
def test_two_honest_payments_are_not_taken_for_one(store: Store, now: datetime, other: Proof):
    keeps(store, now, claimed(b"a photo"))
    assert seen(store, claimed(b"another photo", other)) == []


def test_a_short_reference_alone_says_nothing(store: Store, now: datetime):
    """Every machine counts from 1 again in the morning."""
    at_the_station = Proof(amount=600, paid_at="2026-09-15T08:00", reference="0012")
    keeps(store, now, claimed(b"a slip", at_the_station))
    at_the_campus = Proof(amount=600, paid_at="2026-09-15T17:30", reference="0012")
    assert seen(store, claimed(b"another slip", at_the_campus)) == []


@pytest.mark.parametrize(
    ("proof", "look", "found"),
    [
        (Proof(amount=600, paid_at="2026-09-15"), LOOK, [How.LOOKS_ALIKE]),
        (Proof(), b"\x0f" + LOOK[1:], [How.LOOKS_ALIKE]),
        (Proof(amount=600, paid_at="2026-09-15"), OTHER_LOOK, []),
        (Proof(amount=600, paid_at="2026-09-15T12:06"), LOOK, []),
        (Proof(amount=600, paid_at="2026-09-15", account="98620114992505"), LOOK, []),
        (
            Proof(amount=600, paid_at="2026-09-15T12:05", account="98620114992505"),
            LOOK,
            [How.LOOKS_ALIKE],
        ),
        (Proof(amount=600, paid_at="2026-09-15", reference="20260915777"), LOOK, []),
        (Proof(amount=600, paid_at="2026-09-15T12:05", reference="20260915002"), LOOK, []),
        (Proof(amount=600, paid_at="2026-09-16"), LOOK, []),
    ],
    ids=[
        "alike, and nothing parts them",
        "hardly read, a few bits apart",
        "another app",
        "a minute later",
        "a friend's, the same day",
        "the same minute, another account painted in",
        "another reference",
        "the next reference of the same minute",
        "another day",
    ],
)
def test_a_like_picture_counts_only_where_no_fact_parts_the_two(
    store: Store, now: datetime, proof: Proof, look: bytes, found: list[How]
):
    """Two receipts of one bank's app look almost the same."""
    keeps(store, now, claimed(b"a screenshot", look=LOOK))
    assert seen(store, claimed(b"a screenshot of it", proof, look=look)) == found


def test_a_proof_whose_reading_was_erased_is_still_recognised(store: Store, now: datetime):
    """What a payment is known by is kept longer than the picture."""
    row_id = keeps(store, now, claimed(b"a screenshot", look=LOOK))
    with store.write() as tx:
        row = tx.session.get_one(receipts.Receipt, row_id)
        row.picture_sealed = row.reading_sealed = b""
    assert seen(store, claimed(b"cut out", look=LOOK)) == [How.SAME_PAYMENT]
    later = claimed(b"cut out", Proof(paid_at="2026-09-15"), look=LOOK)
    assert seen(store, later) == [How.LOOKS_ALIKE]


def test_what_was_read_is_enough_to_recognise_it(store: Store, now: datetime):
    row_id = keeps(store, now, claimed(b"a photo", look=LOOK))
    with store.read() as tx:
        kept = receipts.load(tx, row_id)
    assert kept.marks == marks_of(PAID) != Marks()
    assert kept.likeness == LOOK


PASSBOOK = Proof(amount=600, paid_at="2026-09-15", account="98620114992497")  # no minute, no number


@pytest.mark.parametrize(
    "other",
    [
        PASSBOOK,
        Proof(amount=600, paid_at="2026-09-15", account="*********92497"),
        Proof(amount=600, paid_at="2026-09-15T12:05", account="**********2497", reference="0442"),
    ],
    ids=["another photo", "masked", "the app's page of it"],
)
def test_a_passbook_is_recognised_by_day_sum_and_account(store: Store, now: datetime, other: Proof):
    """It shows neither minute nor number, and many may pay into one account."""
    keeps(store, now, claimed(b"a passbook", PASSBOOK))
    assert seen(store, claimed(b"another picture", other)) == [How.SAME_PAYMENT]


def test_a_page_that_masks_the_account_shows_the_same_payment(store: Store, now: datetime):
    keeps(store, now, claimed(b"the app", replace(PAID, account="*********92497")))
    paper = replace(PAID, reference=None)
    assert seen(store, claimed(b"the bank's paper", paper)) == [How.SAME_PAYMENT]


@pytest.mark.parametrize(
    "other",
    [
        replace(PASSBOOK, paid_at="2026-09-16"),
        replace(PASSBOOK, amount=1200),
        replace(PASSBOOK, account="98620114992505"),
    ],
    ids=["the next day", "another sum", "her own account"],
)
def test_two_honest_passbooks_are_two_payments(store: Store, now: datetime, other: Proof):
    keeps(store, now, claimed(b"a passbook", PASSBOOK))
    assert seen(store, claimed(b"another passbook", other)) == []


def test_two_who_pay_into_one_account_on_one_day_are_told_apart_by_the_minute(
    store: Store, now: datetime
):
    keeps(store, now, claimed(b"a screen"))
    friend = replace(PAID, paid_at="2026-09-15T12:06", reference="20260915002")
    assert seen(store, claimed(b"another screen", friend)) == []
