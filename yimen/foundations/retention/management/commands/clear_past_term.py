"""`manage.py clear_past_term`: what is past its term (保存期限), counted; with --run it goes."""

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from yimen.foundations.bus.api import act_as
from yimen.foundations.retention.operations import clear_past_term
from yimen.foundations.retention.queries import past_term
from yimen.kernel.actor import system_actor
from yimen.kernel.clock import day_of

BY = system_actor("clear_past_term")


class Command(BaseCommand):
    help = "列出每种记录有多少已过保存期限；加 --run 才清除。Count what is past its term; --run clears it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--run", action="store_true", help="真的清除；不写只列数")

    def handle(self, *, run: bool, **_: object) -> None:
        at = timezone.now()
        with act_as(BY, on=day_of(at)):
            found = list(past_term(by=BY, on=day_of(at)))
        for one in found:
            done = self._clear(one.key) if run and one.count else 0
            told = f"已清除 {done} 条" if run else f"到期 {one.count} 条"
            self.stdout.write(
                f"{one.term.title}：{one.term.since}起满 {one.term.in_words}（{one.before:%Y-%m-%d} 以前），{told}"
            )
        if not run:
            self.stdout.write("只列数，没有清除。清除请加 --run。")

    def _clear(self, key: str) -> int:
        done = 0
        while True:
            at = timezone.now()
            with act_as(BY, on=day_of(at)):
                portion = clear_past_term(by=BY, at=at, key=key)
            done += portion
            if not portion:
                return done
