"""Sealing of single values (字段加密), and keyed hashes (带密钥的摘要) to find them again.

Which algorithms is a property of each key (算法随密钥): SM4 and SM3 (国密), or AES-256 and SHA-256 (国际). A token is: version
byte (1 SM4, 2 AES), key number byte, 12 bytes of nonce, ciphertext, 16 bytes of tag: 48 bytes for an id number. The
associated data names table, column and row, so a token copied to another row does not open.

Sources: GB/T 32907-2016 (SM4), GB/T 32905-2016 (SM3), GB/T 17964-2021 (GCM), GB/T 15852.2-2012 (HMAC), FIPS 197 (AES),
FIPS 180-4 (SHA-256), NIST SP 800-38D (GCM), RFC 2104 (HMAC), RFC 5869 (HKDF).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

HEAD_BYTES = 2
NONCE_BYTES = 12
TAG_BYTES = 16
HASH_HEX = 32


class Suite(StrEnum):
    """The algorithms that a key works with (算法): one cipher and one hash that are used together."""

    SM = "sm"
    AES = "aes"

    @property
    def version(self) -> int:
        """The first byte of its tokens."""
        return _VERSION_OF[self]

    @property
    def key_bytes(self) -> int:
        """How long the cipher's key is; what a key of the ring must have at least."""
        return 16 if self is Suite.SM else 32

    @property
    def title(self) -> str:
        return "SM4-GCM、HMAC-SM3" if self is Suite.SM else "AES-256-GCM、HMAC-SHA-256"

    def cipher(self, key: bytes) -> algorithms.SM4 | algorithms.AES256:
        return algorithms.SM4(key) if self is Suite.SM else algorithms.AES256(key)

    def hash(self) -> hashes.HashAlgorithm:
        return hashes.SM3() if self is Suite.SM else hashes.SHA256()

    def derive(self, key: bytes, info: bytes, length: int) -> bytes:
        """A key for one purpose (HKDF)."""
        return HKDF(algorithm=self.hash(), length=length, salt=None, info=info).derive(key)


_VERSION_OF = {Suite.SM: 1, Suite.AES: 2}
_SUITE_OF = {version: suite for suite, version in _VERSION_OF.items()}


@dataclass(frozen=True)
class Key:
    """A key with its algorithms (密钥)."""

    secret: bytes
    suite: Suite = Suite.SM

    @classmethod
    def read(cls, told: str) -> "Key":
        """``aes:<hex>``, ``sm:<hex>``, or hexadecimal digits alone, which is SM."""
        suite, found, secret = told.rpartition(":")
        if found and suite not in tuple(Suite):
            raise ValueError(f"不认识的算法“{suite}”，可用：{'、'.join(Suite)}")
        return cls(bytes.fromhex(secret), Suite(suite) if found else Suite.SM)


class CannotUnseal(ValueError):
    """The token is damaged, belongs to another row, or its key is not in the ring."""


def _checked(keys: Mapping[int, Key | bytes]) -> dict[int, Key]:
    if not keys:
        raise ValueError("密钥环中没有密钥")
    read = {number: key if isinstance(key, Key) else Key(key) for number, key in keys.items()}
    for number, key in read.items():
        if not 1 <= number <= 255:
            raise ValueError(f"密钥编号应在 1 至 255 之间：{number}")
        if len(key.secret) < key.suite.key_bytes:
            raise ValueError(f"第 {number} 号密钥不足 {key.suite.key_bytes} 字节")
    return read


@dataclass(frozen=True)
class KeyRing:
    """The keys that seal (密钥环), by number: the first one seals, every one unseals."""

    keys: Mapping[int, Key | bytes]

    def __post_init__(self) -> None:
        _checked(self.keys)

    @property
    def current(self) -> int:
        """The number of the key that seals."""
        return next(iter(self.keys))

    @property
    def suite(self) -> Suite:
        """The algorithms of the key that seals."""
        return self._derived[self.current][0]

    def seal(self, text: str, *, where: str) -> bytes:
        """The token of ``text`` for the place ``where`` (``table.column:public_id``)."""
        return self.seal_bytes(text.encode(), where=where)

    def unseal(self, token: bytes, *, where: str) -> str:
        """The text of a token. Refuses as CannotUnseal; never answers a wrong text."""
        return self.unseal_bytes(token, where=where).decode()

    def seal_bytes(self, data: bytes, *, where: str) -> bytes:
        """The same for what is no text: a piece of a file."""
        number = self.current
        suite, cipher = self._derived[number]
        head = bytes((suite.version, number))
        nonce = os.urandom(NONCE_BYTES)
        encryptor = Cipher(cipher, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(head + where.encode())
        return head + nonce + encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def unseal_bytes(self, token: bytes, *, where: str) -> bytes:
        """What was sealed by `seal_bytes`."""
        number = key_number(token)
        if number not in self._derived:
            raise CannotUnseal(f"密钥环中没有第 {number} 号密钥")
        suite, cipher = self._derived[number]
        if token[0] != suite.version:
            raise CannotUnseal(f"第 {number} 号密钥的算法与密文不符")
        head, nonce = token[:HEAD_BYTES], token[HEAD_BYTES : HEAD_BYTES + NONCE_BYTES]
        body, tag = token[HEAD_BYTES + NONCE_BYTES : -TAG_BYTES], token[-TAG_BYTES:]
        decryptor = Cipher(cipher, modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(head + where.encode())
        try:
            return decryptor.update(body) + decryptor.finalize()
        except InvalidTag:
            raise CannotUnseal("密文与所在记录不符，或已损坏") from None

    @cached_property
    def _derived(self) -> dict[int, tuple[Suite, algorithms.SM4 | algorithms.AES256]]:
        return {
            number: (key.suite, key.suite.cipher(_sealing_key(key)))
            for number, key in _checked(self.keys).items()
        }


def _sealing_key(key: Key) -> bytes:
    return key.suite.derive(key.secret, b"yimen field sealing", key.suite.key_bytes)


def key_number(token: bytes) -> int:
    """The number of the key a token was sealed with. Refuses what is no token."""
    if len(token) < HEAD_BYTES + NONCE_BYTES + TAG_BYTES or token[0] not in _SUITE_OF:
        raise CannotUnseal("不是本系统的密文")
    return token[1]


@dataclass(frozen=True)
class HashKeys:
    """The keys of the keyed hashes, by number: the first one hashes what is new.

    Each field gets a key of its own, so equal values of two fields do not match.
    """

    keys: Mapping[int, Key | bytes]

    def __post_init__(self) -> None:
        _checked(self.keys)

    @property
    def current(self) -> int:
        """The number of the key that hashes what is new."""
        return next(iter(self.keys))

    @property
    def suite(self) -> Suite:
        """The algorithms of that key."""
        return self._read[self.current].suite

    def hash(self, text: str, *, field: str, number: int | None = None) -> str:
        """The key number and 128 bits of HMAC (SM3 or SHA-256) over ``text``: 34 hex characters, equal for equal texts."""
        number = number or next(iter(self.keys))
        if (number, field) not in self._begun:
            key, suite = self._read[number].secret, self._read[number].suite
            derived = suite.derive(key, b"yimen index " + field.encode(), 32)
            self._begun[number, field] = hmac.HMAC(derived, suite.hash())
        # The key is worked in once; each text goes on from a copy.
        made = self._begun[number, field].copy()
        made.update(text.encode())
        return f"{number:02x}{made.finalize().hex()[:HASH_HEX]}"

    def every_hash(self, text: str, *, field: str) -> tuple[str, ...]:
        """The hashes of ``text`` under every key, newest first: what to search while a rotation is under way."""
        return tuple(self.hash(text, field=field, number=number) for number in self.keys)

    @cached_property
    def _read(self) -> dict[int, Key]:
        return _checked(self.keys)

    @cached_property
    def _begun(self) -> dict[tuple[int, str], hmac.HMAC]:
        return {}


def hash_number(hashed: str) -> int:
    """The number of the key that made a keyed hash."""
    return int(hashed[:2], 16)
