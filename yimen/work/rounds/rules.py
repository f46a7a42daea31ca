"""Decisions about rounds that need no database."""

from datetime import date

from yimen.kernel.findings import Finding
from yimen.standards.masking import LeakKind, find_leaks

RUNNING, RETURNED, REFUSED, DROPPED = "running", "returned", "refused", "dropped"


def why_not_open(
    *,
    title: str,
    why: str,
    opens_on: date,
    closes_on: date,
    today: date,
    found: int,
    wanted: int | None,
    most: int,
) -> list[Finding]:
    """Reasons against a round (不能发起): nothing said of what it is for, days that run backwards, nobody to ask, too many."""
    findings = []
    if not title.strip():
        findings.append(Finding("rounds.no_title", "写明征询的名称，如：群众服务需求调查。", "title"))
    if not why.strip():
        findings.append(Finding("rounds.no_why", "写明为什么问、结果用来做什么；被问的人会看到。", "why"))
    if closes_on < today:
        findings.append(Finding("rounds.past", "结束的日子已经过了，请选今天或以后。", "closes_on"))
    if closes_on < opens_on:
        findings.append(Finding("rounds.window", "结束的日子早于开始的日子。", "closes_on"))
    if not found:
        findings.append(
            Finding("rounds.nobody", "这个范围里没有符合条件的居民，请放宽年龄或换个范围。", "area")
        )
    if wanted and wanted > found:
        sentence = f"这个范围里符合条件的只有 {found}，抽不出 {wanted}。"
        findings.append(Finding("rounds.too_few", sentence, "size"))
    if not wanted and found > most:
        sentence = f"这个范围里有 {found}，一次最多问 {most}，请抽样或缩小范围。"
        findings.append(Finding("rounds.too_many", sentence, "size"))
    if wanted and wanted > most:
        findings.append(Finding("rounds.too_many", f"一次最多问 {most}。", "size"))
    return findings


def why_not_answer(
    *, state: str, standing: str, opens_on: date, closes_on: date, today: date
) -> Finding | None:
    """Why no answer is taken (不能交卷): it was given already, she said no, the round is over or has not begun."""
    if standing == RETURNED:
        return Finding("rounds.returned", "这份已经交过了，不用再交。谢谢！")
    if standing == REFUSED:
        return Finding("rounds.refused", "您说过不参加这次征询，我们不再问了。想参加可以到社区窗口说一声。")
    if standing == DROPPED or state != RUNNING or today > closes_on:
        return Finding("rounds.over", "这次征询已经结束，不再收了。")
    if today < opens_on:
        return Finding("rounds.not_yet", f"{opens_on.month} 月 {opens_on.day} 日才开始，请到时再填。")
    return None


def share(part: int, whole: int) -> str:
    """A share in percent with one decimal (占比): 37.5%; a dash of nothing."""
    return f"{part * 100 / whole:.1f}%" if whole else "—"


def without_numbers(text: str) -> str:
    """Free words as a result shows them (脱敏): telephone and id numbers and cards are masked."""
    for leak in reversed(find_leaks(text)):
        if leak.kind is not LeakKind.LANDLINE:
            text = f"{text[: leak.start]}{leak.shown}{text[leak.end :]}"
    return text
