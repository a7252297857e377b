"""What stands beside a pressed button: any word or sign of doubt there is for a person.

The button writes the subject and one sentence. Whatever else comes with it was put there by
somebody, and a confirmation is taken only when all of that is understood.
"""

import re
import unicodedata
from collections.abc import Iterator

from mailflow.mail.message import Attachment
from mailflow.person import Field
from mailflow.reading.courtesy import ALWAYS
from mailflow.reading.evidence import Evidence, is_logo
from mailflow.reading.families import AGREES, SHOWS_PAPER, SHOWS_RECORD
from mailflow.reading.frames import FOREIGN
from mailflow.reading.words import fold, plain_text

_BUTTON = re.compile(
    r"[\[【［〔(（][\s+]{0,9}[A-Za-z0-9]{1,20}-[0-9]{1,9}[\s+]{0,9}(?:確認|确认)[\s+]{0,9}"
    r"[A-Za-z0-9][A-Za-z0-9 -]{5,79}[\]】］〕)）]"
)
_PREFIX = re.compile(
    r"^(?:\s{0,9}(?:re|fwd?|aw|wg|sv|vs|rv|回覆|回复|答覆|答复|轉寄|转发|轉發|回信)"
    r"\s{0,3}(?:\[[0-9]{1,3}\])?\s{0,3}[:：])+",
    re.IGNORECASE,
)
_HARMLESS_SIGNS = frozenset(
    "👍👌🙏😊😀😁😃😄😆🙂☺😉😇🤗🥰😍🙇🙋💪👏🤝🎉✨🌹🌸🌺🌻🌷💐🍀❤♥♡🧡💛💚💙💜💕🌟⭐★☆✓✔✅☑🆗"
    "🌿🍃🌱🌳🌲🍂🍁☘🌞☀🌤⛅🌈☕🍵🍰🎂🧋📚📖📝✏🎓💯🔥😂🤣🥹😌😎🤩😋🐱🐶🐰🐻🎈🎊🙌🤞🍎🍊🍉🎵🎶🌕🌝🌙🥮🌼🌊🦋🙌🫶🥹"
    "~^|<>=+`～＾｜＜＞＝＋´¨°─━═│■●◆▪•♪♫☎✉📞📧📱🏻🏼🏽🏾🏿♂♀\ufe0e\ufe0f"
)
_SIGN_CATEGORIES = frozenset({"So", "Sk", "Sm", "Sc", "Mn", "Me", "Co", "Cn"})
_SEALS = (
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "text/vnd.google.email-reaction+json",
)
_ID_PAPER = (
    r"(?:護照|身[分份]證|居留證|學生證|證件|健保卡|戶口名簿|(?<![a-z])(?:passport|id card|"
    r"arc|student card)"
    r"(?![a-z]))"
)
_SHOWN = (
    r"(?:附|放|貼|拍|掃|夾|照片|影本|截圖|掃描|資料頁|內頁|封面|那頁|正面|反面|給|供|留存|參考|"
    r"對照|"
    r"attach|enclos|photo|scan|copy)"
)
# What came along is a paper to compare with.
_EXPLAINS = re.compile(
    rf"{_SHOWN}[^。!?;\n]{{0,16}}{_ID_PAPER}|{_ID_PAPER}[^。!?;\n]{{0,12}}{_SHOWN}"
)
# A file that says itself what it is: student_card.jpg.
_NAMED_PAPER = re.compile(
    r"(?:my|我的?|附件|[ _()0-9-]{1,3})*(?:護照|身[分份]證|居留證|學生證|健保卡|passport|"
    r"id[ _-]?card|"
    r"student[ _-]?(?:id|card)|arc)"
    r"(?:正反面|正面|反面|影本|封面|內頁|照片頁?|資料頁|掃描檔?|front|back|copy|scan|photo|page|"
    r"[ _()-]|"
    r"[0-9]{1,3}(?![0-9]))*\.[a-z]{3,4}"
)
_SIGNED = re.compile(
    r"(?P<who>[\u4e00-\u9fff]{1,12})[ \t]{0,8}(?:敬上|謹上|敬啟|拜上|敬筆|謹啟|"
    r"(?<![敬謹拜同附放傳寄貼補丟送面如表])上(?=\s|$))"
)
_ROLE = re.compile(r"(?:學生|同學|生|本人|[班系級所組]|[一二三四甲乙丙丁]|我|^)$")
_NOBODY = re.compile(r"(?:學生|同學|生|本人|我)|.{1,8}[班系級所]")
_SECOND_THOUGHTS = re.compile(
    r"(?:(?<!不)要|得|應該?|(?<!不)需要?|想|會|該)(?:再|仔細|先|好好)*(?:看|核對|檢查|確認|對)過|"
    r"(?:請|麻煩|拜託)[^,。\n]{0,8}(?:看|核對|檢查|確認|對)過|"
    r"(?:我(?:會|要|想|先|等等)*再|(?:^|[ ,。我])(?:我)?先|我來?)(?:仔細|好好)*"
    r"(?:看|確認|核對|檢查|對(?!照[^,。\n]{0,8}過))(?![過完了])|(?<![a-z])(?:check|verify|"
    r"look at|see) (?:my|the) |"
    r"(?:will|'ll|let me|going to|need to|have to|should) (?:\w+ )?(?:check|verify|confirm|"
    r"look|read)|[與跟和]我聯[繫絡]|聯[繫絡]我|還有[,.。!~ ]*$|"
    r"再想|想想|想一下|再說|再議|再看看|再等|先等|等等|等一下|(?:^|[^好])先$",
    re.MULTILINE,
)

# Pressed by chance, or the letter is wanted once more.
_NOT_MEANT = re.compile(
    r"(?:再|重新?|補)[寄傳發]一[次遍份封]信?(?=$|[,。! 給])|(?:就|才|晃一下|"
    r"不小心)[^,。\n]{0,3}[按點]到(?!了?信)"
)
# A subject passed before, or one alone that is wanted: are the registered ones the right ones?
_PASSED_BEFORE = re.compile(
    r"(?:去年|前年|上次|上一?梯|之前|先前|以前)[^,。\n]{0,6}(?:考過|考完|及格|通過|過了)|"
    r"(?:只|就)(?:想|要|剩|差)?(?:再)?(?:考|報|拚|補)[^,。\n]{0,8}科|"
    r"(?:這次|這回)[^,。\n]{0,8}(?:那|一|單|這)科"
)


def beside_the_button(it: Evidence) -> Iterator[str]:
    """Doubts about what was added to a confirmation by button."""
    if words_in_subject(it.message.subject):
        yield "words_in_subject"
    if _unexplained(it):
        yield "attachment_unexplained"
    if _signed_by_another(it):
        yield "signed_by_another"
    if _SECOND_THOUGHTS.search(it.speech):
        yield "hedged"
    if _PASSED_BEFORE.search(it.speech):
        yield "contradiction"
    if _NOT_MEANT.search(it.speech):
        yield "takes_back"


def words_in_subject(subject: str) -> bool:
    """Is there anything in the subject but the button's own bracket and Re:, 回覆: …?"""
    rest = _PREFIX.sub("", _BUTTON.sub(" ", unicodedata.normalize("NFKC", subject)))
    return bool(re.search(r"\w", rest) or strange_signs(rest))


def strange_signs(text: str) -> str:
    """Symbols, pictures and marks that may mean no: all but a short list of friendly ones."""
    return "".join(
        sign
        for sign in FOREIGN.sub(" ", text)
        if unicodedata.category(sign) in _SIGN_CATEGORIES and sign not in _HARMLESS_SIGNS
    )


def _unexplained(it: Evidence) -> bool:
    """A file came along and no word tells what it is."""
    said = it.speech
    told = _EXPLAINS.search(said) or SHOWS_PAPER.stands_in(said)
    told = told or (SHOWS_RECORD.stands_in(said) and AGREES.stands_in(said))
    return not told and any(map(_means_something, it.message.attachments))


def _means_something(attachment: Attachment) -> bool:
    named = _NAMED_PAPER.fullmatch(attachment.name.lower())
    return attachment.content_type not in _SEALS and not is_logo(attachment) and not named


def _signed_by_another(it: Evidence) -> bool:
    """「王安妮 敬上」 below the confirmation of 林安妮; a given name alone is her own."""
    name = fold(plain_text(it.case.values.get(Field.NAME_ZH, ""))) if it.case else ""
    own = [name, name[1:] if len(name) == 3 else name[2:]] if name else []
    return any(not _is_own(found["who"], own) for found in _SIGNED.finditer(it.words.folded))


def _is_own(who: str, names: list[str]) -> bool:
    if _NOBODY.fullmatch(who) or ALWAYS.fullmatch(who):
        return True
    return any(
        name and who.endswith(name) and _ROLE.search(who.removesuffix(name)) for name in names
    )
