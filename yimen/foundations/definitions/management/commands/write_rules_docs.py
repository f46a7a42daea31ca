from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from yimen.foundations.definitions.api import Source
from yimen.foundations.definitions.engine.documentation import rules_pages
from yimen.foundations.definitions.engine.folders import folders, read_files
from yimen.foundations.definitions.ports import kinds
from yimen.foundations.definitions.rules.reading import Mistaken


class Command(BaseCommand):
    help = "把随产品的制度定义和算例写成文档 docs/rules/"

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="只检查文档是否与定义一致，不改文件")
        parser.add_argument("--into", type=Path, help="写到哪个文件夹，默认 docs/rules")

    def handle(self, *, check, into, **_):
        into = into or Path(settings.BASE_DIR) / "docs" / "rules"
        try:
            files = read_files([one for one in folders() if one.source == Source.SHIPPED])
        except Mistaken as error:
            raise CommandError(str(error)) from None
        wanted = rules_pages(kinds, files)
        there = {path.name: path.read_text(encoding="utf-8") for path in into.glob("*.md")}
        stale = sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))
        if check:
            if stale:
                raise CommandError(f"文档与定义不一致：{'、'.join(stale)}；请运行 manage.py write_rules_docs")
            return
        into.mkdir(parents=True, exist_ok=True)
        for name in stale:
            if name in wanted:
                (into / name).write_text(wanted[name], encoding="utf-8")
            else:
                (into / name).unlink()
        self.stdout.write(f"写好 {len(wanted)} 页，其中 {len(stale)} 页有变化。")
