"""What the resident's pages plug into the shell: a line on the first page of whoever has a file of her own."""

from datetime import datetime, timedelta
from typing import Any

from yimen.foundations.audit.api import looks_at
from yimen.foundations.ui.ports import HomeCard, NavItem, home_cards, navigation
from yimen.kernel.actor import Actor

LATELY = timedelta(days=30)


def _looks(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    """How often one's own file was opened lately; no card without a file."""
    if by.person is None:
        return None
    return {"count": looks_at(by.person, by=by).filter(at__gt=at - LATELY).count()}


home_cards.register(
    HomeCard(key="portal.looks", permission=None, order=95, template="portal/home_card.html", query=_looks)
)
navigation.register(
    NavItem(label="办事指南", url_name="portal:catalogue", icon="info-circle", permission=None, order=36)
)
