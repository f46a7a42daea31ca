"""A small county is loaded as a large one is: copies can be opened, numbers hold, the trail verifies."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from bench.copies import owner_connection
from bench.facts import Loaded, load
from bench.load import fill, is_kept
from yimen.kernel.faults import Fault
from yimen.kernel.numbers import parse_archive_number, parse_case_number

PEOPLE = 400


@pytest.fixture(scope="module")
def module_db(django_db_setup, django_db_blocker):
    """A database whose commits are real for all tests of this file; emptied by the owner, published texts too."""
    with django_db_blocker.unblock():
        with owner_connection() as owner:
            newest = owner.execute("SELECT max(id) FROM definitions_version").fetchone()[0]
        yield
        with owner_connection() as owner:
            owner.execute("DELETE FROM definitions_version WHERE id > %s", [newest])
            rows = owner.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'definitions_%'"
                " AND tablename <> 'django_migrations'"
            )
            owner.execute(f"TRUNCATE {', '.join(row[0] for row in rows)} RESTART IDENTITY CASCADE")


@pytest.fixture(scope="module")
def loaded(module_db, tmp_path_factory) -> Loaded:
    path = tmp_path_factory.mktemp("bench") / "loaded.json"
    made = fill(PEOPLE, say=lambda _: None, processes=1, path=path)
    assert load(PEOPLE, path) == made
    assert is_kept(PEOPLE, path=path) == made
    return made


@pytest.fixture(scope="module")
def owner(loaded):
    with owner_connection() as found:
        yield found


def test_everybody_is_on_file_and_the_long_list_is_in_reach(loaded, owner):
    assert owner.execute("SELECT count(*) FROM people_person").fetchone()[0] == PEOPLE
    assert owner.execute("SELECT count(*) FROM desk_case").fetchone()[0] == loaded.cases_in_reach >= PEOPLE
    assert len(loaded.persons) >= PEOPLE // 20


def test_every_number_follows_from_its_facts(loaded):
    call_command("prove_numbers")


def test_the_trail_of_the_copies_verifies(loaded):
    call_command("verify_trail")


def test_numbers_are_right_and_without_a_gap(loaded, owner):
    for (number,) in owner.execute("SELECT number FROM desk_case"):
        assert not isinstance(parse_case_number(number), Fault), number
    for (number,) in owner.execute("SELECT archive_number FROM desk_case WHERE archive_number IS NOT NULL"):
        assert not isinstance(parse_archive_number(number), Fault), number
    letters = owner.execute(
        "SELECT max(sequence), count(*), min(sequence) FROM documents_letter GROUP BY number_kind, unit_area, year"
    )
    assert all(highest == many and lowest == 1 for highest, many, lowest in letters)
    counters = owner.execute(
        "SELECT count(*) FROM documents_lettercounter AS c WHERE last <> (SELECT max(sequence) FROM"
        " documents_letter AS l WHERE (l.number_kind, l.unit_area, l.year) = (c.number_kind, c.unit_area, c.year))"
    )
    assert counters.fetchone()[0] == 0


def test_no_gap_of_a_pattern_was_left_open(loaded, owner):
    for table in ("desk_case", "desk_casestep", "documents_letter", "ledger_entry", "audit_traildetail"):
        found = owner.execute(f"SELECT count(*) FROM {table} AS one WHERE one::text LIKE '%%(%%)s%%'")
        assert found.fetchone()[0] == 0, table


def test_copies_spread_over_two_years_and_few_are_open(loaded, owner):
    first, last = owner.execute("SELECT min(received_on), max(received_on) FROM desk_case").fetchone()
    assert last - first > timedelta(days=650) and last <= timezone.localdate()
    still_open = owner.execute("SELECT count(*) FROM desk_case WHERE state = 'accepted'").fetchone()[0]
    assert 0 < still_open < loaded.cases_in_reach * 0.2
    overdue = (
        "SELECT count(*) FROM desk_case WHERE state = 'accepted' AND NOT paused AND due_on < current_date"
    )
    assert owner.execute(overdue).fetchone()[0] > 0


def test_a_case_of_every_state_opens_with_what_was_answered(loaded, owner):
    officer = _signed_in(loaded, loaded.list_actor)
    newest = "SELECT state, matter, max(public_id::text) FROM desk_case GROUP BY state, matter"
    for state, matter, case in owner.execute(newest).fetchall():
        page = officer.get(f"/desk/cases/{case}/")
        assert page.status_code == 200, (state, matter)
        asked = "预产期" if matter == "birth_registration" else "突发疾病住院"
        assert asked in page.content.decode(), (state, matter)


def test_its_letters_name_the_one_for_whom_it_was_copied(loaded, owner):
    rows = owner.execute(
        "SELECT c.person_name, c.number, l.number, l.sheet::text FROM documents_letter AS l JOIN desk_case AS c"
        " ON c.public_id = l.subject"
    ).fetchall()
    assert len({name for name, *_ in rows}) > 50
    for name, number, letter, sheet in rows:
        assert name in sheet and letter in sheet
        assert f"{number[:3]}-{number[3:9]}-{number[9:-1]}-{number[-1]}" in sheet


def test_a_sampled_resident_is_found_by_her_id_number_and_her_file_opens(loaded):
    clerk = _signed_in(loaded, loaded.of("window_clerk", loaded.streets[0])[0].username)
    one = loaded.persons[0]
    page = clerk.get(f"/people/{one.public_id}/")
    assert page.status_code == 200 and one.name in page.content.decode()


def test_the_leader_reads_the_plan(loaded):
    page = _signed_in(loaded, loaded.leader).get(f"/plans/{loaded.plan}/")
    assert page.status_code == 200
    words = " ".join(re.sub("<[^>]+>", " ", page.content.decode()).split())
    assert re.search(r"一站式受理办件：全年计划 [1-9]\d*/1200", words)


def _signed_in(loaded: Loaded, username: str) -> Client:
    account, client = loaded.account(username), Client()
    answer = client.post("/sign-in", {"username": account.username, "password": account.password})
    assert answer.status_code == 302
    return client
