"""What stood in the way when it was neither a refusal nor a bug (故障): the database is away, too slow, or its disk is full.

Such a thing passes, so it is answered with 503, a sentence that says whether to try again, and Retry-After.
"""

import errno
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError

# PostgreSQL's own codes (its manual, appendix A).
_SLOW = {
    "57014",  # a statement was cancelled: statement_timeout
    "55P03",  # a lock was not to be had: lock_timeout
    "40P01",  # deadlock
    "40001",  # could not serialise
    "53300",  # too many connections
}
_FULL = {
    "53100",  # disk full
    "58030",  # a file could not be written (a size limit, a quota)
}
_FULL_FILES = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# No state at all is a line that broke. 08: connection; 53: out of something; 57: it is stopping or starting; 25006: read only.
_AWAY = ("", "08", "53", "57", "25006")
SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Trouble:
    """How it is told, and after how many seconds another try makes sense."""

    code: str
    title: str
    sentence: str
    what_to_do: str
    retry_after: int


_READING = "请稍等片刻，再刷新这一页。"
_WRITING = (
    "请稍等片刻，返回上一页再提交一次；同一页提交几次都只算一次，不会办重。急事请先用纸质表办理，事后补录。"
)


def trouble_of(fault: BaseException | None, *, method: str | None) -> Trouble | None:
    """What passes by itself or by an administrator's hand (可以再试的故障); None for a bug."""
    read = method in SAFE
    again = _READING if read else _WRITING
    for cause in _causes(fault):
        state = getattr(cause, "sqlstate", None)
        if state in _FULL or (isinstance(cause, OSError) and cause.errno in _FULL_FILES):
            return Trouble(
                "full",
                "存储空间已满",
                "服务器的存储空间已满，" + ("这一页现在打不开。" if read else "这一步没有保存。"),
                "请马上告诉本单位的系统管理员；腾出空间后"
                + ("刷新这一页。" if read else "返回上一页再提交一次。"),
                300,
            )
        if state in _SLOW:
            return busy(method=method)
        if isinstance(cause, OperationalError | InterfaceError) and _line_is_down(cause):
            return Trouble(
                "away",
                "数据库正在恢复",
                "系统暂时连不上数据库，一般一两分钟就好。"
                # Whether the last word reached the database before the line broke cannot be known here.
                + ("" if read else "刚才这一步多半没有保存。"),
                again,
                10,
            )
    return None


def busy(*, method: str | None) -> Trouble:
    """Too many at once, or one that holds up the others (系统繁忙)."""
    read = method in SAFE
    return Trouble(
        "busy",
        "系统繁忙",
        "这一步等得太久，系统先停下了，"
        + ("这一页没有打开，请再试一次。" if read else "没有保存，请再试一次。"),
        _READING if read else _WRITING,
        5,
    )


def _line_is_down(fault: OperationalError | InterfaceError) -> bool:
    state = getattr(fault.__cause__, "sqlstate", None) or ""
    return state in _AWAY or state[:2] in _AWAY


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    """The exception and what caused it, the innermost first: the driver knows best what happened."""
    chain: list[BaseException] = []
    while fault is not None and fault not in chain:
        chain.append(fault)
        fault = fault.__cause__
    return reversed(chain)
