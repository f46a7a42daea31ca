"""What the services for disabled persons plug in: their kind of definition, acceptance rules, panels and card."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from yimen.foundations.definitions.ports import Kind, kinds
from yimen.foundations.forms.api import get_sheet
from yimen.kernel.actor import Actor
from yimen.kernel.findings import Finding
from yimen.registers.people.api import person_ids, person_stamp
from yimen.registers.people.ports import FileCard, file_cards
from yimen.services.rehab.choices import AllowanceKind
from yimen.services.rehab.engine.schemes import DisabilityScheme, run_scheme_example
from yimen.services.rehab.models import Allowance
from yimen.services.rehab.permissions import VIEW_ALLOWANCES
from yimen.services.rehab.queries import allowances_of, disability_scheme, former_allowances
from yimen.services.rehab.rules import (
    FormerAllowance,
    Limits,
    forwarding,
    may_have_care,
    may_have_living,
    to_check,
)
from yimen.work.desk import api as desk
from yimen.work.desk.ports import AcceptanceRule, Application, CasePanel, acceptance_rules, case_panels

SHOWN = 5


def _read(application: Application, *, by: Actor) -> Mapping[str, Any]:
    """Her former allowances, where her hukou is, and the circle the local scheme serves."""
    scheme = disability_scheme(application.area, on=application.on)
    limits = scheme.limits if scheme else Limits()
    ids = person_ids(application.person, by=by)
    return {
        "former": [
            {"kind": one.kind, "decided_on": one.decided_on.isoformat()}
            for one in former_allowances(ids, by=by)
        ],
        "residence": person_stamp(application.person, by=by).residence_kind,
        "living_means": sorted(limits.living_means),
        "care_extra": sorted(limits.care_extra),
    }


def _limits(known: Mapping[str, Any]) -> Limits:
    found = Limits(care_extra=frozenset(known.get("care_extra", ())))
    means = known.get("living_means")
    return found if means is None else Limits(frozenset(means), found.care_extra)


def _both(application: Application, kind: AllowanceKind) -> list[Finding]:
    until, known = application.answers.get("valid_until"), application.known
    return to_check(
        kind=kind,
        valid_until=date.fromisoformat(until) if until else None,
        on=application.on,
        former=[
            FormerAllowance(one["kind"], date.fromisoformat(str(one["decided_on"])))
            for one in known.get("former", ())
        ],
        residence=known.get("residence", ""),
    )


def _living(application: Application) -> list[Finding]:
    answers = application.answers
    own = may_have_living(
        means=answers.get("means", ""), grade=answers.get("grade", ""), limits=_limits(application.known)
    )
    return own + _both(application, AllowanceKind.LIVING)


def _care(application: Application) -> list[Finding]:
    answers = application.answers
    own = may_have_care(
        grade=answers.get("grade", ""),
        category=answers.get("category") or "",
        long_term=bool(answers.get("long_term")),
        destitute=bool(answers.get("destitute")),
        other_care=answers.get("other_care", ""),
        limits=_limits(application.known),
    )
    return own + _both(application, AllowanceKind.CARE)


def _days(application: Application, *, by: Actor) -> Mapping[str, Any]:
    """Until when what came from elsewhere is passed on, decided and answered."""
    scheme = disability_scheme(application.area, on=application.on)
    return scheme.days_from(application.on) if scheme else {}


def _forward(application: Application) -> list[Finding]:
    known = application.known
    return forwarding(
        push_by=known.get("push_by"), decide_by=known.get("decide_by"), answer_by=known.get("answer_by")
    )


def _panel(case: UUID, *, by: Actor, on: date) -> dict[str, Any]:
    """What the officer needs beside the application: the local amount and what she already has."""
    found = desk.find_cases(by=by).get(public_id=case)
    answers = get_sheet(found.sheet, by=by).answers if found.sheet else {}
    scheme = disability_scheme(found.area, on=on)
    ids = person_ids(found.person, by=by)
    return {
        "scheme": scheme,
        "monthly": scheme.monthly(found.matter, answers.get("grade", "")) if scheme else None,
        "allowances": list(allowances_of(ids, by=by)[:SHOWN]),
    }


def _card(people: Sequence[UUID], *, by: Actor) -> dict[str, Any] | None:
    found = list(allowances_of(people, by=by)[:SHOWN])
    return {"allowances": found} if found else None


kinds.register(
    Kind(
        name="disability_scheme",
        grammar=DisabilityScheme,
        title="残疾人两项补贴标准",
        run_example=run_scheme_example,
    )
)
for _key, _title, _decide, _load in (
    ("rehab.may_have_living", "生活补贴：低保等家庭，不与特困供养重复", _living, _read),
    ("rehab.may_have_care", "护理补贴：一级、二级，不与特困供养重复，其他护理补贴择高", _care, _read),
    ("rehab.forward_by", "户籍在外地：推送、决定、反馈的期限", _forward, _days),
):
    acceptance_rules.register(AcceptanceRule(key=_key, title=_title, decide=_decide, load=_load))
for _kind in AllowanceKind:
    case_panels.register(
        CasePanel(
            matter=_kind.value,
            title="两项补贴情况",
            template="rehab/case_panel.html",
            load=_panel,
            permission=VIEW_ALLOWANCES,
        )
    )
file_cards.register(
    FileCard(
        key="rehab.allowances",
        title="残疾人两项补贴",
        order=42,
        permission=VIEW_ALLOWANCES,
        template="rehab/file_card.html",
        load=_card,
        rows=Allowance,
    )
)
