"""Open a file in an emergency, and say afterwards whether it was one (紧急查阅、复核)."""

from datetime import datetime, time, timedelta
from uuid import UUID

from yimen.foundations.access.api import TieKind, moments_of, tie
from yimen.foundations.audit.api import operation, record, record_look
from yimen.kernel.actor import Actor
from yimen.kernel.areas import street_of
from yimen.kernel.clock import STREET_TIME, day_of
from yimen.kernel.faults import Fault
from yimen.kernel.ids import uuid7
from yimen.kernel.refusals import NotAllowed, NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.people.choices import ReviewState
from yimen.registers.people.engine.asking import (
    GLASS_OPENED,
    LOOKED_UP,
    ask_seldom,
    one_question_at_a_time,
)
from yimen.registers.people.engine.bearers import bearers_of
from yimen.registers.people.engine.emergency_access import emergency_access
from yimen.registers.people.engine.hashes import number_hashes
from yimen.registers.people.models import EmergencyLook
from yimen.registers.people.permissions import BREAK_GLASS, FIND, REVIEW_GLASS, VIEW_FILE
from yimen.registers.people.queries.emergencies import emergency_looks, get_emergency, special_cards
from yimen.registers.people.queries.persons import get_person
from yimen.registers.people.rules.emergencies import why_not_break, why_not_review
from yimen.standards.citizen_id import parse_citizen_id

REASON = "紧急查阅"


class CannotBreak(NotPossible):
    code = "people.cannot_break_glass"
    sentence = "{why}"


class CannotReview(NotPossible):
    code = "people.cannot_review"
    sentence = "{why}"


@operation(GLASS_OPENED)
def break_glass(*, by: Actor, at: datetime, id_number: str, kind: str, words: str) -> EmergencyLook | None:
    """Open the file of a resident of one's street that lies beyond one's areas, for some minutes, in an emergency (紧急查阅).

    She is found by her complete id number. A tie of those minutes lets the database show her rows; it ends by itself.

    None when nobody of one's street bears the number, whether it is known elsewhere or nowhere: so a number cannot be tried out.
    Who tries counts as for `person_card_minimal` and stays on record, so the caller does not refuse; too many within the
    hour are refused (`TooManyLookups`).
    """
    if not by.account or not by.can_somewhere(BREAK_GLASS) or not by.can_somewhere(FIND):
        raise NotAllowed(permission=BREAK_GLASS, area=by.home)
    read = parse_citizen_id(id_number, today=day_of(at))
    if isinstance(read, Fault):
        raise CannotBreak(why=read.sentence + "。")
    # Whatever is wrong with the question is said before anybody is looked for.
    title, told, until_at = _judged(by=by, at=at, kind=kind, words=words)
    ask_seldom(GLASS_OPENED, LOOKED_UP, by=by, at=at)
    bearer = next(iter(bearers_of(number_hashes(read.number))), None)
    if bearer is None or bearer.street not in {street_of(area) for area in by.areas_for(BREAK_GLASS)}:
        # Her street reads that somebody asked; one who is nowhere has none.
        record(bearer, kind="person", area=bearer.street if bearer else by.home, found=bearer is not None)
        if bearer:
            why = f"{REASON}（{title}），未打开：{told}"[:200]
            record_look(by=by, at=at, subject=bearer.public_id, area=bearer.street, why=why)
        return None
    tie(
        by=by,
        at=at,
        account=by.account,
        kind=TieKind.PERSON,
        subject=bearer.public_id,
        reason=f"{REASON}：{title}",
        until_at=until_at,
    )
    found = get_person(bearer.public_id, by=by, permission=VIEW_FILE)
    return _noted(
        found.public_id, found.area, "", title, told, until_at, by=by, at=at, kind=kind, what="范围外的档案"
    )


@operation("people.glass.card_opened")
def break_glass_card(
    *, by: Actor, at: datetime, person: UUID, card: str, kind: str, words: str
) -> EmergencyLook:
    """Open one card of special data on a file one sees, for some minutes, in an emergency (紧急查阅特殊信息)."""
    if not by.account:
        raise NotAllowed(permission=BREAK_GLASS, area=by.home)
    found = get_person(person, by=by, permission=VIEW_FILE)
    plug = next((one for one in special_cards(by=by, area=found.area) if one.key == card), None)
    if plug is None:
        raise NotAllowed(permission=BREAK_GLASS, area=found.area)
    title, told, until_at = _judged(by=by, at=at, kind=kind, words=words)
    return _noted(
        found.public_id, found.area, card, title, told, until_at, by=by, at=at, kind=kind, what=plug.title
    )


@operation("people.glass.reviewed")
def review_emergency(*, by: Actor, at: datetime, look: UUID, state: str, words: str) -> EmergencyLook:
    """Say whether an emergency look was one (复核紧急查阅): once, in words, and nobody her own."""
    seen = get_emergency(look, by=by)
    by.must(REVIEW_GLASS, area=seen.area)
    row = emergency_looks(by=by).select_for_update(of=("self",)).get(pk=seen.pk)
    told = clean_line(words)[:300]
    why = why_not_review(
        own=row.looked_by == by.key,
        answered_by=row.answered_by_name,
        known_state=state in set(ReviewState.values) - {ReviewState.OPEN},
        words=told,
    )
    if why:
        raise CannotReview(why=why)
    row.state, row.answer = ReviewState(state), told
    row.answered_by, row.answered_by_name, row.answered_at = by.key, by.name, at
    row.save(update_fields=["state", "answer", "answered_by", "answered_by_name", "answered_at"])
    record(row, kind="emergency_look", area=row.area, state=str(row.state), person=str(row.person))
    return row


def _judged(*, by: Actor, at: datetime, kind: str, words: str) -> tuple[str, str, datetime]:
    """What kind of emergency it is, what was told of it, and until when it opens; refuses what is none."""
    rule = emergency_access(on=day_of(at))
    named, told = rule.kind(kind), clean_line(words)[:200]
    one_question_at_a_time(by)
    begins = datetime.combine(day_of(at), time(), tzinfo=STREET_TIME)
    # A file beyond her areas is hidden again when its minutes are over, and her look at it with it; its tie is not.
    cards = EmergencyLook.objects.filter(looked_by=by.key, at__gte=begins).exclude(card="").count()
    today = cards + moments_of(by.account, on=day_of(at))
    why = why_not_break(
        known_reason=named is not None,
        words=told,
        today=today,
        most=rule.most_a_day,
    )
    if why:
        raise CannotBreak(why=why)
    return named.title, told, at + timedelta(minutes=rule.minutes)


def _noted(
    person: UUID,
    area: str,
    card: str,
    title: str,
    told: str,
    until_at: datetime,
    *,
    by: Actor,
    at: datetime,
    kind: str,
    what: str,
) -> EmergencyLook:
    made = EmergencyLook.objects.create(
        public_id=uuid7(),
        person=person,
        area=area,
        card=card,
        kind=kind,
        kind_title=title,
        words=told,
        account=by.account,
        looked_by=by.key,
        looked_by_name=by.name,
        at=at,
        until_at=until_at,
    )
    record_look(by=by, at=at, subject=person, area=area, why=f"{REASON}{what}（{title}）：{told}"[:200])
    record(made, kind="emergency_look", area=area, person=str(person), card=card, state=kind)
    return made
