"""Decisions about street issues that need no database (街面问题规则)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from yimen.kernel.findings import Finding

NEAR_IN_TIME = timedelta(days=1)
SHOWN = 3


@dataclass(frozen=True)
class Reported:
    """An issue of the same kind and community that is still open (已报未结), as far as a rule must know it."""

    place: str
    seen_on: date


def to_mind(
    *,
    handler: str = "",
    at_once: str = "",
    caution: str = "",
    danger: bool = False,
    seen_on: date | None = None,
    others: Iterable[Reported] = (),
) -> list[Finding]:
    """What whoever takes a report must know (上报提醒): danger first, what not to write down, who handles it, reported before.

    It only warns: nobody who reports is turned away. The same place is judged by people; a day apart counts as the same.
    """
    findings = []
    if danger and at_once:
        findings.append(_warn("at_once", at_once))
    if caution:
        findings.append(_warn("caution", caution))
    near = [one for one in others if seen_on and abs(one.seen_on - seen_on) <= NEAR_IN_TIME]
    if near:
        places = "、".join(dict.fromkeys(one.place for one in near[:SHOWN]))
        findings.append(
            _warn("reported_before", f"本社区这两天已有人报过同类问题：{places}，请核对是不是同一处")
        )
    if handler:
        findings.append(_warn("handler", f"通常由{handler}处置"))
    return findings


def _warn(name: str, sentence: str) -> Finding:
    return Finding(f"grid.{name}", sentence, severity="warn")
