"""One daemon for one store, from start to stop."""

import time
from collections.abc import Callable

import pytest
from servers.office import ANNE, EmbeddedOffice
from stories.cast import Student
from stories.running import RunningOffice

from mailflow.demo.servers import Fault
from mailflow.runners.daemon import Daemon
from mailflow.runners.opening import open_office
from mailflow.store.database import StoreError

Opened = Callable[..., RunningOffice]


def test_a_second_daemon_on_the_same_store_refuses_to_start(office: RunningOffice):
    store, rules = open_office(office.config)
    with pytest.raises(StoreError, match="another mailflow daemon"):
        Daemon(office.config, store, rules).run()
    store.engine.dispose()


def test_after_a_stop_the_next_daemon_goes_on(office: RunningOffice):
    anne = Student(office, ANNE)
    letter = anne.is_asked()
    assert office.stop() < 10
    anne.presses(letter)
    office.start()
    anne.gets("payment_slip")


def test_the_whole_mailbox_is_listed_when_asked_though_it_is_not_time_yet(opened: Opened):
    office = opened(settings={"imap": {"compare_seconds": 3600}})
    for _ in range(2):  # the first may be the listing at the beginning
        office.jump(days=1)


def test_an_old_database_is_refused_with_the_remedy(opened: Opened):
    office = opened(starts_daemon=False)
    with office.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'old'")
    with pytest.raises(StoreError, match="db upgrade"):
        Daemon(office.config, office.store, office.rules).run()


def test_a_relay_that_hangs_does_not_keep_the_daemon_from_stopping(
    opened: Opened, embedded: EmbeddedOffice
):
    embedded.on_data = lambda letter: Fault(seconds=60)
    office = opened()
    anne = Student(office, ANNE)
    anne.registers()
    office.until(lambda: any(row.state == "sending" for row in office.outbox()))
    time.sleep(0.3)
    assert office.stop() < 15
    assert {row.state for row in office.outbox()} <= {"queued", "sending", "unknown"}


def test_a_password_file_that_is_away_for_a_moment_does_not_end_the_reading(opened: Opened):
    office = opened(starts_daemon=False)
    password = office.config.imap.password_file
    assert password
    away = password.rename(password.with_suffix(".away"))
    office.start()
    time.sleep(0.5)
    away.rename(password)
    anne = Student(office, ANNE)
    anne.presses(anne.is_asked())
    anne.gets("payment_slip")
