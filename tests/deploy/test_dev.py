"""`./dev`, the one door to the project."""

import os
import subprocess
import time
from pathlib import Path

import pytest

DEV = Path(__file__).resolve().parents[2] / "dev"

pytestmark = pytest.mark.skipif(
    not (DEV.parent / ".venv/.synced").exists(),
    reason="./dev has not made this environment, so it would install now",
)


def dev(*words: str, cwd: Path, program: Path = DEV) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program, *words], cwd=cwd, capture_output=True, text=True, check=False, timeout=60
    )


def test_a_command_runs_in_the_environment_and_in_the_folder_of_its_caller(tmp_path: Path) -> None:
    folder = tmp_path / "my letters"
    folder.mkdir()
    show = "import os, sys; print(sys.prefix); print(os.getcwd()); print(sys.argv[1:])"

    done = dev("python", "-c", show, "a b", "*", cwd=folder)

    assert done.stdout.splitlines() == [str(DEV.parent / ".venv"), str(folder), "['a b', '*']"]


def test_it_is_found_through_a_symlink_in_a_folder_with_spaces(tmp_path: Path) -> None:
    link = tmp_path / "a folder" / "dev of mailflow"
    link.parent.mkdir()
    link.symlink_to(os.path.relpath(DEV, link.parent))

    done = dev("python", "-c", "print('here')", cwd=tmp_path, program=link)

    assert (done.returncode, done.stdout) == (0, "here\n")


def test_exit_codes_pass_through(tmp_path: Path) -> None:
    assert dev("python", "-c", "raise SystemExit(7)", cwd=tmp_path).returncode == 7
    assert dev(cwd=tmp_path).returncode == 2
    assert dev("bench", "no-such-benchmark", cwd=tmp_path).returncode == 2


def test_help_names_every_command(tmp_path: Path) -> None:
    done = dev("--help", cwd=tmp_path)

    assert done.returncode == 0
    for word in ("demo", "test", "check", "setup", "bench", "fresh-machine"):
        assert f"\n  {word} " in done.stdout


def test_with_nothing_missing_it_costs_no_time(tmp_path: Path) -> None:
    def seconds() -> float:
        started = time.monotonic()
        dev("true", cwd=tmp_path)
        return time.monotonic() - started

    assert min(seconds() for _ in range(5)) < 0.3
