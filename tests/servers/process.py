"""Start a server program in the foreground, as an unprivileged user where that is possible."""

import grp
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import pytest


def needed(*programs: str, root: bool = False) -> None:
    """Skip the test with a loud reason, or fail it where the real servers are required (CI)."""
    missing = [program for program in programs if not shutil.which(program, path=search_path())]
    problem = f"not installed: {', '.join(missing)}" if missing else ""
    if root and os.geteuid() != 0:
        problem = f"{problem or programs[0]}; it must be started as root"
    if not problem:
        return
    if os.environ.get("MAILFLOW_REQUIRE_REAL") == "1":
        pytest.fail(f"required here: {problem}")
    pytest.skip(f"REAL SERVER NOT TESTED: {problem}")


def search_path() -> str:
    postgres = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin", *map(str, postgres)])


def program(name: str) -> str:
    return shutil.which(name, path=search_path()) or name


def free_port(host: str = "127.0.0.1") -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def as_user(name: str, command: Sequence[str]) -> list[str]:
    """The command, run as `name` when we are root, else as ourselves."""
    if os.geteuid() != 0:
        return list(command)
    user = pwd.getpwnam(name)
    ids = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    return ["setpriv", *ids, *command]


def me_or(name: str) -> tuple[str, str]:
    """The user and group a server runs as: `name` when we are root, else ourselves."""
    user = pwd.getpwnam(name) if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    return user.pw_name, grp.getgrgid(user.pw_gid).gr_name


def give_to(name: str, *paths: Path) -> None:
    """Hand files to `name` when we are root."""
    if os.geteuid() == 0:
        user = pwd.getpwnam(name)
        for path in paths:
            os.chown(path, user.pw_uid, user.pw_gid)


def start(command: Sequence[str], log: Path, **options: object) -> subprocess.Popen[bytes]:
    with log.open("ab") as output:
        return subprocess.Popen(command, stdout=output, stderr=output, **options)  # type: ignore[call-overload]


def wait_for_port(process: subprocess.Popen[bytes], address: tuple[str, int], log: Path) -> None:
    """Until the port answers; fails with the end of the log."""
    for _ in range(1000):
        try:
            socket.create_connection(address, timeout=1).close()
            return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.01)
    stop(process)
    logs = [path for path in (log, log.parent / "output") if path.exists()]
    tail = "\n".join(path.read_text(errors="replace")[-2000:] for path in logs)
    raise RuntimeError(f"{process.args} does not answer on {address}\n{tail}")


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
