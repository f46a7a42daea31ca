"""Ethnic groups (民族代码): GB/T 3304-1991, two digits; 97 and 98 as used in household registers.

Sensitive: asked only where a form needs it.
"""

from yimen.standards.codes import Code, CodeTable

_GROUPS = """
汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜
土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙
鄂伦春 赫哲 门巴 珞巴 基诺
"""

# The Roman names of GB/T 3304, in lower case.
_NAMES = """
han mongol hui zang uygur miao yi zhuang buyei chosen man dong yao bai tujia hani kazak dai li lisu va she gaoshan
lahu sui dongxiang naxi jingpo kirgiz tu daur mulao qiang blang salar maonan gelao xibe achang pumi tajik nu uzbek
russ ewenki deang bonan yugur gin tatar derung oroqen hezhen monba lhoba jino
"""

ETHNIC_GROUP = CodeTable(
    "民族代码",
    "GB/T 3304-1991",
    (
        *(
            Code(f"{number:02d}", name, f"{group}族")
            for number, (name, group) in enumerate(zip(_NAMES.split(), _GROUPS.split(), strict=True), start=1)
        ),
        Code("97", "other", "其他"),
        Code("98", "foreign_born_naturalised", "外国血统中国籍人士"),
    ),
)
