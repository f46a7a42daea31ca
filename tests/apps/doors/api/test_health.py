"""GET /healthz says whether web, database and worker are up, and nothing else."""

from procrastinate.contrib.django.models import ProcrastinateWorker


def _answer(client):
    response = client.get("/healthz")
    return response.status_code, response.json()


def test_without_a_worker_the_house_is_not_up(client, db):
    assert _answer(client) == (503, {"web": True, "database": True, "worker": False})


def test_with_a_worker_that_gave_a_sign_of_life_it_is(client, db):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert ProcrastinateWorker.objects.exists()
    assert _answer(client) == (200, {"web": True, "database": True, "worker": True})


def test_a_worker_that_has_been_silent_for_two_minutes_counts_as_dead(client, db):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '2 minutes')"
        )
    assert _answer(client)[0] == 503


def test_health_is_asked_without_signing_in_and_is_never_kept(client, db):
    assert client.get("/healthz").headers["Cache-Control"] == "no-store"
    assert client.post("/healthz").status_code == 405
