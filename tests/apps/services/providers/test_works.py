"""Agreed work, from the licence to the acceptance, as a clinic and the street meet it over HTTP."""

import html
import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.apps.services.providers.conftest import FAR_STREET, HOME, PASSWORD, STREET
from yimen.foundations.access import api as access
from yimen.foundations.audit.api import operation, unchanged
from yimen.foundations.bus.api import act_as
from yimen.kernel.money import Money
from yimen.kernel.refusals import NotFound, NotPossible
from yimen.registers.organisations import api as organisations
from yimen.registers.people.models import Person
from yimen.services.providers import operations
from yimen.services.providers.models import AgreedWork, Submission
from yimen.services.providers.queries.works import work_lines
from yimen.services.providers.rules import amount_of, why_not_accept

pytestmark = pytest.mark.django_db


def text(answer):
    return html.unescape(re.sub(r"\s+", " ", answer.content.decode()))


def handed_in(client, unit, proof, on, **told):
    given = {"done_on": str(on), "place": "东莺社区活动室", "quantity": "20", "note": "", "proof": proof()}
    return client.post(reverse("providers:submit", args=[unit.work]), given | told)


@pytest.fixture
def clinic(found):
    return found("甲诊所")


@pytest.mark.requirement("S1-43")
def test_a_clinic_submits_by_its_own_login_and_sees_what_was_accepted(clinic, enter, proof, on):
    street, own = enter("section_officer"), enter(clinic)
    listed = text(street.get(reverse("providers:home")))
    assert "甲诊所" in listed
    assert "医疗机构执业许可证" in listed
    at_home = own.get(reverse("providers:home"))
    page = text(own.get(at_home["Location"]))
    assert "预防保健科" in page
    assert "¥12.50／人次" in page
    made = handed_in(own, clinic, proof, on)
    assert made.status_code == 302
    submission = made["Location"]
    assert "待验收" in text(own.get(submission))
    assert "高血压随访" in text(street.get("/"))
    accepted = street.post(
        f"{submission}accept/", {"accepted": "18", "grade": "mended", "note": "两人没有签名"}
    )
    assert accepted.status_code == 302
    for reader in (own, street):
        said = text(reader.get(submission))
        assert "已验收" in said
        assert "18 × ¥12.50 × 90% = ¥202.50" in said
        assert "两人没有签名" in said
        assert "¥202.50" in text(reader.get(at_home["Location"]))
    kept = re.search(r'href="(/documents/[^"]+)">打开凭证', text(own.get(submission)))[1]
    for reader in (own, street):
        assert b"".join(reader.get(kept).streaming_content).startswith(b"\xff\xd8")


def test_what_is_returned_says_why_and_can_be_submitted_again(clinic, enter, proof, on):
    street, own = enter("section_officer"), enter(clinic)
    submission = handed_in(own, clinic, proof, on)["Location"]
    assert street.post(f"{submission}return/", {"reason": ""}).status_code == 422
    assert street.post(f"{submission}return/", {"reason": "签到表没有日期"}).status_code == 302
    assert "签到表没有日期" in text(own.get(submission))
    home = text(own.get("/"))
    assert "签到表没有日期" in home
    assert "1 笔申报退回待改" in home
    assert "没有等您的事" not in home
    assert street.post(f"{submission}accept/", {"accepted": "20", "grade": "good"}).status_code == 422
    anew = handed_in(own, clinic, proof, on)["Location"]
    assert "签到表没有日期" not in text(own.get("/"))
    assert own.post(f"{anew}withdraw/").status_code == 302
    assert "签到表没有日期" in text(own.get("/"))


def test_submissions_accepted_alike_add_up_and_each_is_rounded_by_itself(clinic, enter, proof, on):
    street, own = enter("section_officer"), enter(clinic)
    accepted = [("一楼", 1, "poor"), ("二楼", 1, "poor"), ("三楼", 1, "good"), ("四楼", 3, "poor")]
    for place, quantity, grade in accepted:
        made = handed_in(own, clinic, proof, on, place=place, quantity=str(quantity))
        told = {"accepted": str(quantity), "grade": grade, "note": ""}
        assert street.post(f"{made['Location']}accept/", told).status_code == 302
    handed_in(own, clinic, proof, on, place="五楼", quantity="7")
    by = access.actor_of(clinic.account, on=on)
    with act_as(by, on=on):
        (line,) = work_lines([clinic.organisation], by=by, on=on)
    # 12.50 at 70% is 8.75, twice; at 100% 12.50; three at 70% are 26.25.
    assert (line.waiting, line.accepted, line.amount) == (7, 6, Money(875 * 2 + 1250 + 2625))


def test_the_same_work_is_submitted_once(clinic, enter, proof, on):
    own = enter(clinic)
    submission = handed_in(own, clinic, proof, on)["Location"]
    again = handed_in(own, clinic, proof, on, place=" 东莺社区活动室 ")
    assert again.status_code == 422
    assert "已经申报过" in text(again)
    assert own.post(f"{submission}withdraw/").status_code == 302
    assert "已撤回" in text(own.get(submission))
    assert handed_in(own, clinic, proof, on).status_code == 302


def test_the_database_refuses_a_second_submission_by_itself(clinic, here, on, proof):
    by = access.actor_of(clinic.account, on=on)
    told = {"by": by, "at": here, "work": clinic.work, "done_on": on, "quantity": 1}
    with act_as(by, on=on):
        operations.submit_work(**told, place="一楼", proof=proof())
        second = operations.submit_work(**told, place="二楼", proof=proof())
    with pytest.raises(IntegrityError), act_as(by, on=on):
        move(by=by, at=here, row=second)


@operation("tests.submission.moved")
def move(*, by, at, row):
    """A writer that forgot to look (测试)."""
    row.place = "一楼"
    row.save(update_fields=["place"])
    unchanged()


@pytest.mark.requirement("S1-43")
def test_nothing_is_submitted_after_the_licence_has_run_out(found, enter, proof, on):
    late = found("乙诊所", licensed_to=on - timedelta(days=1))
    own = enter(late)
    day = on - timedelta(days=1)
    sentence = f"已于 {day.year}年{day.month}月{day.day}日 到期，不能再申报"
    assert sentence in text(own.get("/"))
    assert sentence in text(own.get(reverse("providers:submit", args=[late.work])))
    refused = handed_in(own, late, proof, day)
    assert refused.status_code == 422
    assert sentence in text(refused)
    assert "不在有效期" in text(enter("section_officer").get(reverse("providers:home")))


def test_nothing_is_submitted_after_the_agreement_has_ended(clinic, enter, proof, system, here, on):
    own = enter(clinic)
    with act_as(system, on=on):
        organisations.end_agreement(
            by=system,
            at=here,
            organisation=clinic.organisation,
            agreement=clinic.agreement,
            last_day=on - timedelta(days=1),
            why="停业整顿",
        )
    refused = handed_in(own, clinic, proof, on - timedelta(days=3))
    assert refused.status_code == 422
    assert "协议已于" in text(refused)


def test_work_outside_the_extent_of_the_licence_is_not_submitted(clinic, enter, proof, system, here, on):
    with act_as(system, on=on):
        work = operations.agree_work(
            by=system,
            at=here,
            organisation=clinic.organisation.public_id,
            agreement=clinic.agreement,
            title="口腔检查",
            measure="人次",
            price=Money(500),
            licence="clinic_licence",
            extent="口腔科",
        )
    answer = enter(clinic).post(
        reverse("providers:submit", args=[work.public_id]),
        {"done_on": str(on), "place": "一楼", "quantity": "1", "proof": proof()},
    )
    assert answer.status_code == 422
    assert "范围含“口腔科”" in text(answer)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"quantity": "0"}, "大于或等于1"),
        ({"place": ""}, "必填"),
        ({"proof": ""}, "没有凭证不能验收"),
        ({"done_on": "2999-01-01"}, "做完再申报"),
        ({"done_on": "2001-01-01"}, "协议还没有生效"),
    ],
)
def test_bad_input_is_told_in_one_sentence(clinic, enter, proof, on, told, said):
    given = {"done_on": str(on), "place": "活动室", "quantity": "20", "proof": proof()} | told
    answer = enter(clinic).post(reverse("providers:submit", args=[clinic.work]), given)
    assert answer.status_code == 422
    assert said in text(answer)


@pytest.mark.requirement("S1-43")
def test_the_administrators_open_the_login_of_a_clinic_and_close_it(clinic, enter, areas, system, here, on):
    told = {"title": "第二申报员", "role": "provider", "seats": "1"}
    page = reverse("organisations:create_post", args=[clinic.organisation.public_id])
    assert enter("section_officer").get(page).status_code == 403
    assert enter("administrator").post(page, told).status_code == 302
    with act_as(system, on=on):
        made = access.create_account(
            by=system,
            at=here,
            username="second",
            name="钱申",
            password=PASSWORD,
            area=STREET,
            must_change=False,
        )
        (line,) = [
            one
            for one in organisations.posts_in(clinic.organisation, by=system, on=on)
            if one.post.title == "第二申报员"
        ]
    guard = enter("security_admin")
    appointing = reverse("office:appoint", args=[made.public_id])
    given = {"post": str(line.post.public_id), "since": str(on), "until": "", "acting": ""}
    assert guard.post(appointing, given).status_code == 302
    own = Client()
    own.post("/sign-in", {"username": "second", "password": PASSWORD})
    assert "甲诊所" in text(own.get(reverse("providers:home"), follow=True))
    with act_as(system, on=on):
        (held,) = organisations.posts_of(made.public_id, on=on)
        row = organisations.appointment(held.appointment, by=system)
        organisations.end_appointment(by=system, at=here, appointment=row)
        assert access.actor_of(made.public_id, on=on).holds == ()
    with act_as(access.actor_of(made.public_id, on=on), on=on):
        assert not AgreedWork.objects.exists()


def test_one_clinic_reaches_nothing_of_another_and_no_resident(found, enter, proof, on, system, here):
    first, second = found("甲诊所"), found("乙诊所")
    mine, theirs = enter(first), enter(second)
    submission = handed_in(theirs, second, proof, on)["Location"]
    kept = re.search(r'href="(/documents/[^"]+)">打开凭证', text(theirs.get(submission)))[1]
    for address in (
        submission,
        reverse("providers:unit", args=[second.organisation.public_id]),
        reverse("providers:submit", args=[second.work]),
        kept,
    ):
        assert mine.get(address).status_code == 404, address
    assert mine.post(f"{submission}withdraw/").status_code == 404
    assert mine.post(f"{submission}accept/", {"accepted": "1", "grade": "good"}).status_code == 403
    listed = text(mine.get(reverse("providers:submissions")))
    assert "乙诊所" not in listed
    assert "乙诊所" not in str(mine.get(reverse("providers:submissions") + "?export=xlsx").content)
    by = access.actor_of(first.account, on=on)
    assert by.reach == ()
    with act_as(by, on=on):
        assert not Submission.objects.exists()
        assert [one.pk for one in AgreedWork.objects.all()] == [
            one.pk for one in AgreedWork.objects.within(by)
        ]
        assert {one.public_id for one in AgreedWork.objects.all()} == {first.work}
        assert not Person.objects.exists()
        with pytest.raises(NotFound):
            operations.submit_work(
                by=by, at=here, work=second.work, done_on=on, place="一楼", quantity=1, proof=proof()
            )


def test_another_street_reaches_nothing(clinic, enter, proof, on):
    submission = handed_in(enter(clinic), clinic, proof, on)["Location"]
    far = enter("section_officer", FAR_STREET)
    assert far.get(submission).status_code == 404
    assert far.get(reverse("providers:unit", args=[clinic.organisation.public_id])).status_code == 404
    assert "甲诊所" not in text(far.get(reverse("providers:submissions")))
    assert far.post(f"{submission}return/", {"reason": "x"}).status_code in (404, 422)


def test_the_role_without_a_post_opens_nothing(clinic, enter, proof, on):
    handed_in(enter(clinic), clinic, proof, on)
    lost = enter("provider", HOME)
    assert "还没有机构岗位" in text(lost.get(reverse("providers:home")))
    assert "甲诊所" not in text(lost.get(reverse("providers:submissions")))


def test_an_account_serves_one_organisation(found, system, here, on):
    first, second = found("甲诊所"), found("乙诊所")
    with act_as(system, on=on):
        line, _ = organisations.posts_in(second.organisation, by=system, on=on)
        with pytest.raises(NotPossible, match="一个账号只属于一家机构"), transaction.atomic():
            organisations.appoint(by=system, at=here, post=line.post, account=first.account, since=on)


def test_work_that_was_submitted_is_not_dropped(clinic, enter, proof, on):
    street = enter("section_officer")
    handed_in(enter(clinic), clinic, proof, on)
    answer = street.post(reverse("providers:drop_work", args=[clinic.work]))
    assert answer.status_code == 422
    assert "已经申报过这项服务" in text(answer)


def test_the_street_agrees_on_work_by_its_page(clinic, enter):
    street = enter("section_officer")
    page = reverse("providers:add_work", args=[clinic.organisation.public_id])
    assert "公共卫生服务协议" in text(street.get(page))
    told = {
        "agreement": str(clinic.agreement),
        "title": "健康讲座",
        "measure": "场",
        "price": "300",
        "licence": "clinic_licence",
        "extent": "",
    }
    assert street.post(page, told | {"price": "三百"}).status_code == 422
    assert street.post(page, told).status_code == 302
    again = street.post(page, told)
    assert again.status_code == 422
    assert "已有“健康讲座”" in text(again)
    assert "¥300.00／场" in text(street.get(reverse("providers:unit", args=[clinic.organisation.public_id])))


def test_an_amount_is_rounded_to_the_fen():
    assert amount_of(3, Money(333), 70) == Money(699)
    assert amount_of(1, Money(1), 50) == Money(1)


def test_less_is_accepted_only_with_the_reason():
    assert why_not_accept(quantity=5, accepted=5, note="") is None
    assert why_not_accept(quantity=5, accepted=4, note="") is not None
    assert why_not_accept(quantity=5, accepted=6, note="多") is not None
