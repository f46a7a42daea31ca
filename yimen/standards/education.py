"""Education (学历代码): GB/T 4658-2006, and the other numbering of the public-health record.

Sources differ on the incomplete lower schools (71/72 or 71/73, 81/82 or 81/83); 73 and 83 are kept, 72 and 82 are understood.
"""

from yimen.standards.codes import Code, CodeTable, lines

EDUCATION = CodeTable(
    "学历代码",
    "GB/T 4658-2006",
    lines("""
10 postgraduate 研究生教育
11 doctor_graduated 博士研究生毕业
12 doctor_completed 博士研究生结业
13 doctor_incomplete 博士研究生肄业
14 master_graduated 硕士研究生毕业
15 master_completed 硕士研究生结业
16 master_incomplete 硕士研究生肄业
17 graduate_class_graduated 研究生班毕业
18 graduate_class_completed 研究生班结业
19 graduate_class_incomplete 研究生班肄业
20 bachelor 大学本科教育
21 bachelor_graduated 大学本科毕业
22 bachelor_completed 大学本科结业
23 bachelor_incomplete 大学本科肄业
28 common_class_graduated 大学普通班毕业
30 junior_college 大学专科教育
31 junior_college_graduated 大学专科毕业
32 junior_college_completed 大学专科结业
33 junior_college_incomplete 大学专科肄业
40 secondary_vocational 中等职业教育
41 specialised_secondary_graduated 中等专科毕业
42 specialised_secondary_completed 中等专科结业
43 specialised_secondary_incomplete 中等专科肄业
44 vocational_high_graduated 职业高中毕业
45 vocational_high_completed 职业高中结业
46 vocational_high_incomplete 职业高中肄业
47 technical_school_graduated 技工学校毕业
48 technical_school_completed 技工学校结业
49 technical_school_incomplete 技工学校肄业
60 high_school 普通高级中学教育
61 high_school_graduated 普通高中毕业
62 high_school_completed 普通高中结业
63 high_school_incomplete 普通高中肄业
70 junior_middle 初级中学教育
71 junior_middle_graduated 初中毕业
73 junior_middle_incomplete 初中肄业
80 primary 小学教育
81 primary_graduated 小学毕业
83 primary_incomplete 小学肄业
90 other 其他
"""),
    variants={"72": "73", "82": "83"},
)

_HEALTH_FORM = {
    "1": "10",
    "2": "20",
    "3": "30",
    "4": "41",
    "5": "47",
    "6": "60",
    "7": "70",
    "8": "80",
    "9": "90",
}


def from_health_form(number: str) -> Code | None:
    """The nearest line for a number on 个人基本信息表 (国家基本公共卫生服务规范, 第三版), or None for 10 不详.

    1 研究生 2 大学本科 3 大专 4 中专 5 技工学校 6 高中 7 初中 8 小学 9 文盲或半文盲 (here 其他: the norm has no code for it).
    """
    if number == "10":
        return None
    if number not in _HEALTH_FORM:
        raise ValueError("个人基本信息表的文化程度应为 1 至 10")
    return EDUCATION.by_code(_HEALTH_FORM[number])
