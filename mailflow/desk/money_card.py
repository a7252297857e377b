"""What a card shows of money: the bank's line, what is proposed, and the words for why a person is
asked."""

from dataclasses import dataclass

from mailflow.store import bank, credits
from mailflow.store.bank import StoredLine
from mailflow.store.database import Transaction
from mailflow.store.queue import Item, MoneyProposal, money_in

WORDS = {
    "account_of_several_cases": "這個帳號屬於不只一個案件",
    "case_number_misspelt": "備註中的案號寫法不同",
    "claimed_but_no_money": "已接受繳費證明，但銀行查無款項",
    "memo_names_another_case": "帳號與備註中的案號不是同一件",
    "money_returned": "款項退回",
    "name_alone": "姓名相同，但金額不符或不只一人",
    "name_and_amount": "姓名與金額相符（僅供參考）",
    "no_slip": "案件沒有繳費單",
    "overpaid": "實收多於應繳",
    "paid_after_deadline": "逾期繳款",
    "paid_after_giving_up": "案件已視為放棄",
    "paid_after_withdrawal": "案件已取消報名",
    "paid_before_billing": "尚未寄出繳費單",
    "paid_before_slip": "繳款早於繳費單（可能是別梯次的款項）",
    "paid_for_several": "一筆款項寫了幾個案號",
    "paid_in_parts": "分次繳清",
    "paid_to_other_account": "不是繳到本案的帳號，但寫了案號",
    "paid_to_voided_slip": "繳到已作廢繳費單的帳號",
    "paid_twice": "重複繳款",
    "posted_after_deadline": "入帳在期限之後，繳款日不明（超商代收較晚入帳）",
    "settlement_taken_back": "原本依據的對帳檔已收回",
    "student_number_in_memo": "備註中有學號",
    "sum_of_several_differs": "金額不等於各案應繳的總和",
    "underpaid": "實收少於應繳",
}


@dataclass(frozen=True, slots=True)
class MoneySide:
    """The money of one item: its line and proposal, or the sum of its case (`credited`, NT$)."""

    line: StoredLine | None = None
    proposal: MoneyProposal | None = None
    credited: tuple[tuple[str, int], ...] = ()

    def lines(self) -> list[tuple[str, str]]:
        """Label and text, for a person."""
        told = bank_line_rows(self.line) if self.line else []
        if self.proposal and not self.proposal.shares:
            told.append(("可能案件", "、".join(self.proposal.candidates)))
        told += [("實收", f"{day}　{amount:,} 元") for day, amount in self.credited]
        return [(label, text) for label, text in told if text]

    def accepting(self) -> str:
        """What `accept` credits; '' when it credits nothing."""
        shares = self.proposal.shares if self.proposal else ()
        return "、".join(f"{share.case} 入帳 {share.amount:,} 元" for share in shares)

    def facts(self) -> dict[str, object]:
        """For `--json`."""
        proposal = self.proposal
        return {
            "line": self.line.id if self.line else None,
            "amount": self.line.line.amount if self.line else None,
            "posted_on": self.line.line.posted_on.isoformat() if self.line else None,
            "shares": {share.case: share.amount for share in proposal.shares} if proposal else {},
            "candidates": list(proposal.candidates) if proposal else [],
            "credited": [{"on": day, "amount": amount} for day, amount in self.credited],
        }


def money_side(tx: Transaction, item: Item, *, campaign: str) -> MoneySide:
    """What the store knows about a money item."""
    proposal = money_in(item.proposal)
    if proposal:
        line = bank.line_named(tx, proposal.line_id, campaign=campaign)
        return MoneySide(line, proposal)
    found = credits.credits_by_case(tx, [item.case_id])[item.case_id] if item.case_id else []
    return MoneySide(credited=tuple((one.posted_on.isoformat(), one.amount) for one in found))


def bank_line_rows(stored: StoredLine) -> list[tuple[str, str]]:
    """Label and text of what a line says."""
    line = stored.line
    told = [
        ("款項", stored.id[-8:]),
        ("入帳日", f"{line.posted_on} {line.clock}".strip()),
        ("繳款日", str(line.paid_on or "")),
        ("金額", f"{line.amount:,} 元"),
        ("帳號", line.account),
        ("付款人", line.payer),
        ("備註", line.memo),
        ("序號", line.reference),
        ("通路", line.channel),
    ]
    return [(label, text) for label, text in told if text]
