"""Messages per second, stored durably and classified, beside a bare fetch-parse-insert loop.

The bare loop: imapclient fetch, the standard library's parse, one SQLite insert per message,
committed with synchronous=FULL. mailflow: its daemon, until every message is settled. Both read the
same messages from the same server. The daemon sleeps (SIGSTOP) while the inbox is filled, so that
it begins connected and warm, as the bare loop does.
"""

import argparse
import email
import email.policy
import json
import multiprocessing
import os
import resource
import signal
import sqlite3
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from bench import machine
from bench.mails import Mails
from bench.office import BenchOffice, office
from bench.servers import Servers

_FETCH_AT_ONCE = 50


def bare(servers: Servers, answer: Connection) -> None:
    """What every mail program does at least; sends (seconds, CPU seconds)."""
    client = servers.mailbox()
    client.select_folder("INBOX", readonly=True)
    with tempfile.TemporaryDirectory() as folder:
        base = sqlite3.connect(Path(folder) / "bare.sqlite", isolation_level=None)
        base.execute("pragma journal_mode=wal")
        base.execute("pragma synchronous=full")
        base.execute("create table mail (uid integer primary key, sender, subject, text, raw)")
        begun, used = time.perf_counter(), _used()
        uids = client.search("ALL")
        for at in range(0, len(uids), _FETCH_AT_ONCE):
            some = client.fetch(uids[at : at + _FETCH_AT_ONCE], ["BODY.PEEK[]"])
            for uid, data in some.items():
                base.execute(
                    "insert into mail values (?,?,?,?,?)", (uid, *_parsed(data[b"BODY[]"]))
                )
        answer.send((time.perf_counter() - begun, _used() - used))
        assert base.execute("select count(*) from mail").fetchone()[0] == len(uids)


def _parsed(raw: bytes) -> tuple[str, str, str, bytes]:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    body = message.get_body(("plain", "html"))
    return (
        str(message["From"]),
        str(message["Subject"]),
        body.get_content() if body else "",
        raw,
    )


def _used() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def run_bare(servers: Servers) -> tuple[float, float]:
    """The bare loop, in a process of its own."""
    answer, ask = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=bare, args=(servers, ask))
    process.start()
    result: tuple[float, float] = answer.recv()
    process.join()
    return result


def run_mailflow(place: BenchOffice, pid: int, count: int) -> tuple[float, float]:
    """From the daemon's waking until the last message is settled: (seconds, CPU seconds)."""
    settled = place.ask("inbox", "state != 'received'")
    used = machine.cpu_seconds(pid)
    begun = time.perf_counter()
    os.kill(pid, signal.SIGCONT)
    place.wait(settled + count, "inbox", "state != 'received'")
    seconds, used = time.perf_counter() - begun, machine.cpu_seconds(pid) - used
    place.wait(0, "inbox", "not filed")
    return seconds, used


def fill(place: BenchOffice, pid: int, mails: list[bytes]) -> None:
    """Put messages into the inbox while the daemon sleeps; it is left asleep."""
    os.kill(pid, signal.SIGSTOP)
    client = place.servers.mailbox()
    for raw in mails:
        client.append("INBOX", raw)
    client.logout()


def measure(mix: str, count: int, *, real: bool, rounds: int) -> dict[str, object]:
    """One row of the table: the best of some rounds."""
    students = max(20, count * rounds // 2) if mix == "mixed" else 50
    with office(students, real=real) as place, place.working() as pid:
        mails = Mails(place)
        bares, flows = [], []
        for _ in range(rounds):
            made = [mails.mixed() if mix == "mixed" else mails.quiet() for _ in range(count)]
            fill(place, pid, made)
            bares.append(run_bare(place.servers))
            flows.append(run_mailflow(place, pid, count))
        states = {
            state: place.ask("inbox", f"state = '{state}'")
            for state in ("applied", "held", "discarded", "failed")
        }
        (bare_seconds, bare_used), (seconds, used) = min(bares), min(flows)
        return {
            "server": place.servers.name,
            "mail": mix,
            "KB/message": round(sum(map(len, made)) / count / 1000, 1),
            "bare /s": round(count / bare_seconds),
            "mailflow /s": round(count / seconds),
            "ratio": round(bare_seconds / seconds, 2),
            "CPU ms bare": round(1000 * bare_used / count, 2),
            "CPU ms mailflow": round(1000 * used / count, 2),
            "ended as": json.dumps(states),
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--messages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=1, help="the best of so many is told")
    parser.add_argument("--mix", choices=("quiet", "mixed", "both"), default="both")
    parser.add_argument("--real", action="store_true", help="Dovecot and Postfix, as root")
    parser.add_argument("--json", action="store_true", dest="as_json")
    args = parser.parse_args()
    rows = [
        measure(mix, args.messages, real=args.real, rounds=args.rounds)
        for mix in ("quiet", "mixed")
        if args.mix in (mix, "both")
    ]
    notes = (
        "quiet: thanks, questions, automatic replies, newsletters; no letter goes out.",
        "mixed: two in five press the button; payment slips are composed and sent meanwhile.",
    )
    machine.show(rows, as_json=args.as_json, notes=notes)


if __name__ == "__main__":
    main()
