"""What organisations fills in below: who holds a role, how posts follow a reorganised area, the navigation."""

from datetime import date, datetime
from uuid import UUID

from yimen.foundations.messages import ports as messages
from yimen.foundations.ui.ports import NavItem, navigation
from yimen.kernel.actor import Actor
from yimen.registers.organisations.operations import carry_over
from yimen.registers.organisations.permissions import VIEW
from yimen.registers.organisations.queries import accounts_holding
from yimen.registers.places import ports as places


class PostHolders:
    """Who is told what goes to a role (岗位人员)."""

    key = "organisations"

    def accounts_holding(self, role: str, *, area: str, on: date) -> frozenset[UUID]:
        return accounts_holding(role, area=area, on=on)


class PostsFollow:
    """Organisations, posts and the roles they give follow an area as a whole; a few buildings move none of them."""

    key = "organisations"

    def carry_over(self, *, by: Actor, at: datetime, move: places.AreaMove) -> int:
        if move.buildings is not None:
            return 0
        return carry_over(by=by, at=at, old=move.old, new=move.new, on=move.on)


messages.role_holders.register(PostHolders())
places.restamp.register(PostsFollow())
navigation.register(
    NavItem(label="单位与岗位", url_name="organisations:list", icon="building", permission=VIEW, order=44)
)
