"""What aid plugs into the apps below: its kind of definition, its acceptance rule, its panel and its card."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from yimen.foundations.definitions.ports import Kind, everyday, kinds
from yimen.foundations.forms.api import get_sheet
from yimen.kernel.actor import Actor
from yimen.kernel.findings import Finding
from yimen.kernel.money import Money
from yimen.registers.people.api import person_ids
from yimen.registers.people.ports import FileCard, file_cards
from yimen.services.aid.engine.schemes import ReliefScheme, read_former, run_scheme_example
from yimen.services.aid.models import Relief
from yimen.services.aid.permissions import VIEW_RELIEF
from yimen.services.aid.queries import former_reliefs, relief_of_case, relief_scheme, reliefs_of
from yimen.services.aid.rules import Limits, within_relief
from yimen.work.desk import api as desk
from yimen.work.desk.ports import AcceptanceRule, Application, CasePanel, acceptance_rules, case_panels

MATTER = "temporary_relief"
SHOWN = 5
A_YEAR = timedelta(days=365)
_OPEN = ("received", "accepted")


def _read(application: Application, *, by: Actor) -> Mapping[str, Any]:
    """Her former reliefs, what is under way, and the local numbers."""
    ids = person_ids(application.person, by=by)
    scheme = relief_scheme(application.area, on=application.on)
    limits = scheme.limits if scheme else Limits()
    return {
        "former": [
            {"event": one.event, "decided_on": one.decided_on.isoformat()}
            for one in former_reliefs(ids, by=by)
        ],
        "open_cases": desk.cases_of_person(ids, by=by).filter(matter=MATTER, state__in=_OPEN).count(),
        "months_between": limits.months_between,
        "small_amount_fen": limits.small_amount.fen if limits.small_amount else None,
    }


def _decide(application: Application) -> list[Finding]:
    known, answers = application.known, application.answers
    small, spending = known.get("small_amount_fen"), answers.get("spending")
    return within_relief(
        event=answers.get("event", ""),
        spending=None if spending is None else Money(spending),
        on=application.on,
        former=read_former(known.get("former", ())),
        limits=Limits(known.get("months_between", 0), None if small is None else Money(small)),
        open_cases=known.get("open_cases", 0),
    )


def _panel(case: UUID, *, by: Actor, on: date) -> dict[str, Any]:
    """What the officer needs beside the application: the local numbers, what was asked, what she had within a year."""
    found = desk.find_cases(by=by).get(public_id=case)
    answers = get_sheet(found.sheet, by=by).answers if found.sheet else {}
    scheme = relief_scheme(found.area, on=on)
    spending = Money(answers["spending"]) if answers.get("spending") is not None else None
    ids = person_ids(found.person, by=by)
    return {
        "scheme": scheme,
        "spending": spending,
        "above": bool(scheme and spending and spending > scheme.small_amount),
        "granted": relief_of_case(case, by=by),
        "former": list(reliefs_of(ids, by=by).filter(decided_on__gt=on - A_YEAR).exclude(case=case)[:SHOWN]),
    }


def _card(people: Sequence[UUID], *, by: Actor) -> dict[str, Any] | None:
    found = list(reliefs_of(people, by=by)[: SHOWN + 1])
    return {"reliefs": found[:SHOWN], "more": len(found) > SHOWN} if found else None


kinds.register(
    Kind(
        name="relief_scheme",
        grammar=ReliefScheme,
        title="临时救助标准",
        run_example=run_scheme_example,
        everyday=everyday(
            "monthly_standard_yuan",
            "small_amount_times",
            "highest_times",
            "months_between",
            "source.document",
            "source.number",
            "source.article",
            "checked_on",
        ),
    )
)
acceptance_rules.register(
    AcceptanceRule(
        key="aid.within_relief", title="同一事由不重复救助，超过小额上限要留意", decide=_decide, load=_read
    )
)
case_panels.register(
    CasePanel(
        matter=MATTER, title="救助情况", template="aid/case_panel.html", load=_panel, permission=VIEW_RELIEF
    )
)
file_cards.register(
    FileCard(
        key="aid.reliefs",
        title="救助",
        order=40,
        permission=VIEW_RELIEF,
        template="aid/file_card.html",
        load=_card,
        rows=Relief,
    )
)
