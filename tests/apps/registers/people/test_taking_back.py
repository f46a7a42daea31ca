"""What was noted in error is taken back on the file, with a reason, and leaves its trail."""

from datetime import timedelta

import pytest
from django.utils import timezone

from yimen.foundations.access import api as access
from yimen.foundations.audit import api as audit
from yimen.foundations.bus.models import Announcement
from yimen.registers.people import api as people

pytestmark = pytest.mark.django_db
HOME, NEXT_DOOR, FAR = "330212007001", "330212007002", "330212008001"
WOMAN = "11010519491231002X"


@pytest.fixture
def family(areas, acting, system, register):
    """A household of three: the wife leads it."""
    with acting(system):
        since = timezone.localdate() - timedelta(days=400)
        wife = register("王秀兰", since=since, id_number=WOMAN, phone="13800138000")
        house = people.found_household(by=system, at=timezone.now(), on=since, householder=wife.public_id)
        members = {"wife": wife.public_id, "house": house.public_id}
        for name, who, role in (("李大强", "husband", "11"), ("李小宝", "son", "21")):
            made = register(name, since=since)
            people.join_household(
                by=system, at=timezone.now(), on=since, person=made.public_id, household=house.public_id, role=role,
            )  # fmt: skip
            members[who] = made.public_id
        return members


def text_of(answer) -> str:
    return answer.content.decode()


def details(acting, system, subject, verb):
    with acting(system):
        rows = [row for row in audit.trail_of(subject, by=system) if row.verb == verb]
        return audit.details_of(rows, by=system)[rows[0].id] if rows else {}


def seats(acting, system, house):
    with acting(system):
        found = people.get_household(house, by=system)
        return found.householder, {member.name: member.role for member in found.present}


def test_a_death_noted_in_error_is_taken_back_on_the_file_with_her_household(enter, acting, system, family):
    clerk = enter("community_head", HOME)
    her, today = family["wife"], timezone.localdate()
    was = seats(acting, system, family["house"])
    told = {"died_on": today.isoformat(), "source": "电话里听说", "request_key": "d1"}
    assert clerk.post(f"/people/{her}/death", told).status_code == 302
    assert seats(acting, system, family["house"])[0] == ""
    page = text_of(clerk.get(f"/people/{her}/"))
    assert f"/people/{her}/death/undo" in page
    refused = clerk.post(
        f"/people/{her}/death", told | {"died_on": str(today - timedelta(days=1)), "request_key": "d2"}
    )
    assert "撤销死亡登记" in text_of(refused)
    assert clerk.post(f"/people/{her}/death/undo", {"reason": " "}).status_code == 422
    answer = clerk.post(f"/people/{her}/death/undo", {"reason": "同名的人", "request_key": "u1"}, follow=True)
    assert "死亡登记已撤销" in text_of(answer)
    assert "已故" not in text_of(answer)
    assert seats(acting, system, family["house"]) == was
    with acting(system):
        assert people.person_card(family["son"], by=system).householder == "王秀兰"
        event = Announcement.objects.get(name="people.death_undone")
        assert (event.subject, event.payload["died_on"]) == (her, today.isoformat())
    trail = details(acting, system, her, "people.death.undone")
    assert (trail["undone"], trail["reason"], trail["source"]) == (
        today.isoformat(),
        "同名的人",
        "电话里听说",
    )
    again = clerk.post(f"/people/{her}/death/undo", {"reason": "同名的人"}, follow=True)
    assert "不用撤销" in text_of(again)


def test_a_death_dated_before_she_came_into_the_household_gives_her_seat_back_too(
    enter, acting, system, family
):
    clerk, her = enter("community_head", HOME), family["husband"]
    was = seats(acting, system, family["house"])
    long_ago = (timezone.localdate() - timedelta(days=600)).isoformat()
    assert clerk.post(f"/people/{her}/death", {"died_on": long_ago, "source": "x"}).status_code == 302
    assert "李大强" not in seats(acting, system, family["house"])[1]
    assert clerk.post(f"/people/{her}/death/undo", {"reason": "录错日期"}).status_code == 302
    assert seats(acting, system, family["house"]) == was


def test_nobody_who_died_is_said_to_settle(enter, acting, system, register, areas):
    with acting(system):
        her = register("孙来", hukou_address="安徽省阜阳市").public_id
    clerk, today = enter("community_head", HOME), timezone.localdate().isoformat()
    assert "届时计入常住人口" in text_of(clerk.get(f"/people/{her}/"))
    assert clerk.post(f"/people/{her}/death", {"died_on": today, "source": "x"}).status_code == 302
    assert "届时计入常住人口" not in text_of(clerk.get(f"/people/{her}/"))


def test_who_became_householder_meanwhile_stays_it(enter, acting, system, family):
    clerk, her = enter("community_head", HOME), family["wife"]
    now, today = timezone.now(), timezone.localdate()
    earlier = (today - timedelta(days=9)).isoformat()
    clerk.post(f"/people/{her}/death", {"died_on": earlier, "source": "x"})
    with acting(system):
        roles = {family["husband"]: "02", family["son"]: "21"}
        people.change_householder(by=system, at=now, on=today, household=family["house"], roles=roles)
    assert clerk.post(f"/people/{her}/death/undo", {"reason": "同名"}).status_code == 302
    assert seats(acting, system, family["house"]) == (
        "李大强",
        {"李大强": "02", "李小宝": "21", "王秀兰": "99"},
    )


def test_only_who_may_correct_takes_a_death_back_and_nobody_of_another_street(enter, acting, system, family):
    head, grid = enter("community_head", HOME), enter("grid_worker", HOME)
    her = family["wife"]
    head.post(f"/people/{her}/death", {"died_on": timezone.localdate().isoformat(), "source": "x"})
    assert grid.post(f"/people/{her}/death/undo", {"reason": "x"}).status_code == 403
    assert enter("community_head", FAR).post(f"/people/{her}/death/undo", {"reason": "x"}).status_code == 404
    with acting(system):
        assert people.person_card(her, by=system).died_on


def test_a_wrong_number_goes_altogether_and_a_lost_card_stays_as_history(enter, acting, system, now, family):
    clerk, her = enter(), family["wife"]
    with acting(system):
        people.add_document(by=system, at=now, person=her, kind="social_security_card", number="A12345678")
        papers = {one.kind: one.public_id for one in people.get_file(her, by=system, on=now.date()).documents}
    wrong = f"/people/{her}/documents/{papers['id_card']}/end"
    assert wrong in text_of(clerk.get(f"/people/{her}/"))
    assert clerk.post(wrong, {"what": "wrong", "reason": ""}).status_code == 422
    answer = clerk.post(wrong, {"what": "wrong", "reason": "录到别人的号码"}, follow=True)
    assert "请一并更正" in text_of(answer)
    lost = f"/people/{her}/documents/{papers['social_security_card']}/end"
    assert "请填写从哪天起失效" in text_of(clerk.post(lost, {"what": "over", "reason": "遗失"}))
    early = clerk.post(lost, {"what": "over", "on": str(now.date()), "reason": "遗失"})
    assert early.status_code == 422
    assert "失效日期要在这一天之后" in text_of(early)
    with acting(system):
        today = timezone.localdate()
        assert people.find_people(WOMAN, by=system) == []
        kinds = [one.kind for one in people.get_file(her, by=system, on=today).documents]
        assert kinds == ["social_security_card"]
    trail = details(acting, system, her, "people.document.ended")
    assert (trail["number"], trail["reason"], trail["wrong"]) == (
        "110105************",
        "录到别人的号码",
        True,
    )
    assert clerk.post(wrong, {"what": "wrong", "reason": "x"}).status_code == 404
    day = str(now.date() + timedelta(days=1))
    assert clerk.post(lost, {"what": "over", "on": day, "reason": "遗失"}).status_code == 302
    with acting(system):
        (card,) = people.get_file(her, by=system, on=today).documents
        assert str(card.until) == day


def test_another_id_number_in_place_of_one_needs_a_reason(enter, acting, system, family):
    clerk, her = enter(), family["wife"]
    told = {"kind": "id_card", "number": "11010519491231003" + "8"}
    refused = clerk.post(f"/people/{her}/documents", told)
    assert refused.status_code == 422
    assert "更换请写明理由" in text_of(refused)
    assert clerk.post(f"/people/{her}/documents", told | {"reason": "录错一位"}).status_code == 302
    trail = details(acting, system, her, "people.document.added")
    assert (trail["replaced"], trail["reason"]) == ("110105************", "录错一位")


def test_an_account_joined_to_the_wrong_file_is_parted_on_the_page(enter, acting, system, now, family):
    clerk, her = enter(), family["wife"]
    assert "没有关联登录账号" in text_of(clerk.get(f"/people/{her}/account", follow=True))
    with acting(system):
        account = access.create_account(
            by=system, at=now, username="lan", name="王秀兰", password="Qiangdu-9-hao-mima", area=HOME
        ).public_id
        people.join_account(by=system, at=now, account=account, person=her)
    assert "解除登录账号" in text_of(clerk.get(f"/people/{her}/account"))
    assert clerk.post(f"/people/{her}/account", {"reason": ""}).status_code == 422
    assert clerk.post(f"/people/{her}/account", {"reason": "关联错人"}).status_code == 302
    assert "没有关联登录账号" in text_of(clerk.get(f"/people/{her}/account", follow=True))
    trail = details(acting, system, her, "people.account.parted")
    assert (trail["parted"], trail["reason"]) == (str(account), "关联错人")
