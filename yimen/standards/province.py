"""Provinces (省级行政区划): the first two digits of GB/T 2260 codes, with short names.

Counties are not listed: they change every year, and old id numbers keep abolished ones.
"""

_LIST = """
11北京 12天津 13河北 14山西 15内蒙古 21辽宁 22吉林 23黑龙江 31上海 32江苏 33浙江 34安徽 35福建 36江西 37山东 41河南 42湖北
43湖南 44广东 45广西 46海南 50重庆 51四川 52贵州 53云南 54西藏 61陕西 62甘肃 63青海 64宁夏 65新疆 71台湾 81香港 82澳门
"""

PROVINCES: dict[str, str] = {entry[:2]: entry[2:] for entry in _LIST.split()}


def province_of(division: str) -> str | None:
    """The short name of the province of a division code ('330212' → '浙江'), or None when its first digits are unknown."""
    return PROVINCES.get(division[:2])
