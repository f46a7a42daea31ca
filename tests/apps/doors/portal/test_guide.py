"""The public catalogue: nobody signs in, nothing is kept, and what it says of a window is what the window then does."""

import json
from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.apps.services.test_pages import BIRTH
from tests.apps.work.desk.conftest import FAR, HOME, STREET, person, signed_in, street
from yimen.foundations.definitions.api import current_all
from yimen.kernel.clock import STREET_TIME, day_of
from yimen.registers.places import api as places
from yimen.work.desk import api as desk
from yimen.work.desk.models import Case

__all__ = ["person", "signed_in", "street"]
FIELDS = ("党务政务", "优抚救助", "社会保障", "社会治安", "禁毒司法", "信访")
SHIPPED = {
    "temporary_relief": "aid",
    "association_filing": "party_affairs",
    "reception_visit": "petition",
    "elder_voucher": "social_security",
    "high_age_allowance": "social_security",
    "birth_registration": "party_affairs",
    "maternity_claim": "social_security",
    "one_child_certificate": "social_security",
    "street_issue": "public_security",
    "family_doctor": "social_security",
    "home_visit": "party_affairs",
    "disability_allowance_elsewhere": "social_security",
    "disability_care_allowance": "social_security",
    "disability_living_allowance": "social_security",
    "volunteer_registration": "party_affairs",
}


def text(answer):
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def _site(acting, system, area, name, *, kind, hours, offers):
    at = timezone.now() - timedelta(days=2)
    with acting(system, on=day_of(at)):
        site = places.open_site(
            by=system, at=at, area=area, name=name, kind=kind, address=f"{name}路 1 号", since=day_of(at),
            phone="0574-11112222", holidays="always",
        )  # fmt: skip
        places.set_site_hours(by=system, at=at, site=site, hours=hours, since=day_of(at))
        places.set_site_offers(by=system, at=at, site=site, offers=[f"matter/{one}" for one in offers])
    return site


def _always():
    return [places.Hours(day, time(0), time(23, 59, 59)) for day in range(7)]


def _never_today():
    today = timezone.now().astimezone(STREET_TIME).weekday()
    return [places.Hours((today + 2) % 7, time(9), time(12))]


@pytest.fixture
def sites(street, acting, system):
    """東's own window opens again in two days; the hall is open now and does everything."""
    with acting(system):
        every = [one.key for one in current_all("matter", on=day_of(timezone.now()))]
    own = _site(
        acting, system, HOME, "东莺站", kind="community_station", hours=_never_today(),
        offers=("birth_registration", "temporary_relief"),
    )  # fmt: skip
    hall = _site(acting, system, STREET, "街道中心", kind="street_centre", hours=_always(), offers=every)
    far = _site(acting, system, FAR, "金丝雀站", kind="community_station", hours=_always(), offers=every)
    return own, hall, far


@pytest.mark.requirement("S0-01")
def test_the_catalogue_names_place_hours_result_of_what_a_community_does_and_the_guide_its_steps(sites):
    page = text(Client().get(f"/guide/?home={HOME}&at=community"))
    assert "生育登记" in page
    assert "社区可办" in page
    assert "东莺站路 1 号" in page
    assert "下一个开放日" in page
    assert "09:00–12:00" in page
    assert "生育登记完成" in page
    assert "接待日来访" not in page, "her station does not offer it"
    guide = text(Client().get(f"/guide/birth_registration/?home={HOME}"))
    for words in ("怎么办", "材料齐的当场登记", "本人身份证", "不收费", "生育登记完成", "当天办结", "在线"):
        assert (words in guide) is (words != "在线")
    assert "街道中心" in guide, "the nearest that is open now"
    paper = text(Client().get(f"/guide/birth_registration/print?home={HOME}"))
    assert "□ 本人身份证" in paper


@pytest.mark.requirement("S0-01")
def test_what_is_listed_for_her_community_is_finished_wholly_at_its_window(
    sites, signed_in, acting, system, person
):
    assert "社区可办" in text(Client().get(f"/guide/birth_registration/?home={HOME}"))
    clerk = signed_in("li", "window_clerk")
    answer = clerk.post(f"/desk/new/birth_registration/?person={person}", BIRTH | {"act": "at_once"})
    assert answer.status_code == 302, answer.content.decode()
    with acting(system):
        case = Case.objects.get(matter="birth_registration")
    assert (case.state, case.area, case.desk_area) == ("delivered", HOME, HOME)


@pytest.mark.requirement("S0-07")
def test_outside_its_days_a_window_names_the_next_open_day_and_the_nearest_that_is_open(sites):
    own, hall, _ = sites
    page = text(Client().get(f"/sites/{own.public_id}/"))
    wanted = day_of(timezone.now()) + timedelta(days=2)
    assert "现在不开放" in page
    assert "下一个开放日" in page
    assert f"{wanted.month}月{wanted.day}日" in page
    assert "最近的、现在开着的" in page
    assert "街道中心" in page
    assert "金丝雀" not in page
    assert "现在开放" in text(Client().get(f"/sites/{hall.public_id}/"))


def test_a_site_that_was_closed_for_good_says_so_and_what_is_unknown_is_not_found(sites, acting, system):
    own, *_ = sites
    now = timezone.now()
    with acting(system, on=day_of(now)):
        places.close_site(by=system, at=now, site=own, until=day_of(now))
    assert "已经撤销" in text(Client().get(f"/sites/{own.public_id}/"))
    assert "东莺站" not in text(Client().get(f"/sites/?home={HOME}"))
    assert Client().get("/sites/00000000-0000-7000-8000-000000000000/").status_code == 404
    assert Client().get("/guide/no-such-matter/").status_code == 404


@pytest.mark.requirement("S1-14")
def test_a_resident_names_her_estate_and_is_sent_to_the_nearest_that_is_open(sites, acting, system, now):
    with acting(system):
        places.add_estate(by=system, at=now, community=HOME, name="东方丽都")
    page = text(Client().get("/guide/temporary_relief/?estate=东方"))
    assert "街道中心" in page.partition("谁能办、多久")[0]
    assert "在您自己社区" not in page, "it does not open before the hall closes"
    assert "您自己社区也能办" in page
    page = text(Client().get("/guide/temporary_relief/?estate=没有的小区"))
    assert "没有查到这个小区" in page
    page = text(Client().get(f"/sites/?home={HOME}"))
    assert page.index("街道中心") < page.index("东莺站")
    assert "金丝雀" not in page


def test_a_matter_of_the_street_is_shown_at_the_community_only_while_it_is_delegated(sites, acting, system):
    now = timezone.now()
    assert "您自己社区也能办" in text(Client().get(f"/guide/temporary_relief/?home={HOME}"))
    with acting(system, on=day_of(now)):
        for one in desk.delegations_of("temporary_relief", area=HOME, on=day_of(now)):
            desk.end_delegation(by=system, at=now, delegation=one.public_id, why="印章更换")
    page = text(Client().get(f"/guide/temporary_relief/?home={HOME}"))
    assert "您自己社区也能办" not in page, "on the day she could come it is over"


@pytest.mark.parametrize(
    "query", ["?home=x", "?home=330212999999", "?home=%00", "?field=nonsense", "?q=" + "长" * 300, "?at=x"]
)
def test_odd_addresses_are_answered_plainly(sites, query):
    text(Client().get(f"/guide/{query}"))
    text(Client().get(f"/sites/{query}"))


def test_people_find_matters_in_their_own_words_and_read_what_is_no_longer_done(sites):
    page = text(Client().get("/guide/?q=家里着火了"))
    assert "临时救助" in page
    assert "生育登记" not in page
    page = text(Client().get("/guide/?q=准生证"))
    assert "准生证、生育服务证已经改为生育登记" in page
    assert "没有找到这样的事项" in text(Client().get("/guide/?q=qqqqzz"))


def test_the_catalogue_has_the_six_fields_and_every_shipped_matter_its_own(sites):
    page = text(Client().get("/guide/"))
    for title in FIELDS:
        assert title in page
    found = {one.key: one.body.field for one in current_all("matter", on=date(2026, 11, 22))}
    assert {key: found[key] for key in SHIPPED} == SHIPPED
    assert "接待日来访" in text(Client().get("/guide/?field=petition"))
    assert "临时救助" not in text(Client().get("/guide/?field=petition"))


@pytest.mark.requirement("S4-15")
@pytest.mark.parametrize(
    ("field", "matter"),
    [
        ("party_affairs", "社区社会组织备案"),
        ("aid", "临时救助"),
        ("social_security", "高龄津贴"),
        ("public_security", "街面问题"),
        ("drugs_and_justice", "人民调解申请"),
        ("petition", "接待日来访"),
    ],
)
def test_one_catalogue_holds_the_matters_of_all_six_fields(sites, field, matter):
    page = text(Client().get(f"/guide/?field={field}"))
    assert matter in page and "这一类还没有网上公布的事项" not in page


def test_the_same_catalogue_is_data_for_anybody_and_says_nothing_of_people(sites, person):
    answer = Client().get("/api/catalogue.json")
    assert answer["Cache-Control"] == "public, max-age=300"
    told = json.loads(text(answer))
    relief = next(one for one in told["matters"] if one["key"] == "temporary_relief")
    own, hall, _ = sites
    assert {str(own.public_id), str(hall.public_id)} <= set(relief["sites"])
    assert relief["days"] == {"promised": 10, "legal": 20}
    assert {
        key: value
        for key, value in next(
            one for one in told["delegations"] if (one["matter"], one["area"]) == ("temporary_relief", HOME)
        ).items()
        if key in ("matter", "area")
    } == {"matter": "temporary_relief", "area": HOME}
    said = answer.content.decode()
    for secret in ("王桂英", "13800001234", "given_by", "account:"):
        assert secret not in said
