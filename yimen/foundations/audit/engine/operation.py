"""The operation (操作): a keyword-only verb, told who acts and when, in one transaction with its trail."""

import functools
import hashlib
import inspect
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models, transaction

from yimen.foundations.audit.engine.recording import write_trail
from yimen.foundations.audit.models import Replay
from yimen.foundations.bus.api import (
    Deed,
    Statement,
    current_deed,
    open_deed,
    take_unheard,
    write_announcements,
)
from yimen.kernel.actor import Actor
from yimen.kernel.clock import STREET_TIME
from yimen.kernel.ids import uuid7
from yimen.kernel.refusals import Conflict
from yimen.kernel.text import chinese_term


class SentBefore(Conflict):
    """The page was sent before, for another deed: what it showed is no longer how things stand."""

    code = "audit.sent_before"
    sentence = "这一页刚才已经提交过，办的是另一件事；请打开最新的页面再继续。"


_called: dict[str, str] = {}


class NothingRecorded(RuntimeError):
    """A bug: an operation ended without a trail row and without saying that nothing needed doing."""


class NotInner(RuntimeError):
    """A bug: an inner operation was called from outside an operation."""


def operation(verb: str, *, inner: bool = False, one_row: bool = False) -> Callable:
    """Mark ``function(*, by, at | on, …)`` as a writer named ``verb`` (``<app>.<noun>.<past tense>``).

    Outermost, it opens the transaction and the write guard, and must leave a trail; nested, it joins. ``inner``
    operations carry no permission of their own and refuse to be outermost. Callers may add ``request_key``: the
    second call of the same actor with the same key gets the first answer and writes nothing. ``one_row`` says that all it
    ever writes is one row, which stands or falls by itself: within the transaction of a request it needs no savepoint.
    """

    def declare(function: Callable) -> Callable:
        parameters = inspect.signature(function).parameters
        if "by" not in parameters or not {"at", "on"} & set(parameters):
            raise TypeError(
                f"{function.__qualname__}: an operation is told who acts (by) and when (at or on)"
            )

        @functools.wraps(function)
        def perform(*, request_key: str | None = None, **given: Any) -> Any:
            deed = current_deed()
            if deed is not None:
                deed.verbs.append(verb)
                try:
                    return function(**given)
                finally:
                    deed.verbs.pop()
            if inner:
                raise NotInner(f"{verb} is an inner operation")
            deed = Deed(id=uuid7(), verb=verb, by=given["by"], at=_moment(given), verbs=[verb])
            if isinstance(deed.by, Actor):
                deed.by.stood_in.clear()
            with _whole(one_row=one_row), open_deed(deed):
                kept = None
                if request_key:
                    answer, kept = _answer_once(deed, request_key, function, given)
                else:
                    answer = function(**given)
                if not deed.recorded:
                    raise NothingRecorded(f"{verb} left no trail: call record() or unchanged()")
                write_trail(deed, beside=take_unheard(deed), last=kept)
                write_announcements(deed)
            return answer

        if term := chinese_term(function.__doc__):
            _called.setdefault(verb, term)
        perform.verb = verb
        perform.inner = inner
        return perform

    return declare


def _whole(*, one_row: bool) -> AbstractContextManager:
    """All of a deed or nothing of it."""
    return nullcontext() if one_row and connection.in_atomic_block else transaction.atomic()


def called(verb: str) -> str:
    """What an operation is called in Chinese (操作名称), as its own docstring says; "" when it does not."""
    return _called.get(verb, "")


def verbs() -> dict[str, str]:
    """Every verb whose operation has a Chinese term, with that term."""
    return dict(_called)


def _moment(given: dict[str, Any]) -> datetime:
    moment = given["at"] if "at" in given else given["on"]
    if isinstance(moment, datetime):
        return moment
    if isinstance(moment, date):
        return datetime.combine(moment, time(12), tzinfo=STREET_TIME)
    raise TypeError("an operation is told when: an aware datetime (at) or a date (on)")


def _answer_once(
    deed: Deed, request_key: str, function: Callable, given: dict[str, Any]
) -> tuple[Any, Statement | None]:
    """The answer, and the statement that keeps it for a second call."""
    # The insert waits for a twin that is still under way, then finds its row: exactly one of the two writes.
    owner = deed.by.key if isinstance(deed.by, Actor) else ""
    # The key comes from a browser and may be anything; of its digest we know what it looks like.
    key = hashlib.sha256(request_key.encode("utf-8", "surrogatepass")).hexdigest()
    mine = _first_time(deed, owner, key)
    if mine is None:
        before = Replay.objects.select_for_update().get(actor=owner, request_key=key)
        if before.verb != deed.verb:
            raise SentBefore
        deed.recorded = True
        return _revive(before.answer), None
    answer = function(**given)
    return answer, (_ANSWERED, [_IN_JSON.get_db_prep_save(_keep(answer), connection), mine])


def _first_time(deed: Deed, owner: str, key: str) -> int | None:
    """The number of the row of a key that was not used before, None for one that was."""
    with connection.cursor() as cursor:
        cursor.execute(_ONCE, [uuid7(), owner, key, deed.verb, deed.at])
        row = cursor.fetchone()
    return row[0] if row else None


_ONCE = f"""
INSERT INTO {Replay._meta.db_table} (public_id, actor, request_key, verb, at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (actor, request_key) DO NOTHING RETURNING id
"""  # nosec B608 - the name of our own table
_IN_JSON = Replay._meta.get_field("answer")
_ANSWERED = f"UPDATE {Replay._meta.db_table} SET answer = %s WHERE id = %s"  # nosec B608 - the name of our own table


def _keep(answer: Any) -> Any:
    if isinstance(answer, models.Model):
        return {"model": answer._meta.label, "pk": answer.pk}
    if isinstance(answer, UUID):
        return {"uuid": str(answer)}
    return {"value": answer}


def _revive(kept: dict[str, Any]) -> Any:
    if "model" in kept:
        return apps.get_model(kept["model"])._base_manager.get(pk=kept["pk"])
    return UUID(kept["uuid"]) if "uuid" in kept else kept["value"]
