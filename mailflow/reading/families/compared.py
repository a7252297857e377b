"""No more than which paper came along and that the data agree with it.

「學生證也拍了一張，學號跟卡上的一模一樣」: a paper, or a field and an agreement. What may be a wish
(用護照上的, 可以, 讓, 請), another's (老師的), or points at a value that ours is not, is none.
"""

from dataclasses import replace

from mailflow.reading.families.grammar import Family, Kinds, kinds

_PARTS = (
    r"(?:的)?(?:正反面|正面|背面|反面|影像|影本|照片頁?|封面|內頁|翻拍|資料頁|掃描檔?|截圖|"
    r"那[一]?頁|首頁|第一頁|上面?|裡面?)*"
)
_PAPER = (
    r"(?:護照|身[分份]證件?|居留證|學生證|學生卡|健保卡|駕照|戶口名簿|在學證明|證件)"
    rf"{_PARTS}"
)
# These may tell a change, or another errand: they explain a file only beside an agreement.
_RECORD = (
    r"(?:戶籍謄本|戶籍資料|畢業證書|租約|電費單|水費單|契約書?|名片|(?:多益)?成績單|證明書?|"
    rf"(?:轉系|入學|錄取|核准)?通知[單書]?){_PARTS}"
)
# What these are, they don't say; they explain nothing.
_THIS = rf"(?:卡[片面]?|它|[這那]一?[張頁份本]){_PARTS}"
_FIELD = (
    r"(?:中文|英文)?(?:姓名|名字?|姓氏?|拼音|拼法|拼字|拼寫)(?:用字)?|英文|中文|字母|字(?!號)|生日|"
    r"出生(?:年月)?日期?|(?:身[分份]證|居留證|證件)?(?:字號|號碼)|證號|學號|"
    r"(?:系所|科系|系級|系)(?:名稱)?|手機|電話|(?:通訊|戶籍)?地址|住址|資料|內容|逐[一欄項格行字]+|"
    r"[這那每]?一?[欄格項](?:資料)?|spelling"
)
_SAME = (
    r"(?:上面)?(?:[填寫打拼印登]的)?(?:(?:一模)?一樣的?|相同|一致)|同一[個支組份]|"
    r"(?:(?<=[跟和與]上面)|(?<=[跟和與]這邊)|(?<=[跟和與]信[裡上]))同(?=$|[的啦喔])|"
    r"皆同|相同|"
    r"一致|"
    r"相符|"
    r"吻合|符合|所填|對得上|對過了?|核對過了?|比對過了?|抄自(?!老師|您|你們)|看過一樣|"
    r"(?<=[護證卡件頁上])沒差"
)
# 「地址同租約」, 「學號就是這張上面的」: the paper must be there, else it may be what is wanted.
_ALIKE = r"同(?=護照|證|證明|身[分份]證|居留證|學生證|健保卡|契約|租約|通知|卡|報名|表)|就是"
_SEEN = r"同上(?:面那[組個支])?|有?在上面|上面都?有|看得到"
# 「名字照護照填的」 tells how; 「照護照上寫的」 may be a wish.
_WROTE = r"(?<![上面裡頁張])[填寫打拼印抄登]的(?:那[個組支])?"
_BY = r"看(?=護照[填寫打拼]的|身[分份]證[填寫打拼]的)|照|依照?|按照?|跟|和|與|同"
_WISH = (
    r"用(?!手機拍)|可以?|讓|給它|"
    r"看(?=(?:護照|證|身[分份]證|居留證|學生證|健保卡)(?![填寫打拼]的))"
)
_RIGHT = r"(?:沒有?[寫打填拼]?錯|沒有?問題|正確|無誤|對的)(?=[啦喔哦囉了]*$)"
_SHOWN = (
    r"給(?:您|你們?|老師|承辦人?)(?:看|對|核對|參考|對照)?用?$|"
    r"另?附(?:上|件|檔|給|在(?!學)|著|了)?|(?:翻)?拍(?:照|了|給)?|掃(?:描)?(?:了|給)?|scan|"
    r"[傳丟補](?:上來?|給(?!我))?|寄(?:上|給(?!我))?|順手|放(?:上|在|著)?|貼(?:上|在)?|"
    r"夾(?:帶|在|了)?|如附[件檔圖]?|如圖|上傳|這是|供|留存用?|存檔|留底|供參|備查|存查"
)
_GIVEN = (
    r"供(?:您|老師|你們)?(?:核對|參考|對照|比對|存檔|查核|備查|存查|留存)(?:用|之用)?|"
    r"[與跟和]所填(?:資料)?(?:相同|一致|相符|一樣)|(?:順手|順便|也)+[夾附拍放](?:了|上)?一[張份]"
)
# No 請, 再, 先, 看 alone: 「請核對護照」 is a wish, 「再看一下護照」 a second thought.
_LINKS = (
    r"給?(?:您|你|老師|你們|承辦人?)(?:看|對(?=$)|核對用?|參考用?|對照)|我的?|您寄的|"
    r"(?:您|你|老師|你們|承辦人?)(?!的)|這[裡邊份]|後面|下面|上面的?|信[上裡中]的?|報名(?:時|"
    r"表)?的?|登記的|系統上的?|"
    r"表[格單]?[上裡]?的?|確認信|一?[張份頁]|一起|一併|上來|[那這][個組支]|有?難字|"
    r"也|都|皆|全部?|是|為|我|有|的|了|給(?!我|它)|在|及|、|對照著?|順便|另外|喔|哦|囉|啦"
)


def _holds(said: Kinds) -> bool:
    if "wish" in said:  # 「名字可以用護照上的」
        return False
    if said == {"given"}:
        return True
    if said & {"paper", "record", "this"}:  # 「學生證上的號碼是正確的」: is ours not?
        shown = said & {"same", "alike"} or {"wrote", "by"} <= said or {"paper", "shown"} <= said
        return "right" not in said and bool(shown)
    if "field" not in said or "shown" in said:  # 「附上正確的地址」, 「學號補在上面」
        return False
    return len(said & {"right", "seen", "same", "alike"}) == 1


COMPARED = Family(
    kinds(
        paper=_PAPER,
        record=_RECORD,
        this=_THIS,
        same=_SAME,
        alike=_ALIKE,
        right=_RIGHT,
        field=_FIELD,
        shown=_SHOWN,
        given=_GIVEN,
        seen=_SEEN,
        wrote=_WROTE,
        by=_BY,
        wish=_WISH,
        links=_LINKS,
    ),
    _holds,
)
# Without a paper beside it: what only points at one may be a wish.
TOLD_ALONE = replace(COMPARED, holds=lambda said: "alike" not in said and _holds(said))
# What came along is a paper to compare with.
SHOWS_PAPER = replace(
    COMPARED, holds=lambda said: {"paper", "shown"} <= said and "wish" not in said
)
SHOWS_RECORD = replace(
    COMPARED, holds=lambda said: {"record", "shown"} <= said and "wish" not in said
)
AGREES = replace(
    COMPARED,
    holds=lambda said: (
        "wish" not in said and bool(said & {"same", "alike"} or {"wrote", "by"} <= said)
    ),
)
