"""What a masked fact looks like on an inner page (脱敏显示). What the public sees is stricter: `standards.masking`."""

from datetime import date

from yimen.registers.people.choices import Extent
from yimen.standards.masking import mask_address, mask_phone

NOT_SHOWN = "（按岗位不显示）"
LEAST_WORDS = 4


def told_phone(phone: str, extent: str) -> str:
    """A telephone as a post sees it: 138****5678."""
    return _told(phone, extent, mask_phone)


def told_address(address: str, extent: str) -> str:
    """An address as a post sees it: down to the building."""
    return _told(address, extent, mask_address)


def told_birth(birth_on: date | None, extent: str) -> str:
    """A birth date as a post sees it: 1949年12月31日, or 1949年."""
    if birth_on is None:
        return ""
    whole = f"{birth_on.year}年{birth_on.month}月{birth_on.day}日"
    return _told(whole, extent, lambda _: f"{birth_on.year}年")


def why_not_asked(*, known: bool, needs_words: bool, words: str) -> str:
    """Why the fact is not shown for such a purpose (不能显示的原因); "" when it is."""
    if not known:
        return "请选择为什么要看。"
    if needs_words and len(words) < LEAST_WORDS:
        return f"请写明为什么要看（至少{LEAST_WORDS}个字）。"
    return ""


def _told(value: str, extent: str, mask) -> str:
    if not value or extent == Extent.WHOLE:
        return value
    return mask(value) if extent == Extent.MASKED else NOT_SHOWN


def masked_number(number: str) -> str:
    """A number of a paper as the file and the trail show it (证件号码掩码): the birth date stands beside it, so
    neither it nor the last four may be read here.
    """
    shown = 6 if len(number) == 18 else min(2, len(number) // 3)
    return number[:shown] + "*" * (len(number) - shown)


def why_not_look_up(*, done: int, most: int) -> str:
    """Why somebody beyond one's areas is not looked up now (查号次数); "" when she may be."""
    return (
        f"一小时内按证件号码查找已满 {most} 次，请过一小时再查；急需的请找审计员说明。"
        if done >= most
        else ""
    )
