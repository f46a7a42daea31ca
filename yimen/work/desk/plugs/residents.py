"""What the desk plugs into a resident's file: her cases, the way to a new one, what holds her file (居民档案上的办件)."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from yimen.foundations.retention.ports import Hold, holds
from yimen.foundations.ui.api import address, words
from yimen.kernel.actor import Actor
from yimen.kernel.findings import Finding
from yimen.registers.people.ports import (
    FileAction,
    FileCard,
    FileDeed,
    StrangerAction,
    TimelineSource,
    file_actions,
    file_cards,
    merge_reconcilers,
    stranger_actions,
    timeline_sources,
)
from yimen.work.desk.models import Case
from yimen.work.desk.operations.merging import restore_trays, settle_trays
from yimen.work.desk.permissions import ACCEPT_CASE, VIEW_CASES
from yimen.work.desk.queries import cases_before
from yimen.work.desk.queries.cases import people_with_open_cases
from yimen.work.ledger.api import SourceKind
from yimen.work.ledger.ports import SourcePage, source_pages

SHOWN = 6


def _cases_card(newest: Sequence[Case], *, by: Actor) -> dict[str, Any]:
    """The last few cases: one look says when she was last here and what for."""
    return {"cases": newest[:SHOWN]}


def _case_deeds(
    people: Sequence[UUID], *, by: Actor, before: tuple[datetime, str] | None, limit: int
) -> Sequence[FileDeed]:
    return [_case_deed(case) for case in cases_before(people, by=by, before=before, limit=limit)]


def _case_deed(case: Case) -> FileDeed:
    return FileDeed(
        at=case.received_at,
        order=case.number,
        title=f"申请{case.matter_title}"
        + (f"（{words(case.received_on)} 收件，补录）" if case.late_entry else ""),
        text=case.get_state_display(),
        url=address("desk:case", case.public_id),
        icon="clipboard-list",
    )


def _accept_address(person: UUID, *, by: Actor) -> str:
    return address("desk:choose") + "?" + urlencode({"person": person})


def _why_not_accept(person: UUID, *, by: Actor) -> str:
    return "这是您本人，请换一位同事受理。" if by.person == person else ""


file_cards.register(
    FileCard(
        key="desk.cases",
        title="办件",
        order=10,
        permission=VIEW_CASES,
        template="desk/file_card.html",
        load=_cases_card,
        newest="desk.cases",
    )
)
timeline_sources.register(
    TimelineSource(
        key="desk.cases",
        permission=VIEW_CASES,
        deeds=_case_deeds,
        rows=Case,
        newest=partial(cases_before, before=None),
        deed=_case_deed,
    )
)
file_actions.register(
    FileAction(
        key="desk.accept",
        label="受理事项",
        icon="plus",
        order=10,
        permission=ACCEPT_CASE,
        url=_accept_address,
        why_not=_why_not_accept,
    )
)
source_pages.register(SourcePage(key=SourceKind.CASE, url=lambda case: address("desk:case", case)))
stranger_actions.register(
    StrangerAction(key="desk.serve", label="在本窗口为他办事", permission=ACCEPT_CASE, url_name="desk:serve")
)


class PapersWaitForHer:
    """Papers handed in before acceptance, of one who had two files."""

    key = "desk"

    def clashes(self, keep: UUID, alias: UUID, *, by: Actor) -> list[Finding]:
        return []

    def reconcile(self, keep: UUID, alias: UUID, *, by: Actor, at: datetime) -> dict[str, Any]:
        return settle_trays(by=by, at=at, keep=keep, alias=alias)

    def undo(self, state: dict[str, Any], *, by: Actor, at: datetime) -> None:
        restore_trays(by=by, at=at, state=state)


merge_reconcilers.register(PapersWaitForHer())
holds.register(Hold(key="desk", title="未办结的办件", held=people_with_open_cases))
