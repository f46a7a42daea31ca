"""What messages fills: its definition, the bell, the navigation, and role holders by their grants."""

from datetime import date
from uuid import UUID

from yimen.foundations.access.api import holders_of
from yimen.foundations.definitions.ports import Kind, kinds
from yimen.foundations.messages.engine.telling import Telling, run_example
from yimen.foundations.messages.permissions import READ_INBOX, WORK_CALLS
from yimen.foundations.messages.ports import role_holders
from yimen.foundations.messages.queries import unread_count
from yimen.foundations.ui.ports import Bell, NavItem, bells, navigation
from yimen.kernel.areas import lineage

kinds.register(Kind(name="telling", grammar=Telling, title="告知办法", run_example=run_example))
bells.register(Bell(key="messages", url_name="messages:inbox", count=unread_count))
navigation.register(NavItem("消息", "messages:inbox", "message", READ_INBOX, 90))
navigation.register(NavItem("电话敲门名单", "messages:calls", "phone", WORK_CALLS, 40))


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
