"""What the desk says when something can't be done: zh-TW first, English below. The one place.

Codes stay as they are in audit, tables and `--json`; here they get the words of an office.
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
    """The two languages of one sentence."""
    return f"{zh}\n{en}"


def reason(code: str) -> str:
    """A code in the words of the office; itself where there are none."""
    event, between, state = code.partition("_while_")
    if code in REASONS:
        return REASONS[code]
    if between and event in EVENTS and state in STATES:
        return f"目前是「{STATES[state]}」（{state}），不能{EVENTS[event]}"
    return code


def not_possible(*codes: str) -> str:
    """Why nothing was done."""
    return both(
        f"現在不能這樣做：{'；'.join(map(reason, codes))}", f"not possible now: {' '.join(codes)}"
    )


def no_case(number: str) -> str:
    """Nobody has this case number."""
    return both(
        f"沒有案號 {number}；請用 mailflow case list 查對",
        f"no case {number}: see `mailflow case list`",
    )
