"""Why a slip from elsewhere was not taken, in words for staff, each with the remedy."""

from collections.abc import Mapping

_ELSEWHERE = "請出納組或銀行更正後重新匯入"

REMEDIES: Mapping[str, str] = {
    "pdf_too_large": "檔案過大；請提供單一學生的繳費單",
    "not_a_pdf": "不是 PDF；請提供原始的 PDF 檔",
    "pdf_has_many_pages": "頁數過多；請拆成每位學生一個檔案",
    "pdf_page_too_large": "頁面過大；請以 A4 或 A5 輸出",
    "pdf_unreadable": "無法開啟（損壞或有密碼）；請提供沒有密碼的原始檔",
    "pdf_has_active_content": "內含程式或附件；請提供單純的繳費單",
    "pdf_without_text": "沒有文字（可能是掃描）；請提供系統產生的原始 PDF",
    "no_such_case": "找不到這個案號或學號；請核對號碼，或先匯入報名資料",
    "no_case_found": "看不出是誰的；請在檔名加上案號或學號，或同時匯入含帳號的表格",
    "names_several_cases": "出現一個以上學生的號碼；請拆成每位學生一個檔案",
    "number_of_several_cases": "這個學號有一個以上的案件；請改用案號",
    "numbers_disagree": "案號與學號不是同一人；請更正其中之一",
    "name_differs": "姓名與報名資料不同；請核對是否配錯人",
    "name_not_on_paper": "繳費單上沒有這位學生的姓名；請核對是否配錯人",
    "several_slips_for_one_case": "同一案件有兩張不同的繳費單；請只留下正確的一張",
    "account_shared": "同一個帳號給了一位以上的學生；請出納組或銀行改為一人一號",
    "account_of_another_case": "這個帳號是另一案件的；請核對是否配錯人",
    "account_missing": "找不到繳款帳號；請同時匯入含帳號的表格",
    "account_unclear": "有一個以上的帳號；請同時匯入含帳號的表格",
    "account_not_on_paper": "繳費單上沒有表格所說的帳號；請核對是否配錯人",
    "account_differs_on_paper": f"繳費單上的帳號與表格不同；{_ELSEWHERE}",
    "account_length_differs": f"帳號長度不合銀行規則；{_ELSEWHERE}",
    "account_of_another_payee": f"帳號不是本校的企業代碼；{_ELSEWHERE}",
    "account_check_digit_differs": f"帳號檢查碼不合（帳號或金額有誤）；{_ELSEWHERE}",
    "account_day_differs": f"帳號裡的日期不是這一梯次的繳款期限；{_ELSEWHERE}",
    "bank_differs": "銀行代碼與梯次設定 slip.bank 不同；請更正其中之一",
    "amount_missing": "找不到金額；請同時匯入含金額的表格",
    "slip_amount_differs_from_fee": f"金額與這位學生應繳的不同；{_ELSEWHERE}，或先更正報名資料",
    "no_price_for_exam": "梯次設定裡沒有這個項目的費用；請先補上",
    "due_differs_from_round": f"期限不是這一梯次的繳款期限；{_ELSEWHERE}",
    "barcodes_differ": f"條碼與條碼下的文字或表格不同；{_ELSEWHERE}",
    "barcode_check_differs": f"三段條碼的檢查碼不合；{_ELSEWHERE}",
    "barcode_account_differs": f"第二段條碼不是這個帳號；{_ELSEWHERE}",
    "barcode_code_differs": "第一段條碼的代收項目與梯次設定 slip.store 不同；請更正其中之一",
    "barcodes_not_scannable": f"條碼掃描不出來（過細、過小或被遮住）；{_ELSEWHERE}",
    "another_slip_was_sent": "已寄出另一張；確定要換發並作廢舊的，請加 --reissue --why",
    "slip_was_sent": "已寄出；確定要換發並作廢舊的，請加 --reissue --why",
    "case_is_closed": "案件已繳費、放棄或撤回；不再發繳費單",
    "not_confirmed_yet": "學生還沒有確認資料；確認後會自動寄出",
    "slip_serials_used_up": "流水號不夠用；請調整 slip.bank.case_digits 或 serial_prefix",
    "slip_due_day_is_over": "繳款期限已過；請先決定是否延長",
    "changed_meanwhile": "處理時案件正好有變動；請再執行一次",
}


def remedy(code: str) -> str:
    """The words for a code; a code without words is a reason of the workflow, shown as it is."""
    return REMEDIES.get(code, code)
