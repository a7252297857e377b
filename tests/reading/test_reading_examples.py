"""The labelled examples, where they are at hand: nothing dangerous, and nearly everything right."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailflow.reading import OfficeFile
from mailflow.reading.explain import explain

EXAMPLES = Path(__file__).parents[3] / "shared" / "examples" / "mail"
pytestmark = pytest.mark.skipif(not EXAMPLES.is_dir(), reason=f"no examples in {EXAMPLES}")


def test_the_examples_are_read_without_a_dangerous_error(tmp_path):
    known = (EXAMPLES / "dev/registrations.jsonl").read_text(encoding="utf-8").splitlines()
    predictions = tmp_path / "predictions.jsonl"
    with predictions.open("w", encoding="utf-8") as out:
        for path in sorted((EXAMPLES / "dev/eml").glob("*.eml")):
            line = explain(
                path.read_bytes(),
                name=path.name,
                office=OfficeFile(known),
                office_address="ipas-group@ntut.edu.tw",
                now=datetime(2025, 9, 20, tzinfo=UTC),
            )
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    command = [sys.executable, EXAMPLES / "score.py", predictions, "--json", tmp_path / "s.json"]
    subprocess.run(command, check=True, capture_output=True)
    score = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert (score["D1"], score["D2"], score["D3"]) == (0, 0, 0)
    assert score["macro_f1"] >= 0.9
    assert score["needless_flags"] <= 2
    assert score["correction_f1"] >= 0.9
