"""Who may be given what (授权规则)."""

from collections.abc import Iterable, Mapping

from yimen.kernel.findings import Finding


def why_not_grant(
    role: str,
    *,
    known: Mapping[str, frozenset[str]],
    held: Iterable[str],
    to_oneself: bool,
    separate: Mapping[str, str],
) -> Finding | None:
    """Why ``role`` may not be given to somebody who holds the roles ``held``; None when it may.

    ``known`` says which permissions each role brings, ``separate`` to which duty a permission belongs; duties must be in
    different hands.
    """
    if role not in known:
        return Finding("access.unknown_role", f"没有名为“{role}”的角色。", field="role")
    if to_oneself:
        return Finding("access.own_grant", "不能给自己授予角色，请由另一位安全管理员办理。")
    given = _duties(known[role], separate)
    already = _duties({permission for other in held for permission in known.get(other, ())}, separate)
    if given and already and len(given | already) > 1:
        words = "、".join(word for word in dict.fromkeys(separate.values()) if word in given | already)
        return Finding("access.separate_duties", f"{words}须由不同的人担任（三权分立）。", field="role")
    return None


def _duties(permissions: Iterable[str], separate: Mapping[str, str]) -> set[str]:
    return {separate[permission] for permission in permissions if permission in separate}
