"""Where the files of full exports lie until they expire (导出文件库): sealed, piece by piece, and bound to their request.

Each piece is a token of the ring that seals fields (SM4-GCM); what it is bound to names the request, its place and whether
it is the last, so that pieces cannot be swapped, dropped or carried to another request unnoticed.
"""

import os
import shutil
import struct
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from yimen.foundations.access.fields import key_ring

PIECE = 1024 * 1024
_LENGTH = struct.Struct(">I")
_MAKING = "making"
_SUFFIX = ".sealed"


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder of one's own for what is not sealed yet; nothing of it is left, whatever happens."""
    folder = _root() / _MAKING
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=folder))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def keep(plain: Path, export: UUID) -> None:
    """Seal a file and put it there, whole or not at all."""
    left = plain.stat().st_size
    handle, name = tempfile.mkstemp(dir=_root() / _MAKING)
    try:
        with plain.open("rb") as told, os.fdopen(handle, "wb") as out:
            for place in range(max(1, -(-left // PIECE))):
                piece = told.read(PIECE)
                left -= len(piece)
                token = key_ring().seal_bytes(piece, where=_where(export, place, last=left == 0))
                out.write(_LENGTH.pack(len(token)) + token)
            out.flush()
            os.fsync(out.fileno())
        os.replace(name, _path(export))
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def is_there(export: UUID) -> bool:
    return _path(export).exists()


def pieces(export: UUID) -> Iterator[bytes]:
    """What was sealed, piece by piece. Raises when anything of it is not what it was."""
    with _path(export).open("rb") as kept:
        size, place = os.fstat(kept.fileno()).st_size, 0
        while kept.tell() < size:
            (length,) = _LENGTH.unpack(kept.read(_LENGTH.size))
            token = kept.read(length)
            yield key_ring().unseal_bytes(token, where=_where(export, place, last=kept.tell() == size))
            place += 1


def remove(export: UUID) -> None:
    """Take the file away; nothing happens when it is gone already."""
    _path(export).unlink(missing_ok=True)


def remove_all_but(live: set[UUID], *, before: datetime) -> int:
    """Take away what no living request owns and what was begun before a moment and never finished. Answers how many."""
    kept = {_path(one).name for one in live}
    left = [one for one in _root().glob(f"*{_SUFFIX}") if one.name not in kept]
    left += list((_root() / _MAKING).glob("*"))
    gone = 0
    for one in left:
        try:
            if one.stat().st_mtime >= before.timestamp():
                continue
        except FileNotFoundError:
            continue
        shutil.rmtree(one, ignore_errors=True) if one.is_dir() else one.unlink(missing_ok=True)
        gone += 1
    return gone


def _where(export: UUID, place: int, *, last: bool) -> str:
    return f"exports.file:{export}:{place}:{'last' if last else 'more'}"


def _path(export: UUID) -> Path:
    return _root() / f"{export}{_SUFFIX}"


def _root() -> Path:
    return Path(settings.YIMEN_FILES) / "exports"
