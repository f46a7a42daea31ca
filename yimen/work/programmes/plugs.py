"""What programmes plug into the apps below: the first page, the resident's file, what follows a note and what it settles."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse

from yimen.foundations.definitions.ports import Kind, everyday, kinds
from yimen.foundations.retention.ports import Hold, Retention, holds, retentions
from yimen.foundations.ui.api import address
from yimen.foundations.ui.api import words as said
from yimen.foundations.ui.ports import HomeCard, NavItem, TodayLine, home_cards, navigation, today_lines
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.organisations.ports import WorkKinds, work_kinds
from yimen.registers.people.api import person_ids
from yimen.registers.people.ports import FileAction, FileCard, file_actions, file_cards
from yimen.registers.places.ports import AreaCount, AreaMove, area_counts, restamp
from yimen.work.ledger.api import SourceKind, note_items
from yimen.work.ledger.ports import (
    Born,
    Claim,
    NoteTold,
    Question,
    Sequel,
    SourcePage,
    claims,
    sequels,
    source_pages,
)
from yimen.work.programmes import operations
from yimen.work.programmes.choices import Origin
from yimen.work.programmes.engine.practice import KIND, DutyPractice
from yimen.work.programmes.models import Duty
from yimen.work.programmes.permissions import OPEN_FILE, VIEW, WORK
from yimen.work.programmes.queries import (
    DUTIES,
    duties_of_notes,
    ended_before,
    first_due,
    open_duties,
    open_duties_in,
    people_owed,
    ways_due,
    with_absences,
)

SHOWN = 6
AGAIN = timedelta(days=7)


class DutiesFollowTheirArea:
    """What is open when areas are reorganised."""

    key = "programmes"

    def carry_over(self, *, by: Actor, at: datetime, move: AreaMove) -> int:
        return operations.carry_over_duties(by=by, at=at, move=move)


def _again(note: NoteTold, given: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    kind, creditor = next(
        ((kind, found) for kind in ("person", "household", "dwelling") if (found := getattr(note, kind))),
        ("", None),
    )
    operations.owe_duty(
        by=by,
        at=at,
        title=given["title"],
        due_on=given["due_on"],
        way=next((one.key for one in note_items(on=day_of(at))), ""),
        kind=kind,
        creditor=creditor,
        area=note.area,
        account=by.account,
        origin=Origin.NOTE,
        source=note.entry,
    )


def _born(entries: Sequence[UUID], *, by: Actor) -> dict[UUID, Born]:
    return {
        duty.source: Born(
            f"待办：{duty.title}，{said(duty.due_on)}前，{duty.get_state_display()}",
            reverse("programmes:duty", args=[duty.public_id]),
        )
        for duty in duties_of_notes(entries, by=by)
    }


def _undo(entry: UUID, *, by: Actor, at: datetime) -> None:
    operations.undo_with_note(by=by, at=at, entry=entry)


def _owed(
    *, person: UUID | None, household: UUID | None, dwelling: UUID | None, by: Actor, on: date
) -> list[tuple[str, str]]:
    people = person_ids(person, by=by) if person else ()
    found = open_duties(by=by, people=people, household=household, dwelling=dwelling)[:SHOWN]
    return [
        (str(duty.public_id), f"{duty.title}（{said(duty.due_on)}前）")
        for duty in found
        if duty.opens_on is None or duty.opens_on <= on
    ]


def _settle(note: NoteTold, chosen: Sequence[str], *, by: Actor, at: datetime) -> None:
    operations.settle_with_note(by=by, at=at, duties=[UUID(one) for one in chosen], entry=note.entry)


def _home(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    today = day_of(at)
    found = first_due(by=by, today=today, most=SHOWN + 1)
    if not found:
        return None
    found = with_absences(found, on=today)
    return {"duties": found[:SHOWN], "more": len(found) > SHOWN, "today": today}


def _today(*, by: Actor, at: datetime) -> str:
    """How many of each way wait today: 2 个上门、1 个电话."""
    if not by.can_somewhere(WORK):
        return ""
    today = day_of(at)
    ways = ways_due(by=by, today=today)
    names = {one.key: one.note for one in note_items(on=today)} if ways else {}
    counts: dict[str, int] = {}
    for way in ways:
        name = names.get(way, "待办")
        counts[name] = counts.get(name, 0) + 1
    return "、".join(f"{count} 个{name}" for name, count in counts.items())


def _card(people: Sequence[UUID], *, by: Actor) -> dict[str, Any] | None:
    duties = list(open_duties(by=by, people=people)[:SHOWN])
    return {"duties": duties} if duties else None


def _new_address(person: UUID, *, by: Actor) -> str:
    return f"{address('programmes:new')}?person={person}"


kinds.register(
    Kind(
        name=KIND,
        grammar=DutyPractice,
        title="待办规矩",
        everyday=everyday("put_off_most_days", "unfit_words"),
    )
)
area_counts.register(AreaCount(key="programmes", title="未完成的待办", order=30, count=open_duties_in))
restamp.register(DutiesFollowTheirArea())
work_kinds.register(WorkKinds(key="programmes", title="待办", choices=lambda on: [(DUTIES, "辖区待办")]))
source_pages.register(
    SourcePage(key=SourceKind.DUTY, url=lambda duty: reverse("programmes:duty", args=[duty]))
)
navigation.register(
    NavItem(label="待办", url_name="programmes:duties", icon="circle-check", permission=VIEW, order=22)
)
home_cards.register(
    HomeCard(
        key="programmes.due", permission=WORK, order=8, template="programmes/home_card.html", query=_home
    )
)
today_lines.register(TodayLine(key="programmes.today", order=20, text=_today))
file_cards.register(
    FileCard(
        key="programmes.duties",
        title="待办",
        order=12,
        permission=OPEN_FILE,
        template="programmes/file_card.html",
        load=_card,
        rows=Duty,
    )
)
file_actions.register(
    FileAction(
        key="programmes.new",
        label="记待办",
        icon="calendar-event",
        order=30,
        permission=WORK,
        url=_new_address,
    )
)
sequels.register(
    Sequel(
        key="again",
        label="要再看",
        permission=WORK,
        order=20,
        asks=(
            Question("title", "到时做什么", "text", lambda today: "再上门看看", "写中性的，不写病情。"),
            Question("due_on", "哪天以前", "day", lambda today: today + AGAIN),
        ),
        follow=_again,
        born=_born,
    )
)
claims.register(
    Claim(
        key="duty",
        label="算作这次待办？",
        permission=WORK,
        items=(operations.DONE_ITEM,),
        owed=_owed,
        settle=_settle,
        undo=_undo,
    )
)
retentions.register(Retention(key="programmes_duties", rows=ended_before))
holds.register(Hold(key="programmes", title="未完成的待办", held=people_owed))
