"""May this page be taken? (收材料的规则)"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from yimen.kernel.findings import Finding

MOST_PAGES = 50  # of one paper; what documents binds into one PDF
MOST_BYTES = 25 * 1024 * 1024


def why_not_copy(*, keep: str, title: str) -> Finding | None:
    """A paper of which the law needs no copy is looked at and handed back (只核原件，不留复印件)."""
    if keep != "copy":
        return Finding("desk.no_copy_needed", f"《{title}》只核对原件，不留复印件，不用拍照。")
    return None


def why_not_more(*, title: str, have: int, size: int) -> Finding | None:
    """Why no further page of this paper is taken: it has as many as fit into one PDF."""
    if have >= MOST_PAGES:
        return Finding(
            "desk.too_many_pages", f"《{title}》已有 {have} 页，一份最多 {MOST_PAGES} 页；先移除不要的。"
        )
    if size >= MOST_BYTES:
        return Finding("desk.too_large", f"《{title}》加起来太大了；请降低扫描精度，或移除几页。")
    return None


def why_not_phone(*, now: datetime, until: datetime, ended: bool, taken: int, tried: int, most: int) -> str:
    """Why a phone may send nothing more, in one word: ``over`` (time or revoked), ``full``; "" when it may."""
    if ended or now >= until:
        return "over"
    # What is refused counts too: nobody shall try files for ten minutes.
    return "full" if taken >= most or tried >= most * 2 else ""


def may_reuse(*, handed_on: date, days: int, today: date) -> bool:
    """Was it handed in recently enough to be used again (有效期内)?"""
    return days > 0 and today <= handed_on + timedelta(days=days)


def state_with_pages(state: str, *, came: Iterable[str]) -> str:
    """What we have of a paper whose pages lie in the tray: seen or copied as the clerk said; else it is here now."""
    if state in ("seen", "copied"):
        return state
    return "on_file" if set(came) == {"on_file"} else "copied"
