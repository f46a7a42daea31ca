"""Sealed columns: plain on the instance, sealed in the table, bound to their row."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection, connections

from yimen.foundations.access import api
from yimen.foundations.access.fields import EncryptedTextField, Sealed, keyed_hash, keyed_hashes
from yimen.foundations.access.rules.sealing import CannotUnseal, key_number
from yimen.foundations.bus.api import Deed, open_deed
from yimen.foundations.bus.fields import Record
from yimen.kernel.actor import system_actor
from yimen.kernel.ids import uuid7
from yimen.kernel.refusals import NotAllowed


class Card(Record):
    """A row with a sealed number and a sealed remark."""

    number = EncryptedTextField()
    remark = EncryptedTextField(null=True, blank=True)

    class Meta:
        app_label = "sealed_tests"


@pytest.fixture(scope="module", autouse=True)
def _card_table(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        with connections["owner"].schema_editor() as editor:
            editor.create_model(Card)
            role = connection.settings_dict["USER"]
            editor.execute(f"GRANT ALL ON sealed_tests_card TO {role}")
            editor.execute(f"GRANT USAGE ON SEQUENCE sealed_tests_card_id_seq TO {role}")
        yield
        with connections["owner"].schema_editor() as editor:
            editor.delete_model(Card)


@pytest.fixture(autouse=True)
def _writing(db, now):
    with open_deed(Deed(id=uuid7(), verb="tests.card.made", by=system_actor("tests"), at=now)):
        yield


NUMBER = "330212199001011234"


def _stored(card):
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM sealed_tests_card WHERE id = %s", [card.pk])
        return bytes(cursor.fetchone()[0])


def test_the_text_is_plain_on_the_instance_and_sealed_in_the_table():
    card = Card.objects.create(number=NUMBER)
    assert card.number == NUMBER
    assert Card.objects.get().number == NUMBER
    assert NUMBER.encode() not in _stored(card)


def test_rows_made_in_bulk_are_sealed_too():
    Card.objects.bulk_create([Card(number=f"{n}") for n in range(3)])
    assert sorted(card.number for card in Card.objects.all()) == ["0", "1", "2"]


def test_a_value_swapped_between_two_rows_does_not_open():
    one, two = Card.objects.create(number="1"), Card.objects.create(number="2")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE sealed_tests_card SET number = (SELECT number FROM sealed_tests_card WHERE id = %s) WHERE id = %s",
            [one.pk, two.pk],
        )
    with pytest.raises(CannotUnseal):
        _ = Card.objects.get(pk=two.pk).number


def test_a_value_swapped_between_two_columns_does_not_open():
    card = Card.objects.create(number="1", remark="记")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sealed_tests_card SET remark = number")
    with pytest.raises(CannotUnseal):
        _ = Card.objects.get(pk=card.pk).remark


def test_a_row_that_is_copied_under_another_public_id_is_refused_when_saved():
    copy = Card.objects.get(pk=Card.objects.create(number="1").pk)
    copy.pk, copy.public_id, copy._state.adding = None, uuid7(), True
    with pytest.raises(CannotUnseal):
        copy.save()


def test_nothing_and_empty_stay_what_they_are():
    card = Card.objects.create(number="", remark=None)
    card.refresh_from_db()
    assert (card.number, card.remark) == ("", None)
    assert Card.objects.filter(remark__isnull=True).exists()


def test_saving_an_unread_value_keeps_its_token_and_a_new_value_gets_a_new_one():
    card = Card.objects.create(number="1")
    before = _stored(card)
    again = Card.objects.get()
    again.save()
    assert _stored(card) == before
    again.number = "2"
    again.save()
    assert _stored(card) != before
    assert Card.objects.get().number == "2"


def test_a_deferred_value_opens_when_it_is_asked_for():
    Card.objects.create(number=NUMBER)
    assert Card.objects.only("id").get().number == NUMBER


def test_lists_and_exports_get_the_sealed_thing():
    Card.objects.create(number=NUMBER)
    (value,) = Card.objects.values_list("number", flat=True)
    assert isinstance(value, Sealed)
    assert str(value) == "（已加密）"
    assert NUMBER not in repr(Card.objects.values())


@pytest.mark.parametrize("lookup", ["number", "number__startswith", "number__in", "number__gt"])
def test_a_sealed_column_cannot_be_searched(lookup):
    with pytest.raises(FieldError, match="keyed hash"):
        Card.objects.filter(**{lookup: NUMBER}).exists()


def test_a_sealed_column_cannot_be_set_without_its_row():
    Card.objects.create(number="1")
    with pytest.raises(FieldError, match="sealed"):
        Card.objects.update(number="2")


def test_after_a_change_of_keys_old_rows_open_and_new_ones_use_the_new_key(settings):
    settings.YIMEN_FIELD_KEYS = {1: "11" * 16}
    old = Card.objects.create(number="旧")
    settings.YIMEN_FIELD_KEYS = {2: "22" * 16, 1: "11" * 16}
    new = Card.objects.create(number="新")
    assert (key_number(_stored(old)), key_number(_stored(new))) == (1, 2)
    assert {card.number for card in Card.objects.all()} == {"旧", "新"}


def test_a_change_of_keys_reseals_in_steps_until_nothing_is_left(settings, system, acting, now, monkeypatch):
    monkeypatch.setattr("yimen.foundations.access.operations.keys.apps.get_models", lambda **_: [Card])
    settings.YIMEN_FIELD_KEYS = {1: "11" * 16}
    cards = [Card.objects.create(number=f"{n}", remark=None if n else "记") for n in range(4)]
    Card.objects.create(number="")
    settings.YIMEN_FIELD_KEYS = {2: "22" * 16, 1: "11" * 16}
    with acting(system):
        assert [api.reseal(by=system, at=now, limit=3) for _ in range(3)] == [3, 2, 0]
    assert {key_number(_stored(card)) for card in cards} == {2}
    settings.YIMEN_FIELD_KEYS = {2: "22" * 16}
    assert sorted(card.number for card in Card.objects.all()) == ["", "0", "1", "2", "3"]
    assert Card.objects.get(number__isnull=False, remark__isnull=False).remark == "记"


def test_no_person_may_reseal(make_actor, acting, now):
    actor = make_actor("access.manage_accounts")
    with acting(actor), pytest.raises(NotAllowed):
        api.reseal(by=actor, at=now)


def test_a_hash_is_the_same_for_one_number_however_it_is_typed():
    written = {
        keyed_hash(text, field="card.number")
        for text in ("33021219900101123x", " 330212 19900101 123X", "３３０２１２19900101123Ｘ")
    }
    assert len(written) == 1


def test_a_number_hashed_with_the_former_key_is_still_found(settings):
    settings.YIMEN_INDEX_KEYS = {1: "11" * 32}
    kept = keyed_hash(NUMBER, field="card.number")
    settings.YIMEN_INDEX_KEYS = {2: "22" * 32, 1: "11" * 32}
    assert kept in keyed_hashes(NUMBER, field="card.number")
    assert keyed_hash(NUMBER, field="card.number") != kept
