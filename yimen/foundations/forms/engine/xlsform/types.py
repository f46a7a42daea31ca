"""The question types of XLSForm (题型) and what they are with us."""

import re
from dataclasses import dataclass

_CHOSEN = re.compile(
    r"(?P<many>select[_ ]multiple|select[_ ]all[_ ]that[_ ]apply)?(?(many)|(?:select[_ ]one|select1))"
    r"(?:[_ ]from)?\s+(?P<list>\S+)(?:\s+(?P<other>or[_ ]other|or[_ ]specify[_ ]other))?",
    re.IGNORECASE,
)
_PLAIN = {
    "text": "text", "string": "text", "integer": "number", "int": "number", "decimal": "number", "range": "number",
    "date": "date", "note": "note", "acknowledge": "acknowledge", "trigger": "acknowledge", "calculate": "calculate",
    "image": "attachment", "photo": "attachment", "file": "attachment", "barcode": "text",
}  # fmt: skip
# What the house keeps of every filled form by itself.
_KEPT_ANYWAY = frozenset(
    {
        "start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "audit",
        "start time", "end time", "device id", "get_device_id", "phone number", "start-geopoint", "background-audio",
        "background-geopoint", "imei",
    }
)  # fmt: skip
_NOT_HERE = {
    "geopoint": "定位", "location": "定位", "geotrace": "路线", "geoshape": "面", "gps": "定位", "audio": "录音",
    "video": "录像", "time": "时刻", "datetime": "日期和时刻", "xml-external": "外部数据",
    "csv-external": "外部数据", "osm": "地图", "hidden": "隐藏值",
}  # fmt: skip
_OUTSIDE = ("select_one_from_file", "select_multiple_from_file", "select_one_external", "select one external")


@dataclass(frozen=True)
class Kind:
    """What a cell under ``type`` says: the type with us, the list to choose from, and whether something else may be named."""

    type: str = ""
    choices: str = ""
    other: bool = False
    decimals: int = 0
    why_not: str = ""


def kind_of_cell(written: str) -> Kind:
    """The meaning of a ``type`` cell; ``why_not`` says why it is not with us."""
    told = re.sub(r"\s+", " ", written.strip())
    low = told.lower()
    if low.startswith(_OUTSIDE):
        return Kind(why_not="选项在另外的文件里，没有带进来")
    if low.startswith("rank"):
        return Kind(why_not="没有“排序”这种题型，没有带进来")
    if found := _CHOSEN.fullmatch(told):
        if found["list"].startswith("${"):
            return Kind(why_not="选项取自别的题目，没有带进来")
        return Kind("multi" if found["many"] else "choice", found["list"], bool(found["other"]))
    if low in _KEPT_ANYWAY:
        return Kind(why_not="填表人、时间、设备由系统自己记，不用带")
    if low in _NOT_HERE:
        return Kind(why_not=f"没有“{_NOT_HERE[low]}”这种题型，没有带进来")
    if low in _PLAIN:
        return Kind(_PLAIN[low], decimals=4 if low == "decimal" else 0)
    return Kind(why_not=f"不认识题型「{told[:40]}」，没有带进来")


def structure_of(written: str) -> str:
    """begin group, end group, begin repeat or end repeat; "" for a question."""
    low = re.sub(r"[\s_]+", " ", written.strip().lower())
    return {
        "begin lgroup": "begin repeat", "end lgroup": "end repeat", "begin looped group": "begin repeat",
        "end looped group": "end repeat", "begin loop": "begin repeat", "end loop": "end repeat",
    }.get(low, low if low in ("begin group", "end group", "begin repeat", "end repeat") else "")  # fmt: skip
