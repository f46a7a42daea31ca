"""Pages of a table: the list, the upload, the heading, the rows, and the filled workbook."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.ui.api import guarded, part, refusals_into, render, render_list, submitted
from yimen.kernel.areas import Level, level
from yimen.registers.people.api import condition_choices
from yimen.steering.returns.forms import ChooseForm, ColumnsForm, HeadForm, UploadForm
from yimen.steering.returns.lists import ReturnList
from yimen.steering.returns.operations import cells, portions
from yimen.steering.returns.operations import tables as operations
from yimen.steering.returns.permissions import EXPORT, FILL, SEND
from yimen.steering.returns.presenters import (
    QUIET,
    VIEWS,
    Sheetful,
    dressed,
    page_of,
    shown_lines,
)
from yimen.steering.returns.queries import (
    book_of,
    candidates_of,
    editions_of,
    filled_table,
    get_return,
    kept_filters,
    offered,
    part_of_table,
    returns,
    rows_in_view,
    rows_of,
    standing,
    understand,
    withheld,
)
from yimen.steering.returns.rules import AT_ONCE
from yimen.steering.returns.views.answers import tabs, workbook_answer


@guarded(FILL)
@require_GET
def show_returns(request: HttpRequest) -> HttpResponse:
    """The tables within reach (填报表)."""
    rows = returns(by=request.actor).filter(is_part=False)
    return render_list(
        request, ReturnList, rows, template="returns/returns.html", extra={"tabs": tabs("returns:list")}
    )


@guarded(FILL)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Upload a workbook that a department wants filled (上传填报表)."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        actor = request.actor
        area = actor.home if actor.can(FILL, area=actor.home) else actor.areas_for(FILL)[0]
        made = submitted(request, form, operations.upload_return, area=area)
        if made is not None:
            page = "returns:return" if made.signature else "returns:columns"
            return HttpResponseRedirect(reverse(page, args=[made.public_id]))
    return render(request, "returns/upload.html", {"form": form}, status=422 if form.errors else 200)


@guarded(FILL)
@require_http_methods(["GET", "POST"])
def show_return(request: HttpRequest, table: UUID) -> HttpResponse:
    """One table, row by row: what is filled stands grey, what differs amber, what is open waits (填报)."""
    found = get_return(table, by=request.actor)
    if not found.signature:
        return HttpResponseRedirect(reverse("returns:columns", args=[table]))
    view, number = _where(request)
    if request.method == "POST":
        typed, choices, people = _told(request)
        clashes = cells.fill_cells(
            by=request.actor,
            at=request.at,
            request_key=request.POST.get("request_key"),
            table=table,
            typed=typed,
            choices=choices,
            people=people,
        )
        for clash in clashes[:20]:
            messages.warning(request, clash)
        if not clashes:
            messages.success(request, "已保存。")
        asked = urlencode({"view": view, "page": number})
        return HttpResponseRedirect(f"{reverse('returns:return', args=[table])}?{asked}")
    return _shown(request, found, view=view, number=number)


def _shown(request: HttpRequest, found: Any, *, view: str, number: int) -> HttpResponse:
    actor, on = request.actor, request.today
    rows = rows_of(found, by=actor)
    people = rows.count()
    if not people:
        return HttpResponseRedirect(reverse("returns:choose", args=[found.public_id]))
    large = people > AT_ONCE
    far = standing(found, by=actor) if large else None
    filling = far is not None and far.done < far.lines
    if part(request) == "progress":
        answer = render(request, "returns/return.html", {"table": found, "far": far, "filling": filling})
        if not filling:
            answer["HX-Refresh"] = "true"
        return answer
    if far is None:
        full = filled_table(found, book_of(found, by=actor), by=actor, on=on)
        counted: Any = full
        shown = shown_lines(full, view=view, number=number)
        unmatched = [line for line in full.lines if line.nobody]
    else:
        counted, unmatched = far, []
        chosen = rows_in_view(found, by=actor, view=view)
        some, number, pages = page_of(chosen, columns=len(found.columns), number=number)
        full = filled_table(found, book_of(found, by=actor), by=actor, on=on, rows=some)
        shown = Sheetful(list(full.lines), number, pages)
    cards = candidates_of(shown.lines, by=actor, on=on)
    page = {
        "table": found,
        "full": counted,
        "people": people,
        "far": far,
        "filling": filling,
        "quiet": filling and (found.moved_at is None or request.at - found.moved_at > QUIET),
        "shown": shown,
        "rows": dressed(shown.lines, cards),
        "view": view,
        "views": [{"label": label, "url": f"?view={key}", "current": key == view} for key, label in VIEWS],
        "unmatched": unmatched,
        "nobody": far.nobody if far else len(unmatched),
        "denied": [column for column in full.columns if column.denied],
        "may_export": actor.can(EXPORT, area=found.area),
        "editions": editions_of(found, by=actor),
        "late": found.due_on is not None and found.due_on < on and not found.exported_at,
        "part": part_of_table(found, by=actor),
        "may_send": not found.is_part
        and level(found.area) is Level.STREET
        and actor.can(SEND, area=found.area),
    }
    return render(request, "returns/return.html", page)


@guarded(FILL)
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, table: UUID) -> HttpResponse:
    """Which sheet, where its heading stands, and what each column means (对应表头)."""
    actor, on = request.actor, request.today
    found = get_return(table, by=actor)
    book = book_of(found, by=actor)
    sheets = [name for name, _ in book.sheets]
    told = request.POST if request.method == "POST" else request.GET
    head = HeadForm(told, sheets=sheets)
    chosen = (
        head.cleaned_data
        if head.is_valid() and head.cleaned_data["last"] >= head.cleaned_data["first"]
        else {}
    )
    asked = chosen or {"sheet": found.sheet, "first": found.head_first, "last": found.head_last}
    if told.get("look") and chosen and chosen["sheet"] != found.sheet:
        asked = {"sheet": chosen["sheet"]}  # another sheet has its heading elsewhere
    read = understand(book, by=actor, on=on, but=found, **asked)
    current = found.columns if found.columns and (read.table.name, read.head.first, read.head.last) == (
        found.sheet, found.head_first, found.head_last
    ) else read.columns  # fmt: skip
    start: dict[str, Any] = {"sheet": read.table.name, "first": read.head.first, "last": read.head.last}
    start |= {f"column_{number}": key for number, key in current.items()}
    told_heads = {"sheets": sheets, "heads": read.head.words.items(), "offered": offered(by=actor, on=on)}
    posted = request.method == "POST"
    form = ColumnsForm(request.POST if posted else None, initial=start, **told_heads)
    if posted and form.is_valid():
        place = {name: form.cleaned_data[name] for name in ("sheet", "first", "last")}
        with refusals_into(form):
            operations.set_columns(
                by=actor,
                at=request.at,
                request_key=request.POST.get("request_key"),
                table=table,
                columns=form.told,
                **place,
            )
            messages.success(request, "表头已对应，能填的已经填好。下次同样的表头不用再对。")
            return HttpResponseRedirect(reverse("returns:return", args=[table]))
    page = {
        "table": found,
        "form": form,
        "places": [form[name] for name in ("sheet", "first", "last")],
        "columns": [form[f"column_{number}"] for number in read.head.words],
        "withheld": withheld(by=actor, on=on),
        "remembered": read.remembered,
    }
    return render(request, "returns/columns.html", page, status=422 if form.errors else 200)


@guarded(FILL)
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, table: UUID) -> HttpResponse:
    """Fill an empty table with residents by conditions (选人填表)."""
    actor = request.actor
    found = get_return(table, by=actor)
    told = {"asked": condition_choices(by=actor), "kept": kept_filters(by=actor)}
    form = ChooseForm(request.POST if request.method == "POST" else None, **told)
    if request.method == "POST" and form.is_valid():
        with refusals_into(form):
            operations.choose_people(
                by=actor,
                at=request.at,
                request_key=request.POST.get("request_key"),
                table=table,
                conditions=form.conditions,
            )
            return HttpResponseRedirect(reverse("returns:return", args=[table]))
    page = {
        "table": found,
        "form": form,
        "most": operations.MOST_LINES,
        "part": part_of_table(found, by=actor),
        "may_send": not found.is_part
        and level(found.area) is Level.STREET
        and actor.can(SEND, area=found.area),
    }
    return render(request, "returns/choose.html", page, status=422 if form.errors else 200)


@guarded(FILL)
@require_POST
def resume(request: HttpRequest, table: UUID) -> HttpResponse:
    """Fill a large table anew, or go on where it stopped (再填一遍)."""
    portions.resume_filling(
        by=request.actor, at=request.at, request_key=request.POST.get("request_key"), table=table
    )
    return HttpResponseRedirect(reverse("returns:return", args=[table]))


@guarded(FILL)
@require_GET
def download(request: HttpRequest, table: UUID) -> HttpResponse:
    """The same workbook, filled (下载填好的表)."""
    found = get_return(table, by=request.actor)
    body = operations.export_return(by=request.actor, at=request.at, table=table)
    return workbook_answer(body, f"{found.title}-{request.at:%Y%m%d}.xlsx")


def _where(request: HttpRequest) -> tuple[str, int]:
    view, number = request.GET.get("view", ""), request.GET.get("page", "1")
    plain = number.isascii() and number.isdigit() and len(number) < 6
    return view if view in dict(VIEWS) else "", int(number) if plain else 1


def _told(
    request: HttpRequest,
) -> tuple[list[tuple[int, int, str, str]], dict[tuple[int, int], str], dict[int, UUID | None]]:
    """What a page sent: typed cells with what stood there before, choices, and who is meant."""
    typed, choices, people = [], {}, {}
    for name, value in request.POST.items():
        kind, _, rest = name.partition("-")
        numbers = rest.split("-")
        if not all(one.isascii() and one.isdigit() and len(one) < 8 for one in numbers):
            continue
        place = tuple(map(int, numbers))
        if kind == "cell" and len(place) == 2:
            typed.append((*place, value, request.POST.get(f"was-{rest}", "")))
        elif kind == "choice" and len(place) == 2:
            choices[place[0], place[1]] = value
        elif kind == "person" and len(place) == 1:
            people[place[0]] = _uuid(value)
    return typed, choices, people


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
