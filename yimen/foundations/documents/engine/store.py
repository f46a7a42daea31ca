"""Where files lie (文件库): by digest under YIMEN_FILES, outside what the web serves, each written whole or not at all."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

_DIGEST = re.compile("[0-9a-f]{64}")
_INCOMING = "incoming"


def digest_of(data: bytes) -> str:
    """The name of a content: SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def path_of(digest: str) -> Path:
    """Where the content lies. Refuses what is not a digest."""
    if _DIGEST.fullmatch(digest) is None:
        raise ValueError("not a digest")
    return _root() / digest[:2] / digest[2:4] / digest


def keep(data: bytes) -> str:
    """Put the content there and answer its digest. It is on the disk, complete, when this returns.

    Written beside and renamed, with both file and folder flushed: after a power cut there is the whole file or none.
    """
    digest = digest_of(data)
    target = path_of(digest)
    if target.exists():
        return digest
    incoming = _root() / _INCOMING
    for folder in (incoming, target.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=incoming)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    for folder in (target.parent, target.parent.parent, _root()):
        _flush_folder(folder)
    return digest


def read(digest: str) -> BinaryIO | None:
    """The content open for reading, or None when it is gone or no longer what it was."""
    try:
        kept = path_of(digest).open("rb")
    except FileNotFoundError:
        return None
    if hashlib.file_digest(kept, "sha256").hexdigest() != digest:
        kept.close()
        return None
    kept.seek(0)
    return kept


def older_than(moment: datetime) -> Iterator[str]:
    """The digests of contents that came to lie here before a moment."""
    for path in sorted(_root().glob("??/??/*")):
        if _DIGEST.fullmatch(path.name) and path.stat().st_mtime < moment.timestamp():
            yield path.name


def remove(digest: str) -> None:
    """Take the content away; nothing happens when it is gone already."""
    path_of(digest).unlink(missing_ok=True)


def remove_unfinished(moment: datetime) -> int:
    """Take away what was begun before a moment and never finished (the machine stopped). Answers how many."""
    unfinished = [
        path for path in (_root() / _INCOMING).glob("*") if path.stat().st_mtime < moment.timestamp()
    ]
    for path in unfinished:
        path.unlink(missing_ok=True)
    return len(unfinished)


def _root() -> Path:
    return Path(settings.YIMEN_FILES)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
