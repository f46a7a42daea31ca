from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yimen.kernel.refusals import NotAllowed
from yimen.registers.people import api as people
from yimen.registers.people.rules.search import understand
from yimen.registers.places import api as places
from yimen.standards.citizen_id import check_character

HOME, NEXT_DOOR, FAR = "330212007001", "330212007002", "330212008001"
TODAY = date(2026, 11, 20)
WOMAN = "11010519491231002X"
once_per_example = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def found(text, by):
    return [card.name for card in people.find_people(text, by=by)]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("王小明", "王小明"),
        ("王小明", "王"),
        ("王小明", "小明"),
        ("王小明", "明"),
        ("王小明", "wangxiaoming"),
        ("王小明", "Wang Xiaoming"),
        ("王小明", "wxm"),
        ("王小明", "ｗｘｍ"),
        ("翟乐", "zhaile"),
        ("翟乐", "diyue"),
        ("单雄信", "shanxiongxin"),
        ("仇英", "qiuying"),
        ("吕丽", "lvli"),
        ("欧阳娜娜", "oynn"),
        ("欧阳娜娜", "娜娜"),
        ("𠮷田健", "𠮷田"),
        ("𠮷田健", "田健"),
        ("䶮文", "䶮"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("阿依古丽·买买提", "阿依古丽买买提"),
        ("阿依古丽·买买提", "阿依古丽•买"),
        ("阿依古丽·买买提", "买买提"),
        ("阿依古丽·买买提", "ayiguli"),
        ("John Smith", "john"),
        ("John Smith", "John Smith"),
        ("John Smith", "smith"),
    ],
)
def test_a_name_is_found_as_people_type_it(street, register, name, typed):
    register(name)
    register("钱多多")
    assert found(typed, street) == [name]


@pytest.mark.parametrize(
    "typed",
    [
        "东方丽都3幢2单元501室",
        "东方丽都3-2-501",
        "东方丽都3幢501",
        "3-501",
        "３－５０１",
        "3幢2单元501",
        "东方丽都",
    ],
)
def test_a_door_is_found_as_people_say_it(street, register, typed):
    register("王小明", lives_address="东方丽都3幢2单元501室")
    register("钱多多", lives_address="西河花园31幢501室")
    assert found(typed, street) == ["王小明"]


@pytest.mark.parametrize(
    "typed", ["13800138000", "138 0013 8000", "+86 138-0013-8000", "１３８００１３８０００"]
)
def test_a_telephone_is_found_in_full(street, register, typed):
    register("王小明", phone="13800138000")
    register("钱多多", phone="13800138001")
    assert found(typed, street) == ["王小明"]


@pytest.mark.requirement("S1-108")
def test_any_card_at_the_counter_finds_the_one_person(street, register, now):
    person = register(
        "王小明",
        id_number=WOMAN,
        documents=[("social_security_card", "A12345678"), ("old_file_number", "潘2009字0117")],
    )
    register("钱多多")
    people.add_document(by=street, at=now, person=person.public_id, kind="health_code", number="330212X8890Y")
    for typed in (
        WOMAN,
        WOMAN.lower(),
        WOMAN[:6] + WOMAN[8:17],
        "A12345678",
        "a12345678",
        "330212x8890y",
        "潘2009字0117",
        person.number,
        "002X",
    ):
        assert found(typed, street) == ["王小明"], typed


def test_two_words_narrow_each_other_down(street, register):
    register("王伟", lives_address="东方丽都3幢201室")
    register("王伟", lives_address="东方丽都5幢301室")
    register("李娜", lives_address="东方丽都3幢201室")
    assert len(people.find_people("王伟", by=street)) == 2
    assert [card.address for card in people.find_people("王伟 5-301", by=street)] == ["东方丽都5幢301室"]
    assert found("3-201 李", street) == ["李娜"]


def test_an_exact_name_comes_before_those_that_begin_with_it(street, register):
    for name in ("王伟明", "小王伟", "王伟"):
        register(name)
    assert found("王伟", street) == ["王伟", "王伟明", "小王伟"]


@pytest.mark.parametrize("typed", ["", "  ", "、", "%", "_", "' OR 1=1 --", "王%", "\x00", "?" * 500, "٣٣"])
def test_signs_find_nobody_and_break_nothing(street, register, typed):
    register("钱多多")
    assert found(typed, street) == []


def test_namesakes_are_told_apart_by_facts_and_never_by_birth_date(street, register):
    for building, phone in (("3", "13800138000"), ("5", "13900139000")):
        register(
            "张伟",
            id_number=number_of(int(building)),
            phone=phone,
            lives_address=f"东方丽都{building}幢201室",
        )
    cards = people.find_people("张伟", by=street, on=TODAY)
    hints = {card.hint for card in cards}
    assert len(hints) == 2
    for card in cards:
        assert card.birth_on is None
        assert card.age == 36
        assert card.id_tail
        assert "1990-01-01" not in card.hint
        assert "19900101" not in card.hint
    single = people.person_card(cards[0].public_id, by=street)
    assert (single.birth_on, single.id_tail) == (date(1990, 1, 1), "")


def number_of(index):
    body = f"33021219900101{index:03d}"
    return body + check_character(body)


def test_nobody_is_found_in_another_street(areas, acting, system, clerk, stranger, register, now):
    with acting(system):
        mine = register("王小明", id_number=WOMAN, phone="13800138000", lives_address="东方丽都3幢201室")
    typed = [
        "王小明",
        "小明",
        "wxm",
        "wangxiaoming",
        WOMAN,
        "002X",
        "13800138000",
        "3-201",
        "东方丽都",
        mine.number,
    ]
    with acting(clerk):
        assert all(found(text, clerk) == ["王小明"] for text in typed)
    with acting(stranger):
        assert not any(found(text, stranger) for text in typed)
    with acting(None), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_searchkey")
        assert cursor.fetchone() == (0,)


def test_a_community_finds_its_own_and_a_county_finds_all(areas, acting, system, make_actor, register):
    with acting(system):
        register("王小明", community=HOME)
        register("王小红", community=NEXT_DOOR)
        register("王小刚", community=FAR)
    for area, expected in (
        (HOME, {"王小明"}),
        ("330212007", {"王小明", "王小红"}),
        ("330212", {"王小明", "王小红", "王小刚"}),
    ):
        worker = make_actor("people.find", area=area)
        with acting(worker):
            assert set(found("王小", worker)) == expected


def test_who_may_not_find_people_is_told_so(areas, acting, make_actor):
    worker = make_actor("places.view")
    with acting(worker), pytest.raises(NotAllowed):
        people.find_people("王", by=worker)


@pytest.mark.parametrize("typed", ["王", "wxm", WOMAN, "002X", "13800138000", "3-201", "王小明 3-201"])
def test_a_search_takes_four_statements_however_many_are_found(street, register, typed):
    for _ in range(12):
        register("王小明", lives_address="东方丽都3幢201室", phone="13800138000")
    places.area_name(HOME)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        people.find_people(typed, by=street)
    assert len(queries) <= 4


def test_the_search_reaches_the_index_under_row_level_security(street, register):
    register("王小明")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(
            "EXPLAIN SELECT person_id FROM people_searchkey WHERE street = %s AND key >= %s AND key < %s",
            ["330212007", "n王", "n王\U0010ffff"],
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    condition = next(line for line in plan.splitlines() if "Index Cond" in line)
    assert "key" in condition
    assert "street" in condition


def test_a_complete_number_finds_a_stranger_as_a_minimal_card_and_leaves_a_look(
    areas, acting, system, clerk, stranger, register, now
):
    from yimen.foundations.audit import api as audit

    with acting(system):
        far = register(
            "赵敏华", id_number=WOMAN, phone="13800138000", community=FAR, lives_address="潜龙巷1号"
        )
    with acting(clerk):
        assert people.find_people(WOMAN, by=clerk) == []
        card = people.person_card_minimal(by=clerk, at=now, id_number=WOMAN, why="窗口办事")
        assert card == people.MinimalCard(far.public_id, "赵*华", "330212008", "百丈街道")
        assert people.person_card_minimal(by=clerk, at=now, id_number=number_of(9), why="窗口办事") is None
        with pytest.raises(people.NoSuchPerson):
            people.person_card(far.public_id, by=clerk)
    with acting(stranger):
        looks = list(audit.looks_at(far.public_id, by=stranger))
        assert [(look.actor, look.why) for look in looks] == [(clerk.key, "按完整证件号码查找：窗口办事")]


han = st.text(
    st.sampled_from("王李张刘陈杨赵黄周吴小明伟芳秀英敏静丽强磊军洋勇艳杰娟涛超霞平刚桂乐𠮷䶮"),
    min_size=2,
    max_size=4,
)


@once_per_example
@given(
    name=han,
    sequence=st.integers(1, 999),
    phone=st.integers(13000000000, 13999999999).map(str),
    building=st.integers(1, 99),
    room=st.integers(101, 3204),
)
def test_everyone_is_found_by_each_of_her_keys(street, register, name, sequence, phone, building, room):
    number = number_of(sequence)
    for card in people.find_people(number, by=street):
        name = card.name  # this number came up before: the same person again
        person = card
        break
    else:
        person = register(name, id_number=number, phone=phone, lives_address=f"东方丽都{building}幢{room}室")
        typed = [phone, f"东方丽都{building}-{room}", f"{building}幢{room}"]
        assert all(is_found(text, person.public_id, street) for text in typed)
    for text in (name, number, number[-4:], name[1:]):
        assert is_found(text, person.public_id, street), text


def is_found(text: str, public_id: UUID, by) -> bool:
    return any(card.public_id == public_id for card in people.find_people(text, by=by, limit=500))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_typed_is_understood_or_passed_over(text):
    search = understand(text)
    for word in search.words:
        for ask in word:
            assert ask.key
