"""Give matters of the street to communities, go on giving them, take them back (事项下放)."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.definitions.api import current
from yimen.foundations.messages.api import tell_role
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, level, street_of
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import Conflict, NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.places.api import area, area_name
from yimen.registers.places.ports import AreaMove
from yimen.work.desk.choices import DelegatedPower
from yimen.work.desk.engine.delegating import NoDelegation
from yimen.work.desk.engine.grammar import Matter
from yimen.work.desk.engine.practice import practice
from yimen.work.desk.models import Delegation
from yimen.work.desk.permissions import DELEGATE
from yimen.work.desk.rules.delegating import why_not_delegate, why_not_end

WHO_IS_WARNED = ("section_officer", "section_chief")


class CannotDelegate(NotPossible):
    code = "desk.cannot_delegate"


class DelegatedAlready(Conflict):
    code = "desk.delegated_already"
    status = 422
    sentence = "{matter}在{area}已有下放，到{last:%Y年%m月%d日}为止；请从那以后的一天起，或先收回。"


class CannotEndDelegation(NotPossible):
    code = "desk.cannot_end_delegation"


@operation("desk.matter.delegated")
def delegate_matter(
    *,
    by: Actor,
    at: datetime,
    area: str,
    matter: str,
    powers: DelegatedPower | str,
    document: str,
    article: str = "",
    seal_rule: str,
    since: date,
    last_day: date,
) -> Delegation:
    """Give a matter of the street to one community from a day to a day (事项下放).

    Refuses what the community takes in anyway, a decision nobody of the street makes, a missing basis or seal rule, a
    day that has passed, and a period in which the matter is delegated there already.
    """
    definition: Matter = current("matter", matter, on=max(since, day_of(at))).body
    street = street_of(area) or area
    by.must(DELEGATE, area=street)
    _standing_community(area, on=since)
    powers = DelegatedPower(powers)
    findings = why_not_delegate(
        title=definition.title,
        level=definition.level,
        way=definition.way,
        decides=definition.decides,
        with_decision=powers is DelegatedPower.DECIDE,
        to_community=level(area) is Level.COMMUNITY,
        document=document,
        seal_rule=seal_rule,
        since=since,
        last_day=last_day,
        today=day_of(at),
    )
    if findings:
        raise CannotDelegate(
            "；".join(one.sentence.rstrip("。") for one in findings) + "。", findings=findings
        )
    until = last_day + timedelta(days=1)
    _must_be_free(matter, definition, area=area, since=since, until=until)
    try:
        with transaction.atomic():
            given = Delegation.objects.create(
                matter=matter,
                street=street,
                area=area,
                powers=powers,
                document=clean_line(document),
                article=clean_line(article),
                seal_rule=clean_line(seal_rule),
                since=since,
                until=until,
                given_by=by.key,
                given_by_name=by.name,
                given_at=at,
            )
    except IntegrityError as error:  # a colleague gave it in the same second
        raise DelegatedAlready(matter=definition.title, area=area_name(area), last=last_day) from error
    record(
        given,
        kind="delegation",
        area=area,
        matter=matter,
        powers=powers.value,
        since=since,
        last_day=last_day,
        document=given.document,
    )
    return given


@operation("desk.delegation.renewed")
def renew_delegation(*, by: Actor, at: datetime, delegation: UUID, last_day: date) -> Delegation:
    """Go on giving it after its last day, on the same terms (下放续期): a further row, so that each period stays readable."""
    found = _mine(delegation, by=by)
    if found.ended_at is not None:
        raise CannotDelegate("这项下放已经收回，请重新下放。")
    return delegate_matter(
        by=by,
        at=at,
        area=found.area,
        matter=found.matter,
        powers=found.powers,
        document=found.document,
        article=found.article,
        seal_rule=found.seal_rule,
        since=max(found.until, day_of(at)),
        last_day=last_day,
    )


@operation("desk.delegation.ended")
def end_delegation(*, by: Actor, at: datetime, delegation: UUID, why: str) -> Delegation:
    """Take a matter back before its time (收回下放): from tomorrow the community's window no longer takes it in.

    What has not begun yet is cancelled. Cases already accepted go on. Refuses what is over or was taken back before.
    """
    found = _mine(delegation, by=by)
    today = day_of(at)
    finding = why_not_end(ended=found.ended_at is not None, first_day_after=found.until, today=today, why=why)
    if finding:
        raise CannotEndDelegation(finding.sentence, findings=[finding])
    found.ended_why, found.ended_by, found.ended_at = clean_line(why)[:200], by.key, at
    if found.since > today:
        found.cancelled = True
    else:
        found.until = min(found.until, today + timedelta(days=1))
    found.save(update_fields=["ended_why", "ended_by", "ended_at", "cancelled", "until"])
    record(found, kind="delegation", area=found.area, matter=found.matter, until=found.until)
    return found


@operation("desk.delegations.carried_over", inner=True)
def carry_over_delegations(*, by: Actor, at: datetime, move: AreaMove) -> int:
    """What was given to a community holds for its successor from the day of the change (下放随区域调整), on the same terms.

    The old row ends on that day, so that it stays readable to whom it was given. What the successor was given itself goes
    before. A community that is divided keeps it: to the new one the street gives it anew.
    """
    if move.buildings is not None or level(move.old) is not Level.COMMUNITY:
        unchanged()
        return 0
    standing = Delegation.objects.standing().filter(area=move.old, until__gt=move.on)
    rows = list(standing.order_by("since", "id").select_for_update())
    carried = 0
    for old in rows:
        since, until = max(old.since, move.on), old.until
        if old.since >= move.on:
            old.cancelled = True
        else:
            old.until = move.on
        old.ended_why = f"区域调整，由{move.old_name}转到{move.new_name}"[:200]
        old.ended_by, old.ended_at = by.key, at
        old.save(update_fields=["ended_why", "ended_by", "ended_at", "cancelled", "until"])
        record(old, kind="delegation", area=old.area, matter=old.matter, until=old.until)
        there = Delegation.objects.standing().filter(matter=old.matter, area=move.new)
        if there.filter(since__lt=until, until__gt=since).exists():
            continue
        new = Delegation.objects.create(
            matter=old.matter,
            street=street_of(move.new),
            area=move.new,
            powers=old.powers,
            document=old.document,
            article=old.article,
            seal_rule=old.seal_rule,
            since=since,
            until=until,
            given_by=old.given_by,
            given_by_name=old.given_by_name,
            given_at=old.given_at,
        )
        record(new, kind="delegation", area=new.area, matter=new.matter, since=since, last_day=new.last_day)
        carried += 1
    if not rows:
        unchanged()
    return carried


@operation("desk.delegation.warned")
def warn_of_delegations(*, by: Actor, at: datetime, of: date | None = None) -> int:
    """Tell the officers of a street some days before what they gave runs out (下放到期提醒); answers how many streets.

    How many days before is said by the practice of the desk; what is renewed already is not mentioned. ``of`` is the day on
    which it was to be told, if the machine was off then: how many days are left is counted from today.
    """
    unchanged()
    today = day_of(at)
    days = practice(on=today).delegation_warning_days
    told_on = of or today
    ends = {
        until: (until - today).days - 1
        for until in (told_on + timedelta(days=number + 1) for number in days)
        if until > today
    }
    rows: dict[tuple[str, int], list[Delegation]] = {}
    for row in Delegation.objects.standing().on(today).filter(until__in=list(ends), ended_at__isnull=True):
        if not _goes_on(row):
            rows.setdefault((row.street, ends[row.until]), []).append(row)
    for (street, number), found in sorted(rows.items()):
        text = "、".join(
            f"{current('matter', row.matter, on=today).body.title}（{area_name(row.area)}）"
            for row in found[:6]
        )
        more = f"等 {len(found)} 项" if len(found) > 6 else ""
        for role in WHO_IS_WARNED:
            tell_role(
                by=by,
                at=at,
                role=role,
                role_area=street,
                title=f"下放的事项还有 {number} 天到期" if number else "下放的事项今天到期",
                text=f"{text}{more}，{found[0].last_day:%Y年%m月%d日}以后社区不能再受理。",
                link="/desk/delegations/",
                area=street,
            )
    return len({street for street, _ in rows})


def _mine(delegation: UUID, *, by: Actor) -> Delegation:
    found = Delegation.objects.select_for_update().filter(public_id=delegation).first()
    if found is None or not by.can(DELEGATE, area=found.street):
        raise NoDelegation
    return found


def _must_be_free(key: str, matter: Matter, *, area: str, since: date, until: date) -> None:
    other = (
        Delegation.objects.standing()
        .filter(matter=key, area=area, since__lt=until, until__gt=since)
        .order_by("since")
        .first()
    )
    if other is not None:
        raise DelegatedAlready(matter=matter.title, area=area_name(area), last=other.last_day)


def _goes_on(row: Delegation) -> bool:
    later = Delegation.objects.standing().filter(matter=row.matter, area=row.area, since=row.until)
    return later.exists()


def _standing_community(code: str, *, on: date) -> None:
    if not area(code).holds_on(on):
        raise CannotDelegate(f"{area_name(code)}已经撤并，不能下放。")
