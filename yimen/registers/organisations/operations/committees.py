"""Set up the committee of a community, and let that of a village become one."""

from datetime import date, datetime

from yimen.foundations.audit.api import operation, record
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, level
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.organisations.choices import MilestoneKind, OrganisationKind
from yimen.registers.organisations.engine.milestones import note_milestone
from yimen.registers.organisations.models import Organisation, Post
from yimen.registers.organisations.operations.units import found_organisation
from yimen.registers.organisations.rules import Approval
from yimen.registers.places import api as places


class CannotSetUp(NotPossible):
    code = "organisations.cannot_set_up"
    sentence = "不能设立：{why}。"


@operation("organisations.committee.set_up")
def set_up_committee(
    *,
    by: Actor,
    at: datetime,
    area: str,
    name: str,
    since: date,
    approval: Approval,
    boundary: str,
    official_code: str = "",
    households: int | None = None,
    phone: str = "",
    address: str = "",
) -> Organisation:
    """Set up the committee of a community (设立居民委员会) with its file: approval, boundary, code, date.

    Founding a committee is for the people's government of the county (城市居民委员会组织法第六条), so its approval is asked for.
    Refuses a community that has a committee, an approval after the day, and an area that is no community.
    """
    if level(area) is not Level.COMMUNITY:
        raise CannotSetUp(why="居民（村民）委员会只设在社区（村）一级")
    if not clean_line(approval.authority) or not clean_line(approval.number) or approval.on is None:
        raise CannotSetUp(why="要写明批准机关、文号和批准日期（居委会的设立由区县人民政府决定）")
    if approval.on > since:
        raise CannotSetUp(why="批准日期晚于设立日期")
    if not clean_line(boundary):
        raise CannotSetUp(why="要写明四至范围")
    standing = Organisation.objects.filter(
        area=area, kind=OrganisationKind.COMMITTEE, until__isnull=True
    ).first()
    if standing is not None:
        raise CannotSetUp(why=f"{places.area_name(area)}已有{standing.name}")
    borne = places.area(area).official
    if official_code and borne and official_code != borne:
        raise CannotSetUp(why=f"{places.area_name(area)}的统计用区划代码是{borne}，与填写的不同")
    founded = found_organisation(
        by=by,
        at=at,
        name=name,
        kind=OrganisationKind.COMMITTEE,
        area=area,
        since=since,
        phone=phone,
        address=address,
    )
    note_milestone(
        founded,
        MilestoneKind.SET_UP,
        since,
        approval,
        by=by,
        at=at,
        boundary=clean_line(boundary),
        official_code=official_code or borne,
        households=households,
    )
    return founded


@operation("organisations.committee.became_community", inner=True)
def become_community(*, by: Actor, at: datetime, area: str, on: date, name: str, number: str) -> None:
    """The committee of a village becomes that of the community (村委会改居委会), with its posts and who holds them.

    The village's committee closes and stays findable; terms and officers stay with it, for the new one is elected anew.
    """
    rows = Organisation.objects.select_for_update().filter(area=area, kind=OrganisationKind.COMMITTEE)
    for old in rows.filter(until__isnull=True, since__lt=on):
        if old.name.startswith(name):
            continue
        named = f"{name}居民委员会"
        new = Organisation.objects.create(
            name=named,
            short=named[:30],
            kind=OrganisationKind.COMMITTEE,
            area=area,
            parent=old.parent,
            phone=old.phone,
            address=old.address,
            duty=old.duty,
            since=on,
        )
        Organisation.objects.filter(parent=old, until__isnull=True).update(parent=new)
        Post.objects.filter(organisation=old, until__isnull=True).update(organisation=new)
        old.until = on
        old.save(update_fields=["until"])
        approval = Approval(number=number, why="村改社区")
        note_milestone(old, MilestoneKind.CONVERTED, on, approval, by=by, at=at, successor=new)
        record(new, kind="organisation", area=area, was=old.public_id, on=on)
