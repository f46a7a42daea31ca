"""Files that may be one person (疑似重复): asked about while typing and at the end, found after an import, answered once."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yimen.foundations.audit import api as audit
from yimen.foundations.bus.api import run_pending_jobs
from yimen.registers.people import api as people
from yimen.standards.citizen_id import check_character

pytestmark = pytest.mark.django_db
STREET, OTHER_STREET = "330212007", "330212008"
HOME, NEXT_DOOR, FAR = "330212007001", "330212007002", "330212008001"
WOMAN, WOMAN_BEFORE_1999 = "11010519491231002X", "110105491231002"
CANARY = "金丝雀"
BORN = {"birth_on": "1949-12-31"}
PART = {"HX-Request": "true", "HX-Target": "alike"}


def id_number(birth, sequence="002", division="330212"):
    return division + birth + sequence + check_character(division + birth + sequence)


@pytest.fixture
def folk(areas, acting, system, register):
    """Somebody here without papers, somebody with an old number, and somebody in the other street."""
    with acting(system):
        return {
            "hers": register(
                "王秀兰", birth_on=date(1949, 12, 31), lives_address="东方丽都3幢501室", sex="female"
            ),
            "phone": register("陈建军", community=NEXT_DOOR, phone="13800138000"),
            "old": register("李桂花", documents=[("old_file_number", WOMAN_BEFORE_1999)]),
            "far": register(
                "赵远方",
                community=FAR,
                birth_on=date(1960, 5, 6),
                phone="13700137777",
                lives_address=f"潜龙巷{CANARY}1号",
            ),
        }


def text_of(answer) -> str:
    return answer.content.decode()


def mark_in(page: str) -> str:
    return page.split('name="confirmed" value="')[1].split('"')[0]


@pytest.mark.parametrize(
    ("told", "who", "why"),
    [
        ({"name": "王秀兰", **BORN}, "王秀兰", "姓名和出生日期相同"),
        ({"name": "王秀兰", "birth_on": "1949-03-01"}, "王秀兰", "姓名和出生年份相同"),
        ({"name": "王秀兰"}, "王秀兰", "别的无从比对"),
        ({"name": "陈建君", "phone": "138 0013 8000"}, "陈建军", "姓名同音、电话相同"),
        ({"name": "李桂花", "id_number": WOMAN}, "李桂花", "十五位旧号码和十八位号码相同"),
    ],
)
@pytest.mark.requirement("S1-38")
def test_somebody_who_may_be_on_file_is_shown_while_she_is_typed(enter, folk, told, who, why):
    part = text_of(enter().post("/people/new/alike", told, headers=PART))
    assert part.lstrip().startswith('<div id="alike"')
    assert "可能已经有档案" in part
    assert who in part
    assert why in part


@pytest.mark.parametrize(
    "told",
    [
        {"name": ""},
        {"name": "王秀兰", "birth_on": "1949-12-31", "sex": "male"},
        {"name": "王小兰", **BORN},
        {"name": "陈建军", "phone": "13800138001"},
        {"name": "陈大宝", "phone": "13800138000"},
        {"name": "李桂花", "id_number": id_number("19491231", "004")},
        {"name": "王小兰", "id_number": "不是号码"},
    ],
)
def test_who_is_clearly_somebody_else_is_not_asked_about(enter, folk, told):
    answer = enter().post(
        "/people/new/alike", told | {"phone": told.get("phone", "13900000000")}, headers=PART
    )
    assert answer.status_code == 200
    assert "可能已经有档案" not in text_of(answer)


def test_the_part_takes_more_than_one_statement_only_when_somebody_is_found(enter, folk):
    client = enter()

    def statements(told):
        client.post("/people/new/alike", told, headers=PART)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.post("/people/new/alike", told, headers=PART)
        return [one["sql"] for one in seen if "people_" in one["sql"]]

    assert len(statements({"name": "周不在", "birth_on": "1950-01-01"})) == 1
    assert len(statements({"name": "王秀兰", **BORN})) <= 5


def test_without_scripts_she_is_asked_about_at_the_end_and_once_is_enough(enter, folk, acting, clerk):
    client = enter()
    told = {"name": "王秀兰", "community": HOME, "phone": "13900139000", **BORN}
    answer = client.post("/people/new", told)
    assert answer.status_code == 422
    page = text_of(answer)
    assert "可能已经有档案" in page
    assert 'value="13900139000"' in page
    # A tick that belongs to nobody who was shown says nothing.
    assert client.post("/people/new", told | {"confirmed": "on"}).status_code == 422
    made = client.post("/people/new", told | {"confirmed": mark_in(page)})
    assert made.status_code == 302
    new = made.url.split("/")[2]
    with acting(clerk):
        assert people.open_suspicions(by=clerk).count() == 0
        kept = people.suspicion_between(folk["hers"].public_id, new, by=clerk)
        assert (kept.answer, kept.answered_by_name, kept.note) == ("different", "李敏", "建档时当面核对")
    compared = text_of(client.get(f"/people/{folk['hers'].public_id}/compare/{new}"))
    assert "不是同一个人：" in compared


def test_nobody_is_put_on_file_twice_by_a_tick_for_somebody_else(enter, folk, acting, system, register):
    client = enter()
    told = {"name": "王秀兰", "community": HOME, **BORN}
    mark = mark_in(text_of(client.post("/people/new", told)))
    with acting(system):
        register("王秀兰", birth_on=date(1949, 12, 31))
    assert client.post("/people/new", told | {"confirmed": mark}).status_code == 422


@pytest.mark.requirement("S1-38")
def test_beyond_reach_only_the_place_is_told(enter, folk):
    told = {"name": "赵远方", "birth_on": "1960-05-06", "phone": "13900000000", "community": HOME}
    client = enter()
    part = text_of(client.post("/people/new/alike", told, headers=PART))
    assert "已建档，属" in part
    assert "潜龙社区" in part
    for secret in (CANARY, "7777", str(folk["far"].public_id), folk["far"].number):
        assert secret not in part
    page = client.post("/people/new", told)
    assert page.status_code == 422
    assert client.post("/people/new", told | {"confirmed": mark_in(text_of(page))}).status_code == 302
    # Only name or only birth is not enough to learn where somebody lives.
    for less in ({"name": "赵远方", "phone": "13700137777"}, {"name": "赵远", "birth_on": "1960-05-06"}):
        assert "已建档" not in text_of(client.post("/people/new/alike", less, headers=PART))


def imported(by, now, *rows):
    return people.import_people(
        by=by, at=now, people=[people.NewPerson(community=HOME, **row) for row in rows]
    )


def test_an_import_is_compared_afterwards_and_the_pairs_wait_in_a_list(
    enter, folk, acting, clerk, now, django_capture_on_commit_callbacks
):
    with acting(clerk):
        imported(
            clerk,
            now,
            {"name": "王秀兰", "birth_on": date(1949, 12, 31), "id_number": WOMAN},
            {"name": "陈健军", "phone": "13800138000"},
            {"name": "孙无关", "birth_on": date(1949, 12, 31)},
            {"name": "孙某之子", "birth_on": date(2026, 10, 2), "lives_address": "东方丽都9幢101室"},
            {"name": "孙沐阳", "birth_on": date(2026, 10, 2), "lives_address": "东方丽都9幢101室"},
        )
    run_pending_jobs()
    client = enter()
    page = text_of(client.get("/people/doubles/"))
    for why in ("姓名和出生日期相同", "姓名同音、电话相同", "十五位旧号码", "还没有证件"):
        assert why in page, why
    assert "孙无关" not in page
    assert "赵远方" not in page
    # Once more finds nothing new.
    with acting(clerk):
        before = people.open_suspicions(by=clerk).count()
    assert client.post("/people/doubles/begin").status_code == 302
    run_pending_jobs()
    with acting(clerk):
        assert people.open_suspicions(by=clerk).count() == before == 4


def test_two_people_are_said_to_be_two_once_and_for_all(enter, folk, acting, clerk, system, now):
    with acting(clerk):
        twin = imported(clerk, now, {"name": "王秀兰", "birth_on": date(1949, 12, 31)})[0]
    run_pending_jobs()
    client = enter()
    pair = f"{folk['hers'].public_id}/compare/{twin}"
    page = text_of(client.get(f"/people/{pair}"))
    assert "为什么问" in page
    assert "是不是同一个人" in page
    assert "不能合并档案" in page  # a window clerk may not
    answer = client.post(f"/people/{folk['hers'].public_id}/not-same/{twin}", {"note": "电话问过本人"})
    assert answer.status_code == 302
    assert "没有待核对的疑似重复" in text_of(client.get("/people/doubles/"))
    with acting(system):
        people.begin_comparing(by=system, at=now)
    run_pending_jobs()
    assert "没有待核对的疑似重复" in text_of(client.get("/people/doubles/"))
    kept = text_of(client.get(f"/people/{pair}"))
    assert "李敏" in kept
    assert "电话问过本人" in kept
    with acting(system):
        verbs = {row.verb for row in audit.trail_of(folk["hers"].public_id, by=system)}
    assert "people.suspicion.denied" in verbs


def test_the_other_street_sees_nothing_of_the_pairs(enter, folk, acting, clerk, now):
    with acting(clerk):
        twin = imported(clerk, now, {"name": "王秀兰", "birth_on": date(1949, 12, 31)})[0]
    run_pending_jobs()
    stranger = enter(area=OTHER_STREET)
    assert "王秀兰" not in text_of(stranger.get("/people/doubles/"))
    assert stranger.get(f"/people/{folk['hers'].public_id}/compare/{twin}").status_code == 404
    assert stranger.post(f"/people/{folk['hers'].public_id}/not-same/{twin}").status_code == 404


def test_numbers_that_only_look_alike_when_masked_are_said_to_differ(enter, folk, acting, clerk, now):
    with acting(clerk):
        one, other = imported(
            clerk,
            now,
            {"name": "周一一", "id_number": id_number("19900101"), "phone": "13811118000"},
            {"name": "周一二", "id_number": id_number("19900102"), "phone": "13822228000"},
        )
    page = text_of(enter().get(f"/people/{one}/compare/{other}"))
    for label in ("证件", "电话"):
        row = page.split(f'<th scope="row">{label}</th>')[1].split("</tr>")[0]
        assert "不同" in row
        assert "相同" not in row


def test_looking_at_two_files_side_by_side_leaves_a_look_at_each(enter, folk, acting, system):
    one, other = folk["hers"].public_id, folk["phone"].public_id
    assert enter().get(f"/people/{one}/compare/{other}").status_code == 200
    with acting(system):
        assert [audit.looks_at(each, by=system).count() for each in (one, other)] == [1, 1]


def test_a_telephone_of_very_many_says_nothing(folk, acting, clerk, now):
    with acting(clerk):
        imported(clerk, now, *[{"name": "张工友", "phone": "057488880000"} for _ in range(20)])
    run_pending_jobs()
    with acting(clerk):
        assert people.open_suspicions(by=clerk).count() == 0


def test_who_was_put_on_file_without_asking_is_compared_in_the_night(
    folk, acting, system, clerk, register, now
):
    from yimen.registers.people.tasks import compare_changed

    with acting(system):
        register("王秀兰", birth_on=date(1949, 12, 31))
        compare_changed(by=system, at=now, on=date(2026, 11, 21))
    with acting(clerk):
        assert people.open_suspicions(by=clerk).count() == 1
