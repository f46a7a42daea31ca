"""Read what is on file about organisations: one of them whole, what is due, and how many there are on a day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from yimen.foundations.bus.api import kept
from yimen.foundations.documents.api import files_of
from yimen.kernel.actor import Actor
from yimen.registers.organisations.choices import OrganisationKind
from yimen.registers.organisations.engine.practice import OrganisationPractice, practice
from yimen.registers.organisations.models import (
    Agreement,
    AgreementVisit,
    CommitteeTerm,
    Credential,
    Inspection,
    Officer,
    Organisation,
)
from yimen.registers.organisations.permissions import KEEP, VIEW
from yimen.registers.organisations.ports import SCAN
from yimen.registers.organisations.queries.units import NoSuchOrganisation


@dataclass(frozen=True)
class OnFile:
    """What is on file about one organisation (单位档案), the latest first."""

    credentials: list[Credential]
    agreements: list[Agreement]
    inspections: list[Inspection]
    terms: list[CommitteeTerm]
    officers: list[Officer]
    scans: dict[UUID, list[Any]]
    visits: dict[int, list[AgreementVisit]]
    partners: list[Agreement]


def on_file(organisation: Organisation, *, by: Actor) -> OnFile:
    """Everything on file about an organisation, as far as the actor reaches it; seven queries and one for each agreement."""
    if not Organisation.objects.known_to(by).filter(pk=organisation.pk).exists():
        raise NoSuchOrganisation

    def rows(model, *order: str) -> list:
        return list(model.objects.within(by).filter(organisation=organisation).order_by(*order))

    agreements = rows(Agreement, "-since", "-id")
    partners = list(
        Agreement.objects.within(by)
        .filter(partner_unit=organisation)
        .select_related("organisation")
        .order_by("-since", "-id")
    )
    return OnFile(
        credentials=rows(Credential, "-since", "-id"),
        agreements=agreements,
        visits=_visits([*agreements, *partners], by=by),
        partners=partners,
        scans={one.public_id: files_of(one.public_id, by=by, purpose=SCAN) for one in agreements},
        inspections=rows(Inspection, "-year"),
        terms=list(CommitteeTerm.objects.filter(organisation=organisation).order_by("-since")),
        officers=list(
            Officer.objects.within(by)
            .filter(organisation=organisation)
            .select_related("term")
            .order_by("-since", "id")
        ),
    )


def credentials_of(organisations: Sequence[int], *, by: Actor) -> QuerySet[Credential]:
    """The licences on file of these organisations (证照), by their ids, as far as the actor reaches them."""
    rows = Credential.objects.within(by).filter(organisation__in=list(organisations))
    return rows.order_by("organisation", "-since", "-id")


def agreements_of(organisation: Organisation, *, by: Actor) -> list[Agreement]:
    """The agreements on file of an organisation (协议), the latest first, as far as the actor reaches them."""
    return list(Agreement.objects.within(by).filter(organisation=organisation).order_by("-since", "-id"))


def _visits(agreements: Sequence[Agreement], *, by: Actor) -> dict[int, list[AgreementVisit]]:
    """The visits made under each agreement (协议上门), the latest first."""
    asked = [one.id for one in agreements if one.visits_monthly]
    found: dict[int, list[AgreementVisit]] = {}
    rows = AgreementVisit.objects.within(by).filter(agreement__in=asked) if asked else []
    for one in sorted(rows, key=lambda row: row.visited_on, reverse=True):
        found.setdefault(one.agreement_id, []).append(one)
    return found


def officers_of(people: Sequence[UUID], *, by: Actor) -> list[Officer]:
    """The offices a person (all ids that mean her) holds and held (社会任职), the latest first."""
    return _offices(by, list(people)) if by.can_somewhere(VIEW) else []


@kept
def _offices(by: Actor, people: list[UUID]) -> QuerySet:
    held = Officer.objects.within(by).filter(person__among=people)
    return held.select_related("organisation").order_by("-since", "-id")


@dataclass(frozen=True)
class Due:
    """Something of an organisation that runs out or is to be done (到期提醒)."""

    organisation: Organisation
    what: str
    on: date
    late: bool
    hint: str = ""

    @property
    def public_id(self) -> UUID:
        return self.organisation.public_id


def due_records(*, by: Actor, on: date) -> list[Due]:
    """What runs out soon or has run out, and which yearly inspections are owed (到期提醒), the most urgent first.

    Of the organisations that the actor keeps, on a day; a licence or term that was followed by another is not spoken of.
    """
    areas = by.areas_for(KEEP)
    if not areas:
        return []
    rules = practice(on=on)
    standing = {
        one.id: one
        for one in Organisation.objects.known_to(by).on(on).filter(area__begins_with_any=areas).order_by("id")
    }
    found = [
        *_ending_credentials(standing, rules, by=by, on=on),
        *_ending_agreements(standing, rules, by=by, on=on),
        *_ending_terms(standing, rules, on=on),
        *_owed_inspections(standing, rules, by=by, on=on),
    ]
    return sorted(found, key=lambda one: (one.on, one.organisation.area, one.organisation.id))


def inspection_owed(organisation: Organisation, inspected: Sequence[int], *, on: date) -> Due | None:
    """The yearly inspection that an organisation owes on a day, from the opening of its time on; None for none.

    An inspection of a year in which it did not stand yet is not owed.
    """
    return _owed(organisation, inspected, practice(on=on), on=on)


@dataclass(frozen=True)
class FieldCount:
    """How many social organisations of one field (领域) stood, came and went."""

    key: str
    title: str
    before: int
    new: int
    gone: int
    now: int

    @property
    def growth(self) -> str:
        """The growth in percent (增长), "" where there were none before."""
        return f"{(self.now - self.before) / self.before:+.1%}" if self.before else ""


def count_by_field(*, since: date, on: date, by: Actor, area: str = "") -> list[FieldCount]:
    """Social organisations by field at the end of ``on`` (时点数), and those that came and went after ``since``; one query.

    The last line is the whole. Both days count as they end: who was set up on ``since`` stood before.
    """
    rows = Organisation.objects.known_to(by).filter(kind=OrganisationKind.SOCIAL, since__lte=on)
    if area:
        rows = rows.filter(area__startswith=area)
    before, new, gone, now = Counter(), Counter(), Counter(), Counter()
    for field, begun, ended in rows.values_list("field", "since", "until"):
        stood_then = begun <= since and (ended is None or ended > since)
        stands = ended is None or ended > on
        before[field] += stood_then
        now[field] += stands
        new[field] += stands and begun > since
        gone[field] += stood_then and not stands
    titles = practice(on=on).fields
    keys = [key for key in (*titles, "") if before[key] or now[key] or key in titles]
    keys += sorted(set(before) - set(titles) - {""})
    lines = [
        FieldCount(key, titles.get(key, key) or "未填领域", before[key], new[key], gone[key], now[key])
        for key in keys
    ]
    whole = FieldCount("", "合计", before.total(), new.total(), gone.total(), now.total())
    return [*lines, whole]


def _ending_credentials(
    standing: dict[int, Organisation], rules: OrganisationPractice, *, by: Actor, on: date
) -> list[Due]:
    furthest = max((one.warn_days for one in rules.credential), default=0)
    ahead = on + timedelta(days=furthest + 1)
    rows = Credential.objects.within(by).filter(organisation__in=standing)
    # Only the last of a kind is spoken of, and only while nothing follows it.
    follows = rows.filter(Q(until__isnull=True) | Q(until__gt=ahead))
    follows = follows.filter(organisation=OuterRef("organisation"), kind=OuterRef("kind"))
    last: dict[tuple[int, str], Credential] = {}
    for row in rows.filter(until__lte=ahead).exclude(Exists(follows)).order_by("until", "id"):
        last[row.organisation_id, row.kind] = row
    kinds, found = rules.credentials, []
    for row in last.values():
        kind = kinds.get(row.kind)
        last_day = row.until - timedelta(days=1)
        if kind and last_day - timedelta(days=kind.warn_days) <= on:
            found.append(
                Due(standing[row.organisation_id], f"{kind.title}到期", last_day, last_day < on, row.number)
            )
    return found


def _ending_agreements(
    standing: dict[int, Organisation], rules: OrganisationPractice, *, by: Actor, on: date
) -> list[Due]:
    # An agreement that has run out was left to run out: only what still holds is spoken of.
    soon = on + timedelta(days=rules.agreement_warn_days + 1)
    rows = Agreement.objects.within(by).filter(
        organisation__in=standing, until__gt=on, until__lte=soon, ended_why=""
    )
    return [
        Due(
            standing[row.organisation_id],
            f"协议“{row.title}”到期",
            row.until - timedelta(days=1),
            False,
            row.partner,
        )
        for row in rows
    ]


def _ending_terms(standing: dict[int, Organisation], rules: OrganisationPractice, *, on: date) -> list[Due]:
    last: dict[int, CommitteeTerm] = {}
    for term in CommitteeTerm.objects.filter(organisation__in=standing).order_by("since"):
        last[term.organisation_id] = term
    found = []
    for term in last.values():
        one = standing[term.organisation_id]
        rule = rules.term_of(one.kind)
        last_day = term.until - timedelta(days=1) if term.until else None
        if rule and last_day and last_day - timedelta(days=rule.warn_days) <= on:
            found.append(Due(one, f"第{term.number}届任期届满", last_day, last_day < on, "准备换届"))
    return found


def _owed_inspections(
    standing: dict[int, Organisation], rules: OrganisationPractice, *, by: Actor, on: date
) -> list[Due]:
    years: dict[int, list[int]] = {}
    rows = Inspection.objects.within(by).filter(organisation__in=standing, year__gte=on.year - 2)
    for organisation, year in rows.values_list("organisation_id", "year"):
        years.setdefault(organisation, []).append(year)
    owed = (_owed(one, years.get(one.id, ()), rules, on=on) for one in standing.values())
    return [one for one in owed if one is not None]


def _owed(
    organisation: Organisation, inspected: Sequence[int], rules: OrganisationPractice, *, on: date
) -> Due | None:
    rule = rules.yearly_of(organisation.kind, organisation.tier)
    if rule is None:
        return None
    year = on.year - 1
    if year in inspected or organisation.since.year > year:
        return None
    due = rule.due_on(year)
    if on < due - timedelta(days=rule.warn_days):
        return None
    return Due(organisation, f"{year} 年度{rule.title}", due, due < on, rule.source)
