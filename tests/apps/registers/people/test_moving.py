from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yimen.foundations.access.api import create_account, tie
from yimen.foundations.audit import api as audit
from yimen.kernel.actor import Actor, ActorKind, Hold
from yimen.kernel.refusals import NotAllowed
from yimen.registers.people import api as people
from yimen.registers.people import permissions

HOME, NEXT_DOOR, FAR = "330212007001", "330212007002", "330212008001"
TODAY = date(2026, 11, 20)
WOMAN = "11010519491231002X"


def file_of(person, by):
    return people.get_file(person.public_id, by=by, on=TODAY)


def test_a_move_ends_one_address_and_begins_the_other(street, register, now):
    person = register(
        "王秀兰",
        lives_address="东方丽都3幢501室",
        hukou=HOME,
        hukou_address="东莺路8号",
        since=date(2020, 1, 1),
    )
    people.move_person(
        by=street,
        at=now,
        person=person.public_id,
        on=date(2026, 11, 1),
        community=NEXT_DOOR,
        address="雅苑5幢101室",
    )
    file = file_of(person, street)
    lives = [(line.address, line.since, line.until) for line in file.addresses if line.kind == "lives"]
    assert lives == [
        ("雅苑5幢101室", date(2026, 11, 1), None),
        ("东方丽都3幢501室", date(2020, 1, 1), date(2026, 11, 1)),
    ]
    assert (file.community, file.address) == (NEXT_DOOR, "雅苑5幢101室")
    assert file.apart == "户口在本街道东莺社区"
    assert [card.name for card in people.find_people("5-101", by=street)] == ["王秀兰"]
    assert people.find_people("3-501", by=street) == []


def test_hukou_here_and_living_elsewhere_is_said(street, register, now):
    away = register("王秀兰", lives_here=False, lives_address="上海市徐汇区")
    incomer = register("李小双", hukou_address="安徽省阜阳市", since=date(2026, 10, 1))
    assert file_of(away, street).apart == "人户分离：户口在这里，人住在别处"
    file = file_of(incomer, street)
    assert (file.residence_label, file.settles_on) == ("人在户不在", date(2027, 4, 1))


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"on": date(2026, 12, 1), "community": NEXT_DOOR}, "今天之后"),
        ({"on": date(2019, 1, 1), "community": NEXT_DOOR}, "早于现住址"),
        ({"on": TODAY, "community": "330212007"}, "请选择社区"),
        ({"on": TODAY, "community": NEXT_DOOR, "kind": "somewhere"}, "没有这种地址类别"),
    ],
)
def test_a_move_that_cannot_be_is_refused(street, register, now, told, says):
    person = register("王秀兰", since=date(2020, 1, 1))
    with pytest.raises(people.CannotMove, match=says):
        people.move_person(by=street, at=now, person=person.public_id, **told)


def test_the_dead_do_not_move(street, register, now):
    person = register("王秀兰", since=date(2020, 1, 1))
    people.record_death(by=street, at=now, person=person.public_id, died_on=date(2026, 11, 2))
    with pytest.raises(people.CannotMove, match="死亡"):
        people.move_person(by=street, at=now, person=person.public_id, on=TODAY, community=NEXT_DOOR)


def test_nobody_moves_a_person_where_she_may_not_register(street, register, now):
    person = register("王秀兰")
    with pytest.raises(NotAllowed):
        people.move_person(by=street, at=now, person=person.public_id, on=TODAY, community=FAR)


@audit.operation("tests.case.accepted")
def let_see(*, by, at, account, person):
    tie(by=by, at=at, account=account, kind="person", subject=person.public_id, reason="办件 007-261120-0001")
    audit.record(person, kind="person", area=person.area)


def test_a_tie_lets_the_other_street_take_her_in(areas, acting, system, clerk, now, register):
    with acting(system):
        person = register("赵敏", id_number=WOMAN, phone="13800138000", lives_address="东方丽都3幢501室")
        account = create_account(
            by=system,
            at=now,
            username="chenyuan",
            name="陈远",
            password="Ping-an.2026-deng",
            kind="staff",
            area="330212008",
        )
        held = frozenset(permissions.PERMISSIONS)
        stranger = Actor(
            key=f"account:{account.public_id}", name="陈远", kind=ActorKind.STAFF, account=account.public_id,
            holds=(Hold(role="test", area="330212008", permissions=held),),
        )  # fmt: skip
        let_see(by=system, at=now, account=account.public_id, person=person)
    with acting(stranger):
        people.correct_person(by=stranger, at=now, person=person.public_id, phone="13900139000")
        people.move_person(
            by=stranger, at=now, person=person.public_id, on=TODAY, community=FAR, address="潜龙巷1号"
        )
        assert [card.community for card in people.find_people(WOMAN, by=stranger)] == [FAR]
    with acting(clerk):
        assert people.find_people(WOMAN, by=clerk) == []
        before = people.population("330212007", TODAY, by=clerk)
        assert before.cells == ()
    with acting(system):
        assert sum(cell.count for cell in people.population(FAR, TODAY, by=system).cells) == 1


def test_a_household_keeps_one_householder_and_everyone_knows_who(street, register, now):
    head = register("王建国", since=date(2020, 1, 1))
    wife, son = register("李秀英", since=date(2020, 1, 1)), register("王小明", since=date(2020, 1, 1))
    house = people.found_household(by=street, at=now, on=date(2021, 1, 1), householder=head.public_id)
    for person, role in ((wife, "12"), (son, "20")):
        people.join_household(
            by=street,
            at=now,
            on=date(2021, 1, 1),
            person=person.public_id,
            household=house.public_id,
            role=role,
        )
    assert people.find_people("王小明", by=street)[0].householder == "王建国"
    assert people.household_members(son.public_id, by=street) == [
        head.public_id,
        wife.public_id,
        son.public_id,
    ]
    people.join_household(
        by=street, at=now, on=date(2025, 1, 1), person=wife.public_id, household=house.public_id, role="02"
    )
    page = people.get_household(house.public_id, by=street)
    assert (page.householder, [member.name for member in page.present]) == (
        "李秀英",
        ["李秀英", "王小明", "王建国"],
    )
    assert people.find_people("王小明", by=street)[0].householder == "李秀英"
    people.correct_person(by=street, at=now, person=wife.public_id, name="李秀瑛", reason="户口簿")
    assert people.find_people("王小明", by=street)[0].householder == "李秀瑛"
    people.record_death(by=street, at=now, person=wife.public_id, died_on=TODAY)
    page = people.get_household(house.public_id, by=street)
    assert (page.householder, [member.name for member in page.former]) == ("", ["王建国", "李秀瑛", "李秀瑛"])
    assert people.find_people("王小明", by=street)[0].householder == ""


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moves=st.lists(
        st.tuples(
            st.sampled_from(["lives", "hukou"]),
            st.integers(0, 900),
            st.sampled_from([HOME, NEXT_DOOR, ""]),
            st.sampled_from(["", "东方丽都3幢501室", "雅苑1幢101室"]),
        ),
        max_size=8,
    ),
    dies=st.booleans(),
)
def test_residences_never_overlap_and_copies_and_figures_equal_the_truth(street, register, now, moves, dies):
    person = register("王秀兰", sex="female", birth_on=date(1960, 5, 5), since=date(2024, 1, 1), hukou=HOME)
    before = figures(street)
    for kind, day, community, address in sorted(moves, key=lambda move: move[1]):
        on = date(2024, 6, 1) + timedelta(days=day)
        if on <= TODAY:
            # Refused, and nothing written, where no new address is told within a community.
            with suppress(people.CannotMove):
                people.move_person(
                    by=street,
                    at=now,
                    person=person.public_id,
                    on=on,
                    kind=kind,
                    community=community,
                    address=address,
                )
    if dies:
        people.record_death(by=street, at=now, person=person.public_id, died_on=TODAY)
    file = file_of(person, street)
    for kind in ("lives", "hukou"):
        rows = sorted((line for line in file.addresses if line.kind == kind), key=lambda line: line.since)
        for earlier, later in pairwise(rows):
            assert earlier.until is not None
            assert earlier.until <= later.since
    present = {line.kind: line for line in file.addresses if line.until is None}
    lives, hukou = present.get("lives"), present.get("hukou")
    card = people.person_card(person.public_id, by=street)
    if lives and lives.area:
        expected = "unstated" if not hukou else "local" if hukou.area else "incomer"
        assert (card.community, card.residence_kind) == (lives.area, expected)
    elif hukou and hukou.area:
        assert (card.community, card.residence_kind) == (hukou.area, "away")
    else:
        assert card.residence_kind == "left"
    assert card.address == (lives or hukou).address if (lives or hukou) else card.address == ""
    here = not dies and card.residence_kind != "left"
    gained = {cell: count - before.get(cell, 0) for cell, count in figures(street).items()}
    gained = {cell: count for cell, count in gained.items() if count}
    assert sum(gained.values()) == (0 if here else -1), gained
    if here:
        kinds = {kind for (_, _, kind), count in gained.items() if count > 0}
        assert kinds <= {card.residence_kind, "settled", "short"} - {"incomer", "unstated"}


def figures(by):
    cells = people.population("330212007", TODAY, by=by).cells
    return {(cell.sex, cell.band, cell.kind): cell.count for cell in cells}


def test_looking_at_a_file_is_noted_with_its_reason(street, register, now):
    person = register("王秀兰")
    people.note_look(by=street, at=now, person=person.public_id, why="窗口办事")
    looks = audit.looks_at(person.public_id, by=street)
    assert [(look.actor_name, look.why) for look in looks] == [("李敏", "窗口办事")]
    from yimen.registers.people.operations.looks import NoReason

    with pytest.raises(NoReason):
        people.note_look(by=street, at=now, person=person.public_id, why="  ")


def test_a_death_stops_calls_and_messages_in_the_same_deed(street, register, system, now, acting):
    """No family is called by an office that did not know."""
    from yimen.foundations.audit.api import operation, record
    from yimen.foundations.messages.api import calls_to_make, tell_person

    @operation("tests.person.told")
    def tell(*, by, at, person):
        tell_person(by=by, at=at, person=person, title="领取通知", text="请来领取结果", area=HOME)
        record(person, kind="person", area=HOME)

    someone = register("王小明", phone="13800001234").public_id
    with acting(system):
        tell(by=system, at=now, person=someone)
        assert len(list(calls_to_make(by=system, on=now.date()))) == 1
        people.record_death(by=system, at=now, person=someone, died_on=now.date())
        assert list(calls_to_make(by=system, on=now.date())) == []
