"""What is plugged into the desk: acceptance rules, what stands before a decision, panels and cards on the page of a case, what
cases come from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from yimen.kernel.actor import Actor
from yimen.kernel.findings import Finding
from yimen.kernel.registry import Registry


@dataclass(frozen=True)
class Application:
    """What is known when somebody asks (申请): the facts a rule may decide from; ``known`` is what it read besides."""

    matter: str
    on: date
    area: str
    person: UUID
    born_on: date | None
    answers: Mapping[str, Any]
    papers: Mapping[str, str]
    known: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AcceptanceRule:
    """A rule that a matter names (``rules = ["aid.within_relief"]``); ``decide`` answers reasons, none means yes.

    A reason that only warns lets the application through and stands on its first step for who handles it. ``load(
    application, by=actor)`` reads what the rule must know besides; ``decide`` finds it in ``application.known``, and a
    worked example gives it instead.
    """

    key: str
    title: str
    decide: Callable[[Application], list[Finding]]
    load: Callable[..., Mapping[str, Any]] | None = None


@dataclass(frozen=True)
class Passage:
    """Whether a case may be decided (可否决定): ``words`` say why not yet, or what the step notes when it is."""

    passed: bool
    words: str


@dataclass(frozen=True)
class DecisionGate:
    """What stands before a decision (决定前的关口): a matter that names a chain of signatures (``chain = "three_level"``) is
    decided only when it is signed. ``look(case, chain, by=actor)`` answers the `Passage` of one case."""

    key: str
    title: str
    look: Callable[..., Passage]


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


@dataclass(frozen=True)
class CaseCard:
    """A card beside every case (办件旁的卡片): ``load`` answers what ``template`` shows, None for no card."""

    key: str
    title: str
    icon: str
    template: str
    load: Callable[..., Any]
    permission: str = ""

    def page(self, case: UUID, *, by: Actor, on: date) -> Any:
        return self.load(case, by=by, on=on)


@dataclass(frozen=True)
class Beginning:
    """What is carried into the intake (来由): how it came, as a `Source`, and what was said already.

    ``sheet`` is the form that was filled then, from which what is asked again is taken over, and ``told`` where that was, in
    words; ``person`` the only one who may ask now.
    """

    source: str
    note: str = ""
    sheet: UUID | None = None
    told: str = ""
    person: UUID | None = None


FROM_CASE = "desk.case"


@dataclass(frozen=True)
class Forerunner:
    """Something that may become a case (办件来由): a logged call, another case. An intake names it as ``key:<uuid>``.

    ``load(id, by=)`` answers its `Beginning`, or refuses; ``born(id, case=, by=, at=)`` is told within the deed that
    took the application, so that it knows its case in the same moment.
    """

    key: str
    load: Callable[..., Beginning]
    born: Callable[..., None]


acceptance_rules: Registry[AcceptanceRule] = Registry(
    AcceptanceRule, name="受理规则", key="key", required=("title", "decide")
)
case_cards: Registry[CaseCard] = Registry(
    CaseCard, name="办件卡片", key="key", required=("title", "template", "load")
)
case_panels: Registry[CasePanel] = Registry(
    CasePanel, name="办件专页", key="matter", required=("template", "load")
)
decision_gates: Registry[DecisionGate] = Registry(
    DecisionGate, name="决定前的关口", key="key", required=("title", "look")
)
forerunners: Registry[Forerunner] = Registry(
    Forerunner, name="办件来由", key="key", required=("load", "born")
)
