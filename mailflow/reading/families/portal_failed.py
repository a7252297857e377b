"""The portal took no file, therefore it comes by mail.

「檔案太大系統不收，只好用信寄」: what failed, and how it comes instead; no wish stands among
the words but that the office may put it in. That the office refused, or that the papers are broken,
is another matter.
"""

from mailflow.reading.families.grammar import Family, Kinds, kinds

_PORTAL = (
    r"(?:校園|學校|校務|活動|獎勵|手機版?)?(?:入口網?站?|系統|網站|網頁|平臺|頁面)|"
    r"(?:上傳|登[錄記])(?:的)?(?:頁面?|畫面|功能)|(?:證照)?(?:獎勵)?(?:上傳|登錄|活動)頁|選單|"
    r"選項|按鈕|登入|上傳|送出|帳號|欄位|送出鍵?|上傳鍵"
)
_FILE = r"檔案?|照片|圖片?|格式|掃描檔"
_TOO_BIG = r"太大|過大|(?:不|沒)(?:收|讓(?:我)?傳|給(?:我)?傳|支援)|[傳上]不[上進過]去?"
_FAILS = (
    r"(?:不|沒)(?:收|讓(?:我)?[傳上按選]?(?:傳)?|給(?:我)?[傳按選上]?(?:傳)?|行|動|支援)|"
    r"[收傳按點登進選打找看見開載]+(?:不[了到上進動開]+(?:去)?|失敗|沒反應)|"
    r"(?:沒辦法|無法|沒法|不能)(?:上傳|傳|登入|登錄|送出|選|開|按)|(?:登入|上傳|送出|連線)失敗|"
    r"失敗|卡住|當掉|當機|跳掉|跳出|跳回|登出|逾時|超時|錯誤[0-9]*|空白|轉圈圈?|沒反應|維護中?|"
    r"鎖住|"
    r"太大|"
    r"過大|壞了?|掛了"
)
_FAILED = r"(?:沒辦法|無法|沒法)(?:上傳|登入|送出)|(?:登入|上傳|送出|連線)失敗"
_INSTEAD = (
    r"(?:只好|故|因此|只能|所以|就|改|先|直接)+(?:用|以|走|從|回|寄|附|傳|交|在)+"
    r"(?:回信|信箱|電?郵件?|信件?|e-?mail|附件|檔案|這裡|這邊|這)*的?(?:方式)?(?:寄|傳|附|交|給|"
    r"提供)*"
)
_WISH = (
    r"(?:麻煩|請|拜託)(?:您|老師|助教|你們)?(?:代為|直接|幫忙?|協助)+(?:我)?"
    r"(?:登[錄記]|上傳|收(?:件|附件|檔)?|處理|送件?)"
)
_TRIED = r"壓縮(?:過)?也(?:沒用|不行)"
_LINKS = (
    r"把|過來|[這那]一?項|日檢|直接|已經|變小了?|因|但是?|可是|不過|因為|一直|跳|都|也|還是|"
    r"說|顯示|出現|按|點|選|後|之後|就|我|這個?|那個?|到|的|類別|職類|項目|種類|密碼|會|您們?$|"
    r"即|是|被|了|欸|耶|喔|哦|"
    r"壓縮(?:也沒用|過)?|登入|登錄|上傳|按?送出|開|打開|今天(?!的)|昨天(?![的寄傳附])|試了?|好幾次|"
    r"幾次|很多次|過|寄|給(?:您們?|老師|你們)?|附上|附|傳|檔|在|一份|"
    r"(?:麻煩|請|拜託)(?:您|老師)?(?:代為|幫忙?|協助)?(?:我)?(?:登[錄記]|上傳|處理)?|可以的話|"
    r"代為|裡|有|昨晚|今早|早上|晚上|掃描檔?|隨信|證照|參加(?:獎勵)?(?:活動)?|獎勵(?:活動)?"
)


def _holds(said: Kinds) -> bool:
    failed = {"portal", "fails"} <= said or {"file", "too_big"} <= said
    return failed or bool(said & {"failed", "instead", "wish", "tried"})


PORTAL_FAILED = Family(
    kinds(
        file=_FILE,
        too_big=_TOO_BIG,
        fails=_FAILS,
        failed=_FAILED,
        portal=_PORTAL,
        instead=_INSTEAD,
        wish=_WISH,
        tried=_TRIED,
        links=_LINKS,
    ),
    _holds,
)
