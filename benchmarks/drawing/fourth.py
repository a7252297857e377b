"""The fourth family: drawn when the rules were finished, by a hand that had not read them.

It measures once how layouts are read that nobody met. Nothing is tuned on it.
"""

from .fourth_apps import APPS
from .fourth_cards import CARDS
from .fourth_elsewhere import ELSEWHERE
from .fourth_english import ENGLISH
from .fourth_machines import MACHINES
from .fourth_never import SCREENS
from .fourth_notices import NOTICES
from .fourth_paper import PAPERS
from .fourth_prints import PRINTS
from .fourth_stores import STORES
from .fourth_void import VOID
from .fourth_wallets import WALLETS
from .fourth_web import PAGES

_GENUINE = (*APPS, *CARDS, *WALLETS, *ENGLISH, *NOTICES, *PAGES, *PRINTS)
LAYOUTS = (*_GENUINE, *MACHINES, *PAPERS, *STORES, *SCREENS, *ELSEWHERE, *VOID)
