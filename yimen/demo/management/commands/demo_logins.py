"""`manage.py demo_logins`: one login per post of the demo."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from yimen.demo.engine.staff import LOGINS, PASSWORD, known_logins


class Command(BaseCommand):
    help = "显示演示账号。Print one demo login per post."

    def handle(self, **_):
        known = known_logins(now=timezone.now())
        if not known:
            return
        self.stdout.write(f"\n演示账号（口令都是 {PASSWORD}）  Demo logins (one password for all):")
        for login in LOGINS:
            if login.username in known:
                self.stdout.write(f"  {login.username:<12} {login.title}")
