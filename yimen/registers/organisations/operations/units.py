"""Register, describe, convert and close organisations."""

from datetime import date, datetime

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.areas import street_of
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import Conflict, NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.organisations.choices import OF_GOVERNMENT, MilestoneKind, OrganisationKind, Tier
from yimen.registers.organisations.engine.milestones import note_milestone
from yimen.registers.organisations.engine.practice import practice
from yimen.registers.organisations.models import Appointment, Organisation, Post
from yimen.registers.organisations.permissions import EDIT, KEEP
from yimen.registers.organisations.queries.units import NoSuchOrganisation
from yimen.registers.organisations.rules import Approval, credit_code_as_kept, why_not_this_credit_code
from yimen.registers.places import api as places


class CannotFound(NotPossible):
    code = "organisations.cannot_found"
    sentence = "不能登记单位：{why}。"


class OrganisationExists(Conflict):
    code = "organisations.organisation_exists"
    sentence = "{what}已登记为{name}，不要重复登记。"


class CannotDissolve(NotPossible):
    code = "organisations.cannot_dissolve"
    sentence = "{name}不能撤销：{why}。"


@operation("organisations.organisation.founded")
def found_organisation(
    *,
    by: Actor,
    at: datetime,
    name: str,
    kind: OrganisationKind | str,
    area: str,
    since: date,
    short: str = "",
    credit_code: str = "",
    parent: Organisation | None = None,
    phone: str = "",
    address: str = "",
    duty: str = "",
    field: str = "",
    tier: Tier | str = "",
) -> Organisation:
    """Register an organisation (登记单位) in an area.

    Refuses an empty name, a wrong unified social credit code (GB 32100-2015), a name or code registered already, a
    field that is not in the practice, and a parent that stands in an area beside this one. An association that is
    registered (民政登记) has a code.
    """
    kind = OrganisationKind(kind)
    by.must(_needed(kind), area=_asked_in(kind, area))
    places.standing_area(area, by=by)
    told = _as_kept(kind, name, credit_code, phone, address, duty, field, tier, on=day_of(at))
    if parent is not None and (parent.until is not None or not area.startswith(parent.area)):
        raise CannotFound(why=f"上级单位{parent.name}已撤销，或不管这个区域")
    name = told["name"]
    _refuse_twin(name, area, told["credit_code"])
    founded = Organisation.objects.create(
        short=clean_line(short)[:30] or name[:30], kind=kind, area=area, parent=parent, since=since, **told
    )
    record(founded, kind="organisation", area=area, name=name, organisation_kind=founded.kind)
    return founded


@operation("organisations.organisation.described")
def describe_organisation(
    *,
    by: Actor,
    at: datetime,
    organisation: Organisation,
    name: str,
    credit_code: str = "",
    phone: str = "",
    address: str = "",
    duty: str = "",
    field: str = "",
    tier: Tier | str = "",
) -> Organisation:
    """Correct what is published about an organisation (更正单位). Refuses a wrong code and a name or code of another."""
    found = _locked(organisation)
    by.must(_needed(found.kind), area=_asked_in(found.kind, found.area))
    now = _as_kept(found.kind, name, credit_code, phone, address, duty, field, tier, on=day_of(at))
    changed = {key: value for key, value in now.items() if value != getattr(found, key)}
    if not changed:
        unchanged()
        return found
    _refuse_twin(now["name"], found.area, now["credit_code"], besides=found)
    before = {key: getattr(found, key) for key in changed}
    for key, value in changed.items():
        setattr(found, key, value)
    found.save(update_fields=list(changed))
    record(found, kind="organisation", area=found.area, was=before, now=changed)
    return found


@operation("organisations.organisation.dissolved")
def dissolve_organisation(
    *,
    by: Actor,
    at: datetime,
    organisation: Organisation,
    until: date,
    approval: Approval | None = None,
) -> Organisation:
    """Close an organisation from a day on (撤销单位); it stays readable. Refuses while somebody holds one of its posts."""
    found = _locked(organisation)
    by.must(_needed(found.kind), area=_asked_in(found.kind, found.area))
    _close(found, until)
    note_milestone(found, MilestoneKind.CLOSED, until, approval or Approval(), by=by, at=at)
    record(found, kind="organisation", area=found.area, until=until)
    return found


@operation("organisations.organisation.converted")
def convert_organisation(
    *,
    by: Actor,
    at: datetime,
    organisation: Organisation,
    on: date,
    name: str,
    kind: OrganisationKind | str,
    approval: Approval,
    parent: Organisation | None = None,
) -> Organisation:
    """Turn an organisation into another on a day (改造): a village clinic into a station. Answers the new one.

    The old one closes and stays findable; each names the other. Refuses while somebody holds a post of the old one,
    and a reason that is not told.
    """
    found = _locked(organisation)
    by.must(_needed(found.kind), area=_asked_in(found.kind, found.area))
    if not clean_line(approval.why) and not clean_line(approval.number):
        raise CannotDissolve(name=found.name, why="请写明依据的文号或者原因")
    _close(found, on)
    made = found_organisation(
        by=by,
        at=at,
        name=name,
        kind=kind,
        area=found.area,
        since=on,
        parent=parent,
        phone=found.phone,
        address=found.address,
        field=found.field,
    )
    note_milestone(found, MilestoneKind.CONVERTED, on, approval, by=by, at=at, successor=made)
    record(found, kind="organisation", area=found.area, until=on, became=made.public_id)
    return made


def _locked(organisation: Organisation) -> Organisation:
    found = Organisation.objects.select_for_update().filter(pk=organisation.pk).first()
    if found is None:
        raise NoSuchOrganisation
    return found


def _close(found: Organisation, until: date) -> None:
    if found.until is not None or until <= found.since:
        raise CannotDissolve(name=found.name, why="已经撤销，或撤销日期不晚于登记日期")
    if Appointment.objects.ahead(until).filter(post__organisation=found).exists():
        raise CannotDissolve(name=found.name, why="还有人在岗，请先办理免职")
    Post.objects.filter(organisation=found, until__isnull=True, since__lt=until).update(until=until)
    found.until = until
    found.save(update_fields=["until"])


def _as_kept(
    kind: str,
    name: str,
    credit_code: str,
    phone: str,
    address: str,
    duty: str,
    field: str,
    tier: str,
    *,
    on: date,
) -> dict[str, str]:
    """What is published about a unit as it is kept (单位信息); refuses what cannot be so."""
    name = clean_line(name)
    if not name:
        raise CannotFound(why="要有名称")
    if finding := why_not_this_credit_code(credit_code):
        raise CannotFound(why=finding.sentence.rstrip("。"), findings=[finding])
    if tier == Tier.REGISTERED and kind == OrganisationKind.SOCIAL and not credit_code.strip():
        raise CannotFound(why="民政登记的社会组织要填统一社会信用代码")
    if field and field not in practice(on=on).fields:
        raise CannotFound(why="没有这个领域，请刷新页面再选")
    return {
        "name": name,
        "credit_code": credit_code_as_kept(credit_code),
        "phone": clean_line(phone),
        "address": clean_line(address),
        "duty": clean_line(duty),
        "field": field,
        "tier": Tier(tier).value if tier else "",
    }


def _needed(kind: OrganisationKind | str) -> str:
    """Offices and their sections are the administrator's; all others are kept by who works with them."""
    return EDIT if kind in OF_GOVERNMENT else KEEP


def _asked_in(kind: OrganisationKind | str, area: str) -> str:
    """A committee is a matter of its street: nobody sets up or closes her own."""
    return street_of(area) or area if kind == OrganisationKind.COMMITTEE else area


def _refuse_twin(name: str, area: str, credit_code: str, besides: Organisation | None = None) -> None:
    standing = Organisation.objects.filter(until__isnull=True).exclude(pk=besides.pk if besides else None)
    if credit_code and (same := standing.filter(credit_code=credit_code).first()):
        raise OrganisationExists(what=f"统一社会信用代码 {credit_code} ", name=same.name)
    if same := standing.filter(area=area, name=name).first():
        raise OrganisationExists(what=f"“{name}”", name=same.name)
