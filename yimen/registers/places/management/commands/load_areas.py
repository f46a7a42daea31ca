"""`manage.py load_areas FOLDER`: the national list of areas, and one's own streets from it."""

import csv
import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import monotonic

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import system_actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import Refused
from yimen.registers.places import api
from yimen.registers.places.rules.national import national_level

BY = system_actor("load_areas")


class Command(BaseCommand):
    help = (
        "导入全国区划清单（文件夹里的 csv、csv.gz，要有 code 和 name 两列），可以重复执行；--street 从清单设立本街道。"
        "Load the national list of areas from csv files, and open one's own streets from it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="放清单的文件夹")
        parser.add_argument(
            "--as-of", type=date.fromisoformat, help="清单是哪一天的，如 2026-01-01；默认今天"
        )
        parser.add_argument("--street", action="append", default=[], help="从清单设立的街道代码，可写几次")

        parser.add_argument("--with-gone", action="store_true", help="清单里没有的确实都取消了")

    def handle(
        self, *, folder: Path, as_of: date | None, street: list[str], with_gone: bool, **options: object
    ) -> None:
        at, began = timezone.now(), monotonic()
        on = as_of or day_of(at)
        if on > day_of(at):
            raise CommandError("--as-of 不能晚于今天。")
        names = dict(pair for file in sorted(_files(folder)) for pair in _lines(file))
        try:
            with act_as(BY, on=day_of(at)):
                loaded = api.import_national_list(
                    by=BY, at=at, names=names, on=on, source=folder.name, with_gone=with_gone
                )
                opened = api.adopt_areas(by=BY, at=at, streets=street, since=on) if street else []
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        for one in loaded:
            if one.listed or one.ended:
                self.stdout.write(
                    f"{national_level(one.digits)}：清单 {one.listed} 条，新增 {one.new}，"
                    f"更名 {one.renamed}，取消 {one.ended}"
                )
        if street:
            self.stdout.write(f"设立区域 {len(opened)} 个。")
        self.stdout.write(f"完成，用时 {monotonic() - began:.1f} 秒。")


def _files(folder: Path) -> list[Path]:
    found = [*folder.glob("*.csv"), *folder.glob("*.csv.gz")] if folder.is_dir() else []
    if not found:
        raise CommandError(f"{folder} 里没有 csv 或 csv.gz 文件。")
    return found


def _lines(file: Path) -> Iterator[tuple[str, str]]:
    opened = gzip.open if file.suffix == ".gz" else open
    try:
        with opened(file, "rt", encoding="utf-8-sig", newline="") as stream:
            rows = csv.reader(stream)
            head = next(rows, [])
            if "code" not in head or "name" not in head:
                raise CommandError(f"{file.name} 没有 code、name 两列。")
            code, name = head.index("code"), head.index("name")
            for row in rows:
                if row:
                    yield row[code].strip(), row[name].strip()
    except (UnicodeDecodeError, gzip.BadGzipFile, EOFError, IndexError, csv.Error) as broken:
        raise CommandError(f"{file.name} 读不了，可能不完整：{broken}") from broken
