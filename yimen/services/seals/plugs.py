"""What seals plug into the apps below: the list of uses, the rule of the window, a panel, the first page, the navigation."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from yimen.foundations.audit.ports import Proof, proofs
from yimen.foundations.definitions.ports import Kind, everyday, kinds
from yimen.foundations.ui.ports import HomeCard, NavItem, home_cards, navigation
from yimen.kernel.actor import Actor
from yimen.kernel.findings import Finding
from yimen.services.seals.engine.grammar import SealUse, find_use, run_use_example
from yimen.services.seals.permissions import VIEW_SEALS
from yimen.services.seals.queries import office_of, request_of_case, to_approve, to_stamp
from yimen.services.seals.rules import Use, why_not_so_many, why_not_stamp
from yimen.work.desk.ports import AcceptanceRule, Application, CasePanel, acceptance_rules, case_panels

MATTER = "seal_request"
SHOWN = 6


def _read(application: Application, *, by: Actor) -> dict[str, Any]:
    return {"office": office_of(application.area, by=by, on=application.on)}


def _decide(application: Application) -> list[Finding]:
    answers = application.answers
    use = find_use(answers.get("use", ""), on=application.on)
    wanted = Use(use.title, use.residents, use.most_copies) if use else None
    finding = why_not_stamp(
        document=answers.get("document", ""),
        purpose=answers.get("purpose", ""),
        use=wanted,
        by_resident=True,
        office=application.known.get("office", "街道便民服务中心"),
    )
    if finding is None and wanted:
        finding = why_not_so_many(use=wanted, copies=int(answers.get("copies") or 1))
    return [finding] if finding else []


def _panel(case: UUID, *, by: Actor, on: date) -> dict[str, Any]:
    return {"asked": request_of_case(case, by=by)}


def _work(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    found = [("待审批", one) for one in to_approve(by=by)] + [("待盖章", one) for one in to_stamp(by=by)]
    if not found:
        return None
    return {"rows": found[:SHOWN], "more": len(found) > SHOWN, "url": reverse("seals:requests")}


kinds.register(
    Kind(
        name="seal_use",
        grammar=SealUse,
        title="印章使用范围清单",
        run_example=run_use_example,
        everyday=everyday("explanation", "most_copies", "residents"),
    )
)
acceptance_rules.register(
    AcceptanceRule(key="seals.may_be_stamped", title="清单内用途，二十项证明不开", decide=_decide, load=_read)
)
case_panels.register(CasePanel(matter=MATTER, title="用印", template="seals/case_panel.html", load=_panel))
home_cards.register(
    HomeCard(key="seals.work", permission=VIEW_SEALS, order=24, template="seals/home_card.html", query=_work)
)
navigation.register(
    NavItem(label="印章", url_name="seals:requests", icon="shield-check", permission=VIEW_SEALS, order=41)
)
proofs.register(
    Proof(
        key="seals.register_numbers",
        title="用印登记号连续，对用印登记",
        kept="SELECT seal_id || '|' || year, max(number) FROM seals_stamping GROUP BY 1",
        truth="SELECT seal_id || '|' || year, count(*) FROM seals_stamping GROUP BY 1",
    )
)
