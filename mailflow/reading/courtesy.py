"""Words that change nothing: greetings, thanks, closings, and the vocabulary of each errand.

Each set is covered only when its errand is the intent, so that the rest stands out.
"""

import re

from mailflow.reading.frames import cover_frames
from mailflow.reading.phrases import OFFERS, REST_IS_RIGHT
from mailflow.reading.reasons import HOW_CHECKED, OLD_IS_GONE, THEIRS_AND_MINE, WHY_CHANGED
from mailflow.reading.vocabulary import ERRAND, EVERYDAY, PARTICLES, REASON
from mailflow.reading.words import Words

_OFFICE = (
    r"(?:老師|承辦(?:人員|人|姐姐|姊姊|哥哥)?|助理|小組|團報小組|助教|學長姐?|學姐|研發處|組長|主任|小姐|先生|同仁|"
    r"人員|大家|各位|貴處|師長|您們?|你們?|們)"
)
_THANK = (
    r"(?:感謝|謝謝|謝|多謝|感恩|感激|辛苦|thx|tks|thanks?(?: you)?(?: so much| very much|"
    r" a lot| in advance| again| for your (?:help|time|assistance))?)"
)

ALWAYS = re.compile(
    "|".join(
        (
            r"(?:感謝|謝謝|謝|辛苦|麻煩)(?:老師|您|你們|研發處|了)*(?:幫|替|為)(?:大家|我們|"
            r"同學們?|學生們?|全校)"
            r"(?:辦理?|處理|統一|一起|團體|安排|爭取)*(?:團報|報名|服務|手續|送件|作業|這些|"
            r"團體報名)+",
            rf"(?:親愛的|尊敬的|敬愛的)?{_OFFICE}*(?:早安|午安|晚安|平安|早上好|下午好|晚上好|"
            r"(?:您|你)?好)(?=[^的了]|$)",
            rf"(?:親愛的|尊敬的|敬愛的)?{_OFFICE}(?=[,:! ]|$)|哈囉|嗨+|hello|"
            r"hi+(?: there)?(?![a-z])|dear(?: ?/?(?:sir|madam|teacher|office|team|mr|ms|prof|"
            r"professor|staff|or))*(?![a-z])",
            r"good (?:morning|afternoon|evening|day)|to whom it may concern|(?:sir|madam|"
            r"teacher)(?![a-z])",
            rf"(?:非常|十分|很|真的|再次|先|萬分|致上)*{_THANK}(?:{_OFFICE}|了|囉|喔|唷|啦|"
            r"的?(?:辛勞|辛苦|幫忙|協助|處理|回覆|幫助|提醒|通知|耐心)|告知|大家|!)*",
            rf"辛苦(?:{_OFFICE}|各位|大家|了|囉|啦)*",
            rf"(?:再|還|就)?(?:麻煩|勞煩|拜託|請)(?:{_OFFICE})?(?:再|幫忙|協助|幫我|惠予|"
            r"撥冗)*(?:確認|處理|查收|查看|核對|過目|收(?:下)?|看|查閱|查照|登記|審核|囉|了|"
            r"喔|一下|看看)*(?!不|別|勿|問)",
            r"(?:很|非常|真的|十分|真是)+(?:不好意思|抱歉|對不起)|"
            r"(?:煩請|敬請|敬祈|懇請|惠請|還請|有勞|勞駕|再請)(?:您|老師|貴處|貴單位|"
            r"貴組)?(?:惠予|撥冗|協助|幫忙|代為|予以)*"
            r"(?:確認|處理|查收|查照|核對|核示|更正|修改|修正|更改|辦理|審核|鑒核|鑑核|指教)?|"
            r"(?:謹此|特此|茲|敬請)(?:告知|通知|來信|函|附上|檢附)?|感激不盡|不勝感激|銘感五內|"
            r"不好意思|抱歉|對不起|(?:造成|帶來|添)?(?:您|你)?的?(?:困擾|麻煩)(?:了)?|打擾了?|"
            r"so sorry|sorry(?: for (?:the|any) (?:inconvenience|trouble|mistake))?|"
            r"(?:my )?apolog(?:ies|y|ize)",
            r"(?:敬上|謹上|敬啟|拜上|"
            r"上)[ \n]{0,3}[0-9]{2,4}[/.年-][0-9]{1,2}[/.月-][0-9]{1,2}日?(?=$|\n)|"
            r"(?:敬上|謹上|敬啟|上$|拜上|[敬謹][覆復呈筆誌啟陳]|叩上|鞠躬|手書|"
            r"順頌 ?(?:[時商教公學文夏秋冬春暑道研臺鈞勛]?[祺安綏祉祈褀])?|祝(?:好|福)?(?:您|你|"
            r"老師|學安|教安|教祺|"
            r"平安|順心|順利|愉快|安好|一切|工作|身體|健康|教師節|中秋節?|佳節|快樂|週末|"
            r"有美好的?一天|大家|研發處|們|,|\s)*)",
            r"(?:best |kind |warm |with )?(?:regards|wishes)|sincerely(?: yours)?|"
            r"yours(?: (?:sincerely|truly|faithfully))?|have a (?:nice|good|great) (?:day|"
            r"weekend|one)|best(?=,|\s*$)|cheers",
            r"(?:國立)?(?:臺北科技大學|臺北科大|北科大?)|ntut|"
            r"national taipei university of technology|taipei tech(?![a-z])|"
            r"ipas(?:[0-9]{3}-[0-9]{3,6})?|"
            r"研發處(?:的)?(?:老師|同仁)們?|團體報名|團報|附註|ps(?![a-z])|如題|"
            r"以上(?=[,。 ]|$)|跟您說一聲|跟老師說一聲|"
            r"通知(?:您|老師)?一下",
            r"老師(?!的)|我是|我叫|本人|敝姓|學生|"
            r"(?<!我)(?<!的)(?<!位)(?<!他)(?<!班)同學(?= ?(?:$|[,。!:]|敬上|上$))|(?:大學部|"
            r"碩士?班?|博士?班?|大|"
            r"研)?[一二三四](?:年級)?[甲乙丙丁]?班?(?=[ 的,\n]|$)",
            r"我的?中文(?:不太好|不好|還在學|很差)|請見諒|多多?包涵",
        )
    ),
    re.MULTILINE,
)


def cover_courtesy(words: Words, errand: str) -> None:
    """Mark as understood what is courtesy anywhere, or belongs to this errand."""
    words.cover_all(ALWAYS)
    words.cover_all(OFFERS)
    cover_frames(words)
    if errand != "confirm":
        words.cover_all(REASON)
        words.cover_all(EVERYDAY)
    if errand == "correction":
        words.cover_all(REST_IS_RIGHT)
        words.cover_all(WHY_CHANGED)
        words.cover_all(THEIRS_AND_MINE)
        words.cover_all(OLD_IS_GONE)
    elif errand == "confirm":
        words.cover_all(HOW_CHECKED)
    for pattern in ERRAND.get(errand, ()):
        words.cover_all(pattern)
    words.cover_all(PARTICLES)
