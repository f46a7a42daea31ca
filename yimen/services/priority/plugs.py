"""What priority service plugs into the apps below: the mark beside a name, its card, the way to note one, and the list."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from yimen.foundations.bus.api import today_acted
from yimen.foundations.definitions.ports import Kind, everyday, kinds
from yimen.foundations.retention.ports import Retention, retentions
from yimen.foundations.ui.api import words as said
from yimen.foundations.ui.ports import NavItem, navigation
from yimen.kernel.actor import Actor
from yimen.kernel.findings import Finding
from yimen.registers.consents.ports import RestsOnConsent, rests_on_consent
from yimen.registers.people.ports import (
    FileAction,
    FileCard,
    MarkOfPerson,
    PersonMark,
    file_actions,
    file_cards,
    merge_reconcilers,
    person_marks,
)
from yimen.registers.places.api import FollowsItsArea
from yimen.registers.places.ports import restamp
from yimen.services.priority.engine.grounds import (
    GROUND,
    PRACTICE,
    Ground,
    PriorityPractice,
    grounds_on,
    run_ground_example,
)
from yimen.services.priority.models import PriorityMark
from yimen.services.priority.operations import let_marks_go, restore_marks, settle_marks
from yimen.services.priority.permissions import KEEP, VIEW, VIEW_GROUNDS, VIEW_WEEK
from yimen.services.priority.queries import SERVED_FIRST, ended_before, holders_on, live_in, marks_on


def _beside_the_name(people: Sequence[UUID], *, by: Actor, on: date) -> list[MarkOfPerson]:
    """One word for all her marks: the one that holds longest; why she has it stands on the card."""
    return [
        MarkOfPerson(f"优先服务 · {one.get_source_display()} · 到 {said(one.last_on)}")
        for one in marks_on(people, by=by, on=on)[:1]
    ]


def _card(people: Sequence[UUID], *, by: Actor) -> dict[str, Any] | None:
    on = today_acted()
    held = marks_on(people, by=by, on=on) if on else []
    if not held:
        return None
    titles = {one.key: one.body.title for one in grounds_on(on)}
    return {
        "lines": [
            {
                "mark": one,
                "ground": titles.get(one.ground, "") if by.can(VIEW_GROUNDS, area=one.area) else "",
                "withdraw": reverse("priority:withdraw", args=[one.public_id])
                if by.can(KEEP, area=one.area)
                else "",
            }
            for one in held
        ]
    }


kinds.register(
    Kind(
        GROUND,
        Ground,
        "优先事由",
        run_example=run_ground_example,
        everyday=everyday("title", "papers", "months", "order"),
    )
)
kinds.register(Kind(PRACTICE, PriorityPractice, "优先服务规矩"))
person_marks.register(
    PersonMark(
        key="priority.mark",
        permission=VIEW,
        load=_beside_the_name,
        rows=PriorityMark,
        title="优先服务",
        held=holders_on,
    )
)
file_cards.register(
    FileCard(
        key="priority.marks",
        title="优先服务",
        order=5,
        permission=VIEW,
        template="priority/card.html",
        load=_card,
        rows=PriorityMark,
    )
)
file_actions.register(
    FileAction(
        key="priority.mark",
        label="优先服务",
        icon="star",
        order=80,
        permission=KEEP,
        url=lambda person, *, by: reverse("priority:mark", args=[person]),
    )
)
navigation.register(
    NavItem(label="服务周清单", url_name="priority:week", icon="star", permission=VIEW_WEEK, order=26)
)
rests_on_consent.register(RestsOnConsent(key="priority.marks", purpose=SERVED_FIRST, let_go=let_marks_go))
retentions.register(Retention(key="priority_marks", rows=ended_before))
restamp.register(FollowsItsArea(key="priority", rows=live_in))


class MarksGoOver:
    """What holds of one who had two files stands on the one she has."""

    key = "priority"

    def clashes(self, keep: UUID, alias: UUID, *, by: Actor) -> list[Finding]:
        return []

    def reconcile(self, keep: UUID, alias: UUID, *, by: Actor, at: datetime) -> dict[str, Any]:
        return settle_marks(by=by, at=at, keep=keep, alias=alias)

    def undo(self, state: dict[str, Any], *, by: Actor, at: datetime) -> None:
        restore_marks(by=by, at=at, state=state)


merge_reconcilers.register(MarksGoOver())
