"""Which deed is possible in which state (办件状态表): data, so that a button and an operation ask the same table."""

from dataclasses import dataclass

from yimen.kernel.findings import Finding


@dataclass(frozen=True)
class Standing:
    """What the table needs to know of a case."""

    state: str
    state_label: str
    paused: bool
    way: str
    at_street: bool
    decides: str = "street"
    extended: bool = False
    urged: bool = False
    joined: bool = False
    extend_most: int = 10


_POSSIBLE = {
    "supply": ("received", "accepted", "decided"),
    "decline": ("received",),
    "pause": ("accepted",),
    "extend": ("accepted",),
    "resume": ("accepted",),
    "hand_over": ("accepted",),
    "hand_back": ("accepted",),
    "ask": ("accepted",),
    "decide": ("accepted",),
    "register": ("accepted",),
    "deliver": ("decided",),
    "archive": ("delivered",),
    "withdraw": ("received", "accepted"),
    "answer_urge": ("accepted",),
    "join": ("accepted",),
    "part": ("accepted",),
    "lead_on": ("received", "accepted", "decided", "delivered"),
    "void": ("received", "accepted"),
    "undeliver": ("delivered",),
}
_WORDS = {
    "supply": "补交材料",
    "decline": "不予受理",
    "pause": "中止计时",
    "extend": "延期",
    "resume": "恢复办理",
    "hand_over": "上交街道",
    "hand_back": "退回社区",
    "ask": "送协办单位",
    "decide": "作出决定",
    "register": "完成登记",
    "deliver": "送达",
    "archive": "归档",
    "withdraw": "撤回申请",
    "answer_urge": "答复催办",
    "join": "并案",
    "part": "拆开单办",
    "lead_on": "由它另办一件",
    "void": "作废",
    "undeliver": "撤销送达",
}

DEEDS = tuple(_POSSIBLE)
# What is done for all by the case that leads.
_LED = ("decide", "register", "hand_over", "hand_back", "ask", "pause", "join")


def why_not(deed: str, standing: Standing) -> Finding | None:
    """The reason why ``deed`` is impossible now, or None."""
    if standing.state not in _POSSIBLE[deed]:
        return _finding(deed, f"这件事现在是“{standing.state_label}”，不能{_WORDS[deed]}。")
    if deed == "pause" and standing.paused:
        return _finding(deed, "计时已经中止，正在等申请人。")
    if deed == "extend" and standing.paused:
        return _finding(deed, "计时已经中止，恢复办理以后再看要不要延期。")
    if deed == "extend" and standing.extended:
        return _finding(deed, "已经延过一次，不能再延。")
    if deed == "extend" and not standing.extend_most:
        return _finding(deed, "这件事不能延期。")
    if deed == "resume" and not standing.paused:
        return _finding(deed, "计时没有中止，不需要恢复。")
    if deed in _LED and standing.joined:
        return _finding(deed, "已经并到另一件一起办，由那一件决定；要单独办，先拆开。")
    if deed == "join" and standing.paused:
        return _finding(deed, "还在等申请人补充，先恢复办理再并案。")
    if deed == "part" and not standing.joined:
        return _finding(deed, "这件事没有并案。")
    if deed == "answer_urge" and not standing.urged:
        return _finding(deed, "没有等答复的催办。")
    if deed in ("decide", "register") and standing.paused:
        return _finding(deed, "还在等申请人补充，先恢复办理再办结。")
    if deed == "decide" and standing.way == "notice":
        return _finding(deed, "这是登记事项，只登记，不审批，没有“同意”或“不同意”。")
    if deed == "decide" and standing.decides == "street" and not standing.at_street:
        return _finding(deed, "这件事由街道决定，请先上交街道。")
    if deed == "register" and standing.way != "notice":
        return _finding(deed, "这件事需要作出决定，不是登记事项。")
    if deed == "hand_over" and standing.at_street:
        return _finding(deed, "这件事已经在街道办理。")
    if deed == "hand_back" and not standing.at_street:
        return _finding(deed, "这件事就在社区办理，没有上交过。")
    return None


HANDED_OVER_FROM = ("delivered", "declined", "withdrawn")


def may_be_handed_over(state: str) -> bool:
    """Whether a case of this state may go to the archive by list (能否移交): it is over, well or not."""
    return state in HANDED_OVER_FROM


def _finding(deed: str, sentence: str) -> Finding:
    return Finding(f"desk.cannot_{deed}", sentence)
