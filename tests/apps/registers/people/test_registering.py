from datetime import date

import pytest
from django.db import IntegrityError, transaction

from yimen.foundations.audit import api as audit
from yimen.kernel.refusals import Conflict, NotAllowed
from yimen.registers.people import api as people
from yimen.registers.places import api as places
from yimen.standards.citizen_id import check_character

HOME, NEXT_DOOR, FAR = "330212007001", "330212007002", "330212008001"
TODAY = date(2026, 11, 20)
WOMAN = "11010519491231002X"


def id_number(birth, sequence="002", division="330212"):
    return division + birth + sequence + check_character(division + birth + sequence)


def test_three_facts_are_enough_and_papers_follow(street, now):
    person = people.register_person(
        by=street,
        at=now,
        name="王秀兰",
        phone="13800138000",
        lives_address="东方丽都3幢501室",
        community=HOME,
    )
    card = people.person_card(person.public_id, by=street, on=TODAY)
    assert (card.name, card.phone_tail, card.address) == ("王秀兰", "8000", "东方丽都3幢501室")
    assert card.doubts == ("papers_missing",)
    assert card.birth_on is None
    people.add_document(by=street, at=now, person=person.public_id, kind="id_card", number=WOMAN)
    card = people.person_card(person.public_id, by=street, on=TODAY)
    assert (card.doubts, card.birth_on, card.sex_value) == ((), date(1949, 12, 31), "female")


@pytest.mark.parametrize("typed", [WOMAN, "１１０１０５１９４９１２３１００２ｘ", "110105 19491231 002x"])
def test_birth_and_sex_come_from_the_id_number(street, now, typed):
    person = people.register_person(by=street, at=now, name="赵敏", id_number=typed, community=HOME)
    card = people.person_card(person.public_id, by=street, on=TODAY)
    assert (card.birth_on, card.sex_value, card.age) == (date(1949, 12, 31), "female", 76)
    assert card.doubts == ()


def test_what_differs_from_the_number_is_noted_and_stops_nothing(street, now):
    person = people.register_person(
        by=street, at=now, name="赵敏", id_number=WOMAN, sex="male", birth_on=date(1950, 1, 1), community=HOME
    )
    card = people.person_card(person.public_id, by=street)
    assert (card.birth_on, card.sex_value) == (date(1950, 1, 1), "male")
    assert set(card.doubts) == {"sex_differs", "birth_differs"}


def test_a_sex_that_nobody_knows_is_refused_and_not_kept(street, now):
    with pytest.raises(people.CannotRegister, match="性别只能是") as refused:
        people.register_person(by=street, at=now, name="赵敏", sex="2", community=HOME)
    assert refused.value.findings[0].field == "sex"


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("110105199003078888", "校验位"),
        ("330212199002300024", "不存在"),
        (id_number("20301231"), "之后"),
        ("1101051949123100", "18 位"),
    ],
)
def test_a_number_that_cannot_be_is_refused_with_its_reason(street, now, number, says):
    with pytest.raises(people.CannotRegister, match=says) as refused:
        people.register_person(by=street, at=now, name="赵敏", id_number=number, community=HOME)
    assert refused.value.findings[0].field == "id_number"


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (id_number("19800101", division="810000"), "id_card"),
        (id_number("19800101", division="830000"), "id_card"),
        (id_number("19800101", division="933156"), "foreign_resident_card"),
    ],
)
def test_permits_of_hong_kong_macao_taiwan_and_foreigners_are_taken(street, now, number, kind):
    person = people.register_person(by=street, at=now, name="陈家明", id_number=number, community=HOME)
    file = people.get_file(person.public_id, by=street, on=TODAY)
    assert [line.kind for line in file.documents] == [kind]
    assert file.birth_on == date(1980, 1, 1)


@pytest.mark.requirement("S1-38")
def test_a_known_number_names_the_known_file(street, now):
    people.register_person(
        by=street, at=now, name="赵敏", id_number=WOMAN, community=HOME, lives_address="东方丽都3幢501室"
    )
    with pytest.raises(people.AlreadyRegistered, match="赵敏，东方丽都3幢501室，档案号"):
        people.register_person(by=street, at=now, name="赵明", id_number=WOMAN.lower(), community=NEXT_DOOR)
    with pytest.raises(people.CannotRegister, match="校验位"):
        people.register_person(by=street, at=now, name="赵明", id_number="110105194912310021", community=HOME)
    found = people.find_people("赵敏", by=street)[0]
    fact = people.person_facts(found.public_id, by=street, on=TODAY)["birth_on"]
    assert fact.source == "来自居民档案 2026年11月20日（窗口登记）"


def test_a_known_number_of_another_street_tells_only_a_masked_name(areas, acting, clerk, stranger, now):
    with acting(stranger):
        people.register_person(by=stranger, at=now, name="赵敏华", id_number=WOMAN, community=FAR)
    with acting(clerk), pytest.raises(people.AlreadyRegistered) as refused:
        people.register_person(by=clerk, at=now, name="赵敏华", id_number=WOMAN, community=HOME)
    assert "赵*华（百丈街道）" in refused.value.sentence
    assert "赵敏华" not in refused.value.sentence
    assert refused.value.facts == {"who": "赵*华（百丈街道）"}


def test_the_same_click_twice_makes_one_file(street, now):
    told = {"by": street, "at": now, "name": "王秀兰", "community": HOME, "request_key": "form-7"}
    first = people.register_person(**told)
    again = people.register_person(**told)
    assert first.public_id == again.public_id
    assert len(people.find_people("王秀兰", by=street)) == 1


def test_nobody_registers_where_she_may_not(street, now):
    with pytest.raises(NotAllowed):
        people.register_person(by=street, at=now, name="王秀兰", community=FAR)


def test_every_file_leaves_a_trail_without_the_facts_that_hurt(street, now):
    person = people.register_person(
        by=street, at=now, name="王秀兰", phone="13800138000", id_number=WOMAN, community=HOME
    )
    rows = list(audit.trail_of(person.public_id, by=street))
    assert [row.verb for row in rows] == ["people.person.registered"]
    told = str(audit.details_of(rows, by=street))
    assert not any(secret in told for secret in ("王秀兰", "13800138000", WOMAN, "1949"))


def test_an_import_follows_the_same_rules_and_leaves_one_row(street, now):
    batch = [
        people.NewPerson("王建国", HOME, id_number=id_number("19600101", "011"), household="1", role="02"),
        people.NewPerson("李秀英", HOME, id_number=id_number("19620202", "022"), household="1", role="12"),
        people.NewPerson("王小明", HOME, birth_on=date(1990, 3, 3), sex="male", household="1", role="20"),
        people.NewPerson("孙娜", NEXT_DOOR, phone="13912345678"),
    ]
    ids = people.import_people(by=street, at=now, people=batch)
    assert len(ids) == 4
    cards = [people.find_people(new.name, by=street)[0] for new in batch]
    assert [str(card.public_id) for card in cards] == ids
    assert [card.householder for card in cards] == ["王建国", "王建国", "王建国", ""]
    trail = [row for row in audit.trail(by=street) if row.verb == "people.people.imported"]
    assert len(trail) == 1
    house = people.get_household(people.household_of(cards[0].public_id, by=street), by=street)
    assert [(member.name, member.role_label) for member in house.present] == [
        ("王建国", "户主"),
        ("李秀英", "妻"),
        ("王小明", "子"),
    ]


def test_an_import_with_one_mistake_stores_nothing(street, now):
    good = people.NewPerson("王建国", HOME, id_number=WOMAN)
    with pytest.raises(people.CannotRegister, match="第 2 人：身份证号码的校验位不对"):
        people.import_people(
            by=street, at=now, people=[good, people.NewPerson("李四", HOME, id_number="110105199003078888")]
        )
    with pytest.raises(people.CannotRegister, match="第 1 人和第 2 人的证件号码相同"):
        people.import_people(
            by=street, at=now, people=[good, people.NewPerson("李四", HOME, id_number=WOMAN)]
        )
    assert people.find_people("王建国", by=street) == []


def test_numbers_and_phones_are_sealed_in_the_database(street, now):
    from django.db import connection

    people.register_person(
        by=street, at=now, name="赵敏", id_number=WOMAN, phone="13800138000", community=HOME
    )
    tables = ("people_person", "people_persondocument", "people_searchkey")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT string_agg({table}::text, ' ') FROM {table}")
            stored = cursor.fetchone()[0]
            assert WOMAN not in stored, table
            assert "13800138000" not in stored, table
            assert WOMAN.encode().hex() not in stored, table


def test_two_windows_cannot_give_one_number_to_two_files(street, register, now):
    from yimen.registers.people.models import PersonDocument

    first = register("赵敏", id_number=WOMAN)
    other = register("赵明")
    paper = PersonDocument.objects.get(person=first)
    twin = PersonDocument(
        person=other, kind="id_card", number=WOMAN, number_hash=paper.number_hash, since=TODAY
    )
    assert issubclass(people.AlreadyRegistered, Conflict)
    with audit_free(), pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def audit_free():
    from yimen.foundations.bus.api import Deed, open_deed
    from yimen.kernel.ids import uuid7

    return open_deed(Deed(id=uuid7(), verb="tests", by=None, at=None))


def test_the_grid_of_the_door_decides_who_sees_her(areas, acting, system, make_actor, now):
    with acting(system):
        grid = places.open_area(by=system, at=now, parent=HOME, name="二网格", since=date(2020, 1, 1)).code
        estate = places.add_estate(by=system, at=now, community=HOME, name="东方丽都")
        building = places.add_building(by=system, at=now, estate=estate, number="3", floors=18, grid=grid)
        door = places.add_dwelling(by=system, at=now, building=building, room="501", floor=5)
        mine = people.register_person(by=system, at=now, name="王秀兰", community=HOME, lives_at=door)
        people.register_person(by=system, at=now, name="王秀珍", community=HOME)
    worker = make_actor("people.find", area=grid)
    with acting(worker):
        found = people.find_people("王秀", by=worker)
        assert [card.public_id for card in found] == [mine.public_id]
        assert people.find_people("3-501", by=worker) == found
        assert people.find_people("东方丽都3幢501", by=worker) == found
