"""What 一表通 plugs into the apps below: headings, why its workbooks are kept, navigation, and what is due on the first page."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse

from yimen.foundations.definitions.ports import Kind, kinds
from yimen.foundations.documents.api import FileKind
from yimen.foundations.documents.ports import Purpose, purposes
from yimen.foundations.ui.ports import HomeCard, NavItem, home_cards, navigation
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.places.api import area_name
from yimen.registers.places.ports import AreaCount, AreaMove, area_counts, restamp
from yimen.steering.returns.engine.grammar import Heading, check_heading, run_heading_example
from yimen.steering.returns.engine.parts import page_of_part
from yimen.steering.returns.models import Part
from yimen.steering.returns.operations.parts import carry_over_parts
from yimen.steering.returns.permissions import FILL
from yimen.steering.returns.queries import first_due, open_parts_in, waiting_parts

SHOWN = 6


class PartsFollowTheirArea:
    """What is to be handed in when areas are reorganised."""

    key = "returns"

    def carry_over(self, *, by: Actor, at: datetime, move: AreaMove) -> int:
        return carry_over_parts(by=by, at=at, move=move)


def _due(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    today = day_of(at)
    found = first_due(by=by, most=SHOWN + 1)
    parts = waiting_parts(by=by, today=today, most=SHOWN + 1)
    if not found and not parts:
        return None
    rows = [{"table": one, "late": one.due_on is not None and one.due_on < today} for one in found[:SHOWN]]
    return {
        "rows": rows,
        "parts": [_shown(one, today=today) for one in parts[:SHOWN]],
        "more": max(len(found), len(parts)) > SHOWN,
        "url": reverse("returns:list" if len(found) > SHOWN else "returns:parts"),
    }


def _shown(part: Part, *, today: date) -> dict[str, Any]:
    late = part.due_on < today
    returned = "退回了" if part.state == "returned" else ""
    return {
        "title": part.title,
        "who": f"{area_name(part.area)}，{part.unit_name}",
        "due_on": part.due_on,
        "url": page_of_part(part),
        "tone": "late" if late else "warn" if returned else "info",
        "says": "，".join(word for word in (returned, "已逾期" if late else "") if word),
    }


area_counts.register(AreaCount(key="returns", title="未交的下发表", order=60, count=open_parts_in))
restamp.register(PartsFollowTheirArea())
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
