"""`manage.py note_backup`: keep that a backup was made (备份登记); `make backup` calls it."""

from datetime import datetime

from django.core.management.base import BaseCommand
from django.utils import timezone

from yimen.foundations.audit.operations import note_backup
from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import system_actor


class Command(BaseCommand):
    help = "登记一次备份，系统概况据此提醒。"

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--made-at", type=datetime.fromisoformat, required=True)
        for name in ("rows", "files", "size", "spoilt"):
            parser.add_argument(f"--{name}", type=int, required=True)
        parser.add_argument("--proven", action="store_true")

    def handle(self, *, file, made_at, rows, files, size, spoilt, proven, **_):
        by, now = system_actor("note_backup"), timezone.now()
        with act_as(by, on=timezone.localdate()):
            note_backup(
                by=by,
                at=now,
                made_at=made_at,
                file=file,
                rows=rows,
                files=files,
                size=size,
                proven=proven,
                spoilt=spoilt,
            )
