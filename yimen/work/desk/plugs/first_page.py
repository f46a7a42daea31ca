"""What the desk plugs into the first page and the navigation: what waits, what is parked (首页与导航)."""

from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from yimen.foundations.ui.ports import Chip, ChipRow, HomeCard, NavItem, chip_rows, home_cards, navigation
from yimen.kernel.actor import Actor
from yimen.kernel.clock import clock_of, day_of
from yimen.registers.places.api import VIEW_PLACES
from yimen.work.desk.engine.practice import practice
from yimen.work.desk.permissions import (
    ACCEPT_CASE,
    ANSWER_SHARE,
    CHECK_WORK,
    DECIDE_CASE,
    DELEGATE,
    HANDLE_CASE,
    VIEW_CASES,
    VIEW_RATINGS,
    VIEW_TRIPS,
)
from yimen.work.desk.queries import (
    decide_card,
    first_follow_ups,
    first_shares,
    lists_card,
    lists_words,
    matter_titles,
    parked_intakes,
    ratings_card,
    running_out,
)

navigation.register(
    NavItem(label="办件", url_name="desk:cases", icon="clipboard-list", permission=VIEW_CASES, order=20)
)

navigation.register(
    NavItem(label="事项下放", url_name="desk:delegations", icon="send", permission=ACCEPT_CASE, order=52)
)
navigation.register(
    NavItem(label="一站式覆盖", url_name="desk:coverage", icon="chart-bar", permission=VIEW_PLACES, order=54)
)
navigation.register(
    NavItem(label="跑动与路程", url_name="desk:trips", icon="map-pin", permission=VIEW_TRIPS, order=55)
)
navigation.register(
    NavItem(label="差评回应", url_name="desk:follow_ups", icon="star", permission=CHECK_WORK, order=33)
)
navigation.register(
    NavItem(label="即办件抽查", url_name="desk:checks", icon="square-check", permission=CHECK_WORK, order=34)
)

SHOWN = 6


# Lists of one permission ask the database together; what a decision waits for stands between what presses and what rests.
_PRESSING = {"urged": "催办待答复", "late": "已超期", "soon": "快到期"}
_HANDED_BACK = {"deliver": "待送达"}
_WAITING = {"waiting": "等居民补充", "owed": "容缺待补"}

home_cards.register(
    HomeCard(
        key="desk.decide",
        permission=DECIDE_CASE,
        order=12,
        template="desk/home_cards.html",
        query=decide_card,
        words=lists_words,
    )
)
for _order, _permission, _titles in (
    (10, HANDLE_CASE, _PRESSING),
    (13, ACCEPT_CASE, _WAITING),
    (15, HANDLE_CASE, _HANDED_BACK),
):
    home_cards.register(
        HomeCard(
            key=f"desk.{'_'.join(_titles)}",
            permission=_permission,
            order=_order,
            template="desk/home_cards.html",
            query=partial(lists_card, _titles),
            words=lists_words,
        )
    )


def _shares_card(kind: str, title: str):
    def query(*, by: Actor, at: datetime) -> dict[str, Any] | None:
        today = day_of(at)
        shares = first_shares(kind, by=by, today=today, most=SHOWN + 1)
        if not shares:
            return None
        return {
            "title": title,
            "shares": shares[:SHOWN],
            "more": len(shares) > SHOWN,
            "url": reverse("desk:share_list", args=[kind]),
            "today": today,
            "sent": kind == "sent",
        }

    return query


def _follow_ups(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    """Bad ratings to be answered or mended (差评待办结); no card when there is none."""
    rows = first_follow_ups(by=by, most=SHOWN + 1)
    if not rows:
        return None
    titles = matter_titles(by=by, on=day_of(at))
    lines = [(row, titles.get(row.matter, row.matter)) for row in rows[:SHOWN]]
    return {"rows": lines, "more": len(rows) > SHOWN, "today": day_of(at)}


def _running_out(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    """What was given to communities and runs out within the longest warning; no card when nothing does."""
    today = day_of(at)
    days = max(practice(on=today).delegation_warning_days, default=0)
    rows = running_out(by=by, on=today, within_days=days)
    return {"rows": rows[:SHOWN], "more": max(len(rows) - SHOWN, 0)} if rows else None


home_cards.register(
    HomeCard(
        key="desk.delegations",
        permission=DELEGATE,
        order=19,
        template="desk/running_out.html",
        query=_running_out,
    )
)
home_cards.register(
    HomeCard(
        key="desk.follow_ups",
        permission=CHECK_WORK,
        order=18,
        template="desk/follow_ups_home.html",
        query=_follow_ups,
        words=lambda card: f"{len(card['rows'])} 条{'以上' if card['more'] else ''}差评待办结",
    )
)
home_cards.register(
    HomeCard(
        key="desk.shares_mine",
        permission=ANSWER_SHARE,
        order=16,
        template="desk/shares_home.html",
        query=_shares_card("mine", "等我协办"),
    )
)
home_cards.register(
    HomeCard(
        key="desk.shares_sent",
        permission=HANDLE_CASE,
        order=17,
        template="desk/shares_home.html",
        query=_shares_card("sent", "协办未回"),
    )
)
navigation.register(
    NavItem(label="协办", url_name="desk:shares", icon="exchange", permission=ANSWER_SHARE, order=23)
)


home_cards.register(
    HomeCard(
        key="desk.ratings",
        permission=VIEW_RATINGS,
        order=35,
        template="desk/ratings_card.html",
        query=ratings_card,
    )
)


def _parked_chips(*, by: Actor) -> list[Chip]:
    """One chip per half-done intake: surname and time, no matter, because a window's screen is seen by others."""
    return [
        Chip(
            label=f"{row.surname} {clock_of(row.parked_at)}",
            title=f"取回 {row.surname} 的受理，{clock_of(row.parked_at)} 挂起",
            url=reverse("desk:intake", args=[row.matter])
            + "?"
            + urlencode({"person": row.person, "parked": row.public_id}),
            key=str(row.public_id),
        )
        for row in parked_intakes(by=by)
    ]


chip_rows.register(
    ChipRow(
        key="desk.parked",
        title="挂起的受理",
        permission=ACCEPT_CASE,
        chips=_parked_chips,
        url_name="desk:parked",
    )
)
