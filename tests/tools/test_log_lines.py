"""A fault is told by its kind and its places in the code, and neither a row nor what was typed is quoted."""

import io
import json
import logging

import pytest
from django.db import connection, transaction

from config.logs import Lines, Readable

NAME, NUMBER = "秦无名", "330203199001011234"


@pytest.fixture
def said():
    """``said(form, log)``: what a logger of ours says in that form while ``log`` speaks to it."""

    def hear(form, speak):
        heard, logger = io.StringIO(), logging.getLogger("tests.heard")
        handler = logging.StreamHandler(heard)
        handler.setFormatter(form())
        logger.addHandler(handler)
        logger.propagate = False
        try:
            speak(logger)
        finally:
            logger.removeHandler(handler)
        return heard.getvalue()

    return hear


def break_a_statement(logger):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT (%s)::text::int", [NAME])
    except Exception:
        logger.exception("a job failed")


def break_a_form(logger):
    try:
        try:
            int(NAME)
        except ValueError as error:
            raise KeyError(NUMBER) from error
    except KeyError:
        logger.exception("Not Found: /people/%s/?q=%s", NUMBER, NAME)


@pytest.mark.django_db
@pytest.mark.parametrize("form", [Lines, Readable])
def test_a_value_that_the_database_refuses_is_not_quoted(said, form):
    line = said(form, break_a_statement)
    assert NAME not in line and "SELECT" not in line
    assert (
        "psycopg.errors.InvalidTextRepresentation" in line
        and "22P02" in line
        and "break_a_statement" in line
        and "site-packages" not in line
    )


@pytest.mark.parametrize("form", [Lines, Readable])
def test_what_was_typed_is_not_quoted_and_what_it_came_from_is_told(said, form):
    line = said(form, break_a_form)
    assert NAME not in line and NUMBER not in line
    assert "builtins.KeyError" in line and "builtins.ValueError" in line and "/people/…/" in line


def test_a_line_is_one_line_of_json_whatever_it_says(said):
    line = said(Lines, lambda logger: logger.warning("first\nforged %s", "\u2028\x00"))
    assert line.count("\n") == 1
    told = json.loads(line)
    assert (told["level"], told["logger"], told["message"]) == (
        "WARNING",
        "tests.heard",
        "first\nforged \u2028\x00",
    )


def test_a_job_is_told_by_its_task_and_number_and_not_by_what_it_was_given(said):
    job = {"task_name": "people.merge", "id": 7, "call_string": f"people.merge[7](name={NAME!r})"}
    line = said(
        Lines,
        lambda logger: logger.error(
            "Job %s ended with status: Error - Result: x", job["call_string"], extra={"job": job}
        ),
    )
    assert NAME not in line
    assert json.loads(line)["message"] == "Job people.merge[7] ended with status: Error"
    assert json.loads(line)["job"] == "people.merge[7]"
