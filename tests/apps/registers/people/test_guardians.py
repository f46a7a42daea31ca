"""Who answers for a minor or for somebody who cannot, noted on her file and over when its day comes (监护、代办)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.apps.registers.people.test_taking_back import details
from yimen.foundations.bus.api import run_pending_jobs
from yimen.registers.people import api as people
from yimen.registers.people.models import GuardianBeyond, Guardianship
from yimen.registers.people.operations.links import end_guardians_due

pytestmark = pytest.mark.django_db
HOME, FAR = "330212007001", "330212008001"
SINCE = date(2026, 1, 5)


@pytest.fixture
def folk(areas, acting, system, register):
    """A girl of nearly eighteen, her mother, an old man and a neighbour who does his errands."""
    today = timezone.localdate()
    nearly = today.replace(year=today.year - 18, day=1) + timedelta(days=40)
    born = {
        "王小美": nearly,
        "李秀英": date(1980, 5, 5),
        "陈老伯": date(1940, 5, 5),
        "赵敏": date(1975, 1, 1),
        "王小宝": date(2020, 1, 1),
    }
    with acting(system):
        return {name: register(name, birth_on=day, since=SINCE).public_id for name, day in born.items()}


def text_of(answer) -> str:
    return answer.content.decode()


def given(who, **told):
    return {
        "guardian": str(who), "ground": "minor", "kind": "parent", "basis": "户口簿", "on": "2026-02-01", "ends_on": "",
    } | told  # fmt: skip


def test_a_mother_is_found_noted_and_her_guardianship_ends_on_the_day_of_age(enter, acting, system, folk):
    clerk, girl = enter("community_worker", HOME), folk["王小美"]
    page = f"/people/{girl}/guardians"
    assert page in text_of(clerk.get(f"/people/{girl}/"))
    assert "先找到要登记的人" in text_of(clerk.get(page))
    assert "李秀英" in text_of(clerk.get(page, {"q": "李秀英"}))
    answer = clerk.post(f"{page}?q=李秀英", given(folk["李秀英"]), follow=True)
    assert "李秀英" in text_of(answer)
    assert "父母，" in text_of(answer)
    assert "到期" in text_of(answer)
    with acting(system):
        born = people.person_card(girl, by=system).birth_on
        of_age = born.replace(year=born.year + 18)
        now = timezone.now()
        assert end_guardians_due(by=system, at=now, on=of_age - timedelta(days=1)) == 0
        assert end_guardians_due(by=system, at=now, on=of_age) == 1
        assert Guardianship.objects.get().until == of_age
    assert "到期" not in text_of(clerk.get(f"/people/{girl}/"))


def test_what_does_not_fit_is_refused_in_a_sentence(enter, folk):
    clerk, girl, old = enter("community_worker", HOME), folk["王小美"], folk["陈老伯"]
    for ward, who, name, told, sentence in (
        (girl, folk["王小宝"], "王小宝", {}, "未满十八周岁，不能做监护人"),
        (old, folk["赵敏"], "赵敏", {}, "已满十八周岁"),
        (girl, folk["赵敏"], "赵敏", {"ground": "incapable"}, "请选“未满十八周岁”"),
        (old, folk["赵敏"], "赵敏", {"ground": "incapable", "kind": "agent"}, "委托代办只用于"),
        (girl, folk["赵敏"], "赵敏", {"basis": ""}, "请写明看过的文书"),
        (girl, folk["赵敏"], "赵敏", {"on": "2999-01-01"}, "日期在今天之后"),
    ):
        answer = clerk.post(f"/people/{ward}/guardians?q={name}", given(who, **told))
        assert (answer.status_code, sentence in text_of(answer)) == (422, True), sentence


def test_errands_for_a_time_end_by_themselves_or_by_hand_with_a_reason(enter, acting, system, folk):
    clerk, old = enter("community_worker", HOME), folk["陈老伯"]
    told = given(folk["赵敏"], ground="entrusted", kind="agent", basis="委托书", ends_on="2999-01-01")
    assert clerk.post(f"/people/{old}/guardians?q=赵敏", told).status_code == 302
    page = f"/people/{old}/guardians/{folk['赵敏']}/end"
    assert page in text_of(clerk.get(f"/people/{old}/"))
    today = timezone.localdate().isoformat()
    assert clerk.post(page, {"what": "ended", "on": today, "reason": ""}).status_code == 422
    before = clerk.post(page, {"what": "ended", "on": "2016-02-01", "reason": "委托取消"})
    assert before.status_code == 422
    assert "终止日期早于起始日期" in text_of(before)
    assert clerk.post(page, {"what": "ended", "on": today, "reason": "委托取消"}).status_code == 302
    trail = details(acting, system, old, "people.guardian.ended")
    assert (trail["reason"], trail["old"]["kind"]) == ("委托取消", "agent")
    assert clerk.get(page).status_code == 404
    with acting(system):
        assert Guardianship.objects.get().until == timezone.localdate()


def died(client, who, **told):
    given_ = {"died_on": timezone.localdate().isoformat(), "source": "死亡医学证明"} | told
    assert client.post(f"/people/{who}/death", given_).status_code == 302
    run_pending_jobs()


def undone(client, who):
    assert client.post(f"/people/{who}/death/undo", {"reason": "同名的人"}).status_code == 302
    run_pending_jobs()


@pytest.mark.parametrize("who", ["李秀英", "王小美"])
def test_guardianship_ends_with_the_death_of_either_and_comes_back_when_it_was_an_error(enter, folk, who):
    head, girl, mother = enter("community_head", HOME), folk["王小美"], folk["李秀英"]
    assert head.post(f"/people/{girl}/guardians?q=李秀英", given(mother)).status_code == 302
    line = f"/people/{girl}/guardians/{mother}/end"
    assert line in text_of(head.get(f"/people/{girl}/"))
    died(head, folk[who])
    assert line not in text_of(head.get(f"/people/{girl}/"))
    undone(head, folk[who])
    assert line in text_of(head.get(f"/people/{girl}/"))


def test_what_both_deaths_ended_comes_back_with_the_second_undone_only(enter, acting, system, folk):
    head, girl, mother = enter("community_head", HOME), folk["王小美"], folk["李秀英"]
    assert head.post(f"/people/{girl}/guardians?q=李秀英", given(mother)).status_code == 302
    died(head, mother, died_on="2026-03-01")
    died(head, girl, died_on="2026-04-01")
    for undo, until in ((mother, date(2026, 4, 1)), (girl, None)):
        undone(head, undo)
        with acting(system):
            assert Guardianship.objects.get().until == until


def test_who_is_noted_anew_right_after_the_error_stands_once(enter, acting, system, folk):
    head, girl, mother = enter("community_head", HOME), folk["王小美"], folk["李秀英"]
    page = f"/people/{girl}/guardians?q=李秀英"
    assert head.post(page, given(mother)).status_code == 302
    died(head, girl, died_on="2026-03-01")
    assert head.post(f"/people/{girl}/death/undo", {"reason": "同名的人"}).status_code == 302
    assert head.post(page, given(mother, on=timezone.localdate().isoformat())).status_code == 302
    run_pending_jobs()
    with acting(system):
        assert Guardianship.objects.filter(until__isnull=True).count() == 1


def test_a_guardian_of_another_street_who_died_guards_nobody_any_more(enter, acting, system, register, folk):
    with acting(system):
        far = register("周远山", community=FAR, birth_on=date(1980, 5, 5), since=SINCE).public_id
        told = {"kind": "relative", "basis": "户口簿", "on": date(2026, 2, 1)}
        people.set_guardian(by=system, at=timezone.now(), person=folk["王小美"], guardian=far, **told)
    head = enter("community_head", FAR)
    died(head, far, died_on="2026-03-01")
    with acting(system):
        assert Guardianship.objects.get().until == date(2026, 3, 1)
    undone(head, far)
    with acting(system):
        assert Guardianship.objects.get().until is None


def test_what_no_death_has_ended_yet_is_ended_in_the_night_and_comes_back_with_the_error(
    enter, acting, system, folk
):
    head, girl, mother = enter("community_head", HOME), folk["王小美"], folk["李秀英"]
    assert head.post(f"/people/{girl}/guardians?q=李秀英", given(mother)).status_code == 302
    told = {"died_on": "2026-03-01", "source": "死亡医学证明"}
    assert head.post(f"/people/{mother}/death", told).status_code == 302
    with acting(system):
        assert end_guardians_due(by=system, at=timezone.now(), on=timezone.localdate()) == 1
        assert Guardianship.objects.get().until == date(2026, 3, 1)
    undone(head, mother)
    with acting(system):
        assert Guardianship.objects.get().until is None


def test_another_street_sees_and_notes_nothing(enter, folk):
    stranger = enter("community_worker", FAR)
    for path in ("guardians", f"guardians/{folk['李秀英']}/end"):
        assert stranger.get(f"/people/{folk['王小美']}/{path}").status_code == 404
    assert (
        stranger.post(f"/people/{folk['王小美']}/guardians?q=李秀英", given(folk["李秀英"])).status_code
        == 404
    )


@pytest.fixture
def apart(folk, acting, system, register):
    """The girl of the first street and her father, whose file another street keeps."""
    with acting(system):
        father = register("王大山", birth_on=date(1978, 2, 2), community=FAR).public_id
        people.set_guardian(
            by=system, at=timezone.now(), on=date(2026, 2, 1), person=folk["王小美"], guardian=father, kind="parent",
            basis="户口簿",
        )  # fmt: skip
    return folk["王小美"], father


def test_a_guardian_whose_file_another_street_keeps_is_named_by_the_least_and_not_opened(enter, apart):
    girl, father = apart
    worker = enter("community_worker", HOME)
    page = text_of(worker.get(f"/people/{girl}/"))
    assert "王*山（父母，档案在鄞州区百丈街道潜龙社区，" in page
    assert "到期" in page
    assert "王大山" not in page
    assert f'/people/{father}/"' not in page
    assert worker.get(f"/people/{father}/").status_code == 404
    assert "王*山" in text_of(worker.get(f"/people/{girl}/guardians"))


def test_whom_she_answers_for_in_another_street_is_named_by_the_least_too(enter, apart):
    girl, father = apart
    far = enter("community_worker", FAR)
    page = text_of(far.get(f"/people/{father}/"))
    assert "王*美（档案在鄞州区潘火街道东莺社区）" in page
    assert "王小美" not in page
    assert "到期" not in page, "it would tell when she was born"
    assert f'/people/{girl}/"' not in page
    assert far.get(f"/people/{girl}/").status_code == 404


def test_who_reaches_both_files_opens_both(enter, apart):
    girl, father = apart
    county = enter("section_chief", "330212")
    page = text_of(county.get(f"/people/{girl}/"))
    assert f'<a href="/people/{father}/">王大山</a>（父母，' in page
    assert "档案在" not in page


def test_where_the_ward_lives_it_is_ended_also_when_the_guardian_is_elsewhere(enter, acting, system, apart):
    girl, father = apart
    today = timezone.localdate().isoformat()
    told = {"what": "ended", "on": today, "reason": "法院撤销监护资格"}
    assert (
        enter("community_worker", FAR).post(f"/people/{girl}/guardians/{father}/end", told).status_code == 404
    )
    worker = enter("community_worker", HOME)
    assert worker.post(f"/people/{girl}/guardians/{father}/end", told).status_code == 302
    assert "王*山" not in text_of(worker.get(f"/people/{girl}/"))
    with acting(system):
        assert Guardianship.objects.get().until == timezone.localdate()


def test_nobody_is_told_of_it_who_reaches_neither_file(apart, acting, make_actor):
    girl, father = apart
    for area, told in ((HOME, [father]), (FAR, [girl]), ("330212007002", []), ("330212", [])):
        actor = make_actor("people.find", "people.view_file", area=area)
        with acting(actor):
            assert list(GuardianBeyond.objects.within(actor).values_list("other", flat=True)) == told, area
            assert list(GuardianBeyond.objects.values_list("other", flat=True)) == told, area
