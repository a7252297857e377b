"""The few questions of `mailflow init`, and their checked answers."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol, cast, get_args

from mailflow.campaign import CampaignError, load_campaign
from mailflow.config import Server
from mailflow.setup.patterns import SetupError, shipped

Login = Literal["password", "oauth", "none"]
Said = Mapping[str, str]  # answers so far, by the name of their question


class Ask(Protocol):
    """Puts one question to a person; returns `default` when nothing is answered."""

    def __call__(self, question: str, *, default: str = "", secret: bool = False) -> str: ...


def take_default(question: str, *, default: str = "", secret: bool = False) -> str:  # noqa: ARG001
    """An `Ask` when nobody is there: what was not given takes its default."""
    return default


@dataclass(frozen=True, slots=True)
class MailServer:
    """One mail server as answered; TLS follows from the port, none only on this machine."""

    host: str
    port: int

    @classmethod
    def parse(cls, text: str, *, port: int) -> "MailServer":
        host, _, own_port = text.partition(":")
        return cls(host, int(own_port or port))

    @property
    def security(self) -> str:
        if self.port in (993, 465):
            return "tls"
        here = Server(host=self.host, port=self.port, security="starttls").is_loopback
        return "none" if here else "starttls"


@dataclass(frozen=True, slots=True)
class Answers:
    """What an office says. A missing password can be put into its file later."""

    office: str
    office_name: str
    imap: MailServer
    smtp: MailServer
    login: Login
    username: str
    campaign: Path
    imap_password: str = field(default="", repr=False)
    smtp_password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Question:
    """`problem` gives "" or what to answer instead; `when` whether the question applies at all."""

    name: str
    text: str
    default: Callable[[Said], str] = lambda _: ""
    problem: Callable[[str], str] = lambda _: ""
    when: Callable[[Said], bool] = lambda _: True
    secret: bool = False


def _address_problem(answer: str) -> str:
    fits = re.fullmatch(r"[A-Za-z0-9._-]{1,24}@[A-Za-z0-9.-]{1,200}", answer)
    return "" if fits else "one plain address, at most 24 characters before the @"


def _line_problem(answer: str) -> str:
    return "" if answer.strip() and answer.isprintable() else "one line, not empty"


def _password_problem(answer: str) -> str:
    return "" if answer == "" or answer.isprintable() else "one line"


def _server_problem(answer: str) -> str:
    match = re.fullmatch(r"[A-Za-z0-9.-]{1,253}(?::([0-9]{1,5}))?", answer)
    fits = match and 0 < int(match[1] or 1) < 65536
    return "" if fits else "a host name, or host:port"


def _login_problem(answer: str) -> str:
    return "" if answer in get_args(Login) else f"one of {', '.join(get_args(Login))}"


def _campaign_problem(answer: str) -> str:
    try:
        load_campaign(Path(answer))
    except (CampaignError, OSError) as error:
        return str(error)
    return ""


def _domain(said: Said) -> str:
    return said["office"].partition("@")[2]


def _by_password(said: Said) -> bool:
    return said["login"] == "password"


QUESTIONS = (
    Question("office", "Address that students write to", problem=_address_problem),
    Question("office_name", "Name that letters come from", problem=_line_problem),
    Question("imap", "IMAP server", lambda said: f"imap.{_domain(said)}", _server_problem),
    Question("smtp", "SMTP server", lambda said: f"smtp.{_domain(said)}", _server_problem),
    Question("login", "Log in by password, oauth or none", lambda _: "password", _login_problem),
    Question(
        "username",
        "User name",
        lambda said: said["office"],
        _line_problem,
        lambda said: said["login"] != "none",
    ),
    Question(
        "imap_password",
        "Password (empty: later, in its file)",
        problem=_password_problem,
        when=_by_password,
        secret=True,
    ),
    Question(
        "smtp_password",
        "Password at the SMTP server (empty: the same)",
        lambda said: said["imap_password"],
        _password_problem,
        when=_by_password,
        secret=True,
    ),
    Question(
        "campaign",
        "Campaign file",
        lambda _: str(shipped("campaigns/114-2.toml")),
        _campaign_problem,
    ),
)


def ask_for(ask: Ask, given: Said) -> Answers:
    """Checked answers: those `given` as options, the others asked for, three times at most.

    Raises SetupError naming every answer that will not do.
    """
    said: dict[str, str] = {}
    problems = []
    for question in QUESTIONS:
        if not question.when(said):
            said[question.name] = ""
            continue
        answer, problem = _answer(question, ask, given=given.get(question.name), said=said)
        said[question.name] = answer
        if problem:
            problems.append(f"{question.name}: {problem}")
    if problems:
        raise SetupError("\n".join(problems))
    return Answers(
        office=said["office"],
        office_name=said["office_name"],
        imap=MailServer.parse(said["imap"], port=993),
        smtp=MailServer.parse(said["smtp"], port=465),
        login=cast(Login, said["login"]),
        username=said["username"],
        campaign=Path(said["campaign"]),
        imap_password=said["imap_password"],
        smtp_password=said["smtp_password"],
    )


def _answer(question: Question, ask: Ask, *, given: str | None, said: Said) -> tuple[str, str]:
    if given is not None:
        return given, question.problem(given)
    text, answer, problem = question.text, "", ""
    for _ in range(3):
        answer = ask(text, default=question.default(said), secret=question.secret)
        problem = question.problem(answer)
        if not problem:
            break
        text = f"{question.text} ({problem})"
    return answer, problem
