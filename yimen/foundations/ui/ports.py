"""What upper apps plug into the face: navigation, home cards and the small facts of the head line.

Fill them from an app's ``plugs.py``: ``navigation.register(NavItem(...))``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from yimen.kernel.registry import Registry


@dataclass(frozen=True)
class NavItem:
    """One line of the left navigation (导航项).

    ``permission`` None shows it to every member of staff; otherwise it shows to whoever holds it somewhere. ``order``
    sorts; the first nine an actor may see stand in the open, the rest under 更多. ``icon`` is a name of ``icons/``.
    """

    label: str
    url_name: str
    icon: str
    permission: str | None
    order: int


@dataclass(frozen=True)
class HomeCard:
    """One card of the first page (首页卡片).

    ``query(by=actor, at=aware datetime)`` answers what the ``template`` gets as ``card``; None leaves the card out.
    ``wide`` asks for the full width of the work column. ``words(content)`` says the card in a few words (2 件已超期) for
    the sentence under the greeting; "" says nothing.
    """

    key: str
    permission: str | None
    order: int
    template: str
    query: Callable[..., Any]
    wide: bool = False
    words: Callable[[Any], str] | None = None


@dataclass(frozen=True)
class TodayLine:
    """A few words for the head line, for example 今日：接待日. ``text(by=actor, at=aware datetime)`` answers "" for nothing."""

    key: str
    order: int
    text: Callable[..., str]


@dataclass(frozen=True)
class HeadTool:
    """Something small that is at hand on every page, beside the search box (页头工具); queried and drawn like a card.

    ``query(by=actor, at=aware datetime)`` runs on every page of staff, so it asks the database nothing.
    """

    key: str
    permission: str
    order: int
    template: str
    query: Callable[..., Any]


@dataclass(frozen=True)
class Bell:
    """The bell in the head line (消息铃): where it leads and how many wait, ``count(by=actor)``."""

    key: str
    url_name: str
    count: Callable[..., int]


@dataclass(frozen=True)
class Chip:
    """One thing that was begun and waits (挂起的一件); ``title`` says in words what pressing it does."""

    key: str
    label: str
    title: str
    url: str


@dataclass(frozen=True)
class ChipRow:
    """A row of chips above the work of every page (挂起): ``chips(by=actor)``; the row leads to ``url_name``."""

    key: str
    title: str
    permission: str
    chips: Callable[..., list[Chip]]
    url_name: str


@dataclass(frozen=True)
class CardDesk:
    """Where a card read at this computer is sent (读卡去处): a POST to ``url_name`` with ``id_number`` and what stands on it."""

    key: str
    permission: str
    url_name: str


@dataclass(frozen=True)
class ListDoor:
    """What else can be done with a whole list (清单去处), beside its export.

    ``url(name of the list, its conditions as an address has them, by=actor)`` answers where it leads; "" for nothing.
    """

    key: str
    label: str
    permission: str
    url: Callable[..., str]


@dataclass(frozen=True)
class AreaNamer:
    """Names an area for the head line: ``name(code)`` answers 潘火街道 or ""."""

    key: str
    name: Callable[[str], str]


navigation: Registry[NavItem] = Registry(NavItem, name="导航项", key="url_name", required=("label", "icon"))
home_cards: Registry[HomeCard] = Registry(HomeCard, name="首页卡片", required=("template", "query"))
today_lines: Registry[TodayLine] = Registry(TodayLine, name="今日提示", required=("text",))
head_tools: Registry[HeadTool] = Registry(HeadTool, name="页头工具", required=("template", "query"))
bells: Registry[Bell] = Registry(Bell, name="消息铃", required=("url_name", "count"))
chip_rows: Registry[ChipRow] = Registry(ChipRow, name="挂起栏", required=("title", "chips", "url_name"))
card_desks: Registry[CardDesk] = Registry(CardDesk, name="读卡去处", required=("permission", "url_name"))
area_namers: Registry[AreaNamer] = Registry(AreaNamer, name="区域名称来源", required=("name",))
list_doors: Registry[ListDoor] = Registry(ListDoor, name="清单去处", required=("label", "permission", "url"))
