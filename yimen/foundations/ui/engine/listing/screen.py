"""A declared list screen (清单), and the object its page is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import QuerySet

from yimen.foundations.ui.engine.listing.columns import Cell, Column
from yimen.foundations.ui.engine.listing.filters import Filter, Rows
from yimen.foundations.ui.engine.listing.paging import Order, cut, turn
from yimen.foundations.ui.permissions import EXPORT_LISTS
from yimen.foundations.ui.ports import list_doors
from yimen.kernel.actor import Actor


class ListScreen:
    """Declare a list once (清单): subclass it beside the views, in ``lists.py``.

    ``order`` ends with a unique field and holds no nullable one, so that an index can carry the paging; ``orders`` offers
    others as {key: (title, order)}. What a list shows is decided by the query the caller hands over, already ``within``
    the actor.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    subtitle: ClassVar[str] = ""
    columns: ClassVar[Sequence[Column]]
    filters: ClassVar[Sequence[Filter]] = ()
    order: ClassVar[Order] = ("-id",)
    orders: ClassVar[Mapping[str, tuple[str, Order]]] = {}
    per_page: ClassVar[int] = 50
    empty_title: ClassVar[str] = "这里还没有内容"
    empty_hint: ClassVar[str] = ""
    export_permission: ClassVar[str | None] = EXPORT_LISTS

    @classmethod
    def shown(cls) -> list[Column]:
        return [column for column in cls.columns if column.shown]

    @classmethod
    def exported(cls, by: Actor | None) -> list[Column]:
        """The columns of a sheet for this actor."""
        return [
            column
            for column in cls.columns
            if column.exported and (not column.permission or (by and by.can_somewhere(column.permission)))
        ]

    @classmethod
    def told(cls, given: Mapping[str, str], by: Actor | None) -> dict[str, Any]:
        """The conditions that the address names, by filter key."""
        values = ((each.key, each.told(given, by)) for each in cls.filters)
        return {key: value for key, value in values if value is not None}

    @classmethod
    def narrowed(cls, rows: Rows, told: Mapping[str, Any]) -> Rows:
        for each in cls.filters:
            if each.key in told:
                rows = each.narrow(rows, told[each.key])
        return rows

    @classmethod
    def dress(cls, rows: list[Any], *, by: Actor | None) -> list[Any]:
        """Answer the rows as the columns read them, in the same order (配上名称等).

        Called once for a page, and once for each few hundred rows of an export: the place for one query that fetches
        what all of them need, names above all.
        """
        return rows

    @classmethod
    def order_for(cls, given: Mapping[str, str]) -> tuple[str, Order]:
        key = given.get("sort", "")
        return (key, cls.orders[key][1]) if key in cls.orders else ("", cls.order)

    @classmethod
    def remarks(cls, told: Mapping[str, Any], by: Actor | None) -> list[str]:
        """The conditions in words."""
        return [f"{each.title}：{each.words(told[each.key], by)}" for each in cls.filters if each.key in told]

    @classmethod
    def noted(cls, told: Mapping[str, Any], by: Actor | None) -> list[str]:
        """The conditions as the trail keeps them: what somebody typed may be a name, and is not kept."""
        return [
            f"{each.title}：{'（文字）' if each.kind == 'text' else each.words(told[each.key], by)}"
            for each in cls.filters
            if each.key in told
        ]


@dataclass(frozen=True)
class Action:
    """A button of a page (操作): with ``why_not`` it is shown but cannot be pressed, and says why."""

    label: str
    url: str = ""
    icon: str = ""
    tone: str = "plain"
    why_not: str = ""
    method: str = "get"
    confirm: str = ""


@dataclass(frozen=True)
class Bulk:
    """What can be done with several rows at once (批量操作): ``url`` is asked with a ``row`` for each that was ticked."""

    label: str
    url: str
    icon: str = ""


@dataclass(frozen=True)
class Chip:
    label: str
    url: str
    on: bool


@dataclass(frozen=True)
class Field:
    kind: str
    title: str
    inputs: list[tuple[str, str, str]]
    hint: str = ""


@dataclass(frozen=True)
class Line:
    key: str
    cells: list[Cell]


@dataclass(frozen=True)
class ListPage:
    """What ``ui/list.html`` and ``<c-list>`` show."""

    name: str
    title: str
    subtitle: str
    columns: list[Column]
    rows: list[Line]
    chips: list[tuple[str, list[Chip]]]
    fields: list[Field]
    kept: list[tuple[str, str]]
    clear_url: str
    first_url: str
    previous_url: str
    next_url: str
    export_url: str
    doors: list[tuple[str, str]]
    empty_title: str
    empty_hint: str
    narrowed: bool
    actions: list[Action] = field(default_factory=list)
    bulk: list[Bulk] = field(default_factory=list)
    extra: Any = None

    @property
    def said(self) -> str:
        """What a screen reader hears after the list changed."""
        more = "，后面还有" if self.next_url else ""
        return f"{self.title}：本页 {len(self.rows)} 条{more}" if self.rows else self.empty_title


def list_page(
    path: str,
    given: Mapping[str, str],
    screen: type[ListScreen],
    rows: Rows,
    *,
    by: Actor | None,
    actions: Sequence[Action] = (),
    bulk: Sequence[Bulk] = (),
    title: str = "",
    subtitle: str = "",
    extra: Any = None,
) -> ListPage:
    """The page of ``screen`` over ``rows`` as the address ``path?given`` asks for it."""
    told = screen.told(given, by)
    sort, order = screen.order_for(given)
    narrowed = screen.narrowed(rows, told)
    after, before = given.get("after", ""), given.get("before", "")
    if isinstance(narrowed, QuerySet):
        leaf = turn(narrowed, rows, order, screen.per_page, after=after, before=before)
        back = {"before": leaf.before}
    else:
        leaf = cut(list(narrowed), screen.per_page, after=after)
        back = {"after": leaf.before}
    kept = _kept(screen, given, told, sort)
    clearable = {each.key for each in screen.filters if each.clears}
    conditions = clearable & told.keys()

    def url(**changed: str) -> str:
        pairs = {key: value for key, value in {**dict(kept), **changed}.items() if value}
        return f"{path}?{urlencode(pairs)}" if pairs else path

    may_export = screen.export_permission is None or (
        by is not None and by.can_somewhere(screen.export_permission)
    )
    return ListPage(
        name=screen.name,
        title=title or screen.title,
        subtitle=subtitle or screen.subtitle,
        columns=screen.shown(),
        rows=[
            Line(str(getattr(row, "public_id", number)), [column.cell(row) for column in screen.shown()])
            for number, row in enumerate(screen.dress(leaf.rows, by=by) if leaf.rows else [])
        ],
        chips=_chips(screen, told, sort, by, url),
        fields=_fields(screen, given),
        kept=[pair for pair in kept if pair[0] not in _field_keys(screen)],
        clear_url=url(**dict.fromkeys(clearable, ""), sort="") if conditions != told.keys() else path,
        first_url=url() if after or before else "",
        previous_url=url(**back) if leaf.before else "",
        next_url=url(after=leaf.after) if leaf.after else "",
        export_url=url(export="xlsx") if may_export and leaf.rows else "",
        doors=_doors(screen, kept, by) if leaf.rows else [],
        empty_title="没有符合条件的记录" if conditions else screen.empty_title,
        empty_hint="可以放宽或清除筛选条件。" if conditions else screen.empty_hint,
        narrowed=bool(conditions),
        actions=list(actions),
        bulk=list(bulk),
        extra=extra,
    )


def _doors(screen, kept, by) -> list[tuple[str, str]]:
    return [
        (door.label, url)
        for door in list_doors
        if by is not None
        and by.can_somewhere(door.permission)
        and (url := door.url(screen.name, urlencode(kept), by=by))
    ]


def _kept(screen, given, told, sort) -> list[tuple[str, str]]:
    keys = [key for each in screen.filters if each.key in told for key in each.names()]
    return [(key, given[key]) for key in keys if given.get(key)] + ([("sort", sort)] if sort else [])


def _field_keys(screen) -> set[str]:
    return {key for each in screen.filters if each.kind in ("text", "date", "day") for key in each.names()}


def _chips(screen, told, sort, by, url) -> list[tuple[str, list[Chip]]]:
    groups = []
    for each in screen.filters:
        chosen = told.get(each.key)
        if each.kind == "choice":
            chips = [Chip("全部", url(**{each.key: ""}), chosen is None)]
            chips += [
                Chip(label, url(**{each.key: value}), chosen == value) for value, label in each.options(by)
            ]
            groups.append((each.title, chips))
        elif each.kind == "flag":
            on = chosen is not None
            groups.append(("", [Chip(each.title, url(**{each.key: "" if on else "1"}), on)]))
    if screen.orders:
        chips = [Chip("默认", url(sort=""), not sort)]
        chips += [Chip(words, url(sort=key), sort == key) for key, (words, _) in screen.orders.items()]
        groups.append(("排序", chips))
    return groups


def _fields(screen, given) -> list[Field]:
    made = []
    for each in screen.filters:
        if each.kind in ("text", "date", "day"):
            labels = (f"{each.title}从", "到") if each.kind == "date" else (each.title,)
            pairs = zip(each.names(), labels, strict=True)
            inputs = [(key, given.get(key, ""), label) for key, label in pairs]
            made.append(Field(each.kind, each.title, inputs, getattr(each, "hint", "")))
    return made
