from datetime import date, timedelta

import pytest

from yimen.foundations.audit import api as audit
from yimen.foundations.bus.models import Announcement
from yimen.kernel.refusals import NotAllowed
from yimen.registers.people import api as people

HOME, NEXT_DOOR, FAR = "330212007001", "330212007002", "330212008001"
TODAY = date(2026, 11, 20)
WOMAN = "11010519491231002X"
GIRL = "330212201501010024"


def test_a_clerk_changes_the_telephone_and_the_old_one_finds_nobody(
    areas, acting, system, make_actor, register, now
):
    with acting(system):
        person = register("王秀兰", phone="13800138000")
    worker = make_actor("people.find", "people.register", "people.view_file", area=HOME)
    with acting(worker):
        people.correct_person(by=worker, at=now, person=person.public_id, phone="139 0013 9000")
        assert people.find_people("13800138000", by=worker) == []
        assert people.find_people("13900139000", by=worker)[0].phone_tail == "9000"
        with pytest.raises(NotAllowed):
            people.correct_person(by=worker, at=now, person=person.public_id, name="王秀蓝", reason="户口簿")


def test_a_name_is_corrected_only_with_a_reason_and_the_old_one_stays_findable(street, register, now):
    person = register("王秀兰")
    with pytest.raises(people.CannotCorrect, match="依据"):
        people.correct_person(by=street, at=now, person=person.public_id, name="王秀岚")
    people.correct_person(by=street, at=now, person=person.public_id, name="王秀岚", reason="户口簿")
    card = people.find_people("王秀兰", by=street)[0]
    assert (card.name, card.former_names) == ("王秀岚", ("王秀兰",))


def test_who_saves_second_is_told_and_loses_nothing_of_the_first(street, register, now):
    person = register("王秀兰", phone="13800138000")
    seen = people.get_file(person.public_id, by=street, on=TODAY).version
    people.correct_person(by=street, at=now, person=person.public_id, phone="13900139000", version=seen)
    with pytest.raises(people.ChangedMeanwhile, match="王秀兰的档案刚刚被李敏改过"):
        people.correct_person(by=street, at=now, person=person.public_id, phone="13700137000", version=seen)
    assert people.find_people("13900139000", by=street)


def test_an_odd_telephone_is_kept_as_it_was_said(street, register):
    person = register("王秀兰", phone="女儿那里")
    assert people.person_facts(person.public_id, by=street, on=TODAY)["phone"].value == "女儿那里"
    assert people.find_people("王秀兰", by=street)[0].phone_tail == ""


def test_a_number_of_another_file_is_not_taken(street, register, now):
    register("赵敏", id_number=WOMAN)
    other = register("赵明")
    with pytest.raises(people.NumberBelongsToAnother, match=r"赵\*"):
        people.add_document(by=street, at=now, person=other.public_id, kind="id_card", number=WOMAN)


def test_a_lost_card_finds_nobody_and_may_be_borne_again(street, register, now):
    person = register("赵敏", documents=[("social_security_card", "A12345678")])
    paper = people.get_file(person.public_id, by=street, on=TODAY).documents[0]
    later = now + timedelta(days=1)
    people.end_document(by=street, at=later, document=paper.public_id, on=later.date(), reason="遗失")
    assert people.find_people("A12345678", by=street) == []
    people.add_document(
        by=street, at=later, person=person.public_id, kind="social_security_card", number="A12345678"
    )
    assert people.find_people("A12345678", by=street)


def test_a_death_is_told_at_once(street, register, now):
    person = register("王秀兰", birth_on=date(1940, 1, 1))
    with pytest.raises(people.CannotRecordDeath, match="早于出生"):
        people.record_death(by=street, at=now, person=person.public_id, died_on=date(1939, 1, 1))
    people.record_death(
        by=street, at=now, person=person.public_id, died_on=date(2026, 11, 2), source="死亡证明"
    )
    told = Announcement.objects.get(name="people.person_died")
    assert (told.subject, told.payload["died_on"]) == (person.public_id, "2026-11-02")
    assert "已故" in people.find_people("王秀兰", by=street)[0].hint
    people.undo_death(by=street, at=now, person=person.public_id, reason="录错人")
    assert people.person_card(person.public_id, by=street).died_on is None


def test_a_full_number_is_shown_only_with_the_permission_and_a_trace(
    areas, acting, system, clerk, make_actor, register, now
):
    with acting(system):
        person = register("赵敏", id_number=WOMAN)
        paper = people.get_file(person.public_id, by=system, on=TODAY).documents[0]
    worker = make_actor("people.find", "people.view_file", area=HOME)
    asked = {"at": now, "person": person.public_id, "field": "id_number", "document": paper.public_id}
    with acting(worker), pytest.raises(NotAllowed):
        people.show_field(by=worker, purpose="identity", **asked)
    with acting(clerk):
        assert people.show_field(by=clerk, purpose="identity", **asked) == WOMAN
        assert [look.why for look in audit.looks_at(person.public_id, by=clerk)] == [
            "查看证件号码：核对本人身份"
        ]


def test_the_file_never_shows_birth_date_and_last_four_together(street, register):
    person = register("赵敏", id_number=WOMAN)
    file = people.get_file(person.public_id, by=street, on=TODAY)
    assert file.birth_on == date(1949, 12, 31)
    assert file.documents[0].masked == "110105************"


def test_two_files_of_one_person_become_one_and_apart_again(street, register, now):
    first = register("王秀兰", id_number=WOMAN, phone="13800138000", hukou=HOME)
    second = register("王秀蓝", phone="13900139000", lives_address="雅苑1幢101室", community=NEXT_DOOR)
    head = people.found_household(by=street, at=now, on=TODAY, householder=second.public_id)
    counted = sum(cell.count for cell in people.population("330212007", TODAY, by=street).cells)
    with pytest.raises(people.CannotMerge, match="为什么"):
        people.merge_people(by=street, at=now, keep=first.public_id, alias=second.public_id, reason="")
    people.merge_people(
        by=street, at=now, keep=first.public_id, alias=second.public_id, reason="同一人重复建档"
    )
    for text in ("王秀兰", "王秀蓝", "13900139000", second.number):
        assert [card.public_id for card in people.find_people(text, by=street)] == [first.public_id], text
    file = people.get_file(second.public_id, by=street, on=TODAY)
    assert (file.public_id, file.ids) == (first.public_id, (first.public_id, second.public_id))
    assert "王秀蓝" in file.former_names
    assert people.household_of(first.public_id, by=street) == head.public_id
    assert sum(cell.count for cell in people.population("330212007", TODAY, by=street).cells) == counted - 1
    with pytest.raises(people.CannotMerge, match="已经合并"):
        people.merge_people(by=street, at=now, keep=first.public_id, alias=second.public_id, reason="再来")

    people.undo_merge(by=street, at=now, alias=second.public_id, reason="其实是姐妹")
    assert [card.public_id for card in people.find_people("王秀蓝", by=street)] == [second.public_id]
    assert [card.public_id for card in people.find_people("王秀兰", by=street)] == [first.public_id]
    assert people.household_of(first.public_id, by=street) is None
    assert people.household_of(second.public_id, by=street) == head.public_id
    assert people.get_household(head.public_id, by=street).householder == "王秀蓝"
    assert sum(cell.count for cell in people.population("330212007", TODAY, by=street).cells) == counted
    verbs = [row.verb for row in audit.trail_of(second.public_id, by=street)]
    assert verbs[:2] == ["people.merge.undone", "people.people.merged"]


def test_guardians_and_ways_to_be_reached_stand_on_the_file(street, register, now):
    girl, mother = register("王小美", birth_on=date(2015, 1, 1)), register("李秀英", phone="13800138000")
    people.set_guardian(
        by=street,
        at=now,
        on=date(2015, 1, 1),
        person=girl.public_id,
        guardian=mother.public_id,
        kind="parent",
    )
    people.set_reach_way(
        by=street, at=now, person=mother.public_id, way="child", value="13900139000", note="找女儿"
    )
    people.set_reach_way(by=street, at=now, person=mother.public_id, way="hard_of_hearing")
    file = people.get_file(girl.public_id, by=street, on=TODAY)
    assert [(line.name, line.label) for line in file.guardians] == [("李秀英", "父母")]
    ways = people.get_file(mother.public_id, by=street, on=TODAY).ways
    assert [(way.label, way.masked, way.note) for way in ways] == [
        ("找子女", "139****9000", "找女儿"),
        ("耳背", "", ""),
    ]


def test_verified_says_when_and_by_whom(street, register, now):
    person = register("王秀兰")
    assert people.set_verified(by=street, at=now, people=[person.public_id], on=date(2026, 11, 1)) == 1
    file = people.get_file(person.public_id, by=street, on=TODAY)
    assert (file.verified_on, file.verified_by_name) == (date(2026, 11, 1), "李敏")


def test_every_write_is_refused_outside_the_street(areas, acting, system, stranger, register, now):
    with acting(system):
        person = register("王秀兰")
    one = person.public_id
    deeds = [
        lambda: people.correct_person(by=stranger, at=now, person=one, phone="13800138000"),
        lambda: people.move_person(by=stranger, at=now, person=one, on=TODAY, community=FAR),
        lambda: people.add_document(by=stranger, at=now, person=one, kind="id_card", number=WOMAN),
        lambda: people.record_death(by=stranger, at=now, person=one, died_on=TODAY),
        lambda: people.set_reach_way(by=stranger, at=now, person=one, way="phone"),
        lambda: people.found_household(by=stranger, at=now, on=TODAY, householder=one),
        lambda: people.note_look(by=stranger, at=now, person=one, why="好奇"),
        lambda: people.get_file(one, by=stranger, on=TODAY),
        lambda: people.person_facts(one, by=stranger, on=TODAY),
        lambda: people.person_card(one, by=stranger),
    ]
    for deed in deeds:
        with acting(stranger), pytest.raises(people.NoSuchPerson):
            deed()
    with acting(stranger):
        assert people.person_cards([one], by=stranger) == {}
        assert people.person_ids(one, by=stranger) == []
        assert people.set_verified(by=stranger, at=now, people=[one]) == 0
