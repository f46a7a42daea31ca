"""What rounds plug into the apps below: their definitions, the navigation, the resident's file, and what is deleted when."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from yimen.foundations.definitions.ports import Kind, everyday, kinds
from yimen.foundations.retention.ports import Retention, retentions
from yimen.foundations.ui.ports import NavItem, navigation
from yimen.kernel.actor import Actor
from yimen.registers.people.ports import FileCard, file_cards
from yimen.work.rounds.engine.practice import KIND, SURVEY, RoundPractice, Survey
from yimen.work.rounds.models import RollLine
from yimen.work.rounds.permissions import VIEW
from yimen.work.rounds.queries import asked_of, replies_before, rolls_before

SHOWN = 5


def _card(people: Sequence[UUID], *, by: Actor) -> dict[str, Any] | None:
    lines = list(asked_of(people, by=by)[:SHOWN])
    return {"lines": lines} if lines else None


kinds.register(
    Kind(
        name=KIND,
        grammar=RoundPractice,
        title="征询规矩",
        everyday=everyday("most_on_roll", "fewest_anonymous", "remind_days"),
    )
)
kinds.register(Kind(name=SURVEY, grammar=Survey, title="调查", everyday=everyday("title", "why", "order")))
navigation.register(
    NavItem(label="征询", url_name="rounds:rounds", icon="message-circle", permission=VIEW, order=27)
)
file_cards.register(
    FileCard(
        key="rounds.asked",
        title="征询",
        order=64,
        permission=VIEW,
        template="rounds/file_card.html",
        load=_card,
        rows=RollLine,
    )
)
retentions.register(Retention(key="rounds_replies", rows=replies_before))
retentions.register(Retention(key="rounds_rolls", rows=rolls_before))
