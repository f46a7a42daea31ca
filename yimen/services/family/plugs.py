"""What family support plugs into the apps below: its kind of definition, its rule, its panel and its card."""

from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from yimen.foundations.definitions.ports import Kind, kinds
from yimen.foundations.forms.api import get_sheet
from yimen.kernel.actor import Actor
from yimen.kernel.findings import Finding
from yimen.registers.people.api import person_ids
from yimen.registers.people.ports import FileCard, file_cards
from yimen.services.family.engine.entitlements import Entitlement
from yimen.services.family.permissions import VIEW_REGISTRATIONS, WITHDRAW_REGISTRATION
from yimen.services.family.queries import entitlements, registrations_of
from yimen.services.family.rules import dates_to_check
from yimen.work.desk import api as desk
from yimen.work.desk.ports import AcceptanceRule, Application, CasePanel, acceptance_rules, case_panels

MATTER = "birth_registration"


def _decide(application: Application) -> list[Finding]:
    told = application.answers.get("expected_on")
    return dates_to_check(expected_on=date.fromisoformat(told) if told else None, on=application.on)


def _panel(case: UUID, *, by: Actor, on: date) -> dict[str, Any]:
    """What to tell the resident while she is here."""
    found = desk.find_cases(by=by).get(public_id=case)
    answers = get_sheet(found.sheet, by=by).answers if found.sheet else {}
    return {"entitlements": entitlements(answers.get("stage", ""), by=by, on=on)}


def _card(person: UUID, *, by: Actor) -> dict[str, Any] | None:
    found = list(registrations_of(person_ids(person, by=by), by=by))
    if not found:
        return None
    latest = found[0]
    return {
        "lines": [
            {
                "registration": each,
                "case": reverse("desk:case", args=[each.case]),
                "withdraw": reverse("family:withdraw", args=[each.public_id])
                if by.can(WITHDRAW_REGISTRATION, area=each.area)
                else "",
            }
            for each in found
        ],
        "entitlements": entitlements(latest.stage, by=by, on=latest.registered_on),
    }


kinds.register(Kind(name="entitlement", grammar=Entitlement, title="生育支持待遇"))
acceptance_rules.register(
    AcceptanceRule(key="family.dates_to_check", title="核对预产期，只提醒", decide=_decide)
)
case_panels.register(
    CasePanel(matter=MATTER, title="可以享受的服务", template="family/entitlements.html", load=_panel)
)
file_cards.register(
    FileCard(
        key="family.registrations",
        title="生育登记",
        order=45,
        permission=VIEW_REGISTRATIONS,
        template="family/file_card.html",
        load=_card,
    )
)
