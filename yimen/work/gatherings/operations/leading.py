"""Whoever leads a gathering says whether she comes; she is reminded, and whoever planned it is told."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.messages.api import tell_account
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import NotAllowed
from yimen.work.gatherings.choices import Answer
from yimen.work.gatherings.engine.holding import CannotHold, in_words, load_own
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
    _tell_planner(found, by=by, at=at)
    return found


@operation("gatherings.leaders.reminded")
def remind_leaders(*, by: Actor, at: datetime) -> int:
    """A week before, ask whoever leads a gathering and said nothing yet (提前一周对接); once for each date."""
    told = 0
    for found in needs_a_look(by=by, at=at).filter(
        answer=Answer.OPEN, led_by__isnull=False, reminded_on__isnull=True
    ):
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


def _tell_planner(found: Gathering, *, by: Actor, at: datetime) -> None:
    """Whoever planned it is told what the one who leads it said (告知安排人)."""
    kind, _, account = found.planned_by.partition(":")
    if kind != "account":
        return
    comes = found.answer == Answer.YES
    tell_account(
        by=by,
        at=at,
        account=UUID(account),
        title=f"{found.led_by_name}{'能来' if comes else '来不了'}：{found.title}",
        text=in_words(found) + ("" if comes else f"{found.answer_note}。请换人或改期。"),
        link=reverse("gatherings:gathering", args=[found.public_id]),
        area=found.area,
    )
