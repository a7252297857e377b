"""Pages that eight writers made up, each of another maker: what only looks like a proof is none.

Figures are measured by `./dev bench written_pages`; here no false page may be accepted, and no
genuine one that was accepted (tests/data/proof_pages/accepted.txt, written by `./dev bench
written_pages --keep`) may fall away unseen.
"""

from benchmarks.written_pages import ACCEPTED, judged, written
from mailflow.receipts.lines import Line
from mailflow.receipts.listed_words import doubtful_words
from mailflow.receipts.result import Verdict
from mailflow.receipts.undoing import undoing_rows


def test_no_page_that_only_looks_like_a_proof_is_accepted() -> None:
    wrong = [
        (page.id, page.why)
        for page in written()
        if not page.genuine and judged(page)[0] is Verdict.ACCEPT
    ]
    assert wrong == []


def test_the_genuine_pages_that_were_accepted_still_are() -> None:
    kept = set(ACCEPTED.read_text("utf-8").split())
    now = {page.id for page in written() if page.genuine and judged(page)[0] is Verdict.ACCEPT}
    assert kept - now == set()


USUAL = """請妥善保留本收據以備查詢
本通知由系統自動發送,請勿直接回覆
本聯由客戶收執
本交易明細僅供參考,實際入帳以銀行帳務為準
以下為您的交易內容:
為保障您的交易安全,離開前請先登出。""".splitlines()
UNDOING = """此畫面僅為示範,不會有任何帳務異動
聲明:因持卡人身分驗證未通過,上列交易自始不生效力
您本次的轉帳即屬上述情形,請改日再試
本App為記帳工具,未與任何銀行連線
資料庫為假資料
圖片由 AI 生成
TEST TRANSACTION
這筆款項先圈存24小時
本頁所載帳號、金額及結果係供操作說明之用""".splitlines()


def doubts(words: str) -> tuple[str, ...]:
    page = (Line.of("轉帳成功"), Line.of(words, 1))
    return doubtful_words(page) or undoing_rows(page)


def test_what_a_page_usually_says_of_itself_raises_no_doubt() -> None:
    for words in USUAL:
        assert doubts(words) == (), words


def test_what_undoes_a_page_does() -> None:
    for words in UNDOING:
        assert doubts(words), words
