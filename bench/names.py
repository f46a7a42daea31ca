"""Names of people who do not exist (虚构姓名): surnames as often as they are borne, given names as they were liked.

Shares of surnames: 公安部户政管理研究中心《二〇一九年全国姓名报告》: the order of the hundred commonest, the numbers of bearers
published for the first twenty, and that the hundred together are 85.9 % of the registered population. Between the twentieth
(1.00 %) and the hundredth (欧, 2.61 million, 0.19 %) shares fall with the rank. The rest is spread over rarer ones, some
compound. Given names are put together by chance from characters liked in each time; whoever bears such a name is not meant.
"""

from bisect import bisect
from itertools import accumulate
from random import Random

HUNDRED = 85.9
_FIRST = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
_SHARES = (
    *(7.25, 7.19, 6.83, 5.17, 4.54, 3.31, 2.42, 2.05, 1.99, 1.92),
    *(1.45, 1.39, 1.37, 1.30, 1.18, 1.13, 1.06, 1.02, 1.01, 1.00),
)
_NEXT = (
    "郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖"
    "石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙史陶黎贺毛郝顾龚邵万覃武钱戴严莫孔向欧"
)
_RARER = (
    *"常汤文施洪樊季庄殷温倪翟申齐乔安易颜牛岳简骆毕章鲁关葛柳俞聂蓝祝柴纪焦祁耿邢尚芦成涂麦单仇解区励忻",
    *("欧阳", "上官", "司徒", "诸葛", "夏侯", "皇甫", "令狐", "司马"),
)
_FALL = 1.044  # from 0.97 % at the 21st to 0.19 % at the hundredth


def surnames() -> dict[str, float]:
    """Each surname with its share in a hundred people."""
    shares = dict(zip(_FIRST, _SHARES, strict=True))
    falling = {name: 0.97 * (21 / rank) ** _FALL for rank, name in enumerate(_NEXT, start=21)}
    fit = (HUNDRED - sum(_SHARES)) / sum(falling.values())
    shares |= {name: share * fit for name, share in falling.items()}
    single = (100 - HUNDRED) / len(_RARER)
    return shares | dict.fromkeys(_RARER, single)


# Until which year of birth; of a hundred given names so many have one character; first and second characters, the liked ones
# first, of men and of women; and the characters that stand alone.
_TIMES = (
    (
        *(1955, 12),
        *("德国志文永福金宝瑞长明世家荣广玉树洪炳松", "根兴祥林昌民生华明良忠康年发贵荣富才法友"),
        *("秀桂玉凤彩月素惠爱杏亚美翠淑菊兰春梅金阿", "英兰珍琴娥仙芳花娣莲香芬菊云妹凤梅贞娟美"),
        *("明荣林海根平", "英兰珍琴菊娥"),
    ),
    (
        *(1975, 15),
        *("建国伟志永立海忠利振光学新卫小文红宏世继", "华平民强军明新波良祥东忠林敏国峰勇斌辉生"),
        *("丽建秀亚爱红春玲美雪志惠海小晓文素月彩燕", "华芬珍霞燕娟琴萍娣君红英飞梅丽芳敏玲琼云"),
        *("军勇强平伟明刚斌辉华", "丽敏芳红燕霞英萍娟琴"),
    ),
    (
        *(1992, 27),
        *("建海晓文志俊国永小世学成宏春东旭立振光正", "波峰东杰辉斌军明勇锋伟华涛龙飞超鹏平良刚"),
        *("晓海佳丽亚雪静小春红艳文美玉秀晶莉婷冬慧", "燕英娜萍君红敏琼丽芳霞玲梅娟静婷洁芬慧蓉"),
        *("伟磊杰勇涛超明俊波斌鹏凯强军浩峰", "静丽敏燕芳娜艳婷莉雪佳倩娟洁颖玲"),
    ),
    (
        *(2008, 17),
        *("浩俊嘉宇泽天博子佳晨文家梓明志思睿凯永成", "然杰豪航宇文轩阳伟涛辉鹏杨龙铭涵晨峰霖哲"),
        *("欣雨诗佳梦思雅心紫可嘉晓静文玉子美慧语若", "怡欣涵婷雨瑶琪悦萱妍雯颖洁琳慧佳莹蕾馨颖"),
        *("浩宇杰鑫涛帅阳磊昊凯", "欣婷悦怡颖雪琪倩"),
    ),
    (
        *(9999, 9),
        *("沐浩奕宇茗泽俊子景亦梓睿辰一嘉承思瑾昱皓", "辰宸泽轩宇阳晨睿然恒霖涵航铭哲言川安昊尧"),
        *("若一梓艺诗语沐欣可思芷以依奕清安晨书悦雨", "汐妍涵诺宁瑶溪彤琪萱晨艺琳伊一然辰桐语冉"),
        *("辰宸睿泽晨", "诺汐妍悦萱"),
    ),
)
_SLOWLY = 8  # the liked characters are that much oftener than the last ones


def _falling(characters: str) -> tuple[str, list[float]]:
    return characters, list(accumulate(1 / (rank + _SLOWLY) for rank in range(len(characters))))


_UNTIL = [time[0] for time in _TIMES]
_GIVEN = [
    {
        "male": (single, _falling(first), _falling(second), _falling(alone)),
        "female": (single, _falling(her_first), _falling(her_second), _falling(her_alone)),
    }
    for _, single, first, second, her_first, her_second, alone, her_alone in _TIMES
]


class Names:
    """Puts names together by chance."""

    def __init__(self, rng: Random) -> None:
        self._random = rng.random
        told = surnames()
        self._surnames, self._sums = list(told), list(accumulate(told.values()))

    def surname(self) -> str:
        return self._surnames[bisect(self._sums, self._random() * self._sums[-1])]

    def given(self, *, sex: str, year: int) -> str:
        single, first, second, alone = _GIVEN[bisect(_UNTIL, year)][sex]
        if self._random() * 100 < single:
            return self._one(alone)
        begins = self._one(first)
        ends = self._one(second)
        return begins + (ends if ends != begins else self._one(second))

    def _one(self, choice: tuple[str, list[float]]) -> str:
        characters, sums = choice
        return characters[bisect(sums, self._random() * sums[-1])]
