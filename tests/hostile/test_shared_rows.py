"""Mails are decided in rows of one commit: one that has trouble undoes nothing of the others."""

from collections.abc import Callable

from hostile.by_hand import reader, store
from sqlmodel import col, update
from stories.running import RunningOffice

from mailflow.store.tables import Inbox

Opened = Callable[..., RunningOffice]
GOOD = "From: a{0}@example.org\r\nSubject: hello {0}\r\nMessage-ID: <{0}@x>\r\n\r\nGood morning\r\n"


def test_a_mail_that_another_worker_took_leaves_the_rest_of_its_row_decided(opened: Opened):
    office = opened(starts_daemon=False)
    ids = store(office, [GOOD.format(number).encode() for number in range(5)])

    def taken_away() -> None:
        with office.store.write() as tx:
            mine = update(Inbox).where(col(Inbox.id) == ids[2])
            tx.session.exec(mine.values(lease_owner="another"))

    with reader(office) as one:
        one.on_progress = taken_away
        one.step()
        states = {row.id: row.state for row in office.mails()}
    assert states.pop(ids[2]) == "received"
    assert "received" not in states.values()
