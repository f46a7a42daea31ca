"""Sealed values open only where they belong."""

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from hypothesis import given
from hypothesis import strategies as st

from yimen.foundations.access.rules.sealing import CannotUnseal, HashKeys, Key, KeyRing, Suite, key_number

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


@pytest.mark.parametrize("token", [b"", b"\x01", b"\x03" + b"0" * 60, b"plain text that is no token at all"])
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


def test_the_algorithms_belong_to_the_key_and_the_token_says_which():
    mixed = KeyRing({3: Key(NEW * 2, Suite.AES), 1: Key(OLD, Suite.SM)})
    national, international = KeyRing({1: OLD}).seal("旧", where=HERE), mixed.seal("新", where=HERE)
    assert (national[0], international[0]) == (1, 2)
    assert (key_number(international), len(international)) == (3, len(national))
    assert [mixed.unseal(token, where=HERE) for token in (national, international)] == ["旧", "新"]


@pytest.mark.parametrize("told", ["des:" + "11" * 32, "aes:zz", "aes:"])
def test_a_key_told_wrongly_is_refused_at_start(told):
    with pytest.raises(ValueError, match=r"不认识的算法|hexadecimal|不足"):
        KeyRing({1: Key.read(told)})


def test_a_key_too_short_for_its_cipher_is_refused():
    with pytest.raises(ValueError, match="不足 32 字节"):
        KeyRing({1: Key(OLD, Suite.AES)})


def test_a_token_of_the_same_number_and_other_algorithms_does_not_open():
    token = KeyRing({1: Key(OLD * 2, Suite.SM)}).seal("1", where=HERE)
    with pytest.raises(CannotUnseal, match="算法"):
        KeyRing({1: Key(OLD * 2, Suite.AES)}).unseal(token, where=HERE)


# Published ones: RFC 8998 A.1 (SM4-GCM); NIST SP 800-38D validation, test case 16 of the GCM specification (AES-256).
VECTORS = {
    Suite.SM: (
        "0123456789abcdeffedcba9876543210",
        "00001234567800000000abcd",
        "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
        "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa",
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d",
        "83de3541e4c2b58177e065a9bf7b62ec",
    ),
    Suite.AES: (
        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
        "cafebabefacedbaddecaf888",
        "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
        "76fc6ece0f4e1768cddf8853bb2d551b",
    ),
}


@pytest.mark.parametrize("suite", Suite)
def test_the_ciphers_are_the_published_ones(suite):
    key, nonce, beside, plain, sealed, tag = map(bytes.fromhex, VECTORS[suite])
    encryptor = Cipher(suite.cipher(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(beside)
    assert encryptor.update(plain) + encryptor.finalize() == sealed
    assert encryptor.tag == tag


# GB/T 32905-2016 A.1 and FIPS 180-4, of "abc".
DIGESTS = {
    Suite.SM: "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    Suite.AES: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
}


@pytest.mark.parametrize("suite", Suite)
def test_the_hashes_are_the_published_ones(suite):
    digest = hashes.Hash(suite.hash())
    digest.update(b"abc")
    assert digest.finalize().hex() == DIGESTS[suite]


# Known answers of this house: whoever changes derivation, head or place breaks every stored value.
STORED = {
    Suite.SM: (
        "01076465666768696a6b6c6d6e6f577df5c476a98342153b30d542d1d5223b0875fd7163554baf8db41e7d8b669fb11c",
        "07a3847e14da81a9f400cdf48a66d485f2",
    ),
    Suite.AES: (
        "02076465666768696a6b6c6d6e6ff5f1e2c40ede21f3e6260927fd275b21120da9038846c6a8ce1c340b3d07ec0756bd",
        "0716181d38c9fc7055e2ce9127c25c0b08",
    ),
}


@pytest.mark.parametrize("suite", Suite)
def test_what_was_stored_by_an_earlier_version_still_opens(suite):
    key, (sealed, hashed) = Key(bytes(range(32)), suite), STORED[suite]
    assert KeyRing({7: key}).unseal(bytes.fromhex(sealed), where=HERE) == "330212199001011234"
    assert HashKeys({7: key}).hash("330212199001011234", field="people_document.number") == hashed
