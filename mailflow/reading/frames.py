"""Clauses that change nothing whatever fills them: thanks for something, wishes, an excuse for
being late, a word about the weather; and courtesies in the languages of foreign students.

A frame is taken as a whole only when nothing in it could matter: no field, no number, no sign, no
word of changing, paying or sending, no other person, no condition, no question.
"""

import re

from mailflow.reading.mentions import find_mentions
from mailflow.reading.strangers import MARKS
from mailflow.reading.words import Words

_REST = r"[^\s,。.!?;:~]{0,24}"
_ENGLISH_REST = r"[^,。.!?;:~\n\u3400-\u9fff]{0,40}"
# 「敬祝 身體健康 萬事如意」
_BLESSINGS = (
    r"(?: [安康健順心利快樂愉平祺福喜如意萬事身體工作教學業祉綏大吉祥闔家幸]{2,4}"
    r"(?=[\s,。!~]|$)){0,4}"
)
_FRAMES = re.compile(
    r"(?:^|(?<=[\s,。.!?;:~]))(?:"
    rf"(?:再次|非常|真的|十分|萬分|衷心|也|先)*(?:感謝|謝謝|多謝|感恩|感激){_REST}|"
    rf"(?:敬|恭|順|預|先|再)?(?:祝|頌|請)(?=[^,。\n]{{0,3}}(?:安|祺|好|祉|綏|福|順|快|愉))"
    rf"{_REST}{_BLESSINGS}|(?:敬|恭|順|預|先)?祝{_REST}{_BLESSINGS}|"
    rf"(?:(?:我)?(?:終於|總算)|(?:這是)?(?:我)?第一次|我會(?=好好|努力|加油|認真|盡力)){_REST}|"
    # 「今天考完期中才看到這封信」
    rf"(?:我)?(?:才?剛剛?|今天|昨天|前天|這[幾兩]天|前[幾兩]天|最近|"
    rf"因為)[^\s,。.!?;:~]{{0,12}}才(?:有空)?"
    rf"(?:看到|收到|注意到|打開|點開)(?:這封|您的|老師的|你們的|確認)*(?:信件?|郵件|通知)了?|"
    rf"(?:(?:我)?最近|這陣子|這[幾兩]天|前陣子)[^\s,。.!?;:~]{{0,8}}(?:很|比較|有點|都在|太)忙|"
    rf"(?:many )?thank(?:s| you)(?![a-z]){_ENGLISH_REST}|"
    rf"(?:wish(?:ing)? you|(?:i )?hope you(?: are|'re)? (?:doing |have |had )?|have (?:a|an) "
    r"(?=nice|good|great|lovely|pleasant|wonderful|happy|blessed|relaxing)|"
    rf"(?:i )?(?:really |truly )?appreciate |(?:i am |i'm )?grateful ){_ENGLISH_REST}"
    r")(?=$|[\s,。.!?;:~])",
    re.MULTILINE,
)
# What a clerk would read twice in such a clause, beside `strangers.MARKS`.
_CHANGES = re.compile(
    r"[0-9改換錯誤修減缺退刪撤停延補催欠繳付轉匯寄傳附無毋弗莫尚差漏除惟唯只僅疑恐擬否反偽假亂妄虛半誰暫]|更[正新動]|取消|(?<!團)報(?!名|到)|確定|中級|初級|單科|考(?!試|運|場順)|"
    r"(?<![a-z])(?:none|neither|nor|without|half|partly|almost|pending|nobody|un|mis|dis)"
    r"(?![a-z])|通融|破例|答應|(?<![a-z'’])[b-hj-z](?![a-z])|"
    r"(?<![a-z])(?:chang|correct|updat|fix|chan|delay|extend|allow|send|sent|resend|wrong|mistake|"
    r"typo|error|remov|delet|cancel|regist|slip|name|date|number|level|exam (?:area|site))"
)
_BEING_LATE = re.compile(
    r"(?:真的|很|非常|十分)*(?:不好意思|抱歉|拍謝|歹勢|對不起|sorry),? ?"
    r"(?=[^,。\n]{0,12}(?:晚|慢|久|遲|才|現在|今天|昨天|打擾|麻煩))"
    r"(?:讓|您|你|老師|這麼|那麼|有點|太|比較|又|還|拖延?到?|到(?=現在|今天|昨天)|現在|今天|昨天|"
    r"剛剛|才|很?晚|慢|久|"
    r"等|遲|回覆|回信|回|按|點|確認|寄出?|看到|看|信|了|打擾|麻煩|喔|囉|啦)+(?=$|[\s,。.!?;:~])|"
    r"(?:昨天|前天|之前|上週|一直)?(?:忘了|忘記)(?:按|回覆|回信|回|點)(?:了)?(?=$|[\s,。.!?;:~])|"
    r"(?:今天|現在)?補按(?:一次)?(?=$|[\s,。.!?;:~])|"
    r"(?:才|一直)?拖(?:延|到)*(?:現在|今天|昨天|這麼晚|很晚)才(?:有空)?(?:回|確認|按|點|看)(?:覆|"
    r"信)?(?:了)?"
    r"(?=$|[\s,。.!?;:~])|"
    r"(?:我)?(?:最近|這[幾兩]天|這陣子|前陣子|這週|前[幾兩]天)(?:真的|比較|有點|都|很|太|在|忙著|"
    r"準備|"
    r"期中考|期末考|出差|實習|打工|上課|考試)*(?:忙|考試|沒看信|沒收信)(?:碌|到)?|"
    r"sorry (?:for|about) (?:the |my )?(?:late|delayed|slow) (?:reply|response|answer)|"
    r"sorry (?:that )?i(?:'m| am)? (?:reply|replied|replying|am late|late)(?: so| a bit)?(?: late)?"
)
# Greetings and thanks in the languages of foreign students; each stands for itself.
FOREIGN = re.compile(
    r"(?<![a-z])(?:terima ?kasih(?: banyak| sekali| atas (?:bantuan(?:nya)?|perhatian(?:nya)?))?|"
    r"selamat (?:pagi|siang|sore|malam|hari raya)|salam(?: hormat)?|mohon maaf|makasih|pak|bu|"
    r"(?:em |mình |tôi )?(?:xin )?(?:chân thành )?cảm ơn(?: (?:thầy|cô|nhiều|ạ|rất|anh|chị|và|quý|"
    r"trường|văn phòng))*|(?:em |kính )?chào (?:thầy|cô|anh|chị)(?: ạ| và cô)*|xin chào|dạ|"
    r"trân trọng|chúc (?:thầy|cô)(?: và cô)?(?: một)?(?: ngày)?(?: tốt lành| sức khỏe| vui vẻ)?|"
    r"(?:muchas )?gracias(?: por (?:todo|su ayuda))?|(?:un )?saludos?(?: cordiales)?|"
    r"buenos d[ií]as|buenas (?:tardes|noches)|merci(?: beaucoup| d'avance)?|bonjour|bonsoir|"
    r"cordialement|bonne journ[ée]e|(?:vielen |herzlichen )?dank(?:e)?(?: sch[öo]n| im voraus)?|"
    r"guten (?:tag|morgen|abend)|mit freundlichen gr[üu](?:ß|ss)en|(?:viele|liebe|beste) "
    r"gr[üu](?:ß|ss)e|obrigad[oa]|bom dia|salamat(?: po)?|magandang (?:umaga|hapon|araw)(?: po)?|"
    r"teşekk[üu]rler|bayarlalaa|arigatou?(?: gozaimasu)?)(?![a-zà-ỹ])|"
    r"不該(?:晒)?(?=[ ,。!~]|$)|"
    r"(?<![a-z])(?:[kg]amsahamnida|xie ?xie|doumo|kh?ob ?kh?un(?: kha| krub| krap)?)(?![a-z])|"
    r"спасибо(?: большое)?|благодарю|здравствуйте|добрый (?:день|вечер)|с уважением|баярлалаа|"
    r"сайн байна уу|"
    r"(?:どうも)?ありがとうございま(?:す|した)|ありがとう|(?:どうぞ)?よろしくお(?:願い|ねがい)"
    r"(?:いた)?します|"
    r"お世話になっております|お疲れ様です|すみません|こんにちは|おはようございます|"
    r"失礼(?:いた)?します|"
    r"(?:대단히 )?감사(?:합니다|드립니다)|고맙습니다|안녕하세요|수고하세요|수고하십니다|"
    r"ขอบคุณ(?:มาก)?(?:ครับ|ค่ะ|คะ)?|สวัสดี(?:ครับ|ค่ะ)?|ด้วยความเคารพ|"
    r"ကျေးဇူးတင်ပါတယ်|မင်္ဂလာပါ|ကျေးဇူးပါ|धन्यवाद|नमस्ते"
)


_SAT_AN_EXAM = re.compile(r"期[中末]考|(?:考完|剛考)(?:期[中末]|試)*|考試週|期[中末]")


def cover_frames(words: Words) -> None:
    """Mark as understood every such clause in which nothing matters."""
    words.cover_all(_BEING_LATE)
    words.cover_all(FOREIGN)
    for found in _FRAMES.finditer(words.folded):
        if changes_nothing(found[0]):
            words.cover(*found.span())


def changes_nothing(clause: str) -> bool:
    """Is there nothing in this clause that a clerk would read twice?"""
    said = _SAT_AN_EXAM.sub(" ", FOREIGN.sub(" ", clause))
    strange = re.search(r"[^\w\s'’\"()「」^\-]", said)
    return not (strange or MARKS.search(said) or _CHANGES.search(said) or find_mentions(said))
