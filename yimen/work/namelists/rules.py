"""Decisions about lists that need no database."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from yimen.kernel.findings import Finding
from yimen.standards.masking import LeakKind, find_leaks


class HasOutcome(Protocol):
    """A deed as far as its outcome matters."""

    outcome: str


Deed = TypeVar("Deed", bound=HasOutcome)
DROPPED, OPEN = "dropped", ("waiting", "again")
# What stands below a list and is nobody (表尾).
_NOBODY = re.compile(r"(合计|总计|小计|填表|填报|制表|审核|负责人|联系人[:：]|备注|说明|注[:：])")


def is_name(text: str) -> bool:
    """Is this cell of the name column somebody, and not the end of the table?"""
    return bool(text) and _NOBODY.match(text) is None


def why_not_upload(*, title: str, purpose: str, basis: str, due_on: date, today: date) -> list[Finding]:
    """Reasons against a list (不能上传): nothing said of what for or by what right, or a last day that is over."""
    findings = []
    if not title.strip():
        findings.append(Finding("namelists.no_title", "写明名单任务的名称，如：出租房消防排查。", "title"))
    if not purpose.strip():
        findings.append(
            Finding("namelists.no_purpose", "写明为什么要核实，社工上门时要说得出来。", "purpose")
        )
    if not basis.strip():
        findings.append(
            Finding(
                "namelists.no_basis",
                "写明依据：哪个文件、哪项法定职责要求核实；没有依据的名单不下发。",
                "basis",
            )
        )
    if due_on < today:
        findings.append(Finding("namelists.past", "最后一天已经过了，请选今天或以后。", "due_on"))
    return findings


def why_not_extend(*, due_on: date, until: date, today: date, reason: str) -> list[Finding]:
    """Reasons against another last day (不能延期): no reason, or not later than it was."""
    findings = []
    if until <= due_on or until < today:
        findings.append(Finding("namelists.not_later", "新的最后一天要晚于原来的，也不能早于今天。", "until"))
    if not reason.strip():
        findings.append(Finding("namelists.no_reason", "写明为什么延期，各社区看得到。", "reason"))
    return findings


def why_not_change(*, outcome: str, worked_on: date | None, today: date) -> Finding | None:
    """Why a row cannot be told anew (不能再登记): it needs no work, or ended on an earlier day."""
    if outcome == DROPPED:
        return Finding("namelists.dropped", "这一位不用核实了，去做下一户。")
    if outcome not in OPEN and worked_on is not None and worked_on < today:
        return Finding("namelists.told_before", "这一行前几天已经登记过结果，只有当天能改。")
    return None


def without_numbers(text: str) -> str:
    """What may stand on a list page of a text from a sheet (脱敏): telephone and id numbers and cards are masked."""
    for leak in reversed(find_leaks(text)):
        if leak.kind is not LeakKind.LANDLINE:
            text = f"{text[: leak.start]}{leak.shown}{text[leak.end :]}"
    return text


def standing_deed(deeds: Iterable[Deed]) -> Deed | None:
    """The deed that counts (现行结果): the last one that was not withdrawn; deeds in their order, a withdrawal takes back one."""
    standing: list[Deed] = []
    for deed in deeds:
        if deed.outcome != "undone":
            standing.append(deed)
        elif standing:
            standing.pop()
    return standing[-1] if standing else None
