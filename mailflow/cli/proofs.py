"""`mailflow receipts …`: why a proof is judged so, and how well the office's own are read."""

import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mailflow import saying
from mailflow.campaign import TAIPEI, Campaign
from mailflow.cli.explaining import owed_by, read_all, sentences
from mailflow.cli.office import DEFAULT_CONFIG, ConfigFile, Json, clear_errors, fail, office
from mailflow.cli.private_files import write_private
from mailflow.config import Limits
from mailflow.desk.bundle import ending
from mailflow.desk.finding import case_by_number
from mailflow.desk.picture_card import before_in_words
from mailflow.desk.proof_words import VALUES, judged_in_words, owed_in_words, rows_of
from mailflow.desk.proofs import TRUTHS, Kept, Reread, find_proof, tally, tally_in_words
from mailflow.desk.reason_words import why_held, words_for_staff
from mailflow.desk.visible import visible
from mailflow.receipts import wire
from mailflow.receipts.result import Expectation, Verdict
from mailflow.sandbox import Sandbox, SandboxError
from mailflow.store import cases, receipts
from mailflow.store.database import Store
from mailflow.store.expected import expectation
from mailflow.store.past_proofs import PastProof, past_proofs

app = typer.Typer(no_args_is_help=True)
_AT_ONCE = 40  # pictures in memory
_TOLD_EACH = 10  # pictures
_NOTHING_DECIDED = saying.both(
    "這裡的證明還沒有承辦人或銀行的答案",
    "no proof here has been decided by staff or by the bank yet",
)
_BELIEVED = saying.both(
    "照今天的規則，會接受不可信的證明，見上",
    "a proof that was worth nothing is believed by the rules of today: see above",
)

_PROOF_END = re.compile("[0-9a-f]{4,}")  # as receipts are numbered


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="a picture or PDF, or the end of a proof's number")],
    output: Annotated[
        Path | None, typer.Option(help="write the picture with boxes here (PNG; personal)")
    ] = None,
    case: Annotated[str, typer.Option(help="of a file: the case whose slip it should prove")] = "",
    amount: Annotated[int | None, typer.Option(help="of a file: what is owed, NT$", min=1)] = None,
    account: Annotated[str | None, typer.Option(help="the slip's account, digits")] = None,
    bank: Annotated[str | None, typer.Option(help="bank code")] = None,
    since: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="first day")
    ] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="last day")] = None,
    config: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """What was read where, what was expected, and why: of a file, or of a proof in the store.

    A stored proof is read again by the rules of today, against the slip that was in force then.
    """
    one = owed_by(amount, account, bank, since, until)
    if case and amount:
        raise typer.BadParameter("give --case or --amount, not both")
    content, one, kept = _content(name, one, case=case, config=config)
    shown = _shown(content, one)
    _write(output, shown, name)
    line = wire.proof_line(Path(name).name, shown.proof) | _beside(one, kept)
    line["readings"] = [{"amount": r.amount, "points": r.points} for r in shown.proof.readings]
    line["picture"] = str(output) if output else None
    if as_json:
        print(json.dumps(line, ensure_ascii=False))
        return
    _print_rows(line, kept)
    if told := sentences(shown.proof):
        print(f"→ 若請學生重送，信中會寫 / the student would read：{told}")


def _print_rows(line: dict[str, object], kept: Kept | None) -> None:
    """The reading in the office's words; `--json` has the codes."""
    table = Table(show_header=False, box=None, title=Text(visible(str(line["file"]))))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    rows = rows_of(line)
    if sums := line["readings"]:
        told = (f"{one['amount']} 元（{one['points']:+} 分）" for one in sums)  # type: ignore[attr-defined]
        rows.append(("可能的金額", "、".join(told)))
    if isinstance(line["expected"], dict):
        rows.append(("應為", owed_in_words(line["expected"])))
    if kept:
        rows += [("證明", kept.id[-8:]), ("案件", kept.case)]
        then = judged_in_words(kept.claimed.verdict, kept.claimed.reasons)
        rows.append(("當時的判斷", then))
        rows += [("先前的證明", before_in_words(one)) for one in kept.earlier]
    rows.append(("圖檔", str(line["picture"] or "")))
    for label, text in rows:
        if text:
            table.add_row(label, Text(visible(text)))
    Console().print(table)


def _content(
    name: str, one: Expectation | None, *, case: str, config: Path
) -> tuple[bytes, Expectation | None, Kept | None]:
    """The bytes of the file, or of the proof of the store; what is expected of it."""
    file = Path(name)
    if file.is_file():
        return file.read_bytes(), _of_case(config, case) if case else one, None
    if file.is_dir():
        fail(saying.unreadable_file(name, "is a folder"))
    if case or one or not _PROOF_END.fullmatch(name):
        fail(saying.no_proof(name))
    kept = _kept(config, name)
    return kept.claimed.picture, kept.expected, kept


def _write(output: Path | None, shown: wire.Shown, name: str) -> None:
    """The picture with its boxes, where one is asked for; none of what could not be read."""
    if output and not shown.picture:
        fail(saying.no_page(name, why_held(shown.proof.reasons)))
    if output:
        with clear_errors():
            write_private(output, shown.picture)


def _kept(config: Path, name: str) -> Kept:
    with office(config) as (_, store, rules), store.read() as tx:
        return find_proof(tx, name, rules.campaign)


def _of_case(config: Path, number: str) -> Expectation:
    with office(config) as (_, store, rules), store.read() as tx:
        found = expectation(tx, case_by_number(tx, number), rules.campaign)
    return found or fail(
        saying.both(
            f"{number} 還沒有繳費單，無從比對",
            f"{number} has no slip yet: nothing can be expected",
        )
    )


def _shown(content: bytes, expected: Expectation | None) -> wire.Shown:
    limits = Limits()
    request = wire.request_to_json(
        wire.Request(content, expected, words={**words_for_staff(), **VALUES})
    )
    sandbox = Sandbox(megabytes=limits.child_megabytes)
    try:
        answer = sandbox.call(
            "mailflow.receipts.child:show_json", request, seconds=limits.picture_seconds
        )
    except SandboxError as error:
        fail(saying.both("這個檔案無法判讀", f"the picture can't be read: {error}"))
    finally:
        sandbox.close()
    return wire.shown_from_json(answer)


def _beside(expected: Expectation | None, kept: Kept | None) -> dict[str, object]:
    """What was expected, and of a stored proof whose it is and what was said of it then."""
    told: dict[str, object] = {"expected": _expected(expected)}
    if kept is None:
        return told
    return told | {
        "proof": kept.id,
        "case": kept.case or None,
        "verdict_then": kept.claimed.verdict,
        "reasons_then": list(kept.claimed.reasons),
        "earlier": [f"{one.case or '?'} {one.how} {one.receipt_id[-8:]}" for one in kept.earlier],
    }


def _expected(expected: Expectation | None) -> dict[str, object] | None:
    if expected is None:
        return None
    return {
        "amount": expected.amount,
        "account": expected.account,
        "bank": expected.bank,
        "from": expected.from_on.isoformat() if expected.from_on else None,
        "until": expected.until_on.isoformat() if expected.until_on else None,
    }


@app.command()
def score(
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="first day; else all")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="a line for each proof, too")] = False,
    examples: Annotated[
        Path | None,
        typer.Option(help="an empty folder for pictures that are labelled, with labels; personal"),
    ] = None,
    config: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Read the office's own proofs again by the rules of today, and count against the truth.

    The truth is what staff decided about a picture, and the bank about one that the machine
    believed alone. Nothing is changed or sent. Ends with 1 when a worthless one is believed.
    """
    first = since.replace(tzinfo=TAIPEI) if since else datetime(2000, 1, 1, tzinfo=UTC)
    read, kept = [], []
    with office(config) as (_, store, rules):
        with store.read() as tx:
            past = list(past_proofs(tx, rules.campaign, since=first))
        _tell_progress(0, len(past))
        for part in (past[at : at + _AT_ONCE] for at in range(0, len(past), _AT_ONCE)):
            for one, picture, owed in _reread(store, rules.campaign, part):
                read.append(one)
                _tell_progress(len(read), len(past))
                if everything or one.wrong:
                    _tell(one, as_json=as_json)
                if examples and owed and (one.past.truth.good or one.past.truth.bad):
                    kept.append(_keep(examples, one.past, picture, owed))
    if examples and kept:
        _keep_labels(examples, kept)
    _print_tally(tally(read), as_json=as_json)
    if any(one.wrong for one in read):
        fail(_BELIEVED)


def _print_tally(told: dict[str, int | list[float]], *, as_json: bool) -> None:
    if not told["labelled"]:
        print(_NOTHING_DECIDED, file=sys.stderr)
    print(json.dumps(told) if as_json else "\n".join(tally_in_words(told)))


def _tell_progress(done: int, total: int) -> None:
    """That it works, on standard error: a picture takes seconds, a round minutes."""
    if done % _TOLD_EACH == 0 or done == total:
        print(
            saying.both(f"已判讀 {done}/{total} 張", f"{done} of {total} read"),
            file=sys.stderr,
            flush=True,
        )


def _reread(
    store: Store, campaign: Campaign, part: list[PastProof]
) -> Iterator[tuple[Reread, bytes, Expectation | None]]:
    """What is made of each today, its picture, and what was expected of it."""
    asked = []
    with store.read() as tx:
        for past in part:
            case = cases.load(tx, past.case_id)
            owed = expectation(tx, case, campaign, at=past.at)
            asked.append((receipts.load(tx, past.id).picture, owed))
    for past, (picture, owed), proof in zip(part, asked, read_all(asked), strict=True):
        yield Reread(past, proof.verdict or Verdict.FLAG), picture, owed


def _tell(one: Reread, *, as_json: bool) -> None:
    line = {
        "proof": one.past.id,
        "case": one.past.case,
        "was": one.past.was,
        "now": one.now,
        "truth": one.past.truth,
        "wrong": one.wrong,
    }
    then, now = (VALUES.get(verdict, verdict) for verdict in (one.past.was, one.now))
    words = f"{one.past.id[-8:]} {one.past.case}：{then} → {now}（{TRUTHS[one.past.truth]}）"
    print(json.dumps(line) if as_json else words, flush=True)


def _keep(
    folder: Path, past: PastProof, picture: bytes, owed: Expectation
) -> tuple[dict[str, object], dict[str, object]]:
    """The picture into the folder; returns the truth about it, and what was owed."""
    name = f"img/{past.id}.{ending(picture)}"
    with clear_errors():
        (folder / "img").mkdir(parents=True, exist_ok=True)
        write_private(folder / name, picture)
    due = _expected(owed) or {}
    good = past.truth.good
    truth: dict[str, object] = {
        "id": past.id,
        "file": name,
        "kind": "office",
        "amount": owed.amount if good else None,  # of a worthless one nobody said it
        "negative": None if good else str(past.truth),
        "degradations": [],
        "should_accept": good,
        "due": due,
    }
    return truth, {"file": name} | due


def _keep_labels(folder: Path, kept: list[tuple[dict[str, object], dict[str, object]]]) -> None:
    """`labels.jsonl` for who measures, `expect.jsonl` for `mailflow receipt --expect`."""
    truths, owed = zip(*kept, strict=True)
    with clear_errors():
        for name, lines in (("labels.jsonl", truths), ("expect.jsonl", owed)):
            text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
            write_private(folder / name, text.encode())
