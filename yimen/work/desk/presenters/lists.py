"""The tabs over the lists of cases, and what can be done with several at once."""

from typing import Any

from django.urls import reverse

from yimen.foundations.ui.api import Bulk
from yimen.kernel.actor import Actor
from yimen.work.desk.permissions import HANDLE_CASE

LISTS = (
    ("", "全部"),
    ("late", "已超期"),
    ("soon", "快到期"),
    ("waiting", "等居民"),
    ("owed", "容缺待补"),
    ("running", "办理中"),
    ("decide", "等我决定"),
    ("deliver", "待送达"),
    ("archive", "待归档"),
)


def list_tabs(current: str) -> list[dict[str, Any]]:
    """The tabs over the lists of cases."""
    tabs = [
        {
            "label": label,
            "url": reverse("desk:list", args=[kind]) if kind else reverse("desk:cases"),
            "current": kind == current,
        }
        for kind, label in LISTS
    ]
    here = reverse("desk:standing_in")
    return [*tabs, {"label": "A岗不在", "url": here, "current": current == "standing_in"}]


_TOGETHER = {
    "deliver": (("deliver", "送达", HANDLE_CASE, "send"),),
    "running": (
        ("register", "完成登记", HANDLE_CASE, "check"),
        ("hand_over", "上交街道", HANDLE_CASE, "arrow-right"),
        ("hand_back", "退回社区", HANDLE_CASE, "arrow-back-up"),
    ),
}
_TOGETHER["late"] = _TOGETHER["soon"] = _TOGETHER["running"]


def list_bulk(kind: str, *, by: Actor) -> list[Bulk]:
    """What can be done with several cases of a work list (批量操作), for who may do it somewhere."""
    return [
        Bulk(label, reverse("desk:several", args=[deed]), icon)
        for deed, label, permission, icon in _TOGETHER.get(kind, ())
        if by.can_somewhere(permission)
    ]
