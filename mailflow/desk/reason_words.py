"""Why something waits, in words for staff: every code that can hold an item, and what speaks for
a proof.

The letters' words (`mailflow.letters.reasons`) speak to the student, of "your slip"; these are
read by a clerk, in a list and on a card, so that they are short. `in_short` is kind to a code
that nobody has given words: it shows the code.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from mailflow import saying
from mailflow.desk.money_card import WORDS as OF_MONEY
from mailflow.person import LABELS, Field

# What speaks for a proof: it holds nothing.
AGREEING: Mapping[str, str] = MappingProxyType(
    {
        "amount_agrees": "金額",
        "account_agrees": "帳號",
        "barcode_agrees": "條碼",
        "sum_agrees": "大寫金額",
        "date_in_window": "日期",
        "paid_word": "交易成功字樣",
    }
)

_OF_PROOFS = {
    # not the slip's
    "amount_differs": "金額與繳費單不同",
    "barcode_amount_differs": "條碼中的金額與繳費單不同",
    "words_differ": "大寫金額與繳費單不同",
    "sum_differs": "各項相加與金額不合",
    "amount_struck_out": "金額被劃線刪除",
    "account_differs": "轉入帳號與繳費單不同",
    "bank_differs": "轉入銀行與繳費單不同",
    "paid_to_voided_slip": "繳到已作廢繳費單的帳號",
    "account_may_be_voided": "帳號可能屬於已作廢的繳費單",
    "paid_before_slip": "繳款日早於繳費單",
    "paid_after_deadline": "繳款日在期限之後",
    # not read, or not for certain
    "amount_unreadable": "看不清楚金額",
    "amount_readings_differ": "幾次讀到的金額不同",
    "amount_read_once": "金額只讀到一次",
    "amount_not_confirmed": "金額還不能確定",
    "amount_stands_once": "金額只出現一次",
    "amount_may_have_lost_digits": "金額可能少讀了數字",
    "amount_unnamed": "沒有寫明哪個數字是繳款金額",
    "account_unreadable": "看不清楚轉入帳號",
    "account_too_masked": "帳號遮住太多位數，無法比對",
    "no_account_expected": "繳費單上沒有可比對的帳號",
    "date_unclear": "看不清楚繳款日期",
    "words_unread": "圖中有看不懂的字，可能表示款項未完成",
    "contrary_page": "另一頁與這筆繳款不合",
    "status_unclear": "看不出交易已完成",
    "not_understood": "看不出是哪一種繳費證明",
    "unreadable": "圖中的文字無法辨識",
    "ocr_failed": "圖檔判讀失敗",
    # no payment, or undone
    "not_a_receipt": "看起來不是繳費證明",
    "unpaid_slip": "這是尚未繳費的繳費單",
    "reservation_not_payment": "預約或處理中，款項還沒有轉出",
    "failed_transfer": "交易失敗",
    "payment_voided": "交易已取消、作廢或退款",
    "specimen": "範例（樣張）",
    # one payment twice, or several
    "picture_or_payment_used_before": "這張圖或這筆交易已用在別的案件",
    "looks_like_an_earlier_proof": "與別案先前的證明很像",
    "refused_by_staff_before": "本案先前已退回這張圖或這筆交易",
    "proof_shown_again": "同一份證明又寄來一次",
    "picture_not_read": "附圖太多，這一張沒有讀，請人工查看",
    "duplicate_proof": "這份證明先前收過",
    "proof_seen_before": "這份證明先前收過",
    "several_payments": "一封信裡有兩筆不同的繳款",
    "parts_of_one_page": "幾張圖是同一個畫面的上下段，已接起來讀",
    "several_receipts": "一個檔案裡有不只一張收據",
    # edited
    "amount_in_another_face": "金額的字形與其他數字不同（可能修過圖）",
    "amount_softer_than_its_page": "金額比四周模糊（可能修過圖）",
    "account_softer_than_its_page": "帳號比四周模糊（可能修過圖）",
    "text_layer_differs": "PDF 的文字與畫面不同（可能修過）",
    "saved_by_an_editor": "檔案由修圖軟體存檔",
    "document_changed_later": "PDF 產生後又被修改",
    # files
    "not_a_picture": "檔案不是圖片",
    "broken_picture": "圖檔損壞",
    "bad_header": "圖檔損壞",
    "picture_too_large": "圖檔過大",
    "broken_pdf": "PDF 無法開啟",
    "pdf_too_slow": "PDF 太複雜，來不及判讀",
    "too_many_pages": "PDF 超過五頁",
    "no_attachment": "信中沒有附件",
    "no_picture": "信中沒有圖片",
    "no_proof": "信中沒有繳費證明",
    # beside the picture
    "proof_not_certain": "證明還不能確定",
    "proof_not_confirmed": "證明還不能確定",
    "proof_late": "期限過後才寄來的證明",
    "proof_late_times_unsure": "期限過後才寄來，繳款時間無法確定",
    "proof_too_late": "證明來得太晚",
    "claim_without_readable_proof": "說已繳費，但沒有可判讀的證明",
    "bank_said_otherwise": "與銀行入帳紀錄不符",
}
_OF_MAILS = {
    # who wrote it
    "no_case": "找不到對應的案件",
    "author_unclear": "看不出是誰寄的",
    "authentication_failed": "寄件網域驗證失敗，可能是冒名",
    "sender_unregistered": "不是從登記的信箱寄來",
    "sender_not_registered": "不是從登記的信箱寄來",
    "return_path_differs": "退信地址與寄件者不同",
    "carriers_disagree": "信中的案號彼此不同",
    "own_letter": "是本室自己的信",
    "not_by_hand": "不是本人寫的信（自動或群發）",
    "acts_for_someone": "替別人處理",
    "signed_by_another": "署名是別人",
    "address_differs": "表單上的信箱與寄件者不同",
    "address_of_another_student_number": "這個信箱屬於另一個學號",
    # how it is written
    "words_not_understood": "信裡有看不懂的字句，請看來信內容",
    "unclear": "看不出這封信要做什麼",
    "empty": "信是空白的",
    "quote_unclear": "分不清是新寫的還是引用的文字",
    "quote_edited": "引用的文字裡可能改過資料",
    "hidden_text": "信中有隱藏的文字",
    "hostile_words": "信中有想操縱系統的字句",
    "odd_message": "信件格式不正常",
    "odd_attachment": "附件種類不尋常",
    "attachment_unexplained": "附件沒有說明用途",
    "too_long": "信太長，沒有全部判讀",
    "too_large": "信太大，沒有取回內容",
    "unfetchable": "信箱主機不給這封信的內容",
    "forwarded": "轉寄的信",
    "contradiction": "信的內容前後矛盾",
    "takes_back": "收回先前說的話",
    "hedged": "語氣不確定",
    "question": "有問題要問",
    "no_wish": "沒有說要做什麼",
    "words_in_subject": "主旨另外寫了字",
    "failed": "這封信處理失敗",
    "ended_with_the_daemon": "處理這封信時程式中斷",
    # what it wants
    "withdrawal": "要取消報名",
    "withdraw": "要取消報名",
    "status_question": "問案件辦到哪裡",
    "standing_needs_staff": "案件進度要由承辦人說明",
    "told_today": "今天已回覆過進度",
    "answered_before": "同樣的問題已回覆過",
    "asked_fee": "問到費用",
    "asked_deadline": "問到期限",
    "asked_proof": "問到繳費證明",
    "asked_change": "問到更改資料",
    "registration": "報名的信",
    "confirm": "確認資料的信",
    "correction": "更正資料的信",
    "payment_receipt": "繳費證明的信",
    "resend_slip": "要求重寄繳費單",
    "refund_application": "申請退費的信",
    "certificate_upload": "上傳證照的信",
    "auto_reply": "自動回覆",
    "list_or_bulk": "群發信",
    "spam": "垃圾信",
    "other": "其他來信",
    "more_than_the_slip": "除了補寄繳費單還有別的要求",
    "correction_too": "同時要更正資料",
    "money_trouble": "繳款出了問題（重複、部分、代繳等）",
    "proof_missing": "說附了證明，但沒有附件",
    "proof_unclear": "繳費證明說得不清楚",
    "proof_behind_link": "證明是連結，沒有附檔",
    "papers_missing": "缺應附的文件",
    # the button
    "confirm_without_token": "說資料無誤，但沒有用按鈕",
    "token_expired": "按鈕已過期",
    "token_stale": "按鈕寄出後資料已變更",
    "token_foreign": "按鈕屬於別的案件",
    "token_unknown": "不是本室寄出的按鈕",
    "token_none": "沒有用按鈕",
    "token_in_body": "按鈕的代碼寫在內文",
    "token_altered": "按鈕的代碼被改過",
    "button_asked_for_twice": "已請學生按鈕兩次，仍未按",
    "not_confirmed_yet": "資料還沒有確認",
    # corrections
    "other_value": "另外還寫了別的值",
    "ambiguous_value": "寫了不只一個值",
    "conditional_value": "有條件的更正",
    "unusable_value": "寫的值不能用",
    "partial_value": "只寫了一部分",
    "value_in_picture": "要更正的值在圖片裡",
    "old_value_differs": "所說的舊資料與登記的不同",
    "field_needs_person": "這個欄位要由承辦人更改",
    "whole_identity": "幾乎整個人的資料都要改",
    "identity_change": "要換成另一個人",
    "slip_sent": "繳費單已寄出",
    "sex_does_not_fit": "性別與身分證字號不符",
    "change_of_address_needs_staff": "要更改信箱，須確認是本人",
    "correction_without_usable_value": "要更正，但沒有可用的值",
    # bounces
    "bounce": "退信",
    "bounce_failed": "本室的信寄不到",
    "delayed": "信件延遲",
    "mailbox_full": "對方信箱已滿",
    "unknown_user": "對方信箱不存在",
}
_OF_CASES = {
    "already_registered": "已經報過名",
    "registers_another_address": "替別的信箱報名",
    "registration_after_deadline": "報名期限已過",
    "student_registered_before": "這名學生先前報過名",
    "address_registered_twice": "這個信箱登記了不只一件報名",
    "identity_registered_twice": "這個身分證字號報了不只一次",
    "student_number_of_several_cases": "這個學號有不只一個案件",
    "student_number_of_another_person": "這個學號登記的是另一個人",
    "not_answered_again_today": "今天已回覆過這個信箱，不再自動回覆",
    "address_unreachable": "信箱收不到信",
    "due_differs_from_round": "繳費單的期限與本梯次不同",
    "slip_changed_after_it_was_sent": "繳費單寄出後又有新的一張",
    "deadline_passed_while_office_was_late": "期限已過，但本室處理得晚",
    "deadline_passed_but_money_came": "期限已過，但有款項入帳",
    # after the exam
    "result_unclear": "成績無法判定",
    "subject_marked_twice": "同一科有兩個成績",
    "subject_not_registered": "有沒報名的科目",
    "subject_without_mark": "有科目沒有成績",
    "kept_subject_unknown": "查不到保留科目",
    "refund_applied": "申請退費，待審核",
    "certificate_uploaded": "上傳證照，待審核",
    "certificate_sent_before": "這張證照先前收過",
    "certificate_of_another_person": "這張證照別人也交過",
    "language_certificate": "語言類證照，不在獎勵範圍",
    "issue_day_unknown": "看不出取得日期",
    "title_unknown": "看不出證照名稱",
    "uploaded_late": "證照逾期才寄到",
    "issued_outside_period": "取得日期不在獎勵期間",
    "no_reward_in_this_round": "本梯次沒有獎勵",
    "application_early": "還不能申請退費",
    "application_late": "退費申請期間已過",
    "told_twice": "已回覆過兩次",
    "window_open": "退費申請期間還沒有結束",
    "mail_not_read_yet": "還有來信沒有處理",
    "mail_waits_for_staff": "還有來信等承辦人決定",
    "bank_has_another_sum": "銀行實收金額與應繳不同",
    "no_money_on_the_banks_file": "銀行檔案中查無款項",
    "account_changed": "退費帳號改過，須兩人核對",
    "account_in_another_name": "退費帳號的戶名不是本人",
    "account_of_another_person": "這個退費帳號別人也用",
    "account_token_of_another_case": "帳號按鈕屬於別的案件",
    "account_token_used": "帳號按鈕已用過",
    "account_token_expired": "帳號按鈕已過期",
    "account_token_unknown": "不是本室寄出的帳號按鈕",
    "payee_said_twice": "退費帳號寫了兩次",
    "payee_bank": "退費帳號的銀行代碼不對",
    "payee_account": "退費帳號的號碼不對",
    "payee_holder": "退費帳號的戶名不對",
}
_OF_THE_OFFICE = {
    "too_many_letters_in_an_hour": "一小時內寄出太多信，已暫停寄信",
    "relay_refuses_the_office": "郵件主機拒絕本室寄信",
    "import_refused": "匯入檔有問題，沒有匯入",
    # of one letter
    "bounced": "信件被退回",
    "too_many_letters_today": "今天寄給這名學生的信太多",
    "no_sent_folder_to_look_into": "不知道是否已寄出（沒有寄件備份匣可查）",
    "sent_folder_not_found": "不知道是否已寄出（找不到寄件備份匣）",
    "not_in_sent_folder": "寄件備份匣裡沒有這封信",
    "shadow": "影子模式，等待放行",
}
_WORDS: Mapping[str, str] = {
    **OF_MONEY,
    **_OF_CASES,
    **_OF_THE_OFFICE,
    **_OF_MAILS,
    **_OF_PROOFS,
}
_LETTER = {"unreadable": "信件內容無法讀取"}
# A code whose end says what: of a field, or of how a child process ended.
_BEGINNINGS = {"missing:": "缺少", "invalid:": "不能用："}
_STOPPED = {"reading_": "來信判讀失敗", "picture_": "圖檔判讀失敗", "error_": "程式發生錯誤"}
_WAITS = {
    "proof": "收到繳費證明",
    "application": "收到退費申請",
    "account": "收到退費帳號",
}


def in_short(code: str, *, kind: str = "") -> str:
    """One code in the words of the office; itself where there are none. `kind` is the item's: the
    bank's word about money, or a letter of ours, may be meant."""
    if kind == "money" and code in OF_MONEY:
        return OF_MONEY[code]
    if kind == "letter" and code in _LETTER:
        return _LETTER[code]
    if words := AGREEING.get(code):
        return f"{words}相符"
    return _WORDS.get(code) or _of_state(code) or _of_a_kind(code) or saying.reason(code)


def holding(codes: Iterable[str]) -> tuple[str, ...]:
    """Those that hold an item, in their order: all but what speaks for a proof."""
    return tuple(code for code in codes if code not in AGREEING)


def agreeing(codes: Iterable[str]) -> str:
    """What agrees, in words: 「金額、帳號、日期」; '' where nothing does."""
    return "、".join(dict.fromkeys(AGREEING[code] for code in codes if code in AGREEING))


def why_held(codes: Iterable[str], *, kind: str = "") -> str:
    """What holds an item, in words; 「（未註明）」 where nothing is said against it."""
    words = dict.fromkeys(in_short(code, kind=kind) for code in holding(codes))
    return "；".join(words) or "（未註明）"


def words_for_staff() -> dict[str, str]:
    """Each code with words, for who writes them beside a picture."""
    return dict(_WORDS) | {code: in_short(code) for code in AGREEING}


def _of_state(code: str) -> str:
    """`proof_while_paid`: what came, and how the case stood."""
    came, between, state = code.partition("_while_")
    if not between or came not in _WAITS or state not in saying.STATES:
        return ""
    return f"{_WAITS[came]}時，狀態是「{saying.STATES[state]}」"


def _of_a_kind(code: str) -> str:
    for beginning, words in _BEGINNINGS.items():
        if code.startswith(beginning):
            name = code.removeprefix(beginning)
            return words + (LABELS[Field(name)] if name in set(Field) else name)
    return next((words for start, words in _STOPPED.items() if code.startswith(start)), "")
