"""What plans plug into the apps below: the kind of definition, navigation, a card on the first page."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from yimen.foundations.definitions.ports import Kind, kinds
from yimen.foundations.ui.ports import HomeCard, NavItem, home_cards, navigation
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.places.api import area_name
from yimen.steering.plans.engine.examples import run_plan_example
from yimen.steering.plans.engine.grammar import PlanGrammar
from yimen.steering.plans.permissions import VIEW
from yimen.steering.plans.queries import TargetStanding, plan_standing, plans

SEVERAL, NAMED = 2, 3

kinds.register(Kind(name="plan", grammar=PlanGrammar, title="年度计划", run_example=run_plan_example))
navigation.register(
    NavItem(label="计划", url_name="plans:plans", icon="target-arrow", permission=VIEW, order=32)
)


def _behind(target: TargetStanding) -> str:
    """Where it lags (落后在哪里), the farthest first: 东南社区 2/9. A forecast lags nowhere; one place alone is the whole."""
    rows = [row for row in target.rows if row.area and row.pace.is_behind]
    if target.target.forecast or len(target.rows) < SEVERAL:
        return ""
    rows.sort(key=lambda row: row.pace.difference)
    words = [f"{area_name(row.area)} {row.pace.done}/{row.pace.promised}" for row in rows[:NAMED]]
    return "、".join(words) + ("等" if len(rows) > NAMED else "")


def _pace(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    on = day_of(at)
    of_this_year = [one.key for one in plans(by=by, on=on) if one.body.year == on.year]
    if not of_this_year:
        return None
    standing = plan_standing(of_this_year[0], by=by, on=on, by_month=lambda _: ())
    return {
        "targets": [(one, _behind(one)) for one in standing.targets],
        "url": reverse("plans:plan", args=[of_this_year[0]]),
    }


def _pace_words(card: dict[str, Any]) -> str:
    lagging = sum(one.whole.pace.is_behind and not one.target.forecast for one, _ in card["targets"])
    return f"{lagging} 项计划落后" if lagging else ""


home_cards.register(
    HomeCard(
        key="plans.pace",
        permission=VIEW,
        order=30,
        template="plans/home_card.html",
        query=_pace,
        words=_pace_words,
    )
)
