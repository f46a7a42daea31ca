"""What people fills in for others, and what others fill in for people."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from yimen.foundations.forms.ports import prefill_sources
from yimen.foundations.messages.ports import reach_ways
from yimen.registers.people import api as people
from yimen.registers.people import ports
from yimen.registers.places import api as places
from yimen.registers.places.ports import dwelling_panels

HOME, NEXT_DOOR, FAR = "330212007001", "330212007002", "330212008001"
TODAY = date(2026, 11, 20)
WOMAN = "11010519491231002X"


def test_forms_are_filled_with_facts_and_their_source(street, register):
    person = register("赵敏", id_number=WOMAN, phone="13800138000", lives_address="东方丽都3幢501室")
    source = prefill_sources.get("person")
    facts = source.facts(
        person.public_id, ["name", "id_number", "address", "age", "hukou_address"], by=street, on=TODAY
    )
    assert {name: fact.value for name, fact in facts.items()} == {
        "person.name": "赵敏",
        "person.id_number": WOMAN,
        "person.address": "东方丽都3幢501室",
        "person.age": 76,
    }
    assert facts["person.name"].source == "来自居民档案 2026年11月20日（窗口登记）"


def test_nothing_is_filled_for_a_stranger(areas, acting, system, stranger, register):
    with acting(system):
        person = register("赵敏", id_number=WOMAN)
    with acting(stranger):
        assert prefill_sources.get("person").facts(person.public_id, ["name"], by=stranger, on=TODAY) == {}


def test_who_cannot_read_is_called_and_who_said_so_is_reached_that_way(street, register, now):
    plain, deaf = register("赵敏", phone="13800138000"), register("李秀英", phone="13900139000")
    people.set_reach_way(
        by=street, at=now, person=deaf.public_id, way="child", value="13700137000", note="找女儿"
    )
    people.set_reach_way(by=street, at=now, person=deaf.public_id, way="hard_of_hearing")
    source = reach_ways.get("people")
    reach = source.reach_of(plain.public_id, by=street)
    assert [way.kind.value for way in reach.ways] == ["call", "knock"]
    assert source.phone_of(plain.public_id, way=reach.ways[0], by=street) == "13800138000"
    reach = source.reach_of(deaf.public_id, by=street)
    assert [(way.kind.value, way.note) for way in reach.ways] == [("relative", "找女儿；耳背")]
    assert source.phone_of(deaf.public_id, way=reach.ways[0], by=street) == "13700137000"
    people.record_death(by=street, at=now, person=deaf.public_id, died_on=TODAY)
    assert source.reach_of(deaf.public_id, by=street).died


def test_the_door_tells_who_lives_behind_it_and_no_more(areas, acting, system, now, register):
    with acting(system):
        estate = places.add_estate(by=system, at=now, community=HOME, name="东方丽都")
        building = places.add_building(by=system, at=now, estate=estate, number="3", floors=18)
        door = places.add_dwelling(by=system, at=now, building=building, floor=5, room="501")
        register("赵敏", lives_at=door, birth_on=date(1949, 12, 31))
        gone = register("李秀英", lives_at=door)
        people.move_person(by=system, at=now, person=gone.public_id, on=TODAY, community=NEXT_DOOR)
        panel = dwelling_panels.get("people").load(door.public_id, by=system)
        assert [(one.name, one.birth_year) for one in panel.people] == [("赵敏", 1949)]


@pytest.fixture
def plugged():
    card = ports.FileCard(
        "test.note", "走访", 5, "people.find", "x.html", lambda people, *, by: {"person": people[0]}
    )
    secret = ports.FileCard(
        "test.secret", "健康", 6, "health.view", "x.html", lambda people, *, by: {"ill": True}
    )

    def deeds(ids, *, by, before, limit):
        made = [
            ports.FileDeed(
                at=datetime(2026, 1, day, tzinfo=ZoneInfo("Asia/Shanghai")),
                order=f"t{day:02d}",
                title=f"第{day}件",
            )
            for day in range(28, 0, -1)
        ]
        return [deed for deed in made if before is None or (deed.at, deed.order) < before][:limit]

    hidden = ports.TimelineSource("test.hidden", "health.view", lambda *a, **k: 1 / 0)
    shown = ports.TimelineSource("test.shown", "people.view_file", deeds)
    for registry, plug in (
        (ports.file_cards, card),
        (ports.file_cards, secret),
        (ports.timeline_sources, hidden),
        (ports.timeline_sources, shown),
    ):
        registry.register(plug)
    yield
    for registry, plug in (
        (ports.file_cards, card),
        (ports.file_cards, secret),
        (ports.timeline_sources, hidden),
        (ports.timeline_sources, shown),
    ):
        del registry._items[plug.key]


def test_cards_of_other_posts_are_left_out_without_a_word(street, register, plugged):
    person = register("赵敏")
    file = people.get_file(person.public_id, by=street, on=TODAY)
    shown = {card.key for card in file.cards}
    barred = {card.key for card in ports.file_cards if not street.can_somewhere(card.permission)}
    assert "test.note" in shown
    assert barred
    assert not shown & barred


def test_the_timeline_merges_sources_and_pages_by_key_without_gap_or_repeat(street, register, plugged):
    person = register("赵敏")
    file = people.get_file(person.public_id, by=street, on=TODAY)
    seen, before = [], ""
    while True:
        page = people.get_timeline(file, by=street, before=before, limit=10)
        seen += [deed.title for deed in page.deeds]
        before = page.before
        if not before:
            break
    assert seen == ["建档", *(f"第{day}件" for day in range(28, 0, -1))]


def test_a_reorganised_community_takes_its_people_along_and_leaves_old_figures(
    areas, acting, system, now, register
):
    with acting(system):
        person = register("赵敏", birth_on=date(1950, 1, 1), sex="female", since=date(2026, 1, 5), hukou=HOME)
        people.found_household(by=system, at=now, on=date(2026, 1, 5), householder=person.public_id)
        (new,) = places.reorganise_areas(
            by=system,
            at=now,
            on=date(2026, 11, 1),
            old=[HOME],
            new=[places.NewArea(parent="330212007", name="新东莺社区")],
        )
        card = people.person_card(person.public_id, by=system)
        assert (card.community, card.residence_kind) == (new, "local")
        assert people.population(HOME, date(2026, 10, 1), by=system).count() == 1
        assert people.population(HOME, TODAY, by=system).count() == 0
        assert people.population(new, TODAY, by=system).count(sex="female", age_from=65) == 1
        house = people.household_of(person.public_id, by=system)
        assert people.get_household(house, by=system).community == new
    with acting(system):
        assert [found.community for found in people.find_people("赵敏", by=system)] == [new]
