"""What a grid worker notes at a door (门口登记): checked, moved in, moved out, other tenants, and taken back."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from yimen.foundations.audit.api import prove
from yimen.foundations.bus.api import act_as
from yimen.registers.people import api as people
from yimen.registers.places import api as places
from yimen.registers.places.ports import dwelling_panels
from yimen.work.ledger.api import take_note

pytestmark = pytest.mark.django_db
STREET, HOME, FAR = "330212007", "330212007001", "330212008001"
GRID = f"{HOME}001"
CANARY = "金丝雀"


@pytest.fixture
def real_day():
    from django.utils import timezone

    from yimen.kernel.clock import day_of

    return day_of(timezone.now())


@pytest.fixture
def doors(areas, acting, system, now):
    """A building in a grid, one beside it without a grid, one in the other street; three rooms each."""
    made = {}
    with acting(system):
        grid = places.open_area(by=system, at=now, parent=HOME, name="东莺第一网格", since=date(2023, 1, 1))
        assert grid.code == GRID
        for key, community, code in (("grid", HOME, GRID), ("plain", HOME, ""), ("far", FAR, "")):
            name = f"丽都{key}{CANARY if key == 'far' else ''}"
            estate = places.add_estate(by=system, at=now, community=community, name=name)
            building = places.add_building(by=system, at=now, estate=estate, number="3", floors=3, grid=code)
            rows = [places.DoorRow(building, floor=1, room=f"10{room}") for room in (1, 2, 3)]
            places.import_dwellings(by=system, at=now, rows=rows)
            made[key] = list(places.dwellings_of(building, by=system))
            for one in made[key]:
                one.building = building
    return made


@pytest.fixture
def family(doors, acting, system, now, register):
    """王建国 and his wife live behind the first door of the grid, and keep one household."""
    door = doors["grid"][0]
    with acting(system):
        told = {"lives_at": door, "lives_address": door.address, "since": date(2020, 1, 1)}
        head = register("王建国", role="02", phone="13800138000", **told)
        house = people.household_of(head.public_id, by=system)
        wife = register("李秀兰", **told)
        people.join_household(
            by=system, at=now, on=date(2020, 1, 1), person=wife.public_id, household=house, role="10"
        )
    return door, head, wife


@pytest.fixture
def worker(enter):
    return enter("grid_worker", GRID)


def text_of(answer) -> str:
    return answer.content.decode()


def page_of(client, door) -> str:
    return text_of(client.get(f"/places/dwellings/{door.public_id}/"))


def use_of(door, system, day) -> str:
    with act_as(system, on=day):
        return places.dwelling(door.public_id, by=system).use


def lives_at(person, system, day):
    with act_as(system, on=day):
        return people.get_file(person, by=system, on=day).address


def wrong_numbers(system, day) -> list[str]:
    """Copies, households, figures and keys that are not what their rows say (核对); a system actor sees every row."""
    with act_as(system, on=day), connection.cursor() as cursor:
        return [one.key for one in prove(cursor, only=("people.", "places.")) if not one.holds]


def undo_of(page: str) -> str:
    return re.search(r'action="(/people/doors/[^"]+/undo/[^"]+)"', page)[1]


def test_one_tap_verifies_the_dwelling_its_people_and_their_household(worker, family, system, real_day):
    door, head, wife = family
    page = page_of(worker, door)
    assert "王建国" in page
    assert "没有核实过" in page
    answer = worker.post(f"/people/doors/{door.public_id}/verify", {"use": "self"}, follow=True)
    page = text_of(answer)
    assert "已核实无误" in page
    assert "没有核实过" not in page
    with act_as(system, on=real_day):
        house = people.get_household(people.household_of(head.public_id, by=system), by=system)
        file = people.get_file(wife.public_id, by=system, on=real_day)
    assert house.verified_on == real_day
    assert file.verified_on == real_day
    assert use_of(door, system, real_day) == "self"
    assert wrong_numbers(system, real_day) == []


def test_a_door_nobody_looked_at_needs_one_of_four_words(worker, family):
    door, *_ = family
    page = text_of(worker.post(f"/people/doors/{door.public_id}/verify", follow=True))
    assert "请先选看到的是自住、出租、空置还是群租。" in page
    page = text_of(worker.post(f"/people/doors/{door.public_id}/verify", {"use": "vacant"}, follow=True))
    assert "这里还登记着 2 人居住，不能记为空置" in page


def test_a_slip_is_undone_the_same_day_and_everything_is_as_before(worker, family, system, real_day):
    door, head, _ = family
    page = text_of(worker.post(f"/people/doors/{door.public_id}/verify", {"use": "let"}, follow=True))
    page = text_of(worker.post(undo_of(page), follow=True))
    assert "已撤销，恢复到登记以前。" in page
    assert "没有核实过" in page
    assert use_of(door, system, real_day) == "unchecked"
    with act_as(system, on=real_day):
        assert people.get_file(head.public_id, by=system, on=real_day).verified_on is None
    assert "/undo/" not in page, "what was undone is not undone twice"


def test_a_newcomer_needs_a_name_and_is_put_on_file_where_she_lives(worker, doors, system, real_day):
    door = doors["grid"][1]
    address = f"/people/doors/{door.public_id}/in"
    assert worker.get(address).status_code == 200
    told = {"name": "赵小燕", "phone": "13900139000", "use": "let", "on": real_day.isoformat()}
    page = text_of(worker.post(address, told, follow=True))
    assert "已登记搬入" in page
    assert "赵小燕" in page
    assert "租客" in page
    assert use_of(door, system, real_day) == "let"
    assert wrong_numbers(system, real_day) == []


def test_somebody_on_file_is_asked_about_and_moved_instead_of_put_on_file_twice(
    worker, family, doors, system, real_day
):
    old, head, _ = family
    door = doors["grid"][1]
    address = f"/people/doors/{door.public_id}/in"
    told = {"name": "王建国", "phone": "13800138000", "use": "self", "on": real_day.isoformat()}
    answer = worker.post(address, told)
    assert answer.status_code == 422
    assert "就是这个人，迁到这里" in text_of(answer)
    page = text_of(worker.post(address, told | {"person": str(head.public_id)}, follow=True))
    assert "已登记搬入" in page
    assert lives_at(head.public_id, system, real_day) == door.address
    with act_as(system, on=real_day):
        assert len(people.find_people("王建国", by=system)) == 1
    page = text_of(worker.post(undo_of(page), follow=True))
    assert "没有登记住在这里的人" in page
    assert lives_at(head.public_id, system, real_day) == old.address
    assert wrong_numbers(system, real_day) == []


def test_a_newcomer_may_join_who_lives_there(worker, family, system, real_day):
    door, head, _ = family
    with act_as(system, on=real_day):
        house = people.household_of(head.public_id, by=system)
    told = {"name": "王小宝", "use": "self", "on": real_day.isoformat(), "household": str(house)}
    address = f"/people/doors/{door.public_id}/in"
    assert "请选与户主的关系。" in text_of(worker.post(address, told))
    page = text_of(worker.post(address, told | {"role": "20"}, follow=True))
    assert "王小宝" in page
    with act_as(system, on=real_day):
        assert len(people.household_members(head.public_id, by=system)) == 3
    worker.post(undo_of(page))
    with act_as(system, on=real_day):
        assert len(people.household_members(head.public_id, by=system)) == 2
    assert wrong_numbers(system, real_day) == []


def test_all_move_out_the_door_stands_empty_and_it_can_be_undone(worker, family, system, real_day):
    door, head, wife = family
    both = [str(head.public_id), str(wife.public_id)]
    told = {"people": both, "on": real_day.isoformat()}
    page = text_of(worker.post(f"/people/doors/{door.public_id}/out", told, follow=True))
    assert "已登记搬出" in page
    assert "没有登记住在这里的人" in page
    assert use_of(door, system, real_day) == "vacant"
    assert lives_at(head.public_id, system, real_day) == ""
    assert wrong_numbers(system, real_day) == []
    page = text_of(worker.post(undo_of(page), follow=True))
    assert "王建国" in page
    assert lives_at(wife.public_id, system, real_day) == door.address
    with act_as(system, on=real_day):
        assert len(people.household_members(head.public_id, by=system)) == 2
    assert wrong_numbers(system, real_day) == []


def test_who_moves_out_alone_leaves_the_household_and_comes_back_by_undoing(worker, family, system, real_day):
    door, head, wife = family
    told = {"people": [str(head.public_id)], "on": real_day.isoformat(), "whereto": "杭州"}
    page = text_of(worker.post(f"/people/doors/{door.public_id}/out", told, follow=True))
    with act_as(system, on=real_day):
        assert people.household_members(wife.public_id, by=system) == [wife.public_id]
        assert people.person_card(wife.public_id, by=system).householder == ""
    assert lives_at(head.public_id, system, real_day) == "杭州"
    assert use_of(door, system, real_day) == "self"
    worker.post(undo_of(page))
    with act_as(system, on=real_day):
        assert people.person_card(wife.public_id, by=system).householder == "王建国"
    assert wrong_numbers(system, real_day) == []


def test_other_tenants_come_in_one_form_and_the_landlord_stays(worker, family, system, real_day):
    door, head, wife = family
    worker.post(f"/people/doors/{door.public_id}/verify", {"use": "let"})
    landlord = {"name": "周房东", "phone": "13700137000"}
    page = text_of(worker.post(f"/people/doors/{door.public_id}/landlord", landlord, follow=True))
    assert "周房东" in page
    told = {
        "people": [str(head.public_id), str(wife.public_id)],
        "name": "孙租客",
        "phone": "13600136000",
        "use": "let",
        "on": real_day.isoformat(),
    }
    page = text_of(worker.post(f"/people/doors/{door.public_id}/change", told, follow=True))
    assert "已换租客" in page
    assert "孙租客" in page
    assert "周房东" in page
    assert lives_at(head.public_id, system, real_day) == ""
    assert wrong_numbers(system, real_day) == []
    page = text_of(worker.post(undo_of(page), follow=True))
    assert "王建国" in page
    assert lives_at(head.public_id, system, real_day) == door.address
    assert wrong_numbers(system, real_day) == []


def test_the_next_tenant_may_be_on_file_already_and_is_moved_in(
    worker, family, doors, acting, system, now, register, real_day
):
    door, head, wife = family
    home = doors["grid"][1]
    with acting(system):
        told = {"lives_at": home, "lives_address": home.address, "since": date(2021, 1, 1)}
        guest = register("孙租客", phone="13600136000", **told)
    address = f"/people/doors/{door.public_id}/change"
    told = {
        "people": [str(head.public_id), str(wife.public_id)],
        "name": "孙租客",
        "phone": "13600136000",
        "use": "let",
        "on": real_day.isoformat(),
    }
    asked = worker.post(address, told)
    assert asked.status_code == 422 and f'value="{guest.public_id}"' in text_of(asked)
    page = text_of(worker.post(address, told | {"person": str(guest.public_id)}, follow=True))
    assert "已换租客" in page and "孙租客" in page
    assert lives_at(guest.public_id, system, real_day) == door.address
    assert wrong_numbers(system, real_day) == []
    worker.post(undo_of(page))
    assert lives_at(guest.public_id, system, real_day) == home.address
    assert lives_at(head.public_id, system, real_day) == door.address
    assert wrong_numbers(system, real_day) == []
    # Nobody takes the place of herself.
    refused = worker.post(address, told | {"person": str(wife.public_id)})
    assert refused.status_code == 422 and "李秀兰就住在这里" in text_of(refused)


def test_a_second_click_moves_nobody_twice(worker, doors, system, real_day):
    door = doors["grid"][2]
    told = {"name": "赵小燕", "use": "let", "on": real_day.isoformat(), "request_key": "one-click-0001"}
    worker.post(f"/people/doors/{door.public_id}/in", told)
    worker.post(f"/people/doors/{door.public_id}/in", told)
    with act_as(system, on=real_day):
        assert len(people.find_people("赵小燕", by=system)) == 1


def test_only_who_noted_it_may_undo_and_not_what_something_came_after(
    worker, enter, family, system, real_day
):
    door, *_ = family
    page = text_of(worker.post(f"/people/doors/{door.public_id}/verify", {"use": "self"}, follow=True))
    first = undo_of(page)
    other = enter("community_worker", HOME)
    assert "/undo/" not in page_of(other, door)
    assert "只有登记的人自己能撤销" in text_of(other.post(first, follow=True))
    worker.post(f"/people/doors/{door.public_id}/verify", {"use": "let"})
    assert "之后又有了新的登记" in text_of(worker.post(first, follow=True))


def test_on_the_next_day_nothing_can_be_undone_and_nothing_of_before_is_kept(
    family, acting, system, now, make_actor
):
    door, *_ = family
    grid = make_actor(
        "people.register", "people.find", "places.check_dwellings", "places.view", area=GRID, name="网格员"
    )
    with acting(grid):
        deed = people.verify_door(by=grid, at=now, dwelling=door.public_id, use="self")
        tomorrow = now + timedelta(days=1)
        with pytest.raises(people.CannotUndoDoorDeed, match="只能当天撤销"):
            people.undo_door_deed(by=grid, at=tomorrow, deed=deed.public_id)
    with acting(system):
        assert people.forget_door_states(by=system, at=now) == 0
        assert people.forget_door_states(by=system, at=tomorrow) == 1
        deed.refresh_from_db()
        assert (deed.before, deed.after) == ({}, {})


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"name": "", "use": "let"}, "请填写姓名"),
        ({"name": "赵小燕"}, "请选是自住、出租还是群租"),
        ({"name": "赵小燕", "use": "vacant"}, "vacant"),
        ({"name": "赵小燕", "use": "let", "on": "2999-01-01"}, "今天之后"),
        ({"name": "赵小燕", "use": "let", "on": "昨天"}, "日期写成"),
    ],
)
def test_bad_input_gets_a_sentence_and_nothing_is_written(worker, doors, real_day, system, told, says):
    door = doors["grid"][1]
    answer = worker.post(f"/people/doors/{door.public_id}/in", {"on": real_day.isoformat(), **told})
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert use_of(door, system, real_day) == "unchecked"


def test_a_post_that_sees_no_names_sees_none_at_the_door(family, enter):
    door, *_ = family
    page = page_of(enter("leader", STREET), door)
    assert "王建国" not in page


def test_a_window_clerk_sees_names_and_notes_nothing(family, enter, real_day):
    door, head, _ = family
    clerk = enter("window_clerk", HOME)
    page = page_of(clerk, door)
    assert "王建国" in page
    assert "搬出" not in page
    told = {"people": [str(head.public_id)], "on": real_day.isoformat()}
    for deed in ("verify", "in", "out", "change", "landlord"):
        assert clerk.post(f"/people/doors/{door.public_id}/{deed}", told).status_code == 403, deed


def test_doors_of_the_other_street_are_not_there(worker, doors, acting, system, register, real_day):
    door = doors["far"][0]
    with acting(system):
        register(f"钱{CANARY}", community=FAR, lives_at=door, lives_address=door.address)
    for deed in ("", "in", "out", "change", "landlord"):
        root = "/places/dwellings/" if not deed else "/people/doors/"
        answer = worker.get(f"{root}{door.public_id}/{deed}")
        assert answer.status_code == 404, deed
        assert CANARY not in text_of(answer)
    assert worker.post(f"/people/doors/{door.public_id}/verify", {"use": "self"}).status_code == 404


def test_nothing_of_illness_relief_or_petition_shows_at_the_door(worker, family, acting, system, now):
    """What stands on files and in notes is canaries; the door shows none of them."""
    door, head, wife = family
    with acting(system):
        people.set_reach_way(
            by=system, at=now, person=head.public_id, way="hard_of_hearing", note=f"精神障碍{CANARY}"
        )
        people.set_guardian(
            by=system,
            at=now,
            on=date(2021, 1, 1),
            person=wife.public_id,
            guardian=head.public_id,
            kind="appointed",
            ground="incapable",
            basis=f"判决{CANARY}",
        )
        for kind, whom in (("person", head.public_id), ("dwelling", door.public_id)):
            take_note(
                by=system, at=now, item="visited_home", text=f"为低保上访过{CANARY}", kind=kind, whom=whom
            )
    page = page_of(worker, door)
    assert "王建国" in page
    assert CANARY not in page
    for deed in ("in", "out", "change", "landlord"):
        assert CANARY not in text_of(worker.get(f"/people/doors/{door.public_id}/{deed}"))
    assert CANARY not in text_of(worker.get(f"/places/buildings/{door.building.public_id}/"))


def test_only_people_and_days_of_visits_are_plugged_into_a_door():
    """Whoever adds a panel reads here that a door shows no illness, relief or petition (门口不显示病情、救助和信访)."""
    assert set(dwelling_panels.keys()) == {"people", "ledger.notes"}


def share(page: str, label: str) -> str:
    return re.search(rf'stat-number">([^<]+)</span><span class="stat-label">{label}', page)[1]


def test_the_share_of_what_was_checked_lately_shows_by_grid(worker, family, enter, doors, system, real_day):
    door, *_ = family
    head = enter("community_head", HOME)
    page = text_of(head.get("/people/freshness/"))
    assert (share(page, "房屋"), share(page, "住户"), share(page, "居民")) == ("0.0%", "0.0%", "0.0%")
    worker.post(f"/people/doors/{door.public_id}/verify", {"use": "self"})
    page = text_of(head.get("/people/freshness/"))
    assert (share(page, "房屋"), share(page, "住户"), share(page, "居民")) == ("16.7%", "100.0%", "100.0%")
    assert "东莺第一网格" in page
    assert "没有划入网格的" in page
    assert CANARY not in page
    with act_as(system, on=real_day):
        old = real_day - timedelta(days=181)
        counted = places.dwellings_fresh_on({real_day: old, old: old}, [HOME, STREET], by=system)
        assert counted == {(HOME, real_day): 1, (STREET, real_day): 1, (HOME, old): 0, (STREET, old): 0}


def test_the_freshness_of_a_day_long_past_is_not_lost_when_the_door_is_looked_at_again(
    worker, family, acting, system, real_day
):
    door, *_ = family
    then = real_day - timedelta(days=300)
    with act_as(system, on=real_day):
        places.set_dwelling_use(by=system, at=timezone.now(), dwelling=door, use="self", verified_on=then)
    worker.post(f"/people/doors/{door.public_id}/verify", {"use": "self"})
    spans = {real_day: real_day - timedelta(days=180), then: then - timedelta(days=180)}

    def counted():
        with act_as(system, on=real_day):
            return places.dwellings_fresh_on(spans, [HOME], by=system)

    assert counted() == {(HOME, real_day): 1, (HOME, then): 1}
    worker.post(undo_of(page_of(worker, door)))
    assert counted() == {(HOME, real_day): 0, (HOME, then): 1}, "a slip that was taken back counts nowhere"


def test_how_many_days_are_fresh_is_data(system, real_day):
    with act_as(system, on=real_day):
        assert places.door_practice(on=real_day).fresh_days == 180


def test_a_household_is_verified_in_one_tap_on_its_own_page(worker, family, system, real_day):
    _, head, wife = family
    with act_as(system, on=real_day):
        house = people.household_of(head.public_id, by=system)
    assert "还没有核实过" in text_of(worker.get(f"/people/households/{house}/"))
    page = text_of(worker.post(f"/people/households/{house}/verify", follow=True))
    assert "李敏" in page
    with act_as(system, on=real_day):
        assert people.get_file(wife.public_id, by=system, on=real_day).verified_on == real_day


def test_who_is_on_file_beyond_his_grid_is_handed_to_the_community(
    worker, enter, doors, acting, system, register, real_day
):
    old, new = doors["plain"][0], doors["grid"][1]
    with acting(system):
        known = register(
            "韩在册", phone="13500135000", birth_on=date(1990, 1, 1), lives_at=old, lives_address=old.address
        )
    told = {"name": "韩在册", "phone": "13500135000", "use": "let", "on": real_day.isoformat()}
    page = text_of(worker.post(f"/people/doors/{new.public_id}/in", told | {"hand_over": "1"}, follow=True))
    assert "已转社区" in page
    with act_as(system, on=real_day):
        (declared,) = people.open_declarations(by=system)
    community = enter("community_worker", HOME)
    address = f"/people/declarations/{declared.public_id}/"
    assert "就是这个人，迁到这里" in text_of(community.get(address))
    community.post(f"{address}confirm", {"person": str(known.public_id)})
    assert lives_at(known.public_id, system, real_day) == new.address
    assert "韩在册" in page_of(worker, new)
