"""The trail as the auditor reads it: who did what where, and what stands under which seal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from yimen.doors.office.choices import (
    OPEN_SUBJECTS,
    VALUES,
    actor_words,
    detail_words,
    subject_words,
    verb_words,
    verbs_called,
    works,
)
from yimen.doors.office.permissions import VIEW_TRAIL_DETAIL
from yimen.foundations.access import api as access
from yimen.foundations.access.ports import roles
from yimen.foundations.audit import api as audit
from yimen.foundations.bus import api as bus
from yimen.kernel.actor import Actor
from yimen.kernel.areas import is_area_code
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotFound
from yimen.registers.people import api as people
from yimen.registers.places.api import area_name, find_area
from yimen.standards.masking import mask_name

VERIFY_JOB = "office.verify_trail"
VERIFIED = "office.trail.verified"
OUTCOMES = 10


@dataclass(frozen=True)
class TrailLine:
    """One row of the trail in words (留痕)."""

    deed: UUID
    at: datetime
    written_at: datetime
    who: str
    for_whom: str
    verb: str
    step: str
    subject: str
    subject_name: str
    place: str

    @property
    def late(self) -> bool:
        """Told of another day than it was written on (补录)."""
        return day_of(self.at) != day_of(self.written_at)


@dataclass(frozen=True)
class DeedRow:
    line: TrailLine
    seal: Any
    details: tuple[tuple[str, str], ...] | None
    erased: bool


@dataclass(frozen=True)
class DeedFile:
    """One deed with all its rows (一次操作)."""

    deed: UUID
    line: TrailLine
    rows: tuple[DeedRow, ...]
    closed: int
    why_not_open: str


@dataclass(frozen=True)
class LookLine:
    """Who looked at which file, when, why (查阅)."""

    at: datetime
    who: str
    whose: str
    number: str
    place: str
    why: str


@dataclass(frozen=True)
class Outcome:
    """How a verification ended (核验结果)."""

    at: datetime
    who: str
    facts: dict[str, Any]

    @property
    def holds(self) -> bool:
        return not self.facts.get("faults")


@dataclass(frozen=True)
class SealsPage:
    """How far the seals reach, whether a verification is under way, and how the last ones ended."""

    state: audit.SealState
    running: bool
    failed: bool
    outcomes: tuple[Outcome, ...]


def trail_lines(rows: Sequence[Any]) -> list[TrailLine]:
    """Rows in words; one query for all names."""
    keys = {key for row in rows for key in (row.actor, row.on_behalf_of, _account_of(row)) if key}
    names = {key: actor_words(key, name) for key, name in access.names_of(keys).items()}
    return [_line(row, names) for row in rows]


def by_actor(rows: Any, words: str, *, by: Actor) -> Any:
    """Rows of the actors whose name or login name holds these words."""
    return rows.filter(actor__in=[*_keys_called(words, by=by), f"system:{words}"])


def by_deputies_of(rows: Any, words: str, *, by: Actor) -> Any:
    """What colleagues did in the place of somebody whose name or login name holds these words (代谁办)."""
    return rows.filter(on_behalf_of__in=_keys_called(words, by=by), actor__startswith="account:")


def _keys_called(words: str, *, by: Actor) -> list[str]:
    found = access.accounts(by=by).filter(name__contains=words)
    named = access.accounts(by=by).filter(username__startswith=words.lower())
    return [one.key for one in (*found[:200], *named[:200])]


def by_verb(rows: Any, words: str) -> Any:
    return rows.filter(verb__in=verbs_called(words))


def work_choices(*, by: Actor) -> list[tuple[str, str]]:
    return sorted(works().items(), key=lambda work: work[1])


def deed_file(deed: UUID, *, by: Actor, opened: bool = False) -> DeedFile:
    """One deed, all its rows, and the details that ``by`` may read: those about residents only once ``opened``."""
    rows = list(audit.audited_trail(by=by).filter(deed=deed).order_by("id"))
    if not rows:
        raise NotFound()
    lines = trail_lines(rows)
    seals = audit.seals_of(rows)
    readable = [row for row in rows if opened or row.subject_kind in OPEN_SUBJECTS]
    bodies = audit.details_of(readable, by=by)
    titles = {key: role.title for key, role in roles(on=day_of(rows[0].at)).items()}
    shown = {row.id for row in readable}
    closed = len(rows) - len(readable)
    allowed = all(by.can(VIEW_TRAIL_DETAIL, area=row.area) for row in rows if row.id not in shown)
    return DeedFile(
        deed=deed,
        line=lines[0],
        rows=tuple(
            DeedRow(
                line,
                seals.get(row.id),
                _details(bodies.get(row.id, {}), titles) if row.id in shown else None,
                erased=row.id in shown and row.id not in bodies,
            )
            for row, line in zip(rows, lines, strict=True)
        ),
        closed=closed,
        why_not_open="" if allowed else "您能看到办了什么事，看不到居民的具体情况；需要时由专项审计员查看",
    )


def look_lines(looks: Sequence[Any], *, by: Actor) -> list[LookLine]:
    """Looks in words, the resident's name masked: the auditor sees that, not what."""
    cards = people.person_cards({look.subject for look in looks}, by=by)
    return [
        LookLine(
            at=look.at,
            who=look.actor_name,
            whose=mask_name(cards[look.subject].name) if look.subject in cards else "（已并入其他档案）",
            number=cards[look.subject].number if look.subject in cards else "",
            place=area_name(look.area) if look.area else "",
            why=look.why,
        )
        for look in looks
    ]


def seals_page(*, by: Actor) -> SealsPage:
    """The seals, a verification that is under way, and how the last ones ended."""
    rows = list(audit.audited_trail(by=by).filter(verb=VERIFIED)[:OUTCOMES])
    bodies = audit.details_of(rows, by=by)
    told = access.names_of({row.on_behalf_of or row.actor for row in rows})
    names = {key: actor_words(key, name) for key, name in told.items()}
    states = set(
        bus.jobs(bus.WAITING, bus.RUNNING, bus.FAILED)
        .filter(task_name=VERIFY_JOB)
        .values_list("status", flat=True)
    )
    return SealsPage(
        state=audit.seal_state(),
        running=bool(states & {bus.WAITING, bus.RUNNING}),
        failed=bus.FAILED in states,
        outcomes=tuple(
            Outcome(row.at, names[row.on_behalf_of or row.actor], bodies.get(row.id, {})) for row in rows
        ),
    )


def _line(row: Any, names: dict[str, str]) -> TrailLine:
    return TrailLine(
        deed=row.deed,
        at=row.at,
        written_at=audit.written_at(row),
        who=names.get(row.actor, ""),
        for_whom=names.get(row.on_behalf_of, ""),
        verb=verb_words(row.verb),
        step=verb_words(row.inner_verb) if row.inner_verb and row.inner_verb != row.verb else "",
        subject=subject_words(row.subject_kind),
        subject_name=names.get(_account_of(row), ""),
        place=area_name(row.area) if row.area else "全域",
    )


def _account_of(row: Any) -> str:
    """The actor key of the account a row is about: staff are named, residents are not."""
    return f"account:{row.subject}" if row.subject_kind == "account" and row.subject else ""


def _details(body: dict[str, Any], titles: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((detail_words(name), _said(value, titles)) for name, value in body.items())


def _said(value: Any, titles: dict[str, str]) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if value in (None, "", [], {}):
        return "无"
    if isinstance(value, list):
        return "、".join(_said(one, titles) for one in value)
    if isinstance(value, dict):
        return "，".join(f"{detail_words(name)} {_said(one, titles)}" for name, one in value.items())
    said = str(value)
    area = find_area(said) if is_area_code(said) else None
    return area.name if area else titles.get(said) or VALUES.get(said, said)
