"""An archive of the trail becomes a file (归档文件): written whole, checked, and only then named; none is written over."""

import os
from datetime import date, datetime, time
from pathlib import Path

from django.conf import settings
from django.db import connection

from yimen.foundations.audit.engine.archiving import Archived, faults_of, write_archive
from yimen.kernel.clock import STREET_TIME
from yimen.kernel.refusals import NotPossible


class CannotArchive(NotPossible):
    code = "audit.cannot_archive"
    sentence = "{why}"


def file_archive(
    folder: Path, *, before: date, after_seal: int, after_look: int
) -> tuple[Path, Archived] | None:
    """Put what was sealed before a day, after what was filed last, into one file of this folder; None when there is nothing.

    Refuses a trail that does not hold, and a name that is taken.
    """
    part = folder / f".trail-{os.getpid()}.part"
    try:
        written = _write(part, before=before, after_seal=after_seal, after_look=after_look)
        if written is None:
            return None
        file = folder / f"trail-{written.first_seal:08d}-{written.last_seal:08d}.jsonl"
        _name(part, file)
        return file, written
    except OSError as fault:
        raise CannotArchive(why=f"写不了归档文件：{fault.strerror}。") from fault
    finally:
        part.unlink(missing_ok=True)


def _write(part: Path, *, before: date, after_seal: int, after_look: int) -> Archived | None:
    key_id, key = settings.YIMEN_SEAL_KEY
    with connection.cursor() as cursor:
        # Months of trail are read; that takes as long as it takes.
        cursor.execute("SET LOCAL statement_timeout = 0")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as to:
        written = write_archive(
            to,
            after_seal=after_seal,
            after_look=after_look,
            before=datetime.combine(before, time(), tzinfo=STREET_TIME),
            key_id=key_id,
            key=key,
        )
        to.flush()
        os.fsync(to.fileno())
    if written is not None:
        with part.open("rb") as lines:
            faults = faults_of(lines, key_id=key_id, key=key)
        if faults:
            told = "\n".join(faults)
            raise CannotArchive(why=f"留痕本身对不上，没有归档，请先核验（verify_trail）：\n{told}")
    return written


def _name(part: Path, file: Path) -> None:
    """Give it its name once it lies there whole."""
    try:
        os.link(part, file)
    except FileExistsError:
        raise CannotArchive(
            why=f"已有同名文件：{file.name}。请先核验（verify_archive），移到别处后再归档。"
        ) from None
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
