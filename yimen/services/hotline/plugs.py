"""What questions, calls and duty plug into the apps below: definitions, the head line, the first page, the intake."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse

from yimen.foundations.access.ports import KeyedIndex, keyed_indexes
from yimen.foundations.definitions.ports import Kind, everyday, kinds
from yimen.foundations.ui.ports import HeadTool, HomeCard, NavItem, head_tools, home_cards, navigation
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level
from yimen.kernel.clock import day_of
from yimen.registers.places.api import FollowsItsArea
from yimen.registers.places.ports import restamp
from yimen.services.hotline.engine.rulebook import HotlineRule, run_rule_example
from yimen.services.hotline.engine.topics import Topic
from yimen.services.hotline.operations import begin_case
from yimen.services.hotline.operations.rekeying import rebuild_index
from yimen.services.hotline.permissions import LOG
from yimen.services.hotline.queries import (
    chips,
    duty_now,
    first_waiting,
    get_call,
    shifts_in,
    waiting_in,
)
from yimen.services.hotline.queries.rekeying import numbers_left, words_left
from yimen.work.desk.api import Source
from yimen.work.desk.ports import Beginning, Forerunner, forerunners
from yimen.work.ledger.api import SourceKind
from yimen.work.ledger.ports import SourcePage, source_pages

SHOWN = 6


def _chips(place: str):
    def query(*, by: Actor, at: datetime) -> dict[str, Any] | None:
        return {"place": place, "topics": chips(on=day_of(at)), "key": uuid4().hex}

    return query


def _counter(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    """The chips stand open only on the first page of who sits at a counter."""
    at_counter = any(len(area) >= Level.COMMUNITY.digits for area in by.areas_for(LOG))
    return _chips("home")(by=by, at=at) if at_counter else None


def _waiting(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    found = first_waiting(by=by, most=SHOWN + 1)
    return {"calls": found[:SHOWN], "more": len(found) > SHOWN, "now": at} if found else None


def _duty(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    duty = duty_now(by=by, at=at)
    if not (duty.to_sign or duty.mine):
        return None
    return {
        "to_sign": [shift for shift in duty.to_sign if shift.account != by.account],
        "own": [shift for shift in duty.to_sign if shift.account == by.account],
        "mine": duty.mine,
        "now": at,
    }


def _load(call: UUID, *, by: Actor) -> Beginning:
    found = get_call(call, by=by)
    return Beginning(Source.PHONE if found.channel == "phone" else Source.ONLINE, found.sentence[:400])


def _born(call: UUID, *, case: UUID, by: Actor, at: datetime) -> None:
    begin_case(by=by, at=at, call=call, case=case)


source_pages.register(SourcePage(SourceKind.INQUIRY, lambda call: reverse("hotline:call", args=[call])))
kinds.register(
    Kind(name="inquiry_topic", grammar=Topic, title="咨询话题", everyday=everyday("title", "order"))
)
kinds.register(
    Kind(
        name="hotline_rule",
        grammar=HotlineRule,
        title="咨询来电和值班规矩",
        run_example=run_rule_example,
        everyday=everyday(
            "call_back_hours", "sign_by", "opens", "closes", "keep_days", "door_per_hour", "street_per_hour"
        ),
    )
)
forerunners.register(Forerunner(key="hotline.call", load=_load, born=_born))
head_tools.register(
    HeadTool(
        key="hotline.inquiry",
        permission=LOG,
        order=10,
        template="hotline/head_tool.html",
        query=_chips("head"),
    )
)
home_cards.register(
    HomeCard(
        key="hotline.inquiry",
        permission=LOG,
        order=5,
        template="hotline/inquiry_card.html",
        query=_counter,
        wide=True,
    )
)
home_cards.register(
    HomeCard(key="hotline.duty", permission=LOG, order=18, template="hotline/duty_card.html", query=_duty)
)
home_cards.register(
    HomeCard(
        key="hotline.waiting", permission=LOG, order=12, template="hotline/waiting_card.html", query=_waiting
    )
)
navigation.register(NavItem(label="来电", url_name="hotline:calls", icon="phone", permission=LOG, order=25))
navigation.register(
    NavItem(label="值班", url_name="hotline:roster", icon="calendar-event", permission=LOG, order=50)
)
navigation.register(
    NavItem(label="咨询", url_name="hotline:inquiries", icon="help-circle", permission=LOG, order=51)
)
keyed_indexes.register(
    KeyedIndex(
        key="hotline.numbers",
        title="来电号码",
        left=lambda now: numbers_left(now).count(),
        rebuild=rebuild_index,
    )
)
keyed_indexes.register(
    KeyedIndex(
        key="hotline.words",
        title="留言查询码",
        left=words_left,
        stays="系统里没有原文。留言到期抹去时自然没有；旧密钥移除后，更早的查询码查不到答复",
    )
)
restamp.register(FollowsItsArea(key="hotline", rows=waiting_in))
restamp.register(FollowsItsArea(key="hotline.shifts", rows=shifts_in, day="on", once=("on", "part")))
