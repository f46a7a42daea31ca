"""Decisions about directives that need no database."""

from datetime import date

from yimen.kernel.findings import Finding

OPEN, ANSWERED = "open", "answered"
# Which deed is possible in which standing, and what it leads to.
TABLE = {
    "answered": ({OPEN}, ANSWERED),
    "returned": ({ANSWERED}, OPEN),
    "put_off": ({OPEN, ANSWERED}, None),
    "closed": ({OPEN, ANSWERED}, "closed"),
    "withdrawn": ({OPEN, ANSWERED}, "withdrawn"),
}
WHY_NOT = {
    "answered": "已经答复过，等交办人确认。",
    "returned": "还没有答复，没有什么可退回。",
}
OVER = "这件督办已经了结。"


def why_not_deed(deed: str, *, standing: str) -> Finding | None:
    """Why a deed is not possible now (不能办的理由); None when it is."""
    possible, _ = TABLE[deed]
    if standing in possible:
        return None
    over = standing not in (OPEN, ANSWERED)
    return Finding(f"directives.not_{deed}", OVER if over else WHY_NOT[deed])


def standing_after(deed: str, *, standing: str) -> str:
    """How far it is after a deed (办理情况)."""
    return TABLE[deed][1] or standing


def why_not_day(due_on: date, *, today: date, first: date | None = None) -> Finding | None:
    """Why it cannot be wanted by a day (期限不行): a day that has passed, or one before the day that was wanted first."""
    if due_on < today:
        return Finding("directives.day_passed", "期限不能早于今天。", "due_on")
    if first is not None and due_on < first:
        return Finding("directives.day_earlier", "改期只能往后，不能早于原定期限。", "due_on")
    return None


def plain_address(about: str) -> str:
    """An address within the house as it may be kept (站内地址): "" for anything that leads elsewhere."""
    inside = about.startswith("/") and not about.startswith("//") and "\\" not in about
    return about if inside and len(about) <= 300 and about.isprintable() else ""
