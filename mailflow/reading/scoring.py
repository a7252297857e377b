"""How well labelled examples are read: acted on wrongly, asked without need, values right."""

from collections.abc import Iterable, Mapping
from typing import Any

from mailflow.person import Field, normalise


def score(
    labels: Iterable[Mapping[str, Any]], said: Mapping[str, Mapping[str, Any]]
) -> dict[str, int]:
    """Counts over all labels; `said` are lines of `mailflow explain --json` by file.

    `dangerous`: not held where a person must look, or taken for a confirmation that it is not, or
    with a value that nobody wrote. `needless`: held where a look only costs time.
    """
    told = dict.fromkeys(
        (
            *("messages", "intent_right", "dangerous", "needless", "may_pass"),
            *("values", "values_right"),
        ),
        0,
    )
    for label in labels:
        line = said[label["file"]]
        held, level = bool(line["flagged"]), label.get("flag_level", "may")
        meant = {c["field"]: c for c in label.get("corrections", ())}
        found = {c["field"]: c["new_value"] for c in line["corrections"] if c["new_value"]}
        right = [name for name, change in meant.items() if _is_right(name, change, found)]
        wrong = len(found) > len(right)
        false_confirm = line["intent"] == "confirm" != label["intent"]
        told["messages"] += 1
        told["intent_right"] += line["intent"] == label["intent"]
        told["dangerous"] += not held and (level == "must" or false_confirm or wrong)
        told["may_pass"] += level == "no"
        told["needless"] += held and level == "no"
        told["values"] += sum(bool(change.get("new_value")) for change in meant.values())
        told["values_right"] += len(right)
    return told


def _is_right(name: str, change: Mapping[str, Any], found: Mapping[str, str]) -> bool:
    wanted = [value for value in (change.get("new_value"), *change.get("accept", ())) if value]
    return name in found and found[name] in (*wanted, *(_normal(name, value) for value in wanted))


def _normal(name: str, value: str) -> str:
    read = normalise(Field(name), value)
    return read if isinstance(read, str) else value
