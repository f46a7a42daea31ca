"""What upper apps plug in: which of their rows are past their term (到期清除), and what still holds a person's file."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from yimen.kernel.actor import Actor
from yimen.kernel.registry import Registry


@dataclass(frozen=True)
class Retention:
    """One kind of rows with a term (保存期限); ``key`` names its definition of kind `retention`, where the term stands.

    ``rows(before, by=actor)`` answers those whose time began before that day and is over: never what a law still keeps, what is
    open, or what was cleared already. ``clear(by=, at=, rows=)`` empties them and leaves what is counted; without it they are
    deleted.
    """

    key: str
    rows: Callable[..., QuerySet]
    clear: Callable[..., None] | None = None


@dataclass(frozen=True)
class Hold:
    """Why a person's file stays although its time is over (在办): ``held(people, by=)`` answers whom something open concerns."""

    key: str
    title: str
    held: Callable[..., Collection[UUID]]


retentions: Registry[Retention] = Registry(Retention, name="保存期限", required=("rows",))
holds: Registry[Hold] = Registry(Hold, name="在办事项", required=("title",))


def held_people(people: Sequence[UUID], *, by: Actor) -> set[UUID]:
    """Whom of these people something open still concerns (还有在办的事)."""
    return {one for hold in holds for one in hold.held(people, by=by)} if people else set()
