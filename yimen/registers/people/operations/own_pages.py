"""A resident reads her own file on her own phone (本人页面): a slip from the window opens it, once."""

import base64
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from yimen.foundations.audit.api import operation, record, record_look, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.text import clean_line
from yimen.registers.people.engine.rights_practice import practice_on
from yimen.registers.people.models import OwnPage, Person
from yimen.registers.people.operations.links import join_account
from yimen.registers.people.operations.rights import CannotServeRights
from yimen.registers.people.permissions import SERVE_RIGHTS
from yimen.registers.people.queries.own_pages import digest_of, standing_slip, stands_for
from yimen.registers.people.queries.persons import get_person
from yimen.registers.people.rules.requests import why_not_received

REPLACED, JOINED = "换了新的凭条", "已用来关联登录账号"


@operation("people.own_page.handed_out")
def hand_out_page(*, by: Actor, at: datetime, person: UUID, asked_by: str, identity: str) -> str:
    """Hand a resident the slip that opens her own page (交给本人凭条), after it was seen who she is; answers its word.

    Refuses without that, and for the dead. What was handed out before ends, opened or not. The word is told here and kept
    nowhere, so it carries no request key.
    """
    found = get_person(person, by=by, permission=SERVE_RIGHTS, lock=True)
    holder, seen = clean_line(asked_by)[:100], clean_line(identity)[:100]
    if why := why_not_received(wish="page", asked_by=holder, identity=seen):
        raise CannotServeRights(why=why)
    if found.died_on:
        raise CannotServeRights(
            why=f"{found.name}已登记死亡，不再开通本人页面；近亲属查阅的，请提供信息副本。"
        )
    for older in stands_for(found.public_id, by=by).select_for_update(of=("self",)):
        _end(older, at=at, why=REPLACED)
    word = base64.b32encode(secrets.token_bytes(15)).decode()
    made = OwnPage.objects.create(
        person=found,
        holder=holder,
        identity=seen,
        slip_digest=digest_of(word),
        handed_at=at,
        handed_by=by.key,
        handed_by_name=by.name,
        open_until=at + timedelta(minutes=practice_on(day_of(at)).slip_minutes),
    )
    # She reads it herself among the looks: a page that was handed to somebody else does not stay unseen.
    why = f"交出本人页面的凭条：{holder}，{seen}"[:200]
    record_look(by=by, at=at, subject=found.public_id, area=found.area, why=why)
    record(found, kind="person", area=found.area, page=str(made.public_id), asked_by=holder, identity=seen)
    return word


@operation("people.own_page.opened")
def open_page(*, by: Actor, at: datetime, word: str) -> str | None:
    """Open her page with the word of the slip (打开本人页面), which then is worth nothing more.

    Answers what the phone keeps from then on; None for a word that is unknown, used, too old or replaced, all alike.
    """
    slip = standing_slip(word, by=by, at=at, lock=True)
    if slip is None:
        unchanged()
        return None
    kept = secrets.token_urlsafe(32)
    slip.opened_at, slip.page_digest = at, digest_of(kept)
    slip.until = at + timedelta(days=practice_on(day_of(at)).page_days)
    slip.save(update_fields=["opened_at", "page_digest", "until"])
    record(slip.person, kind="person", area=slip.person.area, page=str(slip.public_id))
    return kept


@operation("people.own_page.joined")
def join_by_slip(*, by: Actor, at: datetime, word: str, account: UUID) -> bool:
    """Join the account that holds the slip with the person it was made for (凭条关联账号); false for a word that opens nothing.

    Who she is was seen when the slip was made, whose account it is by signing in. Refuses an account that belongs to somebody
    else, and a person who has another account.
    """
    slip = standing_slip(word, by=by, at=at, lock=True)
    if slip is None:
        unchanged()
        return False
    join_account(by=by, at=at, account=account, person=slip.person.public_id)
    _end(slip, at=at, why=JOINED)
    record(slip.person, kind="person", area=slip.person.area, page=str(slip.public_id), account=str(account))
    return True


@operation("people.own_page.ended")
def end_page(*, by: Actor, at: datetime, person: UUID, why: str) -> Person:
    """End the slip and the page of a resident (停用本人页面): she asks for it, or her phone is lost; from this moment."""
    found = get_person(person, by=by, permission=SERVE_RIGHTS, lock=True)
    rows = list(stands_for(found.public_id, by=by).select_for_update(of=("self",)))
    if not rows:
        unchanged()
        return found
    reason = clean_line(why)[:100]
    if not reason:
        raise CannotServeRights(why="请写明为什么停用，例如：本人要求；手机丢了。")
    for row in rows:
        _end(row, at=at, why=reason)
    record(found, kind="person", area=found.area, ended=reason)
    return found


def _end(row: OwnPage, *, at: datetime, why: str) -> None:
    row.ended_at, row.ended_why = at, why
    row.save(update_fields=["ended_at", "ended_why"])
