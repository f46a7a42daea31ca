"""What plans plug into the apps below: the kind of definition, navigation, a card on the first page."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from yimen.foundations.definitions.ports import Kind, kinds
from yimen.foundations.ui.ports import HomeCard, NavItem, home_cards, navigation
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.steering.plans.engine.examples import run_plan_example
from yimen.steering.plans.engine.grammar import PlanGrammar
from yimen.steering.plans.permissions import VIEW
from yimen.steering.plans.queries import plan_standing, plans

kinds.register(Kind(name="plan", grammar=PlanGrammar, title="年度计划", run_example=run_plan_example))
navigation.register(
    NavItem(label="计划", url_name="plans:plans", icon="target-arrow", permission=VIEW, order=70)
)


def _pace(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    on = day_of(at)
    of_this_year = [one.key for one in plans(by=by, on=on) if one.body.year == on.year]
    if not of_this_year:
        return None
    return {
        "plan": plan_standing(of_this_year[0], by=by, on=on),
        "url": reverse("plans:plan", args=[of_this_year[0]]),
    }


home_cards.register(
    HomeCard(key="plans.pace", permission=VIEW, order=30, template="plans/home_card.html", query=_pace)
)
