"""Whether a proof says paid. Pure.

Apps use the same fields on the confirm page, the reservation page and the result page; only the
wording tells them apart. A word for not-yet, failed or void beats every word for paid, and a paid
word counts only when it stands alone: 預約轉帳成功, or a misread of it, is no payment.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from mailflow.receipts.accounts import parse_account
from mailflow.receipts.against import is_another_deed, is_rule, plain_text, said_against
from mailflow.receipts.banks import banks_in
from mailflow.receipts.booked import went_out
from mailflow.receipts.labels import Entry
from mailflow.receipts.lines import Box, Line
from mailflow.receipts.menus import without_menu
from mailflow.receipts.moments import find_moment, find_time
from mailflow.receipts.money import amount_alone, amount_at_start
from mailflow.receipts.paid_lines import ICONS, says_paid, status_paid
from mailflow.receipts.result import Kind, Status
from mailflow.receipts.stamps import STAMPED, dated_stamp, is_stamped
from mailflow.receipts.wording import Role

_CJK = "\u3400-\u9fff"
LARGE = 1.3
_SAID_LARGE = re.compile("完成|成功|Done|Complete|Success", re.IGNORECASE)  # small: a button
_TAKEN = re.compile(
    "(?:收款|代收|繳費|繳款)(?:已)?完成(?=$|[,，。!] ?請?當[場面]點清)"
)  # by the store
_GAVE = re.compile(
    rf"已(?:成功)?(?:轉帳|匯款|付款|轉|匯|付)[給至到][{_CJK}A-Za-z○*]{{2,12}}(?:專戶|大學|學校|協會|學會|基金會|公司|中心)"
)
_HAS = re.compile("(?:您)?已(?:經|成功)?將")
_WENT_TO = re.compile(f"(?:成功)?[轉匯][到至給入](?P<whom>[{_CJK}A-Za-z○* ]{{2,16}})")
_SLIP = re.compile(  # only what is not paid yet says so
    r"代收繳費單|持本單(?:據)?[^\n]{0,12}(?:櫃|繳|付款|結帳)|非繳[費款]證明|非收據|[至到]櫃[檯台](?:結帳|繳)|"
    r"交給?店員|店員掃描|掃描條碼結帳|掃描後(?:收|付|繳)[費款]|結帳時請?出示|不得作為(?:付款|已?繳[費款]|收款)[^\n,。]{0,6}(?:收據|憑證|證明)|小時內(?:有效|失效|繳|付|至|到|完成|持)|逾[期時]失效|後請索取|ibon ?繳費單|繳費單(?:號碼)?列印"
)
_LIKE_A_SLIP = re.compile(
    r"繳費單|繳[費款](?:通知|資料)|繳[費款]期限|繳[費款]截止|繳款單(?!位)|存查聯|payment slip",
    re.IGNORECASE,
)
_RECEIPT = re.compile(  # a title that no unpaid paper bears
    r"(?:[^ ]{0,10}(?:銀行|大學|學校|超商|郵局|郵政))? ?(?:跨行|國內|入戶|電匯|無摺|現金|網路ATM)?(?:(?:代收|繳費|繳款|匯款|電子|付款|收款|轉帳|款項){1,2}|代收款?(?:專用)?)(?:項|服務|業務)?"
    r"(?:收據|繳款證明|憑證|回條|回單|執據|證明(?:書|單)?)(?:\([^()]{1,8}\)|[^ ]{0,3}聯)?|收據|繳[款費](?:完成|成功)?證明(?:書|單)?(?:\([^()]{1,8}\)|顧客聯)?|"
    r"[^ ]{0,6}匯款(?:匯款人)?收執聯|[^ ]{0,8}(?:銀行|郵局)(?:客戶交易憑證|(?:現金)?存款憑條(?:存根|收執聯))"
)
_FRAME = f"{ICONS}<>【】[]()"
_COLLECTED = "(?:代收|代繳|代付|專用|費用|繳費|繳款|繳納|付款|收款|款項?|帳單|服務|業務|項|交易|生活|電子|學雜費|報名費){1,5}"
_STORE_TITLE = re.compile(  # of a store's paper
    rf"{_COLLECTED}(?:收據|憑證|證明[單聯書]?)(?:\([^()]{{1,8}}\)|[^ ]{{0,3}}聯)?(?:交(?:顧客|客戶))?"
)
_BEHIND_TITLE = re.compile(
    r"(?<=[)聯據證單書]) ?(?:序號|單號|編號|NO)[.:]? ?[0-9].*$", re.IGNORECASE
)
_STORE_LIST = re.compile(rf"{_COLLECTED}明細[單表]?(?:\([^()]{{1,8}}\)|[^ ]{{0,3}}聯)?")
_COLLECTS = re.compile("^(?!.*(?:提供|服務中|歡迎)).*(?:代收|代繳|繳[費款])", re.MULTILINE)
_STORE = re.compile(
    r"超商|門市|ELEVEN|全家便利|FamilyMart|萊爾富|Hi-?Life|OK ?mart|全聯|福利中心|美廉社|家樂福|Carrefour|大潤發|RT-?MART|楓康|代收櫃[檯台]|量販|超級市場|代收服務|代收業務|代收款?(?:項)?收執聯|服務台|代收款專用|收銀[機員台檯]|店員|顧客聯|顧客收執|便利商店",
    re.IGNORECASE,
)
_ADVERT = re.compile(
    r"^.*(?:回饋|最高享|享[^\n]{0,4}折|邀請好友|集點|加倍送|滿額|買一送一).*$", re.MULTILINE
)
_STORE_PROOF = re.compile(
    r"(?<!非)繳[款費](?:完成|成功)?證明|代收款證明|代收款專用|(?:顧客|客戶|繳[費款][人者])(?:收執)?聯|顧客收執|(?:顧客|客戶)留存聯|繳費者收執|查詢繳[費款](?:狀況|情形)[^\n]{0,4}(?:攜帶|憑|持)|代收款?收據|代收款?憑證|繳[費款]收據|收執聯|"
    r"[本此](?:收執聯|收據|聯|單|單據|明細表?)(?:為|係|即|[可得]?作?為)[^\n經蓋非始]{0,8}(?:憑證|證明|收據)(?![^\n]{0,6}[經蓋始方])"
)


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that says paid: paid_word, status_row, cash_counted, store_proof, stamp,
    dated_stamp (a store's, with its day), booked (a passbook's row, an account's entry) or receipt_title."""

    code: str
    box: Box


_TAKEN_BEHIND = re.compile("(?<=[0-9元整]) ?(?:已?(?:收|付|繳)[款費]?訖)$")
_SUM_BEHIND = re.compile(r"(?:NT ?\$|\$|TWD) ?[0-9][0-9,]*(?:\.00)?$|[0-9][0-9,]* ?元整?$")
_NOT_OF_THIS = re.compile(  # what else money is taken for; until when it may be
    "押金|保證金|[訂定]金|工本費|電費|水費|電信|瓦斯|罰|稅|前繳|以前"
)
_MACHINE_BOX = re.compile(r"(?:認證欄|(?:機器|收款|交易)認證) ?:? ?(.*)")
_OF_MACHINE = re.compile(
    r"(?<![0-9])[0-9]{7,}(?![0-9])|(?:櫃員|經辦|TLR|序號?) ?:?[0-9]+|臨櫃代收|(?:匯出|轉帳|收款|代收) ?(?:NT)?[$]?[0-9]"
)
_OF_FORM = re.compile("填[單寫表]|列印|印表|申請(?:時間|日)")
_PRINTED = re.compile(  # 115.09.01 13:43 000434-1 14909561 *2,100.00 匯出完成
    r"[* ](?P<sum>[1-9][0-9,]*(?:\.00)?) ?(?:匯出|匯款|轉帳|收款)(?:完成|成功|訖)$"
)
_BY_WHOM = re.compile(r"(?:櫃員|經辦|主管|機號|TLR|序號?) ?:?[0-9]+")
_TOKEN = re.compile(  # a number by itself, neither day nor hour nor the long one of a receipt
    r"(?<![0-9A-Za-z,.:/$-])(?:NT ?\$|\$|TWD ?)?[1-9][0-9]{0,2}(?:,?[0-9]{3})?(?:\.00)?元?(?![0-9A-Za-z,.:/-])"
)
_TALK = re.compile(  # people who write to each other
    r"請問|麻煩你|幫我|給我|[我你妳]已|(?:嗎|喔|呢|囉|哦)[?!。~ ]*$|收到(?:了)?[,， ]*謝|好的|沒問題|等等|晚點",
    re.MULTILINE,
)
_FEW_WORDS = re.compile(rf"[{_CJK}][{_CJK} ]{{0,7}}")
_USUAL = re.compile(
    r"謝謝|感謝|謝惠|歡迎|光臨|保管|保留|存查|客服|僅供|發票|憑證|顧客|收執|門市|店|[兌對]獎|熱感|褪色|字跡|淡化|拍照|新鮮|證明|專線|收訖|代收|繳|愉快|"
    r"請|公司|銀行|超商|備查|查詢|單據"
)


_NAME = re.compile(  # the fifty commonest surnames
    "[陳林黃黄張李王吳吴劉蔡楊許鄭鄧謝郭洪曾邱廖賴周徐蘇葉莊呂江何蕭羅高潘簡朱鍾彭游詹胡施沈余趙盧梁顏柯翁魏孫戴]"
    "(?![\u3400-\u9fff]?[退還取消廢誤無未不已改補欠絕抵收付繳帳款費錢票])[\u3400-\u9fff]{2}"
)
_TAKES_BACK = re.compile("取消|廢|癈|沖|退|註銷|撤|誤|更正|停|失|無效|未|非")
_CORE = frozenset(
    {Role.AMOUNT, Role.PAYEE, Role.PAYER, Role.WHEN, Role.REFERENCE, Role.FEE, Role.TOTAL}
)
_BESIDE = frozenset({Role.PAYEE_BANK, Role.STATUS, Role.BALANCE})
_BELOW_NOTHING = re.compile(
    r"(?:^|(?<=[ :]))[-−–] ?(?:(?:NT ?)?\$|TWD)? ?[1-9][0-9]{0,2}(?:,?[0-9]{3})?(?:\.00)? ?元?$"
)
_IS_TAKEN_BACK = re.compile("[合總小共]計|應收|實收|代收|繳費金額|total|^[-−–]", re.IGNORECASE)
_COUNTED = frozenset({Role.TOTAL, Role.CASH, Role.CHANGE})


def find_kind(
    lines: Sequence[Line],
    found: Sequence[Entry],
    *,
    sum_found: bool = False,
    account_found: bool = False,
    day_found: bool = False,
) -> Kind:
    """What kind of paper or screen this is; OTHER when it has too few fields for a proof.

    `sum_found`, `account_found`, `day_found`: it stands there, though no label names it. That
    counts on a page that names two other things: people who talk about a payment rarely do.
    """
    text = plain_text(lines)
    roles = {entry.role for entry in found if entry.value}
    numbered = {e.role for e in found if e.role is Role.ACCOUNT and parse_account(e.value)}
    labelled = len(roles & _CORE | numbered) >= 2 and not _TALK.search(text)
    roles |= {Role.AMOUNT} if sum_found else set()
    if _SLIP.search(text):
        return Kind.SLIP
    if _LIKE_A_SLIP.search(text) and not _shows_payment(lines, found):
        return Kind.SLIP
    if _STORE.search(_ADVERT.sub("", text)) and roles & {
        Role.AMOUNT,
        Role.TOTAL,
        Role.SEGMENT_2,
        Role.PAYEE,
    }:
        return Kind.STORE
    paid = any(says_paid(line.text) for line in lines)
    if labelled:
        roles |= {Role.PAYEE} if account_found else set()
        roles |= {Role.WHEN} if day_found else set()
    core, more = len(roles & _CORE), len(roles & _BESIDE) + paid
    return Kind.TRANSFER if core >= 3 or (core == 2 and more) else Kind.OTHER


def _shows_payment(lines: Sequence[Line], found: Sequence[Entry]) -> bool:
    """Whether a page with the words of a slip is one that was made after paying."""
    if any(says_paid(line.text) for line in lines) or _till_counts(lines, found):
        return True
    roles = {entry.role for entry in found if entry.value}
    shown = _STORE_PROOF.search(plain_text(lines)) or _is_receipt(lines)
    return bool(shown and roles & {Role.CASH, Role.CHANGE})


def find_status(lines: Sequence[Line], found: Sequence[Entry], *, kind: Kind) -> Status:
    """The strongest word wins: void, failed, not yet, then paid; UNKNOWN without any."""
    lines = without_menu(lines)
    against = said_against(lines)
    if against in (Status.VOID, Status.FAILED):
        return against
    taken = dated_stamp(lines) or any(sum_validated(line.text) for line in lines)
    if kind is Kind.SLIP and not taken:
        return Status.UNKNOWN if STAMPED.search(plain_text(lines)) else Status.NOT_YET
    if kind is Kind.STORE and _gives_back(lines):
        return Status.VOID
    if against or is_another_deed(lines):
        return against or Status.UNKNOWN
    return Status.PAID if paid_signs(lines, found, kind=kind) else Status.UNKNOWN


def _gives_back(lines: Sequence[Line]) -> bool:
    """Whether a till counts its sums, or what was to pay, below nothing (one may be a discount); a
    bank's page writes so what went out."""
    below = [line for line in lines if _BELOW_NOTHING.search(line.text)]
    return len(below) > 1 or any(_IS_TAKEN_BACK.search(line.text) for line in below)


def paid_signs(lines: Sequence[Line], found: Sequence[Entry], *, kind: Kind) -> tuple[Sign, ...]:
    """What says that it was paid, and where; the contrary words are not looked at here."""
    signs = [Sign("paid_word", line.box) for line in lines if says_paid(line.text)]
    signs += [Sign("paid_word", line.box) for line in _said_large(lines)]
    signs += [Sign("paid_word", line.box) for line in _given(lines)]
    entry = went_out(lines)
    signs += [Sign("booked", entry[0].box)] if entry else []
    signs += [Sign("status_row", entry.box) for entry in found if status_paid(entry)]
    stamps = [Sign("stamp", line.box) for line in lines if is_stamped(line)]
    dated = dated_stamp(lines)
    signs += [Sign("dated_stamp", dated)] if dated else []
    signs += [Sign("validated", line.box) for line in lines if sum_validated(line.text)]
    titles = [
        Sign("receipt_title", line.box)
        for line in lines
        if _is_receipt([line]) or (kind is Kind.STORE and _is_store_title(line.text))
    ]
    taken_in = cash_counted(found)
    counts = taken_in if _till_counts(lines, found) else []
    signs += [Sign("store_proof", box) for box in counts]
    if kind is Kind.STORE:
        signs += [Sign("cash_counted", box) for box in taken_in]
        lists = [line for line in lines if _STORE_LIST.fullmatch(line.text.strip(_FRAME))]
        signs += [Sign("store_proof", line.box) for line in lists if taken_in]
        counted = any(entry.role in _COUNTED for entry in found)
        proofs = [Sign("store_proof", x.box) for x in lines if _STORE_PROOF.search(x.text)]
        signs += proofs if counted or stamps or titles else []
        signs += [Sign("store_proof", x.box) for x in lines if _TAKEN.match(x.text.strip(ICONS))]
    if any(find_time(line.text) and not _OF_FORM.search(line.text) for line in lines):
        signs += titles  # an unpaid slip has titles too, but no time of day
    return (*signs, *stamps)


def sum_validated(text: str) -> int | None:
    """The sum (NT$) that a counter's machine prints on a slip, with the minute and its stamp; or,
    in the box that is kept for it, with its number or the clerk's."""
    moment = find_moment(text)
    if not moment or "T" not in moment:
        return None
    if _NOT_OF_THIS.search(text):
        return None
    box = _MACHINE_BOX.search(text)
    if box and _OF_MACHINE.search(box[1]):
        sums = {amount_at_start(x[0].strip()) for x in _TOKEN.finditer(_BY_WHOM.sub("", box[1]))}
        return sums.pop() if len(sums) == 1 else None
    printed = _PRINTED.search(text)
    if printed:
        return amount_at_start(printed["sum"])
    found = _SUM_BEHIND.search(_TAKEN_BEHIND.sub("", text))
    return amount_at_start(found[0]) if found and STAMPED.search(text) else None


def _said_large(lines: Sequence[Line]) -> list[Line]:
    """完成 or Done by itself, as a page's headline; in small letters it is what one may press."""
    usual = median([line.box.height for line in lines]) if lines else 0
    large = (line for line in lines if line.box.height > LARGE * usual)
    return [line for line in large if _SAID_LARGE.fullmatch(line.text.strip(f"{ICONS}!"))]


def _is_store_title(text: str) -> bool:
    return bool(_STORE_TITLE.fullmatch(_BEHIND_TITLE.sub("", text.strip(_FRAME))))


def _given(lines: Sequence[Line]) -> list[Line]:
    """已轉給某某專戶, and the sum alone in the row below; or 已將, the sum, 轉到某某銀行."""
    given = [
        line
        for line, below in pairwise(lines)
        if _GAVE.fullmatch(line.text.strip(ICONS)) and amount_alone(below.text)
    ]
    parted = zip(lines, lines[1:], lines[2:], strict=False)
    return given + [
        line
        for line, money, to in parted
        if _HAS.fullmatch(line.text.strip(ICONS))
        and amount_alone(money.text)
        and (told := _WENT_TO.fullmatch(to.text.strip(ICONS)))
        and banks_in(told["whom"])
    ]


def cash_counted(found: Sequence[Entry]) -> list[Box]:
    """Where cash was taken and change given: no till prints that before."""
    told = [entry for entry in found if amount_at_start(entry.value) is not None]
    roles = {entry.role for entry in told}
    if not {Role.CASH, Role.CHANGE} <= roles:
        return []
    return [entry.box for entry in told if entry.role is Role.CASH][:1]


def _till_counts(lines: Sequence[Line], found: Sequence[Entry]) -> bool:
    """Whether a till that collects for others took cash and gave change for a sum that it names."""
    told: dict[Role, set[int]] = {role: set() for role in (*_COUNTED, Role.AMOUNT, Role.DUE)}
    for entry in found:
        value = amount_at_start(entry.value)
        if entry.role in told and value is not None:
            told[entry.role].add(value)
    named = told[Role.TOTAL] | told[Role.AMOUNT] | told[Role.DUE]
    taken = {cash - back for cash in told[Role.CASH] for back in told[Role.CHANGE]}
    return bool(taken & named) and bool(_COLLECTS.search(plain_text(lines)))


def _is_receipt(lines: Sequence[Line]) -> bool:
    """Whether a cell is the title of a receipt and nothing else."""
    cells = (
        cell.text.strip(" *-=[]【】<>《》〈〉「」『』") for line in lines for cell in line.cells
    )
    return any(_RECEIPT.fullmatch(cell) for cell in cells)


def strange_words(lines: Sequence[Line], found: Sequence[Entry], below: Box | None) -> bool:
    """Whether a few words stand by themselves under a store's sums that no receipt usually bears.

    So a void that is worded in a way nobody thought of still goes to a person.
    """
    return below is not None and any(
        line.box.top >= below.bottom
        and not any(_holds(entry.box, line.box) for entry in found)
        and _FEW_WORDS.fullmatch(line.text.strip(" *-=()[]【】"))
        and (_TAKES_BACK.search(line.text) or not (_USUAL.search(line.text) or is_name(line.text)))
        and not is_rule(line.text)
        and not says_paid(line.text)
        for line in lines
    )


def is_name(text: str) -> bool:
    """Whether somebody's name stands there, as students write it on what they hand in."""
    return _NAME.fullmatch(text) is not None


def _holds(box: Box, row: Box) -> bool:
    return box.top <= row.top and row.bottom <= box.bottom
