"""Answer a declared list: its page, its part, or its sheet."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from yimen.foundations.ui.engine.listing import sheet
from yimen.foundations.ui.engine.listing.columns import words
from yimen.foundations.ui.engine.listing.filters import Rows
from yimen.foundations.ui.engine.listing.screen import Action, Bulk, ListScreen, list_page
from yimen.foundations.ui.engine.pages import render
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotAllowed, NotPossible

DRESSED_TOGETHER = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TooMuchToExport(NotPossible):
    """The export would hold more rows than one sheet is made for."""

    code = "ui.too_much_to_export"
    sentence = "一次最多导出 {most} 行，请先用筛选条件缩小范围。"


def render_list(
    request: HttpRequest,
    screen: type[ListScreen],
    rows: Rows,
    *,
    template: str = "ui/list.html",
    actions: Sequence[Action] = (),
    bulk: Sequence[Bulk] = (),
    title: str = "",
    subtitle: str = "",
    extra: Any = None,
) -> HttpResponse:
    """Answer ``screen`` over ``rows`` (a QuerySet already within the actor, or a list in its order).

    ``page`` of the template is a ListPage; a page of your own extends ``ui/list.html`` and finds what it adds in
    ``page.extra``. Two queries at most, whatever the number of rows: the page, and the row it begins after.
    """
    if request.GET.get("export") == "xlsx":
        return _sheet_response(request, screen, rows, title or screen.title)
    page = list_page(
        request.path,
        request.GET,
        screen,
        rows,
        by=request.actor,
        actions=actions,
        bulk=bulk,
        title=title,
        subtitle=subtitle,
        extra=extra,
    )
    return render(request, template, page)


def _sheet_response(request: HttpRequest, screen: type[ListScreen], rows: Rows, title: str) -> HttpResponse:
    by = request.actor
    if screen.export_permission and not (by and by.can_somewhere(screen.export_permission)):
        raise NotAllowed(permission=screen.export_permission, area="")
    told = screen.told(request.GET, by)
    _, order = screen.order_for(request.GET)
    conditions = screen.remarks(told, by)
    remarks = [
        *(conditions or ["筛选条件：无"]),
        f"导出人：{by.name if by else ''}　导出时间：{words(request.at)}　个人信息已脱敏　内部资料，用后妥善保管",
    ]
    found = sheet_rows(screen, screen.narrowed(rows, told), order, by=by, most=sheet.MOST_ROWS)
    body, count = sheet.workbook(title, remarks, screen.exported(by), found)
    for tell in sheet.on_export:
        tell(
            by=by,
            at=request.at,
            name=screen.name,
            conditions=sorted(told),
            filters=screen.noted(told, by),
            rows=count,
        )
    file = quote(f"{title}-{request.at:%Y%m%d-%H%M}.xlsx")
    disposition = f"attachment; filename=\"list.xlsx\"; filename*=UTF-8''{file}"
    return HttpResponse(
        body, content_type=XLSX, headers={"Content-Disposition": disposition, "Cache-Control": "no-store"}
    )


def sheet_rows(
    screen: type[ListScreen], rows: Rows, order: tuple[str, ...], *, by: Actor | None, most: int
) -> Iterator[Any]:
    """The rows of a sheet in their order, dressed some hundred at a time; refuses more than ``most``."""
    found = iter(_at_most(rows, order, most))
    while together := list(islice(found, DRESSED_TOGETHER)):
        yield from screen.dress(together, by=by)


def _at_most(rows: Rows, order: tuple[str, ...], most: int) -> Iterable[Any]:
    if isinstance(rows, QuerySet):
        rows = rows.order_by(*order)[: most + 1].iterator(chunk_size=2000)
    for number, row in enumerate(rows):
        if number == most:
            raise TooMuchToExport(most=most)
        yield row
