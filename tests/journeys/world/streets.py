"""The two streets: their codes, their signs, how many live and work there, and the moment from which all is told."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

PASSWORD = "Panhuo-2026-east"
FIRST, SECOND = "330212007", "330212008"
COUNTY = "330212"
AREAS = [
    (COUNTY, "鄞州区"),
    (FIRST, "潘火街道"),
    (f"{FIRST}001", "东莺社区"),
    (f"{FIRST}002", "雅苑社区"),
    (f"{FIRST}003", "紫郡社区"),
    (SECOND, "百丈街道"),
    (f"{SECOND}001", "潜龙社区"),
]
FEW, MANY = 3, 60
EACH = {FEW: 3, MANY: 12}  # cases on each of the five lists: three, and sixty in all
SURNAMES = "王李张刘陈杨赵黄周吴"
GIVEN = "安柏辰丹恩芳歌和佳康兰明宁平晴蓉诗婷文欣"
COMMUNITY_ROLES = (
    "window_clerk",
    "community_worker",
    "grid_worker",
    "lecturer",
    "volunteer",
    "club_leader",
    "community_head",
)
STREET_ROLES = (
    "section_officer",
    "section_chief",
    "leader",
    "archive_keeper",
    "auditor",
    "administrator",
    "security_admin",
    "doctor",
    "special_auditor",
)
TITLES = {
    "window_clerk": "窗口",
    "community_worker": "社工",
    "grid_worker": "网格员",
    "community_head": "社区负责人",
    "section_officer": "科员",
    "section_chief": "科长",
    "leader": "分管领导",
    "archive_keeper": "档案员",
    "auditor": "审计员",
    "special_auditor": "专项审计员",
    "administrator": "系统管理员",
    "security_admin": "安全管理员",
    "doctor": "家庭医生",
    "lecturer": "讲师",
    "volunteer": "志愿者",
    "club_leader": "社团负责人",
    "provider": "申报员",
    "provider_doctor": "机构医护",
}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@dataclass
class Street:
    """One street while it is being made."""

    code: str
    sign: str
    phones: str
    posts: dict[str, dict[str, str]] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)
    actors: dict[str, Any] = field(default_factory=dict)

    @property
    def few(self) -> str:
        return f"{self.code}001"

    @property
    def communities(self) -> list[tuple[str, int]]:
        """The communities at work, and how many residents they have."""
        return [(self.few, FEW), (f"{self.code}002", MANY)][: 2 if self.code == FIRST else 1]


class Teller:
    """Tells the world; ``now`` is the moment from which everything is told backwards."""

    def __init__(self) -> None:
        from yimen.kernel.actor import system_actor
        from yimen.kernel.clock import day_of

        self.by = system_actor("journeys")
        self.now = datetime.now().astimezone()
        self.today = day_of(self.now)
        self.start = self.now - timedelta(days=60)

    def acting(self, actor: Any) -> Any:
        from yimen.foundations.bus.api import act_as

        return act_as(actor, on=self.today)
