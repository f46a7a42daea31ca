"""The declared lists of gatherings."""

from typing import Any

from django.urls import reverse

from yimen.foundations.ui.api import Column, DateFilter, ListScreen, TextFilter
from yimen.kernel.clock import STREET_TIME
from yimen.registers.places.api import area_name
from yimen.work.gatherings.choices import Answer, State
from yimen.work.gatherings.rules import in_hours

_TONES = {State.PLANNED: "info", State.HELD: "good", State.CANCELLED: "neutral"}


def seats_in_words(one: Any) -> str:
    """Seats of what is to come, heads of what was held (名额、人次)."""
    if one.state == State.HELD:
        return f"到场 {one.heads} 人次"
    full = f"{one.taken}/{one.capacity}" if one.capacity else f"{one.taken}（不限名额）"
    return f"报名 {full}" + (f"，候补 {one.waiting}" if one.waiting else "")


def leader_in_words(one: Any) -> str:
    """Who leads it, and what she said (谁带)."""
    if not one.led_by_name:
        return "还没有定"
    if one.state != State.PLANNED or one.answer == Answer.YES:
        return one.led_by_name
    return f"{one.led_by_name}（{'来不了' if one.answer == Answer.NO else '还没有回复'}）"


class GatheringList(ListScreen):
    """Gatherings by the time they begin (活动清单)."""

    name = "gatherings.gatherings"
    title = "活动"
    columns = (
        Column("title", "活动", link=lambda one: reverse("gatherings:gathering", args=[one.public_id])),
        Column(
            "starts_at",
            "时间",
            hint=lambda one: f"到 {one.ends_at.astimezone(STREET_TIME):%H:%M}，{in_hours(one.minutes)}",
        ),
        Column("place", "地点", hint=lambda one: area_name(one.area)),
        Column("leader", "谁带", value=leader_in_words),
        Column("seats", "名额、人次", value=seats_in_words, hint=lambda one: f"帮手 {one.helping} 人"),
        Column("state", "状态", value="get_state_display", tone=lambda one: _TONES[one.state]),
    )
    filters = (TextFilter("title", "活动名称"), DateFilter("starts_at", "日期"))
    order = ("starts_at", "id")
    empty_title = "这里没有活动"
    empty_hint = "点“安排活动”，选一种，写明哪天、在哪里；带的人会收到消息。"


class PastGatherings(GatheringList):
    """What was held or cancelled, the latest first (办过的活动)."""

    order = ("-starts_at", "-id")
