"""Decisions of family-doctor contracting (家庭医生签约) that need no database."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from yimen.kernel.findings import Finding


@dataclass(frozen=True)
class Term:
    """One contract as far as rules ask: with which team, from and until (the first day it no longer holds)."""

    team: str
    since: date
    until: date

    @property
    def last_on(self) -> date:
        """The last day it holds."""
        return self.until - timedelta(days=1)


def year_after(since: date) -> date:
    """The day on which an agreement of one year no longer holds (协议期满)."""
    day = 28 if (since.month, since.day) == (2, 29) else since.day
    return date(since.year + 1, since.month, day)


def already_signed(terms: Iterable[Term], *, on: date) -> list[Finding]:
    """A word at acceptance to who has a contract: it stops nothing, renewal and change are hers to choose."""
    return [
        Finding(
            "health.already_signed",
            f"已与{term.team}签约到 {term.last_on}；续签从第二天起，换团队要先结束原来的协议",
            "package",
            "warn",
        )
        for term in terms
        if term.until > on
    ]


def why_not_sign(
    *, package: str, packages: Collection[str], since: date, on: date, terms: Iterable[Term]
) -> Finding | None:
    """Why a contract cannot be signed (能否签约): a package not on offer, a day gone by, or another contract in that year."""
    if package not in packages:
        return Finding("health.no_such_package", "这个服务包现在不提供，请重新选择。", "package")
    if since < on:
        return Finding("health.past", "协议从今天或以后开始，不能倒签。", "since")
    until = year_after(since)
    for term in terms:
        if since < term.until and term.since < until:
            said = f"与{term.team}的协议到 {term.last_on}，续签请从第二天起；换团队请先结束原协议。"
            return Finding("health.overlap", said, "since")
    return None


def why_not_offer(*, passed_in: Collection[int], terms: Iterable[Term], on: date) -> Finding | None:
    """Why nobody shall offer her a contract now (能否动员签约): she has one, or said no this year."""
    if any(term.since <= on < term.until for term in terms):
        return Finding("health.has_contract", "已经签约，不用再问。")
    if on.year in passed_in:
        return Finding("health.said_no", f"今年说过不签，{on.year + 1}年以前不再问；她自己来签随时可以。")
    return None
