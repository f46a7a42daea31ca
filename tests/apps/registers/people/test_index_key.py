"""The index key is changed while people work: everybody is found, and no number stands twice (换索引密钥)."""

import pytest
from django.core.management import CommandError, call_command

from tests.apps.registers.people.conftest import NEXT_DOOR
from tests.conftest import NOW, TODAY
from yimen.foundations.access.api import index_keys
from yimen.kernel.actor import system_actor
from yimen.kernel.refusals import NotAllowed, Refused
from yimen.registers.people import api as people
from yimen.registers.people.models import PersonDocument, SearchKey
from yimen.registers.people.operations.rekeying import rebuild_index

SYSTEM = system_actor("tests")
OLD, NEW = "11" * 32, "aes:" + "22" * 32
NUMBERS = ("11010519491231002X", "330212199001011231", "330212198502022345", "330212197003033456")


@pytest.fixture
def files(settings, areas, acting, register):
    """Three residents with papers and telephones of the old key; two of the files are one by now."""
    settings.YIMEN_INDEX_KEYS = {1: OLD}
    with acting(SYSTEM):
        one = register("王秀兰", id_number=NUMBERS[0], phone="13900139000")
        other = register("王秀兰", phone="13700137000", community=NEXT_DOOR)
        people.merge_people(
            by=SYSTEM, at=NOW, keep=one.public_id, alias=other.public_id, reason="当面核对身份证"
        )
        third = register("陈建国", phone="13600136000")
    settings.YIMEN_INDEX_KEYS = {2: NEW, 1: OLD}
    return one, third


def found(typed):
    return [card.name for card in people.find_people(typed, by=SYSTEM, on=TODAY, limit=5)]


def everybody_is_found():
    assert found(NUMBERS[0]) == found("002X") == found("13900139000") == found("13700137000") == ["王秀兰"]
    assert found("13600136000") == ["陈建国"]


def test_before_during_and_after_everybody_is_found_and_every_number_proven(files, settings, acting, capsys):
    with acting(SYSTEM):
        everybody_is_found()
    call_command("prove_numbers", "--as-app")
    # Stopped after the first portion, and begun again.
    with acting(SYSTEM):
        assert rebuild_index(by=SYSTEM, at=NOW, after=0, limit=1).done == 2
        everybody_is_found()
    call_command("prove_numbers", "--as-app")
    call_command("rebuild_indexes", "--portion", "1")
    assert "全部完成" in capsys.readouterr().out
    settings.YIMEN_INDEX_KEYS = {2: NEW}
    with acting(SYSTEM):
        everybody_is_found()
        assert all(row.number_hash.startswith("02") for row in PersonDocument.objects.all())
        assert not SearchKey.objects.filter(key__startswith="t01").exists()
    call_command("prove_numbers", "--as-app")


def test_a_number_of_the_old_key_is_still_taken_for_who_comes_with_it(files, acting, register):
    with acting(SYSTEM), pytest.raises(Refused, match="已"):
        register("王小兰", id_number=NUMBERS[0])


def test_a_telephone_changed_meanwhile_is_found_by_the_new_one_alone(files, settings, acting):
    with acting(SYSTEM):
        person = files[1]
        people.correct_person(
            by=SYSTEM, at=NOW, person=person.public_id, phone="13500135000", reason="本人告知"
        )
        assert (found("13600136000"), found("13500135000")) == ([], ["陈建国"])
        assert not SearchKey.objects.filter(person=person.id, key__startswith="t01").exists()
    call_command("prove_numbers", "--as-app")


def test_a_paper_that_two_living_files_bear_is_named_and_left(files, settings, acting, register, capsys):
    # As a process that did not know the new key yet would have written it.
    settings.YIMEN_INDEX_KEYS = {2: NEW}
    with acting(SYSTEM):
        double = register("王兰", id_number=NUMBERS[0])
    settings.YIMEN_INDEX_KEYS = {2: NEW, 1: OLD}
    with pytest.raises(CommandError, match="还没有做完"):
        call_command("rebuild_indexes")
    assert f"档案号 {files[0].number} 的" in capsys.readouterr().err
    with acting(SYSTEM):
        assert PersonDocument.objects.get(person=double.id).number_hash.startswith("02")


def test_status_counts_and_changes_nothing(files, acting, capsys):
    call_command("rebuild_indexes", "--status")
    told = capsys.readouterr().out
    assert f"第 {index_keys().current} 号索引密钥（AES-256-GCM、HMAC-SHA-256）" in told
    assert "居民档案的证件与电话：还有" in told
    with acting(SYSTEM):
        assert PersonDocument.objects.get().number_hash.startswith("01")


def test_no_person_may_do_it(clerk, areas, acting):
    with acting(clerk), pytest.raises(NotAllowed):
        rebuild_index(by=clerk, at=NOW, after=0, limit=10)
