"""The habits of the house, held by a machine."""

import os
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import get_resolver

from tests.architecture import conventions
from yimen.foundations.ui.api import access_of
from yimen.kernel.privacy import Privacy

ROOT = Path(settings.BASE_DIR)
TIERS = ["foundations", "registers", "work", "services", "steering", "doors", "demo"]
OURS = [config for config in apps.get_app_configs() if config.name.startswith("yimen.")]
MODELS = [model for config in OURS for model in config.get_models()]


def _floor(model) -> tuple[int, int]:
    """Tier, and place in the order of INSTALLED_APPS within it."""
    name = model._meta.app_config.name
    return TIERS.index(name.split(".")[1]), settings.YIMEN_APPS.index(name)


def test_an_operation_is_told_who_acts_and_when():
    assert conventions.operations_told_who_and_when(ROOT) == []


def test_a_door_lists_names_and_does_no_work():
    assert conventions.doors_only_list_names(ROOT) == []


def test_pages_queries_and_rules_do_not_write():
    assert conventions.silent_rooms_do_not_write(ROOT) == []


def test_what_is_not_there_or_not_allowed_is_refused_in_the_words_of_the_house():
    assert conventions.refusals_are_the_houses_own(ROOT) == []


def test_foreign_keys_point_down_protect_and_leave_no_name_behind():
    faults = []
    for model in MODELS:
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey):
                continue
            target = field.related_model
            if target._meta.app_label == model._meta.app_label:
                continue
            place = f"{model._meta.label}.{field.name}"
            if _floor(target) >= _floor(model):
                faults.append(f"{place} points up to {target._meta.label}")
            if field.remote_field.on_delete is not models.PROTECT:
                faults.append(f"{place} does not protect what it points to")
            if field.remote_field.related_name != "+":
                faults.append(f"{place} leaves a name on {target._meta.label}")
    assert faults == []


def test_every_model_declares_its_privacy_class_and_retention():
    missing = [
        model._meta.label for model in MODELS if not isinstance(getattr(model, "privacy", None), Privacy)
    ]
    empty = [model._meta.label for model in MODELS if not (model.privacy.keep and model.privacy.why)]
    assert (missing, empty) == ([], [])


def test_every_model_is_a_word_of_the_glossary():
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    words = {line.split("|")[1].strip() for line in glossary.splitlines() if line.count("|") >= 4}
    assert sorted(model.__name__ for model in MODELS if model.__name__ not in words) == []


def test_every_app_has_its_page_of_explanation():
    assert [config.name for config in OURS if not (Path(config.path) / "README.md").is_file()] == []


def test_no_module_bears_a_name_that_says_nothing():
    banned = {"utils", "helpers", "common", "misc", "manager", "managers", "data", "info", "services"}
    found = [path for path in conventions.modules(ROOT) if path.stem in banned]
    assert [str(path.relative_to(ROOT)) for path in found if path.parts[-2] != "yimen"] == []


def _views():
    def walk(patterns, before=""):
        for pattern in patterns:
            address = before + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns, address)
            else:
                yield address, pattern.callback

    return list(walk(get_resolver().url_patterns))


def test_every_address_is_guarded_or_declared_public():
    assert [address for address, view in _views() if access_of(view) is None] == []


def test_every_permission_an_address_asks_for_exists():
    known = _permissions()
    asked = {access_of(view).permission for _, view in _views() if access_of(view)}
    assert sorted(asked - {None} - set(known)) == []


def _permissions() -> dict[str, str]:
    known: dict[str, str] = {}
    for config in OURS:
        try:
            module = __import__(f"{config.name}.permissions", fromlist=["PERMISSIONS"])
        except ModuleNotFoundError:
            continue
        known |= module.PERMISSIONS
    return known


@pytest.mark.django_db
def test_the_permission_matrix_is_the_one_that_was_agreed():
    from yimen.foundations.definitions.api import current_all

    roles = {role.key: set(role.body.permissions) for role in current_all("role", on=date(2026, 11, 20))}
    lines = [
        f"{permission}: {' '.join(sorted(role for role in roles if permission in roles[role])) or '—'}"
        for permission in sorted(_permissions())
    ]
    unknown = sorted(set().union(*roles.values()) - set(_permissions()))
    kept = ROOT / "tests" / "architecture" / "permission_matrix.txt"
    if os.environ.get("YIMEN_REWRITE_SNAPSHOTS"):
        kept.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert unknown == []
    assert kept.read_text(encoding="utf-8").splitlines() == lines


@pytest.mark.django_db
def test_every_scoped_table_is_held_by_the_database_too():
    from django.db import connection

    with connection.cursor() as cursor:
        # A view of the owner's is beyond row security, so it asks for reach itself, behind a barrier.
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity OR (relkind = 'v'"
            " AND 'security_barrier=true' = ANY (reloptions) AND pg_get_viewdef(oid) LIKE '%access_reach()%')"
        )
        held = {row[0] for row in cursor.fetchall()}
    scoped = {model._meta.db_table for model in MODELS if getattr(model, "scope", None)}
    assert sorted(scoped - held) == []


@pytest.mark.django_db
def test_the_app_role_owns_nothing_and_cannot_bypass_row_security():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = current_user),"
            " rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (0, False, False, False)


def test_nothing_in_the_domain_reads_the_clock():
    """Ruff bans the clock; here the list of files that may is pinned, so that it does not grow unseen."""
    import tomllib

    ruff = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    free = {pattern for pattern, rules in ruff["per-file-ignores"].items() if "TID251" in rules}
    assert free <= {
        "**/views.py", "**/views/*.py", "**/tasks.py", "**/middleware.py", "**/management/**", "**/gateways/**",
        "tools/**", "tests/**", "bench/**", "yimen/kernel/ids.py",
    }  # fmt: skip
