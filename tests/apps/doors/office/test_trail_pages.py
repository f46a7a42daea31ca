"""The trail through HTTP: that something was done to a resident, and not what; and nothing of the other street."""

import pytest

from tests.apps.doors.office.cast import CANARY, COMMUNITY, HERE, real_today, sign_in
from tests.apps.doors.office.test_account_pages import _text
from yimen.foundations.access import api as access
from yimen.foundations.audit import api as audit
from yimen.foundations.bus.api import run_pending_jobs
from yimen.registers.people import api as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def corrected(resident, system, now):
    """A resident whose phone was corrected: a deed about a resident."""
    people.set_reach_way(by=system, at=now, person=resident.public_id, way="phone", value="13800138000")
    return resident


def _deed_of(subject, system):
    return audit.trail_of(subject.public_id, by=system).first().deed


def test_the_trail_says_who_did_what_where_in_words(enter, open_account, corrected):
    client = enter("auditor")
    page = client.get("/office/trail/").content.decode()
    for words in ("登记联系方式", "居民", "东莺社区", "登录", "auditor-330212007"):
        assert words in page
    assert "people.person" not in page


def test_the_trail_is_narrowed_by_work_verb_actor_and_day(enter, corrected):
    client = enter("auditor")
    today = real_today().isoformat()

    def seen(query: str) -> bool:
        return "登记联系方式" in _rows(client.get(f"/office/trail/?{query}"))

    assert seen("work=people") and not seen("work=access")
    assert seen("verb=联系方式") and not seen("verb=停用账号")
    assert not seen("who=auditor") and seen("who=tests")
    assert seen("at_from=2026-11-20&at_to=2026-11-20") and not seen("at_from=2027-01-01")
    assert "登录" in _rows(client.get(f"/office/trail/?at_from={today}&who=auditor"))


def _rows(answer) -> str:
    page = answer.content.decode()
    return page[page.index('id="list-office-trail"') :]


def test_the_auditor_sees_that_and_not_what(enter, corrected, system):
    client = enter("auditor")
    page = client.get(f"/office/trail/{_deed_of(corrected, system)}/").content.decode()
    assert "登记联系方式" in page and "涉及居民，内容未打开" in page
    assert "看不到居民的具体情况" in page
    answer = client.post(f"/office/trail/{_deed_of(corrected, system)}/", {"why": "想看看"})
    assert answer.status_code == 403


def test_details_are_opened_for_a_reason_and_the_resident_can_read_it(enter, corrected, system):
    client = enter("special_auditor")
    deed = _deed_of(corrected, system)
    assert client.post(f"/office/trail/{deed}/", {"why": ""}).status_code == 422
    page = client.post(f"/office/trail/{deed}/", {"why": "信访核查 2026-7"}).content.decode()
    assert "涉及居民，内容未打开" not in page and "已记下这次查看" in page
    looks = [look.why for look in audit.looks_at(corrected.public_id, by=system)]
    assert looks == ["审计：信访核查 2026-7"]


def test_deeds_about_the_house_are_read_at_once(enter, open_account, system, now):
    wang = open_account("wang.min", "王敏", role="window_clerk")
    page = enter("auditor").get(f"/office/trail/{_deed_of(wang, system)}/").content.decode()
    assert "授予角色" in page and "窗口人员" in page and "尚未封印" in page


def test_the_looks_say_who_why_and_whose_file_with_the_name_masked(
    enter, open_account, corrected, system, now
):
    clerk = open_account("li.si", "李四", role="window_clerk")
    actor = access.actor_of(clerk.public_id, on=now.date())
    people.note_look(by=actor, at=now, person=corrected.public_id, why="办理临时救助")
    page = enter("auditor").get("/office/trail/looks/").content.decode()
    assert "李四" in page and "办理临时救助" in page and "王*英" in page
    assert "王秀英" not in page


def test_verification_runs_as_a_job_and_its_outcome_stays(enter, corrected, system, now):
    client = enter("auditor")
    audit.seal_trail(by=system, at=now)
    assert client.post("/office/trail/seals/verify").status_code == 302
    page = client.get("/office/trail/seals/").content.decode()
    assert "正在核验" in page
    assert client.post("/office/trail/seals/verify").status_code == 409
    run_pending_jobs()
    page = client.get("/office/trail/seals/").content.decode()
    assert "全部相符" in page and "auditor-330212007" in page and "正在核验，刷新" not in page
    head = bytes(audit.seal_state().last.head).hex()
    assert head in page
    assert head in _text(client.get("/office/trail/seals/?export=xlsx"))


def test_an_export_of_the_trail_leaves_a_trail(enter, corrected):
    client = enter("auditor")
    assert "登记联系方式" in _text(client.get("/office/trail/?export=xlsx&work=people"))
    assert "导出清单" in _rows(client.get("/office/trail/"))


def test_nothing_of_the_other_street_is_in_the_trail_the_looks_or_the_exports(
    enter, other_street, corrected, system
):
    client = enter("auditor")
    for address in (
        "/office/trail/",
        "/office/trail/?who=钱",
        "/office/trail/?export=xlsx",
        "/office/trail/looks/",
        "/office/trail/looks/?export=xlsx",
        "/office/trail/seals/",
        "/office/",
        "/office/jobs/",
    ):
        assert CANARY not in _text(client.get(address)), address
    answer = client.get(f"/office/trail/{_deed_of(other_street, system)}/")
    assert answer.status_code == 404


@pytest.mark.parametrize("role", ["administrator", "security_admin", "window_clerk", "leader"])
def test_only_those_who_audit_read_the_trail(enter, role, corrected, system):
    client = enter(role)
    for address in ("", "looks/", "seals/", f"{_deed_of(corrected, system)}/"):
        assert client.get(f"/office/trail/{address}").status_code == 403


def test_the_lists_take_the_same_queries_for_many(enter, open_account, corrected, system, now, count_queries):
    client = enter("auditor")
    counts = []
    for round_ in range(2):
        for number in range(2 + 20 * round_):
            clerk = open_account(f"many.{round_}.{number}", "众人", role="window_clerk")
            actor = access.actor_of(clerk.public_id, on=now.date())
            person = people.register_person(by=actor, at=now, name="张三", community=COMMUNITY)
            people.note_look(by=actor, at=now, person=person.public_id, why="办事")
        taken = []
        for address in ("/office/trail/", "/office/trail/looks/", "/office/trail/seals/"):
            client.get(address)
            with count_queries() as seen:
                client.get(address)
            taken.append(len(seen))
        counts.append(taken)
    assert counts[0] == counts[1]
    assert max(counts[1]) <= 18


def test_the_auditor_of_one_street_signs_in_and_finds_the_trail_in_her_navigation(open_account):
    client = sign_in(open_account("shen", "沈计", role="auditor"))
    page = client.get("/").content.decode()
    assert "留痕与审计" in page and "系统概况" in page and HERE not in page.split("<main")[0]


def test_what_a_deputy_does_says_for_whom_and_in_which_role(
    enter, open_account, resident, acting, system, now
):
    clerk = open_account("wang.fang", "王芳", role="window_clerk", area=COMMUNITY)
    doctor = open_account("chen.yi", "陈医生", role="doctor", area=COMMUNITY)
    own = access.grants_of(clerk.public_id)[0]
    access.name_deputy(
        by=system, at=now, grant=own.public_id, deputy=doctor.public_id, since=now.date(), last=now.date(),
        reason="年休假",
    )  # fmt: skip
    actor = access.actor_of(doctor.public_id, on=now.date())
    with acting(actor):
        people.set_reach_way(by=actor, at=now, person=resident.public_id, way="phone", value="13800138001")
    # In her own right, with the same actor: nothing is said.
    granter = access.actor_of(clerk.public_id, on=now.date())
    with acting(granter):
        people.set_reach_way(by=granter, at=now, person=resident.public_id, way="phone", value="13800138002")
    auditor, special = enter("auditor"), enter("special_auditor")
    rows = _rows(auditor.get("/office/trail/?verb=联系方式"))
    assert rows.count("代 王芳") == 1
    mine, hers = audit.trail_of(resident.public_id, by=system)[:2]
    assert (mine.on_behalf_of, hers.on_behalf_of) == ("", clerk.key)
    opened = special.post(f"/office/trail/{hers.deed}/", {"why": "核查代理期间的操作"}).content.decode()
    assert "以代理的角色" in opened and "窗口人员" in opened
    # She is found by whom she acted for; what was done in one's own right is not, nor what somebody else was stood in for.
    for asked in ("王芳", "wang.fang"):
        found = _rows(auditor.get(f"/office/trail/?for={asked}"))
        assert found.count("代 王芳") == 1 and "陈医生" in found
        assert str(mine.deed) not in found and str(hers.deed) in found
    assert "代 王芳" not in _rows(auditor.get("/office/trail/?for=陈医生"))
