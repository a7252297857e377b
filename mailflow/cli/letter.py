"""`mailflow letter …`: what letters say, in which version, and what went out."""

import json
import tempfile
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from mailflow.campaign.round import TAIPEI
from mailflow.cli.office import DEFAULT_CONFIG, ConfigFile, Json, fail, office, who
from mailflow.cli.private_files import write_private
from mailflow.desk.previewing import letter_for, sample_letters
from mailflow.letters.preview import page
from mailflow.runners.loop import utc_now
from mailflow.store import wordings
from mailflow.store.audit import record
from mailflow.workflow import Letter

app = typer.Typer(no_args_is_help=True)


@app.command("preview")
def preview(
    letter: Annotated[Letter, typer.Argument(help="its name, as in `letter list`")],
    case: Annotated[str, typer.Option("--case", help="with the data of this case")] = "",
    sample: Annotated[
        bool, typer.Option("--sample", help="with invented data, in every way it can look")
    ] = False,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="an HTML file to write")] = None,
    open_it: Annotated[bool, typer.Option("--open", help="show it in the browser")] = False,
    config: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """Render a letter, text and HTML, into a file. Nothing is sent; its button means nothing."""
    if bool(case) == sample:
        raise typer.BadParameter("say --case NUMBER or --sample")
    if out is None and not open_it:
        raise typer.BadParameter("say --out FILE or --open")
    now = utc_now()
    with office(config) as (_, store, rules):
        if sample:
            letters = sample_letters(rules, letter, now=now)
        else:
            with store.write() as tx:
                number, message = letter_for(tx, rules, letter, case, now=now)
                letters = [message]
                record(tx, "letter previewed", subject=number, actor=who(), why=letter, now=now)
        version = rules.composer.wording(letter).version
        path = out or Path(tempfile.mkdtemp(prefix="mailflow-preview-")) / f"{letter}.html"
        title = f"{letter} {version}"
        write_private(path, page(letters, title=title, note=title).encode())
    print(path)
    if open_it and not webbrowser.open(path.resolve().as_uri()):
        fail(f"no browser here: open {path} yourself")


@app.command("list")
def list_letters(config: ConfigFile = DEFAULT_CONFIG, as_json: Json = False) -> None:
    """Every letter and the version of its wording now."""
    with office(config) as (_, _store, rules):
        for letter in Letter:
            version = rules.composer.wording(letter).version
            told = {"letter": letter.value, "version": version}
            print(json.dumps(told) if as_json else f"{version}  {letter}")


@app.command("versions")
def versions(config: ConfigFile = DEFAULT_CONFIG, as_json: Json = False) -> None:
    """Every version of a wording that letters were made with, and how many."""
    with office(config) as (_, store, _rules), store.read() as tx:
        for kept in wordings.kept(tx):
            told = {
                "letter": kept.letter, "version": kept.version,
                "first_at": kept.first_at.isoformat(), "letters": kept.letters,
            }  # fmt: skip
            since = f"{kept.first_at.astimezone(TAIPEI):%Y-%m-%d %H:%M}"
            line = f"{kept.version}  {kept.letter}  {since}  {kept.letters}"
            print(json.dumps(told) if as_json else line)


@app.command("text")
def text(
    version: Annotated[str, typer.Argument(help="as in `letter versions`; its beginning suffices")],
    config: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """The templates of one version, as they were when letters were made with them."""
    with office(config) as (_, store, _rules), store.read() as tx:
        found = [kept for kept in wordings.kept(tx) if kept.version.startswith(version)]
    if len(found) != 1:
        fail(f"{len(found)} versions named {version}: see `mailflow letter versions`")
    if as_json:
        print(found[0].text)
        return
    for name, said in json.loads(found[0].text).items():
        print(f"=== {name}\n{said}")
