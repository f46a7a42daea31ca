"""`manage.py archive_trail`: copy old trail into a file that proves itself (留痕归档); nothing is removed."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from yimen.foundations.audit.operations import archive_trail
from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import system_actor
from yimen.kernel.refusals import Refused


class Command(BaseCommand):
    help = "把满六个月的操作留痕归档到一个可单独核验的文件。库里的留痕不删除。每月一次的归档是自动的。"

    def add_arguments(self, parser):
        parser.add_argument(
            "--before", type=date.fromisoformat, required=True, help="哪一天以前（不含），如 2026-05-01"
        )
        parser.add_argument("--to", type=Path, required=True, help="放到哪个目录")
        parser.add_argument("--again", action="store_true", help="从第一枚封印重新归档，不接着上次")

    def handle(self, *, before: date, to: Path, again: bool, **_):
        if not to.is_dir():
            raise CommandError(f"没有这个目录：{to}")
        by = system_actor("archive_trail")
        try:
            with act_as(by, on=timezone.localdate()):
                filed = archive_trail(by=by, at=timezone.now(), before=before, folder=to, again=again)
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        if filed is None:
            raise CommandError("这一天以前没有还未归档的留痕。")
        file, written = filed
        self.stdout.write(
            f"{file}：封印 {written.seals} 枚，留痕 {written.rows} 条，查阅 {written.looks} 条。"
        )
