"""`manage.py prove_numbers`: recompute every derived number from its facts and say what differs (核对数字)."""

import unicodedata

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from yimen.foundations.audit.engine.proving import Proven, prove
from yimen.foundations.bus.api import one_snapshot
from yimen.kernel.actor import system_actor

WIDE = 44


class Command(BaseCommand):
    help = "核对数字：在一个只读快照里，由台账记录和有起止日期的登记重新算出每个派生的数，与现存的比较。"

    def add_arguments(self, parser):
        parser.add_argument("only", nargs="*", help="只核对这些项目（键的开头），例如 ledger people.copies")
        parser.add_argument(
            "--as-app",
            action="store_true",
            help="以网站的数据库身份核对，而不是所有者（受行级权限约束，慢一些）",
        )

    def handle(self, *, only, as_app, **_):
        by, using = system_actor("prove_numbers"), "default" if as_app else "owner"
        different = []
        self.stdout.write(_line("核对项", "比对", "不符", "秒"))
        with one_snapshot(by, on=timezone.localdate(), using=using) as cursor:
            for one in prove(cursor, only=only):
                self.stdout.write(
                    _line(one.title, one.found.compared, one.found.different, f"{one.seconds:.1f}")
                )
                different += [one] if not one.holds else []
        if different:
            raise CommandError("\n".join(map(_told, different)))
        self.stdout.write("全部相符。")


def _line(title: str, *columns: object) -> str:
    width = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in title)
    return title + " " * max(1, WIDE - width) + "".join(f"{column!s:>12}" for column in columns)


def _told(one: Proven) -> str:
    more = one.found.different - len(one.found.examples)
    lines = [f"{one.title}（{one.key}）不符 {one.found.different} 处：", *one.found.examples]
    return "\n  ".join(lines + ([f"…另有 {more} 处"] if more else []))
