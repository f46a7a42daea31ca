"""Relation to the householder (家庭关系代码): GB/T 4761-2008, two digits, and the one-digit short form.

Codes such as 21 独生子 or 22 长子 are the norm's, for exchange with registers; no rule of ours asks for birth order.
"""

from yimen.standards.codes import CodeTable, lines

HOUSEHOLD_RELATION = CodeTable(
    "家庭关系代码",
    "GB/T 4761-2008",
    lines("""
01 self 本人
02 householder 户主
03 collective_head 小集体户户主
10 spouse 配偶
11 husband 夫
12 wife 妻
20 son 子
21 only_son 独生子
22 first_son 长子
23 second_son 次子
24 third_son 三子
25 fourth_son 四子
26 fifth_son 五子
27 adopted_or_step_son 养子或继子
28 son_in_law 女婿
29 other_son 其他儿子
30 daughter 女
31 only_daughter 独生女
32 first_daughter 长女
33 second_daughter 二女
34 third_daughter 三女
35 fourth_daughter 四女
36 fifth_daughter 五女
37 adopted_or_step_daughter 养女或继女
38 daughter_in_law 儿媳
39 other_daughter 其他女儿
40 grandchild 孙子、孙女或外孙子、外孙女
41 sons_son 孙子
42 sons_daughter 孙女
43 daughters_son 外孙子
44 daughters_daughter 外孙女
45 grandsons_wife 孙媳妇或外孙媳妇
46 granddaughters_husband 孙女婿或外孙女婿
47 great_grandson 曾孙子或曾外孙子
48 great_granddaughter 曾孙女或曾外孙女
49 other_grandchild 其他孙子、孙女或外孙子、外孙女
50 parents 父母
51 father 父亲
52 mother 母亲
53 husbands_father 公公
54 husbands_mother 婆婆
55 wifes_father 岳父
56 wifes_mother 岳母
57 step_or_adoptive_father 继父或养父
58 step_or_adoptive_mother 继母或养母
59 other_parent 其他父母关系
60 grandparents 祖父母或外祖父母
61 fathers_father 祖父
62 fathers_mother 祖母
63 mothers_father 外祖父
64 mothers_mother 外祖母
65 spouses_grandparents 配偶的祖父母或外祖父母
66 great_grandfather 曾祖父
67 great_grandmother 曾祖母
68 spouses_great_grandparents 配偶的曾祖父母
69 other_grandparents 其他祖父母或外祖父母关系
70 siblings 兄弟姐妹
71 elder_brother 兄
72 elder_brothers_wife 嫂
73 younger_brother 弟
74 younger_brothers_wife 弟媳
75 elder_sister 姐姐
76 elder_sisters_husband 姐夫
77 younger_sister 妹妹
78 younger_sisters_husband 妹夫
79 other_sibling 其他兄弟姐妹
80 other_relation 其他
81 fathers_elder_brother 伯父
82 fathers_elder_brothers_wife 伯母
83 fathers_younger_brother 叔父
84 fathers_younger_brothers_wife 婶母
85 mothers_brother 舅父
86 mothers_brothers_wife 舅母
87 mothers_sisters_husband 姨父
88 mothers_sister 姨母
89 fathers_sisters_husband 姑父
90 fathers_sister 姑母
91 paternal_cousin 堂兄弟、堂姐妹
92 other_cousin 表兄弟、表姐妹
93 brothers_son 侄子
94 brothers_daughter 侄女
95 sisters_son 外甥
96 sisters_daughter 外甥女
97 other_relative 其他亲属
98 domestic_helper 保姆
99 not_related 非亲属
"""),
)

SHORT_FORM = CodeTable(
    "家庭关系一位代码",
    "GB/T 4761-2008",
    lines("""
0 self_or_head 本人或户主
1 spouse 配偶
2 son 子
3 daughter 女
4 grandchild 孙子、孙女或外孙子、外孙女
5 parent 父母
6 grandparent 祖父母或外祖父母
7 sibling 兄弟姐妹
8 other 其他
"""),
)


def short_form(code: str) -> str:
    """The one-digit code of a two-digit one: '28' (女婿) → '2'; from 80 on everything is '8'. Refuses unknown codes."""
    return min(HOUSEHOLD_RELATION.by_code(code).code[0], "8")
