"""Remind of what is due and late, hand over what lay with a leaver, follow areas that change."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from yimen.foundations.access.api import account_name, areas_worked
from yimen.foundations.audit.api import operation, record_batch, unchanged
from yimen.foundations.messages.api import tell_account
from yimen.kernel.actor import Actor
from yimen.kernel.areas import street_of
from yimen.kernel.clock import day_of
from yimen.registers.places.ports import AreaMove
from yimen.work.directives.choices import Deed, Standing
from yimen.work.directives.engine.practice import practice
from yimen.work.directives.models import Directive, DirectiveStep
from yimen.work.directives.queries import link_to


@operation("directives.directives.chased")
def chase_directives(*, by: Actor, at: datetime) -> int:
    """Tell owners some days before the day, and owners and givers once when it has passed (督办提醒); answers how many.

    A second run on the same day tells nobody again.
    """
    unchanged()
    today = day_of(at)
    ahead = today + timedelta(practice(on=today).remind_days)
    due = Q(due_on__lte=ahead, due_on__gte=today, reminded_on=None)
    late = Q(due_on__lt=today, late_told_on=None)
    rows = Directive.objects.within(by).filter(standing=Standing.OPEN).filter(due | late)
    found = list(rows.select_for_update(of=("self",), skip_locked=True).order_by("id"))
    for one in found:
        passed = one.due_on < today
        day = f"{one.due_on.month}月{one.due_on.day}日"
        if passed:
            one.late_told_on, title, text = today, "督办超期", f"应在{day}前答复，还没有答复。"
        else:
            one.reminded_on, title, text = today, "督办快到期", f"请在{day}前答复。"
        told = {one.owner, one.giver} if passed else {one.owner}
        for account in sorted(told - {None}):
            tell_account(
                by=by,
                at=at,
                account=account,
                title=f"{title}：{one.title}",
                text=text,
                link=link_to(one),
                area=one.area,
            )
    Directive.objects.bulk_update(found, ["reminded_on", "late_told_on"])
    return len(found)


@operation("directives.directives.handed_over")
def hand_over_directives(*, by: Actor, at: datetime, account: UUID, to: UUID | None) -> int:
    """A colleague left: what was to be answered goes to who takes over, else back to whoever gave it (离岗交接).

    Answers how many. What the leaver gave goes on; who may give there closes it.
    """
    rows = Directive.objects.within(by).under_way().filter(owner=account)
    found = list(rows.select_for_update(of=("self",)).order_by("id"))
    if not found:
        unchanged()
        return 0
    areas = areas_worked(to, on=day_of(at)) if to else ()
    leaver, steps = account_name(account), []
    for one in found:
        heir = to if to and one.area.startswith(areas) else one.giver
        if heir is None:
            continue
        one.owner, one.owner_name = heir, account_name(heir)[:80]
        one.edition += 1
        steps.append(
            DirectiveStep(
                directive=one,
                number=one.edition,
                deed=Deed.HANDED_OVER,
                text=f"{leaver}已停用账号，由{one.owner_name}接手。",
                done_at=at,
                done_by=by.key,
                done_by_name=by.name[:80],
            )
        )
        tell_account(
            by=by,
            at=at,
            account=heir,
            title=f"接手督办：{one.title}",
            text=f"{leaver}已停用账号，期限不变。",
            link=link_to(one),
            area=one.area,
        )
    Directive.objects.bulk_update(found, ["owner", "owner_name", "edition"])
    DirectiveStep.objects.bulk_create(steps)
    told = [{"directive": str(one.public_id), "to": str(one.owner)} for one in found]
    record_batch(told, kind="directive", area=found[0].street, handed_over=str(account))
    return len(found)


@operation("directives.rows.carried_over", inner=True)
def carry_over_directives(*, by: Actor, at: datetime, move: AreaMove) -> int:
    """What is under way goes over with its area (随区域调整); what is over keeps the area of its day."""
    unchanged()
    if move.buildings is not None:
        return 0
    rows = Directive.objects.within(by).under_way().filter(area=move.old)
    return rows.update(area=move.new, street=street_of(move.new))
