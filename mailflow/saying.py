"""What staff are told when something can't be done: zh-TW first, English beside it.

The words that verbs have in common stand here; `both` is how any other is put. Codes stay as they
are in audit, tables and `--json`; here they get the words of an office.
"""

STATES = {
    "registered": "已登錄，尚未寄確認信",
    "asked": "等學生確認資料",
    "confirmed": "資料已確認，繳費單未寄",
    "billed": "繳費單已寄出，等繳費",
    "paid": "已收繳費證明",
    "complete": "報名完成",
    "abandoned": "視為放棄",
    "withdrawn": "已取消報名",
    "awaited": "尚無成績",
    "passed": "及格",
    "kept": "保留科目",
    "failed": "未及格",
    "ready": "證書在辦公室待領",
    "collected": "證書已領",
    "posted": "證書由考試單位寄送",
    "uninvited": "尚未通知退費",
    "invited": "已通知，等申請退費",
    "applied": "已申請退費，待審",
    "verified": "退費已審核",
    "listed": "已列入撥款清冊",
    "refunded": "已撥款",
    "refused": "退費未通過",
    "void": "逾期未申請",
}
EVENTS = {
    "ask": "寄確認信",
    "confirm": "確認資料",
    "correct": "更正資料",
    "bill": "寄繳費單",
    "proof": "接受繳費證明",
    "proof_unclear": "請學生重送證明",
    "resend_slip": "重寄繳費單",
    "settled": "以銀行款項結清",
    "reopen": "重新開啟",
    "told": "記為已通知",
    "remind": "提醒",
    "deadline": "視為放棄",
    "withdraw": "取消報名",
    "reinstate": "恢復報名",
    "resume": "恢復報名",
    "pass": "登錄及格",
    "keep": "登錄保留科目",
    "fail": "登錄未及格",
    "arrive": "登錄證書到校",
    "post": "登錄證書寄送",
    "collect": "登錄證書領取",
    "unarrive": "取消證書到校",
    "unpost": "取消證書寄送",
    "uncollect": "取消證書領取",
    "offer": "通知補考",
    "invite": "通知退費",
    "apply": "申請退費",
    "verify": "審核通過退費",
    "refuse": "退回退費申請",
    "list": "列入撥款清冊",
    "unlist": "移出撥款清冊",
    "pay": "記為已撥款",
    "expire": "結束申請期間",
    "upload": "上傳證照",
}
LETTERS = {
    "registration_form": "報名表",
    "form_receipt": "報名收件回覆",
    "retake_part": "補考資料詢問信",
    "data_confirmation": "報名資料確認信",
    "data_changed": "資料更正確認信",
    "press_button": "請按確認鈕的信",
    "payment_slip": "繳費單",
    "proof_accepted": "繳費完成通知",
    "proof_unclear": "請重送證明的信",
    "reminder": "提醒信",
    "abandoned": "視為放棄通知",
    "reinstated": "恢復報名通知",
    "withdrawn": "取消報名通知",
    "staff_note": "承辦人的信",
    "status": "案件進度回覆",
    "answer": "問題回覆",
    "exam_result": "成績通知",
    "certificate_ready": "領證通知",
    "retake_offer": "補考通知",
    "refund_invitation": "退費通知",
    "refund_reminder": "退費提醒",
    "refund_received": "退費申請收件回覆",
    "refund_outside": "非退費期間通知",
    "refund_refused": "退費未通過通知",
    "refund_paid": "撥款通知",
    "payee_request": "退費帳號詢問信",
    "payee_noted": "退費帳號收悉通知",
    "reward_received": "證照收件回覆",
    "reward_refused": "證照不列入通知",
    "staff_digest": "每日摘要",
}
REASONS = {
    "account_of_another_case": "這個帳號屬於另一個案件",
    "exam_area_not_offered": "這個鑑定項目不在該考區舉行，請選本梯次有的考區",
    "exam_not_in_campaign": "本梯次沒有這個鑑定項目，請照簡章寫項目與級等",
    "form_and_mail_disagree": "表單上的答案與此不同",
    "identity_of_another_case": "這個身分證字號屬於另一個案件",
    "kept_subject_expired": "保留科目已過期限",
    "kept_subject_is_retaken": "已及格的科目與補考的科目相同",
    "kept_subject_may_have_expired": "保留科目可能已過期限",
    "kept_subject_of_another_exam": "已及格的科目不屬於這個鑑定項目",
    "kept_subject_without_retake": "寫了已及格科目，但不是補考單科",
    "kept_year_in_the_future": "及格年度在本梯次之後",
    "no_price_for_exam": "這個項目沒有定價",
    "nothing_was_billed": "資料未經確認或未寄繳費單",
    "registration_incomplete": "報名資料不完整",
    "retake_of_several_subjects": "補考單科只能有一科",
    "slip_amount_differs_from_fee": "繳費單金額與應繳不符",
    "slip_due_day_is_over": "繳費期限已過",
    "slip_missing": "沒有繳費單",
    "student_number_of_another_case": "這個學號屬於另一個案件",
    "subjects_do_not_fit_exam": "報考科目與鑑定項目不合，請一併更正 exam 與 subjects",
    "unarrive_while_refund_verified": "退費已審核，證書不能記為未到校",
    "unpost_while_refund_verified": "退費已審核，證書不能記為未寄送",
}


def both(zh: str, en: str) -> str:
    """The two languages of one sentence, on one line."""
    return f"{zh} / {en}"


NEEDS_REASON = both("請寫理由：--why '…'", "a reason is needed: --why '…'")
NOTHING_PROPOSED = both(
    "這一項沒有可受理的建議，請用 ask、requeue 或 discard",
    "nothing is proposed here: use ask, requeue or discard",
)
NO_MONEY_PROPOSED = both(
    "這一項沒有可受理的建議，請用 reject、ask 或 discard；款項要歸給某案，用 mailflow settle book",
    "nothing is proposed here: use reject, ask or discard; a bank line is given to a case by "
    "`mailflow settle book`",
)
NOTHING_CLAIMED = both(
    "這封信不屬於任何案件，沒有可退回的，請用 requeue 或 discard",
    "nothing is claimed here: use requeue or discard",
)
OWN_LETTER = both(
    "這是本室要寄出的信，請用 release 或 discard",
    "this is a letter of ours: use release or discard",
)
LETTERS_ALONE = both(
    "release 只用於本室的信與暫停，請用 accept 或 ask",
    "release is for letters and stops: use accept or ask",
)
LETTER_LEFT = both(
    "這封信已在寄送或已寄出，無可決定",
    "the letter is on its way or sent: nothing to decide any more",
)
NOBODY_TO_ASK = both(
    "這封信不屬於任何案件，沒有可詢問的人",
    "nobody to ask: the mail belongs to no case",
)
NO_CASE_OF_MAIL = both(
    "這封信不屬於任何案件，請用 requeue 或 discard",
    "the mail belongs to no case: use requeue or discard",
)
SAY_WHAT = both("請寫要問什麼：--note '…'", "say what to ask: --note '…'")
SAY_WHY = both(
    "請寫給學生的理由：--note '…'（不寫信則用 discard）",
    "say to the student why: --note '…' (or use discard, which writes no letter)",
)
NOT_READ_AGAIN = both(
    "只有待處理或失敗且內容完整的信能重讀；過大的信請提高 imap.max_message_bytes 後移回收件匣",
    "only a held or failed mail of which all is here can be read again; move one that was too "
    "large back into the inbox, with a higher imap.max_message_bytes",
)
DATA_CHANGED = both(
    "現在不能這樣做：資料在那之後已變更，請改為要求按確認鈕（ask）",
    "not possible now: the data have changed since; ask for the button",
)
CASE_CHANGED = both(
    "案件在那之後已變更：請再看一次，並重新匯入對帳檔",
    "the case has changed since: look at it, and settle its file again",
)
COUNTED_ALREADY = both(
    "這筆款項已入帳給某案，見 mailflow settle report",
    "this line counts for a case already: see `mailflow settle report`",
)
NOT_SPLIT = both(
    "一筆款項只有在剛好等於這幾案合計的未繳金額時才能分攤，請只歸給一案",
    "a line is split only when it is exactly what these cases still owe together: book it for "
    "one case",
)
NOTHING_TO_SAVE = both(
    "這一項沒有信件或圖片可以存檔", "nothing to save: this item has neither a mail nor a picture"
)
WHO = both("請寫案號，或用 --file 指定名單", "who? name case numbers, or a list with --file")
WHO_OF_EXAM = both(
    "請擇一：--exam 鑑定項目，或 --file 名單",
    "say who: either --exam NAME, or a list with --file",
)
NOT_COLLECTED = both(
    "這個項目的證書由考試單位寄送，請用 certificates posted",
    "certificates of this exam are not collected at school: use `posted`",
)
NOT_POSTED = both(
    "這個項目的證書到校領取，請用 certificates arrived",
    "certificates of this exam are not posted: use `certificates arrived`",
)


def reason(code: str) -> str:
    """A code in the words of the office; itself where there are none."""
    event, between, state = code.partition("_while_")
    if code in REASONS:
        return REASONS[code]
    if between and event in EVENTS and state in STATES:
        return f"目前是「{STATES[state]}」，不能{EVENTS[event]}"
    return code


def not_possible(*codes: str, case: str = "") -> str:
    """Why nothing was done."""
    of = f"{case}：" if case else ""
    why = "；".join(map(reason, codes))
    return both(f"{of}現在不能這樣做：{why}", f"not possible now: {' '.join(codes)}")


def no_case(number: str) -> str:
    """Nobody has this case number."""
    return both(
        f"沒有案號 {number}，請用 mailflow case list 查對",
        f"no case {number}: see `mailflow case list`",
    )


def not_one(count: int, *, of: tuple[str, str], name: str, see: str) -> str:
    """A name that means nothing, or several; `of` are the words for such things."""
    zh, en = of
    how = f"沒有名為 {name} 的{zh}" if not count else f"有 {count} 個{zh}符合 {name}，請多寫幾碼"
    many = f"no {en}" if not count else f"{count} {en}s"
    return both(f"{how}，見 {see}", f"{many} named {name}: see `{see}`")


def nothing_to_reinstate(number: str, state: str) -> str:
    """Only what was given up or withdrawn comes back."""
    return both(
        f"{number} 目前是「{STATES[state]}」，不需恢復",
        f"{number} is {state}: there is nothing to reinstate",
    )


def no_file(path: object) -> str:
    """Nothing lies there."""
    return both(f"找不到檔案 {path}，請確認路徑與檔名", f"{path}: no such file or folder")


def file_trouble(path: object, why: str) -> str:
    """A file that can't be written there; `why` is the system's word."""
    return both(
        f"無法寫入 {path}，請確認資料夾存在且有權限",
        f"{path}: {why}; name a file in a folder of your own",
    )


def unreadable_file(path: object, why: str) -> str:
    """A file that was named and can't be read; `why` is the system's word."""
    return both(
        f"讀不到 {path}，請核對檔名與資料夾", f"{path}: {why}; check the name and the folder"
    )


def no_proof(name: str) -> str:
    """Neither a file nor a stored proof."""
    return both(
        f"{name} 不是檔案，也不是證明編號的末幾碼（見 mailflow queue show）",
        f"{name}: no such file, nor the end of a proof's number (see `mailflow queue show`)",
    )


def no_stored_proof(name: str, *, several: bool, shortest: int) -> str:
    """None, or more than one, whose number ends so."""
    how = "有不只一份" if several else "沒有"
    many = "more than one proof" if several else "no proof"
    return both(
        f"{name} 不是檔案，也{how}編號末幾碼是它的證明（至少寫 {shortest} 碼）",
        f"{name}: no such file, and {many} of the store whose number ends so (at least {shortest} "
        "characters of it)",
    )


def no_page(name: str, why: str) -> str:
    """A picture or PDF in which no page can be read; `why` in words."""
    return both(f"{name} 沒有可判讀的頁面：{why}", f"{name}: no page could be read")


def roster_differs(count: int) -> str:
    """The list stays in the office."""
    return both(
        f"有 {count} 項不符，未寫出名冊，請先處理，或加 --anyway --why '…'",
        f"{count} difference(s), nothing written: settle them, or export --anyway --why '…'",
    )
