"""The code on the stairs (住户申报): told without an account, confirmed by a worker, read back by nobody."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from yimen.foundations.bus.api import act_as
from yimen.foundations.documents.api import code_svg
from yimen.registers.people import api as people
from yimen.registers.places import api as places

pytestmark = pytest.mark.django_db
HOME, FAR = "330212007001", "330212008001"
GRID = f"{HOME}001"
CANARY = "金丝雀"


@pytest.fixture
def real_now():
    from django.utils import timezone

    return timezone.now()


@pytest.fixture
def real_day(real_now):
    from yimen.kernel.clock import day_of

    return day_of(real_now)


@pytest.fixture
def house(areas, acting, system, now):
    """A building in a grid with two units and a dormitory."""
    with acting(system):
        places.open_area(by=system, at=now, parent=HOME, name="东莺第一网格", since=date(2023, 1, 1))
        estate = places.add_estate(by=system, at=now, community=HOME, name="丽都")
        building = places.add_building(by=system, at=now, estate=estate, number="3", floors=5, grid=GRID)
        rows = [
            places.DoorRow(building, floor=5, room=room, unit=unit)
            for unit in ("1", "2")
            for room in ("501", "502")
        ]
        rows.append(places.DoorRow(building, floor=1, room="199", kind=places.DwellingKind.COLLECTIVE))
        places.import_dwellings(by=system, at=now, rows=rows)
        doors = {(one.unit, one.room): one for one in places.dwellings_of(building, by=system)}
        for one in doors.values():
            one.building = building
    return building, doors


@pytest.fixture
def worker(house, enter):
    return enter("grid_worker", GRID)


@pytest.fixture
def sheet(house, worker):
    """The address on the sheet that the grid worker printed for the building."""
    building, _ = house
    page = text_of(worker.get(f"/people/sheets/buildings/{building.public_id}"))
    assert "搬来了、搬走了，扫一扫" in page
    assert "<svg" in page
    return "/here/" + word(building.public_id, "b")


@pytest.fixture
def told(real_day):
    return {
        "kind": "in",
        "door": "2单元501",
        "name": "孙小美",
        "phone": "13600136000",
        "since": real_day.isoformat(),
        "use": "let",
        "long": "yes",
        "agree": "on",
    }


def word(place, kind, days=90):
    from django.utils import timezone

    from yimen.kernel.clock import day_of

    return people.word_of_sheet(people.Sheet(kind, place, day_of(timezone.now()) + timedelta(days=days)))


def text_of(answer) -> str:
    return answer.content.decode()


def waiting(system, day):
    with act_as(system, on=day):
        return list(people.open_declarations(by=system))


def test_a_tenant_tells_it_without_an_account_and_the_worker_confirms(
    house, sheet, told, worker, system, real_day
):
    _, doors = house
    page = text_of(Client().get(sheet))
    assert "谁在收" in page
    assert "自愿填报" in page
    answer = Client().post(sheet, told, follow=True)
    assert "已经收到。" in text_of(answer)
    assert "孙小美" not in text_of(answer), "nothing is read back"
    assert "13600136000" not in answer.request["QUERY_STRING"]
    (declared,) = waiting(system, real_day)
    assert declared.dwelling.door == "3幢2单元501室"
    assert "丽都3幢2单元501室" in text_of(worker.get("/"))
    listed = text_of(worker.get("/people/declarations/"))
    assert "丽都3幢2单元501室" in listed
    assert "孙小美" not in listed
    address = f"/people/declarations/{declared.public_id}/"
    assert "孙小美" in text_of(worker.get(address))
    page = text_of(worker.post(f"{address}confirm", {"use": "let"}, follow=True))
    assert "已确认，登记已更新" in page
    assert "孙小美" in page
    assert waiting(system, real_day) == []
    with act_as(system, on=real_day):
        assert [one.name for one in people.door_of(doors["2", "501"].public_id, by=system).people] == [
            "孙小美"
        ]
    assert worker.post(f"{address}confirm", {"use": "let"}).status_code in (409, 422)


def test_nothing_changes_before_a_worker_confirms_and_a_refusal_needs_a_reason(
    house, sheet, told, worker, system, real_day
):
    _, doors = house
    Client().post(sheet, told)
    with act_as(system, on=real_day):
        assert people.door_of(doors["2", "501"].public_id, by=system).people == ()
        assert people.find_people("孙小美", by=system) == []
    (declared,) = waiting(system, real_day)
    address = f"/people/declarations/{declared.public_id}/refuse"
    assert "请写一句为什么不采纳" in text_of(worker.post(address, {}))
    page = text_of(worker.post(address, {"reason": "上门核对，没有这个人"}, follow=True))
    assert "已记为未采纳" in page
    assert waiting(system, real_day) == []


def test_somebody_on_file_is_hinted_at_and_moved_instead(
    house, sheet, told, worker, system, acting, now, register, real_day
):
    _, doors = house
    old = doors["1", "502"]
    with acting(system):
        known = register(
            "孙小美", phone="13600136000", lives_at=old, lives_address=old.address, since=date(2020, 1, 1)
        )
    Client().post(sheet, told)
    (declared,) = waiting(system, real_day)
    address = f"/people/declarations/{declared.public_id}/"
    assert "就是这个人，迁到这里" in text_of(worker.get(address))
    assert worker.post(f"{address}confirm", {"use": "let"}).status_code == 422
    worker.post(f"{address}confirm", {"person": str(known.public_id)})
    with act_as(system, on=real_day):
        assert len(people.find_people("孙小美", by=system)) == 1
        assert people.get_file(known.public_id, by=system, on=real_day).address == "丽都3幢2单元501室"


def test_who_moved_out_is_moved_out_when_the_worker_says_who_it_is(
    house, sheet, told, worker, system, acting, register, real_day
):
    _, doors = house
    door = doors["2", "501"]
    with acting(system):
        known = register("孙小美", lives_at=door, lives_address=door.address, since=date(2020, 1, 1))
    Client().post(sheet, told | {"kind": "out"})
    (declared,) = waiting(system, real_day)
    address = f"/people/declarations/{declared.public_id}/"
    assert "请选是谁搬走了" in text_of(worker.post(f"{address}confirm", {}))
    worker.post(f"{address}confirm", {"person": str(known.public_id)})
    with act_as(system, on=real_day):
        assert people.door_of(door.public_id, by=system).people == ()


def test_a_dormitory_declares_heads_and_no_names(house, worker, system, real_day):
    _, doors = house
    dormitory = doors["", "199"]
    address = "/here/" + word(dormitory.public_id, "d")
    page = text_of(Client().get(address))
    assert "只收人数" in page
    assert "姓名</label>" not in page
    told = {"heads": "52", "since": real_day.isoformat(), "name": "不该留下", "phone": "13600136000"}
    Client().post(address, told)
    (declared,) = waiting(system, real_day)
    assert (declared.name, declared.phone, declared.heads) == ("", "", 52)
    page = text_of(worker.post(f"/people/declarations/{declared.public_id}/confirm", {}, follow=True))
    assert "52 人" in page


def test_the_page_tells_nothing_of_who_lives_there(house, sheet, told, acting, system, register):
    _, doors = house
    with acting(system):
        for door in doors.values():
            register(f"住户{CANARY}", lives_at=door, lives_address=f"{door.address}{CANARY}")
    visitor = Client()
    pages = [
        visitor.get(sheet),
        visitor.post(sheet, told, follow=True),
        visitor.post(sheet, {}),
        visitor.get(sheet),
    ]
    assert all(CANARY not in text_of(page) for page in pages)


@pytest.mark.parametrize(
    "spoil", [lambda word: word[:-1] + "A", lambda word: word[:5] + "0" + word[6:], lambda word: "b"]
)
def test_an_address_that_was_not_made_here_opens_nothing(house, spoil):
    building, _ = house
    good = word(building.public_id, "b")
    bad = spoil(good)
    assert bad == good or Client().get(f"/here/{bad}").status_code == 404


def test_a_sheet_runs_out_on_its_day(house):
    building, _ = house
    assert Client().get("/here/" + word(building.public_id, "b", days=0)).status_code == 200
    answer = Client().get("/here/" + word(building.public_id, "b", days=-1))
    assert answer.status_code == 404
    assert "这个码不能用了" in text_of(answer)


def test_one_source_may_not_declare_without_end_and_a_page_sent_twice_is_one(
    house, sheet, told, system, real_day
):
    for number in range(5):
        key = {"request_key": f"page-{number}", "door": "1单元501" if number < 3 else "2单元502"}
        assert Client().post(sheet, told | key).status_code == 302
    assert Client().post(sheet, told | key).status_code == 302, "the same page again is the same declaration"
    answer = Client().post(sheet, told | {"request_key": "page-9"})
    assert answer.status_code == 422
    assert "申报次数太多" in text_of(answer)
    assert len(waiting(system, real_day)) == 5


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": ""}, "请填写姓名"),
        ({"phone": "123"}, "能打通的电话"),
        ({"door": "9单元999"}, "没有对上这个室号"),
        ({"door": "501"}, "没有对上这个室号"),
        ({"since": "2999-01-01"}, "过去一年以内"),
        ({"since": "1999-01-01"}, "过去一年以内"),
        ({"agree": ""}, "同意了才能申报"),
        ({"kind": "heads"}, "heads"),
    ],
)
def test_bad_input_gets_a_sentence_and_nothing_is_kept(house, sheet, told, system, real_day, change, says):
    answer = Client().post(sheet, told | change)
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert waiting(system, real_day) == []


def test_names_and_telephones_are_gone_some_days_after_the_answer(
    house, sheet, told, worker, system, real_now, real_day
):
    Client().post(sheet, told)
    (declared,) = waiting(system, real_day)
    worker.post(f"/people/declarations/{declared.public_id}/refuse", {"reason": "查无此人"})
    with act_as(system, on=real_day):
        assert people.forget_declarations(by=system, at=real_now + timedelta(days=29)) == 0
        assert people.forget_declarations(by=system, at=real_now + timedelta(days=31)) == 1
        kept = people.get_declaration(declared.public_id, by=system)
    assert (kept.name, kept.phone, kept.source_hash) == ("", "", "")
    assert kept.reason == "查无此人"


def test_another_street_and_another_post_see_no_declaration(house, sheet, told, enter, system, real_day):
    Client().post(sheet, told | {"name": f"孙{CANARY}"})
    (declared,) = waiting(system, real_day)
    building, doors = house
    stranger = enter("grid_worker", FAR)
    for address in (
        f"/people/declarations/{declared.public_id}/",
        f"/people/sheets/buildings/{building.public_id}",
        f"/people/sheets/dwellings/{doors['1', '501'].public_id}",
    ):
        answer = stranger.get(address)
        assert answer.status_code == 404, address
    assert "丽都" not in text_of(stranger.get("/people/declarations/"))
    assert stranger.post(f"/people/declarations/{declared.public_id}/confirm", {}).status_code == 404
    clerk = enter("window_clerk", HOME)
    assert clerk.get(f"/people/declarations/{declared.public_id}/").status_code == 404
    assert re.search("没有待确认的申报", text_of(clerk.get("/people/declarations/")))


def test_the_sheet_leads_to_the_public_address(house, worker, sheet, settings):
    building, _ = house
    for public in ("http://testserver", "https://yimen.panhuo.example"):
        settings.YIMEN_PUBLIC_URL = "" if "testserver" in public else public
        page = worker.get(f"/people/sheets/buildings/{building.public_id}").content.decode()
        assert code_svg(public + sheet, title="扫码申报") in page, public
