"""`manage.py archive_trail`: copy old trail into a file that proves itself (留痕归档); nothing is removed."""

import os
from datetime import date, datetime, time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from yimen.foundations.audit.engine.archiving import Archived, faults_of, write_archive
from yimen.foundations.audit.operations import note_archive
from yimen.foundations.audit.queries import last_archived
from yimen.foundations.audit.rules import why_not_archived
from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import system_actor
from yimen.kernel.clock import STREET_TIME


class Command(BaseCommand):
    help = "把满六个月的操作留痕归档到一个可单独核验的文件。库里的留痕不删除。"

    def add_arguments(self, parser):
        parser.add_argument(
            "--before", type=date.fromisoformat, required=True, help="哪一天以前（不含），如 2026-05-01"
        )
        parser.add_argument("--to", type=Path, required=True, help="放到哪个目录")
        parser.add_argument("--again", action="store_true", help="从第一枚封印重新归档，不接着上次")

    def handle(self, *, before: date, to: Path, again: bool, **_):
        if why := why_not_archived(before=before, today=timezone.localdate()):
            raise CommandError(why)
        if not to.is_dir():
            raise CommandError(f"没有这个目录：{to}")
        by, now = system_actor("archive_trail"), timezone.now()
        part = to / f".trail-{os.getpid()}.part"
        try:
            with act_as(by, on=timezone.localdate()):
                written = self._write(part, before=before, again=again)
                if written is None:
                    raise CommandError("这一天以前没有还未归档的留痕。")
                file = to / f"trail-{written.first_seal:08d}-{written.last_seal:08d}.jsonl"
                self._name(part, file)
                note_archive(by=by, at=now, file=file.name, written=written)
        except OSError as fault:
            raise CommandError(f"写不了归档文件：{fault.strerror}。") from fault
        finally:
            part.unlink(missing_ok=True)
        self.stdout.write(
            f"{file}：封印 {written.seals} 枚，留痕 {written.rows} 条，查阅 {written.looks} 条。"
        )

    def _write(self, part: Path, *, before: date, again: bool) -> Archived | None:
        key_id, key = settings.YIMEN_SEAL_KEY
        after_seal, after_look = (0, 0) if again else last_archived()
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
                raise CommandError(
                    "留痕本身对不上，没有归档，请先核验（verify_trail）：\n" + "\n".join(faults)
                )
        return written

    def _name(self, part: Path, file: Path) -> None:
        """Give it its name once it lies there whole; an archive that is there already is not written over."""
        try:
            os.link(part, file)
        except FileExistsError:
            raise CommandError(
                f"已有同名文件：{file.name}。请先核验（verify_archive），移到别处后再归档。"
            ) from None
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
