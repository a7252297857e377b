"""The bank's lines against what is owed and what was claimed: whose money, and is it right. Pure.

Nothing here decides alone what is not certain: it returns a value with reasons for staff.
"""

from mailflow.settlement.debts import Basis, Credit, Debt, Stage
from mailflow.settlement.ledger import additions, surplus
from mailflow.settlement.lines import BankLine, identity_of
from mailflow.settlement.overdue import overdue_from
from mailflow.settlement.owners import CERTAIN, Debts, Owners, Share, certain, split
from mailflow.settlement.standing import Balance, judge

__all__ = [
    "CERTAIN",
    "Balance",
    "BankLine",
    "Basis",
    "Credit",
    "Debt",
    "Debts",
    "Owners",
    "Share",
    "Stage",
    "additions",
    "certain",
    "identity_of",
    "judge",
    "overdue_from",
    "split",
    "surplus",
]
