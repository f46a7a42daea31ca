"""The trail: every deed leaves it, nobody changes it unseen, a person can be forgotten, a double click is one deed."""

import io

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.db.utils import ProgrammingError

from yimen.foundations.audit.api import (
    NothingRecorded,
    NotInner,
    attempt,
    looks_at,
    operation,
    record,
    record_look,
    seal_trail,
    trail_of,
    unchanged,
    verify,
)
from yimen.foundations.audit.models import Replay, TrailDetail, TrailRow
from yimen.foundations.bus.api import Deed, act_as, open_deed
from yimen.kernel.ids import uuid7
from yimen.kernel.refusals import NotPossible

AREA = "330212007001"


@operation("tests.lamp.mended")
def mend_lamp(*, by, at, subject, area=AREA, **detail):
    record(subject, kind="lamp", area=area, **detail)
    return str(subject)


@operation("tests.lamp.wiped", inner=True)
def wipe_lamp(*, by, at, subject):
    record(subject, kind="lamp", area=AREA, wiped=True)


@operation("tests.street.cleaned")
def clean_street(*, by, at, lamps):
    for lamp in lamps:
        wipe_lamp(by=by, at=at, subject=lamp)


@operation("tests.lamp.forgotten")
def forget_to_record(*, by, at):
    return None


@operation("tests.lamp.looked_over")
def find_nothing_to_do(*, by, at):
    unchanged()


class Broken(NotPossible):
    sentence = "这盏灯修不了。"


@operation("tests.lamps.mended")
def mend_what_can_be(*, by, at, lamps, broken):
    """Mend each lamp (修灯), and answer which could not be."""
    unchanged()
    failed = []
    for lamp in lamps:
        try:
            with attempt():
                mend_lamp(by=by, at=at, subject=lamp)
                if lamp in broken:
                    raise Broken
        except Broken as refusal:
            failed.append([str(lamp), refusal.sentence])
    return failed


def verification() -> str:
    """What the command says to whoever runs it."""
    out = io.StringIO()
    try:
        call_command("verify_trail", stdout=out)
    except CommandError as fault:
        out.write(str(fault))
    return out.getvalue()


def behind(statements: str) -> None:
    """Behind the product's back, as the owner of the database."""
    owner = connections["owner"].settings_dict
    with psycopg.connect(
        dbname=owner["NAME"],
        user=owner["USER"],
        password=owner["PASSWORD"],
        host=owner["HOST"],
        port=owner["PORT"],
    ) as line:
        line.execute(statements)


def test_what_an_attempt_that_refused_has_left_is_gone_and_the_rest_stays(acting, make_actor, now):
    clerk, lamps = make_actor(), [uuid7(), uuid7(), uuid7()]
    with acting(clerk):
        failed = mend_what_can_be(by=clerk, at=now, lamps=lamps, broken={lamps[1]})
        assert failed == [[str(lamps[1]), "这盏灯修不了。"]]
        assert set(TrailRow.objects.values_list("subject", flat=True)) == {lamps[0], lamps[2]}


def test_an_attempt_outside_an_operation_is_a_bug():
    with pytest.raises(RuntimeError, match="part of an operation"), attempt():
        pass


def test_an_operation_without_a_trail_is_a_bug(acting, make_actor, now):
    clerk = make_actor()
    with acting(clerk):
        with pytest.raises(NothingRecorded):
            forget_to_record(by=clerk, at=now)
        find_nothing_to_do(by=clerk, at=now)


def test_an_inner_operation_refuses_to_be_outermost(acting, make_actor, now):
    clerk = make_actor()
    with acting(clerk), pytest.raises(NotInner):
        wipe_lamp(by=clerk, at=now, subject=uuid7())


def test_nested_operations_share_one_deed_and_each_row_names_the_outermost_verb(acting, make_actor, now):
    clerk, lamps = make_actor(), [uuid7(), uuid7()]
    with acting(clerk):
        clean_street(by=clerk, at=now, lamps=lamps)
        rows = list(TrailRow.objects.all())
    assert {row.verb for row in rows} == {"tests.street.cleaned"}
    assert {row.inner_verb for row in rows} == {"tests.lamp.wiped"}
    assert len({row.deed for row in rows}) == 1 and {row.subject for row in rows} == set(lamps)


def test_a_double_click_is_one_deed_and_both_get_the_first_answer(acting, make_actor, now):
    clerk, lamp = make_actor(), uuid7()
    with acting(clerk):
        answers = {mend_lamp(by=clerk, at=now, subject=lamp, request_key="click-1") for _ in range(3)}
        other = mend_lamp(by=clerk, at=now, subject=lamp, request_key="click-2" * 99 + "\0")
        assert TrailRow.objects.count() == 2 and Replay.objects.count() == 2
    assert answers == {str(lamp)} == {other}


def test_a_street_does_not_see_the_trail_of_another(acting, make_actor, now, system):
    lamp, elsewhere = uuid7(), make_actor(area="330212008")
    with acting(system):
        mend_lamp(by=system, at=now, subject=lamp)
    with acting(elsewhere):
        assert not trail_of(lamp, by=elsewhere).exists() and not TrailRow.objects.exists()
    with acting(make_actor()) as _:
        assert TrailRow.objects.count() == 1


def test_a_look_at_a_file_is_kept_with_its_reason(acting, make_actor, now):
    clerk, person = make_actor(name="李窗口"), uuid7()
    with acting(clerk):
        record_look(by=clerk, at=now, subject=person, area=AREA, why="因办理生育登记")
        [look] = looks_at(person, by=clerk)
    assert (look.actor_name, look.why) == ("李窗口", "因办理生育登记")


def test_the_app_role_can_neither_change_nor_delete_a_trail_row(acting, make_actor, now):
    clerk = make_actor()
    with acting(clerk):
        mend_lamp(by=clerk, at=now, subject=uuid7())
        for statement in ("UPDATE audit_trailrow SET verb = 'x'", "DELETE FROM audit_trailrow"):
            denied = pytest.raises(ProgrammingError, match="permission denied")
            with denied, transaction.atomic(), _inside_an_operation(clerk, now):
                connection.cursor().execute(statement)


def test_a_sealed_trail_verifies_and_says_how_much_is_not_sealed_yet(acting, now, system):
    with acting(system):
        seal_trail(by=system, at=now)  # what the set-up of the database left
        before = verify(by=system)
        for number in range(3):
            mend_lamp(by=system, at=now, subject=uuid7(), number=number)
        assert seal_trail(by=system, at=now).rows == 3
        assert seal_trail(by=system, at=now) is None
        mend_lamp(by=system, at=now, subject=uuid7())
        result = verify(by=system)
    assert (result.seals - before.seals, result.sealed - before.sealed) == (1, 3)
    assert (result.unsealed, result.faults) == (1, ())


def test_forgetting_a_detail_leaves_every_seal_whole(acting, now, system):
    with acting(system):
        person = uuid7()
        mend_lamp(by=system, at=now, subject=person, name="王某")
        seal_trail(by=system, at=now)
        with _inside_an_operation(system, now):
            TrailDetail.objects.filter(row__subject=person).delete()
        result = verify(by=system)
    assert result.erased == 1 and result.faults == ()


@pytest.mark.parametrize(
    ("tampering", "sentence"),
    [
        (
            "UPDATE audit_trailrow SET verb = 'tests.other' WHERE id = (SELECT min(id) FROM audit_trailrow)",
            "摘要不符",
        ),
        ("UPDATE audit_trailrow SET digest = decode(repeat('00', 32), 'hex')", "对不上"),
        ("DELETE FROM audit_sealedrow WHERE id = (SELECT min(id) FROM audit_sealedrow)", "封印应有"),
        ("UPDATE audit_seal SET head = decode(repeat('00', 32), 'hex')", "对不上"),
        ("UPDATE audit_traildetail SET body = '{}'", "条）留痕的内容与摘要不符"),  # neighbours told as one
    ],
)
def test_tampering_behind_the_products_back_is_found(
    committed_db, make_actor, now, system, tampering, sentence
):
    with act_as(system, on=now.date()):
        for number in range(2):
            mend_lamp(by=system, at=now, subject=uuid7(), number=number)
        seal_trail(by=system, at=now)
    behind(tampering)
    with act_as(system, on=now.date()):
        faults = verify(by=system).faults
    assert any(sentence in fault for fault in faults)


PLAIN = """
INSERT INTO audit_trailrow (public_id, deed, verb, inner_verb, actor, on_behalf_of, at, subject_kind, subject, area, digest)
SELECT {public_id}, deed, {verb}, '', actor, '', at, subject_kind, subject, area, {digest} FROM audit_trailrow ORDER BY id LIMIT 1
"""


@pytest.mark.parametrize(
    ("digest", "verb", "sentence"),
    [
        ("decode(repeat('5a', 32), 'hex')", "'tests.lamp.stolen'", "不是本系统写下的"),
        ("decode('02' || repeat('5a', 64), 'hex')", "'tests.lamp.stolen'", "内容与摘要不符"),
        ("digest", "'tests.lamp.stolen'", "内容与摘要不符"),
        ("digest", "verb", "内容与摘要不符"),  # a copy of a true row, under an id of its own
    ],
)
@pytest.mark.parametrize("sealed", [True, False])
def test_a_row_that_the_product_did_not_write_is_found_although_it_was_sealed(
    committed_db, now, system, digest, verb, sentence, sealed
):
    with act_as(system, on=now.date()):
        mend_lamp(by=system, at=now, subject=uuid7())
        seal_trail(by=system, at=now)
        # The product's own role may append, so no more than a hole in a page would be needed for this.
        with _inside_an_operation(system, now), connection.cursor() as cursor:
            cursor.execute(PLAIN.format(public_id="gen_random_uuid()", digest=digest, verb=verb))
        if sealed:
            assert seal_trail(by=system, at=now).rows == 1
    assert sentence in verification()


def test_a_row_whose_detail_was_erased_still_proves_its_facts(committed_db, now, system):
    with act_as(system, on=now.date()):
        mend_lamp(by=system, at=now, subject=uuid7())
        seal_trail(by=system, at=now)
        with _inside_an_operation(system, now):
            TrailDetail.objects.all().delete()
    assert "内容依法删除 1 条" in verification() and "全部相符" in verification()
    behind("UPDATE audit_trailrow SET actor = 'account:somebody-else'")
    assert "内容与摘要不符" in verification()


LAST = "(SELECT max(id) FROM audit_seal)"
CUT = f"""
CREATE TEMP TABLE cut AS SELECT row_id FROM audit_sealedrow WHERE seal_id = {LAST};
DELETE FROM audit_sealedrow WHERE seal_id = {LAST};
DELETE FROM audit_traildetail WHERE row_id IN (SELECT row_id FROM cut);
DELETE FROM audit_trailrow WHERE id IN (SELECT row_id FROM cut);
DELETE FROM audit_seal WHERE id = {LAST};
"""


def test_a_chain_whose_end_was_cut_off_is_found_by_what_was_told_outside(
    committed_db, now, system, settings, tmp_path, caplog
):
    settings.YIMEN_FILES = tmp_path / "files"
    caplog.set_level("INFO", logger="yimen")
    for _ in range(3):
        with act_as(system, on=now.date()):
            mend_lamp(by=system, at=now, subject=uuid7())
            seal = seal_trail(by=system, at=now)
    (file,) = settings.YIMEN_FILES.iterdir()
    assert file.stat().st_mode & 0o077 == 0 and bytes(seal.head).hex() in caplog.text
    assert "比对 3 枚" in verification() and "全部相符" in verification()
    behind(CUT)
    assert f"第 {seal.id} 号封印，库里已经没有" in verification()
    # A chain that goes on from there is another one, and stays found.
    with act_as(system, on=now.date()):
        mend_lamp(by=system, at=now, subject=uuid7())
        seal_trail(by=system, at=now)
    assert "库里已经没有" in verification()
    with file.open("a") as told:
        told.write("nonsense\n")
    assert "读不出来" in verification()


def test_a_chain_that_was_made_anew_is_found(committed_db, now, system, settings, tmp_path):
    settings.YIMEN_FILES = tmp_path
    behind("TRUNCATE audit_sealedrow, audit_seal, audit_unsealed RESTART IDENTITY")
    with act_as(system, on=now.date()):
        for _ in range(2):
            mend_lamp(by=system, at=now, subject=uuid7())
        seal_trail(by=system, at=now)
    behind(
        "TRUNCATE audit_sealedrow, audit_seal RESTART IDENTITY;"
        "DELETE FROM audit_traildetail WHERE row_id = (SELECT min(id) FROM audit_trailrow);"
        "DELETE FROM audit_trailrow WHERE id = (SELECT min(id) FROM audit_trailrow);"
        "INSERT INTO audit_unsealed (row_id) SELECT id FROM audit_trailrow"
    )
    with act_as(system, on=now.date()):
        seal_trail(by=system, at=now)
    assert "与库外记录不符" in verification()


def test_a_seal_that_was_taken_back_is_told_nowhere_and_a_full_disk_costs_no_seal(
    committed_db, now, system, settings, tmp_path, caplog
):
    settings.YIMEN_FILES = tmp_path / "no-folder"
    settings.YIMEN_FILES.write_text("a file where a folder should be")
    with act_as(system, on=now.date()):
        mend_lamp(by=system, at=now, subject=uuid7())
        assert seal_trail(by=system, at=now).rows == 1
    assert "could not be written outside" in caplog.text
    settings.YIMEN_FILES = tmp_path / "files"
    with act_as(system, on=now.date()):
        mend_lamp(by=system, at=now, subject=uuid7())
        seal_trail(by=system, at=now)
        transaction.set_rollback(True)
    assert not settings.YIMEN_FILES.exists() and "全部相符" in verification()


def _inside_an_operation(by, at):
    return open_deed(Deed(id=uuid7(), verb="tests.inside", by=by, at=at))
