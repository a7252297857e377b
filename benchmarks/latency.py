"""From APPEND of a confirming mail to the payment slip being accepted by the relay.

Beside it the floor: `bench/echo.py`, an echo of forty lines on imapclient (IDLE) and smtplib, on
the same servers. Both are processes of their own that have connected before; mails come one at a
time, at uneven distances. Measured from just before APPEND to the moment its client got the 250.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from bench import machine
from bench.mails import Mails
from bench.office import BenchOffice, office
from bench.servers import Servers


def floor(servers: Servers, mails: list[bytes]) -> list[float]:
    """Seconds that the echo takes for each mail."""
    assert servers.imap.password_file
    given = {
        "host": servers.imap.host,
        "imap": servers.imap.port,
        "smtp": servers.smtp.port,
        "ca": str(servers.imap.ca_file or ""),
        "user": servers.imap.username,
        "password": servers.imap.password_file.read_text().strip(),
    }
    script = Path(__file__).parent / "bench" / "echo.py"
    command = [sys.executable, str(script), json.dumps(given)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as echo:
        try:
            assert echo.stdout
            echo.stdout.readline()
            return _echoes(servers, mails, echo.stdout)
        finally:
            echo.kill()


def _echoes(servers: Servers, mails: list[bytes], answers: IO[str]) -> list[float]:
    took = []
    client = servers.mailbox()
    for number, raw in enumerate(mails):
        begun = time.time()
        client.append("INBOX", b"X-Number: %d\r\n" % number + raw)
        told, accepted = answers.readline().split()
        assert int(told) == number
        took.append(float(accepted) - begun)
        time.sleep(random.uniform(0.05, 0.5))
    client.select_folder("INBOX")
    client.delete_messages(client.search())
    client.expunge()
    client.logout()
    return took


def mailflow(place: BenchOffice, mails: list[bytes]) -> list[float]:
    """Seconds from each confirming mail to its payment slip."""
    slips = "letter = 'payment_slip' and state = 'sent'"
    took = []
    with place.working():
        client = place.servers.mailbox()
        time.sleep(2)
        for count, raw in enumerate(mails, start=1):
            begun = time.time()
            client.append("INBOX", raw)
            place.wait(count, "outbox", slips, seconds=30)
            took.append(place.when("sent_at", "outbox", slips) - begun)
            time.sleep(random.uniform(0.05, 1.5))
        client.logout()
    return took


def _row(server: str, what: str, took: list[float], least: float) -> dict[str, object]:
    middle = statistics.median(took)
    return {
        "server": server,
        "": what,
        "median ms": round(1000 * middle),
        "p99 ms": round(1000 * statistics.quantiles(took, n=100, method="inclusive")[98]),
        "above the floor ms": round(1000 * (middle - least)) if least else "",
    }


def measure(count: int, *, real: bool) -> list[dict[str, object]]:
    """The floor and mailflow, on one pair of servers."""
    with office(count, real=real) as place:
        mails = Mails(place)
        presses = [mails.press(student) for student in place.students]
        name = place.servers.name
        least = floor(place.servers, presses)
        took = mailflow(place, presses)
        return [
            _row(name, "echo", least, 0.0),
            _row(name, "mailflow", took, statistics.median(least)),
        ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--mails", type=int, default=60)
    parser.add_argument("--real", action="store_true", help="Dovecot and Postfix too, as root")
    parser.add_argument("--json", action="store_true", dest="as_json")
    args = parser.parse_args()
    rows = measure(args.mails, real=False)
    if args.real:
        rows += measure(args.mails, real=True)
    machine.show(rows, as_json=args.as_json)


if __name__ == "__main__":
    main()
