"""The payee's account, looked at again: masks spoil what an engine makes of the digits beside them.

Asterisks read as letters, as digits or as nothing, and the last digit before or behind them is
told twice (57945 as 579455). So the row is read without its masks, or only what stands behind them.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PIL import Image

from mailflow.receipts.accounts import TAIL, Shown, parse_account
from mailflow.receipts.fields import Fields
from mailflow.receipts.lines import normalise
from mailflow.receipts.masks import ink_in, unmasked

WHOLE = 12  # digits of an account in full, at least
_TAIL = re.compile("[0-9]{4,8}")

Reader = Callable[[Image.Image], tuple[str, float]]
MARGIN = 16  # of white around a row


def account_again(row: Image.Image, fields: Fields, *, read: Reader) -> tuple[Shown, ...]:
    """What a closer look makes of a masked account, or of one that the page's reading left out.

    `row` shows it, dark on light; empty when there is nothing to look at, or the look says less
    than the page does.
    """
    shown = fields.account
    if shown and (
        fields.account_ringed
        or fields.account_lettered
        or ("*" not in shown.text and len(shown.text) >= WHOLE)
    ):
        return ()
    clean, masks = unmasked(row)
    again = parse_account(with_masks(normalise(read(clean)[0]), masks, ink=ink_in(clean)))
    if again and fields.account_hidden and "*" not in again.text:
        again = replace(again, text=f"*{again.text}")
    if again:
        again = _without_code(again, fields.bank)
    behind = partial(behind_masks, clean, masks, read=read)
    if again and not (shown and _says_less(again, shown)):
        return (
            (again, *behind()) if shown and again.tail != 0 and _differ(again, shown) else (again,)
        )
    return behind() if shown and "*" in shown.text else ()


def behind_masks(clean: Image.Image, masks: tuple[int, ...], *, read: Reader) -> tuple[Shown, ...]:
    """What stands behind the last mask, read by itself; only enough digits count."""
    if not masks:
        return ()
    white = Image.new(clean.mode, (MARGIN, clean.height), 255)
    rest = clean.crop((masks[-1], 0, clean.width, clean.height))
    tail = Image.new(clean.mode, (white.width + rest.width, clean.height), 255)
    tail.paste(rest, (white.width, 0))
    digits = normalise(read(tail)[0]).replace(" ", "")
    return (Shown(f"*{digits}"),) if _TAIL.fullmatch(digits) else ()


def with_masks(text: str, masks: tuple[int, ...], *, ink: tuple[int, int, int, int] | None) -> str:
    """The digits between the masks that were painted over: a gap, or a mask outside of the ink."""
    if not masks or ink is None:
        return text
    before = "*" if masks[0] < ink[0] else ""
    after = "*" if masks[-1] > ink[2] else ""
    return before + text.replace(" ", "*") + after


def _without_code(again: Shown, bank: str | None) -> Shown:
    """The account without the bank's code, from which only a dash parted it that was painted over
    as well."""
    code = f"{bank}*"
    if again.bank is None and again.text.startswith(code) and again.text.count("*") > 1:
        return Shown(again.text[len(code) :], bank)
    return again


def _says_less(again: Shown, shown: Shown) -> bool:
    """Whether the look lost digits or masks that the page's reading has, or tore the number up."""
    fewer = again.visible < shown.visible and not _mask_read(again, shown)
    lost_masks = "*" in shown.text and "*" not in again.text
    torn = "*" in shown.text and bool(shown.tail) and not again.tail
    return fewer or lost_masks or torn


def _differ(again: Shown, shown: Shown) -> bool:
    """Whether the two show other digits behind the masks."""
    tail = min(again.tail, shown.tail)
    return again.text[-tail:] != shown.text[-tail:]


def _mask_read(again: Shown, shown: Shown) -> bool:
    """Whether the page's reading may have taken a mask or two for digits."""
    return again.visible >= shown.visible - 2 and again.tail >= TAIL
