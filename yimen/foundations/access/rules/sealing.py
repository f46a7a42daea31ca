"""Sealing of single values (字段加密) with SM4 and SM3, and keyed hashes (带密钥的摘要) to find them again.

A token is: version byte, key number byte, 12 bytes of nonce, ciphertext, 16 bytes of tag: 48 bytes for an id number. The
associated data names table, column and row, so a token copied to another row does not open.

Sources: GB/T 32907-2016 (SM4), GB/T 32905-2016 (SM3), GB/T 17964-2021 (GCM), GB/T 15852.2-2012 (HMAC), RFC 5869 (HKDF).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = 1
HEAD_BYTES = 2
NONCE_BYTES = 12
TAG_BYTES = 16
KEY_BYTES = 16
HASH_HEX = 32


class CannotUnseal(ValueError):
    """The token is damaged, belongs to another row, or its key is not in the ring."""


def _checked(keys: Mapping[int, bytes]) -> Mapping[int, bytes]:
    if not keys:
        raise ValueError("密钥环中没有密钥")
    for number, key in keys.items():
        if not 1 <= number <= 255:
            raise ValueError(f"密钥编号应在 1 至 255 之间：{number}")
        if len(key) < KEY_BYTES:
            raise ValueError(f"第 {number} 号密钥不足 {KEY_BYTES} 字节")
    return keys


@dataclass(frozen=True)
class KeyRing:
    """The keys that seal (密钥环), by number: the first one seals, every one unseals."""

    keys: Mapping[int, bytes]

    def __post_init__(self) -> None:
        _checked(self.keys)

    @property
    def current(self) -> int:
        """The number of the key that seals."""
        return next(iter(self.keys))

    def seal(self, text: str, *, where: str) -> bytes:
        """The token of ``text`` for the place ``where`` (``table.column:public_id``)."""
        number = self.current
        head = bytes((VERSION, number))
        nonce = os.urandom(NONCE_BYTES)
        encryptor = Cipher(algorithms.SM4(self._derived[number]), modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(head + where.encode())
        return head + nonce + encryptor.update(text.encode()) + encryptor.finalize() + encryptor.tag

    def unseal(self, token: bytes, *, where: str) -> str:
        """The text of a token. Refuses as CannotUnseal; never answers a wrong text."""
        number = key_number(token)
        if number not in self._derived:
            raise CannotUnseal(f"密钥环中没有第 {number} 号密钥")
        head, nonce = token[:HEAD_BYTES], token[HEAD_BYTES : HEAD_BYTES + NONCE_BYTES]
        body, tag = token[HEAD_BYTES + NONCE_BYTES : -TAG_BYTES], token[-TAG_BYTES:]
        decryptor = Cipher(algorithms.SM4(self._derived[number]), modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(head + where.encode())
        try:
            return (decryptor.update(body) + decryptor.finalize()).decode()
        except InvalidTag:
            raise CannotUnseal("密文与所在记录不符，或已损坏") from None

    @cached_property
    def _derived(self) -> dict[int, bytes]:
        return {number: _derive(key, b"yimen field sealing", KEY_BYTES) for number, key in self.keys.items()}


def key_number(token: bytes) -> int:
    """The number of the key a token was sealed with. Refuses what is no token."""
    if len(token) < HEAD_BYTES + NONCE_BYTES + TAG_BYTES or token[0] != VERSION:
        raise CannotUnseal("不是本系统的密文")
    return token[1]


@dataclass(frozen=True)
class HashKeys:
    """The keys of the keyed hashes, by number: the first one hashes what is new.

    Each field gets a key of its own, so equal values of two fields do not match.
    """

    keys: Mapping[int, bytes]

    def __post_init__(self) -> None:
        _checked(self.keys)

    def hash(self, text: str, *, field: str, number: int | None = None) -> str:
        """The key number and 128 bits of HMAC-SM3 over ``text``: 34 hex characters, equal for equal texts."""
        number = number or next(iter(self.keys))
        if (number, field) not in self._begun:
            key = _derive(self.keys[number], b"yimen index " + field.encode(), 32)
            self._begun[number, field] = hmac.HMAC(key, hashes.SM3())
        # The key is worked in once; each text goes on from a copy.
        made = self._begun[number, field].copy()
        made.update(text.encode())
        return f"{number:02x}{made.finalize().hex()[:HASH_HEX]}"

    def every_hash(self, text: str, *, field: str) -> tuple[str, ...]:
        """The hashes of ``text`` under every key, newest first: what to search while a rotation is under way."""
        return tuple(self.hash(text, field=field, number=number) for number in self.keys)

    @cached_property
    def _begun(self) -> dict[tuple[int, str], hmac.HMAC]:
        return {}


def _derive(key: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SM3(), length=length, salt=None, info=info).derive(key)
