"""`manage.py verify_archive`: check an archive of the trail by itself, with the key and without the database (核验归档)."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from yimen.foundations.audit.engine.archiving import faults_of


class Command(BaseCommand):
    help = "核验一个留痕归档文件，不读数据库。"
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **_):
        key_id, key = settings.YIMEN_SEAL_KEY
        try:
            with file.open("rb") as lines:
                faults = faults_of(lines, key_id=key_id, key=key)
        except OSError as fault:
            raise CommandError(f"读不了这个文件：{fault.strerror}。") from fault
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write("全部相符。")
