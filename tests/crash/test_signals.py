"""The installed command, as systemd starts and ends it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from servers.office import ANNE, EmbeddedOffice
from stories.cast import Student
from stories.running import RunningOffice

COMMAND = Path(sys.executable).with_name("mailflow")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_within_seconds_and_it_has_lost_nothing(
    number: signal.Signals, embedded: EmbeddedOffice, tmp_path: Path
):
    with RunningOffice(embedded, tmp_path / "office", starts_daemon=False) as office:
        anne = Student(office, ANNE)
        anne.registers()
        run = [str(COMMAND), "run", "--config", str(office.config_file)]
        daemon = subprocess.Popen(run, stderr=subprocess.PIPE, env={**os.environ}, text=True)
        anne.presses(anne.gets("data_confirmation"))
        begun = time.monotonic()
        daemon.send_signal(number)
        _, told = daemon.communicate(timeout=30)
        assert time.monotonic() - begun < 10
        assert daemon.returncode == 0
        assert "daemon=stopped" in told
        assert ANNE not in told
        assert {row.state for row in office.outbox()} <= {"sent", "queued"}
        office.start()
        anne.gets("payment_slip")
