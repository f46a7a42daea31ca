"""What family support plugs into the apps below: its kind of definition, its rule, its panel and its card."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from yimen.foundations.definitions.ports import Kind, everyday, kinds
from yimen.foundations.forms.api import get_sheet
from yimen.foundations.retention.ports import Retention, retentions
from yimen.kernel.actor import Actor
from yimen.kernel.findings import Finding
from yimen.registers.people.api import person_ids
from yimen.registers.people.ports import FileCard, file_cards
from yimen.services.family.engine.entitlements import Entitlement
from yimen.services.family.models import OneChildCertificate, Registration
from yimen.services.family.operations import delete_registrations
from yimen.services.family.permissions import (
    HANDLE_CASE,
    VIEW_CERTIFICATES,
    VIEW_REGISTRATIONS,
    WITHDRAW_REGISTRATION,
)
from yimen.services.family.queries import (
    certificates_of,
    certificates_of_the_dead,
    entitlements,
    registrations_grown_up,
    registrations_of,
)
from yimen.services.family.rules import about_certificate, dates_to_check
from yimen.work.desk import api as desk
from yimen.work.desk.ports import AcceptanceRule, Application, CasePanel, acceptance_rules, case_panels

MATTER = "birth_registration"
CERTIFICATE = "one_child_certificate"
TRANSFER = "transfer"


def _decide(application: Application) -> list[Finding]:
    told = application.answers.get("expected_on")
    return dates_to_check(expected_on=date.fromisoformat(told) if told else None, on=application.on)


def _panel(case: UUID, *, by: Actor, on: date) -> dict[str, Any]:
    """What to tell the resident while she is here."""
    found = desk.find_cases(by=by).get(public_id=case)
    answers = get_sheet(found.sheet, by=by).answers if found.sheet else {}
    return {"entitlements": entitlements(answers.get("stage", ""), by=by, on=on)}


def _card(people: Sequence[UUID], *, by: Actor) -> dict[str, Any] | None:
    found = list(registrations_of(people, by=by))
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


def _read_certificates(application: Application, *, by: Actor) -> Mapping[str, Any]:
    """The certificates she showed before, in words."""
    found = certificates_of(person_ids(application.person, by=by), by=by)
    return {"certificates": [one.in_words for one in found]}


def _decide_certificate(application: Application) -> list[Finding]:
    known = application.known.get("certificates", ())
    return about_certificate(want=application.answers.get("want", ""), known=known)


def _certificate_panel(case: UUID, *, by: Actor, on: date) -> dict[str, Any]:
    """The certificate that was found, what goes on being due to its holder, and where a replacement is passed on to."""
    view = desk.get_case(case, by=by)
    answers = get_sheet(view.case.sheet, by=by).answers if view.case.sheet else {}
    may = by.can(HANDLE_CASE, area=view.case.desk_area)
    issued = any(letter.key == TRANSFER for letter in view.letters)
    wanted = answers.get("want") == "replace" and may and not issued
    return {
        "certificates": list(certificates_of(person_ids(view.case.person, by=by), by=by)),
        "may_see": by.can_somewhere(VIEW_CERTIFICATES),
        "entitlements": entitlements("one_child", by=by, on=on),
        "transfer": reverse("family:transfer", args=[case]) if wanted else "",
    }


def _certificate_card(people: Sequence[UUID], *, by: Actor) -> dict[str, Any] | None:
    lines = [
        {
            "certificate": each,
            "forget": reverse("family:forget", args=[each.public_id])
            if by.can(WITHDRAW_REGISTRATION, area=each.area)
            else "",
        }
        for each in certificates_of(people, by=by)
    ]
    return {"lines": lines} if lines else None


kinds.register(
    Kind(
        name="entitlement",
        grammar=Entitlement,
        title="生育支持待遇",
        everyday=everyday("title", "text", "where", "order"),
    )
)
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
        rows=Registration,
        special=True,
    )
)
acceptance_rules.register(
    AcceptanceRule(
        key="family.no_new_certificate",
        title="光荣证不再新发；补领转送，登记过的查得到",
        decide=_decide_certificate,
        load=_read_certificates,
    )
)
case_panels.register(
    CasePanel(
        matter=CERTIFICATE,
        title="光荣证和继续享受的待遇",
        template="family/certificate_panel.html",
        load=_certificate_panel,
    )
)
file_cards.register(
    FileCard(
        key="family.certificates",
        title="独生子女父母光荣证",
        order=46,
        permission=VIEW_CERTIFICATES,
        template="family/certificate_card.html",
        load=_certificate_card,
        rows=OneChildCertificate,
    )
)
retentions.register(Retention(key="family_certificates", rows=certificates_of_the_dead))
retentions.register(
    Retention(key="family_registrations", rows=registrations_grown_up, clear=delete_registrations)
)
