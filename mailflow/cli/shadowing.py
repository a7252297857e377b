"""Letters composed in shadow: listing, letting go, and saying loudly that shadow is on."""

import json
from pathlib import Path

from rich.console import Console
from rich.table import Table

from mailflow.campaign import TAIPEI
from mailflow.cli.office import desk
from mailflow.config import Config
from mailflow.desk.shadow import Which, listed, release
from mailflow.store import shadow
from mailflow.store.database import Transaction
from mailflow.store.shadow import InShadow


def list_shadow(config: Path, *, as_json: bool) -> None:
    """Print what waits in the shadow."""
    with desk(config) as staff:
        letters = listed(staff, Which())
    if as_json:
        for letter, number in letters:
            print(json.dumps(_facts(letter, number), ensure_ascii=False))
        return
    table = Table("信件", "種類", "案號", "撰寫時間")
    for letter, number in letters:
        written = f"{letter.composed_at.astimezone(TAIPEI):%Y-%m-%d %H:%M}"
        table.add_row(letter.id[-8:], letter.letter, number, written)
    Console().print(table if letters else "沒有等待放行的信。")


def release_shadow(config: Path, which: Which, *, why: str) -> None:
    """Let them go and print which."""
    with desk(config) as staff:
        for letter, number in release(staff, which, why=why):
            print(f"release {letter.id[-8:]} {letter.letter} {number}".rstrip())


def _facts(letter: InShadow, number: str) -> dict[str, str | None]:
    return {
        "id": letter.id,
        "letter": letter.letter,
        "case": number or None,
        "composed_at": letter.composed_at.isoformat(),
    }


def shadow_notice(tx: Transaction, config: Config) -> str:
    """What to say loudly; '' when no shadow is on and nothing waits in it."""
    waiting = len(shadow.letters(tx))
    if config.shadow or shadow.was_on(tx):
        return (
            f"影子模式 SHADOW IS ON: nothing is sent until you release it; {waiting} letters wait "
            "(mailflow queue list --shadow)"
        )
    if waiting:
        return f"{waiting} letters composed in shadow wait (mailflow queue list --shadow)"
    return ""
