"""The payment slip has not come, or is lost: once more, please.

It goes to the registered address; nothing here names another one, another person or another paper.
"""

from dataclasses import replace

from mailflow.reading.families.grammar import Family, kinds

_SLIP = r"(?:電子)?(?:繳[費款錢納]的?)?單子?|繳[費款]通知|帳單|繳費的?(?:那張)?單子?"
_GOT = r"[等收看拿接找見]"
_MISSING = (
    rf"(?:還|一直|都|也|至今|到現在|遲遲|仍|始終)*(?:沒有?|未|尚未|還沒)(?:有)?{_GOT}(?:到|著|見)?|"
    rf"{_GOT}(?:不|無)(?:到|著)|"
    r"(?:還|一直|都|也)*(?:沒有?|未|尚未)(?:寄|飛|送|傳|發)?[來到](?:我這|我信箱)?(?:裡|邊)?|"
    r"不見了?|(?:不小心|手滑|被我)*(?:弄丟|遺失|搞丟)了?|"
    r"(?:不小心|手滑|被我)+(?:刪[掉除到]?|誤刪)了?|誤刪了?|刪[掉除到]?了(?!好)|lost|[打點]不開"
)
_AGAIN = (
    r"(?:再|重新?|補)(?:幫我)?[發寄傳丟送給](?:來|給)?(?!老師|您)(?:我)?(?:一?[次遍份張封下])?|"
    r"re-?send(?:一[次份])?"
)
_LINKS = (
    r"好像|我的?|(?<![給寄傳發送])(?:老師|您)(?!的|信箱|單)|請|麻煩|勞煩|拜託|可以|可否|能不能|"
    r"能否|能|"
    r"方便|好|行|嗎|呢|欸|耶|喔|哦|啊|了|謝謝|感謝|感恩|幫忙|幫|給(?!老師|您)|過來|一[次遍份張下]|"
    r"的|那張|這張|請問|不好意思|抱歉|目前|好像|求|所以|因為|那|就|到|想|要|在信箱裡?|信箱裡?"
)

SLIP_AGAIN = Family(
    kinds(again=_AGAIN, missing=_MISSING, slip=_SLIP, links=_LINKS),
    lambda said: "again" in said or {"slip", "missing"} <= said,
    may_ask=True,
)
# The slip is named, so that it is an errand by itself.
ASKS_SLIP = replace(
    SLIP_AGAIN, holds=lambda said: "slip" in said and bool(said & {"again", "missing"})
)
