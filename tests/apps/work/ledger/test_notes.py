"""Notes in passing (随手记), and what is entered late (补录), as workers do them in their browsers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.apps.work.ledger.conftest import FAR, HERE, OTHER_STREET, STREET
from yimen.kernel.clock import day_of
from yimen.kernel.periods import Month
from yimen.registers.people import api as people
from yimen.registers.places import api as places
from yimen.work.ledger import api as ledger
from yimen.work.ledger.models import Entry

NEW = "/ledger/notes/new"


@pytest.fixture
def worker(signed_in):
    return signed_in("community_worker")


def note(browser, whom="", **told):
    given = {"item": "visited_home", "text": "儿子去了杭州，一个人住", "sequel": ""} | told
    return browser.post(f"{NEW}?{whom}" if whom else NEW, given)


def text_of(response):
    return response.content.decode()


def today():
    return day_of(timezone.now())


def all_entries(acting, system):
    with acting(system):
        return list(Entry.objects.order_by("id"))


def test_a_note_about_a_resident_is_an_entry_without_parent(worker, wang, acting, system):
    her = wang()
    form = text_of(worker.get(f"{NEW}?person={her}"))
    assert "王桂英" in form and "上门" in form and "路遇" in form and "微信" in form
    answer = note(worker, f"person={her}")
    assert answer.status_code == 302
    page = text_of(worker.get(answer.url))
    assert "已记下" in page and "儿子去了杭州" in page and "撤回" in page
    [entry] = all_entries(acting, system)
    assert (entry.item, entry.person, entry.area, entry.source_kind, entry.source) == (
        "visited_home",
        her,
        HERE,
        "alone",
        None,
    )
    assert (entry.sex, entry.backdated, entry.happened_on) == ("female", False, today())
    assert "儿子去了杭州" in text_of(worker.get(f"/people/{her}/"))
    assert "儿子去了杭州" in text_of(worker.get("/ledger/notes/"))


def test_the_button_stands_on_the_file_and_on_the_first_page(worker, wang):
    her = wang()
    assert f"{NEW}?person={her}" in text_of(worker.get(f"/people/{her}/"))
    assert NEW in text_of(worker.get("/"))


def test_people_and_doors_are_found_where_the_note_is_written(worker, wang, acting, system):
    her = wang()
    door = a_door(acting, system)
    page = text_of(worker.get(f"{NEW}?q=wgy"))
    assert f"?person={her}" in page
    assert f"?dwelling={door}" in text_of(worker.get(f"{NEW}?q=东方丽都3-501"))


def test_a_note_counts_as_a_visit_in_the_month_of_the_deed(worker, wang, make_actor, acting):
    note(worker, f"person={wang()}")
    leader = make_actor("ledger.view", area=STREET)
    month = Month.of(today())
    ask = [ledger.Ask("visits", ("visited_home",))]
    with acting(leader):
        [total] = ledger.totals(ask, area=STREET, first=month, last=month, by=leader)
    assert (total.area, total.acts) == (HERE, 1)


def test_without_a_person_or_door_the_place_is_asked_for(worker, acting, system):
    answer = note(worker, place="")
    assert answer.status_code == 422
    assert "请写明在哪里" in text_of(answer)
    assert note(worker, place="菜场东门").status_code == 302
    [entry] = all_entries(acting, system)
    assert (entry.person, entry.place, entry.area) == (None, "菜场东门", HERE)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"text": "  "}, "这个字段"),
        ({"item": "case_accepted"}, "选择"),
        ({"item": ""}, "这个字段"),
        ({"happened_on": "昨天"}, "日期"),
        ({"happened_on": str(today() + timedelta(days=1))}, "不能提前记"),
        ({"happened_on": str(today() - timedelta(days=8))}, "要写明原因"),
        ({"happened_on": "1949-10-01", "late_reason": "补旧账"}, "还没有出生"),
    ],
)
def test_what_cannot_be_noted_is_told_and_nothing_is_written(worker, wang, acting, system, told, sentence):
    answer = note(worker, f"person={wang()}", **told)
    assert answer.status_code == 422
    assert sentence in text_of(answer) or "必填" in text_of(answer), text_of(answer)
    assert all_entries(acting, system) == []


def test_after_a_death_nothing_happens_with_her_any_more(worker, wang, acting, system):
    her = wang()
    with acting(system):
        people.record_death(
            by=system, at=timezone.now(), person=her, died_on=today() - timedelta(days=2), source="死亡证明"
        )
    answer = note(worker, f"person={her}")
    assert answer.status_code == 422
    assert "请记在家人名下" in text_of(answer)
    assert note(worker, f"person={her}", happened_on=str(today() - timedelta(days=3))).status_code == 302


def test_a_late_note_keeps_both_dates_and_its_reason_wherever_it_is_read(worker, wang, acting, system):
    her = wang()
    day = today() - timedelta(days=20)
    answer = note(worker, f"person={her}", happened_on=str(day), late_reason="外出培训")
    [entry] = all_entries(acting, system)
    assert (entry.happened_on, entry.backdated, entry.late_reason) == (day, True, "外出培训")
    for page in (answer.url, "/ledger/notes/", f"/people/{her}/"):
        told = text_of(worker.get(page))
        assert f"{day.month}月{day.day}日" in told, page
        assert "外出培训" in told
    months = f"from={Month.of(day)}&to={Month.of(today())}"
    listed = text_of(worker.get(f"/ledger/?item=visited_home&area={HERE}&{months}"))
    assert "补录" in listed and f"记入 {today().month}月{today().day}日" in listed
    export = worker.get(f"/ledger/?item=visited_home&area={HERE}&{months}&export=csv&format=csv")
    assert export.status_code == 200


def test_two_clicks_make_one_note(worker, wang, acting, system):
    her = wang()
    first, second = (note(worker, f"person={her}", request_key="abc") for _ in range(2))
    assert first.url == second.url
    assert len(all_entries(acting, system)) == 1


def test_a_slip_is_taken_back_at_once_and_stays_as_a_pair(worker, wang, acting, system):
    her = wang()
    address = note(worker, f"person={her}").url
    assert worker.post(f"{address}undo").status_code == 302
    wrong, back = all_entries(acting, system)
    assert (wrong.acts, back.acts, back.corrects_id) == (1, -1, wrong.id)
    assert "儿子去了杭州" not in text_of(worker.get("/ledger/notes/"))
    assert "儿子去了杭州" not in text_of(worker.get(f"/people/{her}/"))
    again = worker.post(f"{address}undo")
    assert again.status_code == 422
    assert "已经撤回" in text_of(again)


def test_only_ones_own_note_is_undone_and_only_for_a_while(
    signed_in, worker, wang, acting, system, make_actor
):
    her = wang()
    address = note(worker, f"person={her}").url
    colleague = signed_in("grid_worker", name="陈网格")
    assert "撤回" not in text_of(colleague.get(address))
    assert "只能撤回自己记的" in text_of(colleague.post(f"{address}undo"))
    me = make_actor("ledger.note", "people.find", area=HERE)
    with acting(me):
        old = ledger.take_note(
            by=me,
            at=timezone.now() - timedelta(hours=2),
            item="met_outside",
            text="问医保",
            kind="person",
            whom=her,
        )
        with pytest.raises(ledger.CannotUndo, match="超过 30 分钟"):
            ledger.undo_note(by=me, at=timezone.now(), entry=old.public_id)


def a_door(acting, system):
    with acting(system):
        at = timezone.now() - timedelta(hours=1)
        estate = places.add_estate(by=system, at=at, community=HERE, name="东方丽都")
        building = places.add_building(by=system, at=at, estate=estate, number="3", floors=6)
        places.import_dwellings(
            by=system, at=at, rows=[places.DoorRow(building=building, floor=5, room="501")]
        )
        return places.dwellings_of(building, by=system)[0].public_id


def test_the_door_tells_that_somebody_came_and_never_what_was_said(worker, wang, acting, system):
    wang()
    door = a_door(acting, system)
    assert note(worker, f"dwelling={door}", text="老人咳得厉害").status_code == 302
    with acting(system):
        building = places.dwelling(door, by=system).building.public_id
    page = text_of(worker.get(f"/places/dwellings/{door}/"))
    assert "入户走访" in page and f"{NEW}?dwelling={door}" in page
    assert "咳得厉害" not in page
    [entry] = all_entries(acting, system)
    assert (entry.dwelling, entry.building, entry.place) == (door, building, "东方丽都3幢501室")


def test_who_only_reads_figures_reads_no_notes(signed_in, worker, wang):
    address = note(worker, f"person={wang()}").url
    leader = signed_in("leader", area=STREET, name="王书记")
    listed = text_of(leader.get(f"/ledger/?item=visited_home&area={STREET}"))
    assert "共 1 条" in listed
    assert "儿子去了杭州" not in listed
    assert leader.get(address).status_code == 403


def test_another_street_finds_neither_the_note_nor_whom_it_is_about(signed_in, worker, wang, acting, system):
    her = wang()
    address = note(worker, f"person={her}").url
    stranger = signed_in("community_worker", area=FAR, name="外街道")
    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}undo").status_code == 404
    assert stranger.get(f"{NEW}?person={her}").status_code == 404
    assert note(stranger, f"person={her}").status_code == 404
    assert "儿子去了杭州" not in text_of(stranger.get("/ledger/notes/"))
    assert len(all_entries(acting, system)) == 1


def test_the_auditor_sees_how_much_each_worker_entered_late(signed_in, worker, wang):
    her = wang()
    note(worker, f"person={her}")
    note(worker, f"person={her}", happened_on=str(today() - timedelta(days=1)))
    note(worker, f"person={her}", happened_on=str(today() - timedelta(days=30)), late_reason="外出培训")
    page = text_of(signed_in("auditor", area=STREET, name="审计").get("/ledger/late"))
    assert "周敏" in page and "67%" in page
    assert "儿子去了杭州" not in page
    assert "周敏" not in text_of(signed_in("auditor", area=OTHER_STREET, name="外审").get("/ledger/late"))
    assert worker.get("/ledger/late").status_code == 403
    assert reverse("ledger:late") == "/ledger/late"
