"""Named patterns (格式) for text questions: definitions name them, nobody writes a regular expression into a form."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from yimen.kernel.faults import Fault
from yimen.kernel.text import narrow
from yimen.standards.credit_code import parse_credit_code


@dataclass(frozen=True)
class Pattern:
    """One pattern: its Chinese title and how a typed text is read."""

    title: str
    read: Callable[[str], str | Fault]


def _shape(expression: str, sentence: str) -> Callable[[str], str | Fault]:
    shape = re.compile(expression)

    def read(text: str) -> str | Fault:
        bare = re.sub(r"\s", "", narrow(text))
        return bare if shape.fullmatch(bare) else Fault("pattern", sentence)

    return read


def _bank_card(text: str) -> str | Fault:
    digits = re.sub(r"[\s-]", "", narrow(text))
    if not re.fullmatch(r"[0-9]{12,19}", digits):
        return Fault("pattern", "银行卡号应为 12 至 19 位数字")
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    if len(digits) >= 16 and sum(value - 9 * (value > 9) for value in doubled) % 10:
        return Fault("pattern", "银行卡号有误，请对照卡面再核对一遍")
    return digits


def _credit_code(text: str) -> str | Fault:
    parsed = parse_credit_code(text)
    return parsed if isinstance(parsed, Fault) else parsed.number


_EMAIL = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"

PATTERNS = {
    "postcode": Pattern("邮政编码", _shape(r"[0-9]{6}", "邮政编码应为 6 位数字")),
    "email": Pattern("电子邮箱", _shape(_EMAIL, "电子邮箱的写法应如 wang@example.cn")),
    "digits": Pattern("数字", _shape(r"[0-9]+", "这里只能填数字")),
    "letters_digits": Pattern("字母和数字", _shape(r"[A-Za-z0-9-]+", "这里只能填字母、数字和短横线")),
    "plate": Pattern("车牌号", _shape(r"[\u4e00-\u9fff][A-Z][A-Z0-9]{4,5}[A-Z0-9学挂警港澳]", "车牌号的写法应如 浙B12345")),
    "bank_card": Pattern("银行卡号", _bank_card),
    "credit_code": Pattern("统一社会信用代码", _credit_code),
}  # fmt: skip
