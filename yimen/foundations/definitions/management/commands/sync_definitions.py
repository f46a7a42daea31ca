from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from yimen.foundations.bus.api import act_as
from yimen.foundations.definitions.api import CannotUseDefinitions, sync_definitions
from yimen.kernel.actor import system_actor


class Command(BaseCommand):
    help = "同步制度定义：把改动过的定义文件（随产品的和本地的）存为新版本"

    def add_arguments(self, parser):
        parser.add_argument("--on", type=date.fromisoformat, help="未写生效日期的改动自哪天起施行，默认今天")

    def handle(self, *, on, **_):
        now = timezone.now()
        on = on or timezone.localdate(now)
        system = system_actor("definitions.sync")
        try:
            with act_as(system, on=on):
                made = sync_definitions(by=system, at=now, on=on)
        except CannotUseDefinitions as refusal:
            raise CommandError(refusal.sentence) from None
        self.stdout.write(f"定义已同步，新增 {made} 版。" if made else "定义没有变化。")
