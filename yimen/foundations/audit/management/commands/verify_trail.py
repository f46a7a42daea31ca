"""`manage.py verify_trail`: recompute every digest and seal of the trail and say what does not hold (核验留痕)."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from yimen.foundations.audit.queries import verify
from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import system_actor


class Command(BaseCommand):
    help = "核验操作留痕：重算每条摘要与每枚封印。"

    def handle(self, *args, **options):
        by = system_actor("verify_trail")
        with act_as(by, on=timezone.localdate()):
            result = verify(by=by)
        self.stdout.write(
            f"封印 {result.seals} 枚，覆盖 {result.sealed} 条；未封 {result.unsealed} 条；"
            f"内容依法删除 {result.erased} 条；与库外封印记录比对 {result.outside} 枚。"
        )
        if result.faults:
            raise CommandError("\n".join(result.faults))
        self.stdout.write("全部相符。")
