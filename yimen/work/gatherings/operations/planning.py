"""Plan a gathering or a series of them, change it, give it to another leader, cancel it."""

from datetime import datetime, timedelta
from uuid import UUID

from yimen.foundations.audit.api import operation, record
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.kernel.text import clean_line
from yimen.registers.places.ports import AreaMove
from yimen.work.gatherings.choices import Answer, State
from yimen.work.gatherings.engine.holding import (
    CannotHold,
    CannotPlan,
    fill_seats,
    in_words,
    load,
    refuse,
    tell_mine,
    tie_leader,
    untie_leader,
    untie_list,
)
from yimen.work.gatherings.engine.kinds import GatheringKind, kinds_in_force
from yimen.work.gatherings.models import Gathering, Helper, Series, SignUp
from yimen.work.gatherings.permissions import HOLD
from yimen.work.gatherings.queries import people_of_roles
from yimen.work.gatherings.rules import why_not_plan

WEEK = timedelta(days=7)


@operation("gatherings.gathering.planned")
def plan_gathering(
    *,
    by: Actor,
    at: datetime,
    kind: str,
    area: str,
    title: str,
    place: str,
    starts_at: datetime,
    ends_at: datetime,
    capacity: int | None = None,
    led_by: UUID | None = None,
    about: str = "",
    materials: str = "",
    sessions: int = 1,
) -> Gathering:
    """Plan a gathering (安排活动), or ``sessions`` of them week after week as one series; answers the first.

    Whoever leads it is told and asked to confirm. A day gone by may be planned too, for what was held and is entered late.
    Refuses an unknown kind, a time that runs backwards, and a leader whose post does not lead this kind here.
    """
    by.must(HOLD, area=area)
    body = kinds_in_force(on=day_of(at)).get(kind)
    if body is None:
        raise CannotPlan("请选择是哪种活动。", findings=[Finding("gatherings.kind", "请选择。", "kind")])
    findings = why_not_plan(
        title=title, place=place, starts_at=starts_at, ends_at=ends_at, capacity=capacity, sessions=sessions
    )
    refuse(findings, CannotPlan)
    leader = _leader_name(body, led_by, area=area, at=at)
    series = None
    if sessions > 1:
        series = Series.objects.create(
            kind=kind, title=clean_line(title)[:60], area=area, begun_at=at, begun_by=by.key
        )
    made = [
        Gathering.objects.create(
            kind=kind,
            title=clean_line(title)[:60],
            series=series,
            area=area,
            starts_at=starts_at + n * WEEK,
            ends_at=ends_at + n * WEEK,
            place=clean_line(place)[:120],
            about=about.strip()[:300],
            materials=_materials(materials, body),
            capacity=capacity,
            led_by=led_by,
            led_by_name=leader,
            answer=Answer.OPEN if body.asks_leader else Answer.YES,
            planned_at=at,
            planned_by=by.key,
            planned_by_name=by.name[:80],
        )
        for n in range(sessions)
    ]
    for one in made:
        tie_leader(one, by=by, at=at)
        record(one, kind="gathering", area=area, gathering_kind=kind, starts_at=one.starts_at.isoformat())
    if made[0].ends_at > at:
        asked = "请确认能不能来：" if body.asks_leader else "请您带："
        tell_mine(made[0], f"{asked}{made[0].title}", _all_in_words(made), by=by, at=at)
    return made[0]


@operation("gatherings.gathering.changed")
def change_gathering(
    *,
    by: Actor,
    at: datetime,
    gathering: UUID,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    capacity: int | None,
    why: str,
) -> Gathering:
    """Change time, place or seats (更改活动) with a reason; whoever leads it is told, and asked again when the time changed.

    More seats let those who wait move up; fewer leave everybody in who has one.
    """
    found = load(gathering, by=by)
    findings = why_not_plan(
        title=found.title, place=place, starts_at=starts_at, ends_at=ends_at, capacity=capacity
    )
    if not why.strip():
        findings.append(Finding("gatherings.no_reason", "写明为什么改，会告诉带的人和帮手。", "why"))
    refuse(findings, CannotPlan)
    before = in_words(found)
    moved = (found.starts_at, found.ends_at) != (starts_at, ends_at)
    found.starts_at, found.ends_at, found.capacity = starts_at, ends_at, capacity
    found.place, found.changed_why = clean_line(place)[:120], why.strip()[:200]
    if moved and kinds_in_force(on=day_of(at))[found.kind].asks_leader:
        found.answer, found.answer_note, found.answered_at, found.reminded_on = Answer.OPEN, "", None, None
    found.save()
    fill_seats(found)
    tell_mine(found, f"有变动：{found.title}", f"{found.changed_why}。现在是{in_words(found)}", by=by, at=at)
    record(found, kind="gathering", area=found.area, before=before, why=found.changed_why)
    return found


@operation("gatherings.leader.replaced")
def replace_leader(*, by: Actor, at: datetime, gathering: UUID, led_by: UUID | None) -> Gathering:
    """Somebody else leads it (换人带): the one before sees its list no more, the new one is asked."""
    found = load(gathering, by=by)
    body = kinds_in_force(on=day_of(at))[found.kind]
    name = _leader_name(body, led_by, area=found.area, at=at)
    if found.led_by == led_by:
        same = Finding("gatherings.same", "现在就是这位带，没有变化。", "led_by")
        raise CannotHold(same.sentence, findings=[same])
    before = found.led_by_name
    untie_leader(found, by=by, at=at)
    found.led_by, found.led_by_name = led_by, name
    found.answer = Answer.OPEN if body.asks_leader else Answer.YES
    found.answer_note, found.answered_at, found.reminded_on = "", None, None
    found.save()
    tie_leader(found, by=by, at=at)
    tell_mine(found, f"请您带：{found.title}", by=by, at=at)
    record(found, kind="gathering", area=found.area, before=before, leader=name)
    return found


@operation("gatherings.gathering.cancelled")
def cancel_gathering(*, by: Actor, at: datetime, gathering: UUID, why: str) -> Gathering:
    """It does not take place (取消活动); with a reason, and whoever leads or helps is told. Nothing is entered."""
    found = load(gathering, by=by)
    if not why.strip():
        raise CannotHold("写明为什么取消。", findings=[Finding("gatherings.no_reason", "写明原因。", "why")])
    found.state, found.ended_why = State.CANCELLED, why.strip()[:200]
    found.ended_at, found.ended_by_name = at, by.name[:80]
    found.save()
    untie_list(found, by=by, at=at)
    tell_mine(found, f"取消了：{found.title}", f"{in_words(found)}{found.ended_why}。", by=by, at=at)
    record(found, kind="gathering", area=found.area, state=str(found.state), why=found.ended_why)
    return found


@operation("gatherings.gatherings.carried_over", inner=True)
def carry_over_gatherings(*, by: Actor, at: datetime, move: AreaMove) -> int:
    """What is planned goes over when areas are reorganised (活动随区域调整); what was held keeps the area of its day.

    A move of single buildings takes nothing along: a gathering is not at a door.
    """
    if move.buildings is not None:
        return 0
    planned = Gathering.objects.within(by).filter(area=move.old, state=State.PLANNED)
    ids = list(planned.values_list("id", flat=True))
    for model in (SignUp, Helper):
        model.objects.within(by).filter(gathering__in=ids).update(area=move.new)
    return Gathering.objects.within(by).filter(id__in=ids).update(area=move.new)


def _leader_name(body: GatheringKind, account: UUID | None, *, area: str, at: datetime) -> str:
    if account is None:
        return ""
    able = people_of_roles(body.led_by, area=area, on=day_of(at))
    if account not in able:
        said = f"请从可以带的人里选{body.leader}。"
        raise CannotPlan(said, findings=[Finding("gatherings.leader", said, "led_by")])
    return able[account][:80]


def _materials(said: str, body: GatheringKind) -> str:
    lines = [clean_line(line) for line in said.splitlines()] if said.strip() else list(body.materials)
    return "\n".join(line for line in lines if line)[:400]


def _all_in_words(made: list[Gathering]) -> str:
    more = f"每周一次，共 {len(made)} 场。" if len(made) > 1 else ""
    return in_words(made[0]) + more
