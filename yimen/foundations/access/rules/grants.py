"""Who may be given what (授权规则)."""

from collections.abc import Collection, Iterable, Mapping

from yimen.kernel.findings import Finding


def why_not_grant(
    role: str, *, known: Mapping[str, Collection[str]], held: Iterable[str], to_oneself: bool
) -> Finding | None:
    """Why ``role`` may not be given to somebody who holds the roles ``held``; None when it may.

    ``known`` says in words which of the three duties (三员) each role is. Duties are in different hands (三权分立), over whatever
    areas.
    """
    if role not in known:
        return Finding("access.unknown_role", f"没有名为“{role}”的角色。", field="role")
    if to_oneself:
        return Finding("access.own_grant", "不能给自己授予角色，请由另一位安全管理员办理。")
    given = set(known[role])
    already = {duty for other in held for duty in known.get(other, ())}
    if given and len(given | already) > 1:
        words = "、".join(sorted(given | already))
        return Finding("access.separate_duties", f"{words}须由不同的人担任（三权分立）。", field="role")
    return None
