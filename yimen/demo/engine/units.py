"""The organisations of the demo: associations by field, clinics, schools, whom to ring, who does what. All of it invented."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from yimen.demo.engine.identity import Names
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.organisations import api as organisations
from yimen.registers.places import api as places
from yimen.standards.credit_code import check_character, organisation_check_character

SEED = 150
DIVISION = "330299"  # never given out, like the id numbers of the demo
PHONE = "0574-0000 {:04d}"
# What people found here, by field: the name after that of the community, and how it is managed.
CLUBS = (
    ("culture", "合唱队", "filed"),
    ("culture", "书画社", "filed"),
    ("mutual", "邻里互助队", "guided"),
    ("service", "爱心理发队", "guided"),
    ("culture", "太极拳队", "guided"),
    ("rights", "老娘舅调解队", "filed"),
    ("culture", "排舞队", "filed"),
    ("service", "护河志愿队", "guided"),
    ("mutual", "妈妈互助会", "guided"),
    ("culture", "越剧社", "filed"),
)
REGISTERED = (
    ("eldercare", "为老服务中心"),
    ("education", "青少年成长中心"),
    ("health", "健康促进中心"),
    ("eldercare", "助残服务中心"),
)
TASKS = {
    "window_clerk": ("窗口受理、打印告知单", "材料补正、送达提醒"),
    "community_worker": ("老年人优待和补贴", "残疾人服务、走访困难家庭"),
    "community_head": ("社区全面工作、接待来访", "下放事项决定"),
    "grid_worker": ("第一网格走访、出租房核实", "楼道安全和邻里纠纷上报"),
}
# What the same people are A岗 of at the desk; everything else is the head's.
WORKS = {
    "window_clerk": ("matter_field.social_security",),
    "community_worker": ("matter_field.aid", "duties", "consents:liaison_household"),
    "community_head": ("matter",),
}
NETWORK = "disability"
CARE_AGREEMENT = "医养结合协议（演示）"
CLUBS_HERE, NEW_HERE, CLUBS_THERE = 146, 25, 4


def found_federation(*, by: Actor, at: datetime) -> None:
    """The county's federation, where the network of disability service begins."""
    county = organisations.found_organisation(
        by=by, at=at, name="鄞州区残疾人联合会（演示）", kind="federation", area="330212", since=day_of(at)
    )
    organisations.name_contact(
        by=by,
        at=at,
        organisation=county,
        name="演示值班员",
        phone=PHONE.format(1),
        duty="康复、就业和辅具政策",
        since=day_of(at),
        network=NETWORK,
    )


class Units:
    """Tells the organisations of one street; by chance of its own, so that the rest of the story stays as it is."""

    def __init__(
        self,
        street: str,
        communities: Sequence[str],
        *,
        by: Actor,
        at: datetime,
        now: datetime,
        clubs: int,
        new: int,
        mark: str = "",
    ) -> None:
        self.street, self.communities = street, list(communities)
        self.told: dict[str, Any] = {"by": by, "at": at}
        self.today, self.mark, self.clubs, self.new = day_of(now), mark, clubs, new
        self.rng = Random(f"{SEED}{street}")
        self.names = Names(self.rng)
        self.number = int(street[-3:]) * 1000

    def tell(self) -> None:
        """Associations, clinics, schools, the network, the division of work."""
        for order in range(self.clubs):
            self._club(order)
        for order, (field, what) in enumerate(REGISTERED[: max(1, self.clubs // 30)]):
            self._registered(field, what, self.communities[order % len(self.communities)])
        self._clinics()
        self._network()
        for community in self.communities:
            self._committee(community)
        self._tasks()

    def _found(self, name: str, kind: str, area: str, since: date, **more: Any) -> Any:
        return organisations.found_organisation(
            **self.told, name=f"{name}{self.mark}", kind=kind, area=area, since=since, **more
        )

    def _club(self, order: int) -> None:
        community = self.communities[order % len(self.communities)]
        field, what, tier = CLUBS[order // len(self.communities) % len(CLUBS)]
        turn = order // (len(self.communities) * len(CLUBS))
        begun = date(self.today.year - 1 - order % 4, 1 + order % 12, 1 + order % 27)
        if order >= self.clubs - self.new:
            begun = max(date(self.today.year, 1 + order % 9, 5), date(self.today.year, 1, 5))
        name = f"{places.short_area_name(community)}{'新' * turn}{what}（演示）"
        club = self._found(name, "social", community, begun, field=field, tier=tier)
        self._officer(club, "负责人", begun)
        if tier == "filed" and order % 5 and begun.year < self.today.year:
            self._inspected(club)

    def _registered(self, field: str, what: str, community: str) -> None:
        begun = date(self.today.year - 5, 6, 1)
        name = f"{places.short_area_name(community)}{what}（演示）"
        unit = self._found(
            name, "social", community, begun, field=field, tier="registered", credit_code=self._code("52"),
            phone=PHONE.format(self.number % 10_000), duty="受街道委托，为居民提供日常服务。",
        )  # fmt: skip
        self._officer(unit, "法定代表人", begun)
        self._credential(unit, "non_enterprise", begun, years=8)
        self._credential(unit, "grade", date(self.today.year - 3, 12, 20), years=5, extent="3A")
        self._inspected(unit)
        organisations.file_agreement(
            **self.told,
            organisation=unit,
            title="购买服务协议（演示）",
            partner=f"{places.area_name(self.street)}办事处（演示）",
            content="每周服务 5 天，每季度交服务清单，街道按清单验收。",
            since=date(self.today.year, 1, 1),
            last_day=date(self.today.year, 12, 31),
        )

    def _clinics(self) -> None:
        first = self.communities[0]
        old = self._found(
            f"{places.short_area_name(first)}卫生室（演示）", "clinic", first, date(self.today.year - 6, 3, 1)
        )
        self._credential(old, "clinic_licence", old.since, years=5, extent="全科")
        station = organisations.convert_organisation(
            **self.told,
            organisation=old,
            on=date(self.today.year - 1, 7, 1),
            name=f"{places.short_area_name(first)}社区卫生服务站（演示）{self.mark}",
            kind="clinic",
            approval=organisations.Approval(
                authority="区卫生健康局（演示）",
                number="演卫〔2025〕6号",
                on=date(self.today.year - 1, 6, 10),
            ),
        )
        self._elder_home(station)
        clinic = self._found(
            f"{places.short_area_name(first)}中医诊所（演示）",
            "clinic",
            first,
            date(self.today.year - 4, 1, 10),
        )
        organisations.file_credential(
            **self.told,
            organisation=clinic,
            kind="clinic_licence",
            number=f"演示证 {self.number}",
            extent="中医科",
            issuer="区卫生健康局（演示）",
            since=date(self.today.year - 4, 1, 10),
            last_day=self.today + timedelta(days=45),
        )
        self._found(
            f"{places.short_area_name(first)}幼儿园（演示）", "school", first, date(self.today.year - 9, 9, 1)
        )

    def _elder_home(self, station: Any) -> None:
        """A home for elders, and what the health point agreed with it."""
        name = f"{places.short_area_name(station.area)}颐养院（演示）"
        begun = date(self.today.year - 7, 5, 1)
        home = self._found(name, "institution", station.area, begun, field="eldercare")
        organisations.file_agreement(
            **self.told,
            organisation=station,
            title=CARE_AGREEMENT,
            partner=home.name,
            partner_unit=home.public_id,
            content="医生每月上门巡诊，急症转诊留床位（演示）。",
            visits_monthly=2,
            beds=30,
            since=date(self.today.year, 1, 1),
            last_day=self.today + timedelta(days=50),
        )

    def _network(self) -> None:
        self._contact(self._of(self.street, "street_office"), "街道残联专职委员")
        for order, community in enumerate(self.communities):
            if order % 4 == 3:
                continue  # a gap, for the page to show
            self._contact(self._of(community, "committee"), "社区助残联络员")
            if order % 3 == 0:
                name = f"{places.short_area_name(community)}助残小组（演示）"
                group = self._found(name, "group", community, date(self.today.year - 1, 4, 1))
                self._contact(group, "陪同就医、代办跑腿")

    def _committee(self, community: str) -> None:
        committee = self._of(community, "committee")
        begun = committee.since
        term = organisations.open_term(
            **self.told,
            organisation=committee,
            number=6,
            seats=5,
            basis="居民代表选举（演示）",
            since=begun,
            last_day=date(begun.year + 4, 12, 31),
        )
        for office in ("主任", "副主任", "委员"):
            self._officer(committee, office, begun, term=term.public_id)

    def _tasks(self) -> None:
        """Who does what in the first community, where the shown logins work."""
        committee = self._of(self.communities[0], "committee")
        on = self.told["at"].date()
        holders = {
            line.post.role: one.account
            for line in organisations.posts_in(committee, by=self.told["by"], on=on)
            for one in line.holders
        }
        order = [role for role in TASKS if role in holders]
        for place, role in enumerate(order):
            deputy = holders[order[(place + 1) % len(order)]]
            told = {
                "organisation": committee,
                "account": holders[role],
                "deputy": deputy if deputy != holders[role] else None,
                "since": on,
            }
            for task in TASKS[role]:
                organisations.give_responsibility(**self.told, **told, task=task)
            if works := WORKS.get(role):
                organisations.give_responsibility(**self.told, **told, works=works)

    def _of(self, area: str, kind: str) -> Any:
        return organisations.organisation_for(area, kind=kind, on=day_of(self.told["at"]))

    def _contact(self, unit: Any, duty: str) -> None:
        self.number += 1
        organisations.name_contact(
            **self.told,
            organisation=unit,
            name=self._person(),
            phone=PHONE.format(self.number % 10_000),
            duty=duty,
            since=max(unit.since, day_of(self.told["at"])),
            network=NETWORK,
        )

    def _officer(self, unit: Any, office: str, since: date, *, term: UUID | None = None) -> None:
        organisations.enter_officer(
            **self.told, organisation=unit, office=office, name=self._person(), since=since, term=term
        )

    def _inspected(self, unit: Any) -> None:
        year = self.today.year - 1
        organisations.file_inspection(
            **self.told,
            organisation=unit,
            year=year,
            result="passed",
            done_on=min(date(year + 1, 5, 20), day_of(self.told["at"])),
        )

    def _credential(self, unit: Any, kind: str, since: date, *, years: int, extent: str = "") -> None:
        organisations.file_credential(
            **self.told,
            organisation=unit,
            kind=kind,
            number=f"演示证 {unit.id}",
            extent=extent,
            issuer="发证机关（演示）",
            since=since,
            last_day=since.replace(year=since.year + years) - timedelta(days=1),
        )

    def _person(self) -> str:
        sex = self.rng.choice(("male", "female"))
        return self.names.full(sex=sex, year=self.rng.randrange(1955, 1995)) + self.mark

    def _code(self, kind: str) -> str:
        self.number += 1
        body = f"{self.number:08d}"
        first = f"{kind}{DIVISION}{body}{organisation_check_character(body)}"
        return first + check_character(first)
