"""The shipped roles name permissions that exist, and every permission is in a role."""

import importlib
import tomllib
from pathlib import Path

import pytest

import yimen
from yimen.foundations.access.permissions import SEPARATE_DUTIES
from yimen.foundations.access.rules.grants import why_not_grant

HOUSE = Path(yimen.__file__).parent
ROLES = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((HOUSE / "foundations/access/definitions/role").glob("*.toml"))
}


def _permissions() -> set[str]:
    names = set()
    for path in HOUSE.rglob("permissions.py"):
        module = ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts)
        names |= set(importlib.import_module(module).PERMISSIONS)
    return names


def test_every_permission_in_a_role_exists():
    named = {permission for role in ROLES.values() for permission in role["permissions"]}
    assert named - _permissions() == set()


def test_every_permission_is_in_at_least_one_role():
    named = {permission for role in ROLES.values() for permission in role["permissions"]}
    assert _permissions() - named == set()


@pytest.mark.parametrize("role", ROLES)
def test_a_role_alone_never_joins_system_security_and_audit(role):
    known = {key: frozenset(body["permissions"]) for key, body in ROLES.items()}
    assert why_not_grant(role, known=known, held=[role], to_oneself=False, separate=SEPARATE_DUTIES) is None


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_explained(role):
    assert ROLES[role]["title"]
    assert ROLES[role]["description"].endswith("。")
    assert ROLES[role]["permissions"] == sorted(set(ROLES[role]["permissions"]))
