"""Who may be given what (授权规则)."""

from collections.abc import Iterable, Mapping

from yimen.foundations.access.permissions import GRANT_ROLES, MANAGE_ACCOUNTS
from yimen.kernel.findings import Finding

# 系统管理员、安全管理员、审计员三权分立（GB/T 22239-2019 8.1.5）: nobody may hold two of these at once.
SEPARATE_DUTIES = {
    MANAGE_ACCOUNTS: "管理账号",
    GRANT_ROLES: "授予角色",
    "audit.view_trail": "审计",
}


def why_not_grant(
    role: str, *, known: Mapping[str, frozenset[str]], held: Iterable[str], to_oneself: bool
) -> Finding | None:
    """Why ``role`` may not be given to somebody who holds the roles ``held``; None when it may.

    ``known`` says which permissions each role brings.
    """
    if role not in known:
        return Finding("access.unknown_role", f"没有名为“{role}”的角色。", field="role")
    if to_oneself:
        return Finding("access.own_grant", "不能给自己授予角色，请由另一位安全管理员办理。")
    given = _duties(known[role])
    already = set().union(*(_duties(known.get(other, frozenset())) for other in held))
    if given and already and len(given | already) > 1:
        words = "、".join(word for duty, word in SEPARATE_DUTIES.items() if duty in given | already)
        return Finding("access.separate_duties", f"{words}须由不同的人担任（三权分立）。", field="role")
    return None


def _duties(permissions: frozenset[str]) -> set[str]:
    return {duty for duty in SEPARATE_DUTIES if duty in permissions}
