"""What lies in a backup and in which order: what it says of itself, the dump in pieces, the files, and the end."""

import base64
import hashlib
import hmac
import io
import json
import re
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from tools.house import Stop

SHEET, DUMP, FILES, END = "backup.json", "database/", "files/", "end"
_FILE = re.compile(r"files/([0-9a-f]{2})/([0-9a-f]{2})/([0-9a-f]{64})")
# Data that are sealed with another key than those at hand could be restored and never read.
KEYS = ("YIMEN_FIELD_KEYS", "YIMEN_INDEX_KEY", "YIMEN_SEAL_KEY")


@dataclass(frozen=True)
class Sheet:
    """What a backup says of itself (备份说明): when, from which version, how many rows each table has, under which keys."""

    made_at: str
    postgresql: int
    migrations: list[str]
    rows: dict[str, int]
    keys: dict[str, str]

    @classmethod
    def read(cls, text: bytes) -> "Sheet":
        return cls(**json.loads(text))

    def require_keys(self, env: Mapping[str, str]) -> None:
        """Refuse an installation whose keys do not open these data."""
        at_hand = fingerprints(env)
        # A key that stood alone is the first of its ring, once there are several (docs/how-to/change-keys.md).
        for name in KEYS:
            for one, other in ((name, f"{name} k1"), (f"{name} k1", name)):
                at_hand |= {other: at_hand[one]} if one in at_hand and other not in at_hand else {}
        if missing := sorted(set(self.keys.items()) - set(at_hand.items())):
            names = ", ".join(name for name, _ in missing)
            raise Stop(
                f"The data of this backup are sealed with other keys than those at hand ({names}): put the keys of that "
                "installation into var/env, or into the environment, and restore again.",
                f"备份中的数据用另一套密钥加密（{names}）：请先把当时的密钥放入 var/env 或环境变量，再恢复。",
            )


def fingerprints(env: Mapping[str, str]) -> dict[str, str]:
    """A mark of each key that data are sealed with, from which nobody gets the key."""
    keys: dict[str, str] = {}
    for name in KEYS:
        told = env[name]
        several = json.loads(told) if told.startswith("{") else {"": told}
        keys |= {f"{name} {number}".strip(): _fingerprint(key) for number, key in several.items()}
    return keys


class Writer:
    """Writes a backup into a stream that is sealed behind it."""

    def __init__(self, to: Any) -> None:
        self._tar = tarfile.open(fileobj=to, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115 - closed by `finish`
        self._pieces = 0

    def sheet(self, sheet: Sheet) -> None:
        self._put(SHEET, json.dumps(asdict(sheet), ensure_ascii=False).encode())

    def dump_piece(self, piece: bytes) -> None:
        self._put(f"{DUMP}{self._pieces:09}", piece)
        self._pieces += 1

    def files(self, folder: Path) -> tuple[int, list[str]]:
        """All files of the store; answers how many, and the names of those whose content is not what it was."""
        kept, spoilt = 0, []
        for path in sorted(folder.glob("??/??/*")):
            name = f"{FILES}{path.relative_to(folder).as_posix()}"
            if not _FILE.fullmatch(name):
                continue
            try:
                content = path.read_bytes()
            except FileNotFoundError:
                continue  # thrown away since; no row of this moment's database asks for it any more
            if hashlib.sha256(content).hexdigest() != path.name:
                spoilt.append(path.name)
            self._put(name, content)
            kept += 1
        return kept, spoilt

    def finish(self) -> None:
        self._put(END, b"")
        self._tar.close()

    def _put(self, name: str, content: bytes) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = len(content), 0o600
        self._tar.addfile(member, io.BytesIO(content))


class Reader:
    """Reads a backup from the front: first `sheet`, then `dump`, then `files`."""

    def __init__(self, source: Any) -> None:
        self._tar = tarfile.open(fileobj=source, mode="r|")  # noqa: SIM115 - ends with its source
        self._next = self._tar.next()

    def sheet(self) -> Sheet:
        name, content = self._take()
        if name != SHEET:
            raise _other_version()
        return Sheet.read(content)

    def dump(self) -> BinaryIO:
        """The dump as one stream."""
        return io.BufferedReader(_Pieces(self._dump_pieces()))

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Digest and content of every file; the end is there when this ends."""
        while (name := self._name()) != END:
            found = _FILE.fullmatch(name)
            if found is None:
                raise _other_version()
            _, content = self._take()
            yield found[3], content

    def _dump_pieces(self) -> Iterator[bytes]:
        while self._name().startswith(DUMP):
            yield self._take()[1]

    def _name(self) -> str:
        if self._next is None:
            raise _other_version()
        return self._next.name

    def _take(self) -> tuple[str, bytes]:
        name = self._name()
        assert self._next is not None
        stream = self._tar.extractfile(self._next)
        content = stream.read() if stream else b""
        self._next = self._tar.next()
        return name, content


class _Pieces(io.RawIOBase):
    """Pieces as a stream."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._ready = pieces, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if not self._ready:
            self._ready = next(self._pieces, b"")
        count = min(len(buffer), len(self._ready))
        buffer[:count], self._ready = self._ready[:count], self._ready[count:]
        return count


def _fingerprint(key: str) -> str:
    return hmac.new(base64.b64decode(key.rpartition(":")[2]), b"yimen key fingerprint", "sha256").hexdigest()[
        :16
    ]


def _other_version() -> Stop:
    return Stop(
        "The backup's contents are not in the order this version knows: restore it with the version that made it.",
        "备份内容的结构与本版本不符：请用制作该备份的版本恢复。",
    )
