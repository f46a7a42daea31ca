"""What admission plugs into the apps below: the lists, the source of its entries, navigation, the first page."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from yimen.foundations.definitions.ports import Kind, kinds
from yimen.foundations.ui.ports import HomeCard, NavItem, home_cards, navigation
from yimen.kernel.actor import Actor
from yimen.steering.workload.engine.grammar import WorkList, run_list_example
from yimen.steering.workload.permissions import DECIDE, VIEW
from yimen.steering.workload.queries import to_decide
from yimen.work.ledger.api import SourceKind
from yimen.work.ledger.ports import SourcePage, source_pages

SHOWN = 6


def _queue(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    found = list(to_decide(by=by)[: SHOWN + 1])
    if not found:
        return None
    return {"rows": found[:SHOWN], "more": len(found) > SHOWN, "url": reverse("workload:demands")}


kinds.register(
    Kind(name="work_list", grammar=WorkList, title="社区工作事项清单", run_example=run_list_example)
)
source_pages.register(
    SourcePage(key=SourceKind.DEMAND, url=lambda demand: reverse("workload:demand", args=[demand]))
)
home_cards.register(
    HomeCard(
        key="workload.queue",
        permission=DECIDE,
        order=26,
        template="workload/home_card.html",
        query=_queue,
    )
)
navigation.register(
    NavItem(label="准入", url_name="workload:demands", icon="filter", permission=VIEW, order=40)
)
