"""Why a proof is not clear: the codes of the receipts room in words a student can act on."""

from collections.abc import Iterable, Mapping

from mailflow.letters.wording import Both

_UNREADABLE = Both(
    "檔案中的文字無法清楚辨識（例如模糊、反光、過小或被裁切），請重新拍攝或改附截圖。",
    "The text could not be read clearly (blurred, glare, too small or cut off); please take the "
    "photo again or send a screenshot.",
)
_BROKEN = Both(
    "檔案無法開啟或過大，請改用一般的照片、截圖或 PDF。",
    "The file cannot be opened or is too large; please send an ordinary photo, screenshot or PDF.",
)
_NOTHING = Both(
    "信件中沒有找到可作為繳費證明的照片、截圖或 PDF。",
    "We found no photo, screenshot or PDF in your mail that could serve as proof of payment.",
)
_NO_RECEIPT = Both(
    "這份檔案看起來不是繳費證明，請確認是否附錯檔案。",
    "This file does not look like a proof of payment; please check whether it is the right one.",
)
_NOT_UNDERSTOOD = Both(
    "檔案的文字讀得到，但看不出是哪一種繳費證明，請附上有金額、日期、轉入帳號與交易成功字樣的那一頁。",
    "The text can be read, but not what kind of proof it is; please send the page that shows "
    "amount, date, payee account and success.",
)
_AMOUNT = Both(
    "證明上的金額與您的繳費單金額不同。",
    "The amount shown differs from the amount on your slip.",
)
_NO_AMOUNT = Both(
    "看不清楚實際繳款的金額，請讓金額那一列完整、清楚地入鏡。",
    "The amount that was paid is not readable; please show its whole row clearly.",
)
_AMOUNT_UNNAMED = Both(
    "看得到數字，但沒有寫明哪一個是實際繳款的金額，請附上標示「轉帳金額」或「繳款金額」的那一頁。",
    "Numbers are there, but none is named as the amount that was paid; please send the page that "
    "says so.",
)
_ACCOUNT = Both(
    "證明上的轉入帳號或銀行與您的繳費單不同。",
    "The payee account or bank shown differs from your slip.",
)
_VOIDED_SLIP = Both(
    "證明上的帳號屬於先前已作廢的繳費單，不是目前的繳費單。",
    "The payee account is that of an earlier slip of yours, which is void, not of the present one.",
)
_NO_ACCOUNT = Both(
    "看不清楚轉入（繳款）帳號，請讓帳號完整、清楚地入鏡。",
    "The payee account is not readable; please show it whole and clearly.",
)
_MASKED = Both(
    "轉入帳號遮住太多位數，無法比對，請附上看得到帳號（至少末五碼）的那一頁。",
    "Too many digits of the payee account are hidden to compare it; please send the page that "
    "shows it (the last five digits at least).",
)
_SPECIMEN = Both(
    "這是範例（樣張），不是您的繳費證明，請附上您自己繳款後的證明。",
    "This is a sample, not your own proof of payment; please send the proof of your payment.",
)
_NO_SLIP_ACCOUNT = Both(
    "您的繳費單上沒有可以比對的帳號，由承辦人人工確認，請稍候。",
    "Your slip has no account that we could compare; our staff look at it, please wait.",
)
_STATUS = Both(
    "看不出交易已經完成，請附上交易完成（成功）的畫面或收據。",
    "It does not show that the payment was completed; please send the page or receipt that does.",
)
_RESERVED = Both(
    "這是預約、待確認或處理中的畫面，款項還沒有轉出，請在交易完成後附上成功的畫面。",
    "It shows a scheduled, unconfirmed or pending transfer: the money has not left yet. When it "
    "has, please send the page that says so.",
)
_FAILED = Both(
    "畫面顯示這筆交易沒有成功，請重新繳款後附上成功的證明。",
    "It shows that the transaction failed; please pay again and send the proof of that.",
)
_VOID = Both(
    "畫面顯示這筆交易已經取消或退款。",
    "It shows that the transaction was cancelled or refunded.",
)
_SLIP = Both(
    "這是繳費單本身（尚未繳費），不是繳費之後的證明，請附上繳款後的收據或轉帳成功畫面。",
    "This is the unpaid payment slip itself, not a proof made after paying; please send the "
    "receipt or the page of the completed transfer.",
)
_NO_DATE = Both(
    "看不清楚繳款日期，請讓日期完整、清楚地入鏡。",
    "The date of the payment is not readable; please show it whole and clearly.",
)
_DATE = Both(
    "繳款日期不在這次的繳費期間內。",
    "The date of the payment lies outside the payment period.",
)
_SEEN = Both(
    "這份證明先前已經收過，請提供本次繳費的證明。",
    "We have already received this proof; please send the one for this payment.",
)
_SEVERAL = Both(
    "同一個檔案中有不只一張收據，請只附上這次繳費的那一張。",
    "The file shows more than one receipt; please send only the one for this payment.",
)
_PAID_TWICE = Both(
    "檔案顯示了兩筆不同的付款，請說明哪一筆是這張繳費單的款項。",
    "The files show two different payments; please tell us which one is for this slip.",
)
_ORIGINAL = Both(
    "請提供未經修圖、標註或轉存的原始截圖、照片或 PDF，承辦人才能確認。",
    "Please send the original screenshot, photo or PDF, not edited, marked or saved by another "
    "program, so that our staff can confirm it.",
)
_STRUCK_OUT = Both(
    "證明上的金額被劃線刪除，請提供未經塗改的證明。",
    "The amount on the proof has been struck out; please send one without changes.",
)
_TOO_MANY_PAGES = Both(
    "檔案超過五頁，請只附上顯示這次繳費的那一頁。",
    "The file has more than five pages; please send only the one that shows this payment.",
)
_NO_MONEY = Both(
    "銀行的入帳紀錄中查不到您這筆款項。",
    "The bank's records do not show this payment.",
)
_TOO_LITTLE = Both(
    "銀行實際收到的金額少於您的繳費單金額。",
    "The bank received less than the amount of your slip.",
)
_WENT_BACK = Both(
    "這筆款項入帳後又被退回。",
    "The payment arrived and was then returned.",
)
_OTHER = Both(
    "我們還不能由這份檔案確認您的繳費。",
    "We cannot yet confirm your payment from this file.",
)

_WORDS: Mapping[str, Both] = {
    code: words
    for words, codes in {
        _UNREADABLE: ("unreadable", "ocr_failed"),
        _BROKEN: (
            "not_a_picture", "broken_picture", "bad_header", "picture_too_large", "broken_pdf",
            "pdf_too_slow",
        ),
        _NOTHING: ("no_attachment", "no_picture", "no_proof"),
        _NO_RECEIPT: ("not_a_receipt",),
        _NOT_UNDERSTOOD: ("not_understood",),
        _AMOUNT: ("amount_differs", "barcode_amount_differs", "words_differ", "sum_differs"),
        _NO_AMOUNT: (
            "amount_unreadable", "amount_readings_differ", "amount_read_once",
            "amount_not_confirmed", "amount_stands_once", "amount_may_have_lost_digits",
        ),
        _AMOUNT_UNNAMED: ("amount_unnamed",),
        _ACCOUNT: ("account_differs", "bank_differs", "paid_to_other_account"),
        _VOIDED_SLIP: ("paid_to_voided_slip", "account_may_be_voided"),
        _NO_ACCOUNT: ("account_unreadable",),
        _MASKED: ("account_too_masked",),
        _SPECIMEN: ("specimen",),
        _NO_SLIP_ACCOUNT: ("no_account_expected",),
        _STRUCK_OUT: ("amount_struck_out",),
        _TOO_MANY_PAGES: ("too_many_pages",),
        _STATUS: ("words_unread", "contrary_page", "status_unclear",),
        _RESERVED: ("reservation_not_payment",),
        _FAILED: ("failed_transfer",),
        _VOID: ("payment_voided",),
        _SLIP: ("unpaid_slip",),
        _NO_DATE: ("date_unclear",),
        _DATE: ("paid_before_slip", "paid_after_deadline", "posted_after_deadline"),
        _SEEN: (
            "duplicate_proof", "proof_seen_before", "picture_or_payment_used_before",
            "looks_like_an_earlier_proof", "refused_by_staff_before",
        ),
        _PAID_TWICE: ("several_payments",),
        _SEVERAL: ("several_receipts",),
        _ORIGINAL: (
            "amount_in_another_face", "amount_softer_than_its_page", "text_layer_differs",
            "account_softer_than_its_page", "saved_by_an_editor", "document_changed_later",
        ),
        _NO_MONEY: ("claimed_but_no_money", "settlement_taken_back"),
        _TOO_LITTLE: ("underpaid",),
        _WENT_BACK: ("money_returned",),
    }.items()
    for code in codes
}  # fmt: skip

# The bank's word, not a picture, is what the letter speaks of.
BY_BANK = frozenset(
    ("settled", "claimed_but_no_money", "settlement_taken_back", "underpaid", "money_returned")
)


def known_words() -> dict[str, str]:
    """Each code that has words, and those for staff: in Chinese."""
    return {code: words.zh for code, words in _WORDS.items()}


def in_words(codes: Iterable[str], *, owed: str = "") -> tuple[Both, ...]:
    """Each reason once, in the codes' order; a general sentence where no code has words.

    `owed` is the slip's amount: named where the proof shows another one.
    """
    said = dict.fromkeys(_WORDS[code] for code in codes if code in _WORDS)
    return tuple(_naming(reason, owed) for reason in said) or (_OTHER,)


def _naming(reason: Both, owed: str) -> Both:
    if reason is not _AMOUNT or not owed:
        return reason
    return Both(f"{reason.zh}繳費單金額為 NT$ {owed}。", f"{reason.en} Your slip says NT$ {owed}.")
