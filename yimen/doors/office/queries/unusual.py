"""What stood out in reading, as the auditor reads it: who, how much, and which looks say so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from yimen.doors.office.queries.trail import LookLine, TrailLine, look_lines, trail_lines
from yimen.foundations.access import api as access
from yimen.foundations.audit import api as audit
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound
from yimen.registers.places.api import area_name

SHOWN = 30
TONES = {
    audit.ReadingState.OPEN: "warn",
    audit.ReadingState.EXPLAINED: "good",
    audit.ReadingState.FOLLOWED_UP: "late",
}


@dataclass(frozen=True)
class AlertLine:
    """One alert in words (异常查阅提醒)."""

    public_id: UUID
    on: date
    who: str
    title: str
    count: str
    usual: str
    place: str
    state: str
    tone: str
    answered: str


@dataclass(frozen=True)
class AlertFile:
    """One alert with the looks or the exports behind it, and why one cannot answer it."""

    line: AlertLine
    row: Any
    looks: tuple[LookLine, ...]
    exports: tuple[TrailLine, ...]
    more: int
    elsewhere: int
    all_query: str
    why_not_answer: str


def areas_of(keys: Iterable[str], *, by: Actor) -> dict[str, str]:
    """Where the accounts behind these actor keys are looked after (管理区域); one query."""
    numbers = [UUID(key.removeprefix("account:")) for key in keys]
    found = access.accounts(by=by).filter(public_id__in=numbers)
    return {one.key: one.area for one in found}


def alert_lines(rows: Sequence[Any]) -> list[AlertLine]:
    """Alerts in words; one query for all names."""
    names = access.names_of({row.actor for row in rows})
    return [_line(row, names[row.actor]) for row in rows]


def alert_file(found: UUID, *, by: Actor) -> AlertFile:
    """One alert of the areas in which ``by`` audits; what lies in other areas is only counted."""
    row = audit.audited_unusual(by=by).filter(public_id=found).first()
    if row is None:
        raise NotFound()
    source = audit.audited_trail(by=by) if row.exports else audit.audited_looks(by=by)
    seen = source.filter(id__in=row.rows)
    line = alert_lines([row])[0]
    shown, total = list(seen[:SHOWN]), seen.count()
    return AlertFile(
        line=line,
        row=row,
        looks=() if row.exports else tuple(look_lines(shown, by=by)),
        exports=tuple(trail_lines(shown)) if row.exports else (),
        more=total - len(shown),
        elsewhere=len(row.rows) - total,
        all_query=urlencode({"who": line.who, "at_from": row.on, "at_to": row.on}),
        why_not_answer="不能处理自己的查阅提醒，请由另一位审计员处理。" if row.actor == by.key else "",
    )


def _line(row: Any, name: str) -> AlertLine:
    unit = "行" if row.exports else "份"
    return AlertLine(
        public_id=row.public_id,
        on=row.on,
        who=name,
        title=row.title,
        count=f"{row.count} {unit}",
        usual=f"{row.usual.normalize():f} {unit}" if row.usual else "没有记录",
        place=area_name(row.area) if row.area else "全域",
        state=row.get_state_display(),
        tone=TONES[row.state],
        answered=row.answered_by_name,
    )
