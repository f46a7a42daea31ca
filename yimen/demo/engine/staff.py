"""The staff of the demo: offices, posts and the accounts that hold them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any
from uuid import UUID

from yimen.demo.engine.identity import Names
from yimen.foundations.access import api as access
from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import Actor, system_actor
from yimen.kernel.clock import day_of
from yimen.registers.organisations import api as organisations
from yimen.registers.places import api as places

PASSWORD = "Yimen-Demo-2026"  # nosec B105 - printed at every start of the demo, and good for nothing else


@dataclass(frozen=True)
class Login:
    """One account: what its holder is called in print, and the role it has over an area."""

    username: str
    title: str
    role: str
    area: str


STREET, EAST, YARD = "330212007", "330212007001", "330212007002"
SECOND, SECOND_HOME = "330212008", "330212008001"
# The logins that are shown to whoever tries the demo. `grid` works in the first grid of her community.
LOGINS = (
    Login("window", "窗口人员 · 东莺社区", "window_clerk", EAST),
    Login("window2", "窗口人员 · 雅苑社区", "window_clerk", YARD),
    Login("hall", "窗口人员 · 潘火街道便民服务中心", "window_clerk", STREET),
    Login("worker", "社工 · 东莺社区", "community_worker", EAST),
    Login("head", "社区负责人 · 东莺社区", "community_head", EAST),
    Login("grid", "网格员 · 东莺社区第一网格", "grid_worker", EAST),
    Login("lecturer", "讲师 · 东莺社区", "lecturer", EAST),
    Login("volunteer", "志愿者 · 东莺社区", "volunteer", EAST),
    Login("club", "社团负责人 · 东莺社区", "club_leader", EAST),
    Login("doctor", "家庭医生 · 潘火街道第一团队", "doctor", EAST),
    Login("clinic", "机构申报员 · 东莺中医诊所", "provider", EAST),
    Login("clinic-doctor", "机构医护 · 东莺中医诊所", "provider_doctor", EAST),
    Login("station-doctor", "机构医护 · 东莺社区卫生服务站", "provider_doctor", EAST),
    Login("officer", "科室人员 · 潘火街道社会事务科", "section_officer", STREET),
    Login("chief", "科长 · 潘火街道社会事务科", "section_chief", STREET),
    Login("leader", "街道领导 · 潘火街道", "leader", STREET),
    Login("archive", "档案员 · 潘火街道", "archive_keeper", STREET),
    Login("admin", "系统管理员 · 潘火街道", "administrator", STREET),
    Login("security", "安全管理员 · 潘火街道", "security_admin", STREET),
    Login("auditor", "审计员 · 潘火街道", "auditor", STREET),
    Login("far-window", "窗口人员 · 百丈街道潜龙社区（另一个街道）", "window_clerk", SECOND_HOME),
    Login("far-officer", "科室人员 · 百丈街道（另一个街道）", "section_officer", SECOND),
)
# Who else works in the offices of a street (login after the code of the street), beside one login per post.
OFFICE = (
    ("officer-2", "科室人员", "section_officer"),
    ("chief-2", "科长", "section_chief"),
    ("leader-2", "街道领导", "leader"),
    ("archive-2", "档案员", "archive_keeper"),
    ("admin-2", "系统管理员", "administrator"),
    ("security-2", "安全管理员", "security_admin"),
    ("auditor-2", "审计员", "auditor"),
)
# Posts of a community that are no posts of its office; their names are told, so that no chance of the story is used up.
AROUND = (
    ("lecturer", "讲师", "苏芷若"),
    ("volunteer", "志愿者", "林溪"),
    ("club_leader", "社团负责人", "何静秋"),
)
SECTIONS = ("社会事务科", "党政综合办公室", "便民服务中心")
TEAMS = ("第一", "第二", "第三")
_SECTION_OF = {
    "window_clerk": "便民服务中心",
    "section_officer": "社会事务科",
    "section_chief": "社会事务科",
    "archive_keeper": "党政综合办公室",
    "administrator": "党政综合办公室",
    "security_admin": "党政综合办公室",
    "auditor": "党政综合办公室",
}
# Communities that one clerk or one grid worker looks after; the small ones share.
SHARED_BY = 2


@dataclass
class Staff:
    """Who works where: accounts by login name, and the login name of each post of a community by its code."""

    accounts: dict[str, UUID] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    windows: dict[str, str] = field(default_factory=dict)
    workers: dict[str, str] = field(default_factory=dict)
    grids: dict[str, str] = field(default_factory=dict)
    doctors: dict[str, str] = field(default_factory=dict)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, username: str, *, on: date) -> Actor:
        """The actor that this account is; its posts do not change in the demo."""
        if username not in self._actors:
            self._actors[username] = access.actor_of(self.accounts[username], on=on)
        return self._actors[username]

    def forget(self, username: str) -> None:
        """Look anew who this account is: it has been joined to a resident."""
        self._actors.pop(username, None)


def employ(
    street: str, grids: Mapping[str, Sequence[str]], *, rng: Random, by: Actor, at: datetime, now: datetime
) -> Staff:
    """Found the offices of a street, and appoint somebody to every post; ``grids`` are the grids of each community.

    Accounts are opened on the day of loading, for a password grows old; their holders are in office since ``at``.
    """
    return _Employer(street, grids, rng=rng, by=by, at=at, now=now).employ()


class _Employer:
    def __init__(
        self,
        street: str,
        grids: Mapping[str, Sequence[str]],
        *,
        rng: Random,
        by: Actor,
        at: datetime,
        now: datetime,
    ) -> None:
        self.street, self.grids, self.rng, self.now = street, grids, rng, now
        self.found: dict[str, Any] = {"by": by, "at": at, "since": day_of(at)}
        self.names, self.staff = Names(rng), Staff()
        self.posts: dict[tuple, Any] = {}
        self.shown = [login for login in LOGINS if login.area.startswith(street)]

    def employ(self) -> Staff:
        office = self._organisation(f"{places.area_name(self.street)}办事处（演示）", "street_office")
        sections = {name: self._organisation(name, "section", parent=office) for name in SECTIONS}
        centre = self._organisation(
            f"{places.area_name(self.street)}社区卫生服务中心（演示）", "health_centre"
        )
        for login in (*self.shown, *self._others()):
            if login.area == self.street:
                home = sections.get(_SECTION_OF.get(login.role, ""), office)
                self._appoint(
                    login.username, home, login.title.split(" · ")[0], login.role, self.street, seats=2
                )
        teams = [
            self._organisation(f"{name}家庭医生团队", "section", parent=centre)
            for name in TEAMS[: max(1, len(self.grids) // 6)]
        ]
        for order, code in enumerate(self.grids):
            name = f"{places.area_name(code)}居民委员会（演示）"
            self._community(code, order, self._organisation(name, "committee", area=code, parent=office))
            team = order * len(teams) // len(self.grids)
            doctor = self._login("doctor", EAST) if not team else ""
            self.staff.doctors[code] = doctor or f"doctor-{self.street[-3:]}-{team + 1}"
            self._appoint(self.staff.doctors[code], teams[team], "家庭医生", "doctor", code)
        return self.staff

    def _community(self, code: str, order: int, committee: Any) -> None:
        """Window, worker and grid worker of a community."""
        staff, short, shared = self.staff, code[-6:], f"{self.street[-3:]}-{order // SHARED_BY + 1}"
        staff.windows[code] = self._login("window_clerk", code) or f"clerk-{shared}"
        staff.workers[code] = self._login("community_worker", code) or f"worker-{short}"
        self._appoint(staff.windows[code], committee, "窗口人员", "window_clerk", code)
        self._appoint(staff.workers[code], committee, "社工", "community_worker", code)
        if head := self._login("community_head", code):
            self._appoint(head, committee, "社区负责人", "community_head", code)
        for role, title, name in AROUND:
            if username := self._login(role, code):
                self._open(username, name=name)
                self._appoint(username, committee, title, role, code)
        for number, grid in enumerate(self.grids[code] or [code]):
            known = self._login("grid_worker", code) if number == 0 else ""
            staff.grids[grid] = known or f"grid-{shared}"
            self._appoint(staff.grids[grid], committee, "网格员", "grid_worker", grid)

    def _login(self, role: str, code: str) -> str:
        return next((one.username for one in self.shown if (one.role, one.area) == (role, code)), "")

    def _others(self) -> list[Login]:
        """The second of each office in the first street; in the other one, the posts that no shown login holds."""
        held = {login.role for login in self.shown}
        return [
            Login(f"{name}-{self.street[-3:]}", title, role, self.street)
            for name, title, role in OFFICE
            if role not in held or (self.street == STREET and role in ("section_officer", "leader"))
        ]

    def _organisation(self, name: str, kind: str, *, area: str = "", parent: Any = None) -> Any:
        return organisations.found_organisation(
            **self.found, name=name, kind=kind, area=area or self.street, parent=parent
        )

    def _appoint(self, username: str, home: Any, title: str, role: str, area: str, *, seats: int = 1) -> None:
        account = self.staff.accounts.get(username) or self._open(username)
        key = (home.id, title, area)
        if key not in self.posts:
            self.posts[key] = organisations.create_post(
                **self.found, organisation=home, title=title, role=role, area=area, seats=seats
            )
        organisations.appoint(**self.found, post=self.posts[key], account=account)

    def _open(self, username: str, *, name: str = "") -> UUID:
        name = name or self.names.full(
            sex=self.rng.choice(("male", "female")), year=self.rng.randrange(1968, 1999)
        )
        opened = access.create_account(
            by=self.found["by"],
            at=self.now,
            username=username,
            name=name,
            password=PASSWORD,
            area=self.street,
            must_change=False,
        )
        self.staff.accounts[username], self.staff.names[username] = opened.public_id, name
        return opened.public_id


def known_logins(*, now: datetime) -> set[str]:
    """The login names of the demo that exist here; a real account of the same name is not one of them."""
    by = system_actor("demo")
    with act_as(by, on=day_of(now)):
        opened = access.accounts(by=by).filter(opened_by=by.key, is_active=True)
        return set(opened.values_list("username", flat=True)) & {login.username for login in LOGINS}
