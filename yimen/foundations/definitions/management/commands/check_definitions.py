from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from yimen.foundations.bus.api import act_as
from yimen.foundations.definitions.api import run_examples, run_published_examples
from yimen.foundations.definitions.rules.reading import Mistaken
from yimen.kernel.actor import system_actor


class Command(BaseCommand):
    help = "检查定义文件并验算全部算例；--published 一并验算历次版本留存的算例"

    def add_arguments(self, parser):
        parser.add_argument("--published", action="store_true")

    def handle(self, *, published, **_):
        system = system_actor("definitions.check")
        try:
            with act_as(system, on=timezone.localdate()):
                results = [*run_examples(), *(run_published_examples() if published else ())]
        except Mistaken as error:
            raise CommandError(str(error)) from None
        broken = [result.sentence for result in results if not result.holds]
        if broken:
            raise CommandError("\n".join(broken))
        self.stdout.write(f"定义无误，{len(results)} 个算例全部符合。")
