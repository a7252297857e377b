"""The third family: words and designs of its own, for measuring alone. Nothing is tuned on it.

Its pages say the same things as those of the others but share no layout, and it sets more traps:
pages that were edited more finely, money that came in, transfers to oneself, specimens.
"""

from .third_apps import SCREENS
from .third_desk import PAGES
from .third_pages import NEVER
from .third_paper import PAPERS

LAYOUTS = (*SCREENS, *PAGES, *PAPERS, *NEVER)
