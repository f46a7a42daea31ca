"""The contracts bite: each breach, put into a copy of the tree or tried on the live product, is caught."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tests.architecture import conventions
from yimen.foundations.bus.api import WriteOutsideOperation
from yimen.work.desk.models import Case

ROOT = Path(settings.BASE_DIR)

IMPORTS = {
    "the kernel knows a register": ("kernel/text.py", "from yimen.registers.people import api"),
    "a register knows the desk": ("registers/people/queries/cards.py", "from yimen.work.desk import api"),
    "the desk knows a service": ("work/desk/operations/intake.py", "from yimen.services.aid import api"),
    "a service calls its sibling": ("services/aid/operations.py", "from yimen.services.family import api"),
    "a view listens to a sibling": ("services/aid/plugs.py", "from yimen.services.family import plugs"),
    "a service walks past the door": (
        "services/aid/queries.py",
        "from yimen.work.desk import models as cases",
    ),
    "a view reads its tables": ("work/desk/views/cases.py", "from yimen.work.desk import models"),
    "rules know the framework": ("work/desk/rules/states.py", "from django.db import models"),
    "queries call operations": ("work/desk/queries/cases.py", "from yimen.work.desk import operations"),
    "audit knows access": ("foundations/audit/operations.py", "from yimen.foundations.access import api"),
    "the ledger knows its reader": ("work/ledger/queries.py", "from yimen.work.indicators import api"),
    "a stray room": ("work/desk/helpers.py", "ANSWER = 42"),
}
SOURCES = {
    "a queryset changed in a view": (
        "work/desk/views/cases.py",
        "def f(qs):\n    qs.update(state='x')",
        conventions.silent_rooms_do_not_write,
    ),
    "a case deleted in a view": (
        "work/desk/views/cases.py",
        "def f(case):\n    case.delete()",
        conventions.silent_rooms_do_not_write,
    ),
    "a paper made through its case": (
        "work/desk/views/cases.py",
        "def f(case):\n    case.papers.create(key='x')",
        conventions.silent_rooms_do_not_write,
    ),
    "a write through the base manager": (
        "work/desk/queries/cases.py",
        "def f():\n    Case._base_manager.filter(pk=1).update(state='x')",
        conventions.silent_rooms_do_not_write,
    ),
    "raw SQL in a view": (
        "work/desk/views/cases.py",
        "from django.db import connection\n\n\ndef f():\n    connection.cursor().execute('SELECT 1')",
        conventions.silent_rooms_do_not_write,
    ),
    "a page not found in Django's words": (
        "work/desk/views/lists.py",
        "from django.http import Http404\n\n\ndef f():\n    raise Http404",
        conventions.refusals_are_the_houses_own,
    ),
    "a row fetched by Django's shortcut": (
        "work/gatherings/views/gatherings.py",
        "from django import shortcuts\n\n\ndef f(rows):\n    return shortcuts.get_object_or_404(rows)",
        conventions.refusals_are_the_houses_own,
    ),
    "a table found by its name": (
        "services/aid/operations.py",
        "from django.apps import apps\n\n\nCASES = apps.get_model('desk.Case')",
        conventions.silent_rooms_do_not_write,
    ),
    "everything let out of a door": (
        "work/desk/api.py",
        "from yimen.work.desk.operations import *",
        conventions.doors_only_list_names,
    ),
    "a table let out of a door": (
        "work/desk/api.py",
        "from yimen.work.desk.models import Case",
        conventions.doors_only_list_names,
    ),
    "work done in a door": (
        "work/desk/api.py",
        "def shortcut():\n    return 1",
        conventions.doors_only_list_names,
    ),
    "an operation that is not told who acts": (
        "work/desk/operations/handling.py",
        "@operation('desk.case.lost')\ndef lose_case(*, case, at):\n    return None",
        conventions.operations_told_who_and_when,
    ),
    "a writer without the mark": (
        "work/desk/operations/handling.py",
        "def lose_case(*, by, at, case):\n    return None",
        conventions.operations_told_who_and_when,
    ),
}


@pytest.fixture(scope="module")
def copy_of_the_tree(tmp_path_factory):
    copy = tmp_path_factory.mktemp("tree")
    for folder in ("yimen", "config", "tools"):
        leave = shutil.ignore_patterns("__pycache__", "static", "icons", "templates", "definitions/matter")
        shutil.copytree(ROOT / folder, copy / folder, ignore=leave)
    shutil.copy(ROOT / ".importlinter", copy)
    return copy


@pytest.fixture
def breach(copy_of_the_tree):
    """``breach(path, lines)`` adds lines to one module of the copy; afterwards it is whole again."""
    changed = []

    def add(path, lines):
        file = copy_of_the_tree / "yimen" / path
        changed.append((file, file.read_text(encoding="utf-8") if file.exists() else None))
        file.write_text((changed[-1][1] or "") + f"\n\n{lines}\n", encoding="utf-8")
        return copy_of_the_tree

    yield add
    for file, before in changed:
        file.unlink() if before is None else file.write_text(before, encoding="utf-8")


def _lint(tree):
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=tree, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_the_untouched_copy_keeps_every_contract(copy_of_the_tree):
    code, said = _lint(copy_of_the_tree)
    assert code == 0, said


@pytest.mark.parametrize("name", IMPORTS)
def test_an_import_that_breaks_the_house_is_caught(name, breach):
    path, line = IMPORTS[name]
    code, said = _lint(breach(path, line))
    assert code != 0, f"{name} went unseen"
    assert "BROKEN" in said or "not listed" in said or "exhaustive" in said, said


@pytest.mark.parametrize("name", SOURCES)
def test_a_line_that_breaks_a_habit_is_caught(name, breach):
    path, lines, convention = SOURCES[name]
    assert convention(breach(path, lines)) != [], f"{name} went unseen"


def test_the_database_itself_refuses_what_a_view_must_not_do(acting, make_actor):
    """The same breaches, alive: no operation is open, so nothing reaches the table."""
    clerk = make_actor("desk.view_cases")
    roads = [
        lambda: Case.objects.update(state="x"),
        lambda: Case.objects.all()._raw_delete("default"),
        lambda: Case(number="1").papers.create(key="x", title="x"),
        lambda: Case._base_manager.filter(pk=1).update(state="x"),
        lambda: connection.cursor().execute("UPDATE desk_case SET state = 'x'"),
    ]
    with acting(clerk):
        for road in roads:
            with pytest.raises((WriteOutsideOperation, ValueError)), transaction.atomic():
                road()


def test_the_app_role_cannot_change_the_schema_or_take_the_owners_place(db):
    for statement in (
        "DROP TABLE desk_case",
        "ALTER TABLE desk_case DISABLE ROW LEVEL SECURITY",
        "SET ROLE yimen_owner",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            connection.cursor().execute(statement)
