"""A matter of the street at a community's window: only while it is delegated there, and the window says why not."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.apps.work.desk.conftest import FAR, HOME, ON_THESE_TERMS, STREET, delegate_all, matter, on_day
from yimen.foundations.definitions.api import publish
from yimen.foundations.messages.api import inbox
from yimen.kernel.clock import day_of
from yimen.registers.places import api as places
from yimen.work.desk import api as desk
from yimen.work.desk.models import Case, CaseStep, Delegation
from yimen.work.desk.operations import warn_of_delegations
from yimen.work.desk.queries import find_delegations, running_out

GIVEN = {
    "powers": "accept",
    "document": "潘火街道事项下放清单（2026年）",
    "article": "第三项",
    "seal_rule": "使用便民服务专用章（东莺），用印登记",
}


@pytest.fixture
def lent(street, acting, system):
    """A matter of the street that no community has yet."""
    start = on_day(2026, 1, 6)
    with acting(system):
        body = matter(title="街道专办", level="street", decides="street")
        publish(by=system, at=start, effective_on=start.date(), kind="matter", key="lent", body=body)
    return "lent"


@pytest.fixture
def giver(make_actor):
    return make_actor(
        "desk.delegate_matter", "desk.accept_case", "desk.view_cases", area=STREET, name="赵科员"
    )


@pytest.fixture
def give(acting, giver, lent):
    """``give(since, last_day, …)``: the officer of the street gives it to the first community."""

    def do(since, last_day, *, at=None, by=giver, area=HOME, **more):
        at = at or on_day(since.year, since.month, since.day, 8)
        with acting(by, on=day_of(at)):
            return desk.delegate_matter(
                by=by, at=at, area=area, matter=lent, since=since, last_day=last_day, **(GIVEN | more)
            )

    return do


def test_the_street_of_the_tests_has_what_the_operation_writes(acting, system, street, lent):
    at = on_day(2026, 1, 6)
    with acting(system, on=day_of(at)):
        before = set(Delegation.objects.values_list("pk", flat=True))
        term = {"since": day_of(at), "last_day": date(2030, 12, 31)}
        desk.delegate_matter(by=system, at=at, area=HOME, matter=lent, **ON_THESE_TERMS, **term)
        places.import_areas(
            by=system, at=at, since=date(2015, 1, 1), rows=[places.AreaRow("330212007009", "第九社区")]
        )
        delegate_all("330212007009", by=system, at=at)
        made = Delegation.objects.exclude(pk__in=before)
        one, other = (made.values().get(matter=lent, area=area) for area in (HOME, "330212007009"))
    assert {key for key in one if one[key] != other[key]} == {"id", "public_id", "area"}


def _accept(acting, clerk, asked, lent, at):
    with acting(clerk, on=day_of(at)):
        return desk.accept_case(by=clerk, at=at, area=HOME, asked=asked(lent))


@pytest.mark.requirement("S0-05")
def test_on_its_last_day_it_is_accepted_and_the_day_after_the_window_says_why(
    acting, clerk, asked, lent, give
):
    given = give(date(2026, 11, 2), date(2026, 11, 20))
    assert given.last_day == date(2026, 11, 20)
    assert (given.document, given.get_powers_display()) == (GIVEN["document"], "受理（仍由街道决定）")
    case = _accept(acting, clerk, asked, lent, on_day(2026, 11, 20, 23))
    assert case.state == "accepted"
    with pytest.raises(desk.CannotAccept) as refused:
        _accept(acting, clerk, asked, lent, on_day(2026, 11, 21, 0))
    said = refused.value.sentence
    assert "下放到东莺社区已于2026年11月20日到期" in said
    assert "潘火街道窗口（测试路 1 号便民服务中心，电话 0574-12345678）" in said


def test_what_was_never_given_or_begins_later_is_told_so(acting, clerk, asked, lent, give):
    with pytest.raises(desk.CannotAccept, match="没有下放到东莺社区"):
        _accept(acting, clerk, asked, lent, on_day(2026, 11, 2))
    give(date(2026, 11, 10), date(2026, 12, 31), at=on_day(2026, 11, 2))
    with pytest.raises(desk.CannotAccept, match="从2026年11月10日起才下放"):
        _accept(acting, clerk, asked, lent, on_day(2026, 11, 9))
    assert _accept(acting, clerk, asked, lent, on_day(2026, 11, 10)).state == "accepted"


def test_the_street_takes_it_in_without_any_delegation(acting, make_actor, asked, lent):
    window = make_actor("desk.accept_case", "desk.view_cases", "people.find", area=STREET)
    with acting(window, on=date(2026, 11, 2)):
        case = desk.accept_case(by=window, at=on_day(2026, 11, 2), area=STREET, asked=asked(lent))
    assert case.area == STREET


def test_nothing_is_declined_or_put_off_in_the_streets_name(acting, clerk, asked, lent):
    at = on_day(2026, 11, 2)
    with acting(clerk, on=day_of(at)):
        with pytest.raises(desk.CannotAccept, match="没有下放"):
            desk.give_notice(by=clerk, at=at, area=HOME, asked=asked(lent, papers={}))
        with pytest.raises(desk.CannotAccept, match="没有下放"):
            desk.decline_case(by=clerk, at=at, area=HOME, asked=asked(lent), reason="不归我们")
        assert not Case.objects.filter(matter=lent).exists()


def test_papers_that_come_after_the_last_day_go_to_the_street_by_themselves(acting, clerk, asked, lent, give):
    give(date(2026, 11, 2), date(2026, 11, 20))
    with acting(clerk, on=date(2026, 11, 20)):
        case = desk.give_notice(by=clerk, at=on_day(2026, 11, 20), area=HOME, asked=asked(lent, papers={}))
    with acting(clerk, on=date(2026, 11, 23)):
        desk.supply_papers(
            by=clerk, at=on_day(2026, 11, 23), case=case.public_id, papers={"identity": "seen"}
        )
        found = Case.objects.get(public_id=case.public_id)
        assert (found.state, found.desk_area) == ("accepted", STREET)
        said = CaseStep.objects.filter(case=found, kind="handed_over").get().said
    assert "不用再跑一趟" in said


def test_a_community_decides_only_while_the_decision_is_given_to_it(
    acting, clerk, make_actor, asked, lent, give
):
    head = make_actor(
        "desk.decide_case", "desk.handle_case", "desk.view_cases", "people.find", "documents.issue_letter",
        area=HOME, name="社区书记",
    )  # fmt: skip
    give(date(2026, 11, 2), date(2026, 11, 20), powers="decide")
    first = _accept(acting, clerk, asked, lent, on_day(2026, 11, 3))
    second = _accept(acting, clerk, asked, lent, on_day(2026, 11, 3))
    with acting(head, on=date(2026, 11, 20)):
        listed = desk.work_list("decide", by=head, today=date(2026, 11, 20))
        assert {one.public_id for one in listed} == {first.public_id, second.public_id}
        assert desk.get_case(first.public_id, by=head, on=date(2026, 11, 20)).why_not["decide"] == ""
        done = desk.decide_case(
            by=head, at=on_day(2026, 11, 20), case=first.public_id, outcome="granted", result="同意"
        )
        assert done.state == "decided"
    with acting(head, on=date(2026, 11, 21)), pytest.raises(desk.CannotDo, match="由街道决定，请先上交街道"):
        desk.decide_case(
            by=head, at=on_day(2026, 11, 21), case=second.public_id, outcome="granted", result="同意"
        )


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"document": " "}, "要写明下放的依据文件"),
        ({"seal_rule": ""}, "用哪个印章"),
        ({"since": date(2026, 10, 31)}, "不能倒填日期"),
        ({"last_day": date(2026, 11, 1)}, "截止日不能早于开始日"),
        ({"last_day": date(2046, 11, 1)}, "一次最长下放"),
        ({"area": STREET}, "只能下放到社区"),
        ({"matter": "trial_notice"}, "本来就由社区受理"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(acting, giver, lent, told, sentence):
    at = on_day(2026, 11, 2)
    asked = {"area": HOME, "matter": lent, "since": day_of(at), "last_day": date(2026, 12, 31)} | GIVEN
    with acting(giver, on=day_of(at)), pytest.raises(desk.CannotDelegate, match=sentence):
        desk.delegate_matter(by=giver, at=at, **(asked | told))


def test_two_periods_of_one_matter_never_overlap(give, acting, system):
    give(date(2026, 11, 2), date(2026, 11, 20))
    with pytest.raises(desk.DelegatedAlready, match="到2026年11月20日为止"):
        give(date(2026, 11, 20), date(2026, 12, 31))
    give(date(2026, 11, 21), date(2026, 12, 31))
    with acting(system):
        assert Delegation.objects.filter(matter="lent").count() == 2


def test_renewed_it_goes_on_without_a_gap_and_taken_back_it_ends_tomorrow(
    acting, giver, clerk, asked, lent, give
):
    given = give(date(2026, 11, 2), date(2026, 11, 20))
    at = on_day(2026, 11, 16)
    with acting(giver, on=day_of(at)):
        more = desk.renew_delegation(by=giver, at=at, delegation=given.public_id, last_day=date(2026, 12, 31))
    assert more.since == date(2026, 11, 21)
    assert _accept(acting, clerk, asked, lent, on_day(2026, 11, 23)).state == "accepted"
    at = on_day(2026, 11, 24)
    with acting(giver, on=day_of(at)):
        with pytest.raises(desk.CannotEndDelegation, match="为什么收回"):
            desk.end_delegation(by=giver, at=at, delegation=more.public_id, why=" ")
        desk.end_delegation(by=giver, at=at, delegation=more.public_id, why="印章{遗失}")
    assert _accept(acting, clerk, asked, lent, on_day(2026, 11, 24, 15)).state == "accepted"
    with pytest.raises(desk.CannotAccept, match=r"已于2026年11月24日提前收回（印章\{遗失\}）"):
        _accept(acting, clerk, asked, lent, on_day(2026, 11, 25))


def test_the_officers_are_warned_before_it_runs_out_and_not_when_it_is_renewed(
    acting, system, giver, lent, give, signed_in
):
    from yimen.foundations.access import api as access

    signed_in("chief", "section_chief", area=STREET)
    with acting(system):
        chief = access.actor_of(
            access.accounts(by=system).get(username="chief").public_id, on=day_of(timezone.now())
        )
    today = day_of(timezone.now())
    at = timezone.now() - timedelta(minutes=5)
    given = give(today, today + timedelta(days=7), at=at)
    with acting(giver, on=today):
        found = running_out(by=giver, on=today, within_days=30)
        assert [(one.title, one.days) for one in found] == [("街道专办", 7)]
    with acting(system, on=today):
        assert warn_of_delegations(by=system, at=timezone.now()) == 1
    with acting(chief, on=today):
        told = inbox(by=chief).first()
        assert "7 天到期" in told.title
        assert "街道专办（东莺社区）" in told.text
    with acting(system, on=today):  # two mornings later, because the machine was off
        late = timezone.now() + timedelta(days=2)
        assert warn_of_delegations(by=system, at=late) == 0
        assert warn_of_delegations(by=system, at=late, of=today) == 1
    with acting(chief, on=today):
        assert "5 天到期" in inbox(by=chief).first().title
    with acting(giver, on=today):
        desk.renew_delegation(
            by=giver, at=at, delegation=given.public_id, last_day=today + timedelta(days=90)
        )
        assert running_out(by=giver, on=today, within_days=30) == []
    with acting(system, on=today):
        assert warn_of_delegations(by=system, at=timezone.now()) == 0


def test_somebody_of_another_street_neither_gives_sees_nor_ends_it(acting, make_actor, lent, give):
    given = give(date(2026, 11, 2), date(2026, 11, 20))
    stranger = make_actor("desk.delegate_matter", "desk.accept_case", area="330212008")
    with acting(stranger, on=date(2026, 11, 3)):
        with pytest.raises(Exception, match="没有这项权限"):
            desk.delegate_matter(
                by=stranger,
                at=on_day(2026, 11, 3),
                area=HOME,
                matter=lent,
                since=date(2026, 12, 1),
                last_day=date(2026, 12, 31),
                **GIVEN,
            )
        with pytest.raises(desk.NoDelegation):
            desk.end_delegation(by=stranger, at=on_day(2026, 11, 3), delegation=given.public_id, why="试试")
        rows = find_delegations(by=stranger, on=date(2026, 11, 3))
        assert set(rows.values_list("area", flat=True)) == {FAR}


# -- through the pages, by the real clock


def _today():
    return day_of(timezone.now())


def _form(**told):
    today = _today()
    return (
        GIVEN
        | {
            "matter": "lent",
            "areas": [HOME],
            "since": today.isoformat(),
            "last_day": (today + timedelta(days=30)).isoformat(),
        }
        | told
    )


@pytest.mark.requirement("S0-05")
def test_an_officer_gives_it_on_her_page_and_the_window_meets_the_seal_rule(signed_in, lent, person, client):
    officer = signed_in("officer", "section_officer", area=STREET)
    page = officer.get(reverse("desk:delegate")).content.decode()
    assert "东莺社区" in page
    assert "潜龙社区" not in page
    assert officer.post(reverse("desk:delegate"), _form(document="")).status_code == 422
    answer = officer.post(reverse("desk:delegate"), _form(), follow=True)
    page = answer.content.decode()
    assert "东莺社区：已下放" in page
    assert "街道专办" in page
    again = officer.post(reverse("desk:delegate"), _form())
    assert again.status_code == 422
    assert "已有下放" in again.content.decode()
    assert "街道专办" in officer.get(reverse("desk:delegation_sheet")).content.decode()
    client.cookies.clear()
    clerk = signed_in("window", "window_clerk")
    page = clerk.get(reverse("desk:intake", args=["lent"]) + f"?person={person}").content.decode()
    assert GIVEN["seal_rule"] in page
    assert clerk.get(reverse("desk:delegations")).status_code == 200
    assert clerk.get(reverse("desk:delegate")).status_code == 403


@pytest.mark.requirement("S0-05")
def test_the_day_after_the_clerk_sees_in_the_list_why_not_and_cannot_force_it(
    signed_in, acting, system, lent, person
):
    yesterday = _today() - timedelta(days=1)
    at = timezone.now() - timedelta(days=9)
    with acting(system, on=day_of(at)):
        desk.delegate_matter(
            by=system, at=at, area=HOME, matter=lent, since=day_of(at), last_day=yesterday, **GIVEN
        )
    clerk = signed_in("window", "window_clerk")
    page = clerk.get(reverse("desk:choose") + f"?person={person}").content.decode()
    over = f"下放到东莺社区已于{yesterday.year}年{yesterday.month}月{yesterday.day}日到期"
    assert over in page
    address = reverse("desk:intake", args=["lent"]) + f"?person={person}"
    assert address.replace("&", "&amp;") not in page
    assert over in clerk.get(address).content.decode()
    answer = clerk.post(
        address,
        {
            "reason": "住院",
            "sick": "False",
            "paper-identity": "seen",
            "intake-source": "counter",
            "act": "accept",
        },
    )
    assert answer.status_code == 422
    assert over in answer.content.decode()
    with acting(system):
        assert not Case.objects.filter(matter="lent").exists()


def test_the_pages_of_another_street_show_no_delegation(signed_in, acting, system, lent):
    now = timezone.now()
    with acting(system, on=day_of(now)):
        given = desk.delegate_matter(
            by=system,
            at=now,
            area=HOME,
            matter=lent,
            since=day_of(now),
            last_day=day_of(now) + timedelta(days=3),
            **(GIVEN | {"document": "金丝雀文件"}),
        )
    stranger = signed_in("far", "section_officer", area="330212008")
    assert "金丝雀" not in stranger.get(reverse("desk:delegations")).content.decode()
    assert "金丝雀" not in stranger.get(reverse("desk:delegation_sheet")).content.decode()
    for name in ("delegation", "renew_delegation", "end_delegation"):
        address = reverse(f"desk:{name}", args=[given.public_id])
        answer = stranger.get(address) if name == "delegation" else stranger.post(address, {})
        assert answer.status_code == 404
        assert "金丝雀" not in answer.content.decode()


def test_what_a_community_was_given_holds_for_the_one_that_takes_it_over(
    acting, system, clerk, signed_in, asked, lent, give
):
    today = day_of(timezone.now())
    with acting(system):
        into = places.open_area(
            by=system, at=on_day(2026, 1, 5), parent=STREET, name="雅苑社区", since=date(2015, 1, 1)
        ).code
    give(today - timedelta(days=30), today + timedelta(days=30))
    give(today + timedelta(days=31), today + timedelta(days=60))
    own = give(today + timedelta(days=40), today + timedelta(days=50), area=into)
    with acting(system):
        places.change_areas(
            by=system,
            at=timezone.now(),
            kind="merge",
            on=today,
            old=[HOME],
            into=into,
            authority="鄞州区人民政府",
            number="鄞政函〔2026〕9号",
        )
        there = Delegation.objects.standing().filter(area=into, matter=lent).order_by("since")
        assert [(one.since, one.last_day) for one in there] == [
            (today, today + timedelta(days=30)),
            (own.since, own.last_day),  # what the successor was given itself stays as it was given
        ]
        assert there[0].document == GIVEN["document"] and there[0].ended_at is None
        old = Delegation.objects.filter(area=HOME, matter=lent).order_by("since")
        assert [(one.until, one.cancelled) for one in old] == [
            (today, False),
            (today + timedelta(days=61), True),
        ]
        assert old[0].ended_why == "区域调整，由东莺社区转到雅苑社区"
    page = signed_in("zhao", "section_officer", area=STREET).get("/desk/delegations/").content.decode()
    assert "雅苑社区" in page
