"""Decisions about duties that need no database."""

from collections.abc import Iterable
from datetime import date

from yimen.kernel.findings import Finding

OPEN = "open"


def why_not_owe(
    *,
    title: str,
    opens_on: date | None,
    due_on: date,
    today: date,
    name: str,
    died_on: date | None,
    unfit: Iterable[str],
) -> list[Finding]:
    """Reasons against a duty (不能立待办): no title or one that tells too much, a day gone by, a window that ends before it
    opens, somebody who died."""
    findings = []
    if not title.strip():
        findings.append(Finding("programmes.no_title", "写明要做什么，如：再上门看看。", "title"))
    if word := next((word for word in unfit if word.upper() in title.upper()), ""):
        sentence = f"标题里有“{word}”。标题会出现在首页和锁屏上，请改成中性的说法，如：回访、再上门看看。"
        findings.append(Finding("programmes.unfit_title", sentence, "title"))
    if due_on < today:
        findings.append(Finding("programmes.past", "到期的日子已经过了，请选今天或以后。", "due_on"))
    if opens_on and opens_on > due_on:
        findings.append(Finding("programmes.window", "开始的日子晚于到期的日子。", "opens_on"))
    if died_on:
        findings.append(Finding("programmes.died", f"{name}已去世，不再立待办。"))
    return findings


def why_not_end(state: str) -> Finding | None:
    """Why a duty cannot be done, excused or put off any more (待办已了结)."""
    return None if state == OPEN else Finding("programmes.ended", "这件待办已经了结，请看最新情况。")


def why_not_put_off(*, due_on: date, to: date, today: date, why: str, most_days: int) -> Finding | None:
    """Why a duty cannot be put off (能否推迟): too late to, not later, too far, or nobody says why."""
    if today > due_on:
        return Finding("programmes.late", "已经过期的不能推迟，请尽快去办，或者写明为什么不用办了。", "to")
    if to <= due_on:
        return Finding("programmes.not_later", "推迟的日子要晚于现在的到期日。", "to")
    if (to - due_on).days > most_days:
        return Finding("programmes.too_far", f"一次最多推迟 {most_days} 天。", "to")
    if not why.strip():
        return Finding("programmes.no_reason", "写明为什么推迟。", "why")
    return None
