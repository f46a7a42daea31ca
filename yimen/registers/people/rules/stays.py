"""Which days an address may be said to hold (地址起止日期)."""

from datetime import date
from typing import NamedTuple


class StayDays(NamedTuple):
    """From ``since``, until and not with ``until``; None: it still holds."""

    since: date
    until: date | None


def why_not_these_days(
    days: StayDays,
    *,
    was: StayDays,
    earlier: StayDays | None,
    later: StayDays | None,
    born: date | None,
    today: date,
) -> str:
    """Why an address cannot be said to have held these days (为什么不能改成这些日期); "" when it can.

    An address that followed another without a day between goes on following it, so the other gives way or grows.
    """
    since, until = days
    if since > today or (until and until > today):
        return "日期在今天之后。"
    if until and until <= since:
        return "止的日期要晚于起的日期；从来没有住过的，请选“登记有误，删除这一行”。"
    if born and since < born:
        return "起的日期早于出生日期。"
    if (was.until and since >= was.until) or (until and until <= was.since):
        return "新的日期和原来的完全不同，请先更正前后的地址。"
    follows = earlier is not None and earlier.until == was.since
    if earlier and (since <= earlier.since if follows else since < (earlier.until or today)):
        return f"这些天还登记在以前的地址（{earlier.since:%Y-%m-%d} 起），请先更正那一行。"
    if later is None:
        return ""
    if until is None:
        return f"之后还登记着 {later.since:%Y-%m-%d} 起的地址，止的日期不能空着。"
    precedes = was.until == later.since
    if (later.until is not None and until >= later.until) if precedes else until > later.since:
        return f"这些天已登记在之后的地址（{later.since:%Y-%m-%d} 起），请先更正那一行。"
    return ""
