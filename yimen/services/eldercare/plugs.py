"""What elder care plugs into the apps below: its kind of definition, acceptance rules, panels and card."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from yimen.foundations.definitions.ports import Kind, kinds
from yimen.kernel.actor import Actor
from yimen.kernel.findings import Finding
from yimen.kernel.periods import age_on
from yimen.registers.people.api import person_card, person_ids
from yimen.registers.people.ports import FileCard, file_cards
from yimen.services.eldercare.choices import BenefitKind
from yimen.services.eldercare.engine.schemes import ElderScheme, run_scheme_example
from yimen.services.eldercare.models import ElderBenefit
from yimen.services.eldercare.permissions import VIEW_BENEFITS
from yimen.services.eldercare.queries import benefits_of, elder_scheme, former_benefits
from yimen.services.eldercare.rules import (
    FormerBenefit,
    VoucherLimits,
    granted_before,
    may_have_high_age,
    may_have_voucher,
)
from yimen.work.desk import api as desk
from yimen.work.desk.ports import AcceptanceRule, Application, CasePanel, acceptance_rules, case_panels

SHOWN = 5


def _read(application: Application, *, by: Actor) -> Mapping[str, Any]:
    """What she was granted before, and the numbers of the scheme."""
    ids = person_ids(application.person, by=by)
    scheme = elder_scheme(application.area, on=application.on)
    limits = scheme.voucher.limits if scheme else VoucherLimits()
    return {
        "former": [
            {"kind": one.kind, "decided_on": one.decided_on.isoformat()}
            for one in former_benefits(ids, by=by)
        ],
        "age_from": limits.age_from,
        "levels": sorted(limits.levels),
        "assessment_months": limits.assessment_months,
        "high_age_from": scheme.high_age_from if scheme else None,
    }


def _former(application: Application) -> list[FormerBenefit]:
    told = application.known.get("former", ())
    return [FormerBenefit(one["kind"], date.fromisoformat(str(one["decided_on"]))) for one in told]


def _day(told: date | str | None) -> date | None:
    """A day as the register has it, or as answers and worked examples write it."""
    return date.fromisoformat(told) if isinstance(told, str) and told else told or None


def _voucher(application: Application) -> list[Finding]:
    answers, known = application.answers, application.known
    limits = VoucherLimits(
        known.get("age_from"), frozenset(known.get("levels", ())), known.get("assessment_months")
    )
    own = may_have_voucher(
        born_on=_day(application.born_on),
        level=answers.get("level", ""),
        assessed_on=_day(answers.get("assessed_on")),
        on=application.on,
        limits=limits,
    )
    return own + granted_before(BenefitKind.VOUCHER, _former(application))


def _high_age(application: Application) -> list[Finding]:
    own = may_have_high_age(
        born_on=_day(application.born_on),
        age_from=application.known.get("high_age_from"),
        elsewhere=bool(application.answers.get("elsewhere")),
        on=application.on,
    )
    return own + granted_before(BenefitKind.HIGH_AGE, _former(application))


def _panel(case: UUID, *, by: Actor, on: date) -> dict[str, Any]:
    """What the officer needs beside the application: the numbers with their sources, and what she already has."""
    found = desk.find_cases(by=by).get(public_id=case)
    scheme = elder_scheme(found.area, on=on)
    born_on = person_card(found.person, by=by, on=on).birth_on
    return {
        "scheme": scheme,
        "is_voucher": found.matter == BenefitKind.VOUCHER,
        "tier": scheme.tier_at(age_on(born_on, on)) if scheme and born_on and born_on <= on else None,
        "benefits": list(benefits_of(person_ids(found.person, by=by), by=by)[:SHOWN]),
    }


def _card(people: Sequence[UUID], *, by: Actor) -> dict[str, Any] | None:
    found = list(benefits_of(people, by=by)[:SHOWN])
    return {"benefits": found} if found else None


kinds.register(
    Kind(name="elder_scheme", grammar=ElderScheme, title="养老待遇标准", run_example=run_scheme_example)
)
for _key, _title, _decide in (
    ("eldercare.may_have_voucher", "消费券：年龄和能力等级，没有评估的先评估", _voucher),
    ("eldercare.may_have_high_age", "高龄津贴：年龄，不在两处领取", _high_age),
):
    acceptance_rules.register(AcceptanceRule(key=_key, title=_title, decide=_decide, load=_read))
for _kind in BenefitKind:
    case_panels.register(
        CasePanel(
            matter=_kind.value,
            title="标准和已有待遇",
            template="eldercare/case_panel.html",
            load=_panel,
            permission=VIEW_BENEFITS,
        )
    )
file_cards.register(
    FileCard(
        key="eldercare.benefits",
        title="养老待遇",
        order=43,
        permission=VIEW_BENEFITS,
        template="eldercare/file_card.html",
        load=_card,
        rows=ElderBenefit,
    )
)
