"""What a watching machine reads, and that nobody else does."""

import re

import pytest
from django.utils import timezone

from yimen.foundations.audit.api import note_backup

pytestmark = pytest.mark.django_db
TOKEN = "a-token-drawn-by-lot"


@pytest.fixture
def watched(settings):
    settings.YIMEN_METRICS_TOKEN = TOKEN


def read(client, token=TOKEN):
    return client.get("/metrics", headers={"Authorization": f"Bearer {token}"})


def values(text):
    return dict(re.findall(r"^([a-z_]+(?:\{[^}]*\})?) ([-0-9.]+)$", text, re.MULTILINE))


def test_what_waits_and_how_old_backup_and_seal_are_is_told(client, watched, acting, system):
    before = values(read(client).content.decode())
    assert before['yimen_up{part="database"}'] == "1" and before['yimen_up{part="worker"}'] == "0"
    assert "yimen_last_backup_seconds" not in before
    with acting(system):
        note_backup(
            by=system,
            at=timezone.now(),
            made_at=timezone.now(),
            file="a",
            rows=1,
            files=0,
            size=1,
            proven=True,
            spoilt=0,
        )
    after = values(read(client).content.decode())
    assert 0 <= float(after["yimen_last_backup_seconds"]) < 60 and after["yimen_backup_proven"] == "1"
    assert int(after["yimen_trail_unsealed"]) == int(before["yimen_trail_unsealed"]) + 1


def test_every_figure_says_what_it_is(client, watched):
    text = read(client).content.decode()
    names = {name.partition("{")[0] for name in values(text)}
    assert names and all(f"# HELP {name} " in text and f"# TYPE {name} gauge" in text for name in names)


@pytest.mark.parametrize("token", ["", "another", TOKEN + "x"])
def test_without_the_token_there_is_no_such_page(client, watched, token):
    assert read(client, token).status_code == 404
    assert client.get("/metrics").status_code == 404


def test_where_no_token_is_set_nobody_reads(client, settings):
    settings.YIMEN_METRICS_TOKEN = ""
    assert read(client, "").status_code == 404
