"""Reads of care data: each kind by its own permission, joined by the person's key."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from yimen.kernel.actor import Actor, ActorKind
from yimen.kernel.refusals import NotFound
from yimen.registers.people.api import absorbed_ids, may_with_person, person_ids, person_stamp
from yimen.services.care.engine.care_kinds import CareKind, care_kinds
from yimen.services.care.models import CareConsent, CareRecord
from yimen.services.care.permissions import OPENED_BY
from yimen.services.care.rules import must_report, why_not_offered, years_old

SHOWN = 5
KEPT_LONGER = ("mental",)


class NoCare(NotFound):
    code = "care.none"
    sentence = "没有这项记录，或不在您的范围内。"


@dataclass(frozen=True)
class CareOfKind:
    """What one kind holds of a person, for who may see this kind (一个专项).

    ``offered``: she is of the age it is for. ``living``: what she agreed to she can still take back. ``young``: she is of an age
    at which its clinician must report.
    """

    key: str
    body: CareKind
    agreed: CareConsent | None
    records: tuple[CareRecord, ...]
    offered: bool = True
    living: bool = True
    young: bool = False

    @property
    def must_report(self) -> str:
        """What her clinician must report (强制报告), once it is recorded of her at all; empty where nothing is."""
        return self.body.report if self.young and (self.agreed or self.records) else ""

    @property
    def may_record(self) -> bool:
        """Either she agreed, or a law asks for the record."""
        return self.agreed is not None or self.body.rests_on == "law"

    @property
    def may_withdraw(self) -> bool:
        """She agreed, and lives: a death ends the consent, and nobody takes it back for her."""
        return self.living and self.agreed is not None and self.body.rests_on == "consent"


def kinds_seen(area: str, *, by: Actor) -> set[str]:
    """The kinds that this actor may see of a resident of this area (分项权限)."""
    return {key for key, permission in OPENED_BY.items() if may_with_person(by, permission, area=area)}


def records_of(people: Iterable[UUID], kind: str, *, by: Actor) -> list[CareRecord]:
    """The records of one kind of this person (all ids that mean her), the latest first; none for who may not see the kind."""
    if not by.can_somewhere(OPENED_BY.get(kind, kind)):
        return []
    rows = CareRecord.objects.within(by).filter(person__in=list(people), kind=kind)
    ordered = rows.order_by("-seen_on", "-id")
    return [row for row in ordered if kind in kinds_seen(row.area, by=by)]


def consent_of(
    people: Iterable[UUID], kind: str, *, by: Actor, on: date, lock: bool = False
) -> CareConsent | None:
    """Her consent to one kind that holds on a day; None for who may not see the kind.

    ``lock`` holds it until the operation ends: who writes upon it and who takes it back wait for each other.
    """
    rows = CareConsent.objects.within(by).filter(person__in=list(people), kind=kind).on(on)
    rows = rows.select_for_update(of=("self",)) if lock else rows
    return next((row for row in rows if kind in kinds_seen(row.area, by=by)), None)


def care_of(person: UUID, *, by: Actor, on: date) -> list[CareOfKind]:
    """Everything of a person that this actor may see, kind by kind (专项健康信息); three queries.

    A kind for another age is left out, unless she agreed to it or something was written down when it fitted.
    """
    stamp = person_stamp(person, by=by)
    ids = person_ids(person, by=by)
    seen = kinds_seen(stamp.area, by=by)
    agreed = {
        one.kind: one for one in CareConsent.objects.within(by).filter(person__in=ids, kind__in=seen).on(on)
    }
    written: dict[str, list[CareRecord]] = {}
    rows = CareRecord.objects.within(by).filter(person__in=ids, kind__in=seen).order_by("-seen_on", "-id")
    for row in rows:
        written.setdefault(row.kind, []).append(row)
    age = years_old(stamp.birth_on, min(on, stamp.died_on or on))
    found = [
        CareOfKind(
            one.key,
            one.body,
            agreed.get(one.key),
            tuple(written.get(one.key, ())),
            offered=why_not_offered(age_from=one.body.age_from, age_to=one.body.age_to, age=age) is None,
            living=stamp.died_on is None,
            young=must_report(report_below=one.body.report_below, age=age),
        )
        for one in care_kinds(on=on)
        if one.key in seen
    ]
    return [one for one in found if one.offered or one.agreed or one.records]


def own_consents_of(
    people: Sequence[UUID], *, by: Actor, on: date
) -> list[tuple[str, CareKind, CareConsent]]:
    """Her own consents, of each kind the one that stands or the last one (本人的专项同意); nobody but herself is answered."""
    if by.kind is not ActorKind.RESIDENT or by.person not in people:
        return []
    rows = CareConsent.objects.within(by).filter(person__in=list(people))
    last = {one.kind: one for one in sorted(rows, key=lambda one: (one.until is None, one.id))}
    return [(one.key, one.body, last[one.key]) for one in care_kinds(on=on) if one.key in last]


def seen_before(before: date, *, by: Actor) -> QuerySet[CareRecord]:
    """Records of whom nobody has seen in this kind since a day (早年的记录); what a law keeps longer is left out."""
    return _last_seen_before(before, by=by).exclude(kind__in=KEPT_LONGER)


def mental_seen_before(before: date, *, by: Actor) -> QuerySet[CareRecord]:
    """The same of the kinds that a law keeps longer (精神卫生法第四十七条：不少于三十年)."""
    return _last_seen_before(before, by=by).filter(kind__in=KEPT_LONGER)


def _last_seen_before(before: date, *, by: Actor) -> QuerySet[CareRecord]:
    # The term runs from her last visit: one who still comes keeps what was written before.
    since = CareRecord.objects.within(by).filter(seen_on__gte=before, kind=OuterRef("kind"))
    absorbed = absorbed_ids(OuterRef(OuterRef("person")), by=by)
    rows = CareRecord.objects.within(by).filter(seen_on__lt=before)
    return rows.exclude(Exists(since.filter(person=OuterRef("person")))).exclude(
        Exists(since.filter(person__in=absorbed))
    )


def withdrawn_before(before: date, *, by: Actor) -> QuerySet[CareConsent]:
    """Consents taken back before a day (早已撤回的同意)."""
    return CareConsent.objects.within(by).filter(until__lt=before)


def consents_in(area: str) -> QuerySet[CareConsent]:
    """Consents of an area that ends."""
    return CareConsent.objects.filter(area=area)


def records_in(area: str) -> QuerySet[CareRecord]:
    """Records of an area that ends."""
    return CareRecord.objects.filter(area=area)


def card_of(people: Sequence[UUID], kind: str, *, by: Actor) -> list[CareRecord]:
    """The latest of one kind, for its card on the file."""
    return records_of(people, kind, by=by)[:SHOWN]
