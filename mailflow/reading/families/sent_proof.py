"""It is paid, and here is what proves it: 「錢付了 憑證放附件」, 「匯過去的圖↓」.

No amount, no other person, no doubt stands among the words; the proof itself is judged by its
picture. Paid in part, or to a person, is another matter.
"""

from mailflow.reading.families.grammar import Family, Kinds, kinds

_PAID = (
    r"已扣款|(?:已經?|剛剛?|剛才|昨天|今天|早上|中午|下午|晚上|都)*[繳付匯轉交](?:費|款|帳|錢)?"
    r"(?:完成|成功|過去|出去|完畢|[了好完掉清過惹])+"
)
_PROOF = (
    r"(?:[繳付匯轉](?:費|款|帳)?|交易|成功)?的?(?:憑證|證明|收據|單據|明細|截圖|圖片?|照片|"
    r"畫面|紀錄|記錄|收執聯|存根)"
)
_SHOWN = (
    r"附(?:上|在|給|件)?|放(?:上|在)?|夾(?:在|帶)?|貼(?:上|在)?|傳(?:上來?|給)?|[↓⬇👇]+|如下|"
    r"如圖(?:所示)?|在"
)
_PLACE = r"附件|信[裡內中]|下[面方]|這[裡邊]?|附檔"
_TO = r"給(?:您|老師|你們)"
_PART = r"一[張份]|先"
_LINKS = (
    r"我|(?:老師|您|你們)(?!的|先|已|用|都|也|[繳付匯轉交])|的|了|也|都|報名費|費用|錢|款項?|"
    r"請(?:您)?(?:查收|過目|看|確認|收)|麻煩(?:您)?|謝謝|感謝|囉|喔|啦|惹|給(?!您|老師|你們)|是|"
    r"用(?!老師|您|你們)|郵局|銀行|超商|小七|全家|atm|網銀|看|一下"
)


def _holds(said: Kinds) -> bool:
    if "paid" in said and "proof" not in said:
        return not said & {"part", "to"}
    return "proof" in said and bool(said & {"shown", "place", "paid"})


SENT_PROOF = Family(
    kinds(paid=_PAID, proof=_PROOF, place=_PLACE, shown=_SHOWN, to=_TO, part=_PART, links=_LINKS),
    _holds,
)
