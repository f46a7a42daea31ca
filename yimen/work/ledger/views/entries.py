"""Pages of the ledger: the overview, the list behind a number, and a worker's day."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from yimen.foundations.ui.api import Action, guarded, render, render_list
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, level
from yimen.kernel.periods import Month
from yimen.registers.places.api import Folding, area_name, areas_under, folding
from yimen.work.ledger import presenters
from yimen.work.ledger.choices import Measure
from yimen.work.ledger.engine.items import items_in_force, titles_of
from yimen.work.ledger.forms import Selection, read_selection
from yimen.work.ledger.lists import EntryList, PersonList
from yimen.work.ledger.permissions import VIEW
from yimen.work.ledger.queries import done_by, entries, persons, persons_behind, totals
from yimen.work.ledger.queries.book import one_book
from yimen.work.ledger.rules import Ask
from yimen.work.ledger.views.shared import namer


@guarded(VIEW)
@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    """台账: with an item in the address the list behind its number, without one the overview of all items."""
    by = request.actor
    chosen = read_selection(request.GET, by=by, today=request.today)
    by.must(VIEW, area=chosen.area)
    if not chosen.items:
        return _overview(request, chosen)
    dress = namer(by)
    where = {
        "items": chosen.items,
        "area": chosen.area,
        "first": chosen.first,
        "last": chosen.last,
        "by": by,
        "bands": chosen.bands,
        "own": chosen.own,
        "folds": _folds(chosen, folding(chosen.area), by=by) if chosen.as_now else None,
    }
    if chosen.measure == Measure.PERSONS:
        screen, rows = PersonList, persons_behind(**where).dressed(dress)
    else:
        screen, rows = (
            EntryList,
            entries(**where, with_taken_back=chosen.with_taken_back).dressed(dress),
        )
    extra = {
        "sum": _sum(chosen, by=by, folds=where["folds"]),
        "selection": chosen,
        "choices": _choices(chosen, by=by, today=request.today),
        "overview_url": reverse("ledger:entries"),
        "taken_back": _taken_back_link(request, chosen),
    }
    return render_list(
        request,
        screen,
        rows,
        template="ledger/entries.html",
        title=titles_of(chosen.items, on=request.today),
        subtitle=f"{area_name(chosen.area)}{'本级' if chosen.own else ''} · {_months(chosen)}",
        actions=(Action("今天我办了什么", reverse("ledger:today"), icon="clipboard-check"),),
        extra=extra,
    )


@guarded(None)
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """今天我办了什么: everything the signed-in worker entered on one day."""
    by = request.actor
    on = _day(request.GET.get("on", ""), request.today)
    rows = list(done_by(by.key, on=on, by=by).dressed(namer(by)))
    here = reverse("ledger:today")
    page = presenters.Day(
        on=on,
        name=by.name,
        lines=presenters.day_lines(rows),
        sums=presenters.day_sums(rows),
        previous_url=f"{here}?on={on - timedelta(days=1)}",
        next_url=f"{here}?on={on + timedelta(days=1)}" if on < request.today else "",
    )
    return render(request, "ledger/today.html", page)


def _overview(request: HttpRequest, chosen: Selection) -> HttpResponse:
    items = items_in_force(on=request.today)
    is_street = bool(chosen.area) and level(chosen.area) is Level.STREET
    asked = is_street and request.GET.get("book") == "1"
    found_now = folding(chosen.area)
    folds = _folds(chosen, found_now, by=request.actor)
    found = totals(
        [Ask(key, (key,)) for key in items],
        area=chosen.area,
        first=Month(request.today.year, 1),
        last=Month.of(request.today),
        by=request.actor,
        folds=folds if chosen.as_now else None,
    )
    page = presenters.Overview(
        area=area_name(chosen.area),
        month=Month.of(request.today).label,
        year=request.today.year,
        lines=presenters.overview_lines(
            found, items, area=chosen.area, today=request.today, as_now=chosen.as_now
        ),
        selection=chosen,
        choices=_choices(chosen, by=request.actor, today=request.today),
        taken_over=tuple(area_name(old) for old in folds),
        divided=tuple(area_name(old) for old in found_now.divided),
        is_street=is_street,
        book=tuple(one_book(chosen.area, by=request.actor, on=request.today)) if asked else (),
    )
    return render(request, "ledger/overview.html", page)


def _folds(chosen: Selection, found: Folding, *, by: Actor) -> dict[str, str]:
    """What was taken over, as far as one reaches what ended or what took over; the area itself (本级) takes nothing over."""
    if chosen.own:
        return {}
    return {old: new for old, new in found.folds.items() if by.reaches(old) or by.reaches(new)}


def _sum(chosen: Selection, *, by: Actor, folds: dict[str, str] | None) -> str:
    """The number that the list is behind, from the query that made it elsewhere too."""
    ask = [Ask("", chosen.items, chosen.bands)]
    where = {"area": chosen.area, "first": chosen.first, "last": chosen.last, "by": by, "folds": folds}
    if chosen.measure == Measure.PERSONS:
        return f"共 {persons(ask, **where).get(('', chosen.area if chosen.own else '', None), 0)} 人"
    found = [one for one in totals(ask, **where) if not chosen.own or one.area == chosen.area]
    acts, quantity = sum(one.acts for one in found), sum(one.quantity for one in found)
    return f"共 {acts} 条" if acts == quantity else f"共 {acts} 条，数量合计 {quantity}"


def _choices(chosen: Selection, *, by: Actor, today: date) -> dict[str, Any]:
    places = [area for area in by.areas_for(VIEW) if area]
    lines = {
        line.code: line.name
        for area in places
        for wanted in (Level.STREET, Level.COMMUNITY)
        for line in areas_under(area, wanted)
    }
    for area in (*places, chosen.area):
        lines.setdefault(area, area_name(area))
    several = ",".join(chosen.items)
    items = [(item.key, item.title) for item in items_in_force(on=today).values()]
    if several and several not in dict(items):
        items.insert(0, (several, titles_of(chosen.items, on=today)))
    return {"areas": sorted(lines.items()), "items": items, "measures": Measure.choices, "item": several}


def _taken_back_link(request: HttpRequest, chosen: Selection) -> dict[str, Any] | None:
    if chosen.measure == Measure.PERSONS:
        return None
    told = request.GET.copy()
    for key in ("after", "before", "corrected"):
        told.pop(key, None)
    if not chosen.with_taken_back:
        told["corrected"] = "1"
    return {"on": chosen.with_taken_back, "url": f"{request.path}?{told.urlencode()}"}


def _months(chosen: Selection) -> str:
    if chosen.first == chosen.last:
        return chosen.first.label
    return f"{chosen.first.label}至{chosen.last.label}"


def _day(text: str, today: date) -> date:
    try:
        return min(date.fromisoformat(text), today)
    except ValueError:
        return today
