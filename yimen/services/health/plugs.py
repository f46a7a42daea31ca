"""What health services plug into the apps below: packages, a rule, the panel of the case, the card, the list."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse

from yimen.foundations.definitions.ports import Kind, everyday, kinds
from yimen.foundations.exports.ports import ExportSource
from yimen.foundations.exports.ports import sources as export_sources
from yimen.foundations.forms.api import get_sheet
from yimen.foundations.ui.ports import HomeCard, NavItem, home_cards, navigation
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.registers.people.api import person_ids
from yimen.registers.people.ports import FileCard, file_cards, merge_reconcilers
from yimen.services.health.engine.packages import CarePackage
from yimen.services.health.operations import restore_contracts, settle_contracts
from yimen.services.health.permissions import SIGN_CONTRACT, VIEW_CONTRACTS, VIEW_FILE
from yimen.services.health.queries import contract_of_case, contracts_of, find_contracts, packages, terms_of
from yimen.services.health.rules import Term, already_signed
from yimen.work.desk import api as desk
from yimen.work.desk.ports import AcceptanceRule, Application, CasePanel, acceptance_rules, case_panels

MATTER = "family_doctor"
SHOWN = 3
ENDING_WITHIN, LINES = timedelta(days=30), 6


def _read(application: Application, *, by: Actor) -> Mapping[str, Any]:
    terms = terms_of(person_ids(application.person, by=by), by=by, on=application.on)
    return {
        "terms": [
            {"team": one.team, "since": one.since.isoformat(), "until": one.until.isoformat()}
            for one in terms
        ]
    }


def _decide(application: Application) -> list[Finding]:
    terms = [
        Term(one["team"], date.fromisoformat(one["since"]), date.fromisoformat(one["until"]))
        for one in application.known.get("terms", ())
    ]
    return already_signed(terms, on=application.on)


def _panel(case: UUID, *, by: Actor, on: date) -> dict[str, Any]:
    """The package she asked for, and the contract or the way to it."""
    view = desk.get_case(case, by=by)
    answers = get_sheet(view.case.sheet, by=by).answers if view.case.sheet else {}
    asked = next((one.body for one in packages(by=by, on=on) if one.key == answers.get("package")), None)
    contract = contract_of_case(case, by=by)
    open_to_sign = view.case.state in ("accepted", "decided", "delivered")
    may = by.can(SIGN_CONTRACT, area=view.case.area)
    return {
        "package": asked,
        "contract": contract,
        "url": reverse("health:contract", args=[contract.public_id]) if contract else "",
        "sign": reverse("health:sign", args=[case]) if may and open_to_sign and contract is None else "",
    }


def _card(people: Sequence[UUID], *, by: Actor) -> dict[str, Any]:
    """Her contracts for who serves her; for everybody else the same neutral line, whether she signed or not."""
    if not by.can_somewhere(VIEW_CONTRACTS):
        return {"neutral": True}
    return {
        "contracts": list(contracts_of(people, by=by)[:SHOWN]),
        "passed": reverse("health:passed", args=[people[0]]),
    }


def _my_people(*, by: Actor, at: datetime) -> dict[str, Any]:
    """Whose contract ends soon, so that she can be asked whether she wishes to go on; and who signed lately."""
    on = day_of(at)
    mine = find_contracts(by=by).on(on)
    ending = list(mine.filter(until__lte=on + ENDING_WITHIN).order_by("until", "id")[: LINES + 1])
    return {
        "ending": ending[:LINES],
        "more": len(ending) > LINES,
        "lately": list(mine.order_by("-since", "-id")[:LINES]) if not ending else [],
    }


kinds.register(
    Kind(
        name="care_package",
        grammar=CarePackage,
        title="家庭医生服务包",
        everyday=everyday("title", "meant_for", "items", "fee", "order"),
    )
)
acceptance_rules.register(
    AcceptanceRule(
        key="health.already_signed", title="已经签约的提醒续签或换团队", decide=_decide, load=_read
    )
)
case_panels.register(CasePanel(matter=MATTER, title="签约", template="health/case_panel.html", load=_panel))
file_cards.register(
    FileCard(
        key="health.contracts",
        title="家庭医生",
        order=50,
        permission=VIEW_FILE,
        template="health/file_card.html",
        load=_card,
    )
)
navigation.register(
    NavItem(
        label="签约居民", url_name="health:contracts", icon="stethoscope", permission=VIEW_CONTRACTS, order=24
    )
)
home_cards.register(
    HomeCard(
        key="health.contracts",
        permission=VIEW_CONTRACTS,
        order=20,
        template="health/home_card.html",
        query=_my_people,
        words=lambda card: f"{len(card['ending'])} 份签约快到期" if card["ending"] else "",
    )
)
export_sources.register(
    ExportSource(
        key="health.contracts",
        where="yimen.services.health.lists.ContractList",
        permission=VIEW_CONTRACTS,
        rows=find_contracts,
    )
)


class OneFamilyDoctor:
    """One contract of one who had two files."""

    key = "health"

    def clashes(self, keep: UUID, alias: UUID, *, by: Actor) -> list[Finding]:
        return []

    def reconcile(self, keep: UUID, alias: UUID, *, by: Actor, at: datetime) -> dict[str, Any]:
        return settle_contracts(by=by, at=at, keep=keep, alias=alias)

    def undo(self, state: dict[str, Any], *, by: Actor, at: datetime) -> None:
        restore_contracts(by=by, at=at, state=state)


merge_reconcilers.register(OneFamilyDoctor())
