"""Somebody moves to another street: her file goes along, is told of there, and comes back if it was a slip (迁往别处)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.messages.models import Message
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotAllowed
from yimen.registers.people import api as people

pytestmark = pytest.mark.django_db
STREET, OTHER = "330212007", "330212008"
HOME, NEXT_DOOR, FAR = "330212007001", "330212007002", "330212008001"
SINCE = date(2026, 1, 5)


@pytest.fixture
def her(areas, acting, system, register):
    with acting(system):
        return register("王小明", birth_on=date(1990, 1, 1), since=SINCE, hukou=HOME).public_id


def text_of(answer) -> str:
    return answer.content.decode()


def living(acting, actor, area) -> int:
    with acting(actor, on=day_of(timezone.now())):
        return sum(
            cell.count
            for cell in people.population(area, day_of(timezone.now()), by=actor).cells
            if cell.kind != "away"
        )


def sent(client, her, **told):
    given = {"kind": "lives", "community": FAR, "address": "潜龙巷1号", "on": str(day_of(timezone.now()))}
    return client.post(f"/people/{her}/move", given | told, follow=True)


def test_her_file_goes_to_the_other_street_with_the_figures_and_is_told_of_there(enter, acting, system, her):
    here, there = enter("community_worker", HOME), enter("community_worker", FAR)
    assert "迁出：" in text_of(here.get(f"/people/{her}/move"))
    assert "档案随人转到那里的社区" in text_of(sent(here, her))
    run_pending_jobs()
    assert "王小明" in text_of(there.get(f"/people/{her}/"))
    assert "王小明" in text_of(there.get("/people/", {"q": "王小明"}))
    assert "有居民从潘火街道迁入" in text_of(there.get("/messages/"))
    assert (living(acting, system, STREET), living(acting, system, OTHER)) == (0, 1)
    # The community of her hukou is the old one, and knows where she went.
    assert "百丈街道潜龙社区" in text_of(enter("window_clerk", HOME).get("/people/tied/"))
    assert enter("window_clerk", NEXT_DOOR).get(f"/people/{her}/").status_code == 404


def test_who_sent_it_by_a_slip_takes_it_back_the_same_day(enter, acting, system, her):
    here, there = enter("community_worker", HOME), enter("community_worker", FAR)
    file = text_of(sent(here, her))
    undo = next(part for part in file.split('"') if f"/people/{her}/addresses/" in part)
    assert "王小明" in text_of(here.post(undo, {"what": "wrong", "reason": "登记错了人"}, follow=True))
    assert there.get(f"/people/{her}/").status_code == 404
    assert (living(acting, system, STREET), living(acting, system, OTHER)) == (1, 0)
    with acting(system):
        [lives] = [
            line for line in people.get_file(her, by=system, on=SINCE).addresses if line.kind == "lives"
        ]
    assert (lives.area, lives.since, lives.until) == (HOME, SINCE, None)


def test_only_who_keeps_the_file_sends_it_on(acting, system, clerk, stranger, her, now, today, make_actor):
    looker = make_actor("people.find", "people.view_file", area=STREET)
    with acting(looker), pytest.raises(NotAllowed):
        people.send_person(by=looker, at=now, person=her, on=today, community=FAR)
    with acting(stranger), pytest.raises(people.NoSuchPerson):
        people.send_person(by=stranger, at=now, person=her, on=today, community=FAR)
    with acting(system):
        for told, why in [
            ({"community": OTHER}, "请选择社区"),
            ({"community": "330212999001"}, "请选择社区"),
            ({"on": today + timedelta(days=1)}, "今天之后"),
        ]:
            with pytest.raises(people.CannotMove, match=why):
                people.send_person(by=system, at=now, person=her, **{"on": today, "community": FAR} | told)


def test_a_hukou_that_moves_away_leaves_the_file_where_she_lives(enter, acting, system, her):
    here, there = enter("community_worker", HOME), enter("community_worker", FAR)
    sent(here, her, kind="hukou", address="")
    assert here.get(f"/people/{her}/").status_code == 200
    assert "人户分离：户口在潜龙社区" in text_of(here.get(f"/people/{her}/"))
    assert "王小明" in text_of(there.get("/people/tied/"))
    run_pending_jobs()
    with acting(system):
        assert Message.objects.count() == 0
