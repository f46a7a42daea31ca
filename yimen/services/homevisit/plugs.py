"""What home visits plug into the apps below: the panel of the case, and the first page of who is to go."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from yimen.foundations.ui.ports import HomeCard, home_cards
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.services.homevisit.permissions import DO_VISIT
from yimen.services.homevisit.queries import first_visits, visits_of_case
from yimen.work.desk import api as desk
from yimen.work.desk.ports import CasePanel, case_panels

MATTER = "home_visit"
SHOWN = 8


def _panel(case: UUID, *, by: Actor, on: date) -> dict[str, Any]:
    """The visits there were, and the next step: plan one, or write down the one that is planned."""
    view = desk.get_case(case, by=by)
    visits = list(visits_of_case(case, by=by))
    pending = next((visit for visit in visits if not visit.outcome), None)
    may = by.can(DO_VISIT, area=view.case.area)
    open_case = view.case.state == desk.State.ACCEPTED
    return {
        "visits": visits,
        "plan": reverse("homevisit:plan", args=[case]) if may and open_case and pending is None else "",
        "record": reverse("homevisit:record", args=[pending.public_id]) if may and pending else "",
    }


def _mine(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    visits = first_visits(by=by, today=day_of(at), most=SHOWN)
    return {"visits": visits, "today": day_of(at)} if visits else None


case_panels.register(
    CasePanel(matter=MATTER, title="上门", template="homevisit/case_panel.html", load=_panel)
)
home_cards.register(
    HomeCard(
        key="homevisit.mine",
        permission=DO_VISIT,
        order=9,
        template="homevisit/home_card.html",
        query=_mine,
        words=lambda card: f"{len(card['visits'])} 户要上门",
    )
)
