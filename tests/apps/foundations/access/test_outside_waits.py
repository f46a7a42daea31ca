"""While another system takes its time, no transaction of ours waits with it (外部登录)."""

from datetime import date

import psycopg
from django.db import connections
from django.test import Client

from tests.apps.foundations.access.conftest import GOOD, STREET
from tests.apps.foundations.access.partner import CLIENT, SECRET, Partner
from yimen.foundations.access import api
from yimen.foundations.access.gateways import partners as gateway
from yimen.foundations.access.models import OutsideName, Session
from yimen.foundations.bus.api import act_as

# Asked by the role of the product: the sessions of others tell nothing of themselves.
_WAITING = "SELECT count(*) FROM pg_stat_activity WHERE xact_start IS NOT NULL AND datname = %s AND pid <> pg_backend_pid()"


class Watching(Partner):
    """Counts, whenever it is asked for a token, the transactions that are open meanwhile."""

    def token(self, form):
        app = connections["default"].settings_dict
        told = {"user": app["USER"], "password": app["PASSWORD"], "host": app["HOST"]}
        with psycopg.connect(dbname=app["NAME"], port=app["PORT"] or None, **told) as line:
            self.open.append(line.execute(_WAITING, [app["NAME"]]).fetchone()[0])
        return super().token(form)


def test_nobody_waits_in_a_transaction_while_the_other_system_answers(committed_db, settings, system, now):
    partner = Watching()
    partner.open = []
    settings.YIMEN_PARTNERS = [
        {
            "key": "county",
            "title": "区统一认证",
            "issuer": partner.issuer,
            "client_id": CLIENT,
            "secret": SECRET,
        }
    ]
    gateway._read.cache_clear()
    with act_as(system, on=date(2026, 11, 20)):
        api.create_account(
            by=system,
            at=now,
            username="wang.fang",
            name="王芳",
            password=GOOD,
            area=STREET,
            must_change=False,
        )
    client = Client()
    assert client.post("/sign-in", {"username": "wang.fang", "password": GOOD}).status_code == 302
    client.post("/my/outside/county/bind", {"password": GOOD})
    bound = client.get(partner.sign_in(client.get("/sign-in/with/county")["Location"]))
    assert bound["Location"] == "/my/sessions" and OutsideName.objects.count() == 1
    newcomer = Client()
    away = newcomer.get("/sign-in/with/county?next=/my/sessions")
    assert newcomer.get(partner.sign_in(away["Location"]))["Location"] == "/my/sessions"
    assert newcomer.get("/my/sessions").status_code == 200
    partner.silent = True
    gateway._read.cache_clear()
    refused = Client().get("/sign-in/with/county")
    assert refused.status_code == 422 and "没有回应" in refused.content.decode()
    assert partner.open == [0, 0]
    assert Session.objects.count() == 2
    partner.close()
