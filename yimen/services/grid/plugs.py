"""What the grid plugs into the apps below: the big types, what to mind when a report comes in, and its panel."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from yimen.foundations.definitions.ports import Kind, everyday, kinds
from yimen.foundations.forms.api import get_sheet
from yimen.kernel.actor import Actor
from yimen.kernel.findings import Finding
from yimen.registers.places.api import FollowsItsArea
from yimen.registers.places.ports import restamp
from yimen.services.grid.engine.kinds import IssueKind
from yimen.services.grid.operations import MATTER
from yimen.services.grid.permissions import VIEW_ISSUES
from yimen.services.grid.queries import issue_kind, issues, open_in, open_like
from yimen.services.grid.rules import Reported, to_mind
from yimen.work.desk import api as desk
from yimen.work.desk.ports import AcceptanceRule, Application, CasePanel, acceptance_rules, case_panels

SHOWN = 5


def _read(application: Application, *, by: Actor) -> Mapping[str, Any]:
    """What is known of this big type, and what of it is still open in the community."""
    key = application.answers.get("kind") or ""
    kind = issue_kind(key, on=application.on)
    told = {"handler": kind.handler, "at_once": kind.at_once, "caution": kind.caution} if kind else {}
    others = open_like(application.area, key, by=by)
    return told | {"others": [{"place": one.place, "seen_on": one.seen_on.isoformat()} for one in others]}


def _decide(application: Application) -> list[Finding]:
    answers, known = application.answers, application.known
    seen_on = answers.get("seen_on")
    return to_mind(
        handler=known.get("handler", ""),
        at_once=known.get("at_once", ""),
        caution=known.get("caution", ""),
        danger=bool(answers.get("danger")),
        seen_on=date.fromisoformat(seen_on) if seen_on else None,
        others=[
            Reported(one["place"], date.fromisoformat(one["seen_on"])) for one in known.get("others", ())
        ],
    )


def _panel(case: UUID, *, by: Actor, on: date) -> dict[str, Any]:
    """Who handles such issues, and what else of the kind was seen in this community."""
    found = desk.find_cases(by=by).get(public_id=case)
    answers = get_sheet(found.sheet, by=by).answers if found.sheet else {}
    key = answers.get("kind", "")
    like = issues(found.area, by=by).filter(kind=key).exclude(case=case)
    return {"kind": issue_kind(key, on=on), "like": list(like[:SHOWN])}


kinds.register(
    Kind(
        name="issue_kind",
        grammar=IssueKind,
        title="街面问题大类",
        everyday=everyday("title", "includes", "handler", "at_once", "caution", "order"),
    )
)
acceptance_rules.register(
    AcceptanceRule(
        key="grid.to_mind", title="有危险的先处置，提示谁处置、有没有报过", decide=_decide, load=_read
    )
)
case_panels.register(
    CasePanel(
        matter=MATTER, title="问题情况", template="grid/case_panel.html", load=_panel, permission=VIEW_ISSUES
    )
)
restamp.register(FollowsItsArea(key="grid", rows=open_in))
