"""Marital status (婚姻状况代码): GB/T 2261.2-2003, and the other numbering of the public-health record."""

from yimen.standards.codes import Code, CodeTable, lines

MARITAL_STATUS = CodeTable(
    "婚姻状况代码",
    "GB/T 2261.2-2003",
    lines("""
10 never_married 未婚
20 married 已婚
21 first_marriage 初婚
22 remarried 再婚
23 remarried_to_former_spouse 复婚
30 widowed 丧偶
40 divorced 离婚
90 not_stated 未说明的婚姻状况
"""),
)

_HEALTH_FORM = {"1": "10", "2": "20", "3": "30", "4": "40", "5": "90"}


def from_health_form(number: str) -> Code:
    """The line for a number on 个人基本信息表 (国家基本公共卫生服务规范, 第三版): 1 未婚 2 已婚 3 丧偶 4 离婚 5 未说明."""
    if number not in _HEALTH_FORM:
        raise ValueError("个人基本信息表的婚姻状况应为 1 至 5")
    return MARITAL_STATUS.by_code(_HEALTH_FORM[number])


def to_health_form(code: str) -> str:
    """The number on 个人基本信息表 for a code of the norm; 初婚, 再婚 and 复婚 all are 2."""
    broad = MARITAL_STATUS.by_code(code).code[0] + "0"
    return next(number for number, meant in _HEALTH_FORM.items() if meant == broad)
