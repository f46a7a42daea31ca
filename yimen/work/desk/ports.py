"""What services plug into the desk: named acceptance rules, and panels on the page of their cases."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from yimen.kernel.actor import Actor
from yimen.kernel.findings import Finding
from yimen.kernel.registry import Registry


@dataclass(frozen=True)
class Application:
    """What is known when somebody asks (申请): the facts a rule may decide from."""

    matter: str
    on: date
    area: str
    person: UUID
    born_on: date | None
    answers: Mapping[str, Any]
    papers: Mapping[str, str]


@dataclass(frozen=True)
class AcceptanceRule:
    """A rule that a matter names (``rule = "aid.within_reach"``); ``decide`` answers reasons, none means yes."""

    key: str
    title: str
    decide: Callable[[Application], list[Finding]]


@dataclass(frozen=True)
class CasePanel:
    """A part of the case page that the owner of a matter fills: ``load`` answers what ``template`` shows."""

    matter: str
    title: str
    template: str
    load: Callable[..., Any]
    permission: str = ""

    def page(self, case: UUID, *, by: Actor, on: date) -> Any:
        return self.load(case, by=by, on=on)


acceptance_rules: Registry[AcceptanceRule] = Registry(
    AcceptanceRule, name="受理规则", key="key", required=("title", "decide")
)
case_panels: Registry[CasePanel] = Registry(
    CasePanel, name="办件专页", key="matter", required=("template", "load")
)
