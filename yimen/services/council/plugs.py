"""What community self-government plugs into the apps below: rules, panels, the first page, the list of filings."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from yimen.foundations.ui.ports import HomeCard, NavItem, home_cards, navigation
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.services.council.permissions import HANDLE_CASE, VIEW_FILINGS
from yimen.services.council.queries import VISIT, filing_of_case, names_taken, open_promises, promise_of_case
from yimen.services.council.rules import may_be_filed, visit_to_mind
from yimen.work.desk import api as desk
from yimen.work.desk.ports import AcceptanceRule, Application, CasePanel, acceptance_rules, case_panels

FILING = "association_filing"
SHOWN = 6


def _names(application: Application, *, by: Actor) -> Mapping[str, Any]:
    return {"taken": names_taken(application.area, by=by, on=application.on)}


def _decide_filing(application: Application) -> list[Finding]:
    answers = application.answers
    return may_be_filed(
        tier=answers.get("tier", ""),
        name=answers.get("name", ""),
        members=int(answers.get("members") or 0),
        taken=application.known.get("taken", ()),
    )


def _decide_visit(application: Application) -> list[Finding]:
    return visit_to_mind(kind=application.answers.get("kind", ""))


def _filing_panel(case: UUID, *, by: Actor, on: date) -> dict[str, Any]:
    return {"filing": filing_of_case(case, by=by)}


def _visit_panel(case: UUID, *, by: Actor, on: date) -> dict[str, Any]:
    """The date that was stated, or the way to state one: no visitor leaves with neither."""
    view = desk.get_case(case, by=by)
    promise = promise_of_case(case, by=by)
    may = by.can(HANDLE_CASE, area=view.case.desk_area) and view.case.state == desk.State.ACCEPTED
    return {
        "promise": promise,
        "late": bool(promise and promise.answered_on is None and promise.promised_on < on),
        "answered": view.case.settled_on,
        "state": reverse("council:promise", args=[case]) if may and promise is None else "",
        "put_off": reverse("council:put_off", args=[case]) if may and promise is not None else "",
    }


def _owed(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    owed = open_promises(by=by)
    if not owed:
        return None
    return {"owed": owed[:SHOWN], "more": max(len(owed) - SHOWN, 0), "today": day_of(at)}


acceptance_rules.register(
    AcceptanceRule(
        key="council.may_be_filed", title="法人登记归民政部门；名称不重复", decide=_decide_filing, load=_names
    )
)
acceptance_rules.register(
    AcceptanceRule(key="council.visit_to_mind", title="检举保密、诉访分开，只提醒", decide=_decide_visit)
)
case_panels.register(
    CasePanel(
        matter=FILING,
        title="备案",
        template="council/filing_panel.html",
        load=_filing_panel,
        permission=VIEW_FILINGS,
    )
)
case_panels.register(
    CasePanel(matter=VISIT, title="答复", template="council/visit_panel.html", load=_visit_panel)
)
home_cards.register(
    HomeCard(
        key="council.owed",
        permission=HANDLE_CASE,
        order=18,
        template="council/owed_card.html",
        query=_owed,
    )
)
navigation.register(
    NavItem(label="社区社会组织", url_name="council:filings", icon="users", permission=VIEW_FILINGS, order=55)
)
