"""What 一表通 plugs into the apps below: headings, why its workbooks are kept, navigation, and what is due on the first page."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from yimen.foundations.definitions.ports import Kind, kinds
from yimen.foundations.documents.api import FileKind
from yimen.foundations.documents.ports import Purpose, purposes
from yimen.foundations.ui.ports import HomeCard, NavItem, home_cards, navigation
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.steering.returns.engine.grammar import Heading, check_heading, run_heading_example
from yimen.steering.returns.permissions import FILL
from yimen.steering.returns.queries import first_due

SHOWN = 6


def _due(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    found = first_due(by=by, most=SHOWN + 1)
    if not found:
        return None
    today = day_of(at)
    rows = [{"table": one, "late": one.due_on is not None and one.due_on < today} for one in found[:SHOWN]]
    return {"rows": rows, "more": len(found) > SHOWN, "url": reverse("returns:list")}


kinds.register(
    Kind(
        name="heading",
        grammar=Heading,
        title="表头词",
        run_example=run_heading_example,
        check=check_heading,
        asks=lambda heading: (heading.title, *heading.words),
    )
)
purposes.register(
    Purpose(
        key="returns.sheet",
        title="填报表",
        most=1,
        kinds=frozenset({FileKind.XLSX}),
        personal=False,
        store_permission=FILL,
        open_permission=FILL,
    )
)
home_cards.register(
    HomeCard(key="returns.due", permission=FILL, order=28, template="returns/home_card.html", query=_due)
)
navigation.register(
    NavItem(label="一表通", url_name="returns:list", icon="report-analytics", permission=FILL, order=71)
)
