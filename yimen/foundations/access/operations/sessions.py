"""Where somebody is signed in, and the end of it (登录会话)."""

from datetime import datetime, timedelta
from uuid import UUID

from yimen.foundations.access.choices import SessionEnd
from yimen.foundations.access.engine.attempts import end_all_sessions
from yimen.foundations.access.engine.colleagues import colleague
from yimen.foundations.access.models import Account, Session
from yimen.foundations.access.permissions import MANAGE_ACCOUNTS
from yimen.foundations.access.queries import sessions_of_leavers
from yimen.foundations.audit.api import operation, record, record_batch, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound

SEEN_EVERY = timedelta(minutes=1)


@operation("access.session.seen")
def note_seen(*, by: Actor, at: datetime, session: UUID) -> None:
    """Remember that a session is in use; the middleware calls it at most once a minute."""
    unchanged()
    # Two requests of one browser at once: the second does not wait for the first to end, one note is enough.
    free = Session.objects.filter(public_id=session, seen_at__lt=at).select_for_update(skip_locked=True)
    Session.objects.filter(pk__in=free.values("pk")).update(seen_at=at)


@operation("access.session.ended")
def sign_out(*, by: Actor, at: datetime, session: UUID) -> None:
    """End the session one is in (退出). Doing it twice is no mistake."""
    _end(_own_session(by, session), at=at, why=SessionEnd.SIGNED_OUT, area=by.home)


@operation("access.session.ended_elsewhere")
def end_session(*, by: Actor, at: datetime, session: UUID) -> None:
    """End another of one's own sessions (结束其他登录). Refuses sessions of others as not found."""
    _end(_own_session(by, session), at=at, why=SessionEnd.ENDED, area=by.home)


@operation("access.sessions.others_ended")
def end_other_sessions(*, by: Actor, at: datetime, session: UUID) -> int:
    """End all of one's own sessions but the one one is in (结束其他所有登录); answers how many there were."""
    account = Account.objects.select_for_update().filter(public_id=by.account).first()
    if account is None:
        raise NotFound()
    ended = end_all_sessions(account, at=at, why=SessionEnd.ENDED, but=session)
    if ended:
        record(account, kind="account", area=account.area, sessions=ended)
    else:
        unchanged()
    return ended


@operation("access.sessions.ended")
def end_sessions(*, by: Actor, at: datetime, account: UUID, reason: str, session: UUID | None = None) -> int:
    """End every session of a colleague (强制退出), or the one named: a lost phone, a screen left open; answers how many."""
    found = colleague(account, by=by, permission=MANAGE_ACCOUNTS)
    if session is None:
        ended = end_all_sessions(found, at=at, why=SessionEnd.ENDED)
    else:
        one = Session.objects.filter(account=found, public_id=session)
        if not one.exists():
            raise NotFound()
        ended = one.filter(ended_at=None).update(ended_at=at, ended_why=SessionEnd.ENDED)
    record(found, kind="account", area=found.area, sessions=ended, reason=reason)
    return ended


@operation("access.sessions.of_leavers_ended")
def end_sessions_of_leavers(*, by: Actor, at: datetime) -> int:
    """End the sessions of staff whose last role has ended (离岗退出登录); a job asks every minute. Answers how many.

    An account that never held a role stays signed in: somebody new waits for her post.
    """
    leaving = list(sessions_of_leavers(at=at).select_for_update(of=("self",), skip_locked=True))
    if not leaving:
        unchanged()
        return 0
    ended = Session.objects.filter(pk__in=[one.pk for one in leaving]).update(
        ended_at=at, ended_why=SessionEnd.LEFT
    )
    manifest = [{"session": str(one.public_id), "account": str(one.account.public_id)} for one in leaving]
    record_batch(manifest, kind="session", area="", why=SessionEnd.LEFT.value)
    return ended


def _own_session(by: Actor, session: UUID) -> Session:
    found = (
        Session.objects.select_for_update().filter(public_id=session, account__public_id=by.account).first()
    )
    if found is None:
        raise NotFound()
    return found


def _end(session: Session, *, at: datetime, why: SessionEnd, area: str) -> None:
    if session.ended_at is not None:
        return unchanged()
    session.ended_at, session.ended_why = at, why
    session.save(update_fields=["ended_at", "ended_why"])
    record(session, kind="session", area=area, why=why.value)
    return None
