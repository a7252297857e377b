"""What `mailflow init` writes and installs, once the questions are answered."""

import compileall
import os
import pwd
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from mailflow.setup.patterns import SetupError, fill, shipped
from mailflow.setup.questions import Answers

SYSTEM_FOLDER = Path("/etc/mailflow")
STATE_FOLDER = Path("/var/lib/mailflow")
UNIT = Path("/etc/systemd/system/mailflow.service")
USER = "mailflow"
_KEYS = "mailflow.keys"


def config_text(answers: Answers, *, system: bool) -> str:
    """`config.toml` with these answers, and all comments and defaults of the sample."""
    data = STATE_FOLDER if system else Path("var")
    values: dict[str, str | int | None] = {
        "office": answers.office,
        "office_name": answers.office_name,
        "campaign": f"campaigns/{answers.campaign.name}",
        "store.url": f"sqlite:///{data}/mailflow.sqlite",
        "store.keys_file": "mailflow.keys",
    }
    for name, server in (("imap", answers.imap), ("smtp", answers.smtp)):
        values |= {
            f"{name}.host": server.host,
            f"{name}.port": server.port,
            f"{name}.security": server.security,
            f"{name}.username": answers.username,
            f"{name}.password_file": f"{name}-password" if answers.login == "password" else None,
            f"{name}.oauth_token_file": f"{name}-token" if answers.login == "oauth" else None,
        }
    return fill(shipped("config.toml").read_text(encoding="utf-8"), values)


def unit_text(answers: Answers, *, folder: Path, program: Path) -> str:
    """The unit that comes along, for the environment `program` and the configuration in `folder`.

    Raises SetupError when the unit, closed as it is, could not reach its own program.
    """
    closed = ("/home/", "/root/", "/run/user/", "/tmp/", "/var/tmp/")  # noqa: S108
    homes = {str(program), str(Path(program, "bin/python").resolve())}
    if unreachable := [path for path in homes if f"{path}/".startswith(closed)]:
        raise SetupError(
            f"{unreachable[0]}: a service may not look into private folders; install mailflow, "
            "with the system's own Python, in /opt/mailflow"
        )
    for path in (program, folder):
        if not re.fullmatch(r"[A-Za-z0-9/._-]+", str(path)):
            raise SetupError(f"{path}: a unit needs a path of plain letters without spaces")
    text = shipped("deploy/mailflow.service").read_text(encoding="utf-8")
    text = text.replace("/opt/mailflow/.venv", str(program)).replace("/etc/mailflow", str(folder))
    if answers.login != "password":
        text = re.sub(r"LoadCredential=(imap|smtp)-password:[^\n]*\n", "", text)
    return text


def set_up(answers: Answers, folder: Path, *, system: bool = False) -> list[str]:
    """Write everything into `folder`; with `system` also user, state folder and unit, as root.

    Returns what was done and the next command, line by line. Raises SetupError, and then no new
    file is left behind.
    """
    from mailflow.store.keys import KeysError  # the store is heavy to load, and only this needs it

    if system and os.geteuid() != 0:
        raise SetupError("setting up the system needs root: sudo mailflow init --system")
    files = _texts(answers, folder, system=system)
    _refuse_to_overwrite(files, folder / _KEYS)
    new = [path for path in (*files, folder / _KEYS) if not path.exists()]
    try:
        done = _make_user() if system else []
        done += _write(new, files)
        if system:
            _hand_over([folder, folder / "campaigns", *(set(files) - {UNIT}), folder / _KEYS])
            done += _install() + _compile()
    except (OSError, KeysError, SetupError) as error:
        for path in filter(Path.exists, new):
            path.unlink()
        raise SetupError(f"{error}; nothing was set up") from error
    return [*done, *_next_steps(answers, folder, system=system)]


def _texts(answers: Answers, folder: Path, *, system: bool) -> dict[Path, str]:
    files = {
        folder / "config.toml": config_text(answers, system=system),
        folder / "campaigns" / answers.campaign.name: answers.campaign.read_text(encoding="utf-8"),
    }
    if answers.login == "password":
        files[folder / "imap-password"] = answers.imap_password + "\n"
        files[folder / "smtp-password"] = answers.smtp_password + "\n"
    if system:
        files[UNIT] = unit_text(answers, folder=folder, program=Path(sys.prefix))
    return files


def _refuse_to_overwrite(files: Mapping[Path, str], keys: Path) -> None:
    there = [path for path in files if path.exists() and path.read_bytes() != files[path].encode()]
    there += [keys] if keys.exists() else []
    if there:
        names = ", ".join(map(str, there))
        raise SetupError(f"{names}: exists and is kept; move it away, or give another folder")


def _is_secret(path: Path) -> bool:
    return path.name.endswith(("-password", ".keys"))


def _write(new: Iterable[Path], files: Mapping[Path, str]) -> list[str]:
    from mailflow.store.keys import new_keys_file

    for path in new:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.name == _KEYS:
            new_keys_file(path)
            continue
        mode = 0o600 if _is_secret(path) else 0o644
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(files[path])
    return [f"wrote {path}" for path in new]


def _make_user() -> list[str]:
    try:
        pwd.getpwnam(USER)
    except KeyError:
        home = ("--home-dir", str(STATE_FOLDER), "--shell", "/usr/sbin/nologin")
        _run("useradd", "--system", "--user-group", *home, USER)
        return [f"made the system user {USER}"]
    return []


def _hand_over(paths: Iterable[Path]) -> None:
    """The daemon's user reads its configuration and owns its secrets; nobody else sees either."""
    STATE_FOLDER.mkdir(mode=0o700, exist_ok=True)
    shutil.chown(STATE_FOLDER, USER, USER)
    for path in paths:
        shutil.chown(path, USER if _is_secret(path) else "root", USER)
        path.chmod(0o600 if _is_secret(path) else 0o750 if path.is_dir() else 0o640)


def _install() -> list[str]:
    if not Path("/run/systemd/system").is_dir():
        return [f"systemd is not running here: later, systemctl enable {UNIT.stem}"]
    _run("systemctl", "daemon-reload")
    _run("systemctl", "enable", "--quiet", UNIT.stem)
    return [f"{UNIT.stem} will start with the machine"]


def _compile() -> list[str]:
    """The daemon's user may not write beside the program, so its bytecode is made here, once."""
    for folder in (Path(sys.prefix, "lib"), Path(__file__).resolve().parent.parent):
        compileall.compile_dir(folder, quiet=2, workers=0)
    return ["compiled the program, so that commands start quickly"]


def _run(*command: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise SetupError(f"{command[0]} is missing on this machine") from error
    except subprocess.CalledProcessError as error:
        raise SetupError(f"{' '.join(command)}: {error.stderr.strip()}") from error


def _next_steps(answers: Answers, folder: Path, *, system: bool) -> list[str]:
    steps = []
    for name in ("imap", "smtp"):
        if answers.login == "password" and not getattr(answers, f"{name}_password"):
            steps.append(f"write the password into {folder / f'{name}-password'}")
        elif answers.login == "oauth":
            steps.append(f"let your sign-in tool keep its token in {folder / f'{name}-token'}")
    steps.append(f"keep a copy of {folder / _KEYS} in a safe place, apart from backups")
    mailflow = f"sudo -u {USER} {sys.prefix}/bin/mailflow" if system else "mailflow"
    for verb in ("db upgrade", "check"):
        steps.append(f"next: {mailflow} {verb} --config {folder / 'config.toml'}")
    if system:
        steps.append(f"then: sudo systemctl start {UNIT.stem}")
    return steps
