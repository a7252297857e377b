"""200 kB of whatever makes a parser slow, and how long the finding of new text takes."""

import random
import time
from collections.abc import Mapping

from mailflow.mail import read

SIZE = 200_000
LETTERS = "資料手機改成考試我的電話生日錯誤是不請老師謝謝繳費證明"


def _plain(unit: str) -> bytes:
    body = (unit * (SIZE // len(unit.encode()) + 1)).encode()[:SIZE]
    return b"From: a@example.org\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + body


def _page(unit: str) -> bytes:
    body = (unit * (SIZE // len(unit.encode()) + 1)).encode()[:SIZE]
    return b"From: a@example.org\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body


def texts() -> Mapping[str, bytes]:
    dice = random.Random(1)
    chinese = "".join(dice.choice(LETTERS) for _ in range(SIZE // 3))
    return {
        "one line of Chinese": _plain(chinese),
        "empty lines": _plain("\n"),
        "quoted lines": _plain("> abc def\n"),
        "dashes": _plain("-- \n"),
        "attributions": _plain("On Mon, Anne wrote:\n"),
        "header labels": _plain("寄件者: 王\n收件者: 李\n主旨: x\n"),
        "From:": _plain("From: a@example.org\n"),
        "numbers": _plain("0912345678 "),
        "addresses": _plain("http://a.example/c a@example.org "),
        "<": _page("<"),
        "open elements": _page("<div>"),
        "quotes in quotes": _page("<blockquote>"),
        "rows of a table": _page("<tr><td>手機</td><td>09</td></tr>"),
        "styled paragraphs": _page('<div><p style="a">hello</p></div>'),
        "entities": _page("&nbsp;"),
        "comments": _page("<!--"),
    }


def worst_text() -> str:
    """Milliseconds of the slowest three, each the best of three tries."""
    spent = {}
    for name, raw in texts().items():
        tries = []
        for _ in range(3):
            begun = time.process_time()
            read(raw)
            tries.append(time.process_time() - begun)
        spent[name] = min(tries) * 1000
    slowest = sorted(spent, key=lambda name: -spent[name])[:3]
    told = ", ".join(f"{spent[name]:.0f} ms ({name})" for name in slowest)
    below = sum(value < 50 for value in spent.values())
    return f"slowest {told}; {below} of {len(spent)} below 50 ms"
