"""Readings of surnames (姓氏读音) that differ from the common reading of the character, and compound surnames (复姓).

Pinyin without tones, ü as v. The first reading is the usual one of the surname; the others are borne by other families (姓从主人,
only the bearer knows), or are what people type who do not know better, and must find the person all the same. Surnames that
are read like the common character are not listed, but for a few that are often asked about. Sources: 现代汉语词典 for the
readings, 百家姓 for the compound surnames; the selection is ours.
"""

_SINGLE = """
单 shan dan; 單 shan dan; 仇 qiu chou; 曾 zeng ceng; 解 xie jie; 区 ou qu; 區 ou qu; 查 zha cha; 缪 miao mou miu;
繆 miao mou miu; 朴 piao pu; 翟 zhai di; 盖 ge gai; 蓋 ge gai; 乐 yue le; 樂 yue le; 华 hua; 華 hua; 任 ren; 宁 ning;
寧 ning; 甯 ning; 覃 qin tan; 折 she zhe; 冼 xian; 洗 xian xi; 员 yun yuan; 員 yun yuan; 幺 yao; 那 na; 秘 bi mi;
祕 bi mi; 繁 po fan; 种 chong zhong; 祭 zhai ji; 黑 he hei; 逄 pang; 逢 pang feng; 重 chong zhong; 长 chang zhang;
長 chang zhang; 燕 yan; 尉 wei yu; 万 wan mo; 召 shao zhao; 隗 wei kui; 郇 xun huan; 贲 ben fei; 賁 ben fei;
镡 tan chan xin; 费 fei bi; 費 fei bi; 瞿 qu ju; 佴 nai er; 乜 nie mie; 句 gou ju; 勾 gou; 应 ying; 應 ying; 宓 mi fu;
阚 kan; 闞 kan; 隽 juan jun; 雋 juan jun; 盛 sheng cheng; 车 che ju; 車 che ju; 都 du dou; 适 kuo shi; 於 yu;
要 yao; 薄 bo bao; 柏 bai bo; 谌 chen shen; 諶 chen shen; 莘 shen xin; 宿 su xiu; 郗 xi chi; 郄 qie xi; 牟 mou mu;
能 nai neng; 粘 nian zhan; 占 zhan; 逯 lu; 藉 ji jie; 行 xing hang; 降 jiang xiang; 强 qiang jiang; 強 qiang jiang;
角 jue jiao; 难 ning nan; 難 ning nan; 六 lu liu; 不 fou bu; 弗 fei fu; 厘 xi li; 咎 jiu gao; 呙 guo wo; 咼 guo wo;
朝 chao zhao; 笮 ze zuo; 亓 qi; 仉 zhang; 眭 sui gui; 恽 yun; 惲 yun; 佘 she; 厍 she; 舍 she; 令 ling; 过 guo; 過 guo;
哈 ha; 观 guan; 褚 chu; 纪 ji; 紀 ji; 石 shi; 叶 ye; 沈 shen; 冯 feng; 䶮 yan; 𠮷 ji
"""

_COMPOUND = """
万俟 mo qi; 尉迟 yu chi, wei chi; 尉遲 yu chi, wei chi; 长孙 zhang sun; 長孫 zhang sun; 令狐 ling hu; 澹台 tan tai;
澹臺 tan tai; 单于 chan yu, shan yu; 單于 chan yu, shan yu; 鲜于 xian yu; 鮮于 xian yu; 欧阳 ou yang; 歐陽 ou yang;
上官 shang guan; 司马 si ma; 司馬 si ma; 司徒 si tu; 司空 si kong; 司寇 si kou; 诸葛 zhu ge; 諸葛 zhu ge; 夏侯 xia hou;
东方 dong fang; 東方 dong fang; 皇甫 huang fu; 公孙 gong sun; 公孫 gong sun; 慕容 mu rong; 宇文 yu wen; 轩辕 xuan yuan;
軒轅 xuan yuan; 端木 duan mu; 独孤 du gu; 獨孤 du gu; 南宫 nan gong; 南宮 nan gong; 西门 xi men; 西門 xi men;
东郭 dong guo; 南门 nan men; 百里 bai li; 呼延 hu yan; 闻人 wen ren; 聞人 wen ren; 赫连 he lian; 赫連 he lian;
淳于 chun yu; 钟离 zhong li; 鍾離 zhong li; 申屠 shen tu; 太史 tai shi; 太叔 tai shu; 公羊 gong yang; 公冶 gong ye;
宗政 zong zheng; 濮阳 pu yang; 濮陽 pu yang; 仲孙 zhong sun; 闾丘 lv qiu; 閭丘 lv qiu; 亓官 qi guan; 颛孙 zhuan sun;
顓孫 zhuan sun; 子车 zi ju; 巫马 wu ma; 公西 gong xi; 漆雕 qi diao; 乐正 yue zheng; 樂正 yue zheng; 壤驷 rang si;
公良 gong liang; 拓跋 tuo ba; 夹谷 jia gu; 宰父 zai fu; 谷梁 gu liang; 榖梁 gu liang; 段干 duan gan; 梁丘 liang qiu;
左丘 zuo qiu; 羊舌 yang she; 微生 wei sheng; 第五 di wu; 纳兰 na lan; 納蘭 na lan; 完颜 wan yan; 完顏 wan yan;
那拉 na la; 东里 dong li; 达奚 da xi; 褚师 chu shi; 哥舒 ge shu; 相里 xiang li; 贺兰 he lan; 屈突 qu tu
"""


def _table(text: str) -> dict[str, list[str]]:
    entries = (" ".join(entry.split()).partition(" ") for entry in text.split(";"))
    return {surname: readings.split(", ") for surname, _, readings in entries}


SINGLE_READINGS: dict[str, tuple[str, ...]] = {
    surname: tuple(readings[0].split(" ")) for surname, readings in _table(_SINGLE).items()
}
"""A single surname → its readings, the usual one first: '翟' → ('zhai', 'di')."""

COMPOUND_READINGS: dict[str, tuple[tuple[str, ...], ...]] = {
    surname: tuple(tuple(reading.split(" ")) for reading in readings)
    for surname, readings in _table(_COMPOUND).items()
}
"""A compound surname → its readings, syllable by syllable: '尉迟' → (('yu', 'chi'), ('wei', 'chi'))."""
