"""The writers of priority marks: note one, take it back, let it end with its person."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from yimen.foundations.audit.api import operation, record, record_batch, unchanged
from yimen.foundations.definitions.api import find_current
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.registers.consents import api as consents
from yimen.registers.people import api as people
from yimen.services.priority.choices import Source
from yimen.services.priority.engine.grounds import GROUND
from yimen.services.priority.models import PriorityMark
from yimen.services.priority.permissions import KEEP
from yimen.services.priority.queries import SERVED_FIRST, get_mark
from yimen.services.priority.rules import DAY, already_marked, term_of


class CannotMark(NotPossible):
    code = "priority.cannot_mark"


@operation("priority.mark.noted")
def mark_person(
    *,
    by: Actor,
    at: datetime,
    person: UUID,
    ground: str,
    source: str,
    paper_until: date | None = None,
    last_on: date | None = None,
) -> PriorityMark:
    """Serve her first from today (登记优先标记), because she asked, showed a paper or agreed; it ends by itself.

    Refuses a ground that is not in force, a source that it does not allow, a paper that is over, a longer time than it
    allows, the same mark twice, and a child under fourteen who was asked without her guardian. Her consent is noted with it. No
    number and no copy of a paper is kept.
    """
    stamp = people.person_stamp(person, by=by)
    by.must(KEEP, area=stamp.area)
    on = day_of(at)
    if stamp.died_on:
        raise CannotMark(f"{stamp.name}已登记死亡。")
    known = find_current(GROUND, ground, on=on)
    if known is None:
        raise CannotMark("请选择一个事由。")
    term = term_of(
        sources=known.body.sources,
        months=known.body.months,
        source=source,
        since=on,
        paper_until=paper_until,
        last_on=last_on,
    )
    if term.last_on is None:
        raise CannotMark(term.findings[0].sentence, findings=list(term.findings))
    ids = people.person_ids(stamp.public_id, by=by)
    held = (
        PriorityMark.objects.within(by).select_for_update(of=("self",)).filter(person__in=ids, ground=ground)
    )
    now_held = list(held.on(on))
    renewed = source == Source.CONSENT and _agreed(stamp.public_id, ids, by=by, at=at)
    if renewed and (again := next((one for one in now_held if one.source == Source.CONSENT), None)):
        # It was there and held no more, because new words asked everybody anew.
        return again
    if finding := already_marked(last_days=[one.last_on for one in now_held], on=on):
        raise CannotMark(finding.sentence, findings=[finding])
    # Two windows at once: the second finds the mark of the first.
    mark, made = PriorityMark.objects.get_or_create(
        person=stamp.public_id,
        ground=ground,
        since=on,
        defaults={
            "area": stamp.area,
            "source": source,
            "paper_until": paper_until if source == "certificate" else None,
            "until": term.last_on + DAY,
            "recorded_at": at,
            "recorded_by": by.key,
            "recorded_by_name": by.name,
        },
    )
    if made:
        record(mark, kind="priority_mark", area=mark.area, source=source)
    else:
        unchanged()
    return mark


def _agreed(person: UUID, ids: list[UUID], *, by: Actor, at: datetime) -> bool:
    """She was asked and agreed: the consent is noted unless it stands; answers whether it had to be."""
    if consents.standing(ids, SERVED_FIRST, on=day_of(at), by=by):
        return False
    consents.give_consent(
        by=by,
        at=at,
        person=person,
        purpose=SERVED_FIRST,
        proof=consents.Proof.AT_WINDOW,
        proof_note=f"登记优先标记时{by.name}询问",
    )
    return True


@operation("priority.marks.let_go", inner=True)
def let_marks_go(*, by: Actor, at: datetime, people: Sequence[UUID]) -> None:
    """She took the consent back on which marks rest (撤回同意): they are deleted at once, those by wish or paper stay."""
    rows = PriorityMark.objects.within(by).select_for_update(of=("self",))
    for mark in rows.filter(person__in=people, source=Source.CONSENT):
        record(mark, kind="priority_mark", area=mark.area, person=str(mark.person))
        mark.delete()


@operation("priority.mark.withdrawn")
def withdraw_mark(*, by: Actor, at: datetime, mark: UUID) -> None:
    """Delete a mark because she asks, or because it was a mistake (撤回优先标记); no reason is asked."""
    found = get_mark(mark, by=by, lock=True)
    by.must(KEEP, area=found.area)
    record(found, kind="priority_mark", area=found.area, person=str(found.person))
    found.delete()


@operation("priority.marks.ended_by_death")
def end_marks_of(*, by: Actor, at: datetime, person: UUID) -> int:
    """The marks of a resident who died end (因去世终止优先标记); answers how many."""
    on = day_of(at)
    ids = people.person_ids(person, by=by)
    rows = PriorityMark.objects.within(by).select_for_update(of=("self",)).filter(person__in=ids).ahead(on)
    # Told of it again, what the first telling ended keeps the day on which it would have ended.
    ended = list(rows.filter(until_before_death__isnull=True))
    for mark in ended:
        by.must(KEEP, area=mark.area)
        # One of today held today; it cannot have held for no day.
        mark.until_before_death, mark.until = mark.until, max(on, mark.since + DAY)
        mark.save(update_fields=["until", "until_before_death"])
    if not ended:
        unchanged()
        return 0
    record_batch([{"mark": str(mark.public_id)} for mark in ended], kind="priority_mark", area=ended[0].area)
    return len(ended)


@operation("priority.marks.resumed")
def resume_marks_of(*, by: Actor, at: datetime, person: UUID) -> int:
    """A death had been noted in error: the marks it ended hold until their day again (撤销死亡登记); answers how many."""
    ids = people.person_ids(person, by=by)
    rows = PriorityMark.objects.within(by).select_for_update(of=("self",)).filter(person__in=ids)
    ended = list(rows.filter(until_before_death__isnull=False))
    for mark in ended:
        by.must(KEEP, area=mark.area)
        mark.until, mark.until_before_death = mark.until_before_death, None
        mark.save(update_fields=["until", "until_before_death"])
    if not ended:
        unchanged()
        return 0
    record_batch([{"mark": str(mark.public_id)} for mark in ended], kind="priority_mark", area=ended[0].area)
    return len(ended)


@operation("priority.person.merged", inner=True)
def settle_marks(*, by: Actor, at: datetime, keep: UUID, alias: UUID) -> dict[str, Any]:
    """She has one file (并档): what holds goes over to it; answers which marks went."""
    on = day_of(at)
    rows = PriorityMark.objects.within(by).select_for_update(of=("self",)).filter(person__in=[keep, alias])
    marks = list(rows)
    held = {mark.ground for mark in marks if mark.person == keep and mark.until > on}
    days = {(mark.ground, mark.since) for mark in marks if mark.person == keep}
    goes = [
        mark
        for mark in marks
        if mark.person == alias
        and mark.until > on
        and mark.ground not in held
        and (mark.ground, mark.since) not in days
    ]
    PriorityMark.objects.within(by).filter(id__in=[mark.id for mark in goes]).update(person=keep)
    return {"marks": [mark.id for mark in goes], "alias": str(alias)}


@operation("priority.merge.undone", inner=True)
def restore_marks(*, by: Actor, at: datetime, state: Mapping[str, Any]) -> None:
    """They were two people (撤销并档): the marks that went over go back."""
    rows = PriorityMark.objects.within(by).filter(id__in=state.get("marks", ()))
    rows.update(person=UUID(state["alias"]))
