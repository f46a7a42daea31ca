"""Reads of consents: what stands of a person now. They are asked where something is done, so a withdrawal holds at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from yimen.foundations.definitions.api import Definition, find_current, version
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotFound
from yimen.registers.consents.engine.purposes import PURPOSE, listed_on, purposes_on
from yimen.registers.consents.models import Consent
from yimen.registers.consents.permissions import VIEW
from yimen.registers.people.api import person_stamps


class NoConsent(NotFound):
    code = "consents.no_consent"
    sentence = "没有这项同意，或不在您的范围内。"


@dataclass(frozen=True)
class PurposeLine:
    """One purpose and how she stands to it (用途与同意情况): the row that stands, if any, and what was before, newest first."""

    purpose: Definition
    standing: Consent | None
    before: tuple[Consent, ...]


def standing(people: Sequence[UUID], purpose: str, *, on: date, by: Actor) -> Consent | None:
    """The consent of this person (all ids that mean her) to a purpose that stands now (有效的同意); None when there is none.

    Asks nothing of the actor but her reach: who acts upon it has a permission of its own. Of two files of one person the last
    word counts. Words that were changed so that she has to be asked again do not stand.
    """
    known = find_current(PURPOSE, purpose, on=on)
    if known is None:
        return None
    rows = list(Consent.objects.within(by).filter(person__in=list(people), purpose=purpose).order_by("-id"))
    return _standing(known, rows)


def lapsed(people: Sequence[UUID], purpose: str, *, on: date, by: Actor) -> bool:
    """Is the last word of this person no longer good (已撤回或须重新征得): taken back, or given to words that count no more?

    False where nothing was ever noted: what rests on a paper from before says so itself.
    """
    noted = Consent.objects.within(by).filter(person__in=list(people), purpose=purpose).exists()
    return noted and standing(people, purpose, on=on, by=by) is None


def asked_anew(purpose: str, *, on: date, by: Actor) -> QuerySet[Consent]:
    """Consents that were not taken back and yet hold no more, because of an edition that asks anew or ends (须重新征得的同意)."""
    known = find_current(PURPOSE, purpose, on=on)
    rows = Consent.objects.within(by).filter(purpose=purpose, withdrawn_at__isnull=True)
    if known and known.body.ended:
        return rows
    return rows.exclude(wording=known.id) if known and known.body.anew else rows.none()


def withdrawn_on(people: Sequence[UUID], purpose: str, *, by: Actor) -> date | None:
    """On which day this person took a consent back last (最近一次撤回); None when she did not."""
    rows = Consent.objects.within(by).filter(person__in=list(people), purpose=purpose)
    last = rows.filter(withdrawn_at__isnull=False).order_by("-withdrawn_at").first()
    return day_of(last.withdrawn_at) if last else None


def purposes_of(people: Sequence[UUID], *, on: date, by: Actor, herself: bool = False) -> list[PurposeLine]:
    """How this person stands to every purpose in force (同意情况); one query. Discreet ones for ``herself`` only, and those that
    have ended (停用) where something was noted.
    """
    rows: dict[str, list[Consent]] = {}
    if by.can_somewhere(VIEW):
        for row in Consent.objects.within(by).filter(person__in=list(people)).order_by("-id"):
            rows.setdefault(row.purpose, []).append(row)
    lines = []
    for purpose in purposes_on(on):
        if purpose.body.discreet and not herself:
            continue
        hers = rows.get(purpose.key, [])
        if purpose.body.ended and not hers:
            continue
        stands = _standing(purpose, hers)
        lines.append(PurposeLine(purpose, stands, tuple(row for row in hers if row is not stands)))
    return lines


def words_on(purpose: str, *, on: date) -> str:
    """The words of a purpose that are read on a day (告知内容); "" when it is not in force."""
    known = find_current(PURPOSE, purpose, on=on)
    return known.body.wording if known else ""


def agreed_words(consent: Consent) -> str:
    """The words that were read to her then (当时的告知内容)."""
    return version(consent.wording).body.wording


def listed_by_will(*, by: Actor, on: date) -> QuerySet[Consent]:
    """Who stands on a list by her own will today (自愿名册): consents to listed purposes that hold, none of the dead, none of who
    wants her data used for little. Of two files of one person the last word counts.
    """
    purposes = {one.key: one for one in listed_on(on)}
    hers: dict[tuple[str, UUID], list[Consent]] = {}
    rows = list(Consent.objects.within(by).filter(purpose__in=purposes).order_by("-id"))
    people = person_stamps({row.person for row in rows}, by=by)
    for row in rows:
        person = people.get(row.person)
        if person and not person.died_on and not person.restricted:
            hers.setdefault((row.purpose, person.public_id), []).append(row)
    found = [_standing(purposes[purpose], words) for (purpose, _), words in hers.items()]
    return Consent.objects.within(by).filter(id__in=[one.id for one in found if one])


def ended_before(before: date, *, by: Actor) -> QuerySet[Consent]:
    """Consents that were taken back before a day (早已撤回的同意)."""
    return Consent.objects.within(by).filter(withdrawn_at__date__lt=before)


def consents_in(area: str) -> QuerySet[Consent]:
    """The consents of exactly this area (本辖区的同意)."""
    return Consent.objects.filter(area=area)


def _standing(purpose: Definition, rows: Iterable[Consent]) -> Consent | None:
    last_word: datetime | None = None
    stands = None
    for row in rows:
        moment = row.withdrawn_at or row.given_at
        if last_word is None or moment > last_word:
            last_word, stands = moment, (None if row.withdrawn_at else row)
    if stands is None or _holds_no_more(purpose, stands):
        return None
    return stands


def _holds_no_more(purpose: Definition, row: Consent) -> bool:
    return purpose.body.ended or (purpose.body.anew and row.wording != purpose.id)
