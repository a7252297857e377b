"""Puts tests/ on the path, where the written mail and the mutations are made."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
