"""The daemon keeps to the office's policy by itself, once a day."""

from collections.abc import Callable
from datetime import timedelta

from servers.office import ANNE
from sqlmodel import select
from stories.cast import Student
from stories.running import RunningOffice

from mailflow.store import audit
from mailflow.store.tables import Inbox, Outbox


def raws(office: RunningOffice) -> list[bytes]:
    with office.store.read() as tx:
        return [row.raw_sealed for row in tx.session.exec(select(Inbox))]


def test_mail_of_nobody_is_erased_after_its_days(opened: Callable[..., RunningOffice]):
    office = opened(settings={"retention": {"mail_days": 3}})
    stranger = Student(office, ANNE, number=77)
    stranger.writes("報名", "我想報名")
    stranger.gets("registration_form")
    office.until(lambda: raws(office) and not office.queue())
    assert all(raws(office))
    office.clock.ahead += timedelta(days=4)
    office.daemon.look()
    office.until(lambda: not any(raws(office)))
    with office.store.read() as tx:
        assert not any(row.raw_sealed for row in tx.session.exec(select(Outbox)))
        said = audit.history(tx, "retention")[-1].why.split()
        assert [one for one in said if not one.endswith("=0")] == ["inbox=1", "outbox=1"]
