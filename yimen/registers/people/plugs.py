"""What people fills in below: prefilled answers, how to be reached, the panel of a door, the navigation."""

from datetime import datetime
from typing import Any
from uuid import UUID

from yimen.foundations.audit.ports import proofs
from yimen.foundations.definitions.ports import Kind, kinds
from yimen.foundations.forms.ports import PrefillSource, prefill_sources
from yimen.foundations.messages.ports import Reach, Way, reach_ways
from yimen.foundations.ui.ports import CardDesk, HomeCard, NavItem, card_desks, home_cards, navigation
from yimen.kernel.actor import Actor
from yimen.registers.people.engine.duplicates import KIND as DUPLICATE_RULE
from yimen.registers.people.engine.duplicates import DuplicateRule, run_rule_example
from yimen.registers.people.engine.rights_practice import KIND as RIGHTS_PRACTICE
from yimen.registers.people.engine.rights_practice import RightsPractice
from yimen.registers.people.operations.restamping import carry_over_people
from yimen.registers.people.permissions import FIND, REGISTER
from yimen.registers.people.queries.doubts import first_missing
from yimen.registers.people.queries.dwellings import people_at
from yimen.registers.people.queries.facts import ITEMS, people_facts, person_facts
from yimen.registers.people.queries.persons import NoSuchPerson
from yimen.registers.people.queries.proofs import PROOFS
from yimen.registers.people.queries.reach import person_phone, person_reach
from yimen.registers.places.ports import AreaMove, dwelling_panels, restamp


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
        return people_at(dwelling, by=by)


class PeopleFollowTheirArea:
    """Residents when areas are reorganised."""

    key = "people"

    def carry_over(self, *, by: Actor, at: datetime, move: AreaMove) -> int:
        return carry_over_people(by=by, at=at, move=move)


kinds.register(Kind(name=RIGHTS_PRACTICE, grammar=RightsPractice, title="权利请求答复期限"))
kinds.register(
    Kind(name=DUPLICATE_RULE, grammar=DuplicateRule, title="疑似重复规则", run_example=run_rule_example)
)
prefill_sources.register(PrefillSource(key="person", load=_facts, items=ITEMS, load_many=people_facts))
reach_ways.register(PeopleReach())
dwelling_panels.register(PeopleAtTheDoor())
restamp.register(PeopleFollowTheirArea())
MOST_COUNTED = 99


def _papers_card(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    """A hint on the first page, and none when nobody owes a paper."""
    found = len(first_missing(by=by, most=MOST_COUNTED + 1))
    return {"count": min(found, MOST_COUNTED), "more": found > MOST_COUNTED} if found else None


home_cards.register(
    HomeCard(
        key="people.papers_missing",
        permission=REGISTER,
        order=45,
        template="people/papers_missing_card.html",
        query=_papers_card,
    )
)
card_desks.register(CardDesk(key="people", permission=FIND, url_name="people:card"))
navigation.register(NavItem(label="居民", url_name="people:search", icon="users", permission=FIND, order=21))
for _proof in PROOFS:
    proofs.register(_proof)
