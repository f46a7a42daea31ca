"""What gatherings plug into the apps below: kinds, the first pages of who holds and who leads, the file, the ledger."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from yimen.foundations.audit.ports import proofs
from yimen.foundations.definitions.ports import Kind, everyday, kinds
from yimen.foundations.retention.ports import Retention, retentions
from yimen.foundations.ui.ports import HomeCard, NavItem, TodayLine, home_cards, navigation, today_lines
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.registers.people.ports import FileCard, file_cards, merge_reconcilers
from yimen.registers.places.ports import AreaMove, restamp
from yimen.work.gatherings import operations
from yimen.work.gatherings.choices import State
from yimen.work.gatherings.engine.kinds import KIND, GatheringKind, run_kind_example
from yimen.work.gatherings.engine.mine import my_line
from yimen.work.gatherings.models import SignUp
from yimen.work.gatherings.operations.merging import restore_lists, settle_lists
from yimen.work.gatherings.permissions import HOLD, OPEN_FILE, OWN, VIEW
from yimen.work.gatherings.queries import (
    count_of_day,
    day_at_a_glance,
    my_gatherings,
    my_helping,
    my_hours,
    sign_ups_of_people,
)
from yimen.work.gatherings.queries.keeping import signed_up_long_ago
from yimen.work.gatherings.queries.proofs import PROOFS
from yimen.work.gatherings.rules import in_hours
from yimen.work.ledger.api import SourceKind
from yimen.work.ledger.ports import SourcePage, source_pages

SHOWN = 5


class GatheringsFollowTheirArea:
    """What is planned when areas are reorganised."""

    key = "gatherings"

    def carry_over(self, *, by: Actor, at: datetime, move: AreaMove) -> int:
        return operations.carry_over_gatherings(by=by, at=at, move=move)


def _mine(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    """What is next for me. A post that sees by ties alone has nothing else: there the card stands when it is empty too."""
    on = day_of(at)
    own = {row.gathering_id: row for row in my_helping(by=by)}
    coming = my_gatherings(by=by).filter(state=State.PLANNED).order_by("starts_at", "id")[:SHOWN]
    hours = my_hours(by=by, on=on)
    lines = [my_line(one, own.get(one.id), by=by, at=at) for one in coming]
    if by.reach and not lines:
        return None
    return {
        "lines": lines,
        "hours": hours,
        "helped": in_hours(hours.helped_minutes),
        "led": in_hours(hours.led_minutes),
        "year": on.year,
    }


def _mine_in_words(card: dict[str, Any]) -> str:
    asked = sum(line.tone == "warn" for line in card["lines"])
    return f"{asked} 场活动等您确认" if asked else ""


def _day(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    """What is on today, what waits for closing, and where whoever leads it does not come."""
    card = day_at_a_glance(by=by, at=at, most=SHOWN)
    return card if any(card.values()) else None


def _today(*, by: Actor, at: datetime) -> str:
    """How many are on today: 1 场活动."""
    if by.can_somewhere(HOLD):
        count = count_of_day(day_of(at), by=by)
    elif by.can_somewhere(OWN):
        count = sum(one.is_today(day_of(at)) for one in my_gatherings(by=by).filter(state=State.PLANNED))
    else:
        return ""
    return f"{count} 场活动" if count else ""


def _file_card(people: Sequence[UUID], *, by: Actor) -> dict[str, Any] | None:
    rows = list(sign_ups_of_people(people, by=by)[:SHOWN])
    return {"rows": rows} if rows else None


kinds.register(
    Kind(
        name=KIND,
        grammar=GatheringKind,
        title="活动种类",
        run_example=run_kind_example,
        everyday=everyday("title", "description", "capacity", "minutes", "materials", "order"),
    )
)
restamp.register(GatheringsFollowTheirArea())
source_pages.register(
    SourcePage(
        key=SourceKind.GATHERING, url=lambda gathering: reverse("gatherings:gathering", args=[gathering])
    )
)
navigation.register(
    NavItem(label="活动", url_name="gatherings:gatherings", icon="calendar-event", permission=VIEW, order=24)
)
navigation.register(
    NavItem(
        label="我的活动", url_name="gatherings:my_gatherings", icon="calendar-event", permission=OWN, order=5
    )
)
home_cards.register(
    HomeCard(
        key="gatherings.mine",
        permission=OWN,
        order=4,
        template="gatherings/my_card.html",
        query=_mine,
        wide=True,
        words=_mine_in_words,
    )
)
home_cards.register(
    HomeCard(key="gatherings.day", permission=HOLD, order=14, template="gatherings/day_card.html", query=_day)
)
today_lines.register(TodayLine(key="gatherings.today", order=15, text=_today))
file_cards.register(
    FileCard(
        key="gatherings.coming",
        title="报了名的活动",
        order=58,
        permission=OPEN_FILE,
        template="gatherings/file_card.html",
        load=_file_card,
        rows=SignUp,
    )
)
for _proof in PROOFS:
    proofs.register(_proof)
retentions.register(
    Retention(key="gatherings_signups", rows=signed_up_long_ago, clear=operations.empty_sign_ups)
)


class OnEachListOnce:
    """Seats and help of one who had two files."""

    key = "gatherings"

    def clashes(self, keep: UUID, alias: UUID, *, by: Actor) -> list[Finding]:
        return []

    def reconcile(self, keep: UUID, alias: UUID, *, by: Actor, at: datetime) -> dict[str, Any]:
        return settle_lists(by=by, at=at, keep=keep, alias=alias)

    def undo(self, state: dict[str, Any], *, by: Actor, at: datetime) -> None:
        restore_lists(by=by, at=at, state=state)


merge_reconcilers.register(OnEachListOnce())
