"""The writers of care data: she agrees, the clinician writes, she takes it back."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.kernel.actor import Actor, ActorKind
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import NotAllowed, NotPossible
from yimen.kernel.text import clean_line, clean_text
from yimen.registers.people import api as people
from yimen.services.care.engine.care_kinds import CareKind, care_kind
from yimen.services.care.models import CareConsent, CareRecord
from yimen.services.care.permissions import OPENED_BY, RECORD
from yimen.services.care.queries import NoCare, consent_of
from yimen.services.care.rules import guarded, why_not_agree, why_not_offered, why_not_record, years_old

LONGEST = 2000
BY_LAW = "这一项依法记录，不凭同意，也不能按撤回同意删除。"


class CannotRecord(NotPossible):
    code = "care.cannot_record"


@operation("care.consent.given")
def give_consent(*, by: Actor, at: datetime, person: UUID, kind: str, said_by: str = "") -> CareConsent:
    """She was told what is recorded and for what, and agrees to this kind alone (单独同意).

    Refuses a kind that a law asks for, a kind that is for another age, and a child under fourteen without the name of the
    guardian who agrees for her (``said_by``, 个人信息保护法第三十一条).
    """
    stamp = people.person_stamp(person, by=by)
    on = day_of(at)
    body = _known(kind, area=stamp.area, by=by, on=on)
    if body.rests_on == "law":
        raise CannotRecord(BY_LAW)
    if stamp.died_on:
        raise CannotRecord(f"{stamp.name}已登记死亡。")
    age, said_by = years_old(stamp.birth_on, on), clean_line(said_by)[:80]
    _refuse(why_not_offered(age_from=body.age_from, age_to=body.age_to, age=age))
    _refuse(why_not_agree(age=age, said_by=said_by))
    held = consent_of(people.person_ids(stamp.public_id, by=by), kind, by=by, on=on)
    if held is not None:
        unchanged()
        return held
    # Two clinicians at once: the second finds the consent of the first.
    given, made = CareConsent.objects.get_or_create(
        person=stamp.public_id,
        kind=kind,
        until=None,
        defaults={
            "area": stamp.area,
            "since": on,
            "said_by": said_by if guarded(age) else "",
            "given_to": by.key,
            "given_to_name": by.name,
            "recorded_at": at,
        },
    )
    # The trail says that there is a consent, and not to what.
    record(given, kind="care_consent", area=given.area) if made else unchanged()
    return given


@operation("care.record.written")
def record_care(*, by: Actor, at: datetime, person: UUID, kind: str, seen_on: date, words: str) -> CareRecord:
    """Write down what was seen of a patient (专项健康记录). Refuses without her consent where the kind rests on it."""
    stamp = people.person_stamp(person, by=by)
    on = day_of(at)
    body = _known(kind, area=stamp.area, by=by, on=on)
    words = clean_text(words)
    ids = people.person_ids(stamp.public_id, by=by)
    # Of somebody who died, what was seen while she lived is still written down, if she agreed on that day and never took it back.
    day = seen_on if stamp.died_on else on
    held = consent_of(ids, kind, by=by, on=day, lock=True) if body.rests_on == "consent" else None
    agreed = held is not None and (stamp.died_on is None or held.by_death or held.until is None)
    age = years_old(stamp.birth_on, seen_on)
    finding = why_not_offered(age_from=body.age_from, age_to=body.age_to, age=age) or why_not_record(
        rests_on=body.rests_on, agreed=agreed, seen_on=seen_on, on=on, words=words, died_on=stamp.died_on
    )
    _refuse(finding)
    if len(words) > LONGEST:
        raise CannotRecord("记录太长，最多 {most} 字。", most=LONGEST)
    written = CareRecord.objects.create(
        person=stamp.public_id,
        area=stamp.area,
        kind=kind,
        seen_on=seen_on,
        words=words,
        recorded_at=at,
        recorded_by=by.key,
        recorded_by_name=by.name,
    )
    record(written, kind="care_record", area=written.area)
    return written


@operation("care.consent.withdrawn")
def withdraw_consent(*, by: Actor, at: datetime, person: UUID, kind: str) -> int:
    """She takes her consent back (撤回同意), without a reason: what rests on it is deleted; answers how many records.

    A clinician notes it for her, or she does it herself on her own page. What a law asks for (预防接种、传染病) has no consent to
    take back, and its records stay. Nor have the dead: their death ended it.
    """
    stamp = people.person_stamp(person, by=by)
    on = day_of(at)
    ids = people.person_ids(stamp.public_id, by=by)
    herself = by.kind is ActorKind.RESIDENT and by.person in ids
    body = care_kind(kind, on=on) if herself else _known(kind, area=stamp.area, by=by, on=on)
    if body is None:
        raise NoCare
    if body.rests_on == "law":
        raise CannotRecord(BY_LAW)
    if stamp.died_on:
        raise CannotRecord(f"{stamp.name}已登记死亡，同意随之终止，不再替本人撤回。")
    held = CareConsent.objects.within(by).select_for_update(of=("self",))
    consents = list(held.filter(person__in=ids, kind=kind, until__isnull=True))
    if not consents:
        raise NoCare
    for consent in consents:
        if consent.since < on:
            consent.until = on
            consent.save(update_fields=["until"])
            record(consent, kind="care_consent", area=consent.area)
        else:
            record(consent, kind="care_consent", area=consent.area)
            consent.delete()
    gone, _ = CareRecord.objects.within(by).filter(person__in=ids, kind=kind).delete()
    return gone


@operation("care.consents.ended_by_death")
def end_consents_of(*, by: Actor, at: datetime, person: UUID) -> int:
    """A resident died: nobody writes on under her consents (专项同意因去世终止); answers how many ended. No record is deleted."""
    on = day_of(at)
    consents = _consents_of(person, by=by).filter(until__isnull=True)
    for consent in consents:
        by.must(RECORD, area=consent.area)
        # One of today held today; it cannot have held for no day.
        consent.until, consent.by_death = max(on, consent.since + timedelta(days=1)), True
    return _kept(consents)


@operation("care.consents.resumed")
def resume_consents_of(*, by: Actor, at: datetime, person: UUID) -> int:
    """A death had been noted in error: her consents hold again (撤销死亡登记); answers how many.

    Not where she agreed to the kind anew meanwhile.
    """
    rows = _consents_of(person, by=by)
    anew = set(rows.filter(until__isnull=True).values_list("kind", flat=True))
    consents = rows.filter(by_death=True).exclude(kind__in=anew)
    for consent in consents:
        by.must(RECORD, area=consent.area)
        consent.until, consent.by_death = None, False
    return _kept(consents)


def _refuse(finding: Finding | None) -> None:
    if finding:
        raise CannotRecord(finding.sentence, findings=[finding])


def _consents_of(person: UUID, *, by: Actor) -> QuerySet[CareConsent]:
    ids = people.person_ids(person, by=by)
    return CareConsent.objects.within(by).select_for_update(of=("self",)).filter(person__in=ids)


def _kept(consents: QuerySet[CareConsent]) -> int:
    """Write the ends down; the trail says neither kind nor words."""
    for consent in consents:
        consent.save(update_fields=["until", "by_death"])
        record(consent, kind="care_consent", area=consent.area)
    if not consents:
        unchanged()
    return len(consents)


def _known(kind: str, *, area: str, by: Actor, on: date) -> CareKind:
    """The kind, for a clinician who may record and see it there."""
    if not people.may_with_person(by, RECORD, area=area):
        raise NotAllowed(permission=RECORD, area=area)
    permission = OPENED_BY.get(kind, "")
    if permission and not people.may_with_person(by, permission, area=area):
        raise NotAllowed(permission=permission, area=area)
    body = care_kind(kind, on=on) if permission else None
    if body is None:
        raise CannotRecord("没有这个专项。")
    return body
