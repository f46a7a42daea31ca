"""May the resident urge us now? (居民催办规则)"""

from datetime import date

from yimen.kernel.findings import Finding


def why_not_urge(*, state: str, paused: bool, again_on: date | None, on: date) -> Finding | None:
    """The reason against urging: it is not in our hands now, or she did so already and may again on ``again_on``.

    >>> why_not_urge(state="accepted", paused=False, again_on=date(2026, 11, 16), on=date(2026, 11, 16)) is None
    True
    """
    if state != "accepted":
        return Finding("desk.urge_not_running", "这件事现在不在办理中，不用催办。")
    if paused:
        return Finding("desk.urge_paused", "现在在等您补充，补齐以后我们接着办。")
    if again_on is not None and on < again_on:
        return Finding(
            "desk.urged_already",
            f"已经催过，经办人收到了；一个工作日催一次，{again_on.month}月{again_on.day}日起可以再催。",
        )
    return None
