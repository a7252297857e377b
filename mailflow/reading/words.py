"""The words of a message, folded for comparison, and which of them have been understood.

The machine acts alone only on a message of which it has understood every word; `Words` keeps
the account: rules cover what they understood, and `left_over` tells what nobody has.
"""

import re
import unicodedata

READ_AT_MOST = 4000  # characters; nobody writes the office more, and rules stay fast

_SIMPLIFIED = str.maketrans(
    "确认资误错没问题对号码费缴单报证书选电话机学邮补转账变换为应该给发谢师样请联络贷"
    "档图凭据准备退复亲实习员讯项鉴级区个难读写检查过还这边么与时间钱汇笔张关于东门楼车网银兰苏两处办务签带来点开总约听说让贴传"
    "无后们见吗会当妈儿国长经现刚订别页烦忙愿劳纸",
    "確認資誤錯沒問題對號碼費繳單報證書選電話機學郵補轉帳變換為應該給發謝師樣請聯絡貸"
    "檔圖憑據準備退復親實習員訊項鑑級區個難讀寫檢查過還這邊麼與時間錢匯筆張關於東門樓車網銀蘭蘇兩處辦務簽帶來點開總約聽說讓貼傳"
    "無後們見嗎會當媽兒國長經現剛訂別頁煩忙願勞紙",
)
_VARIANTS = str.maketrans({"台": "臺", "裏": "裡", "妳": "你", "鑒": "鑑", "賬": "帳", "爲": "為"})
_SIGNIFICANT = re.compile(r"[a-z]+|[0-9]+|[^\W_a-z0-9]")


def plain_text(text: str) -> str:
    """NFKC, without invisible characters; line ends kept. Values are taken from this."""
    # One look at each kind of character, not at each character.
    hidden = {ord(c) for c in set(text) - {"\n", "\t"} if unicodedata.category(c) in _INVISIBLE}
    visible = text.translate(dict.fromkeys(hidden)) if hidden else text
    return unicodedata.normalize("NFKC", visible)


# Private-use characters stay: names are written with them.
_INVISIBLE = frozenset({"Cc", "Cf", "Cn"})


def fold(plain: str) -> str:
    """Lower case, traditional characters, one for one: the same length as `plain`."""
    lowered = plain.lower()
    if len(lowered) != len(plain):  # a letter whose small form takes two
        lowered = "".join(low if len(low := c.lower()) == 1 else c for c in plain)
    return lowered.translate(_SIMPLIFIED).translate(_VARIANTS)


class Words:
    """Text with an account of what has been understood of it."""

    def __init__(self, text: str) -> None:
        text = text.strip()
        self.too_long = len(text) > READ_AT_MOST
        self.plain = plain_text(text[:READ_AT_MOST]).strip()[:READ_AT_MOST]
        self.folded = fold(self.plain)
        self._covered = bytearray(len(self.plain))

    def cover(self, start: int, end: int) -> None:
        """Mark plain[start:end] as understood."""
        self._covered[start:end] = b"\x01" * (end - start)

    def cover_all(self, pattern: re.Pattern[str]) -> None:
        """Mark every place where the pattern fits the folded text."""
        for found in pattern.finditer(self.folded):
            self.cover(*found.span())

    def uncovered(self) -> str:
        """The folded text with blanks for whatever has been understood."""
        return "".join(
            " " if covered and char != "\n" else char
            for char, covered in zip(self.folded, self._covered, strict=True)
        )

    def left_over(self) -> list[str]:
        """Words, numbers and Chinese characters that no rule has understood, in order."""
        return _SIGNIFICANT.findall(self.uncovered())
