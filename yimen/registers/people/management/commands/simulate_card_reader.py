"""Run the card reader that is not there (读卡器模拟程序), for demo and training."""

from django.core.management.base import BaseCommand

from yimen.registers.people.gateways.card_reader_simulator import Simulator


class Command(BaseCommand):
    help = "在本机运行读卡器模拟程序：虚构的证件，供演示和培训。"

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8765)

    def handle(self, *args, port: int, **options):
        simulator = Simulator(port=port)
        self.stdout.write(f"读卡器模拟：{simulator.url} （按 Ctrl+C 结束）")
        self.stdout.write(f"另开一个窗口启动本平台：YIMEN_CARD_READER={simulator.url} make run")
        try:
            simulator.server.serve_forever()
        except KeyboardInterrupt:
            simulator.server.server_close()
