"""What the student or the staff is told for each reason code, in Traditional Chinese."""

REASON_WORDS: tuple[tuple[str, str], ...] = (
    ("unreadable", "圖片不清楚，無法辨識內容；請重新拍照或改傳交易成功畫面的截圖。"),
    ("not_a_receipt", "收到的圖片不像繳費證明；請傳轉帳成功畫面、ATM 明細表或超商收據。"),
    (
        "reservation_not_payment",
        "畫面顯示為預約、確認中或尚未完成的交易；請於實際扣款後再傳交易成功的畫面。",
    ),
    ("unpaid_slip", "收到的是繳費單，不是繳費證明；請繳費後傳「代收款專用繳款證明（顧客聯）」。"),
    ("failed_transfer", "畫面顯示交易失敗；請確認款項是否扣款，重新轉帳後再傳成功的畫面。"),
    ("payment_voided", "這張收據已作廢或取消；請傳有效的繳費證明。"),
    ("amount_unreadable", "看不清楚金額；請讓金額完整入鏡後重新拍照。"),
    (
        "account_unreadable",
        "看不清楚轉入帳號（或銷帳編號、第二段條碼）；請讓帳號完整入鏡後重新拍照。",
    ),
    ("amount_differs", "證明上的金額與應繳金額不同。"),
    ("amount_readings_differ", "金額的數次辨識結果不一致。"),
    ("amount_read_once", "金額只辨識到一次，尚待確認。"),
    ("amount_not_confirmed", "金額放大後無法再次確認。"),
    ("amount_stands_once", "收據上只有一處可讀到金額，尚待確認。"),
    ("account_differs", "轉入帳號與繳費單上的帳號不同。"),
    ("bank_differs", "轉入銀行與繳費單上的銀行不同。"),
    ("sum_differs", "金額加手續費與總額不符。"),
    ("barcode_amount_differs", "條碼上的金額與應繳金額不同。"),
    ("words_differ", "大寫金額與應繳金額不同。"),
    ("paid_before_slip", "交易日期早於繳費單開立日期。"),
    ("paid_after_deadline", "交易日期晚於繳費期限。"),
    ("date_unclear", "看不清楚交易日期。"),
    ("status_unclear", "看不出交易是否成功。"),
    ("several_receipts", "同一張圖片裡有數筆交易。"),
    ("no_account_expected", "沒有可供比對的帳號。"),
    ("picture_too_large", "圖片尺寸過大，無法開啟；請縮小後再傳。"),
    ("broken_picture", "檔案已損壞或不完整，無法開啟；請重新傳送。"),
    ("broken_pdf", "PDF 無法開啟（可能加密或已損壞）；請改傳圖片。"),
    ("not_a_picture", "附件不是圖片或 PDF；請傳 JPG、PNG、HEIC 或 PDF。"),
    ("ocr_failed", "文字辨識沒有完成，由承辦人員查看。"),
    ("amount_agrees", "金額相符。"),
    ("paid_word", "顯示繳費成功。"),
    ("account_agrees", "轉入帳號相符。"),
    ("barcode_agrees", "條碼相符。"),
    ("sum_agrees", "金額加手續費等於總額。"),
    ("date_in_window", "交易日期在期限內。"),
)
_BY_CODE = dict(REASON_WORDS)


def reason_in_words(code: str) -> str:
    """The sentence for a code; the code itself when there is none."""
    return _BY_CODE.get(code, code)
