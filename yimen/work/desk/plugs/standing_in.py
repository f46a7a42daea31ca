"""What the desk says of A岗 and B岗: which kinds of work there are, and what one sees while an A岗 is away."""

from datetime import datetime
from typing import Any

from yimen.foundations.ui.ports import HomeCard, home_cards
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.organisations.ports import WorkKinds, work_kinds
from yimen.work.desk.permissions import VIEW_CASES
from yimen.work.desk.queries.standing_in import first_covered, kinds_of_work

SHOWN = 6


def _covered(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    today = day_of(at)
    found = first_covered(by=by, on=today, most=SHOWN + 1)
    return {"cases": found[:SHOWN], "more": len(found) > SHOWN, "today": today} if found else None


work_kinds.register(WorkKinds(key="desk", title="办件", choices=kinds_of_work))
home_cards.register(
    HomeCard(
        key="desk.standing_in",
        permission=VIEW_CASES,
        order=13,
        template="desk/standing_in_home.html",
        query=_covered,
        words=lambda card: f"{len(card['cases'])} 件{'以上' if card['more'] else ''}A岗不在",
    )
)
