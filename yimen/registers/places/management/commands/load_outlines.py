"""`manage.py load_outlines FILE`: outlines of areas and positions of buildings from a GeoJSON file."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import system_actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import Refused
from yimen.registers.places import api

BY = system_actor("load_outlines")


class Command(BaseCommand):
    help = (
        "从 GeoJSON 文件登记区域轮廓和楼幢位置（WGS-84），整个文件要么全登记、要么全不登记，可以重复执行。"
        "Load outlines of areas and positions of buildings from a GeoJSON file."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="GeoJSON 文件")
        parser.add_argument("--since", type=date.fromisoformat, help="从哪天起，如 2026-01-01；默认今天")
        parser.add_argument("--source", default="", help="来源，例如划分方案的名称")

    def handle(self, *, file: Path, since: date | None, source: str, **options: object) -> None:
        at = timezone.now()
        try:
            content = file.read_bytes()
        except OSError as fault:
            raise CommandError(f"{file} 读不了：{fault.strerror}") from fault
        try:
            with act_as(BY, on=day_of(at)):
                done = api.draw_outlines(
                    by=BY, at=at, content=content, since=since or day_of(at), source=source or file.name
                )
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        self.stdout.write(
            f"新画或改画 {done.drawn} 个区域，没有变化 {done.same} 个，定位楼幢 {done.placed} 幢。"
        )
