"""Notes (随手记): one in passing, its confirmation, one's own of a week; and how much was entered late."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.ui.api import findings_into, guarded, render
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level
from yimen.kernel.clock import day_of
from yimen.kernel.periods import Month, parse_month
from yimen.registers.people.api import find_people
from yimen.registers.places.api import area_name, areas_under, find_dwellings
from yimen.work.ledger import operations
from yimen.work.ledger.engine.practice import practice
from yimen.work.ledger.engine.whom import KINDS, Whom, find_whom, note_told
from yimen.work.ledger.forms import NoteForm, SequelForm
from yimen.work.ledger.permissions import FIND, NOTE, VIEW_LATE
from yimen.work.ledger.ports import claims, sequels
from yimen.work.ledger.presenters import NoteLine, late_lines, note_line
from yimen.work.ledger.queries import get_note, is_taken_back, late_shares, my_notes, note_items
from yimen.work.ledger.rules import why_not_undo
from yimen.work.ledger.views.shared import namer

SHOWN = 8


@dataclass(frozen=True)
class NotePage:
    """Write a note: whom, how, what, and what follows."""

    whom: Whom
    form: NoteForm
    parts: list[tuple[Any, SequelForm]]
    queue: str
    text: str = ""
    people: list[Any] = field(default_factory=list)
    doors: list[Any] = field(default_factory=list)

    @property
    def draft(self) -> str:
        return f"note-{self.whom.id or 'nobody'}"

    @property
    def elsewhere(self) -> list[SequelForm]:
        """The forms of what follows, whose mistakes stand in the same summary."""
        return [form for _, form in self.parts]


@guarded(NOTE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a note (随手记): from the file, from a door, or whoever is found here."""
    by, data = request.actor, request.POST if request.method == "POST" else None
    whom = _whom(request)
    text = request.GET.get("q", "")[:80].strip() if not whom.kind else ""
    page = NotePage(
        whom=whom,
        form=_form(whom, data, by=by, today=request.today),
        parts=_parts(data, whom, by=by, today=request.today),
        queue=by.key,
        text=text,
        people=find_people(text, by=by, on=request.today, limit=SHOWN)
        if text and by.can_somewhere(FIND)
        else [],
        doors=find_dwellings(text, by=by, limit=SHOWN) if text else [],
    )
    if data is not None and (taken := _take(request, page)):
        return taken
    return render(request, "ledger/note_form.html", page, status=422 if data is not None else 200)


@guarded(NOTE)
@require_GET
def show(request: HttpRequest, note: UUID) -> HttpResponse:
    """One note (记下了): what came of it, and for a moment the way back."""
    by = request.actor
    entry = get_note(note, by=by)
    namer(by)([entry])
    taken_back = is_taken_back(entry)
    finding = why_not_undo(
        mine=entry.done_by == by.key,
        recorded_at=entry.recorded_at,
        at=request.at,
        minutes=practice(on=request.today).undo_minutes,
        taken_back=taken_back,
    )
    page = {
        "line": _lines([entry], by=by)[0],
        "taken_back": taken_back,
        "may_undo": finding is None,
        "minutes": practice(on=request.today).undo_minutes,
        "again": reverse("ledger:new_note"),
        "queue": by.key,
    }
    return render(request, "ledger/note.html", page)


@guarded(NOTE)
@require_POST
def undo(request: HttpRequest, note: UUID) -> HttpResponse:
    """Take one's own slip back (撤回)."""
    operations.undo_note(
        by=request.actor, at=request.at, entry=note, request_key=request.POST.get("request_key")
    )
    messages.success(request, "已撤回。台账里留有这一条和它的冲销，不计数。")
    return HttpResponseRedirect(reverse("ledger:my_notes"))


@guarded(NOTE)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What I noted in a week (我的随手记), today first."""
    by = request.actor
    monday = _monday(request.GET.get("week", ""), request.today)
    rows = list(my_notes(by=by, first=monday, last=monday + timedelta(days=6)).dressed(namer(by)))
    lines = _lines(rows, by=by)
    here = reverse("ledger:my_notes")
    page = {
        "today": [line for line in lines if day_of(line.at) == request.today],
        "earlier": [line for line in lines if day_of(line.at) != request.today],
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "previous": f"{here}?week={monday - timedelta(days=7)}",
        "next": f"{here}?week={monday + timedelta(days=7)}"
        if monday + timedelta(days=7) <= request.today
        else "",
        "queue": by.key,
    }
    return render(request, "ledger/my_notes.html", page)


@guarded(VIEW_LATE)
@require_GET
def late(request: HttpRequest) -> HttpResponse:
    """How much each worker entered late in a month (补录情况); by name, no ranking."""
    by = request.actor
    asked = parse_month(request.GET.get("month", ""))
    month = min(asked, Month.of(request.today)) if isinstance(asked, Month) else Month.of(request.today)
    area = by.areas_for(VIEW_LATE)[0]
    page = {
        "month": month,
        "area": area_name(area) if area else "全部街道",
        "lines": late_lines(late_shares(area=area, month=month, by=by)),
        "free_days": practice(on=request.today).late_free_days,
    }
    return render(request, "ledger/late.html", page)


def _take(request: HttpRequest, page: NotePage) -> HttpResponse | None:
    """Take the note and go where it leads; None when something is wrong, which the forms then say."""
    form, by = page.form, request.actor
    chosen = request.POST.get("sequel", "")
    part = next((part for sequel, part in page.parts if sequel.key == chosen), None)
    if not all([form.is_valid(), part is None or part.is_valid()]):
        return None
    with findings_into(form):
        entry = operations.take_note(
            by=by,
            at=request.at,
            kind=page.whom.kind,
            whom=page.whom.id,
            given=part.cleaned_data if part is not None else {},
            request_key=request.POST.get("request_key"),
            **form.told(),
        )
        sequel = sequels.find(chosen)
        onward = sequel.next_url(note_told(entry, page.whom)) if sequel and sequel.next_url else ""
        return HttpResponseRedirect(onward or reverse("ledger:note", args=[entry.public_id]))
    return None


def _whom(request: HttpRequest) -> Whom:
    for kind in KINDS:
        try:
            return find_whom(kind, UUID(request.GET[kind]), by=request.actor)
        except (KeyError, ValueError):
            continue
    return Whom()


def _form(whom: Whom, data: Any, *, by: Actor, today: date) -> NoteForm:
    ids = {kind: whom.id if whom.kind == kind else None for kind in ("person", "household", "dwelling")}
    owed = []
    for claim in claims:
        if (
            whom.kind
            and by.can(claim.permission, area=whom.area)
            and (found := claim.owed(**ids, by=by, on=today))
        ):
            owed.append((claim, found))
    return NoteForm(
        data,
        items=note_items(on=today),
        areas=_areas(by),
        follow=_sequels(whom, by=by),
        whom=whom,
        today=today,
        late_free_days=practice(on=today).late_free_days,
        owed=owed,
    )


def _sequels(whom: Whom, *, by: Actor) -> list[Any]:
    area = whom.area or next(iter(by.areas_for(NOTE)), "")
    return sorted(
        (
            one
            for one in sequels
            if by.can(one.permission, area=area)
            and not (one.why_not and one.why_not(person=whom.id if whom.kind == "person" else None))
        ),
        key=lambda one: one.order,
    )


def _parts(data: Any, whom: Whom, *, by: Actor, today: date) -> list[tuple[Any, SequelForm]]:
    chosen = data.get("sequel", "") if data is not None else ""
    return [
        (one, SequelForm(data if one.key == chosen else None, asks=one.asks, today=today, prefix=one.key))
        for one in _sequels(whom, by=by)
    ]


def _areas(by: Actor) -> list[tuple[str, str]]:
    """The communities in which this worker may note; her own grid stands for itself."""
    found: dict[str, str] = {}
    for area in by.areas_for(NOTE):
        if not area:
            continue
        found |= {area: area_name(area)}
        found |= {line.code: line.name for line in areas_under(area, Level.COMMUNITY)}
    return list(found.items())


def _lines(rows: list[Any], *, by: Actor) -> list[NoteLine]:
    ids = [row.public_id for row in rows]
    born: dict[UUID, list[Any]] = {}
    for sequel in sequels:
        if sequel.born and ids:
            for entry, what in sequel.born(ids, by=by).items():
                born.setdefault(entry, []).append(what)
    return [note_line(row, born.get(row.public_id, [])) for row in rows]


def _monday(text: str, today: date) -> date:
    try:
        day = min(date.fromisoformat(text), today)
    except ValueError:
        day = today
    return day - timedelta(days=day.weekday())
