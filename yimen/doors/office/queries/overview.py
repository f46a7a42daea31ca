"""Is the house in order? (系统概况)"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from yimen.doors.office.permissions import VIEW_OVERVIEW
from yimen.foundations.audit.api import SealState, last_backup, last_proving, seal_state
from yimen.foundations.bus.api import Health, QueueCounts, health, queue_counts
from yimen.foundations.definitions.api import generation
from yimen.kernel.actor import Actor
from yimen.kernel.clock import STREET_TIME
from yimen.kernel.refusals import NotAllowed

SEAL_LATE_AFTER = timedelta(minutes=15)
JOB_LATE_AFTER = timedelta(minutes=10)
# Every night, with two hours for one that takes long or begins late.
BACKUP_LATE_AFTER = timedelta(hours=26)
# Hosts and database are held together by NTP; more than this is no drift.
CLOCKS_APART = timedelta(minutes=1)


@dataclass(frozen=True)
class Overview:
    """Health, queue, seals, numbers, backup and definitions at one moment; ``trouble`` are sentences that ask for a hand."""

    health: Health
    queue: QueueCounts
    seals: SealState
    generation: int
    published_at: datetime | None
    proven: Any
    backup: Any
    trouble: tuple[str, ...]


def overview(*, by: Actor, at: datetime) -> Overview:
    """How the house stands (系统概况); nine queries."""
    if not by.can_somewhere(VIEW_OVERVIEW):
        raise NotAllowed(permission=VIEW_OVERVIEW, area="")
    found, queue, seals = health(at=at), queue_counts(at=at), seal_state()
    number, published_at = generation()
    proven, backup = last_proving(), last_backup()
    trouble = [
        *_trouble(found, queue, seals, at=at),
        *_trouble_with_clocks(found, seals, at=at),
        *_trouble_with_numbers(proven),
        *_trouble_with_backups(backup, at=at),
    ]
    return Overview(found, queue, seals, number, published_at, proven, backup, tuple(trouble))


def _trouble_with_clocks(found: Health, seals: SealState, *, at: datetime):
    if found.clock and abs(found.clock - at) > CLOCKS_APART:
        apart = round(abs(found.clock - at).total_seconds())
        yield f"本机时钟与数据库的时钟相差 {apart} 秒。请让各台服务器按同一时间源对时（NTP）。"
    if seals.last and seals.last.made_at - at > CLOCKS_APART:
        told = seals.last.made_at.astimezone(STREET_TIME)
        yield f"最近一次封印记的是 {told:%Y-%m-%d %H:%M}，比现在还晚：时钟被拨慢了，或曾被拨快。请核对服务器时间。"


def _trouble_with_numbers(proven: Any):
    if proven and proven.different:
        yield f"最近一次核对数字有 {proven.different} 处不符，下面写着是哪些。请先查明原因。"


def _trouble_with_backups(backup: Any, *, at: datetime):
    if backup is None:
        yield "还没有做过备份。请让运维人员设置每晚自动备份（make backup）。"
    elif at - backup.made_at > BACKUP_LATE_AFTER:
        yield f"最近一次备份已是 {(at - backup.made_at).days or 1} 天以前，请检查每晚的自动备份。"
    if backup and backup.spoilt:
        yield f"最近一次备份时发现 {backup.spoilt} 个上传的文件内容已变，请从更早的备份中找回。"


def _trouble(found: Health, queue: QueueCounts, seals: SealState, *, at: datetime):
    if not found.worker:
        yield "后台进程超过一分钟没有动静：通知、汇总、封印都在等它。请重新启动后台进程。"
    if queue.failed:
        yield f"有 {queue.failed} 个后台作业多次运行仍失败，请到“后台作业”查看。"
    if queue.oldest_due and at - queue.oldest_due > JOB_LATE_AFTER:
        yield "有作业等了十分钟以上还没有运行，后台进程可能太忙或已停止。"
    if seals.unsealed and (seals.last is None or at - seals.last.made_at > SEAL_LATE_AFTER):
        yield f"有 {seals.unsealed} 条留痕还没有封印，封印应当每五分钟一次。"
