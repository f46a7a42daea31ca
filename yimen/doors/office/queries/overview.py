"""Is the house in order? (系统概况)"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from yimen.doors.office.permissions import VIEW_OVERVIEW
from yimen.foundations.audit.api import SealState, last_proving, seal_state
from yimen.foundations.bus.api import Health, QueueCounts, health, queue_counts
from yimen.foundations.definitions.api import generation
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotAllowed

SEAL_LATE_AFTER = timedelta(minutes=15)
JOB_LATE_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Overview:
    """Health, queue, seals, numbers and definitions at one moment; ``trouble`` are sentences that ask for a hand."""

    health: Health
    queue: QueueCounts
    seals: SealState
    generation: int
    published_at: datetime | None
    proven: Any
    trouble: tuple[str, ...]


def overview(*, by: Actor, at: datetime) -> Overview:
    """How the house stands (系统概况); eight queries."""
    if not by.can_somewhere(VIEW_OVERVIEW):
        raise NotAllowed(permission=VIEW_OVERVIEW, area="")
    found, queue, seals = health(at=at), queue_counts(at=at), seal_state()
    number, published_at = generation()
    proven = last_proving()
    trouble = [*_trouble(found, queue, seals, at=at), *_trouble_with_numbers(proven)]
    return Overview(found, queue, seals, number, published_at, proven, tuple(trouble))


def _trouble_with_numbers(proven: Any):
    if proven and proven.different:
        yield f"最近一次核对数字有 {proven.different} 处不符，下面写着是哪些。请先查明原因。"


def _trouble(found: Health, queue: QueueCounts, seals: SealState, *, at: datetime):
    if not found.worker:
        yield "后台进程超过一分钟没有动静：通知、汇总、封印都在等它。请重新启动后台进程。"
    if queue.failed:
        yield f"有 {queue.failed} 个后台作业多次运行仍失败，请到“后台作业”查看。"
    if queue.oldest_due and at - queue.oldest_due > JOB_LATE_AFTER:
        yield "有作业等了十分钟以上还没有运行，后台进程可能太忙或已停止。"
    if seals.unsealed and (seals.last is None or at - seals.last.made_at > SEAL_LATE_AFTER):
        yield f"有 {seals.unsealed} 条留痕还没有封印，封印应当每五分钟一次。"
