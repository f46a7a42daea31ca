"""The grammar of a role (岗位角色): a title and the permissions that go with it."""

from functools import cache
from importlib import import_module
from typing import Literal

from django.apps import apps
from pydantic import Field

from yimen.foundations.access.api import SEPARATE_DUTIES, Duty
from yimen.foundations.definitions.engine.shelf import Definition
from yimen.foundations.definitions.ports import Part, Reading
from yimen.foundations.definitions.rules.grammar import Grammar
from yimen.foundations.definitions.rules.reading import closest
from yimen.kernel.registry import discover


class RoleGrammar(Grammar):
    """A role that can be granted over an area (角色)."""

    labels = {
        "title": "名称",
        "description": "说明",
        "permissions": "权限",
        "sees": "看到哪些",
        "sees.area": "区域里的全部",
        "sees.ties": "只看和本人有关联的",
        "sees.unit": "只看本机构的",
        "second_factor": "登录须有第二因素",
        "deputy_days": "一次最多代理几天",
        "duty": "三员",
        "duty.system": "系统管理员",
        "duty.security": "安全管理员",
        "duty.audit": "审计管理员",
    }

    title: str = Field(min_length=1)
    description: str = ""
    permissions: tuple[str, ...] = ()
    sees: Literal["area", "ties", "unit"] = "area"
    second_factor: bool = False
    duty: Literal["", "system", "security", "audit"] = ""
    deputy_days: int = Field(default=0, ge=0, le=366)


def check_role(role: RoleGrammar) -> list[str]:
    """Permissions that their app does not know, those of apps that are not installed passed over; and a duty (三员) that the
    permissions do not agree with.
    """
    known = known_permissions()
    faults = [
        f'权限「{permission}」只归{duty.label}：这个角色应写 duty = "{duty.value}"，或去掉这项权限'
        for permission, duty in SEPARATE_DUTIES.items()
        if permission in role.permissions and role.duty != duty
    ]
    if role.deputy_days and (role.duty or role.sees != "area"):
        faults.append("三员、只看关联和只看本机构的角色不能由本人指定代理：请去掉 deputy_days")
    return faults + [
        f"没有「{permission}」这项权限；{closest(permission, known)}"
        for permission in role.permissions
        if permission not in known and apps.is_installed(_app_of(permission))
    ]


@cache
def known_permissions() -> dict[str, str]:
    """The permissions that all installed apps declare in their ``permissions.py``, with their Chinese words."""
    names = discover(
        "permissions", [app.name for app in apps.get_app_configs() if app.name.startswith("yimen.")]
    )
    return {
        permission: words for name in names for permission, words in import_module(name).PERMISSIONS.items()
    }


def read_role(definition: Definition, *, title: str) -> Reading:
    """A role as people read it: what its holders may do, app by app, in words (岗位权限)."""
    known = known_permissions()
    by_app: dict[str, list[str]] = {}
    for permission in definition.body.permissions:
        by_app.setdefault(_app_of(permission), []).append(known.get(permission, permission))
    titles = {app.name: str(app.verbose_name) for app in apps.get_app_configs()}
    parts = [Part(titles.get(name, "其他"), sentences=tuple(words)) for name, words in sorted(by_app.items())]
    if definition.body.sees == "ties":
        parts.insert(0, Part("看到哪些", sentences=("只看到和本人有关联的，看不到区域里的其他人和事。",)))
    if definition.body.sees == "unit":
        parts.insert(0, Part("看到哪些", sentences=("只看到任职机构自己的，看不到区域里的其他人和事。",)))
    if definition.body.second_factor:
        parts.insert(0, Part("登录", sentences=("登录时除口令外，还须验第二因素（如动态口令）。",)))
    if duty := definition.body.duty:
        parts.insert(
            0, Part("三员", sentences=(f"{Duty(duty).label}：与另外两员不能是同一个人（三权分立）。",))
        )
    if days := definition.body.deputy_days:
        parts.append(
            Part("临时代理", sentences=(f"本人不在时可以指定同街道的同事代理，一次最多 {days} 天。",))
        )
    return Reading(title, definition.body.description, tuple(parts))


def _app_of(permission: str) -> str:
    label = permission.split(".")[0]
    return next((app.name for app in apps.get_app_configs() if app.name.endswith(f".{label}")), "")
