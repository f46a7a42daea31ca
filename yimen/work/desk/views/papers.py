"""Papers on the pages: the part of one paper with its waiting pages, its page of its own, and the files of a case."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yimen.foundations.definitions.api import Definition
from yimen.foundations.documents.api import code_svg
from yimen.foundations.ui.api import guarded, public_address, render, wants_part
from yimen.kernel.refusals import NotFound, Refused
from yimen.registers.people import api as people
from yimen.work.desk import operations
from yimen.work.desk.choices import PageCame
from yimen.work.desk.permissions import ACCEPT_CASE, VIEW_CASES
from yimen.work.desk.queries import CaseView, TrayView, get_case, get_matter, trays_of

MOST_AT_ONCE = 50
_DONE = {"attach": "材料已收进这件事。"}


@dataclass(frozen=True)
class Seat:
    """For what the papers are held, and where the pages about it are."""

    of: operations.TrayOf
    area: str
    papers: Sequence[Any]
    url_of: Any
    back: str
    heading: Callable[[], str]


@dataclass(frozen=True)
class TrayPart:
    """One paper with its waiting pages, as a part of a page. ``inline``: it stands within another form."""

    view: TrayView
    url: str
    errors: Sequence[str] = ()
    told: str = ""
    phone_url: str = ""
    phone_code: str = ""
    inline: bool = True

    @property
    def key(self) -> str:
        return self.view.paper.key

    @property
    def title(self) -> str:
        return self.view.paper.title


@dataclass(frozen=True)
class TrayPage:
    """The page of one paper: works without scripts."""

    part: TrayPart
    seat: Seat
    case: CaseView | None = None

    @property
    def there(self) -> Any:
        """What the case has of it already."""
        rows = self.case.papers if self.case else ()
        return next((row for row in rows if row.key == self.part.key), None)


@guarded(ACCEPT_CASE)
@require_http_methods(["GET", "POST"])
def tray(request: HttpRequest, matter: str, paper: str) -> HttpResponse:
    """One paper of an application that is being taken in (收材料)."""
    return _tray(request, intake_seat(request, matter), paper)


@guarded(ACCEPT_CASE)
@require_http_methods(["GET", "POST"])
def case_tray(request: HttpRequest, case: UUID, paper: str) -> HttpResponse:
    """One paper that follows (补交材料)."""
    view = get_case(case, by=request.actor)
    return _tray(request, case_seat(view), paper, case=view)


@guarded(ACCEPT_CASE)
@require_GET
def page(request: HttpRequest, page: UUID) -> HttpResponse:
    """One waiting page, for the clerk who holds it (看一页)."""
    opened = operations.show_page(by=request.actor, at=request.at, page=page)
    return _as_file(FileResponse(opened.content, content_type=opened.file.media_type), opened.file.name)


@guarded(VIEW_CASES)
@require_GET
def paper_file(request: HttpRequest, case: UUID, paper: str) -> HttpResponse:
    """One paper of a case as a file (查看材料)."""
    opened = operations.open_paper(by=request.actor, at=request.at, case=case, paper=paper)
    return _as_file(FileResponse(opened.content, content_type=opened.file.media_type), opened.file.name)


@guarded(VIEW_CASES)
@require_GET
def all_papers(request: HttpRequest, case: UUID) -> HttpResponse:
    """All papers of a case as one PDF (全部材料)."""
    name, found = operations.open_papers(by=request.actor, at=request.at, case=case)
    return _as_file(HttpResponse(found.content, content_type="application/pdf"), name)


def intake_seat(request: HttpRequest, matter: str) -> Seat:
    """The application that the address names."""
    try:
        person = people.person_card(UUID(request.GET.get("person", "")), by=request.actor, on=request.today)
    except ValueError as error:
        raise NotFound("先找到居民，再收材料。") from error
    definition = get_matter(matter, by=request.actor, on=request.today)
    return seat_of(request, definition, person.public_id, name=lambda: person.name)


def seat_of(request: HttpRequest, matter: Definition, person: UUID, *, name: Callable[[], str]) -> Seat:
    """An application about this matter for this person, whose name is asked when it is shown."""
    body, who = matter.body, "?" + urlencode({"person": person})
    return Seat(
        of=operations.TrayOf(matter.key, person),
        area=request.actor.areas_for(ACCEPT_CASE)[0],
        papers=body.papers,
        url_of=lambda key: reverse("desk:tray", args=[matter.key, key]) + who,
        back=reverse("desk:intake", args=[matter.key]) + who,
        heading=lambda: f"{body.title} · {name()}",
    )


def case_seat(view: CaseView) -> Seat:
    """A case whose papers follow."""
    case = view.case
    return Seat(
        of=operations.TrayOf(case.matter, case.person, case.public_id),
        area=case.area,
        papers=view.matter.papers,
        url_of=lambda key: reverse("desk:case_tray", args=[case.public_id, key]),
        back=reverse("desk:case", args=[case.public_id]),
        heading=lambda: f"{case.matter_title} · {case.person_name}",
    )


def parts(request: HttpRequest, seat: Seat, *, only: str = "", **more: Any) -> dict[str, TrayPart]:
    """The parts of all papers of which a copy is kept, by paper key; ``only`` one where it is named."""
    wanted = [one for one in seat.papers if not only or one.key == only]
    views = trays_of(seat.of, wanted, by=request.actor, at=request.at)
    return {key: _part(request, seat, view, **more) for key, view in views.items()}


def take_uploads(request: HttpRequest, seat: Seat) -> dict[str, list[str]]:
    """Files that came with the whole form, when no script sent them before: kept whatever becomes of the form."""
    told = {}
    for paper in seat.papers:
        if files := request.FILES.getlist(f"files-{paper.key}"):
            told[paper.key] = _add(request, seat, paper.key, files, came=PageCame.CHOSEN)
    return told


def _part(request: HttpRequest, seat: Seat, view: TrayView, **more: Any) -> TrayPart:
    phone = public_address(request, reverse("desk:phone", args=[view.phone])) if view.phone else ""
    code = code_svg(phone, title="手机扫码拍照") if phone else ""
    return TrayPart(view, seat.url_of(view.paper.key), phone_url=phone, phone_code=code, **more)


def _tray(request: HttpRequest, seat: Seat, paper: str, case: CaseView | None = None) -> HttpResponse:
    errors, told, inline = [], "", "inline" in (request.POST or request.GET)
    if request.method == "POST":
        do, _, which = request.POST.get("do", "add").partition(":")
        try:
            errors, told = _do(request, seat, paper, do, which)
        except Refused as refusal:
            if refusal.status != 422:
                raise
            errors = [refusal.sentence]
        if do == "attach" and not errors:
            messages.success(request, _DONE[do])
            return HttpResponseRedirect(seat.back)
        if not errors and not wants_part(request):
            return HttpResponseRedirect(seat.url_of(paper))
    found = parts(request, seat, only=paper, errors=errors, told=told, inline=inline).get(paper)
    if found is None:
        raise NotFound("这份材料只核对原件，不留复印件；或者这件事不需要它。")
    status = 422 if errors else 200
    if wants_part(request):
        if request.GET.get("seen") == found.view.stamp:
            return HttpResponse(status=204)
        return render(request, "desk/tray_part.html", found, status=status)
    return render(request, "desk/tray.html", TrayPage(found, seat, case), status=status)


def _do(request: HttpRequest, seat: Seat, paper: str, do: str, which: str) -> tuple[list[str], str]:
    """One thing with the pages of one paper; answers what went wrong, and what to say."""
    told = {"by": request.actor, "at": request.at, "request_key": request.POST.get("request_key")}
    for_seat = {"area": seat.area, "of": seat.of, "paper": paper}
    if do == "add":
        came = PageCame.CAMERA if request.POST.get("came") == "camera" else PageCame.CHOSEN
        return _add(request, seat, paper, request.FILES.getlist("files"), came=came), ""
    if do == "reuse":
        operations.reuse_paper(**told, **for_seat, earlier=_uuid(which))
    elif do == "phone":
        operations.invite_phone(**told, **for_seat)
    elif do in ("confirm", "phone-end"):
        verb = operations.confirm_pages if do == "confirm" else operations.end_phone
        verb(**told, tray=_uuid(which), paper=paper)
    elif do == "attach":
        _attach(request, seat, paper, told)
    elif do in ("turn", "back"):
        operations.turn_page(**told, page=_uuid(which), by_degrees=90 if do == "turn" else -90)
    elif do in ("earlier", "later"):
        operations.move_page(**told, page=_uuid(which), earlier=do == "earlier")
    elif do == "remove":
        operations.remove_page(**told, page=_uuid(which))
    elif do == "straighten":
        straight = not operations.straighten_page(**told, page=_uuid(which))
        return [], "这一页本来就是正的。" if straight else "已拉正。"
    else:
        raise NotFound
    return [], ""


def _attach(request: HttpRequest, seat: Seat, paper: str, told: dict[str, Any]) -> None:
    held = trays_of(
        seat.of, [one for one in seat.papers if one.key == paper], by=request.actor, at=request.at
    )
    if paper not in held or not held[paper].pages:
        raise operations.CannotTake("还没有页，先拍照或选择文件。")
    edition = request.POST.get("edition", "")
    operations.supply_papers(
        **told,
        case=seat.of.case,
        papers={},
        originals={paper: request.POST.get("original", "")},
        tray=held[paper].tray,
        edition=int(edition) if edition.isdecimal() else None,
    )


def _add(request: HttpRequest, seat: Seat, paper: str, files: Sequence[Any], *, came: PageCame) -> list[str]:
    """Take each file by itself: a bad one is told and does not take the good ones with it."""
    if not files:
        return ["还没有选文件：请先拍照，或选择图片、PDF。"]
    if len(files) > MOST_AT_ONCE:
        return [f"一次选了 {len(files)} 个文件，最多 {MOST_AT_ONCE} 个；一个也没有收，请分几次选。"]
    key, errors = request.POST.get("request_key"), []
    for number, file in enumerate(files):
        try:
            operations.add_page(
                by=request.actor,
                at=request.at,
                area=seat.area,
                of=seat.of,
                paper=paper,
                file=file,
                came=came,
                request_key=f"{key}:{paper}:{number}" if key else None,
            )
        except Refused as refusal:
            if refusal.status != 422:
                raise
            errors.append(refusal.sentence)
    return errors


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error


def _as_file(answer: HttpResponse, name: str) -> HttpResponse:
    """Saved, or drawn as a picture by our own page; never run as a page, whatever it holds."""
    shown = "inline" if answer["Content-Type"] in _PICTURE_TYPES else "attachment"
    answer["Content-Disposition"] = f"{shown}; filename*=UTF-8''{quote(name, safe='')}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


_PICTURE_TYPES = frozenset({"image/jpeg", "image/png"})
