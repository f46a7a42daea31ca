"""Categories and grades of disability (残疾类别、等级): GB/T 26341-2010. Grading itself is done by assessors, not here."""

from yimen.standards.codes import CodeTable, lines

DISABILITY_CATEGORY = CodeTable(
    "残疾类别代码",
    "GB/T 26341-2010",
    lines("""
1 vision 视力残疾
2 hearing 听力残疾
3 speech 言语残疾
4 limb 肢体残疾
5 intellect 智力残疾
6 mental 精神残疾
7 multiple 多重残疾
"""),
)

DISABILITY_GRADE = CodeTable(
    "残疾等级代码",
    "GB/T 26341-2010",
    lines("""
1 grade_1 一级
2 grade_2 二级
3 grade_3 三级
4 grade_4 四级
"""),
)


def is_severe(grade: str) -> bool:
    """Whether a grade counts as severe (重度残疾): the first and the second. Refuses unknown grades."""
    return DISABILITY_GRADE.by_code(grade).code in "12"
