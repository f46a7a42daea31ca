"""The heads of the chain outside of the database (库外封印记录): who can only reach the database cannot cut its end unseen."""

import fcntl
import json
import logging
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

log = logging.getLogger(__name__)


def file_of_heads() -> Path:
    """Beside the files of residents, one for each database; lines are only ever added."""
    return Path(settings.YIMEN_FILES) / f"seals-{connection.settings_dict['NAME']}.jsonl"


def folder_of_archives() -> Path:
    """Where the monthly archives of the trail lie (归档目录), for its own user only: beside the files, one for each database."""
    folder = Path(settings.YIMEN_FILES) / f"trail-{connection.settings_dict['NAME']}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def tell_outside(*, seal: int, made_at: datetime, rows: int, head: bytes) -> None:
    """Write down the head of a seal that was committed, in the file and in the log.

    A disk that is full costs this line and not the seal: the next head is chained to this one.
    """
    line = json.dumps({"seal": seal, "made_at": made_at.isoformat(), "rows": rows, "head": head.hex()})
    log.info("sealed: number %s over %s rows, head %s", seal, rows, head.hex())
    try:
        file = file_of_heads()
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as out:
            fcntl.flock(out, fcntl.LOCK_EX)
            out.write(line.encode() + b"\n")
            out.flush()
            os.fsync(out.fileno())
    except OSError as fault:
        log.error(
            "the head of seal %s could not be written outside of the database: %s", seal, fault.strerror
        )


def heads_outside() -> Iterator[tuple[int, str] | None]:
    """Number and head of each seal that was told outside; None for a line that is no such thing."""
    try:
        told = file_of_heads().open("rb")
    except FileNotFoundError:
        return
    with told:
        for raw in told:
            try:
                line = json.loads(raw)
                yield int(line["seal"]), str(line["head"])
            except (ValueError, TypeError, KeyError):
                yield None
