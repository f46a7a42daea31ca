"""Amounts of money in fen (分), never in floats."""

import re
from dataclasses import dataclass

from yimen.kernel.faults import Fault
from yimen.kernel.text import narrow

_TYPED = re.compile(r"(-?)¥? ?(-?)([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]*))? ?(?:元|圆)?")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")
_CAPITALS_LIMIT = 10**12 * 100  # below one trillion yuan: three groups of four digits


@dataclass(frozen=True, order=True)
class Money:
    """An amount in whole fen; may be negative (a correction). Refuses floats, decimals and texts."""

    fen: int

    def __post_init__(self) -> None:
        if isinstance(self.fen, bool) or not isinstance(self.fen, int):
            raise TypeError("金额以整数“分”计，不接受小数")

    def __add__(self, other: "Money") -> "Money":
        return Money(self.fen + other.fen) if isinstance(other, Money) else NotImplemented

    def __radd__(self, other: object) -> "Money":
        return self if other == 0 and not isinstance(other, Money) else NotImplemented  # so that sum() works

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.fen - other.fen) if isinstance(other, Money) else NotImplemented

    def __neg__(self) -> "Money":
        return Money(-self.fen)

    def __mul__(self, times: int) -> "Money":
        if isinstance(times, bool) or not isinstance(times, int):
            return NotImplemented
        return Money(self.fen * times)

    __rmul__ = __mul__

    def __bool__(self) -> bool:
        return self.fen != 0

    def __str__(self) -> str:
        """'¥1,234.50', '-¥0.05'."""
        yuan, fen = divmod(abs(self.fen), 100)
        return f"{'-' if self.fen < 0 else ''}¥{yuan:,}.{fen:02d}"

    @property
    def plain(self) -> str:
        """'1234.50', for forms and exports: no sign of currency, no commas."""
        yuan, fen = divmod(abs(self.fen), 100)
        return f"{'-' if self.fen < 0 else ''}{yuan}.{fen:02d}"

    @property
    def capitals(self) -> str:
        """The amount in Chinese capital writing (人民币大写): '壹仟贰佰叁拾肆元伍角', '叁佰元整', '贰拾元零伍分'.

        After 正确填写票据和结算凭证的基本规定 (annex 1 of 支付结算办法, 银发〔1997〕393号): 整 closes an amount that ends at
        the yuan; zeros in a row are one 零; where the rule leaves 零 free (a zero at the yuan before jiao) it is not written.
        Refuses negative amounts and a trillion yuan and more.
        """
        if self.fen < 0:
            raise ValueError("负数金额不能写成大写")
        if self.fen >= _CAPITALS_LIMIT:
            raise ValueError("金额过大，不能写成大写")
        yuan, rest = divmod(self.fen, 100)
        jiao, fen = divmod(rest, 10)
        if not rest:
            return f"{_whole(yuan) or '零'}元整"
        text = f"{_whole(yuan)}元" if yuan else ""
        if jiao:
            text += f"{_DIGITS[jiao]}角"
        elif yuan:
            text += "零"
        return text + (f"{_DIGITS[fen]}分" if fen else "")


def parse_money(text: str) -> Money | Fault:
    """Read a typed amount of yuan: '12.50', '１２．５０', '¥1,234.5', '300元', '-5'.

    Refuses more than two decimals, commas in wrong places, letters, and anything that is not a text (a float has lost
    its fen before it comes here).
    """
    if not isinstance(text, str):
        raise TypeError("金额请以文字传入，避免小数误差")
    typed = narrow(text).replace("￥", "¥")
    if not typed:
        return Fault("empty", "请填写金额")
    found = _TYPED.fullmatch(typed)
    if found is None or (found[1] and found[2]):
        return Fault("not_an_amount", "金额请写成 1234.50 这样的数字，单位是元")
    decimals = found[4]
    if decimals == "":
        return Fault("not_an_amount", "金额的小数点后面缺少数字")
    if decimals is not None and len(decimals) > 2:
        return Fault("too_many_decimals", "金额最多写到分，也就是小数点后两位")
    fen = int(found[3].replace(",", "")) * 100 + int((decimals or "0").ljust(2, "0"))
    return Money(-fen if found[1] or found[2] else fen)


def _whole(number: int) -> str:
    """A whole number in capital digits; '' for zero."""
    text, gap = "", False
    for index in reversed(range(len(_GROUPS))):
        group = number // 10_000**index % 10_000
        if not group:
            gap = gap or bool(text)
            continue
        if text and (gap or group < 1000):
            text += "零"
        text += _four_digits(group) + _GROUPS[index]
        gap = False
    return text


def _four_digits(number: int) -> str:
    text, gap = "", False
    for place in reversed(range(4)):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return text
