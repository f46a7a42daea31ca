"""`manage.py create_administrator`: the first accounts of an installation, which nobody is there yet to open."""

import secrets
import string

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from yimen.foundations.access import api
from yimen.foundations.access.rules.passwords import kinds_in
from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import system_actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import Refused

ROLES = ("administrator", "security_admin", "auditor")


class Command(BaseCommand):
    help = (
        "开设管理员账号（系统管理员、安全管理员、审计管理员三权分立，各开一个），打印一次性口令。"
        "Open an account for one of the three administrators and print its first password."
    )

    def add_arguments(self, parser):
        parser.add_argument("username", help="登录名")
        parser.add_argument("--name", required=True, help="姓名")
        parser.add_argument("--area", required=True, help="区域编码，如 330212007")
        parser.add_argument("--role", choices=ROLES, default=ROLES[0], help="角色")

    def handle(self, *, username, name, area, role, **options):
        at = timezone.now()
        password = first_password()
        by = system_actor("create_administrator", areas=(area,))
        try:
            with act_as(by, on=day_of(at)):
                made = api.create_account(
                    by=by, at=at, username=username, name=name, password=password, area=area
                )
                api.grant_role(by=by, at=at, account=made.public_id, role=role, area=area, since=day_of(at))
        except Refused as refused:
            reasons = "".join(finding.sentence for finding in refused.findings)
            raise CommandError(f"{refused.sentence}{reasons}") from refused
        self.stdout.write(
            f"登录名：{made.username}\n首次口令：{password}\n首次登录须改口令；这个口令不会再显示。"
        )


def first_password() -> str:
    """A password that a person can read aloud: four groups, three kinds and more, no letters that look alike."""
    letters = "".join(sorted(set(string.ascii_letters + string.digits) - set("Il1O0o")))
    while True:
        groups = ["".join(secrets.choice(letters) for _ in range(4)) for _ in range(4)]
        password = "-".join(groups)
        if kinds_in(password) == 4:
            return password
