"""What access plugs into the shell: whose role one holds today."""

from datetime import datetime

from yimen.foundations.ui.ports import TodayLine, today_lines
from yimen.kernel.actor import Actor


def _deputising(*, by: Actor, at: datetime) -> str:
    """Whom one stands in for (正在代理), read from the actor: it costs no query."""
    names = dict.fromkeys(hold.for_whom for hold in by.holds if hold.for_whom)
    return f"代理{'、'.join(names)}" if names else ""


today_lines.register(TodayLine(key="access.deputy", order=30, text=_deputising))
