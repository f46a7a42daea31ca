"""Two files become one after they were looked at side by side, and that can be taken back (并档)."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.apps.registers.people.conftest import HOME, ROWS, SINCE
from tests.apps.registers.people.test_doubles import text_of
from tests.conftest import NOW, TODAY
from yimen.foundations.audit.api import prove
from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import system_actor
from yimen.kernel.refusals import Refused
from yimen.registers.people import api as people
from yimen.registers.places import api as places

SYSTEM = system_actor("tests")
NEXT_DOOR, FAR = "330212007002", "330212008001"
WOMAN = "11010519491231002X"
REASON = {"reason": "当面核对身份证"}


@pytest.fixture
def pair(areas, acting, system, register):
    """Somebody with papers, and the file that was made for her once when she had none: telephone, household, account."""
    with acting(system):
        one = register("王秀兰", id_number=WOMAN, lives_address="东方丽都3幢501室")
        other = register("王秀兰", phone="13900139000", community=NEXT_DOOR, role="02")
        child = register("陈小宝", community=NEXT_DOOR)
        house = people.household_of(other.public_id, by=system)
        people.join_household(by=system, at=NOW, on=TODAY, person=child.public_id, household=house, role="20")
    return one, other, child


def compare(client, one, other, query=""):
    return text_of(client.get(f"/people/{one.public_id}/compare/{other.public_id}{query}"))


def test_the_preview_says_what_is_taken_over_and_what_follows_before_anything_is_done(
    pair, enter, acting, system
):
    one, other, _ = pair
    client = enter("section_chief")
    page = compare(client, one, other)
    assert f"保留档案一（{one.number}）" in page
    assert "补入：电话" in page
    assert "王秀兰 户 的位置由保留的一份接替" in page
    assert "合并成一份" in page
    with acting(system):
        assert people.get_file(other.public_id, by=system, on=TODAY).ids == (other.public_id,)
    # The other way round, the one who has the id card would be lost.
    swapped = compare(client, one, other, f"?keep={other.public_id}")
    assert f"保留档案二（{other.number}）" in swapped
    assert "建议换过来" in swapped
    assert "不再欠证件" in swapped


def test_merging_goes_through_the_page_and_only_then(pair, enter, acting, system):
    one, other, child = pair
    client = enter("section_chief")
    chosen = client.post(f"/people/{one.public_id}/merge?q=王秀兰", {"alias": str(other.public_id)})
    assert chosen.url == f"/people/{one.public_id}/compare/{other.public_id}"
    address = f"/people/{one.public_id}/merge/{other.public_id}"
    refused = client.post(address, {"reason": " "})
    assert refused.status_code == 422
    assert "请写明为什么是同一个人" in text_of(refused)
    done = client.post(address, REASON, follow=True)
    assert "已合并" in text_of(done)
    with acting(system):
        file = people.get_file(other.public_id, by=system, on=TODAY)
        assert (file.public_id, file.phone_masked) == (one.public_id, "139****9000")
        assert people.get_file(child.public_id, by=system, on=TODAY).householder == "王秀兰"
        kept = people.suspicion_between(one.public_id, other.public_id, by=system)
    assert kept is None or kept.answer == "same"
    again = client.post(address, REASON, follow=True)
    assert "已经是同一份档案" in text_of(again)


def test_an_asked_pair_is_answered_by_the_merge_and_by_its_undoing(pair, enter, acting, system):
    one, other, _ = pair
    with acting(system):
        people.correct_person(
            by=system, at=NOW, person=other.public_id, birth_on=date(1949, 12, 31), reason="户口簿"
        )
        people.note_suspicions(by=system, at=NOW, people=[one.id])
        assert people.open_suspicions(by=system).count() == 1
        people.merge_people(by=system, at=NOW, keep=one.public_id, alias=other.public_id, reason="同一人")
        assert people.open_suspicions(by=system).count() == 0
        people.undo_merge(by=system, at=NOW, alias=other.public_id, reason="是姐妹")
        people.note_suspicions(by=system, at=NOW, people=[one.id, other.id])
        assert people.open_suspicions(by=system).count() == 0
        answer = people.suspicion_between(one.public_id, other.public_id, by=system)
    assert (answer.answer, answer.note) == ("different", "是姐妹")


@pytest.mark.parametrize(
    ("prepare", "says"),
    [
        (lambda one, other: people.record_death(by=SYSTEM, at=NOW, person=other.public_id, died_on=TODAY), "一份档案登记了死亡"),
        (
            lambda one, other: [
                people.record_death(by=SYSTEM, at=NOW, person=each.public_id, died_on=TODAY - timedelta(days))
                for days, each in enumerate((one, other))
            ],
            "死亡日期不同",
        ),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_is_said_by_the_preview_and_refused_all_the_same(
    pair, enter, acting, prepare, says
):
    one, other, _ = pair
    with acting(SYSTEM):
        prepare(one, other)
    client = enter("section_chief")
    page = compare(client, one, other)
    assert says in page
    assert "合并成一份" not in page
    answer = client.post(f"/people/{one.public_id}/merge/{other.public_id}", REASON)
    assert answer.status_code == 422
    assert says in text_of(answer)


def test_undoing_lists_what_was_written_since_and_asks(pair, enter, acting, system):
    one, other, child = pair
    client = enter("section_chief")
    client.post(f"/people/{one.public_id}/merge/{other.public_id}", REASON)
    with acting(system):
        later = NOW.replace(year=2099)
        people.correct_person(by=system, at=later, person=one.public_id, name="王秀蓝", reason="户口簿")
    assert "撤销合并" in text_of(client.get(f"/people/{one.public_id}/merge"))
    address = f"/people/{other.public_id}/undo-merge"
    page = text_of(client.get(address))
    assert "合并以后写入的" in page
    assert "更正" in page
    unread = client.post(address, {"reason": "其实是姐妹"})
    assert unread.status_code == 422
    assert "请先看合并以后写入的内容" in text_of(unread)
    done = client.post(address, {"reason": "其实是姐妹", "read": "on"}, follow=True)
    assert "已撤销合并" in text_of(done)
    with acting(system):
        first, second = (people.get_file(each.public_id, by=system, on=TODAY) for each in (one, other))
        assert (first.name, first.phone_masked, first.household) == ("王秀蓝", "", None)
        assert (second.name, second.phone_masked) == ("王秀兰", "139****9000")
        assert people.get_file(child.public_id, by=system, on=TODAY).householder == "王秀兰"
        with connection.cursor() as cursor:
            found = {each.key: each.found for each in prove(cursor, only=["people"])}
    assert {key: each.different for key, each in found.items() if each.different} == {}
    assert client.post(address, {"reason": "再来", "read": "on"}).status_code == 404


def test_the_other_street_can_neither_look_nor_merge_nor_undo(pair, enter, acting, system):
    one, other, _ = pair
    stranger = enter("section_chief", "330212008")
    assert stranger.get(f"/people/{one.public_id}/merge").status_code == 404
    assert stranger.get(f"/people/{one.public_id}/compare/{other.public_id}").status_code == 404
    assert stranger.post(f"/people/{one.public_id}/merge/{other.public_id}", REASON).status_code == 404
    with acting(system):
        people.merge_people(by=system, at=NOW, keep=one.public_id, alias=other.public_id, reason="同一人")
    assert stranger.get(f"/people/{other.public_id}/undo-merge").status_code == 404
    assert enter().post(f"/people/{one.public_id}/merge/{other.public_id}", REASON).status_code == 403


@pytest.fixture
def two_files(committed_db):
    """Two files of one householder, committed, with a child at home."""
    with act_as(SYSTEM, on=TODAY):
        rows = [places.AreaRow(*row) for row in ROWS]
        places.import_areas(by=SYSTEM, at=NOW, since=SINCE, rows=rows)
        made = [
            people.register_person(by=SYSTEM, at=NOW, name=name, community=HOME, role=role, hukou=HOME)
            for name, role in (("王秀兰", ""), ("王秀兰", "02"), ("陈小宝", ""))
        ]
        house = people.household_of(made[1].public_id, by=SYSTEM)
        people.join_household(
            by=SYSTEM, at=NOW, on=TODAY, person=made[2].public_id, household=house, role="20"
        )
    return [one.public_id for one in made]


def at_once(*deeds):
    gate, answers = threading.Barrier(len(deeds)), []

    def run(deed):
        try:
            gate.wait()
            with act_as(SYSTEM, on=TODAY):
                deed()
            answers.append("done")
        except Refused as refused:
            answers.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with act_as(SYSTEM, on=TODAY), connection.cursor() as cursor:
        found = {one.key: one.found for one in prove(cursor, only=["people"])}
    assert {key: one.different for key, one in found.items() if one.different} == {}
    return sorted(answers)


def merging(keep, alias):
    return lambda: people.merge_people(by=SYSTEM, at=NOW, keep=keep, alias=alias, reason="同一人")


def test_two_who_merge_the_same_two_the_one_way_and_the_other_make_one_file_of_them(two_files):
    one, other, _ = two_files
    answers = at_once(merging(one, other), merging(other, one))
    assert answers.count("done") == 1
    with act_as(SYSTEM, on=TODAY):
        file = people.get_file(one, by=SYSTEM, on=TODAY)
        assert set(file.ids) == {one, other}


@pytest.mark.parametrize("round_", range(3))
def test_a_merge_undone_while_somebody_works_on_the_household_leaves_it_whole(two_files, round_):
    one, other, child = two_files
    with act_as(SYSTEM, on=TODAY):
        house = people.household_of(other, by=SYSTEM)
        people.found_household(by=SYSTEM, at=NOW, on=TODAY, householder=one)
        merging(one, other)()
    tomorrow = NOW + timedelta(days=1)

    def lead():
        people.join_household(
            by=SYSTEM, at=tomorrow, on=tomorrow.date(), person=child, household=house, role="02"
        )

    def undo():
        people.undo_merge(by=SYSTEM, at=tomorrow, alias=other, reason="不是同一个人")

    assert "done" in at_once(lead, undo)
    with act_as(SYSTEM, on=TODAY):
        heads = [each for each in people.get_household(house, by=SYSTEM).present if each.role == "02"]
    assert len(heads) == 1


def test_looking_at_a_merge_and_doing_it_ask_the_database_so_often_and_no_more(
    areas, acting, system, register, clerk, now
):
    """However much hangs on the two files: what is asked for each of many rows would be felt at the window."""
    counts = []
    for papers in (1, 6):
        with acting(system):
            keep = register("王秀兰", phone="13900139000")
            alias = register(
                "王秀兰",
                documents=[("social_security_card", f"C{papers}{number}") for number in range(papers)],
            )
            for number in range(papers):
                people.set_reach_way(
                    by=system, at=now, person=alias.public_id, way=("phone", "child", "knock", "sms")[number % 4],
                    value=f"1370013700{number}", note="女儿",
                )  # fmt: skip
        with acting(clerk):
            with CaptureQueriesContext(connection) as looked:
                people.preview_merge(keep.public_id, alias.public_id, by=clerk)
            with CaptureQueriesContext(connection) as done:
                people.merge_people(
                    by=clerk, at=now, keep=keep.public_id, alias=alias.public_id, reason="当面核对"
                )
        counts.append((len(looked), len(done)))
    assert counts[0] == counts[1]
    assert counts[0][0] <= 12
    assert counts[0][1] <= 60
