"""What organisations fills in below: who holds a role, how posts follow a reorganised area, the navigation."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from yimen.foundations.audit.ports import Proof, proofs
from yimen.foundations.bus.api import Mark, marks
from yimen.foundations.definitions.ports import Kind, everyday, kinds
from yimen.foundations.documents.api import FileKind
from yimen.foundations.documents.ports import PICTURES, Purpose, purposes
from yimen.foundations.imports.ports import Importer, importers
from yimen.foundations.messages import ports as messages
from yimen.foundations.retention.ports import Retention, retentions
from yimen.foundations.ui.ports import HomeCard, NavItem, home_cards, navigation
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.organisations.engine.practice import KIND, OrganisationPractice
from yimen.registers.organisations.engine.sheets import COLUMNS, check_bodies
from yimen.registers.organisations.operations import (
    become_community,
    carry_over,
    withdraw_organisations,
    write_organisations,
)
from yimen.registers.organisations.permissions import KEEP, VIEW
from yimen.registers.organisations.ports import SCAN
from yimen.registers.organisations.queries import (
    AWAY,
    accounts_holding,
    due_records,
    ended_absences,
    serving_in,
    standing_in,
)
from yimen.registers.places import ports as places
from yimen.registers.places.api import areas_to_choose

SHOWN = 4

purposes.register(
    Purpose(
        key=SCAN,
        title="协议扫描件",
        kinds=frozenset({FileKind.PDF, *PICTURES}),
        most=5,
        personal=False,
        store_permission=KEEP,
        open_permission=VIEW,
    )
)


class PostHolders:
    """Who is told what goes to a role (岗位人员)."""

    key = "organisations"

    def accounts_holding(self, role: str, *, area: str, on: date) -> frozenset[UUID]:
        return accounts_holding(role, area=area, on=on)


class PostsFollow:
    """Organisations, posts and the roles they give follow an area as a whole; a few buildings move none of them."""

    key = "organisations"

    def carry_over(self, *, by: Actor, at: datetime, move: places.AreaMove) -> int:
        if move.buildings is not None:
            return 0
        return carry_over(by=by, at=at, old=move.old, new=move.new, on=move.on)


class CommitteesFollow:
    """When a village becomes a community, its committee becomes the community's (村改社区)."""

    key = "organisations"

    def convert(self, *, by: Actor, at: datetime, area: str, on: date, name: str, number: str) -> None:
        become_community(by=by, at=at, area=area, on=on, name=name, number=number)


def _due(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    """What runs out, while something does (到期提醒)."""
    due = due_records(by=by, on=day_of(at))
    return {"due": due[:SHOWN], "more": max(len(due) - SHOWN, 0)} if due else None


kinds.register(
    Kind(name=KIND, grammar=OrganisationPractice, title="单位规矩", everyday=everyday("agreement_warn_days"))
)
importers.register(
    Importer(
        key="organisations.organisations",
        title="单位",
        unit="家",
        order=30,
        permission=KEEP,
        columns=COLUMNS,
        check=check_bodies,
        write=write_organisations,
        undo=withdraw_organisations,
        page=lambda found: reverse("organisations:organisation", args=[found]),
        areas=areas_to_choose,
        hint="社会组织、企业、学校等，一家一行。街道机构和居委会在单位页面上设立，不从表里导入。",
    )
)
# Who is away is read with who acts: a page on which nobody stands in for anybody pays nothing for it. The days around the
# server's own are enough, whatever day is acted on.
marks.register(
    Mark(
        AWAY,
        "(SELECT string_agg(concat_ws(' ', gone.public_id, away.since, away.until, gone.area), ',' ORDER BY away.id)"
        " FROM organisations_absence AS away JOIN access_account AS gone ON gone.id = away.account_id"
        " WHERE away.until > CURRENT_DATE - 7)",
    )
)
retentions.register(Retention(key="organisations_absences", rows=ended_absences))
navigation.register(
    NavItem(label="不在岗", url_name="organisations:absences", icon="calendar", permission=VIEW, order=45)
)
messages.role_holders.register(PostHolders())
places.restamp.register(PostsFollow())
places.conversions.register(CommitteesFollow())
places.area_counts.register(places.AreaCount(key="organisations", title="单位", order=20, count=standing_in))
places.area_counts.register(
    places.AreaCount(key="organisations.posts", title="在岗人员", order=21, count=serving_in)
)
navigation.register(
    NavItem(label="单位与岗位", url_name="organisations:list", icon="building", permission=VIEW, order=44)
)
home_cards.register(
    HomeCard(
        key="organisations.due",
        permission=KEEP,
        order=47,
        template="organisations/due_card.html",
        query=_due,
    )
)
for _table, _title in (
    ("credential", "证照"),
    ("agreement", "协议"),
    ("inspection", "年检"),
    ("officer", "职务"),
):
    proofs.register(
        Proof(
            key=f"organisations.{_table}",
            title=f"{_title}所在的区域，对单位",
            kept=f"SELECT id, area FROM organisations_{_table}",  # nosec B608 - our own tables
            truth=f"""
            SELECT filed.id, unit.area
            FROM organisations_{_table} AS filed JOIN organisations_organisation AS unit
            ON unit.id = filed.organisation_id
            """,  # nosec B608 - our own tables
        )
    )
