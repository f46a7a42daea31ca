"""The staff of the demo: offices, posts and the accounts that hold them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
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
    """One account that is shown to whoever tries the demo."""

    username: str
    title: str
    role: str
    area: str


STREET, EAST, YARD = "330212007", "330212007001", "330212007002"
SECOND, SECOND_HOME = "330212008", "330212008001"
LOGINS = (
    Login("window", "窗口人员 · 东莺社区", "window_clerk", EAST),
    Login("window2", "窗口人员 · 雅苑社区", "window_clerk", YARD),
    Login("worker", "社工 · 东莺社区", "community_worker", EAST),
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
WINDOWS_EACH = 4  # of the small communities, one clerk goes round
_SECTION_OF = {
    "section_officer": "社会事务科",
    "section_chief": "社会事务科",
    "archive_keeper": "党政综合办公室",
}


@dataclass
class Staff:
    """Who works where: accounts by login name, and the login name of each window by its community."""

    accounts: dict[str, UUID] = field(default_factory=dict)
    windows: dict[str, str] = field(default_factory=dict)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, username: str, *, on: date) -> Actor:
        """The actor that this account is; its posts do not change in the demo."""
        if username not in self._actors:
            self._actors[username] = access.actor_of(self.accounts[username], on=on)
        return self._actors[username]

    def window(self, community: str, *, on: date) -> Actor:
        return self.actor(self.windows[community], on=on)


def employ(
    street: str,
    logins: tuple[Login, ...],
    communities: list[str],
    *,
    rng: Random,
    by: Actor,
    at: datetime,
    now: datetime,
) -> Staff:
    """Found the offices of a street, and appoint somebody to every post: the shown logins, and clerks at the other windows.

    Accounts are opened on the day of loading, for a password grows old; their holders are in office since ``at``.
    """
    since = day_of(at)
    found = {"by": by, "at": at, "since": since}
    office = organisations.found_organisation(
        **found, name=f"{places.area_name(street)}办事处（演示）", kind="street_office", area=street
    )
    sections = {
        name: organisations.found_organisation(**found, name=name, kind="section", area=street, parent=office)
        for name in ("社会事务科", "党政综合办公室", "便民服务中心")
    }
    committees = {
        code: organisations.found_organisation(
            **found,
            name=f"{places.area_name(code)}居民委员会（演示）",
            kind="committee",
            area=code,
            parent=office,
        )
        for code in communities
    }
    organisations.found_organisation(
        **found, name=f"{places.area_name(street)}社区卫生服务中心（演示）", kind="health_centre", area=street
    )
    staffed = {login.area for login in logins if login.role == "window_clerk"}
    wanted = [login for login in logins if login.area.startswith(street)]
    rest = [code for code in communities if code not in staffed]
    wanted += [
        Login(f"clerk-{street[-3:]}-{order // WINDOWS_EACH + 1}", "窗口人员", "window_clerk", code)
        for order, code in enumerate(rest)
    ]
    names, staff, posts = Names(rng), Staff(), {}
    for login in wanted:
        if login.username not in staff.accounts:
            staff.accounts[login.username] = access.create_account(
                by=by,
                at=now,
                username=login.username,
                name=names.full(sex=rng.choice(("male", "female")), year=rng.randrange(1972, 1999)),
                password=PASSWORD,
                area=street,
                must_change=False,
            ).public_id
        home = committees.get(login.area) or sections.get(_SECTION_OF.get(login.role, "")) or office
        title = login.title.split(" · ")[0]
        key = (home.id, title, login.area)
        if key not in posts:
            posts[key] = organisations.create_post(
                **found, organisation=home, title=title, role=login.role, area=login.area
            )
        organisations.appoint(**found, post=posts[key], account=staff.accounts[login.username])
        if login.role == "window_clerk":
            staff.windows[login.area] = login.username
    return staff


def known_logins(*, now: datetime) -> set[str]:
    """The login names of the demo that exist here; a real account of the same name is not one of them."""
    by = system_actor("demo")
    with act_as(by, on=day_of(now)):
        opened = access.accounts(by=by).filter(opened_by=by.key, is_active=True)
        return set(opened.values_list("username", flat=True)) & {login.username for login in LOGINS}
