"""Read organisations, as far as the actor works with them: today, on a day, or all that ever stood."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound
from yimen.registers.organisations.choices import OF_GOVERNMENT, OrganisationKind
from yimen.registers.organisations.models import Appointment, CommitteeTerm, Milestone, Organisation
from yimen.registers.organisations.permissions import KEEP


class NoSuchOrganisation(NotFound):
    code = "organisations.no_such_organisation"
    sentence = "没有找到这个单位，或不在您的范围内。"


def organisations(*, by: Actor, on: date, kind: OrganisationKind | str = "") -> QuerySet[Organisation]:
    """The organisations (单位) that stand on a day: those of the actor's areas and of the wider areas hers lie in."""
    found = Organisation.objects.known_to(by).on(on).select_related("parent").order_by("area", "id")
    return found.filter(kind=kind) if kind else found


def organisation(public_id: UUID, *, by: Actor) -> Organisation:
    """One organisation, also one that was dissolved."""
    found = Organisation.objects.known_to(by).select_related("parent").filter(public_id=public_id).first()
    if found is None:
        raise NoSuchOrganisation
    return found


def organisation_for(
    area: str, *, kind: OrganisationKind | str, on: date, by: Actor | None = None
) -> Organisation | None:
    """The organisation of a kind that stands for exactly this area (主管单位), the oldest first: the committee of a
    community, the office of a street. Organisations are public."""
    return Organisation.objects.on(on).filter(area=area, kind=kind).order_by("since", "id").first()


def sections_of(organisation: Organisation, *, by: Actor, on: date) -> list[Organisation]:
    """What stands under an organisation (内设机构)."""
    return list(Organisation.objects.known_to(by).on(on).filter(parent=organisation).order_by("id"))


def all_organisations(*, by: Actor) -> QuerySet[Organisation]:
    """Every organisation that the actor works with, also those that closed (历史单位)."""
    return Organisation.objects.known_to(by).select_related("parent").order_by("area", "id")


def held_organisation(organisation: Organisation, *, by: Actor) -> Organisation:
    """The organisation, locked, and one that the actor keeps (维护): two that write about it wait for each other."""
    rows = Organisation.objects.known_to(by).select_for_update(of=("self",))
    found = rows.filter(public_id=organisation.public_id).first()
    if found is None:
        raise NoSuchOrganisation
    by.must(KEEP, area=found.area)
    return found


def kept_organisations(*, by: Actor, on: date) -> list[Organisation]:
    """The organisations that stand on a day and that the actor keeps (能维护的单位), to choose from."""
    areas = by.areas_for(KEEP)
    found = Organisation.objects.known_to(by).on(on).filter(area__begins_with_any=areas or ("-",))
    return list(found.exclude(kind__in=OF_GOVERNMENT).order_by("area", "id"))


def term_on(organisation: Organisation, *, on: date, by: Actor) -> CommitteeTerm | None:
    """The term of a committee (届次) on a day; terms are public."""
    return CommitteeTerm.objects.on(on).filter(organisation=organisation).first()


def milestones_of(organisation: Organisation, *, by: Actor) -> list[Milestone]:
    """How it came, changed and went (变更记录), the latest first; also what it came from."""
    found = Milestone.objects.filter(organisation=organisation) | Milestone.objects.filter(
        successor=organisation
    )
    rows = found.select_related("organisation", "successor").order_by("-on", "-id")
    known = set(Organisation.objects.known_to(by).values_list("id", flat=True)) if rows else set()
    return [row for row in rows if row.organisation_id in known]


def standing_in(area: str, *, by: Actor, on: date) -> int:
    """How many organisations stand in exactly this area (单位数)."""
    return Organisation.objects.filter(area=area, until__isnull=True).count()


def serving_in(area: str, *, by: Actor, on: date) -> int:
    """How many seats over this area and its parts are held (在岗人员); who holds two counts twice."""
    rows = Appointment.objects.ahead(on)
    return rows.filter(post__area__startswith=area, post__until__isnull=True).count()
