"""What community self-government plugs into the apps below: rules, panels, the first page, the list of filings."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from yimen.foundations.definitions.ports import Kind, everyday, kinds
from yimen.foundations.ui.api import address
from yimen.foundations.ui.ports import HomeCard, NavItem, TodayLine, home_cards, navigation, today_lines
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.registers.people.ports import FileAction, file_actions
from yimen.registers.places.api import FollowsItsArea
from yimen.registers.places.ports import restamp
from yimen.services.council.engine.reception import (
    KIND,
    ReceptionRule,
    next_reception_day,
    run_reception_example,
)
from yimen.services.council.permissions import ACCEPT_CASE, HANDLE_CASE, VIEW_FILINGS
from yimen.services.council.queries import (
    VISIT,
    filing_of_case,
    names_taken,
    open_promises,
    promise_of_case,
    reception_days,
    reception_days_in,
    visits_on,
)
from yimen.services.council.rules import may_be_filed, mediation_to_mind, visit_to_mind
from yimen.work.desk import api as desk
from yimen.work.desk.ports import AcceptanceRule, Application, CasePanel, acceptance_rules, case_panels

FILING = "association_filing"
SHOWN = 6
NEAR_DAYS = 7


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


def _decide_mediation(application: Application) -> list[Finding]:
    return mediation_to_mind(violence=bool(application.answers.get("violence")))


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


def _reception_today(*, by: Actor, at: datetime) -> str:
    """The head line says so on the day itself; from the rule alone, so that no page asks the database for it."""
    areas, on = by.areas_for(HANDLE_CASE), day_of(at)
    return "接待日" if areas and next_reception_day(areas[0], on=on) == on else ""


def _reception(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    """The next reception day while it is near, and who receives."""
    on = day_of(at)
    area = by.areas_for(HANDLE_CASE)[0]
    day = next_reception_day(area, on=on)
    if day is None or (day - on).days > NEAR_DAYS:
        return None
    announced = [one for one in reception_days(area, on=on) if one.day == day]
    visits = visits_on(on, by=by) if day == on else []
    return {
        "day": day,
        "today": day == on,
        "announced": announced,
        "visits": len(visits),
        "open": sum(visit.owes_a_word for visit in visits),
    }


def _visit_address(person: UUID, *, by: Actor) -> str:
    return f"{address('desk:intake', VISIT)}?person={person}"


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
acceptance_rules.register(
    AcceptanceRule(
        key="council.mediation_to_mind", title="有暴力的先保护人，只提醒", decide=_decide_mediation
    )
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
kinds.register(
    Kind(
        name=KIND,
        grammar=ReceptionRule,
        title="接待日规矩",
        run_example=run_reception_example,
        everyday=everyday("day_of_month", "on_rest_day", "opens", "closes"),
    )
)
today_lines.register(TodayLine(key="council.reception", order=10, text=_reception_today))
file_actions.register(
    FileAction(
        key="council.visit",
        label="登记来访",
        icon="message",
        order=20,
        permission=ACCEPT_CASE,
        url=_visit_address,
    )
)
home_cards.register(
    HomeCard(
        key="council.reception",
        permission=HANDLE_CASE,
        order=17,
        template="council/reception_card.html",
        query=_reception,
    )
)
home_cards.register(
    HomeCard(
        key="council.owed",
        permission=HANDLE_CASE,
        order=18,
        template="council/owed_card.html",
        query=_owed,
        words=lambda card: f"{len(card['owed']) + card['more']} 件答应过日子的答复",
    )
)
navigation.register(
    NavItem(label="社区社会组织", url_name="council:filings", icon="heart", permission=VIEW_FILINGS, order=53)
)
restamp.register(FollowsItsArea(key="council.reception", rows=reception_days_in, day="day", once=("day",)))
