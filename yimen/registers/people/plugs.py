"""What people fills in below: prefilled answers, how to be reached, the panel of a door, the navigation."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from yimen.foundations.access.ports import KeyedIndex, keyed_indexes
from yimen.foundations.audit.ports import proofs
from yimen.foundations.definitions.ports import Kind, everyday, kinds
from yimen.foundations.exports.ports import ExportSource
from yimen.foundations.exports.ports import sources as export_sources
from yimen.foundations.forms.ports import PrefillSource, prefill_sources
from yimen.foundations.imports.api import origin_table
from yimen.foundations.imports.ports import Importer, importers
from yimen.foundations.messages.ports import Reach, Way, reach_ways
from yimen.foundations.retention.ports import Retention, retentions
from yimen.foundations.ui.api import address
from yimen.foundations.ui.ports import CardDesk, HomeCard, NavItem, card_desks, home_cards, navigation
from yimen.kernel.actor import Actor
from yimen.registers.organisations import api as organisations
from yimen.registers.organisations.ports import PersonPage, person_pages
from yimen.registers.people.engine.duplicates import KIND as DUPLICATE_RULE
from yimen.registers.people.engine.duplicates import DuplicateRule, run_rule_example
from yimen.registers.people.engine.emergency_access import KIND as EMERGENCY_ACCESS
from yimen.registers.people.engine.emergency_access import EmergencyAccess, run_access_example
from yimen.registers.people.engine.field_privacy import KIND as FIELD_PRIVACY
from yimen.registers.people.engine.field_privacy import FieldPrivacy, run_privacy_example
from yimen.registers.people.engine.rights_practice import KIND as RIGHTS_PRACTICE
from yimen.registers.people.engine.rights_practice import RightsPractice
from yimen.registers.people.operations.emptying import empty_files
from yimen.registers.people.operations.rekeying import rebuild_index
from yimen.registers.people.operations.restamping import carry_over_people
from yimen.registers.people.operations.sheets import withdraw_people, write_rows
from yimen.registers.people.permissions import (
    BREAK_GLASS,
    FIND,
    REGISTER,
    REVIEW_GLASS,
    SERVE_RIGHTS,
    VIEW_FILE,
)
from yimen.registers.people.ports import (
    FileAction,
    FileCard,
    StrangerAction,
    TimelineSource,
    file_actions,
    file_cards,
    stranger_actions,
    timeline_sources,
)
from yimen.registers.people.queries.declarations import open_declarations
from yimen.registers.people.queries.doubts import first_missing, papers_missing
from yimen.registers.people.queries.dwellings import door_of
from yimen.registers.people.queries.emergencies import SHOWN, to_review, to_review_in
from yimen.registers.people.queries.facts import ITEMS, people_facts, person_facts
from yimen.registers.people.queries.keeping import answered_before, gone_before, noted_before, reviewed_before
from yimen.registers.people.queries.local_ties import ties_in
from yimen.registers.people.queries.origins import origin_deeds
from yimen.registers.people.queries.own_pages import over_before
from yimen.registers.people.queries.persons import NoSuchPerson
from yimen.registers.people.queries.population import living_in
from yimen.registers.people.queries.proofs import PROOFS
from yimen.registers.people.queries.reach import person_phone, person_reach
from yimen.registers.people.queries.rekeying import left_to_rebuild
from yimen.registers.people.queries.rights import open_requests
from yimen.registers.people.queries.rolls import residents
from yimen.registers.people.queries.sheets import check_rows, doubles_among
from yimen.registers.people.rules.sheets import COLUMNS, TOGETHER
from yimen.registers.places.api import CHECK_DWELLINGS, VIEW_PLACES, FollowsItsArea, areas_to_choose
from yimen.registers.places.ports import (
    AreaCount,
    AreaMove,
    BuildingAction,
    area_counts,
    building_actions,
    dwelling_panels,
    restamp,
)


def _facts(subject, *, wanted, by, on):
    """The register's facts for a form; nothing about whom it does not know."""
    try:
        return person_facts(subject, by=by, on=on, wanted=wanted)
    except NoSuchPerson:
        return {}


class PeopleReach:
    """How residents are reached."""

    key = "people"

    def reach_of(self, person: UUID, *, by: Actor) -> Reach | None:
        return person_reach(person, by=by)

    def phone_of(self, person: UUID, *, way: Way, by: Actor) -> str:
        return person_phone(person, way=way.key, by=by)


class PeopleAtTheDoor:
    """Who lives here, beside the chart of a building (楼栋图)."""

    key = "people"
    title = "住在这里的人"
    order = 10
    permission = FIND
    template = "people/at_the_door.html"

    def load(self, dwelling: UUID, *, by: Actor):
        return door_of(dwelling, by=by)


class PeopleFollowTheirArea:
    """Residents when areas are reorganised."""

    key = "people"
    # Others ask where somebody lives now.
    order = 10

    def carry_over(self, *, by: Actor, at: datetime, move: AreaMove) -> int:
        return carry_over_people(by=by, at=at, move=move)


kinds.register(
    Kind(
        name=RIGHTS_PRACTICE,
        grammar=RightsPractice,
        title="权利请求答复期限",
        everyday=everyday("slip_minutes", "page_days", "most_open"),
    )
)
kinds.register(
    Kind(
        name=EMERGENCY_ACCESS,
        grammar=EmergencyAccess,
        title="紧急查阅办法",
        run_example=run_access_example,
    )
)
kinds.register(
    Kind(
        name=FIELD_PRIVACY,
        grammar=FieldPrivacy,
        title="居民信息显示规则",
        run_example=run_privacy_example,
    )
)
kinds.register(
    Kind(name=DUPLICATE_RULE, grammar=DuplicateRule, title="疑似重复规则", run_example=run_rule_example)
)
prefill_sources.register(PrefillSource(key="person", load=_facts, items=ITEMS, load_many=people_facts))
reach_ways.register(PeopleReach())
dwelling_panels.register(PeopleAtTheDoor())
restamp.register(PeopleFollowTheirArea())
restamp.register(FollowsItsArea(key="people.emergencies", rows=to_review_in))
restamp.register(FollowsItsArea(key="people.local_ties", rows=ties_in))
MOST_COUNTED = 99


def _papers_card(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    """A hint on the first page, and none when nobody owes a paper."""
    found = len(first_missing(by=by, most=MOST_COUNTED + 1))
    return {"count": min(found, MOST_COUNTED), "more": found > MOST_COUNTED} if found else None


def _asked_card(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    """Requests that wait for an answer, the one due first on top, and nothing when none does."""
    found = list(open_requests(by=by)[: MOST_COUNTED + 1])
    if not found:
        return None
    return {
        "count": min(len(found), MOST_COUNTED),
        "more": len(found) > MOST_COUNTED,
        "due_on": found[0].due_on,
    }


def _to_review(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    found = to_review(by=by)
    return {"rows": found[:SHOWN], "more": len(found) > SHOWN} if found else None


def _to_review_words(card: dict[str, Any]) -> str:
    return f"{len(card['rows'])} 次{'以上' if card['more'] else ''}紧急查阅待复核"


home_cards.register(
    HomeCard(
        key="people.papers_missing",
        permission=REGISTER,
        order=45,
        template="people/papers_missing_card.html",
        query=_papers_card,
    )
)


def _declared_card(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    """What waits for a worker's word, and nothing when nothing does."""
    found = list(open_declarations(by=by)[: MOST_COUNTED + 1])
    return (
        {"count": min(len(found), MOST_COUNTED), "more": len(found) > MOST_COUNTED, "rows": found[:3]}
        if found
        else None
    )


home_cards.register(
    HomeCard(
        key="people.declared",
        permission=REGISTER,
        order=36,
        template="people/declared_card.html",
        query=_declared_card,
    )
)
home_cards.register(
    HomeCard(
        key="people.emergencies",
        permission=REVIEW_GLASS,
        order=7,
        template="people/emergencies_card.html",
        query=_to_review,
        words=_to_review_words,
    )
)
home_cards.register(
    HomeCard(
        key="people.requests",
        permission=SERVE_RIGHTS,
        order=34,
        template="people/requests_card.html",
        query=_asked_card,
    )
)
stranger_actions.register(
    StrangerAction(
        key="people.glass",
        label="紧急查阅",
        permission=BREAK_GLASS,
        url_name="people:glass",
        same_street=True,
    )
)
card_desks.register(CardDesk(key="people", permission=FIND, url_name="people:card"))
export_sources.register(
    ExportSource(
        key="people.residents",
        where="yimen.registers.people.lists.Residents",
        permission=VIEW_FILE,
        rows=residents,
        alone=True,
    )
)
export_sources.register(
    ExportSource(
        key="people.papers_missing",
        where="yimen.registers.people.lists.PapersMissing",
        permission=REGISTER,
        rows=papers_missing,
    )
)
navigation.register(NavItem(label="居民", url_name="people:search", icon="users", permission=FIND, order=21))
timeline_sources.register(
    TimelineSource(
        key="imports.origin",
        permission=VIEW_FILE,
        deeds=origin_deeds,
        rows=origin_table(),
    )
)
importers.register(
    Importer(
        key="people.residents",
        title="居民",
        unit="人",
        order=10,
        permission=REGISTER,
        columns=COLUMNS,
        together=TOGETHER,
        check=check_rows,
        write=write_rows,
        undo=withdraw_people,
        page=lambda person: reverse("people:file", args=[person]),
        areas=areas_to_choose,
        afterwards=doubles_among,
        hint="一人一行。同一户的人写同一个户号、排在一起，户主一栏写“户主”，住户随之建立。",
    )
)
for _proof in PROOFS:
    proofs.register(_proof)
keyed_indexes.register(
    KeyedIndex(key="people.files", title="居民档案的证件与电话", left=left_to_rebuild, rebuild=rebuild_index)
)


def _offices(people: Sequence[UUID], *, by: Actor) -> dict[str, Any] | None:
    found = organisations.officers_of(people, by=by)
    return {"offices": found} if found else None


def _file_of(person: UUID, *, by: Actor) -> str:
    return address("people:file", person) if by.can_somewhere(VIEW_FILE) else ""


file_cards.register(
    FileCard(
        key="people.offices",
        title="社会任职",
        order=85,
        permission=organisations.VIEW_ORGANISATIONS,
        template="people/offices_card.html",
        load=_offices,
    )
)
file_actions.register(
    FileAction(
        key="people.take_office",
        label="登记任职",
        icon="users",
        order=85,
        permission=organisations.KEEP,
        url=lambda person, *, by: address("people:take_office", person),
    )
)
person_pages.register(PersonPage(key="people", url=_file_of))
navigation.register(
    NavItem(
        label="核实新鲜度", url_name="people:freshness", icon="chart-bar", permission=VIEW_PLACES, order=47
    )
)
navigation.register(
    NavItem(label="待确认申报", url_name="people:declarations", icon="qrcode", permission=REGISTER, order=24)
)
building_actions.register(
    BuildingAction(
        key="people.sheet",
        label="打印扫码申报",
        icon="qrcode",
        permission=CHECK_DWELLINGS,
        url_name="people:building_sheet",
    )
)
area_counts.register(AreaCount(key="people", title="居住的人", order=10, count=living_in))
retentions.register(Retention(key="people_emergencies", rows=reviewed_before))
retentions.register(Retention(key="people_own_pages", rows=over_before))
retentions.register(Retention(key="people_rights", rows=answered_before))
retentions.register(Retention(key="people_door_deeds", rows=noted_before))
retentions.register(Retention(key="people_files", rows=gone_before, clear=empty_files))
