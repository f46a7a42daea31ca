"""Who may stand in for whom, and how long (临时代理)."""

from datetime import date, timedelta

from yimen.kernel.findings import Finding

STREET_LETTERS = 9
AHEAD = timedelta(days=366)


def street_or_wider(area: str) -> str:
    """The street of an area, or the area itself when it is wider: from there deputies come (同一街道)."""
    return area[:STREET_LETTERS]


def why_not_deputise(
    *, since: date, last: date, today: date, longest: int, own_until: date | None
) -> Finding | None:
    """Why nobody may stand in from ``since`` to ``last``, both included; None when somebody may.

    ``longest`` days is what the role allows, 0 for never; ``own_until`` is the day from which the role is no longer held.
    """
    days = (last - since).days + 1
    if not longest:
        return _finding("never", "这个角色不能由本人指定代理，请由安全管理员任命或授权。", "grant")
    if since < today:
        return _finding("past", "只能从今天或以后的一天开始。", "since")
    if since > today + AHEAD:
        return _finding("far", "最多提前一年安排。", "since")
    if days < 1:
        return _finding("backwards", "最后一天不能早于开始那天。", "last")
    if days > longest:
        return _finding("long", f"这个角色一次最多代理 {longest} 天，现在是 {days} 天。", "last")
    if own_until is not None and own_until <= last:
        return _finding("own", "那时本人已不再担任这个角色。", "last")
    return None


def _finding(code: str, sentence: str, field: str) -> Finding:
    return Finding(f"access.deputy.{code}", sentence, field=field)
