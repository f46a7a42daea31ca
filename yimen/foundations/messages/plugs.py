"""What messages fills: its definition, the bell, the navigation, and role holders by their grants."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from yimen.foundations.access.api import holders_of
from yimen.foundations.audit.ports import Proof, proofs
from yimen.foundations.definitions.ports import Kind, kinds
from yimen.foundations.messages.engine.telling import Telling, run_example
from yimen.foundations.messages.operations import empty_calls
from yimen.foundations.messages.permissions import READ_INBOX, WORK_CALLS
from yimen.foundations.messages.ports import role_holders
from yimen.foundations.messages.queries import (
    first_calls,
    first_unread,
    sent_before,
    told_before,
    unread_count,
)
from yimen.foundations.retention.ports import Retention, retentions
from yimen.foundations.ui.ports import Bell, HomeCard, NavItem, bells, home_cards, navigation
from yimen.kernel.actor import Actor
from yimen.kernel.areas import lineage
from yimen.kernel.clock import day_of

SHOWN = 5


def _calls(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    calls = first_calls(by=by, on=day_of(at), most=SHOWN + 1)
    return {"calls": calls[:SHOWN], "more": len(calls) > SHOWN} if calls else None


def _call_words(card: dict[str, Any]) -> str:
    return f"{len(card['calls'])} 人{'以上' if card['more'] else ''}要打电话或上门告知"


def _unread(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    found = first_unread(by=by, most=SHOWN + 1)
    return {"messages": found[:SHOWN], "more": len(found) > SHOWN} if found else None


def _unread_words(card: dict[str, Any]) -> str:
    return f"{len(card['messages'])} 条{'以上' if card['more'] else ''}新消息"


kinds.register(Kind(name="telling", grammar=Telling, title="告知办法", run_example=run_example))
bells.register(Bell(key="messages", url_name="messages:inbox", count=unread_count))
navigation.register(NavItem("消息", "messages:inbox", "message", READ_INBOX, 90))
navigation.register(NavItem("电话敲门名单", "messages:calls", "message-circle", WORK_CALLS, 26))

home_cards.register(
    HomeCard(
        key="messages.calls",
        permission=WORK_CALLS,
        order=16,
        template="messages/calls_card.html",
        query=_calls,
        words=_call_words,
    )
)
home_cards.register(
    HomeCard(
        key="messages.unread",
        permission=READ_INBOX,
        order=17,
        template="messages/unread_card.html",
        query=_unread,
        words=_unread_words,
    )
)


@role_holders.register
class _ByGrant:
    """Whoever was granted the role over the area or a wider one (授权在岗)."""

    key = "access"

    @staticmethod
    def accounts_holding(role: str, *, area: str, on: date) -> frozenset[UUID]:
        codes = lineage(area)
        return frozenset(
            account.public_id for code in codes for account in holders_of(role, area=code, on=on)
        )


# Of a task that is still open every try was in vain; the one that ends it is not counted among them.
proofs.register(
    Proof(
        key="messages.tries",
        title="告知任务的联系次数，对告知经过",
        kept="SELECT id, tries FROM yimen_messages_calltask WHERE state = 'open' AND tries > 0",
        truth="""
        SELECT attempt.task_id, count(*) FROM yimen_messages_calltry AS attempt
        JOIN yimen_messages_calltask AS task ON task.id = attempt.task_id AND task.state = 'open' GROUP BY 1
        """,
    )
)
retentions.register(Retention(key="messages_inbox", rows=sent_before))
retentions.register(Retention(key="messages_calls", rows=told_before, clear=empty_calls))
