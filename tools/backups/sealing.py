"""A sealed stream: what is written comes out in order and whole, or the reader says what is wrong.

The stream is a head (magic, salt) and pieces of up to a mebibyte, each sealed with SM4-GCM under a key of its own file
(HKDF-SM3 of the backup key and the salt). A piece's nonce is its number and whether it is the last, so pieces can be
neither changed, left out, moved nor cut off at the end unnoticed.

Sources: GB/T 32907-2016 (SM4), GB/T 17964-2021 (GCM), RFC 5869 (HKDF).
"""

import io
import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tools.house import Stop

MAGIC = b"YIMEN BACKUP 1\n"
SALT_BYTES = 16
TAG_BYTES = 16
KEY_BYTES = 16
PIECE = 1024 * 1024
_LENGTH_BYTES = 4


class Sealer(io.RawIOBase):
    """Seals what is written to it into ``to``; only `finish` makes the stream whole."""

    def __init__(self, to: BinaryIO, *, secret: bytes) -> None:
        self._to, self._number, self._waiting = to, 0, bytearray()
        salt = os.urandom(SALT_BYTES)
        self._key, self._head = _key(secret, salt), MAGIC + salt
        to.write(self._head)

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(data)

    def finish(self) -> None:
        """Write the last piece."""
        self._put(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _put(self, piece: bytes, *, last: bool) -> None:
        encryptor = Cipher(algorithms.SM4(self._key), modes.GCM(_nonce(self._number, last))).encryptor()
        encryptor.authenticate_additional_data(self._head)
        sealed = encryptor.update(piece) + encryptor.finalize() + encryptor.tag
        self._to.write(len(sealed).to_bytes(_LENGTH_BYTES) + sealed)
        self._number += 1


class Opener(io.RawIOBase):
    """Reads a sealed stream; every byte it answers was proven first."""

    def __init__(self, source: BinaryIO, *, secret: bytes) -> None:
        self._source, self._number, self._ready, self._ended = source, 0, b"", False
        self._head = source.read(len(MAGIC) + SALT_BYTES)
        if not self._head.startswith(MAGIC) or len(self._head) < len(MAGIC) + SALT_BYTES:
            raise Stop("This is no backup of Yimen.", "这不是一门系统的备份文件。")
        self._key = _key(secret, self._head[len(MAGIC) :])

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        while not self._ready and not self._ended:
            self._ready = self._next()
        count = min(len(buffer), len(self._ready))
        buffer[:count], self._ready = self._ready[:count], self._ready[count:]
        return count

    def _next(self) -> bytes:
        length = int.from_bytes(self._source.read(_LENGTH_BYTES))
        if not TAG_BYTES <= length <= PIECE + TAG_BYTES:
            raise self._broken()
        sealed = self._source.read(length)
        if len(sealed) < length:
            raise self._broken()
        for last in (False, True):
            try:
                piece = self._opened(sealed, last=last)
            except (InvalidTag, ValueError):
                continue
            self._number, self._ended = self._number + 1, last
            return piece
        raise self._broken()

    def _opened(self, sealed: bytes, *, last: bool) -> bytes:
        mode = modes.GCM(_nonce(self._number, last), sealed[-TAG_BYTES:])
        decryptor = Cipher(algorithms.SM4(self._key), mode).decryptor()
        decryptor.authenticate_additional_data(self._head)
        return decryptor.update(sealed[:-TAG_BYTES]) + decryptor.finalize()

    def _broken(self) -> Stop:
        if self._number == 0:
            return Stop(
                "The backup does not open with this key, or its beginning is damaged: "
                "set YIMEN_BACKUP_KEY to the key it was made with.",
                "备份打不开：密钥不对，或文件开头已损坏。请把 YIMEN_BACKUP_KEY 设为制作该备份时的密钥。",
            )
        return Stop(
            f"The backup is damaged or cut off after {self._number} MiB: use another one.",
            f"备份在第 {self._number} MiB 之后损坏或不完整：请换用另一份备份。",
        )


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11) + bytes([last])


def _key(secret: bytes, salt: bytes) -> bytes:
    return HKDF(hashes.SM3(), KEY_BYTES, salt=salt, info=b"yimen backup").derive(secret)
