"""What full exports plug into the apps below: their rule, the button under a list, the first page, the navigation."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from yimen.foundations.definitions.ports import Kind, kinds
from yimen.foundations.exports.engine.practice import KIND, ExportPractice, run_practice_example
from yimen.foundations.exports.permissions import APPROVE_EXPORT, ASK_EXPORT
from yimen.foundations.exports.queries import SHOWN, find_source, to_approve
from yimen.foundations.ui.ports import HomeCard, ListDoor, NavItem, home_cards, list_doors, navigation
from yimen.kernel.actor import Actor


def _waiting(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    found = to_approve(by=by, at=at)
    return {"rows": found[:SHOWN], "more": len(found) > SHOWN} if found else None


def _words(card: dict[str, Any]) -> str:
    return f"{len(card['rows'])} 件{'以上' if card['more'] else ''}完整导出等您批准"


def _ask(name: str, conditions: str, *, by: Actor) -> str:
    if find_source(name, by=by) is None:
        return ""
    return f"{reverse('exports:ask')}?list={name}{'&' + conditions if conditions else ''}"


kinds.register(
    Kind(name=KIND, grammar=ExportPractice, title="完整导出办法", run_example=run_practice_example)
)
home_cards.register(
    HomeCard(
        key="exports.waiting",
        permission=APPROVE_EXPORT,
        order=6,
        template="exports/home_card.html",
        query=_waiting,
        words=_words,
    )
)
list_doors.register(ListDoor(key="exports", label="申请完整导出", permission=ASK_EXPORT, url=_ask))
navigation.register(
    NavItem(label="完整导出", url_name="exports:exports", icon="download", permission=ASK_EXPORT, order=72)
)
