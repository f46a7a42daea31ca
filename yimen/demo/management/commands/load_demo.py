"""`manage.py load_demo`: the demo street, into an installation in which nobody is on file."""

from time import perf_counter

from django.core.management.base import BaseCommand, CommandError
from django.db import connections, transaction
from django.utils import timezone

from yimen.demo.engine.loading import is_empty, load
from yimen.demo.operations import tell_resident


class Command(BaseCommand):
    help = "载入演示街道（虚构的居民和几周的工作）；已有居民的系统一律拒绝。Load the demo street into an empty installation."

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="已有数据时什么也不做，不算错误")

    def handle(self, *, if_empty, **_):
        now, began = timezone.now(), perf_counter()
        with transaction.atomic():
            if not is_empty(now=now):
                if if_empty:
                    self.stdout.write("已有数据，未载入演示街道。")
                    return
                raise CommandError(
                    "系统里已经有区域或居民，演示数据不能混进真实数据。要重新演示，请用一个空的数据库（make reset）。"
                )
            loaded = load(now=now, tell=tell_resident, say=self._say)
        # Thousands of residents came at once: until the server has looked at the tables, it plans for empty ones.
        with connections["owner"].cursor() as owner:
            owner.execute("ANALYZE")
        words = "，".join(f"{word} {number}" for word, number in (loaded.deeds or {}).items())
        self.stdout.write(
            f"演示街道已载入：{loaded.people} 位虚构居民，{loaded.accounts} 个账号，{loaded.jobs} 个后台作业，"
            f"用时 {perf_counter() - began:.0f} 秒。\n{words}"
        )

    def _say(self, words: str) -> None:
        """How far it is, at once: loading takes a minute or two."""
        self.stdout.write(words)
        self.stdout.flush()
