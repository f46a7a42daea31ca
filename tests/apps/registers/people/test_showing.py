"""What a post sees of a resident's facts, and how it asks for the rest."""

import pytest
from django.test import Client

from yimen.foundations.audit import api as audit
from yimen.foundations.definitions.api import current, current_all

pytestmark = pytest.mark.django_db
HOME, OTHER_STREET = "330212007001", "330212008"
WOMAN = "11010519491231002X"
PHONE, ROOM = "13800138000", "东方丽都3幢501室"


@pytest.fixture
def her(areas, acting, system, register):
    with acting(system):
        return register("王小明", id_number=WOMAN, phone=PHONE, lives_address=ROOM, hukou=HOME).public_id


def text_of(answer) -> str:
    return answer.content.decode()


def asks(client: Client, her, field: str, /, **told):
    page = client.get(f"/people/{her}/").context["page"]
    if field == "id_number":
        told = {"document": page.file.documents[0].public_id} | told
    return client.post(f"/people/{her}/show", {"field": field} | told)


def whys(acting, system, her) -> list[str]:
    with acting(system):
        return [look.why for look in audit.looks_at(her, by=system)]


def test_a_number_is_shown_for_a_purpose_on_that_page_only(enter, her, acting, system):
    client = enter()
    page = text_of(client.get(f"/people/{her}/"))
    assert WOMAN not in page
    assert "为什么要看证件号码？" in page
    answer = asks(client, her, "id_number", purpose="identity")
    assert f">{WOMAN}<" in text_of(answer)
    assert "完整信息只在这一页显示" in text_of(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    assert WOMAN not in text_of(client.get(f"/people/{her}/"))
    assert whys(acting, system, her)[0] == "查看证件号码：核对本人身份"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({}, "请选择为什么要看"),
        ({"purpose": "curiosity"}, "请选择为什么要看"),
        ({"purpose": "contact"}, "请选择为什么要看"),
        ({"purpose": "other"}, "请写明为什么要看"),
        ({"purpose": "other", "words": "看看"}, "请写明为什么要看"),
        ({"purpose": "x" * 400}, "请选择要看哪一项"),
        ({"field": "diagnosis", "purpose": "apply"}, "请选择要看哪一项"),
        ({"document": "0", "purpose": "apply"}, "请选择要看哪一项"),
    ],
)
def test_without_a_purpose_nothing_is_shown_and_nothing_noted(enter, her, acting, system, told, sentence):
    client = enter()
    answer = asks(client, her, "id_number", **told)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert WOMAN not in text_of(answer)
    assert whys(acting, system, her) == ["窗口办事"]


def test_hostile_words_stand_in_her_list_as_words(enter, her, acting, system):
    client = enter()
    asks(client, her, "id_number", purpose="other", words="<script>alert(1)</script>")
    page = text_of(client.get(f"/people/{her}/rights/looks"))
    assert "查看证件号码：其他（写明）：&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_the_section_sees_masked_telephone_and_address_and_may_ask(enter, her, acting, system):
    client = enter("section_officer")
    page = text_of(client.get(f"/people/{her}/"))
    assert PHONE not in page
    assert "138****8000" in page
    assert ROOM not in page
    assert "东方丽都3幢" in page
    assert "1949年12月31日" in page
    shown = text_of(asks(client, her, "phone", purpose="contact"))
    assert PHONE in shown
    assert ROOM not in shown
    assert ROOM in text_of(asks(client, her, "address", purpose="letter"))
    assert whys(acting, system, her)[:2] == ["查看完整住址：出具、送达文书", "查看完整联系电话：联系本人"]


def test_who_calls_and_visits_sees_telephone_and_address_at_once(enter, her):
    page = text_of(enter("community_worker", HOME).get(f"/people/{her}/"))
    assert PHONE in page
    assert ROOM in page
    assert WOMAN not in page


def test_who_may_not_see_numbers_is_not_asked_why(enter, her):
    client = enter("doctor", HOME)
    assert "为什么要看证件号码" not in text_of(client.get(f"/people/{her}/"))
    assert asks(client, her, "id_number", purpose="identity").status_code == 403


def test_the_neighbouring_street_can_ask_for_nothing(enter, her, acting, system):
    client = enter("window_clerk", OTHER_STREET)
    for field in ("phone", "address", "birth_on", "id_number"):
        assert client.post(f"/people/{her}/show", {"field": field, "purpose": "apply"}).status_code == 404
    assert whys(acting, system, her) == []


def test_the_auditor_finds_who_asked_for_what(enter, her):
    asks(enter(), her, "id_number", purpose="apply")
    auditor = enter("auditor")
    assert "查看完整信息" in text_of(auditor.get("/office/trail/", {"verb": "查看完整信息"}))
    assert "查看证件号码：办理本人申请" in text_of(auditor.get("/office/trail/looks/"))


def test_a_masked_telephone_is_not_lost_by_saving_the_form(enter, her):
    client = enter()
    address = f"/people/{her}/phone"
    form = client.get(address).context["page"].form
    assert form["phone"].value() == ""
    told = {"phone": "", "version": form["version"].value()}
    answer = client.post(address, told)
    assert answer.status_code == 422
    assert "没有电话了请勾选" in text_of(answer)
    assert client.post(address, told | {"none": "on"}).status_code == 302
    assert "没有电话" in text_of(client.get(f"/people/{her}/"))


def test_posts_see_what_they_correct_and_the_rules_name_only_posts_that_exist(db, today):
    rules = current("field_privacy", "file", on=today).body
    posts = {one.key: one.body for one in current_all("role", on=today)}
    named = {post for rule in rules.fields.values() for post in (*rule.whole_for, *rule.hidden_for)}
    assert named <= set(posts)
    for post, role in posts.items():
        if "people.correct" in role.permissions:
            assert rules.fields["birth_on"].extent_for(post) == "whole", post
        if "people.register" in role.permissions:
            assert rules.fields["address"].extent_for(post) == "whole", post
