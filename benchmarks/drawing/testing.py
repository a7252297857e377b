"""The testing family: frozen (tests/benchmarks/test_drawn_proofs.py). Nothing is tuned on it."""

from .testing_others import OTHERS
from .testing_paper import PAPERS
from .testing_screens import SCREENS

LAYOUTS = (*SCREENS, *PAPERS, *OTHERS)
