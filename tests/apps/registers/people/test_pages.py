"""The pages of people through HTTP, as the posts use them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from yimen.foundations.audit import api as audit
from yimen.kernel.refusals import NotPossible
from yimen.registers.people import api as people
from yimen.registers.people import ports
from yimen.registers.places import api as places
from yimen.registers.places.ports import dwelling_panels

pytestmark = pytest.mark.django_db
HOME, NEXT_DOOR, FAR = "330212007001", "330212007002", "330212008001"
WOMAN = "11010519491231002X"
CANARY = "金丝雀"


@pytest.fixture
def folk(areas, acting, system, now, register):
    """Two people here, and one in the other street whose every text carries a canary."""
    with acting(system):
        return {
            "mine": register(
                "王小明", id_number=WOMAN, phone="13800138000", lives_address="东方丽都3幢501室", hukou=HOME
            ),
            "next": register("王小红", community=NEXT_DOOR),
            "far": register(
                f"王小刚{CANARY}",
                community=FAR,
                phone="13700137777",
                lives_address=f"潜龙巷{CANARY}1号",
                documents=[("social_security_card", "C87654321")],
            ),
        }


def text_of(answer) -> str:
    return answer.content.decode()


def test_the_search_finds_and_shows_what_tells_namesakes_apart(enter, folk):
    page = text_of(enter().get("/people/", {"q": "王小"}))
    assert "王小明" in page
    assert "王小红" in page
    assert "东方丽都3幢501室" in page
    assert "8000" in page
    assert "002X" in page
    assert "1949-12-31" not in page
    assert CANARY not in page


def test_an_htmx_search_answers_only_the_results(enter, folk):
    answer = enter().get("/people/", {"q": "wxm"}, headers={"HX-Request": "true", "HX-Target": "results"})
    assert text_of(answer).lstrip().startswith('<div id="results"')
    assert "王小明" in text_of(answer)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("钱多多", "name"),
        ("13912345678", "phone"),
        ("西河花园9幢101室", "lives_address"),
        ("110105199003078888", None),
    ],
)
def test_nobody_found_leads_to_a_new_file_with_the_typed_text(enter, folk, typed, field):
    client = enter()
    page = client.get("/people/", {"q": typed})
    if field is None:
        assert "校验位不对" in text_of(page)
        return
    assert "查无此人" in text_of(page)
    carried = page.context["page"].carried
    form = client.get(carried).context["page"].form
    assert form[field].value() == typed


def test_a_complete_number_of_another_street_is_a_minimal_card_and_a_look(enter, folk, acting, system):
    client = enter("window_clerk", "330212008")
    page = text_of(client.get("/people/", {"q": WOMAN}))
    assert "王小明" not in page
    assert "全平台按号查找" in page
    page = text_of(client.post("/people/stranger", {"id_number": WOMAN, "why": "窗口办事"}))
    assert "王*明" in page
    assert "潘火街道" in page
    assert "东方丽都" not in page
    with acting(system):
        assert audit.looks_at(folk["mine"].public_id, by=system).count() == 1


def test_a_new_file_from_three_facts(enter, areas):
    client = enter()
    told = {"name": "钱多多", "phone": "13912345678", "community": HOME, "lives_address": "东方丽都3幢501室"}
    answer = client.post("/people/new", told | {"request_key": "k1"}, follow=True)
    assert answer.status_code == 200
    assert "证件后补" in text_of(answer)
    assert "已建档" in text_of(answer)
    again = client.post("/people/new", told | {"request_key": "k1", "confirmed": "on"}, follow=True)
    assert again.redirect_chain == answer.redirect_chain


def test_the_same_door_in_two_communities_is_told_apart_by_the_community_chosen(
    enter, acting, system, now, areas
):
    with acting(system):
        doors = {}
        for community in (HOME, NEXT_DOOR):
            estate = places.add_estate(by=system, at=now, community=community, name="东方丽都")
            building = places.add_building(by=system, at=now, estate=estate, number="3", floors=18)
            doors[community] = places.add_dwelling(by=system, at=now, building=building, floor=5, room="501")
    told = {
        "name": "钱多多",
        "phone": "13912345678",
        "community": NEXT_DOOR,
        "lives_address": "东方丽都3幢501室",
    }
    answer = enter().post("/people/new", told | {"request_key": "k2"})
    assert answer.status_code == 302
    panel = dwelling_panels.get("people")
    with acting(system):
        assert [one.name for one in panel.load(doors[NEXT_DOOR].public_id, by=system).people] == ["钱多多"]
        assert not panel.load(doors[HOME].public_id, by=system).people


def test_a_mistake_loses_nothing_and_is_answered_with_422(enter, areas):
    told = {"name": "钱多多", "id_number": "110105199003078888", "community": HOME, "phone": "13912345678"}
    answer = enter().post("/people/new", told)
    assert answer.status_code == 422
    page = text_of(answer)
    assert "校验位不对" in page
    for kept in ("钱多多", "110105199003078888", "13912345678"):
        assert kept in page


def test_the_number_fills_birth_and_sex_and_warns_of_a_known_person_at_once(enter, folk):
    client = enter()
    headers = {"HX-Request": "true", "HX-Target": "identity"}
    part = text_of(
        client.post("/people/new/number", {"id_number": "330212199001010024"[:17] + "8"}, headers=headers)
    )
    assert "号码有误" in part
    part = text_of(client.post("/people/new/number", {"id_number": WOMAN}, headers=headers))
    assert 'value="1949-12-31"' in part
    assert 'value="female" selected' in part
    assert "这个号码已经建档" in part
    assert "王小明" in part


def test_a_namesake_with_the_same_phone_is_asked_about_before_a_second_file(enter, folk):
    client = enter()
    told = {"name": "王小明", "phone": "13800138000", "community": HOME}
    answer = client.post("/people/new", told)
    assert answer.status_code == 422
    assert "可能已经有档案" in text_of(answer)
    mark = text_of(answer).split('name="confirmed" value="')[1].split('"')[0]
    assert client.post("/people/new", told | {"confirmed": mark}).status_code == 302


def test_opening_a_file_is_noted_with_its_reason_once(enter, folk, acting, system):
    client = enter()
    address = f"/people/{folk['mine'].public_id}/"
    page = text_of(client.get(address))
    assert "1949年12月31日" in page
    assert "002X" not in page
    assert "110105************" in page
    assert "138****8000" in page
    client.get(address)
    client.get(address, headers={"HX-Request": "true", "HX-Target": "timeline"})
    client.get(address, {"why": "电话回访"})
    with acting(system):
        looks = [look.why for look in audit.looks_at(folk["mine"].public_id, by=system)]
    assert looks == ["电话回访", "窗口办事"]


def test_nothing_of_another_street_opens(enter, folk):
    client = enter()
    far = folk["far"].public_id
    for path in ("", "phone", "move", "documents", "death", "reach", "correct"):
        answer = client.get(f"/people/{far}/{path}")
        assert answer.status_code in (403, 404), path
        assert CANARY not in text_of(answer)
    for typed in ("C87654321", "13700137777", CANARY, "潜龙巷"):
        page = text_of(client.get("/people/", {"q": typed})).replace(f'value="{typed}"', "")
        assert "王小刚" not in page


def test_edits_answer_in_the_form_and_lead_back_to_the_file(enter, folk):
    client = enter()
    mine = f"/people/{folk['mine'].public_id}/"
    version = client.get(f"{mine}phone").context["page"].form["version"].value()
    answer = client.post(f"{mine}phone", {"phone": "13900139000", "version": version}, follow=True)
    assert "139****9000" in text_of(answer)
    answer = client.post(f"{mine}phone", {"phone": "13700137000", "version": version})
    assert answer.status_code == 422
    assert "刚刚被李敏改过" in text_of(answer)
    assert "13700137000" in text_of(answer)
    answer = client.post(
        f"{mine}move",
        {"kind": "lives", "community": NEXT_DOOR, "address": "雅苑5幢101室", "on": "2026-11-20"},
        follow=True,
    )
    assert "户口在本街道东莺社区" in text_of(answer)
    answer = client.post(
        f"{mine}documents", {"kind": "social_security_card", "number": "A12345678"}, follow=True
    )
    assert "社会保障卡" in text_of(answer)
    answer = client.post(
        f"{mine}reach", {"way": "child", "value": "13900139001", "note": "找女儿"}, follow=True
    )
    assert "找子女 139****9001（找女儿）" in text_of(answer)
    refused = client.post(f"{mine}reach", {"way": "knock", "drop": "on"})
    assert "不用去掉" in text_of(refused)
    answer = client.post(f"{mine}reach", {"way": "child", "drop": "on"}, follow=True)
    assert "没有特别说明" in text_of(answer)
    answer = client.post(
        f"{mine}correct",
        {"name": "王晓明", "sex": "female", "birth_on": "1949-12-31", "reason": "", "version": "9"},
    )
    assert answer.status_code == 422
    assert "请写明依据" in text_of(answer)
    answer = client.post(f"{mine}verify", follow=True)
    assert "李敏" in text_of(answer)
    answer = client.post(f"{mine}death", {"died_on": "2026-11-19", "source": "死亡医学证明"}, follow=True)
    assert "已故 11月19日" in text_of(answer)


def test_a_household_is_founded_joined_and_left(enter, folk, acting, system):
    client = enter()
    page = f"/people/{folk['mine'].public_id}/household"
    assert "不在任何住户里" in text_of(client.get(page))
    assert client.post(page, {"on": "2999-01-01"}).status_code == 422
    answer = client.post(page, {"on": timezone.localdate().isoformat()}, follow=True)
    house = answer.redirect_chain[-1][0]
    assert "王小明 户" in text_of(answer)
    other = str(folk["next"].public_id)
    assert "王小红" in text_of(client.get(f"{house}join", {"q": "王小红"}))
    answer = client.post(
        f"{house}join?q=王小红", {"person": other, "role": "30", "on": "2026-11-20"}, follow=True
    )
    assert "王小红" in text_of(answer)
    assert "王小明 户" in text_of(client.get(f"/people/{other}/household"))
    answer = client.post(f"{house}leave/{other}", follow=True)
    assert "以前的成员" in text_of(answer) or "现有成员" in text_of(answer)


def test_the_search_page_takes_as_many_queries_for_twenty_as_for_one(enter, areas, acting, system, register):
    client = enter()
    client.get("/people/", {"q": "王"})
    counts = []
    for many in (1, 19):
        with acting(system):
            for number in range(many):
                register("王小明", lives_address=f"东方丽都{number}幢501室", phone="13800138000")
        with CaptureQueriesContext(connection) as queries:
            client.get("/people/", {"q": "王小明"})
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 16


def test_the_file_takes_as_many_queries_for_a_large_household_as_for_one(enter, areas, acting, system, now):
    client = enter()
    counts = []
    for many in (1, 8):
        with acting(system):
            batch = [
                people.NewPerson(f"王小{number}", HOME, household="1", role="02" if number == 0 else "20")
                for number in range(many)
            ]
            first = people.import_people(by=system, at=now, people=batch)[0]
        client.get(f"/people/{first}/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/people/{first}/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_register_reads_a_file_in_five_queries_besides_plugged_cards(street, register):
    person = register("王小明", id_number=WOMAN, phone="13800138000")
    people.get_file(person.public_id, by=street, on=date(2026, 11, 20))
    plugged = dict(ports.file_cards._items)
    ports.file_cards._items.clear()
    try:
        with CaptureQueriesContext(connection) as queries:
            people.get_file(person.public_id, by=street, on=date(2026, 11, 20))
    finally:
        ports.file_cards._items.update(plugged)
    assert len(queries) == 5


# -- 查无此人: without an id card the matter goes on all the same -------------------------------------


@pytest.mark.parametrize(
    ("told", "doubtful"),
    [
        ({"name": "钱多多", "phone": "13912345678", "lives_address": "东方丽都3幢501室"}, True),
        ({"name": "钱宝宝", "birth_on": "2026-11-01", "lives_address": "东方丽都3幢501室"}, True),
        (
            {
                "name": "钱宝",
                "birth_on": "2026-11-01",
                "other_kind": "birth_certificate",
                "other_number": "U330001234",
            },
            False,
        ),
        ({"name": "John Smith", "other_kind": "passport", "other_number": "E12345678"}, False),
        ({"name": "陈港生", "other_kind": "hk_macao_permit", "other_number": "H12345678"}, False),
    ],
)
def test_a_newborn_a_foreigner_and_who_lost_her_card_are_put_on_file_and_the_matter_goes_on(
    enter, areas, acting, system, told, doubtful
):
    client = enter()
    made = client.post("/people/new", told | {"community": HOME, "serve": "1"})
    assert made.status_code == 302 and made.url.startswith("/desk/new/?person=")
    assert client.get(made.url).status_code == 200
    listed = text_of(client.get("/people/papers-missing/"))
    assert (told["name"] in listed) is doubtful
    assert ("证件待补" in text_of(client.get("/"))) is True or not doubtful


@pytest.mark.parametrize("told", [{"other_kind": "passport"}, {"other_number": "E12345678"}])
def test_half_a_paper_is_asked_about(enter, areas, told):
    answer = enter().post("/people/new", {"name": "钱多多", "community": HOME} | told)
    assert answer.status_code == 422 and (
        "请选择是哪种证件" in text_of(answer) or "请填写号码" in text_of(answer)
    )


def test_who_owes_a_paper_is_listed_until_it_comes_and_only_where_one_registers(enter, folk, acting, system):
    client = enter()
    assert "王小红" in text_of(client.get("/people/papers-missing/"))
    assert "1 位居民" in text_of(client.get("/"))
    client.post(f"/people/{folk['next'].public_id}/documents", {"kind": "passport", "number": "E12345678"})
    page = text_of(client.get("/people/papers-missing/"))
    assert "王小红" not in page and CANARY not in page
    assert "papers-missing" not in text_of(client.get("/"))


def test_a_name_alone_opens_nothing_and_namesakes_are_told_apart(enter, folk, acting, system, register):
    with acting(system):
        other = register(
            "王小明",
            birth_on=date(1980, 5, 6),
            sex="male",
            phone="13811112222",
            lives_address="雅苑1幢",
            community=NEXT_DOOR,
        )
    client = enter()
    people_page, search_page = client.get("/people/", {"q": "王小明"}), client.get("/search", {"q": "王小明"})
    assert (people_page.status_code, search_page.status_code) == (200, 200)
    for page in (text_of(people_page), text_of(search_page)):
        for fact in ("东方丽都3幢501室", "雅苑1幢", "8000", "2222", "002X"):
            assert fact in page
    acted = client.post(
        f"/people/{other.public_id}/correct",
        {
            "name": "王晓明",
            "sex": "male",
            "birth_on": "1980-05-06",
            "reason": "户口簿",
            "version": other.version,
        },
    )
    assert acted.status_code in (302, 403)
    if acted.status_code == 302:
        assert "曾用名 王小明" in text_of(client.get("/search", {"q": "王晓明"}))


def test_a_look_is_one_row_and_needs_no_savepoint_to_stand_or_fall_whole(street, register, now):
    person = register("王小明").public_id
    with CaptureQueriesContext(connection) as queries:
        people.note_look(by=street, at=now, person=person, why="窗口办事")
    assert not [query for query in queries if "SAVEPOINT" in query["sql"]]
    with pytest.raises(NotPossible):
        people.note_look(by=street, at=now, person=person, why=" ")
    people.note_look(by=street, at=now, person=person, why="电话核实")
    assert [look.why for look in audit.looks_at(person, by=street)] == ["电话核实", "窗口办事"]
