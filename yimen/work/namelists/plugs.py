"""What namelists plug into the apps below: definitions, why the sheets are kept, navigation, the first page, terms, areas."""

from datetime import datetime
from typing import Any

from yimen.foundations.definitions.ports import Kind, everyday, kinds
from yimen.foundations.documents.api import FileKind
from yimen.foundations.documents.ports import Purpose, purposes
from yimen.foundations.retention.ports import Retention, retentions
from yimen.foundations.ui.ports import HomeCard, NavItem, home_cards, navigation
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.places.api import FollowsItsArea
from yimen.registers.places.ports import restamp
from yimen.work.namelists.engine.practice import KIND, RETENTION, ListPractice
from yimen.work.namelists.operations import forget_rows
from yimen.work.namelists.operations.uploading import PURPOSE
from yimen.work.namelists.permissions import HOLD, VIEW, WORK
from yimen.work.namelists.queries import lists_with_work, open_in, rows_before

SHOWN = 5


def _due(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    found, today = lists_with_work(by=by, most=SHOWN), day_of(at)
    lists = [
        {
            "key": one["list_key"],
            "title": one["list_title"],
            "open": one["n"],
            "due_on": one["due_on"],
            "late": one["due_on"] < today,
        }
        for one in found
    ]
    return {"lists": lists} if lists else None


kinds.register(Kind(name=KIND, grammar=ListPractice, title="名单任务规矩", everyday=everyday("most_rows")))
purposes.register(
    Purpose(
        key=PURPOSE,
        title="名单任务原表",
        most=1,
        kinds=frozenset({FileKind.XLSX, FileKind.CSV}),
        personal=False,
        store_permission=HOLD,
        open_permission=HOLD,
    )
)
navigation.register(
    NavItem(label="我的名单", url_name="namelists:mine", icon="clipboard-list", permission=WORK, order=28)
)
navigation.register(
    NavItem(label="名单任务", url_name="namelists:lists", icon="clipboard-check", permission=VIEW, order=29)
)
home_cards.register(
    HomeCard(key="namelists.due", permission=WORK, order=27, template="namelists/home_card.html", query=_due)
)
retentions.register(Retention(key=RETENTION, rows=rows_before, clear=forget_rows))
restamp.register(FollowsItsArea(key="namelists", rows=open_in))
