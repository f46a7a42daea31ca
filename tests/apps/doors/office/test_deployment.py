"""`check --deploy` says what stands in the way of real residents, and nothing where all is well."""

import stat

import pytest
from django.core.checks import run_checks
from django.db import connection

from yimen.foundations.audit.api import note_backup

pytestmark = pytest.mark.django_db


@pytest.fixture
def well_kept(settings, tmp_path, acting, system, now):
    """An installation as it should be: TLS, a name, files of its own, a backup of last night."""
    settings.SESSION_COOKIE_SECURE = True
    settings.YIMEN_SECOND_FACTOR_WAIVED = False
    settings.YIMEN_PUBLIC_URL = "https://yimen.example.org"
    settings.ALLOWED_HOSTS = ["yimen.example.org", "127.0.0.1"]
    settings.YIMEN_FILES = tmp_path / "files"
    settings.YIMEN_FILES.mkdir(mode=0o700)
    with acting(system):
        note_backup(
            by=system, at=now, made_at=_now(), file="a.yimen", rows=1, files=0, size=9, proven=True, spoilt=0
        )
    return settings


def _now():
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        return cursor.fetchone()[0]


def found():
    return {
        message.id
        for message in run_checks(include_deployment_checks=True)
        if message.id.startswith("yimen.")
    }


# The database of the tests forgets on purpose, which is faster; which algorithms are in use is always said.
FORGETFUL = {"yimen.E007", "yimen.I012"}


def test_nothing_is_said_of_an_installation_that_is_well_kept(well_kept):
    assert found() <= FORGETFUL


def test_what_stands_in_the_way_is_named(well_kept, tmp_path):
    well_kept.SESSION_COOKIE_SECURE = False
    well_kept.ALLOWED_HOSTS = ["localhost"]
    well_kept.YIMEN_FILES.chmod(stat.S_IRWXU | stat.S_IRGRP)
    assert found() - FORGETFUL == {"yimen.E001", "yimen.E002", "yimen.E003"}


@pytest.mark.parametrize(("key", "told"), [("11" * 32, "SM4-GCM"), ("aes:" + "11" * 32, "AES-256-GCM")])
def test_the_selected_algorithms_are_said(well_kept, key, told):
    well_kept.YIMEN_FIELD_KEYS = {1: key}
    [said] = [one.msg for one in run_checks(include_deployment_checks=True) if one.id == "yimen.I012"]
    assert told in said


def test_two_suites_and_a_change_of_keys_that_has_no_end_are_warnings(well_kept):
    well_kept.YIMEN_FIELD_KEYS = {2: "aes:" + "11" * 32, 1: "11" * 16}
    assert found() - FORGETFUL == {"yimen.W013", "yimen.W014"}


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("", "yimen.W016"),
        ("https://localhost:8443", "yimen.E017"),
        ("https://[::1]", "yimen.E017"),
        ("http://yimen.example.org", "yimen.E018"),
    ],
)
def test_a_public_address_that_no_phone_can_open_is_named(well_kept, told, said):
    well_kept.YIMEN_PUBLIC_URL = told
    assert found() - FORGETFUL == {said}


def test_posts_let_in_by_password_alone_are_an_error(well_kept):
    well_kept.YIMEN_SECOND_FACTOR_WAIVED = True
    assert "yimen.E015" in found()


def test_a_night_without_a_backup_is_a_warning(settings):
    assert "yimen.W009" in found()


def test_a_page_asked_for_in_the_clear_is_sent_to_its_address_behind_tls(settings, client):
    settings.SECURE_SSL_REDIRECT = True
    sent = client.get("/sign-in")
    assert (sent.status_code, sent["Location"]) == (301, "https://testserver/sign-in")
    assert client.get("/sign-in", secure=True).status_code == 200
    assert client.get("/healthz").status_code in (200, 503)
