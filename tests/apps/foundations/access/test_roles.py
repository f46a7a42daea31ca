"""The shipped roles name permissions that exist, and every permission is in a role."""

import importlib
import tomllib
from pathlib import Path

import pytest

import yimen
from yimen.foundations.access.ports import Role
from yimen.foundations.access.rules.grants import why_not_grant
from yimen.foundations.definitions.engine.roles import RoleGrammar, check_role

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
    body = ROLES[role]
    one = Role(role, body["title"], "", frozenset(body["permissions"]), duty=body.get("duty", ""))
    assert len(one.duties) <= 1
    known = {role: one.duties}
    assert why_not_grant(role, known=known, held=[role], to_oneself=False) is None


def test_a_role_that_looks_after_the_product_says_which_of_the_three_it_is():
    said = {key: body["duty"] for key, body in ROLES.items() if "duty" in body}
    assert said == {
        "administrator": "system",
        "security_admin": "security",
        "auditor": "audit",
        "special_auditor": "audit",
    }


def _told(duty: str, *permissions: str) -> list[str]:
    return check_role(RoleGrammar(title="试", duty=duty, permissions=permissions))


def test_a_role_file_that_hides_its_duty_or_joins_two_is_refused():
    assert _told("security", "access.grant_roles") == []
    assert "只归安全管理员" in _told("", "access.grant_roles")[0]
    assert "只归系统管理员" in _told("audit", "audit.view_trail", "access.manage_accounts")[0]


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_explained(role):
    assert ROLES[role]["title"]
    assert ROLES[role]["description"].endswith("。")
    assert ROLES[role]["permissions"] == sorted(set(ROLES[role]["permissions"]))
