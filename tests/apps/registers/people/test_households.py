"""Households are divided, united and led by somebody else; in any order each person is in one (住户变动)."""

import re
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.apps.registers.people.conftest import FAR, HOME, NEXT_DOOR, STREET
from tests.apps.registers.people.test_doubles import text_of
from tests.conftest import NOW, TODAY
from yimen.foundations.audit.api import prove
from yimen.kernel.actor import system_actor
from yimen.kernel.refusals import Refused
from yimen.registers.people import api as people
from yimen.registers.people.models import Membership

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("tests")
NAMES = ["王建国", "李秀英", "王小明", "王小红", "陈志强", "周桂兰"]
HEAD, SPOUSE, CHILD, NONE = "02", "10", "20", "99"


@pytest.fixture
def family(areas, acting, register):
    """A householder with wife and two children, and a couple next door."""
    with acting(SYSTEM):
        made = [
            register(
                name,
                community=HOME if number < 4 else NEXT_DOOR,
                role=HEAD if number in (0, 4) else "",
                lives_address="东方丽都3幢501室" if number < 4 else "雅苑1幢101室",
                since=date(2020, 1, 1),
            ).public_id
            for number, name in enumerate(NAMES)
        ]
        for member, head, role in ((1, 0, SPOUSE), (2, 0, CHILD), (3, 0, CHILD), (5, 4, SPOUSE)):
            people.join_household(
                by=SYSTEM, at=NOW, on=date(2021, 1, 1), person=made[member], role=role,
                household=people.household_of(made[head], by=SYSTEM),
            )  # fmt: skip
    return made


def house_of(person):
    return people.household_of(person, by=SYSTEM)


def present(house):
    return {one.name: one.role for one in people.get_household(house, by=SYSTEM).present}


def differing():
    with connection.cursor() as cursor:
        return {one.key: one.found.examples for one in prove(cursor, only=["people"]) if one.found.different}


def roles_in(client, address, **told):
    """The form of a page as it is sent: {label: value} becomes fields."""
    page = text_of(client.get(address))
    fields = {}
    for name, role in told.items():
        fields[re.search(rf'for="id_(role-[0-9]+)"[^>]*>\s*{name}', page)[1]] = role
    return fields


def test_a_daughter_and_her_brother_found_a_household_of_their_own(family, enter, acting):
    with acting(SYSTEM):
        house = house_of(family[0])
    client = enter()
    address = f"/people/households/{house}/divide"
    told = roles_in(client, address, 王小红=HEAD, 王小明="71") | {"on": "2026-11-01"}
    told |= {name: "stays" for name in ("role-0", "role-1", "role-2", "role-3") if name not in told}
    made = client.post(address, told)
    assert made.status_code == 302, text_of(made)
    with acting(SYSTEM):
        assert present(house) == {"王建国": HEAD, "李秀英": SPOUSE}
        assert present(house_of(family[3])) == {"王小红": HEAD, "王小明": "71"}
        assert people.get_file(family[2], by=SYSTEM, on=TODAY).householder == "王小红"
        assert differing() == {}
    page = text_of(client.get(f"/people/households/{house}/"))
    assert "以前的成员" in page


def test_a_button_pressed_twice_founds_one_household(family, enter, acting):
    client = enter()
    first, second = (
        client.post(f"/people/{family[1]}/household", {"on": "2026-11-01"}).headers["location"]
        for _ in range(2)
    )
    assert first == second
    with acting(SYSTEM):
        assert first == f"/people/households/{house_of(family[1])}/"
        assert present(house_of(family[1])) == {"李秀英": HEAD}
        # Another day is another deed: the first stays as history.
        later = people.found_household(by=SYSTEM, at=NOW, on=date(2026, 11, 2), householder=family[1])
        assert first != f"/people/households/{later.public_id}/"
        assert differing() == {}


@pytest.mark.parametrize(
    ("leaving", "says"),
    [
        ({}, "请选择分出去的人"),
        ({2: CHILD}, "请选一位户主"),
        ({2: HEAD, 3: HEAD}, "一户只能有一位户主"),
        ({0: HEAD, 1: SPOUSE, 2: CHILD, 3: CHILD}, "整户都选了"),
        ({4: HEAD}, "现在不在这户"),
    ],
)
def test_a_household_is_not_divided_into_what_is_none(family, acting, leaving, says):
    with acting(SYSTEM), pytest.raises(people.CannotJoinHousehold, match=says):
        people.divide_household(
            by=SYSTEM, at=NOW, on=TODAY, household=house_of(family[0]),
            leaving={family[one]: role for one, role in leaving.items()},
        )  # fmt: skip


def test_two_households_become_one_and_the_empty_one_stays_as_history(family, enter, acting):
    with acting(SYSTEM):
        kept, gone = house_of(family[0]), house_of(family[4])
    client = enter()
    address = f"/people/households/{kept}/unite"
    assert "先找到要并过来的那户" in text_of(client.get(address))
    chosen = client.post(f"{address}?q=周桂兰", {"other": str(gone)})
    assert chosen.url == f"{address}?other={gone}"
    refused = client.post(chosen.url, {"on": "2026-11-01", "role-0": HEAD, "role-1": NONE})
    assert refused.status_code == 422
    assert "已有户主" in text_of(refused)
    done = client.post(chosen.url, {"on": "2026-11-01", "role-0": "51", "role-1": "52"})
    assert done.status_code == 302, text_of(done)
    with acting(SYSTEM):
        assert present(kept) == {
            "王建国": HEAD, "李秀英": SPOUSE, "王小明": CHILD, "王小红": CHILD, "陈志强": "51", "周桂兰": "52",
        }  # fmt: skip
        assert present(gone) == {}
        assert {one.name for one in people.get_household(gone, by=SYSTEM).former} == {"陈志强", "周桂兰"}
        assert people.get_file(family[4], by=SYSTEM, on=TODAY).householder == "王建国"
        assert differing() == {}


def test_the_wife_becomes_householder_and_everybody_is_told_anew_who_she_is(family, enter, acting):
    with acting(SYSTEM):
        house = house_of(family[0])
    client = enter()
    address = f"/people/households/{house}/lead"
    told = roles_in(client, address, 李秀英=HEAD, 王建国=SPOUSE, 王小明=CHILD, 王小红=CHILD)
    nobody = client.post(address, told | {"on": "2026-11-01", **dict.fromkeys(told, NONE)})
    assert "请选一位户主" in text_of(nobody)
    ahead = client.post(address, told | {"on": "2099-01-01"})
    assert "日期在今天之后" in text_of(ahead)
    assert client.post(address, told | {"on": "2026-11-01"}).status_code == 302
    with acting(SYSTEM):
        assert present(house) == {"李秀英": HEAD, "王建国": SPOUSE, "王小明": CHILD, "王小红": CHILD}
        assert people.get_file(family[2], by=SYSTEM, on=TODAY).householder == "李秀英"
        # Who kept her relation keeps her seat; the others have a history.
        assert Membership.objects.filter(person__public_id=family[2]).count() == 1
        assert Membership.objects.filter(person__public_id=family[0]).count() == 2
        assert differing() == {}


def test_the_other_street_arranges_nothing_here(family, enter, acting):
    with acting(SYSTEM):
        house = house_of(family[0])
    stranger = enter(area="330212008")
    for deed in ("lead", "divide", "unite"):
        assert stranger.get(f"/people/households/{house}/{deed}").status_code == 404
        assert stranger.post(f"/people/households/{house}/{deed}", {"on": "2026-11-01"}).status_code == 404


def test_who_is_dead_joins_nobody_and_no_day_is_told_twice(family, acting):
    with acting(SYSTEM):
        house = house_of(family[0])
        people.leave_household(by=SYSTEM, at=NOW, on=date(2026, 6, 1), person=family[3])
        again = {"by": SYSTEM, "at": NOW, "person": family[3], "household": house, "role": CHILD}
        with pytest.raises(people.CannotJoinHousehold, match="以前的住户"):
            people.join_household(on=date(2026, 5, 1), **again)
        people.record_death(by=SYSTEM, at=NOW, person=family[3], died_on=date(2026, 7, 1))
        with pytest.raises(people.CannotJoinHousehold, match="死亡"):
            people.join_household(on=date(2026, 8, 1), **again)


# Mostly today, so that most deeds are done; now and then a day that is told already.
DAYS = st.sampled_from([0, 0, 0, 1, 2, 30, 200]).map(lambda back: TODAY - timedelta(back))
WHO = st.integers(0, 5)
ROLE = st.sampled_from([HEAD, SPOUSE, CHILD, NONE])


class FamiliesInAnyOrder(RuleBasedStateMachine):
    """Whatever is done in whatever order: one household each, one householder, no day twice, figures that add up."""

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.merged = []

    def teardown(self):
        try:
            self.copies_keys_and_figures_are_those_of_the_rows()
            self.on_any_day_the_communities_add_up_to_their_street_and_county()
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    @initialize()
    def a_family_and_a_couple(self):
        self.family = [
            people.register_person(
                by=SYSTEM, at=NOW, name=name, community=HOME if number < 4 else NEXT_DOOR, sex="female",
                birth_on=date(1950 + 9 * number, 2, 28), hukou=HOME, since=date(2025, 3, 1),
                role=HEAD if number in (0, 4) else "",
            ).public_id
            for number, name in enumerate(NAMES)
        ]  # fmt: skip

    def do(self, operation, **told):
        """A deed is done or refused in a sentence; nothing else, and a refusal leaves nothing behind."""
        try:
            with transaction.atomic():
                return operation(by=SYSTEM, at=NOW, **told)
        except Refused:
            return None

    @rule(who=WHO, on=DAYS)
    def found(self, who, on):
        self.do(people.found_household, on=on, householder=self.family[who])

    @rule(who=WHO, whose=WHO, role=ROLE, on=DAYS)
    def join(self, who, whose, role, on):
        if house := house_of(self.family[whose]):
            self.do(people.join_household, on=on, person=self.family[who], household=house, role=role)

    @rule(who=WHO, on=DAYS)
    def leave(self, who, on):
        self.do(people.leave_household, on=on, person=self.family[who])

    @rule(whose=WHO, roles=st.dictionaries(WHO, ROLE, max_size=3), on=DAYS)
    def divide(self, whose, roles, on):
        if house := house_of(self.family[whose]):
            told = {self.family[who]: role for who, role in roles.items()}
            self.do(people.divide_household, on=on, household=house, leaving=told)

    @rule(whose=WHO, other=WHO, role=ROLE, on=DAYS)
    def unite(self, whose, other, role, on):
        keep, gone = (house_of(self.family[one]) for one in (whose, other))
        if keep and gone:
            coming = people.get_household(gone, by=SYSTEM).present
            roles = {one.person: role if number == 0 else NONE for number, one in enumerate(coming)}
            self.do(people.unite_households, on=on, keep=keep, other=gone, roles=roles)

    @rule(whose=WHO, head=WHO, on=DAYS)
    def lead(self, whose, head, on):
        if house := house_of(self.family[whose]):
            seats = people.get_household(house, by=SYSTEM).present
            roles = {one.person: HEAD if one.person == self.family[head] else CHILD for one in seats}
            self.do(people.change_householder, on=on, household=house, roles=roles)

    @rule(who=WHO, where=st.sampled_from([HOME, NEXT_DOOR, FAR, ""]), on=DAYS)
    def move(self, who, where, on):
        self.do(people.move_person, person=self.family[who], on=on, community=where)

    @rule(who=WHO, on=DAYS)
    def die(self, who, on):
        self.do(people.record_death, person=self.family[who], died_on=on)

    @rule(who=WHO)
    def rise(self, who):
        self.do(people.undo_death, person=self.family[who], reason="登记错误")

    @rule(keep=WHO, alias=WHO)
    def merge(self, keep, alias):
        if keep != alias and self.do(
            people.merge_people, keep=self.family[keep], alias=self.family[alias], reason="同一人"
        ):
            self.merged.append(self.family[alias])

    @rule(which=st.integers(0, 5))
    def part(self, which):
        if self.merged:
            self.do(people.undo_merge, alias=self.merged[which % len(self.merged)], reason="两个人")

    @invariant()
    def everybody_is_in_one_household_at_a_time_and_each_has_one_householder(self):
        by_person, led = defaultdict(list), defaultdict(list)
        for seat in Membership.objects.order_by("since"):
            by_person[seat.person_id].append(seat)
            if seat.role == HEAD:
                led[seat.household_id].append(seat)
        for rows in (*by_person.values(), *led.values()):
            for earlier, later in pairwise(rows):
                assert earlier.until is not None
                assert earlier.until <= later.since

    @invariant()
    def the_householder_on_the_file_is_the_one_of_the_household(self):
        for person in self.family:
            file = people.get_file(person, by=SYSTEM, on=TODAY, with_cards=False)
            heads = [one.name for one in file.members if one.role == HEAD]
            assert [file.householder] == (heads or [""])

    def copies_keys_and_figures_are_those_of_the_rows(self):
        assert differing() == {}

    def on_any_day_the_communities_add_up_to_their_street_and_county(self):
        for on in (TODAY - timedelta(200), TODAY - timedelta(31), TODAY):
            counts = {
                area: self.count(area, on) for area in (HOME, NEXT_DOOR, FAR, STREET, "330212008", "330212")
            }
            assert counts[HOME] + counts[NEXT_DOOR] == counts[STREET]
            assert counts[FAR] == counts["330212008"]
            assert counts[STREET] + counts[FAR] == counts["330212"]

    @staticmethod
    def count(area, on):
        return sum(cell.count for cell in people.population(area, on, by=SYSTEM).cells)


def test_families_keep_every_promise_under_random_sequences(areas, acting):
    with acting(SYSTEM):
        run_state_machine_as_test(
            FamiliesInAnyOrder,
            settings=settings(
                max_examples=20,
                stateful_step_count=15,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
