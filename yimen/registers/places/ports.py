"""What apps above plug into places.

``restamp``: when areas are reorganised, every app carries its own rows of state (residence, enrolment, open case …) over
to the successor; rows of deeds keep the area of the day. ``dwelling_panels``: what else to show about one dwelling, for
those who may see it. ``offerings``: what a service site may offer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from yimen.kernel.actor import Actor
from yimen.kernel.registry import Registry


@dataclass(frozen=True)
class AreaMove:
    """Rows that stand in exactly the area ``old`` go over to ``new`` on the day ``on``.

    ``buildings`` None: all that still stand in ``old``. Otherwise only what belongs to these buildings (public ids).
    ``new`` is never wider than the community and has its own street and community codes.
    """

    old: str
    new: str
    on: date
    buildings: tuple[UUID, ...] | None = None


class Restamp(Protocol):
    """One app's way to carry its rows of state over (重新归属)."""

    key: str

    def carry_over(self, *, by: Actor, at: datetime, move: AreaMove) -> int:
        """Re-stamp the rows and answer how many; called inside the operation `reorganise_areas`."""
        ...


class DwellingPanel(Protocol):
    """A panel beside one dwelling (房屋旁栏): loaded only for actors who hold ``permission`` there."""

    key: str
    title: str
    order: int
    permission: str
    template: str

    def load(self, dwelling: UUID, *, by: Actor) -> Any:
        """The panel's content for the template, or None to leave the panel out."""
        ...


@dataclass(frozen=True)
class Offering:
    """A kind of thing that sites offer (办理内容的种类): ``choices(on)`` answers (key, title) of all there are.

    An offer is written ``<kind>/<key>``, for example ``matter/temporary_relief``.
    """

    key: str
    title: str
    order: int
    choices: Callable[[date], Sequence[tuple[str, str]]]


offerings: Registry[Offering] = Registry(Offering, name="办理内容的种类", required=("title", "choices"))
restamp: Registry[Restamp] = Registry(Restamp, name="区域调整时的归属办法")
dwelling_panels: Registry[DwellingPanel] = Registry(
    DwellingPanel, name="房屋旁栏", required=("title", "permission", "template")
)
