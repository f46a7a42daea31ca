"""What access plugs into the shell, whose role one holds today, and its own hashes that follow the index key."""

from datetime import datetime

from yimen.foundations.access.models import OutsideName, RecoveryCode
from yimen.foundations.access.ports import KeyedIndex, keyed_indexes
from yimen.foundations.ui.ports import TodayLine, today_lines
from yimen.kernel.actor import Actor


def _deputising(*, by: Actor, at: datetime) -> str:
    """Whom one stands in for (正在代理), read from the actor: it costs no query."""
    names = dict.fromkeys(hold.for_whom for hold in by.holds if hold.for_whom)
    return f"代理{'、'.join(names)}" if names else ""


_CODES = KeyedIndex(
    key="access.recovery_codes",
    title="恢复码",
    left=lambda now: RecoveryCode.objects.filter(used_at=None).exclude(code_hash__startswith=now).count(),
    stays="系统里没有原文。请持有人在“登录与安全”换一批；旧密钥移除后，没换的不再有效",
)
_NAMES = KeyedIndex(
    key="access.outside_names",
    title="外部登录绑定",
    left=lambda now: OutsideName.objects.exclude(subject_hash__startswith=now).count(),
    stays="系统里没有原文。本人下次从外部登录时自动换；旧密钥移除后，没来过的要重新绑定",
)
for _index in (_CODES, _NAMES):
    keyed_indexes.register(_index)
today_lines.register(TodayLine(key="access.deputy", order=30, text=_deputising))
