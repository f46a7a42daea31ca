"""The grammar of a role (岗位角色): a title and the permissions that go with it."""

from functools import cache
from importlib import import_module

from django.apps import apps
from pydantic import Field

from yimen.foundations.definitions.rules.grammar import Grammar
from yimen.foundations.definitions.rules.reading import closest
from yimen.kernel.registry import discover


class RoleGrammar(Grammar):
    """A role that can be granted over an area (角色)."""

    labels = {
        "title": "名称",
        "description": "说明",
        "permissions": "权限",
    }

    title: str = Field(min_length=1)
    description: str = ""
    permissions: tuple[str, ...] = ()


def check_role(role: RoleGrammar) -> list[str]:
    """Permissions that their app does not know; those of apps that are not installed are passed over."""
    known = known_permissions()
    return [
        f"没有「{permission}」这项权限；{closest(permission, known)}"
        for permission in role.permissions
        if permission not in known and apps.is_installed(_app_of(permission))
    ]


@cache
def known_permissions() -> frozenset[str]:
    """The permissions that all installed apps declare in their ``permissions.py``."""
    names = discover(
        "permissions", [app.name for app in apps.get_app_configs() if app.name.startswith("yimen.")]
    )
    return frozenset(permission for name in names for permission in import_module(name).PERMISSIONS)


def _app_of(permission: str) -> str:
    label = permission.split(".")[0]
    return next((app.name for app in apps.get_app_configs() if app.name.endswith(f".{label}")), "")
