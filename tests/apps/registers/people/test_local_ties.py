"""A community sees a card of whoever is registered, works or learns there, as long as it lasts (属地关系)."""

import re
from datetime import date, timedelta

import pytest

from yimen.kernel.refusals import NotFound
from yimen.registers.people import api as people
from yimen.registers.people.models import TiedResident
from yimen.registers.places import api as places

pytestmark = pytest.mark.django_db
STREET, OTHER = "330212007", "330212008"
HOME, NEXT_DOOR, FAR = "330212007001", "330212007002", "330212008001"
SINCE = date(2026, 1, 5)
NUMBER = "330212199001011232"


@pytest.fixture
def apart(areas, acting, system, register):
    """Lives in 东莺, registered in 潜龙 of the other street."""
    with acting(system):
        return register(
            "王小明", birth_on=date(1990, 1, 1), id_number=NUMBER, phone="13900001111", since=SINCE, hukou=FAR,
            lives_address="东方丽都3幢501室",
        ).public_id  # fmt: skip


def text_of(answer) -> str:
    return answer.content.decode()


def words_of(answer) -> str:
    """What is read on the page: no drawing, no address."""
    return re.sub(r"<svg.*?</svg>|<script.*?</script>|<[^>]+>", " ", text_of(answer), flags=re.DOTALL)


def tied(actor) -> list[tuple]:
    rows = people.tied_residents(by=actor).order_by("area", "id")
    return [(row.name, row.kind, row.area, row.lives) for row in rows]


def work(person, *, at, by, **told):
    given = {"kind": "work", "community": FAR, "place": "潜龙机械厂", "basis": "劳动合同", "since": SINCE}
    return people.note_local_tie(by=by, at=at, person=person, **given | told)


def test_the_hukou_community_sees_who_lives_elsewhere_and_nothing_but_the_card(enter, apart):
    there, here = enter("community_worker", FAR), enter("community_worker", HOME)
    page = text_of(there.get("/people/tied/"))
    assert f"/people/{apart}/tied" in page
    assert "潘火街道东莺社区" in page
    card = words_of(there.get(f"/people/{apart}/tied"))
    assert "王小明" in card
    assert "户籍" in card
    for kept_back in ("13900001111", "1111", NUMBER[-4:], "501", "1990"):
        assert kept_back not in card
    # The file itself stays closed, and none of its rows is told in another way.
    assert there.get(f"/people/{apart}/").status_code == 404
    assert there.get(f"/people/{apart}/move").status_code == 404
    assert here.get(f"/people/{apart}/tied").status_code == 404
    looks = text_of(here.get(f"/people/{apart}/rights/looks"))
    assert "看属地卡：户籍在本地" in looks


def test_a_search_that_finds_nobody_here_says_in_whose_files_she_is(enter, apart):
    there = enter("window_clerk", FAR)
    found = text_of(there.get("/people/", {"q": "王小明"}))
    assert "已建档，属" in found
    assert f"/people/{apart}/tied" in found
    assert f"/people/{apart}/tied" not in text_of(there.get("/people/", {"q": "王小"}))
    assert f"/people/{apart}/tied" not in text_of(
        enter("window_clerk", NEXT_DOOR).get("/people/", {"q": "王小明"})
    )


def test_the_other_community_of_the_street_and_those_abroad_are_on_the_list_too(
    areas, acting, register, make_actor, system
):
    with acting(system):
        register("李近", since=SINCE, hukou=NEXT_DOOR)
        register("赵远", since=SINCE, lives_here=False, lives_address="上海市", hukou=HOME)
        register("孙在", since=SINCE, hukou=HOME)
    next_door, home = make_actor("people.find", area=NEXT_DOOR), make_actor("people.find", area=HOME)
    with acting(next_door):
        assert tied(next_door) == [("李近", "hukou", NEXT_DOOR, HOME)]
    with acting(home):
        assert tied(home) == [("赵远", "hukou", HOME, "")]


def test_python_and_the_database_answer_the_same_of_every_reach(acting, apart, make_actor, system, now):
    with acting(system):
        work(apart, by=system, at=now, community=NEXT_DOOR)
    expected = {
        (): set(), (HOME,): set(), (NEXT_DOOR,): {"work"}, (STREET,): {"work"}, (FAR,): {"hukou"},
        (OTHER,): {"hukou"}, ("330212",): {"hukou", "work"}, (FAR + "001",): set(),
    }  # fmt: skip
    with acting(system):
        ids = set(TiedResident.objects.values_list("id", flat=True))
    for reach, seen in expected.items():
        actor = make_actor("people.find", area=reach[0]) if reach else None
        if actor is None:
            assert list(TiedResident.objects.within(None)) == []
            continue
        with acting(system):
            by_python = set(TiedResident.objects.within(actor).values_list("kind", flat=True))
        with acting(actor):
            by_database = set(TiedResident.objects.values_list("kind", flat=True))
        assert by_python == by_database == seen
    assert len(ids) == 2
    # Who acts for nobody sees nothing.
    assert list(TiedResident.objects.all()) == []


def test_work_and_school_are_noted_on_the_file_seen_there_and_ended(enter, apart):
    here, there = enter("community_worker", HOME), enter("community_worker", NEXT_DOOR)
    page = f"/people/{apart}/ties"
    assert page in text_of(here.get(f"/people/{apart}/"))
    assert "百丈街道潜龙社区" in text_of(here.get(page))
    given = {
        "kind": "school",
        "place": "雅苑小学",
        "community": NEXT_DOOR,
        "basis": "学生证",
        "since": "2026-02-01",
    }
    empty = here.post(page, given | {"place": " ", "basis": ""})
    assert empty.status_code == 422
    assert "请填写单位或学校的名称" in text_of(empty)
    file = text_of(here.post(page, given | {"until": ""}, follow=True))
    assert "雅苑小学" in file
    assert "雅苑小学" in text_of(there.get("/people/tied/"))
    end = next(part for part in file.split('"') if part.endswith("/end") and "/ties/" in part)
    assert here.get(end).status_code == 200
    assert here.post(end, {"what": "over", "on": "2026-06-01", "reason": ""}).status_code == 422
    over = text_of(here.post(end, {"what": "over", "on": "2026-06-01", "reason": "毕业"}, follow=True))
    assert "已于" in over
    assert "雅苑小学" not in text_of(there.get("/people/tied/"))
    assert there.get(f"/people/{apart}/tied").status_code == 404
    assert here.get(end).status_code == 404


def test_what_ends_on_a_known_day_ends_without_anybody_doing_anything(
    acting, apart, make_actor, system, now, today
):
    with acting(system):
        work(apart, by=system, at=now, community=NEXT_DOOR, until=today + timedelta(days=3))
    there = make_actor("people.find", area=NEXT_DOOR)
    with acting(there):
        assert [row[1] for row in tied(there)] == ["work"]
    with acting(there, on=today + timedelta(days=3)):
        assert tied(there) == []


def test_a_death_a_restriction_and_a_move_home_end_the_sight_at_once(
    acting, apart, make_actor, system, now, today
):
    there = make_actor("people.find", area=FAR)

    def seen():
        with acting(there):
            return len(tied(there))

    assert seen() == 1
    with acting(system):
        people.record_death(by=system, at=now, person=apart, died_on=today, source="证明")
    assert seen() == 0
    with acting(system):
        people.undo_death(by=system, at=now, person=apart, reason="登记错了")
    assert seen() == 1
    with acting(system):
        people.move_person(by=system, at=now, person=apart, on=today, community=FAR, address="潜龙路1号")
    assert seen() == 0


def test_of_two_files_put_together_the_kept_one_is_shown(acting, apart, make_actor, system, now, register):
    with acting(system):
        again = register("王小明", since=SINCE).public_id
        work(again, by=system, at=now)
        people.merge_people(by=system, at=now, keep=apart, alias=again, reason="同一人")
    there = make_actor("people.find", area=FAR)
    with acting(there):
        assert {(row.person, row.kind) for row in people.tied_residents(by=there)} == {
            (apart, "hukou"),
            (apart, "work"),
        }
    with acting(system):
        file = people.get_file(apart, by=system, on=SINCE)
        assert [line.place for line in file.ties] == ["潜龙机械厂"]
        people.end_local_tie(
            by=system,
            at=now,
            person=apart,
            tie=file.ties[0].public_id,
            on=SINCE + timedelta(days=1),
            reason="离职",
        )
        assert people.get_file(apart, by=system, on=date(2026, 11, 20)).ties[0].over


def test_refusals_say_why(acting, apart, system, now, today, stranger, clerk):
    with acting(system):
        for told, why in [
            ({"since": today + timedelta(days=1)}, "今天之后"),
            ({"since": date(1980, 1, 1)}, "早于出生"),
            ({"until": SINCE}, "晚于开始"),
            ({"kind": "hukou"}, "工作还是就学"),
            ({"community": STREET}, "选择单位或学校所在的社区"),
            ({"community": "330212999001"}, "选择单位或学校所在的社区"),
        ]:
            with pytest.raises(people.CannotTie, match=why):
                work(apart, by=system, at=now, **told)
        assert work(apart, by=system, at=now) == work(apart, by=system, at=now)
    with acting(stranger), pytest.raises(NotFound):
        work(apart, by=stranger, at=now)


def test_when_a_community_is_renewed_its_ties_go_along(acting, apart, make_actor, system, now, today):
    with acting(system):
        work(apart, by=system, at=now, community=NEXT_DOOR)
        code = places.reorganise_areas(
            by=system, at=now, on=today, old=[NEXT_DOOR], new=[places.NewArea(parent=STREET, name="新雅社区")]
        )[0]
    there = make_actor("people.find", area=code)
    with acting(there, on=today):
        assert [(row[1], row[2]) for row in tied(there)] == [("work", code)]


NEW = {"name": "孙小美", "community": HOME, "lives_address": "东方丽都3幢502室", "since": "2026-01-05"}


def put_on_file(clerk, **told):
    return clerk.post("/people/new", NEW | told, follow=True)


def test_at_the_window_her_hukou_may_lie_in_another_street_which_sees_the_card_and_no_more(enter):
    here, there = enter("window_clerk", HOME), enter("community_worker", FAR)
    assert f'value="{FAR}"' in text_of(here.get("/people/new"))
    file = put_on_file(here, hukou=FAR, hukou_address="潜龙路8号")
    assert "已建档" in text_of(file) and "潜龙路8号" in text_of(file)
    [address] = set(re.findall(r"/people/[0-9a-f-]{36}/tied", text_of(there.get("/people/tied/"))))
    card = words_of(there.get(address))
    assert "孙小美" in card and "潜龙路" not in card and "502" not in card
    assert there.get(address.removesuffix("tied")).status_code == 404


def test_a_hukou_beyond_the_platform_is_kept_in_words_and_opens_nothing_to_anybody(
    enter, areas, system, acting
):
    here = enter("window_clerk", HOME)
    refused = put_on_file(here, hukou="elsewhere", hukou_address=" ")
    assert refused.status_code == 422 and "请写到县（市、区）" in text_of(refused)
    file = put_on_file(here, hukou="elsewhere", hukou_address="贵州省毕节市织金县")
    assert "贵州省毕节市织金县" in text_of(file) and "人在户不在" in text_of(file)
    with acting(system):
        assert not tied(system)


@pytest.mark.parametrize("code", [STREET, "330212099001", "a-string", "3302120070011"])
def test_a_hukou_that_is_no_community_of_the_platform_is_refused_and_nobody_put_on_file(enter, code):
    refused = put_on_file(enter("window_clerk", HOME), hukou=code)
    assert refused.status_code == 422 and "已建档" not in text_of(refused)
