"""Give a directive (交办督办)."""

from datetime import date, datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record
from yimen.foundations.messages.api import tell_account
from yimen.kernel.actor import Actor
from yimen.kernel.areas import street_of
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line, clean_text
from yimen.work.desk.api import find_cases
from yimen.work.directives.choices import Deed, DirectiveKind
from yimen.work.directives.models import Directive, DirectiveStep
from yimen.work.directives.permissions import GIVE
from yimen.work.directives.queries import link_to, owners_in
from yimen.work.directives.rules import plain_address, why_not_day


class CannotGive(NotPossible):
    code = "directives.cannot_give"
    sentence = "{why}"


@operation("directives.directive.given")
def give_directive(
    *,
    by: Actor,
    at: datetime,
    area: str,
    owner: UUID,
    title: str,
    text: str,
    due_on: date,
    kind: str = DirectiveKind.URGE,
    about: str = "",
    about_title: str = "",
    case: UUID | None = None,
) -> Directive:
    """Want something of a colleague by a day (交办), about a case, a number, a list or nothing; the owner is told at once.

    ``about`` is an address within the house. Refuses a day that has passed, an owner who does not work with what lies in the
    area, oneself as owner, and a case out of reach.
    """
    by.must(GIVE, area=area)
    on = day_of(at)
    if wrong := why_not_day(due_on, today=on):
        raise CannotGive(why=wrong.sentence, findings=[wrong])
    names = dict(owners_in(area, by=by, on=on))
    if owner not in names:
        raise CannotGive(why="请从名单里选在这里工作的同事。")
    if case is not None and not find_cases(by=by).filter(public_id=case).exists():
        raise CannotGive(why="这件办件不在您的范围内。")
    made = Directive(
        kind=DirectiveKind(kind),
        title=clean_line(title),
        text=clean_text(text),
        about=plain_address(about),
        about_title=clean_line(about_title)[:120],
        case=case,
        area=area,
        street=street_of(area),
        owner=owner,
        owner_name=names[owner][:80],
        due_on=due_on,
        first_due_on=due_on,
        given_at=at,
        given_by=by.key,
        giver=by.account,
        giver_name=by.name[:80],
    )
    made.save(force_insert=True)
    DirectiveStep.objects.create(
        directive=made,
        number=1,
        deed=Deed.GIVEN,
        text=made.text,
        due_on=due_on,
        done_at=at,
        done_by=by.key,
        done_by_name=by.name[:80],
    )
    record(made, kind="directive", area=area, owner=str(owner), due_on=due_on.isoformat())
    tell_account(
        by=by,
        at=at,
        account=owner,
        title=f"{made.get_kind_display()}：{made.title}",
        text=f"{by.name}交办，请在{due_on.month}月{due_on.day}日前答复。",
        link=link_to(made),
        area=area,
    )
    return made
