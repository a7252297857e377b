"""The unit on a real boot: systemd starts what `mailflow init --system` has set up.

It runs in a container that sees this machine's own files through a throw-away layer. First a probe
takes the daemon's place, because it can also try what is forbidden; then the daemon itself works,
with the embedded mail servers beside it.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.realmail, pytest.mark.timeout(600)]

PROJECT = Path(__file__).resolve().parents[2]
PARTS = (
    "mailflow",
    "templates",
    "campaigns",
    "deploy",
    "config.toml",
    "pyproject.toml",
    "uv.lock",
    "README.md",
)

INIT = """
from pathlib import Path
from mailflow.setup import SYSTEM_FOLDER, ask_for, set_up, take_default

given = {
    "office": "ipas@office.example.edu.tw",
    "office_name": "iPAS",
    "imap": "127.0.0.1:1143",
    "smtp": "127.0.0.1:1025",
    "imap_password": "wrong-horse",
}
print(*set_up(ask_for(take_default, given), SYSTEM_FOLDER, system=True), sep="\\n")
"""
PROBE = """
[Service]
ExecStartPre=
ExecStart=
ExecStart=/opt/mailflow/.venv/bin/python -I /opt/mailflow/probe.py
WatchdogSec=4
RestartSec=1
"""
TARGET = """
[Unit]
Requires=basic.target mailflow.service drive.service
After=basic.target
AllowIsolate=yes
"""
DRIVER_UNIT = """
[Unit]
After=basic.target
[Service]
Type=oneshot
ExecStart=/bin/sh /drive
ExecStopPost=/bin/systemctl poweroff --force --force
TimeoutStartSec=240
"""
DRIVER = """
state=/var/lib/mailflow
until_there() { for i in $(seq 600); do [ -e "$1" ] && return; sleep 0.2; done; }
shown() { systemctl show mailflow -p "$1" --value; }
until_there $state/report-1.json
until_there $state/report-2.json
sleep 1
echo "after_hang=$(shown NRestarts) $(shown ActiveState)"
systemctl kill --signal=KILL mailflow
until_there $state/report-3.json
sleep 1
echo "after_kill=$(shown NRestarts) $(shown ActiveState) $(shown StatusText)"
before=$(date +%s%N)
systemctl stop mailflow
echo "stop_ms=$(( ($(date +%s%N) - before) / 1000000 ))"
echo "after_stop=$(shown Result) $(shown ActiveState)"

mkdir /kept && mv $state/* /kept
rm /etc/systemd/system/mailflow.service.d/probe.conf
printf '[Service]\\nWatchdogSec=4\\n' >/etc/systemd/system/mailflow.service.d/impatient.conf
systemctl daemon-reload
systemd-run --quiet --unit=mail-servers /opt/mailflow/.venv/bin/python /opt/mailflow/mail_servers.py
sleep 2
systemctl start mailflow
echo "daemon_start=$? $(shown ActiveState)"
sleep 6
echo "daemon_later=$(shown NRestarts) $(shown ActiveState)"
export MAILFLOW_CONFIG=/etc/mailflow/config.toml
runuser -u mailflow -- /opt/mailflow/.venv/bin/mailflow status
echo "staff=$?"
systemctl stop mailflow
echo "daemon_stop=$(shown Result) $(shown ActiveState)"
journalctl -u mailflow -u mail-servers --no-pager >/journal 2>&1
"""


def run(*command: str | Path, **options: Any) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The root folder of a copy of this machine with mailflow in /opt, set up by `init`."""
    if lacks := lacking():
        if os.environ.get("MAILFLOW_REQUIRE_REAL") == "1":
            pytest.fail(f"required here: {', '.join(lacks)}")
        pytest.skip(f"THE UNIT WAS NOT BOOTED, this machine lacks {', '.join(lacks)}")
    layer = tmp_path_factory.mktemp("layer")
    run("mount", "-t", "tmpfs", "-o", "size=2g", "tmpfs", layer)
    try:
        for name in ("upper", "work", "root"):
            (layer / name).mkdir()
        layers = f"lowerdir=/,upperdir={layer}/upper,workdir={layer}/work"
        run("mount", "-t", "overlay", "-o", layers, "overlay", layer / "root")
        install(layer / "root")
        yield layer / "root"
    finally:
        subprocess.run(("umount", layer / "root"), check=False)
        run("umount", layer)


def lacking() -> list[str]:
    lacks = [name for name in ("systemd-nspawn", "systemctl") if not shutil.which(name)]
    lacks += [] if uv() else ["uv"]
    lacks += [] if os.path.ismount("/sys/fs/cgroup") else ["/sys/fs/cgroup"]
    may_mount = subprocess.run(("unshare", "--mount", "true"), check=False, capture_output=True)
    lacks += [] if os.geteuid() == 0 and may_mount.returncode == 0 else ["the right to mount"]
    return lacks


def uv() -> str | None:
    own = PROJECT / ".uv/bin/uv"
    return shutil.which("uv") or (str(own) if own.exists() else None)


def container(root: Path, *command: str, network: bool = False, boot: bool = False) -> str:
    """Run a command, or systemd itself, in the copy."""
    names = ("SSL_CERT_FILE", "http_proxy", "https_proxy", "no_proxy", "PATH", "HOME")
    return run(
        *("systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--console=pipe"),
        *(f"--setenv={name}" for name in names if name in os.environ and not boot),
        *(() if network else ("--private-network",)),
        *(("--boot",) if boot else ()),
        *("-D", str(root), "--", *command),
        timeout=300,
    )


def install(root: Path) -> None:
    """As the runbook says: the project in /opt, its environment from the system's Python, init."""
    program = root / "opt/mailflow"
    for old in (program, root / "etc/mailflow", root / "var/lib/mailflow"):
        shutil.rmtree(old, ignore_errors=True)  # in the copy alone
    program.mkdir()
    for name in PARTS:
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copy
        copy(PROJECT / name, program / name)
    for script in (PROJECT / "tests/deploy/boot").glob("*.py"):
        shutil.copy(script, program)
    sync = f"{uv()} sync --project /opt/mailflow --python /usr/bin/python3 --frozen --no-dev"
    container(root, *sync.split(), network=True)
    print(container(root, "/opt/mailflow/.venv/bin/python", "-I", "-c", INIT))


@pytest.fixture(scope="module")
def happened(machine: Path) -> dict[str, str]:
    """What the driver saw between boot and power-off."""
    units = machine / "etc/systemd/system"
    (units / "mailflow.service.d").mkdir()
    (units / "mailflow.service.d/probe.conf").write_text(PROBE)
    (units / "proof.target").write_text(TARGET)
    (units / "drive.service").write_text(DRIVER_UNIT)
    (machine / "drive").write_text(f"exec >/happened 2>&1\n{DRIVER}")
    print(container(machine, "--unit=proof.target", boot=True)[-3000:])
    print(report(machine))
    for name in ("happened", "journal"):
        print((machine / name).read_text())
    lines = (machine / "happened").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def report(machine: Path) -> dict[str, list[str]]:
    text = (machine / "kept/report-1.json").read_text()
    return {name: list(result) for name, result in json.loads(text).items()}


def test_the_closed_unit_still_does_its_work(machine: Path, happened: dict[str, str]) -> None:
    results = report(machine)

    assert "600" in results["reads_pictures"][1]
    assert results["renders_pdf"] == ["done", "(200, 100)"]
    assert results["reads_heic"] == ["done", "(64, 32)"]
    assert results["contains_a_call"] == ["done", "b'aGVsbG8='"]
    assert results["reads_with_models"] == ["done", "True"]
    assert results["keeps_a_database"] == ["done", "wal"]
    assert results["calls_out"] == ["done", "connected"]


def test_the_secrets_come_as_credentials(machine: Path, happened: dict[str, str]) -> None:
    done, said = report(machine)["reads_its_configuration"]

    assert (done, said) == ("done", "/run/credentials/mailflow.service/imap-password wrong-horse")


def test_what_the_daemon_never_needs_is_refused(machine: Path, happened: dict[str, str]) -> None:
    results = report(machine)

    for action in (
        "writes_to_etc",
        "looks_into_root",
        "runs_what_it_wrote",
        "makes_memory_executable",
        "opens_a_raw_socket",
    ):
        assert results[action][0] == "refused", results[action]


def test_a_daemon_that_hangs_or_dies_is_started_again(happened: dict[str, str]) -> None:
    assert happened["after_hang"] == "1 active"
    assert happened["after_kill"] == "2 active reading mail"


def test_it_stops_when_told_and_counts_as_stopped_well(
    machine: Path, happened: dict[str, str]
) -> None:
    assert (machine / "kept/stopped").exists()
    assert happened["after_stop"] == "success inactive"
    assert int(happened["stop_ms"]) < 5000


def test_the_daemon_itself_gets_ready_and_feeds_the_watchdog(happened: dict[str, str]) -> None:
    assert happened["daemon_start"] == "0 active"
    assert happened["daemon_later"] == "0 active"
    assert happened["daemon_stop"] == "success inactive"


def test_staff_use_the_same_store_beside_the_daemon(happened: dict[str, str]) -> None:
    assert happened["staff"] == "0"
