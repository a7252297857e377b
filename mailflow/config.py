"""`config.toml` and credential files as frozen values; every mistake told at once, with a remedy.

Secrets are files, never values in `config.toml`. A relative path counts from the folder of the
configuration file; a bare name such as `imap-password` is first looked for in systemd's
`$CREDENTIALS_DIRECTORY`.
"""

import ipaddress
import os
import re
import ssl
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from mailflow import saying
from mailflow.refusals import problems

_ADDRESS = re.compile(r"[A-Za-z0-9._-]{1,24}@[A-Za-z0-9.-]{1,200}")


class ConfigError(ValueError):
    """The configuration can't be used; the text lists every problem with its remedy."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Server(_Strict):
    """How to reach one mail server.

    `security` is `tls` (from the first byte), `starttls`, or `none`, which only a loopback address
    may have. `password_file` or `oauth_token_file` (XOAUTH2; the file is read at each login, so
    whatever refreshes the token only has to replace it). `ca_file` adds a private authority.
    """

    host: str
    port: int = Field(gt=0, lt=65536)
    security: Literal["tls", "starttls", "none"] = "tls"
    username: str = ""
    password_file: Path | None = None
    oauth_token_file: Path | None = None
    ca_file: Path | None = None
    timeout_seconds: float = Field(default=60, gt=0)

    @model_validator(mode="after")
    def _plain_only_on_loopback(self) -> "Server":
        if self.security == "none" and not self.is_loopback:
            raise ValueError(
                f'{self.host} is not this machine: set security to "tls" or "starttls"'
            )
        if self.password_file and self.oauth_token_file:
            raise ValueError("give password_file or oauth_token_file, not both")
        return self

    @property
    def is_loopback(self) -> bool:
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def tls_context(self) -> ssl.SSLContext:
        """A context that checks certificate and host name, TLS 1.2 or newer."""
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if self.ca_file:
            context.load_verify_locations(self.ca_file)
        return context


class Imap(Server):
    """The office's inbox. `sent_folder` is where the provider keeps what was sent ('' = none)."""

    port: int = Field(default=993, gt=0, lt=65536)
    folder: str = "INBOX"
    processed_folder: str = "Processed"
    held_folder: str = "Held"
    sent_folder: str = ""
    idle_seconds: float = Field(default=480, gt=0, lt=540)
    poll_seconds: float = Field(default=60, gt=0)
    compare_seconds: float = Field(default=900, gt=0)
    max_message_bytes: int = Field(default=30_000_000, ge=10_000)


class Smtp(Server):
    """The relay. `per_minute` is a pace that survives a restart (0 = no limit)."""

    port: int = Field(default=465, gt=0, lt=65536)
    per_minute: int = Field(default=30, ge=0)
    data_timeout_seconds: float = Field(default=600, gt=0)


class Store(_Strict):
    """`url` is an SQLAlchemy URL; SQLite by default. `keys_file` holds the office's keys."""

    url: str
    keys_file: Path

    @field_validator("url")
    @classmethod
    def _of_a_kind_we_know(cls, url: str) -> str:
        if not url.startswith(
            ("sqlite:///", "postgres://", "postgresql://", "postgresql+psycopg://")
        ):
            raise ValueError("write sqlite:///FILE or postgresql+psycopg://USER@HOST/DATABASE")
        return url


class Limits(_Strict):
    """Caps on what the machine does alone."""

    answers_per_person_and_day: int = Field(default=10, ge=1)
    letters_per_hour: int = Field(default=600, ge=1)
    strangers_per_day: int = Field(default=50, ge=0)
    parse_seconds: float = Field(default=20, gt=0, le=50)
    picture_seconds: float = Field(default=45, gt=0, le=50)
    child_megabytes: int = Field(default=2048, ge=256)
    pictures_per_message: int = Field(default=6, ge=1)


class Receipts(_Strict):
    """Which eyes read pictures; without one that is installed, proofs go to staff. `rapidocr` reads
    pages and `tesseract` confirms the amount; `tesseract` alone reads everything, less well."""

    engines: tuple[Literal["rapidocr", "tesseract"], ...] = ("rapidocr", "tesseract")
    workers: int = Field(default=2, ge=1, le=16)


class Retention(_Strict):
    """How many days after a round's end its data are kept: pictures of proofs; raw mail and
    letters; cases, with which the person is erased. A subject that was passed counts for three
    years and a retake earns the earlier half back, so cases are of use for so long."""

    receipts_days: int = Field(default=90, ge=0)
    mail_days: int = Field(default=30, ge=0)
    cases_days: int = Field(default=1185, ge=0)


class Import(_Strict):
    """A folder into which the office drops the form's export, again and again as it grows.

    Files stay where they are. A file counts once it has not changed for `stable_seconds`.
    """

    folder: Path | None = None
    stable_seconds: float = Field(default=5, gt=0)
    poll_seconds: float = Field(default=10, gt=0)


class Staff(_Strict):
    """The daily digest: to whom ('' = none), from which hour of a working day, and whether a day
    on which nothing waits is told too."""

    digest_to: str = Field(default="", pattern=r"^$|^[^@\s,;<>]+@[A-Za-z0-9.-]+$")
    digest_at: int = Field(default=8, ge=0, le=23)
    digest_when_empty: bool = False


class _Toml(BaseSettings):
    model_config = SettingsConfigDict(frozen=True, extra="forbid", env_prefix="MAILFLOW_NOENV_")


class Config(_Toml):
    """Everything an office sets. Build it with `load_config`."""

    office: Annotated[str, Field(description="the address students write to")]
    office_name: str
    campaign: Path
    templates: Path | None = None
    imap: Imap
    smtp: Smtp
    store: Store
    limits: Limits = Limits()
    receipts: Receipts = Receipts()
    retention: Retention | None = None
    imports: Import = Field(default=Import(), alias="import")
    staff: Staff = Staff()
    shadow: bool = False
    unknown_wait_minutes: float = Field(default=10, ge=0)
    office_hours: tuple[int, int] = (0, 24)

    @field_validator("office")
    @classmethod
    def _address_fits(cls, office: str) -> str:
        if not _ADDRESS.fullmatch(office):
            raise ValueError(
                "write one plain address whose part before @ has at most 24 characters, so that "
                "a tag fits behind it"
            )
        return office

    @field_validator("office_hours")
    @classmethod
    def _hours_of_a_day(cls, hours: tuple[int, int]) -> tuple[int, int]:
        if not 0 <= hours[0] < hours[1] <= 24:
            raise ValueError("write [first, last] with 0 ≤ first < last ≤ 24")
        return hours

    @model_validator(mode="after")
    def _staff_read_elsewhere(self) -> "Config":
        if self.staff.digest_to.lower() == self.office.lower():
            raise ValueError(
                "staff.digest_to: write an address of staff, not the mailbox that is read here"
            )
        return self


def load_config(path: Path) -> Config:
    """Read and check `config.toml`; raises ConfigError naming every problem."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(
            saying.both(
                f"找不到設定檔 {path}：請在本室的資料夾裡執行，或以 --config 指定",
                f"{path} does not exist: write one with `mailflow init`",
            )
        ) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from error
    try:
        folder = path.resolve().parent
        config = Config.model_validate(_with_import(_resolve(_with_store(data), folder), folder))
    except ValidationError as error:
        raise ConfigError("\n".join(problems(path, error, sample="config.toml"))) from error
    missing = [str(file) for file in _files(config) if not file.exists()]
    if missing:
        raise ConfigError("\n".join(f"{path}: {name} does not exist" for name in missing))
    return config


def read_secret(path: Path) -> str:
    """The one-line secret in a file; raises ConfigError when it can't be read."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}; the secret must be readable") from error


def _with_store(data: dict[str, Any]) -> dict[str, Any]:
    """Defaults that are paths count from the configuration file's folder like any other."""
    given = data.get("store", {})
    if not isinstance(given, dict):
        return data
    defaults = {"url": "sqlite:///var/mailflow.sqlite", "keys_file": "var/mailflow.keys"}
    return {**data, "store": defaults | given}


def _with_import(data: dict[str, Any], folder: Path) -> dict[str, Any]:
    """`imap.folder` is a name, `import.folder` a path."""
    given = data.get("import")
    if not isinstance(given, dict) or not isinstance(given.get("folder"), str):
        return data
    return {**data, "import": {**given, "folder": str(folder / given["folder"])}}


_PATHS = {"campaign", "templates", "password_file", "oauth_token_file", "ca_file", "keys_file"}


def _resolve(data: dict[str, Any], folder: Path) -> dict[str, Any]:
    resolved: dict[str, Any] = {}
    for key, value in data.items():
        if isinstance(value, dict):
            resolved[key] = _resolve(value, folder)
        elif key in _PATHS and isinstance(value, str):
            resolved[key] = str(_find(value, folder))
        elif key == "url" and isinstance(value, str) and value.startswith("sqlite:///"):
            resolved[key] = f"sqlite:///{folder / value.removeprefix('sqlite:///')}"
        else:
            resolved[key] = value
    return resolved


def _find(name: str, folder: Path) -> Path:
    credentials = os.environ.get("CREDENTIALS_DIRECTORY")
    if credentials and "/" not in name and (Path(credentials) / name).exists():
        return Path(credentials) / name
    return folder / name


def _files(config: Config) -> list[Path]:
    servers = (config.imap, config.smtp)
    optional = [s.password_file for s in servers] + [s.oauth_token_file for s in servers]
    optional += [s.ca_file for s in servers] + [config.templates, config.imports.folder]
    return [config.campaign, *(file for file in optional if file)]
