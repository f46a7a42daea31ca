"""Areas change whole, through HTTP: a village becomes a community, communities merge; nobody and nothing gets lost."""

import re
from datetime import date

import pytest
from django.core.management import call_command

from yimen.registers.organisations import api as organisations
from yimen.registers.people import api as people
from yimen.registers.places import api as places

pytestmark = pytest.mark.django_db
STREET, HOME, NEXT_DOOR, FAR = "330212007", "330212007001", "330212007002", "330212008001"
SINCE, DAY = date(2026, 1, 5), "2026-11-01"
PAPER = {"authority": "鄞州区人民政府", "number": "鄞政函〔2026〕9号", "on": DAY}


@pytest.fixture
def village(areas, acting, system, now, register):
    """王家村 with a committee, an estate, a grid and a family; and two people next door."""
    with acting(system):
        code = places.open_area(
            by=system, at=now, parent=STREET, name="王家村", since=SINCE, official="330212007201"
        ).code
        places.open_area(by=system, at=now, parent=code, name="王家第一网格", since=SINCE)
        estate = places.add_estate(by=system, at=now, community=code, name="王家新苑")
        building = places.add_building(by=system, at=now, estate=estate, number="1", floors=2)
        places.add_dwelling(by=system, at=now, building=building, floor=1, room="101")
        organisations.found_organisation(
            by=system, at=now, name="王家村村民委员会", kind="committee", area=code, since=SINCE
        )
        first = register("王小明", community=code, since=SINCE, birth_on=date(1950, 1, 1), sex="male")
        people.found_household(by=system, at=now, on=SINCE, householder=first.public_id)
        register("王小红", community=code, since=SINCE)
        for name in ("赵敏", "周芷"):
            register(name, community=NEXT_DOOR, since=SINCE)
    return code


@pytest.fixture
def admin(enter):
    return enter("administrator", STREET)


def text(answer) -> str:
    return answer.content.decode()


def seen(answer) -> str:
    return re.search(r'name="seen" value="([0-9a-f]{64})"', text(answer))[1]


def changed(client, **told):
    """Look at it, then do it, as the page asks."""
    looked = client.post("/places/changes/new/", told)
    assert looked.status_code == 200, text(looked)
    return client.post("/places/changes/new/", told | {"seen": seen(looked)})


def totals(page: str) -> list[list[int]]:
    return [
        [int(one) for one in re.findall(r">(\d+)<", part.split("</tr>")[0])]
        for part in page.split('<th scope="row">合计</th>')[1:]
    ]


@pytest.mark.requirement("S1-22")
def test_a_village_becomes_a_community_and_the_numbers_agree(village, admin, acting, system):
    told = PAPER | {"kind": "convert", "old": village, "name": "王家社区", "assets": "由股份经济合作社管理"}
    looked = admin.post("/places/changes/new/", told)
    assert "居住的人" in text(looked)
    with acting(system):
        assert places.area_name(village) == "王家村"
    answer = admin.post("/places/changes/new/", told | {"official": "330212007051", "seen": seen(looked)})
    # What was mended after the look is looked at again.
    assert answer.status_code == 200
    answer = changed(admin, **told, official="330212007051")
    page = text(admin.get(answer["Location"]))
    before, after = totals(page)
    assert before == after
    assert sum(before) > 0
    for words in (
        "王家村",
        "王家社区",
        "330212007201",
        "330212007051",
        "鄞政函〔2026〕9号",
        "股份经济合作社",
    ):
        assert words in page
    with acting(system):
        assert places.area(village).official == "330212007051"
        assert places.area_by_official_code("330212007201", on=date(2026, 10, 31)).code == village
        assert places.area_by_official_code("330212007201", on=date(2026, 11, 1)) is None
        assert people.population(village, date(2026, 10, 1), by=system).count() == 2
        assert people.population(village, date(2026, 11, 1), by=system).count() == 2
        committee = organisations.organisation_for(village, kind="committee", on=date(2026, 11, 2))
        assert committee.name == "王家社区居民委员会"
        old = organisations.organisation_for(village, kind="committee", on=date(2026, 10, 31))
        assert old.name == "王家村村民委员会"
    call_command("prove_numbers", "--as-app")
    assert "王家村" in text(admin.get("/places/changes/"))


def test_without_a_code_the_community_stands_provisionally(village, admin, acting, system):
    told = PAPER | {"kind": "convert", "old": village, "name": "王家社区", "assets": "无"}
    answer = changed(admin, **told)
    assert "暂未赋码" in text(admin.get(answer["Location"]))
    with acting(system):
        assert places.area(village).official == ""
    renumbered = changed(
        admin, **PAPER | {"on": "2026-11-20"}, kind="renumber", old=village, official="330212007051"
    )
    assert renumbered.status_code == 302
    with acting(system):
        assert places.area(village).official == "330212007051"


def test_two_communities_merge_and_everybody_is_there(village, admin, acting, system):
    told = PAPER | {"kind": "merge", "old": [village, NEXT_DOOR], "name": "雅苑新社区"}
    answer = changed(admin, **told)
    before, after = totals(text(admin.get(answer["Location"])))
    assert before == after
    with acting(system):
        new = next(line for line in places.communities_of(STREET) if line.name == "雅苑新社区")
        assert people.population(new.code, date(2026, 11, 1), by=system).count() == 4
        assert people.population(village, date(2026, 10, 1), by=system).count() == 2
        assert [one.community for one in people.find_people("王小明", by=system)] == [new.code]
    call_command("prove_numbers", "--as-app")


def test_a_community_is_taken_into_one_that_stands(village, admin, acting, system):
    answer = changed(admin, **PAPER, kind="merge", old=village, into=NEXT_DOOR)
    before, after = totals(text(admin.get(answer["Location"])))
    assert before == after
    with acting(system):
        assert people.population(NEXT_DOOR, date(2026, 11, 1), by=system).count() == 4
        assert places.area(village).until == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"kind": "convert", "name": "王家社区"}, "集体资产由谁接管"),
        ({"kind": "convert", "assets": "无"}, "写明社区名称"),
        ({"kind": "merge", "name": "新社区"}, "合并要选两个以上的社区"),
        ({"kind": "renumber"}, "写明新的代码"),
        ({"kind": "renumber", "official": "330212007001"}, "同一时期已属于东莺社区"),
        ({"kind": "convert", "name": "王家社区", "assets": "无", "on": "2027-01-01"}, "不能提前生效"),
    ],
)
def test_what_cannot_be_says_why_and_changes_nothing(village, admin, acting, system, told, sentence):
    told = PAPER | {"old": village} | told
    answer = admin.post("/places/changes/new/", told)
    if answer.status_code == 200:
        answer = admin.post("/places/changes/new/", told | {"seen": seen(answer)})
    assert answer.status_code in (409, 422)
    assert sentence in text(answer)
    with acting(system):
        assert (places.area_name(village), places.area(village).official) == ("王家村", "330212007201")


def test_only_who_shapes_areas_there_changes_them_and_the_other_street_reads_nothing(village, admin, enter):
    told = PAPER | {"kind": "convert", "old": village, "name": "王家社区", "assets": "金丝雀"}
    made = changed(admin, **told)["Location"]
    assert enter("section_chief", STREET).get("/places/changes/new/").status_code == 403
    far = enter("administrator", "330212008")
    assert far.post("/places/changes/new/", told).status_code == 422
    assert far.get(made).status_code == 404
    assert "王家" not in text(far.get("/places/changes/"))
    assert "王家社区" in text(enter("window_clerk", village).get(made))


@pytest.fixture
def two_grids(areas, acting, system, now, register):
    """东莺社区 with two grids, a building in each, and a person in each building; one more lives in no grid."""
    with acting(system):
        found = {"grids": [], "people": []}
        estate = places.add_estate(by=system, at=now, community=HOME, name="东方丽都")
        for number, name in enumerate(("王一", "李二"), start=1):
            grid = places.open_area(by=system, at=now, parent=HOME, name=f"第{number}网格", since=SINCE).code
            house = places.add_building(
                by=system, at=now, estate=estate, number=str(number), floors=2, grid=grid
            )
            door = places.add_dwelling(by=system, at=now, building=house, floor=1, room="101")
            made = register(name, since=SINCE)
            people.move_person(
                by=system, at=now, person=made.public_id, on=SINCE, community=HOME, dwelling=door
            )
            found["grids"].append(grid)
            found["people"].append(made.public_id)
        found["people"].append(register("赵三", since=SINCE).public_id)
    return found


def test_a_community_is_divided_by_its_grids_and_the_numbers_agree(two_grids, admin, acting, system):
    first, second = two_grids["grids"]
    address = f"/places/changes/split/?area={HOME}"
    assert "东莺社区" in text(admin.get("/places/changes/split/"))
    told = PAPER | {
        "first": "东莺东社区",
        "second": "东莺西社区",
        f"grid-{first}": "0",
        f"grid-{second}": "1",
    }
    looked = admin.post(address, told)
    assert looked.status_code == 200, text(looked)
    assert "第2网格" in text(looked)
    done = admin.post(address, told | {"seen": seen(looked)}, follow=True)
    page = text(done)
    assert "东莺东社区" in page and "东莺西社区" in page
    before, after = totals(page)
    assert before == after
    with acting(system):
        homes = [people.person_card(one, by=system).community_name for one in two_grids["people"]]
    assert homes == ["东莺东社区", "东莺西社区", "东莺东社区"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"second": "东莺东社区"}, "不能相同"),
        ({"{second}": "0"}, "每个新社区至少要分到一个网格"),
        ({"number": ""}, "请填写。"),
    ],
)
def test_a_split_that_makes_no_sense_changes_nothing(two_grids, admin, wrong, sentence):
    first, second = two_grids["grids"]
    address = f"/places/changes/split/?area={HOME}"
    told = PAPER | {
        "first": "东莺东社区",
        "second": "东莺西社区",
        f"grid-{first}": "0",
        f"grid-{second}": "1",
    }
    told |= {key.replace("{second}", f"grid-{second}"): value for key, value in wrong.items()}
    looked = admin.post(address, told)
    answer = admin.post(address, told | {"seen": seen(looked)}) if looked.status_code == 200 else looked
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert places.area(HOME).until is None


def test_nobody_divides_a_community_of_another_street(two_grids, enter):
    other = enter("administrator", "330212008")
    assert "东莺社区" not in text(other.get(f"/places/changes/split/?area={HOME}"))
