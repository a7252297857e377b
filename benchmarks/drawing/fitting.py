"""The fitting family: rules and weights may be tuned on it."""

from .fitting_others import OTHERS
from .fitting_paper import PAPERS
from .fitting_screens import SCREENS

LAYOUTS = (*SCREENS, *PAPERS, *OTHERS)
