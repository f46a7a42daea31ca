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

# The purpose under which photographs of sites are kept (服务点照片).
PHOTO = "site_photo"


@dataclass(frozen=True)
class AreaMove:
    """Rows that stand in exactly the area ``old`` go over to ``new`` on the day ``on``.

    ``buildings`` None: all that still stand in ``old``. Otherwise only what belongs to these buildings (public ids).
    ``new`` is never wider than the community and has its own street and community codes. The names are told along: the atlas
    must not be asked while areas change, for what it remembers would outlive a refusal.
    """

    old: str
    new: str
    on: date
    buildings: tuple[UUID, ...] | None = None
    old_name: str = ""
    new_name: str = ""


class Restamp(Protocol):
    """One app's way to carry its rows of state over (重新归属); by its ``order``, if it has one: people come first."""

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
class BuildingAction:
    """A button in the head of a building's page (楼幢操作), for who holds ``permission`` there; ``url_name`` takes its id."""

    key: str
    label: str
    icon: str
    permission: str
    url_name: str


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
building_actions: Registry[BuildingAction] = Registry(
    BuildingAction, name="楼幢操作", required=("label", "permission", "url_name")
)


@dataclass(frozen=True)
class AreaCount:
    """Something that stands in areas and is counted before and after a change (底数): ``count(area, by=, on=)``.

    ``follows`` says that it goes over with its area, so that both counts must agree; what does not is only told beforehand.
    """

    key: str
    title: str
    order: int
    count: Callable[..., int]
    follows: bool = True


class Conversion(Protocol):
    """One app's part when a village becomes a community (村改社区); called inside the operation."""

    key: str

    def convert(self, *, by: Actor, at: datetime, area: str, on: date, name: str, number: str) -> None:
        """Carry over what bears the village's name: ``name`` is that of the community."""
        ...


area_counts: Registry[AreaCount] = Registry(AreaCount, name="区域底数", required=("title",))
conversions: Registry[Conversion] = Registry(Conversion, name="村改社区时的办法")
