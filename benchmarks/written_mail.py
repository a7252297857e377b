"""Put the written mails down as .eml files with labels.jsonl and registrations.jsonl.

uv run python benchmarks/written_mail.py FOLDER_OF_TEXTS OUT
"""

import argparse
import json
from pathlib import Path

from bench import written_path as written_path
from written.assemble import assemble_folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    mails = assemble_folder(args.texts)
    (args.out / "eml").mkdir(parents=True, exist_ok=True)
    for mail in mails:
        (args.out / "eml" / mail.file).write_bytes(mail.raw)
    for name, rows in (
        ("labels", [mail.label for mail in mails]),
        ("registrations", [mail.registration for mail in mails if mail.registration]),
    ):
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        (args.out / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(mails)} messages in {args.out}")


if __name__ == "__main__":
    main()
