"""`manage.py reseal_fields`: after a new first key in YIMEN_FIELD_KEYS, seal everything with it."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from yimen.foundations.access import api
from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import system_actor
from yimen.kernel.clock import day_of


class Command(BaseCommand):
    help = (
        "密钥轮换：把旧密钥加密的字段换成 YIMEN_FIELD_KEYS 第一把密钥；可随时中断，再运行时接着做。"
        "Seal again, with the first key, what older keys have sealed; may be stopped and run again."
    )

    def handle(self, **options):
        by = system_actor("reseal_fields")
        total = 0
        while True:
            at = timezone.now()
            with act_as(by, on=day_of(at)):
                done = api.reseal(by=by, at=at)
            if not done:
                break
            total += done
            self.stdout.write(f"已换 {total} 个")
        self.stdout.write(
            f"完成，共 {total} 个。旧密钥现在可以从 YIMEN_FIELD_KEYS 中移除（留好备份恢复所需的那把）。"
        )
