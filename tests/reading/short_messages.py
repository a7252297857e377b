"""The messages of tests/data/short_messages: what Anne may write, as a clerk would label it."""

from collections.abc import Iterator
from pathlib import Path

from reading_cast import PHOTO, Said

FOLDER = Path(__file__).parents[1] / "data" / "short_messages"
FILES = sorted(FOLDER.glob("*.txt"))
THREADS = {"c": "confirm_mail", "s": "slip_mail", "r": "refund_notice", "t": "cert_notice"}
BUTTON = "我已確認資料無誤\n\n"


def messages(path: Path) -> Iterator[Said]:
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            head, _, text = line.partition(" |")
            yield said(head, text.strip().replace("\\n", "\n"))


def said(head: str, text: str) -> Said:
    intent, level, answers, *fixes = head.split(maxsplit=3)
    pairs = (fix.partition("=") for fix in "".join(fixes).split(";") if fix)
    pressed = answers[0] in "bB"
    return Said(
        f"{BUTTON}{text}" if answers[0] == "b" else text,
        intent,
        level,
        {name: value or None for name, _, value in pairs},
        thread=THREADS.get(answers[0], ""),
        press=pressed,
        files=(PHOTO,) if answers.endswith("+p") else (),
    )
