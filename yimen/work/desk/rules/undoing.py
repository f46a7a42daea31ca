"""May a slip be undone? (撤销) Only at once, by who made it, and while nothing rests on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yimen.kernel.findings import Finding

# What may have happened to a case that was taken in by mistake, before anybody else has worked on it.
_TAKEN_IN = frozenset({"received", "notice", "accepted", "papers", "urged", "arises"})


@dataclass(frozen=True)
class Slip:
    """What is known of the deed that is to be undone: on which day, by whom, and whether a rating rests on it."""

    on: date
    by: str
    rated: bool = False


def why_not_undo(slip: Slip, *, by: str, today: date, what: str) -> Finding | None:
    """A slip is undone on its own day by who made it; later, or by others, it takes the ordinary ways."""
    if slip.by != by:
        return Finding("desk.not_your_slip", f"这是同事{what}的，请本人撤销，或按正常程序处理。")
    if slip.on != today:
        return Finding("desk.slip_of_another_day", "只有当天点错的可以撤销；隔了天的，请按正常程序处理。")
    if slip.rated:
        return Finding("desk.slip_was_rated", "居民已经评价过这次办理，不能撤销。")
    return None


def why_not_void(slip: Slip, *, steps: Iterable[str], by: str, today: date) -> Finding | None:
    """A case taken in by mistake is voided before anybody else has worked on it (误收作废)."""
    if set(steps) - _TAKEN_IN:
        return Finding("desk.worked_on", "这件事已经往下办了，不能作废；申请人不办了，请用“申请人撤回”。")
    return why_not_undo(slip, by=by, today=today, what="收")
