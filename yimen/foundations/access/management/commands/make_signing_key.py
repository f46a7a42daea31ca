"""`manage.py make_signing_key`: a key for `YIMEN_SIGNING_KEYS`, with which other systems are told who somebody is."""

import json

from django.core.management.base import BaseCommand

from yimen.foundations.access.gateways.provider import new_key


class Command(BaseCommand):
    help = (
        "生成一把身份令牌签名密钥，放进环境变量 YIMEN_SIGNING_KEYS 的最前面；它是秘密。"
        "Make a key that signs id tokens; it goes first into YIMEN_SIGNING_KEYS and is a secret."
    )
    requires_system_checks = ()

    def handle(self, **options):
        self.stdout.write(json.dumps(new_key()))
