"""`manage.py rebuild_indexes`: after a new first key in YIMEN_INDEX_KEY, make the keyed hashes again with it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils import timezone

from yimen.foundations.access.fields import index_keys
from yimen.foundations.access.ports import KeyedIndex, Portion, keyed_indexes
from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import system_actor
from yimen.kernel.clock import day_of

PASSES = 5


class Command(BaseCommand):
    help = (
        "换索引密钥：把旧密钥做的摘要（证件、电话等）换成 YIMEN_INDEX_KEY 第一把密钥做的；可随时中断，再运行时接着做，"
        "期间照常办公。Make keyed hashes again with the first index key; may be stopped and run again, while people work."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--portion", type=int, default=200, help="一段多少行（一段一个事务）")
        parser.add_argument("--status", action="store_true", help="只说还剩多少")

    def handle(self, *, portion: int, status: bool, **options: Any) -> None:
        self.by = system_actor("rebuild_indexes")
        keys = index_keys()
        now = f"{keys.current:02x}"
        self.stdout.write(
            f"当前：第 {keys.current} 号索引密钥（{keys.suite.title}），共 {len(keys.keys)} 把。"
        )
        rebuilt = [one for one in keyed_indexes if one.rebuild]
        stuck = [] if status else [each for one in rebuilt for each in self._rebuild(one, now, portion)]
        left = {one: self._left(one, now) for one in keyed_indexes}
        for one, many in left.items():
            self.stdout.write(
                f"{one.title}：{f'还有 {many} 个' if many else '没有'}旧密钥的摘要。{one.stays if many else ''}"
            )
        for each in stuck:
            self.stderr.write(each)
        if not status and (stuck or any(left[one] for one in rebuilt)):
            raise CommandError("还没有做完：请处理上面列出的，再运行一次。")
        if not any(left.values()):
            self.stdout.write("全部完成。旧密钥现在可以从 YIMEN_INDEX_KEY 中移除（留好备份恢复所需的那把）。")

    def _rebuild(self, one: KeyedIndex, now: str, portion: int) -> list[str]:
        """Walk through all rows, and again for what somebody was just working on; answers what could not be done."""
        total, stuck = 0, []
        for _ in range(PASSES):
            stuck, last = [], 0
            while last is not None:
                try:
                    found = self._portion(one, last, portion)
                except IntegrityError:
                    # Somebody wrote the same number in this moment: the next look finds it.
                    break
                total, last = total + found.done, found.last
                stuck += found.stuck
                if found.done:
                    self.stdout.write(f"{one.title}：已换 {total} 个")
            if self._left(one, now) == 0 or stuck:
                break
        return stuck

    def _portion(self, one: KeyedIndex, after: int, limit: int) -> Portion:
        at = timezone.now()
        with act_as(self.by, on=day_of(at)):
            return one.rebuild(by=self.by, at=at, after=after, limit=limit)

    def _left(self, one: KeyedIndex, now: str) -> int:
        with act_as(self.by, on=day_of(timezone.now())):
            return one.left(now)
