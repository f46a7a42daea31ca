"""Close a gathering: who came goes into the ledger, once, and helpers have their hours; a slip opens it again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from yimen.foundations.audit.api import operation, record
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import NotFound
from yimen.work.gatherings.choices import State
from yimen.work.gatherings.engine.holding import (
    CannotHold,
    NoGathering,
    load,
    tie_leader,
    untie_list,
)
from yimen.work.gatherings.engine.kinds import ALL_ATTENDED, ALL_HELD, kind_of
from yimen.work.gatherings.models import Gathering, Helper, SignUp
from yimen.work.gatherings.permissions import HOLD
from yimen.work.gatherings.rules import why_not_close
from yimen.work.ledger.api import (
    About,
    SourceKind,
    about_person,
    late_finding,
    record_entry,
    take_back_source,
)


@operation("gatherings.gathering.closed")
def close_gathering(
    *, by: Actor, at: datetime, gathering: UUID, why: str = "", late_reason: str = ""
) -> Gathering:
    """Close a gathering that took place (办结活动): one entry for it, one for each who signed in, one for the unnamed with
    their number, and each helper who signed in has the minutes it lasted, as an entry too.

    Refuses before it began, and where nobody came and nobody says why; many days later a reason is asked as for any late entry.
    """
    found = load(gathering, by=by)
    came = list(SignUp.objects.filter(gathering=found, signed_in_at__isnull=False).order_by("id"))
    helped = list(
        Helper.objects.filter(gathering=found, left_at__isnull=True, signed_in_at__isnull=False).order_by(
            "id"
        )
    )
    heads = len(came) + found.guests
    findings = [
        why_not_close(starts_at=found.starts_at, at=at, heads=heads, helpers=len(helped), why=why),
        late_finding(happened_on=found.day, today=day_of(at), reason=late_reason)
        if found.day <= day_of(at)
        else None,
    ]
    if finding := next(filter(None, findings), None):
        raise CannotHold(finding.sentence, findings=[finding])
    _enter(found, came, helped, by=by, at=at, late_reason=late_reason)
    found.state, found.heads, found.ended_why = State.HELD, heads, why.strip()[:200]
    found.ended_at, found.ended_by_name = at, by.name[:80]
    found.save()
    untie_list(found, by=by, at=at)
    record(found, kind="gathering", area=found.area, heads=heads, helpers=len(helped))
    return found


@operation("gatherings.gathering.reopened")
def reopen_gathering(*, by: Actor, at: datetime, gathering: UUID, why: str) -> Gathering:
    """It was closed by mistake (重新打开): its entries are taken back, with a reason, and it waits for closing again."""
    found = Gathering.objects.within(by).select_for_update(of=("self",)).filter(public_id=gathering).first()
    if found is None:
        raise NoGathering
    by.must(HOLD, area=found.area)
    if found.state != State.HELD:
        raise CannotHold("只有办结了的活动才能重新打开。")
    if not why.strip():
        raise CannotHold(
            "写明为什么重新打开。", findings=[Finding("gatherings.no_reason", "写明原因。", "why")]
        )
    taken = take_back_source(
        by=by, at=at, source_kind=SourceKind.GATHERING, source=found.public_id, why=why.strip()
    )
    Helper.objects.filter(gathering=found, minutes__isnull=False).update(minutes=None)
    found.state, found.heads, found.ended_at, found.ended_by_name = State.PLANNED, None, None, ""
    found.ended_why = ""
    found.save()
    tie_leader(found, by=by, at=at)
    record(found, kind="gathering", area=found.area, reopened=why.strip(), entries=len(taken))
    return found


def _enter(
    found: Gathering, came: list[SignUp], helped: list[Helper], *, by: Actor, at: datetime, late_reason: str
) -> None:
    kind = kind_of(found.kind, on=found.day)
    told = {
        "by": by,
        "at": at,
        "happened_on": found.day,
        "area": found.area,
        "source_kind": SourceKind.GATHERING,
        "source": found.public_id,
        "late_reason": late_reason,
    }
    # The title of a meeting says who comes to it: it stands on the gathering, not on the file of each.
    record_entry(**told, items=(kind.held_item, ALL_HELD))
    attended, unnamed = (kind.attended_item, ALL_ATTENDED), found.guests
    named: list[tuple[About, dict[str, Any]]] = []
    nameless: list[dict[str, Any]] = []
    for row in came:
        about = _about(row.person, by=by)
        if about is None:
            unnamed += 1
        else:
            named.append((about, {"items": attended}))
    if unnamed:
        nameless.append({"items": attended, "quantity": unnamed})
    for row in helped:
        row.minutes = found.minutes
        row.save(update_fields=["minutes"])
        if kind.service_item:
            service = {"items": (kind.service_item,), "quantity": found.minutes}
            about = _about(row.person, by=by) if row.person else None
            named.append((about, service)) if about else nameless.append(service)
    # Deeds for one person wait for each other. Everybody takes people in one order, so that nobody waits in a ring.
    for about, deed in sorted(named, key=lambda one: one[0].person):
        record_entry(**told, **deed, about=about)
    for deed in nameless:
        record_entry(**told, **deed)


def _about(person: UUID, *, by: Actor) -> About | None:
    """The person as she stands; None when her file went beyond reach since she signed up: she is counted without a name."""
    try:
        return about_person(person, by=by)
    except NotFound:
        return None
