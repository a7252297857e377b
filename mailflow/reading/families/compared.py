"""No more than which paper came along and that the data agree with it.

「學生證也拍了一張，學號跟卡上的一模一樣」: a paper, or a field and an agreement.
"""

from dataclasses import replace

from mailflow.reading.families.grammar import Family, Kinds, kinds

_PAPER = (
    r"(?:護照|身[分份]證件?|居留證|學生證|學生卡|健保卡|駕照|戶口名簿|戶籍謄本|畢業證書|在學證明|"
    r"租約|電費單|水費單|契約書?|名片|存摺|"
    r"(?:多益)?成績單|(?:轉系|入學|錄取|核准)?(?:通知|公文)[單書信]?|證件|卡[片面]?|證照|它|"
    r"[這那]一?[張頁份])(?:的)?"
    r"(?:正反面|正面|背面|影像|反面|影本|照片頁?|封面|內頁|翻拍|資料頁|掃描檔?|截圖|那[一]?頁|"
    r"首頁|第一頁|上面?|裡面?)*"
)
_FIELD = (
    r"(?:中文|英文)?(?:姓名|名字?|姓氏?|拼音|拼法|拼字|拼寫)(?:用字)?|英文|中文|生日|"
    r"出生(?:年月)?日期?|"
    r"(?:身[分份]證|居留證|證件)?(?:字號|號碼)|證號|學號|(?:系所|科系|系)(?:名稱)?|手機|電話|"
    r"(?:通訊|戶籍)?地址|住址|資料|內容|"
    r"逐[一欄項格行字]+|[這那每]?一?[欄格項](?:資料)?|spelling"
)
_SAME = (
    r"(?:一模)?一樣的?|同一[個支組份]|同(?:上(?!面))?|沒差|相同|一致|相符|吻合|符合|所填|"
    r"[填寫打拼印抄]的(?:那[個組支])?|對得上|對過了?|"
    r"核對過了?|比對過了?|有?在上面|上面都?有|看得到|抄自|看過一樣"
)
_RIGHT = r"沒有?錯|沒有?問題|正確|無誤|對的"
_SHOWN = (
    r"附(?:上|件|檔|給|在(?!學)|著|了)?|(?:翻)?拍(?:照|了|給)?|掃(?:描)?(?:了|給)?|scan|"
    r"[傳丟補](?:上來?|給)?|寄(?:上|給)?|"
    r"順手|放(?:上|在|著)?|貼(?:上|在)?|夾(?:帶|在|了)?|如附[件檔圖]?|如圖|這是|供|參考|對照|"
    r"核對|比對|留存|存檔|留底|供參|備查|存查"
)
_GIVEN = (
    r"供(?:您|老師|你們)?(?:核對|參考|對照|比對|存檔|查核|備查|存查|留存)(?:用|之用)?|"
    r"(?:順手|順便|也)+[夾附拍放](?:了|上)?一[張份]"
)
# No 請, 再, 先, 看 alone: 「請核對護照」 is a wish, 「再看一下護照」 a second thought.
_LINKS = (
    r"給?(?:您|你|老師|你們|承辦人?)(?:看|核對用?|參考用?|對照)|我的?|您寄?的?|老師|你們|承辦人?|"
    r"這[裡邊份]|後面|下面|"
    r"[您你]|上面的?|信[上裡中]的?|報名(?:時|表)?的?|表[格單]?[上裡]?的?|確認信|一?[張份頁]|一起|"
    r"一併|"
    r"看(?=護照|證|身[分份]證|居留證|學生證|健保卡)|上來|那[個組支]|有?難字|"
    r"也|都|皆|全部?|是|為|我|有|的|了|給|讓|用|在|跟|和|與|及|、|照|依照?|按照?|對照著?|順便|"
    r"另外|一下|可以?|喔|哦|囉|啦"
)


def _holds(said: Kinds) -> bool:
    if said == {"given"}:
        return True
    if "paper" in said:  # 「學生證上的號碼是正確的」 may mean that ours is not
        return "right" not in said and bool(said & {"shown", "same", "it_is"})
    return "field" in said and bool(said & {"same", "right"})


COMPARED = Family(
    kinds(
        paper=_PAPER,
        same=_SAME,
        right=_RIGHT,
        field=_FIELD,
        shown=_SHOWN,
        given=_GIVEN,
        it_is="就是",
        links=_LINKS,
    ),
    _holds,
)
# What came along is a paper to compare with.
SHOWS_PAPER = replace(COMPARED, holds=lambda said: "paper" in said and "shown" in said)
