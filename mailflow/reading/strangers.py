"""May the words that nobody understood be a name? Somebody else's name is never passed over."""

import re
from collections.abc import Iterator

from mailflow.reading.words import Words

_RUN = re.compile(r"[a-z]+|[0-9]+|[\u3400-\u9fff]+|[^\W_a-z0-9]")
# The family names of Taiwan, the commonest hundred; a run of up to four that begins with one.
_SURNAMES = frozenset(
    "陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴徐周葉蘇莊江呂何羅高蕭潘簡朱鍾彭游詹胡施沈余趙盧"
    "梁顏柯翁魏孫戴方宋范鄧杜侯薛傅丁曹溫阮藍馬連唐董石卓程馮姚康古姜湯汪白田涂鄒巫尤鐘龔嚴韓"
    "袁黎金夏歐陸倪童柏章練鄺甘牛"
)
_LONGEST_NAME = 4
_STARTS = re.compile(r"(?:^|[\n.!?。:;])[^\w\n]{0,4}$")


def may_name_somebody(words: Words) -> bool:
    """A number, a single letter, a run that begins with a family name, a word with a capital."""
    return any(_looks_like_a_name(words, found) for found in _runs(words))


def _runs(words: Words) -> Iterator[re.Match[str]]:
    return _RUN.finditer(words.uncovered())


def _looks_like_a_name(words: Words, found: re.Match[str]) -> bool:
    run = found[0]
    if run.isdigit():
        return True
    if run.isascii():
        begins = _STARTS.search(words.plain[max(0, found.start() - 6) : found.start()])
        return len(run) == 1 or (words.plain[found.start()].isupper() and not begins)
    return run[0] in _SURNAMES and len(run) <= _LONGEST_NAME
