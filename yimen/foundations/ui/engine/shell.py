"""The staff shell (工作台外框): what stands around every page, worked out only when a template asks for it."""

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.urls import NoReverseMatch
from django.utils.safestring import SafeString

from yimen.foundations.ui import ports
from yimen.foundations.ui.engine.addresses import address
from yimen.kernel.actor import Actor, ActorKind

IN_THE_OPEN = 9
TEXT_SIZES = {"": "标准", "large": "大字", "huge": "特大"}
TEXT_COOKIE = "text"
SEARCH_PATH = "/search"


@dataclass(frozen=True)
class NavLine:
    label: str
    url: str
    icon: str
    current: bool


class Shell:
    """What the base templates read as ``shell``; every fact is a lazy attribute."""

    def __init__(self, request: HttpRequest):
        self.request = request

    @property
    def actor(self) -> Actor | None:
        return getattr(self.request, "actor", None)

    @property
    def is_staff(self) -> bool:
        return self.actor is not None and self.actor.kind == ActorKind.STAFF

    @cached_property
    def text_size(self) -> str:
        """The chosen text size (字号): "", "large" or "huge"."""
        chosen = self.request.COOKIES.get(TEXT_COOKIE, "")
        return chosen if chosen in TEXT_SIZES else ""

    @property
    def text_sizes(self) -> SafeString:
        """The buttons that choose a text size, as drawn."""
        return _sizes(self.text_size)

    @property
    def here(self) -> str:
        return self.request.get_full_path()

    @property
    def navigation(self) -> SafeString:
        """The navigation (导航) of all the actor's posts together, as drawn."""
        return _drawn(self._lines()) if self.is_staff else SafeString("")

    def _lines(self) -> tuple[NavLine, ...]:
        shown = [
            (item, url)
            for item in sorted(ports.navigation, key=lambda item: (item.order, item.label))
            if (item.permission is None or self.actor.can_somewhere(item.permission))
            and (url := _url(item.url_name))
        ]
        path = self.request.path
        under = [
            url for _, url in shown if path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))
        ]
        here = max(under, key=len, default=None)
        return tuple(NavLine(item.label, url, item.icon, url == here) for item, url in shown)

    @cached_property
    def today(self) -> str:
        """The words of the head line (今日提示)."""
        if not self.is_staff:
            return ""
        words = (
            line.text(by=self.actor, at=self.request.at)
            for line in sorted(ports.today_lines, key=lambda line: line.order)
        )
        return " · ".join(word for word in words if word)

    @cached_property
    def head_tools(self) -> list[tuple[ports.HeadTool, object]]:
        """What is at hand beside the search box (页头工具), each with its content."""
        if not self.is_staff:
            return []
        shown = sorted(ports.head_tools, key=lambda tool: (tool.order, tool.key))
        at = self.request.at
        return [
            (tool, tool.query(by=self.actor, at=at))
            for tool in shown
            if self.actor.can_somewhere(tool.permission)
        ]

    @cached_property
    def bell(self) -> dict | None:
        """Where the messages are and how many wait."""
        for bell in ports.bells:
            if self.actor is not None and (url := _url(bell.url_name)):
                return {"url": url, "count": bell.count(by=self.actor)}
        return None

    @cached_property
    def card_reader(self) -> dict[str, str] | None:
        """The reader beside this computer (读卡器) and where its cards go; None without one, or for who finds nobody."""
        if not (self.is_staff and settings.YIMEN_CARD_READER):
            return None
        for desk in ports.card_desks:
            if self.actor.can_somewhere(desk.permission) and (url := _url(desk.url_name)):
                return {
                    "service": settings.YIMEN_CARD_READER,
                    "kind": settings.YIMEN_CARD_READER_KIND,
                    "url": url,
                }
        return None

    @cached_property
    def chip_rows(self) -> list[dict]:
        """What was begun and waits (挂起): rows that have a chip."""
        rows = []
        for row in ports.chip_rows if self.is_staff else ():
            if not self.actor.can_somewhere(row.permission):
                continue
            if chips := row.chips(by=self.actor):
                here = self.here
                lines = [{"chip": chip, "current": chip.url == here} for chip in chips]
                rows.append({"title": row.title, "url": _url(row.url_name), "lines": lines})
        return rows

    @cached_property
    def area(self) -> str:
        """The name of the area the actor works in."""
        if self.actor is None or not self.actor.home:
            return ""
        for namer in ports.area_namers:
            if name := namer.name(self.actor.home):
                return name
        return ""

    @property
    def search(self) -> str:
        return SEARCH_PATH

    @property
    def sign_in(self) -> str:
        return resolve_url(settings.LOGIN_URL)

    @property
    def password(self) -> str:
        return "/password"

    @property
    def sessions(self) -> str:
        return "/my/sessions"

    @property
    def deputies(self) -> str:
        return "/my/deputies"

    @property
    def sign_out(self) -> str:
        return "/sign-out"


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: gives every template ``shell``."""
    return {"shell": Shell(request)}


@lru_cache(maxsize=1024)
def _drawn(lines: tuple[NavLine, ...]) -> SafeString:
    # What is drawn depends on these lines alone, and the posts of a street have few different ones.
    more = lines[IN_THE_OPEN:]
    facts = {"nav": lines[:IN_THE_OPEN], "more": more, "more_is_open": any(line.current for line in more)}
    return render_to_string("ui/parts/nav.html", facts)


@cache
def _sizes(chosen: str) -> SafeString:
    sizes = [(size, label, size == chosen) for size, label in TEXT_SIZES.items()]
    return render_to_string("ui/parts/sizes.html", {"sizes": sizes})


def _url(name: str) -> str:
    try:
        return address(name)
    except NoReverseMatch:
        return ""
