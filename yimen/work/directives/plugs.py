"""What directives plug into the apps below: their definition, navigation, the first page, cases, lists, areas that change."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from yimen.foundations.definitions.ports import Kind, everyday, kinds
from yimen.foundations.ui.ports import HeadTool, HomeCard, NavItem, head_tools, home_cards, navigation
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.places.ports import AreaMove, restamp
from yimen.work.desk.ports import CaseCard, case_cards
from yimen.work.directives import operations
from yimen.work.directives.engine.practice import KIND, DirectivePractice
from yimen.work.directives.permissions import ANSWER, GIVE
from yimen.work.directives.queries import of_case, urge_address, waiting_for


class DirectivesFollowTheirArea:
    """What is under way when areas are reorganised."""

    key = "directives"

    def carry_over(self, *, by: Actor, at: datetime, move: AreaMove) -> int:
        return operations.carry_over_directives(by=by, at=at, move=move)


def _of_case(case: UUID, *, by: Actor, on: date) -> dict[str, Any] | None:
    found, urge = of_case(case, by=by), urge_address(by=by, case=case)
    return {"directives": found, "today": on, "urge": urge} if found or urge else None


def _waiting(*, by: Actor, at: datetime) -> Any:
    return waiting_for(by=by, today=day_of(at))


def _in_words(waiting: Any) -> str:
    return f"{waiting.late} 件督办超期" if waiting.late else ""


kinds.register(
    Kind(
        name=KIND,
        grammar=DirectivePractice,
        title="督办规矩",
        everyday=everyday("urge_working_days", "remark_working_days", "remind_days", "source"),
    )
)
navigation.register(
    NavItem(label="督办", url_name="directives:directives", icon="send", permission=ANSWER, order=23)
)
home_cards.register(
    HomeCard(
        key="directives.waiting",
        permission=ANSWER,
        order=7,
        template="directives/home_card.html",
        query=_waiting,
        words=_in_words,
    )
)
head_tools.register(
    HeadTool(
        key="directives.urge",
        permission=GIVE,
        order=20,
        template="directives/head_tool.html",
        query=lambda *, by, at: {"url": urge_address(by=by)},
    )
)
case_cards.register(
    CaseCard(
        key="directives.case",
        title="督办",
        icon="send",
        template="directives/case_card.html",
        load=_of_case,
        permission=ANSWER,
    )
)
restamp.register(DirectivesFollowTheirArea())
