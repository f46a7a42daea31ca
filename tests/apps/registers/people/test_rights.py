"""A resident and her own data (个人信息权利): a copy, who looked, and requests that are answered with a reason."""

import re
from datetime import date

import pytest

from tests.apps.registers.people.conftest import HOME
from tests.apps.registers.people.test_doubles import text_of
from tests.conftest import TODAY
from yimen.foundations.audit import api as audit
from yimen.registers.people import api as people
from yimen.registers.people.queries.population import living_in
from yimen.registers.people.queries.rolls import residents

pytestmark = pytest.mark.django_db
WOMAN = "11010519491231002X"
ASKED = {"asked_by": "本人", "identity": "当面核对身份证"}


@pytest.fixture
def her(areas, acting, system, register, now):
    with acting(system):
        person = register(
            "王秀兰", id_number=WOMAN, phone="13900139000", lives_address="东方丽都3幢501室", hukou=HOME
        )
        people.set_reach_way(
            by=system, at=now, person=person.public_id, way="child", value="13700137000", note="女儿"
        )
    return person


def ask(client, her, kind, wish="请处理"):
    address = f"/people/{her.public_id}/rights"
    assert client.post(address, {"kind": kind, "wish": wish} | ASKED).status_code == 302
    return re.search(r"/people/requests/[0-9a-f-]{36}/", text_of(client.get(address)))[0]


def test_her_copy_holds_everything_in_full_and_is_noted(her, enter, acting, system):
    client = enter()
    address = f"/people/{her.public_id}/rights/copy"
    refused = client.post(address, {"asked_by": "本人", "identity": ""})
    assert refused.status_code == 422
    assert "怎么核验的身份" in text_of(refused)
    copy = text_of(client.post(address, ASKED))
    for fact in (
        "王秀兰",
        WOMAN,
        "13900139000",
        "13700137000",
        "东方丽都3幢501室",
        "1949年12月31日",
        "窗口登记",
        "李敏",
    ):
        assert fact in copy, fact
    with acting(system):
        assert "people.copy.handed_out" in {row.verb for row in audit.trail_of(her.public_id, by=system)}
        assert "应本人要求复制档案" in audit.looks_at(her.public_id, by=system)[0].why


def test_she_reads_who_looked_at_her_file_and_why(her, enter):
    clerk, chief = enter(), enter("section_chief")
    chief.get(f"/people/{her.public_id}/", {"why": "统计核对"})
    page = text_of(clerk.get(f"/people/{her.public_id}/rights/looks"))
    assert "统计核对" in page
    assert "李敏" in page


@pytest.mark.requirement("S3-13")
def test_the_register_asks_for_little_and_says_what_for(enter, areas):
    page = text_of(enter().get("/people/new"))
    for words in ("为什么要这些", "不问宗教、工作单位、婚姻和家史", "本人可以要求查看、更正"):
        assert words in page
    form = page.split('action="/people/new"')[1].split("</form>")[0]
    fields = set(re.findall(r'name="([a-z_]+)"', form)) - {
        "csrfmiddlewaretoken",
        "request_key",
        "serve",
        "from_card",
    }
    assert fields == {
        "id_number", "sex", "birth_on", "name", "phone", "community", "lives_address",
        "other_kind", "other_number", "since", "hukou", "hukou_address",
    }  # fmt: skip


@pytest.mark.requirement("S3-13")
def test_a_correction_is_asked_answered_and_dated(her, enter):
    client = enter()
    request = ask(client, her, "correct", "姓名应为王秀蓝")
    waiting = text_of(client.get("/people/requests/"))
    assert "姓名应为王秀蓝" in waiting
    assert "待答复" in waiting
    page = text_of(client.get(request))
    assert f"/people/{her.public_id}/correct" in page
    silent = client.post(request, {"granted": "no", "reason": ""})
    assert silent.status_code == 422
    done = client.post(request, {"granted": "yes", "reason": "已凭户口簿更正"}, follow=True)
    assert "已凭户口簿更正" in text_of(done)
    again = client.post(request, {"granted": "no", "reason": "再来"})
    assert "已经由李敏答复" in text_of(again)


@pytest.mark.requirement("S3-13")
def test_what_rests_on_her_word_alone_is_erased_and_the_rest_is_not_on_offer(her, enter, acting, system):
    client = enter()
    request = ask(client, her, "erase", "删掉女儿的电话和我的电话")
    page = text_of(client.get(request))
    assert "联系电话" in page
    nothing = client.post(request, {"granted": "yes", "reason": "删除"})
    assert "请选择删除哪些内容" in text_of(nothing)
    assert client.post(request, {"granted": "yes", "reason": "删除", "erase": ["number"]}).status_code == 422
    assert (
        client.post(request, {"granted": "yes", "reason": "已删除", "erase": ["phone", "ways"]}).status_code
        == 302
    )
    with acting(system):
        file = people.get_file(her.public_id, by=system, on=TODAY)
        assert (file.phone_masked, file.ways) == ("", ())
        assert people.find_people("13900139000", by=system) == []
        assert people.find_people(WOMAN, by=system)
        told = str(audit.details_of(list(audit.trail_of(her.public_id, by=system)), by=system))
    assert "13900139000" not in told
    assert "13700137000" not in told


def restrict(client, her, wish="不要用于活动通知"):
    request = ask(client, her, "restrict", wish)
    assert client.post(request, {"granted": "yes", "reason": "已限制"}).status_code == 302


def test_a_restriction_stands_on_the_file_until_a_named_post_lifts_it(her, enter):
    clerk, chief = enter(), enter("section_chief")
    restrict(clerk, her)
    file = text_of(clerk.get(f"/people/{her.public_id}/"))
    assert "本人要求限制使用个人信息：只办法律规定的事" in file
    page = text_of(clerk.get(f"/people/{her.public_id}/rights"))
    assert "请社区负责人、科长办理" in page
    assert clerk.post(f"/people/{her.public_id}/rights/lift", {"reason": "本人要求"}).status_code == 403
    silent = chief.post(f"/people/{her.public_id}/rights/lift", {"reason": ""})
    assert silent.status_code == 422
    assert "请写明为什么解除" in text_of(silent)
    assert chief.post(f"/people/{her.public_id}/rights/lift", {"reason": "本人当面提出"}).status_code == 302
    assert "限制使用" not in text_of(clerk.get(f"/people/{her.public_id}/"))


def test_who_restricts_her_data_stands_on_no_list_and_in_no_sheet_and_is_still_found(
    her, enter, acting, system
):
    clerk = enter()
    listed = "/people/list/?community=" + HOME
    assert "王秀兰" in text_of(clerk.get(listed))
    restrict(clerk, her)
    assert "王秀兰" not in text_of(clerk.get(listed))
    with acting(system):
        assert list(residents(by=system)) == []
    found = text_of(clerk.get("/people/", {"q": "王秀兰"}))
    assert "王秀兰" in found
    assert "限制使用" in found
    # A figure names nobody: she is counted as before.
    with acting(system):
        assert living_in(HOME, by=system, on=TODAY) == 1


def test_a_restriction_goes_over_with_a_merge_and_does_not_go_away_with_it(
    her, enter, acting, system, register, now
):
    clerk = enter()
    restrict(clerk, her)
    with acting(system):
        keep = register("王秀兰")
        people.merge_people(by=system, at=now, keep=keep.public_id, alias=her.public_id, reason="同一人")
    assert "本人要求限制使用个人信息" in text_of(clerk.get(f"/people/{keep.public_id}/"))
    with acting(system):
        people.undo_merge(by=system, at=now, alias=her.public_id, reason="不是同一人")
    assert "本人要求限制使用个人信息" in text_of(clerk.get(f"/people/{keep.public_id}/"))


def test_a_refusal_changes_nothing(her, enter, acting, system):
    client = enter()
    request = ask(client, her, "erase")
    assert (
        client.post(request, {"granted": "no", "reason": "在办事项要用", "erase": ["phone"]}).status_code
        == 302
    )
    with acting(system):
        assert people.get_file(her.public_id, by=system, on=TODAY).phone_masked == "139****9000"


def test_the_answer_is_due_so_many_working_days_later_as_the_practice_says(her, acting, system, now):
    with acting(system):
        made = people.receive_request(
            by=system, at=now, person=her.public_id, kind="correct", wish="更正", **ASKED
        )
    assert made.due_on == date(2026, 12, 11)  # fifteen working days after Friday, 20 November


def test_the_other_street_neither_reads_nor_answers(her, enter):
    request = ask(enter(), her, "correct", "金丝雀")
    stranger = enter(area="330212008")
    for address in (f"/people/{her.public_id}/rights", f"/people/{her.public_id}/rights/looks", request):
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"/people/{her.public_id}/rights/copy", ASKED).status_code == 404
    assert stranger.post(request, {"granted": "yes", "reason": "好"}).status_code == 404
    assert "金丝雀" not in text_of(stranger.get("/people/requests/"))
