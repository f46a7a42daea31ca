"""Whoever leads a gathering says whether she comes; she is reminded, and whoever planned it is told."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.bus.api import announce
from yimen.foundations.messages.api import tell_account
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import NotAllowed
from yimen.work.gatherings.choices import Answer
from yimen.work.gatherings.engine.holding import CannotHold, in_words, load_own
from yimen.work.gatherings.events import LeadingAnswered
from yimen.work.gatherings.models import Gathering
from yimen.work.gatherings.permissions import HOLD, OWN
from yimen.work.gatherings.queries import needs_a_look


@operation("gatherings.leading.answered")
def answer_leading(*, by: Actor, at: datetime, gathering: UUID, comes: bool, note: str = "") -> Gathering:
    """Say whether one comes to lead it (讲师确认); 来不了 with a word, so that somebody else is found. Only who leads it."""
    found = load_own(gathering, by=by)
    if found.led_by != by.account:
        raise NotAllowed(permission=OWN, area=found.area)
    if not comes and not note.strip():
        said = "写一句来不了的原因，或者可以改到哪天。"
        raise CannotHold(said, findings=[Finding("gatherings.no_reason", said, "note")])
    answer = Answer.YES if comes else Answer.NO
    if found.answer == answer and found.answer_note == note.strip()[:200]:
        unchanged()
        return found
    found.answer, found.answer_note, found.answered_at = answer, note.strip()[:200], at
    found.save(update_fields=["answer", "answer_note", "answered_at"])
    record(found, kind="gathering", area=found.area, answer=str(answer))
    # Whoever leads it reaches nothing of the area: the message to the planner is written by a hand that does.
    announce(LeadingAnswered(subject=found.public_id, area=found.area, comes=comes))
    return found


@operation("gatherings.planner.told")
def tell_planner(*, by: Actor, at: datetime, gathering: UUID) -> None:
    """Tell whoever planned it what the one who leads it said (告知安排人)."""
    found = Gathering.objects.within(by).filter(public_id=gathering).first()
    kind, _, account = found.planned_by.partition(":") if found else ("", "", "")
    if kind != "account" or found.answer == Answer.OPEN:
        unchanged()
        return
    by.must(HOLD, area=found.area)
    said = "能来" if found.answer == Answer.YES else "来不了，请换人或改期"
    tell_account(
        by=by,
        at=at,
        account=UUID(account),
        title=f"{found.led_by_name}{said}：{found.title}",
        text=in_words(found) + found.answer_note,
        link=reverse("gatherings:gathering", args=[found.public_id]),
        area=found.area,
    )
    record(found, kind="gathering", area=found.area, told=account)


@operation("gatherings.leaders.reminded")
def remind_leaders(*, by: Actor, at: datetime) -> int:
    """A week before, ask whoever leads a gathering and said nothing yet (提前一周对接); once for each date."""
    told = 0
    for found in needs_a_look(by=by, at=at).filter(answer=Answer.OPEN, reminded_on__isnull=True):
        by.must(HOLD, area=found.area)
        tell_account(
            by=by,
            at=at,
            account=found.led_by,
            title=f"请确认能不能来：{found.title}",
            text=in_words(found),
            link=reverse("gatherings:mine", args=[found.public_id]),
            area=found.area,
        )
        found.reminded_on = day_of(at)
        found.save(update_fields=["reminded_on"])
        record(found, kind="gathering", area=found.area, reminded=True)
        told += 1
    if not told:
        unchanged()
    return told
