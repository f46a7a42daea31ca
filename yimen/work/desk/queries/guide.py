"""The catalogue as residents read it (办事指南): what, who, which papers, how long, what comes of it, and where to go now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from yimen.foundations.definitions.api import (
    Definition,
    current_all,
    find_current,
    names_in,
    pinned,
    title_of,
)
from yimen.kernel.areas import Level, street_of
from yimen.kernel.clock import day_of
from yimen.registers.places.api import (
    SiteNow,
    areas_under,
    how_sites_stand,
    nearest_sites,
    offers_of,
    sites_in,
)
from yimen.work.desk.engine.delegating import is_community
from yimen.work.desk.engine.grammar import Matter, MatterField, Paper
from yimen.work.desk.models import Delegation
from yimen.work.desk.queries.matters import MatterChoice, find_matters


@dataclass(frozen=True)
class FieldLine:
    """One field of the catalogue with the number of its matters (事项类别)."""

    key: str
    title: str
    covers: str
    ask: str
    count: int


@dataclass(frozen=True)
class PaperLine:
    title: str
    notes: tuple[str, ...]
    how: str


@dataclass(frozen=True)
class Guide:
    """One matter for those who come with it (办事指南)."""

    key: str
    matter: Matter
    field: str
    papers: tuple[PaperLine, ...]
    steps: tuple[str, ...]
    form: tuple[str, str]
    promise: str


@dataclass(frozen=True)
class Directory:
    """Where every matter can be handled from one home (去哪里办): read once for a whole page.

    ``lines`` are the sites, the nearest that is open now first. A station of a community counts for a matter of the
    street only as long as it is delegated there, on the day somebody would come.
    """

    home: str
    lines: Sequence[SiteNow] = ()
    offers: Mapping[int, set[str]] = field(default_factory=dict)
    delegated: Mapping[tuple[str, str], date] = field(default_factory=dict)

    def places(self, key: str, matter: Matter) -> list[SiteNow]:
        """The sites at which this matter can be handled, the best first."""
        return [one for one in self.lines if self._can(one, key, matter)]

    def at_home(self, key: str, matter: Matter) -> SiteNow | None:
        """The site of one's own community at which it can be handled (社区可办), or None."""
        own = [
            one
            for one in self.places(key, matter)
            if is_community(one.site.area) and self.home.startswith(one.site.area)
        ]
        return own[0] if own else None

    def _can(self, one: SiteNow, key: str, matter: Matter) -> bool:
        if f"matter/{key}" not in self.offers.get(one.site.id, ()):
            return False
        if matter.level != "street" or not is_community(one.site.area):
            return True
        last = self.delegated.get((key, one.site.area))
        return last is not None and (one.is_open or (one.next is not None and one.next.on <= last))


def directory(home: str, *, at: datetime) -> Directory:
    """Everything about where, for one home; four queries however many matters there are."""
    if not home:
        return Directory("")
    today = day_of(at)
    lines = nearest_sites(home, at=at)
    given = Delegation.objects.standing().on(today).filter(street=street_of(home) or home)
    return Directory(
        home=home,
        lines=lines,
        offers=offers_of([one.site for one in lines], on=today),
        delegated={(one.matter, one.area): one.last_day for one in given},
    )


def fields_of_matters(*, on: date) -> list[FieldLine]:
    """All fields in their order, those without a matter too: whoever looks there reads whom to ask."""
    count: dict[str, int] = {}
    for one in current_all("matter", on=on):
        count[one.body.field] = count.get(one.body.field, 0) + 1
    known = [
        FieldLine(one.key, one.body.title, one.body.covers, one.body.ask, count.pop(one.key, 0))
        for one in sorted(current_all("matter_field", on=on), key=lambda one: (one.body.order, one.key))
    ]
    left = sum(count.values())
    return known + ([FieldLine("other", "其他", "还没有归类的事项", "社区便民服务站", left)] if left else [])


def by_field(choices: Sequence[MatterChoice], *, on: date) -> list[tuple[str, list[MatterChoice]]]:
    """The same matters under the titles of their fields, in the order of the fields (按类别); fields without one are left out."""
    fields = fields_of_matters(on=on)
    known = {one.key for one in fields}
    groups: dict[str, list[MatterChoice]] = {}
    for one in choices:
        groups.setdefault(one.field if one.field in known else "other", []).append(one)
    return [(one.title, groups[one.key]) for one in fields if one.key in groups]


def guides(text: str, *, on: date, field: str = "") -> list[MatterChoice]:
    """The catalogue, found by what people say and narrowed to one field."""
    known = {one.key for one in current_all("matter_field", on=on)}
    found = find_matters(text, by=None, on=on)
    if not field:
        return found
    return [one for one in found if (one.field if one.field in known else "other") == field]


def guide_of(key: str, *, on: date) -> Guide | None:
    """The guide of one matter in force, or None."""
    found = find_current("matter", key, on=on)
    if found is None:
        return None
    matter: Matter = found.body
    named = find_current("matter_field", matter.field, on=on) if matter.field else None
    told: MatterField | None = named.body if named else None
    form = pinned(found, "form", matter.form)
    return Guide(
        key=key,
        matter=matter,
        field=told.title if told else "其他",
        papers=tuple(_paper(paper, form) for paper in matter.papers),
        steps=tuple(steps_of(matter)),
        form=(form.key, title_of(form)),
        promise=_promise(matter),
    )


def steps_of(matter: Matter) -> list[str]:
    """What happens, step by step (办理流程)."""
    steps = ["带上材料到窗口，或请人代办、约上门；说清要办什么，表由窗口和您一起填。"]
    if matter.passed_on:
        steps.append("窗口当面核对，材料齐的当场收下，给您受理通知书；缺什么一次说清，写在告知书上。")
        when = "当天" if matter.same_day() else f"{matter.days.promised} 个工作日内"
        steps.append(
            f"{when}转送{matter.passed_on.to}，给您一张有编号的转送单；由那里决定并答复您（{matter.passed_on.takes}）。"
        )
        steps.append(f"转送以后查结果：{matter.passed_on.ask}。")
        return [*steps, "五个工作日内可以评价，不记名。"]
    if matter.way == "notice":
        steps.append("窗口当面核对，材料齐的当场登记；缺什么一次说清，写在告知书上。")
    else:
        steps.append("窗口当面核对，材料齐的当场受理，给您受理通知书；缺什么一次说清，写在告知书上。")
        whom = "街道" if matter.decides == "street" else "社区"
        steps.append(f"由{whom}审核决定；不同意的写明理由和去哪里申请复议、起诉。")
    steps.append("查询码在回执上，手机上能看办到哪一步；办好后到窗口领取、邮寄或送上门。")
    steps.append("五个工作日内可以评价，不记名。")
    return steps


def _promise(matter: Matter) -> str:
    return f"当天{matter.done}" if matter.same_day() else f"{matter.days.promised} 个工作日内{matter.done}"


def _paper(paper: Paper, form: Definition) -> PaperLine:
    notes = ["看一下原件，不留复印件" if paper.keep == "look" else "留一份复印件"]
    if paper.needed_if:
        asked = [form.body.question(name) for name in sorted(names_in(paper.needed_if))]
        words = "、".join(f"“{one.label}”" for one in asked if one)
        notes.append(f"看{words}而定，不是人人都要" if words else "不是人人都要")
    notes += ["可以后补"] if paper.may_follow else []
    notes += ["可以写承诺书代替"] if paper.may_promise else []
    return PaperLine(paper.title, tuple(notes), paper.how)


def catalogue_data(*, at: datetime) -> dict[str, Any]:
    """The whole public catalogue as data (事项目录): matters, sites with hours, delegations in force; for everybody."""
    today = day_of(at)
    streets = [line.code for line in areas_under("", Level.STREET, on=today)]
    sites = [site for street in streets for site in sites_in(street, on=today)]
    offers = offers_of(sites, on=today)
    given = list(Delegation.objects.standing().on(today).order_by("matter", "area"))
    held = {(one.matter, one.area) for one in given}
    return {
        "as_of": at.isoformat(),
        "fields": [{"key": one.key, "title": one.title} for one in fields_of_matters(on=today)],
        "matters": [_matter_data(one, sites, offers, held) for one in current_all("matter", on=today)],
        "sites": [_site_data(one) for one in how_sites_stand(sites, at=at)],
        "delegations": [
            {
                "matter": one.matter,
                "area": one.area,
                "powers": one.powers,
                "since": one.since,
                "last_day": one.last_day,
            }
            for one in given
        ],
    }


def _matter_data(
    found: Definition, sites: Sequence[Any], offers: Mapping[int, set[str]], held: set[tuple[str, str]]
) -> dict[str, Any]:
    matter: Matter = found.body
    plain = ("title", "summary", "field", "who", "level", "way", "decides", "result", "fee")
    return {
        "key": found.key,
        **{name: getattr(matter, name) for name in plain},
        "days": {"promised": matter.days.promised, "legal": matter.days.legal},
        "basis": [f"《{one.document}》{one.article}" for one in matter.basis],
        "conditions": [one.title for one in matter.conditions],
        "passed_on": matter.passed_on.model_dump() if matter.passed_on else None,
        "papers": [{"title": one.title, "how": one.how} for one in matter.papers],
        "sites": [
            str(site.public_id)
            for site in sites
            if f"matter/{found.key}" in offers.get(site.id, ())
            and (matter.level != "street" or not is_community(site.area) or (found.key, site.area) in held)
        ],
    }


def _site_data(one: SiteNow) -> dict[str, Any]:
    site = one.site
    return {
        "id": str(site.public_id),
        "name": site.name,
        "kind": site.kind,
        "area": site.area,
        "address": site.address,
        "phone": site.phone,
        "latitude": site.position[0] if site.position else None,
        "longitude": site.position[1] if site.position else None,
        "hours": [
            {
                "weekday": stretch.weekday,
                "opens": f"{stretch.opens:%H:%M}",
                "closes": f"{stretch.closes:%H:%M}",
            }
            for stretch in one.week
        ],
        "next_open": one.next.on if one.next else None,
    }
