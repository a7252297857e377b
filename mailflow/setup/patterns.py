"""The files that come along: the one text of each, which setting up fills in."""

import json
import re
from collections.abc import Mapping
from pathlib import Path


class SetupError(ValueError):
    """It can't be set up like this; the text lists every problem with its remedy."""


def shipped(name: str) -> Path:
    """A file that comes along: in the wheel beside this module, in a checkout above it."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "_shipped" / name
    return inside if inside.exists() else package.parent / name


_KEY_LINE = re.compile(r"(?:# )?(?P<key>[a-z_]+) = (?P<value>[^#\n]*?)(?P<comment> *#[^\n]*)?")


def fill(sample: str, values: Mapping[str, str | int | None]) -> str:
    """Set `section.key`s in a commented TOML text; None leaves its line as it is."""
    section, lines = "", []
    for line in sample.splitlines():
        if line.startswith("["):
            section = line[1 : line.index("]")] + "."
        match = _KEY_LINE.fullmatch(line)
        name = section + match["key"] if match else ""
        if match and (value := values.get(name)) is not None:
            # A JSON string or number is a TOML one.
            setting = f"{match['key']} = {json.dumps(value, ensure_ascii=False)}"
            line = f"{setting:<39} {match['comment'].strip()}" if match["comment"] else setting
        lines.append(line)
    return "\n".join(lines) + "\n"
