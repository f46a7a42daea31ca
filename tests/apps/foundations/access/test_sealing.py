"""Sealed values open only where they belong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.foundations.access.rules.sealing import CannotUnseal, HashKeys, KeyRing, key_number

OLD, NEW = b"o" * 16, b"n" * 16
RING = KeyRing({2: NEW, 1: OLD})
HERE = "people_document.number:0192"


@given(st.text())
def test_any_text_comes_back_from_its_own_place(text):
    assert RING.unseal(RING.seal(text, where=HERE), where=HERE) == text


def test_a_token_of_another_row_does_not_open():
    token = RING.seal("330212199001011234", where=HERE)
    with pytest.raises(CannotUnseal):
        RING.unseal(token, where="people_document.number:0193")


def test_every_changed_byte_is_noticed():
    token = RING.seal("330212199001011234", where=HERE)
    for place in range(len(token)):
        changed = bytearray(token)
        changed[place] ^= 1
        with pytest.raises(CannotUnseal):
            RING.unseal(bytes(changed), where=HERE)


def test_the_first_key_seals_and_older_keys_still_open():
    old_token = KeyRing({1: OLD}).seal("旧", where=HERE)
    assert key_number(old_token) == 1
    assert key_number(RING.seal("新", where=HERE)) == 2
    assert RING.unseal(old_token, where=HERE) == "旧"


def test_a_token_whose_key_is_gone_does_not_open():
    with pytest.raises(CannotUnseal, match="密钥"):
        KeyRing({1: OLD}).unseal(RING.seal("新", where=HERE), where=HERE)


def test_the_same_text_is_never_sealed_the_same_way_twice():
    assert RING.seal("张三", where=HERE) != RING.seal("张三", where=HERE)


def test_an_id_number_takes_48_bytes():
    assert len(RING.seal("330212199001011234", where=HERE)) == 48


@pytest.mark.parametrize("token", [b"", b"\x01", b"\x02" + b"0" * 60, b"plain text that is no token at all"])
def test_what_is_no_token_is_refused(token):
    with pytest.raises(CannotUnseal):
        RING.unseal(token, where=HERE)


@pytest.mark.parametrize("keys", [{}, {0: OLD}, {256: OLD}, {1: b"short"}])
def test_an_unusable_key_ring_is_refused_at_start(keys):
    with pytest.raises(ValueError, match="密钥"):
        KeyRing(keys)


def test_hashes_of_two_fields_do_not_match():
    keys = HashKeys({1: OLD * 2})
    assert keys.hash("8765", field="a") == keys.hash("8765", field="a")
    assert keys.hash("8765", field="a") != keys.hash("8765", field="b")
    assert keys.hash("8765", field="a") != keys.hash("8766", field="a")


def test_a_hash_says_which_key_made_it_and_all_keys_can_be_searched():
    keys = HashKeys({2: NEW * 2, 1: OLD * 2})
    assert keys.hash("1", field="a").startswith("02")
    assert [found[:2] for found in keys.every_hash("1", field="a")] == ["02", "01"]
    assert keys.every_hash("1", field="a")[1] == HashKeys({1: OLD * 2}).hash("1", field="a")
    assert len(keys.hash("1", field="a")) == 34
