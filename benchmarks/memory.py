"""Memory (RSS) of the daemon and its children while messages go through.

Mail of the `mixed` kind comes in portions; after each the daemon and all its children are
weighed. The slope is a straight line through the second half, when caches are full.
"""

import argparse
import statistics
import sys

from bench import machine
from bench.mails import Mails
from bench.office import office


def measure(total: int, portion: int, *, real: bool) -> list[dict[str, object]]:
    """One row for each portion."""
    rows: list[dict[str, object]] = []
    with office(300, real=real) as place, place.working() as pid:
        mails = Mails(place)
        client = place.servers.mailbox()
        for done in range(portion, total + 1, portion):
            for _ in range(portion):
                client.append("INBOX", mails.mixed())
            place.wait(done, "inbox", "state != 'received'")
            place.wait(0, "inbox", "not filed")
            each = {child: machine.resident(child) for child in machine.family(pid)}
            rows.append(
                {
                    "messages": done,
                    "daemon MB": round(each.pop(pid), 1),
                    "children": len(each),
                    "children MB": round(sum(each.values()), 1),
                    "largest child MB": round(max(each.values(), default=0.0), 1),
                }
            )
            print(f"{done} of {total}: {rows[-1]}", file=sys.stderr)
        client.logout()
    return rows


def slope(rows: list[dict[str, object]], name: str) -> float:
    """Megabytes per thousand messages, over the second half of the rows."""
    later = rows[len(rows) // 2 :]
    counts = [float(str(row["messages"])) for row in later]
    return (
        1000 * statistics.linear_regression(counts, [float(str(row[name])) for row in later]).slope
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--messages", type=int, default=500)
    parser.add_argument("--portion", type=int, default=50, help="weigh after so many")
    parser.add_argument("--full", action="store_true", help="20,000 messages, weighed each 1,000")
    parser.add_argument("--real", action="store_true", help="Dovecot and Postfix, as root")
    parser.add_argument("--json", action="store_true", dest="as_json")
    args = parser.parse_args()
    total, portion = (20_000, 1000) if args.full else (args.messages, args.portion)
    rows = measure(total, portion, real=args.real)
    slopes = ", ".join(
        f"{who} {slope(rows, f'{who} MB'):+.2f}" for who in ("daemon", "largest child")
    )
    notes = [f"Slope over the second half, MB per 1,000 messages: {slopes}."]
    machine.show(rows, as_json=args.as_json, notes=notes)


if __name__ == "__main__":
    main()
