"""A resident's own page (本人页面): who looked at her file, a copy of it, her consents, her requests.

It is opened by the slip of the window, on one phone and without an account, or by an account that is joined to her.
"""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.doors.portal.forms import AskForm
from yimen.doors.portal.lists import LooksAtMe
from yimen.doors.portal.permissions import ON_ONES_OWN_FILE
from yimen.doors.portal.presenters import CopyPage, Me, MyPage, SlipPage
from yimen.doors.portal.views.words import by_word
from yimen.foundations.audit.api import looks_at_files
from yimen.foundations.bus.api import act_as
from yimen.foundations.ui.api import guarded, public, refusals_into, render, render_list
from yimen.kernel.actor import Actor, ActorKind, Hold, system_actor
from yimen.kernel.refusals import Conflict, NotFound
from yimen.registers.consents import api as consents
from yimen.registers.consents.ports import own_consents
from yimen.registers.people import api as people

DOOR, COOKIE = "portal.own_page", "yimen_own"
# What one may do with one's own file, wherever it lies; everything asked of it is asked by her ids.
OWN = Hold(role="own", area="", permissions=ON_ONES_OWN_FILE)
View = Callable[..., HttpResponse]


def _own(view: View) -> View:
    """Calls the view with whose page it is, acting as she; whoever has none is told how to get one."""

    @public
    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, **named) -> HttpResponse:
        me = _me(request)
        if me is None:
            return render(request, "portal/not_joined.html", {"signed_in": request.actor is not None})
        # Lists and their sheets are asked for, and noted, in the name of who is at the page.
        request.actor = me.actor
        with act_as(me.actor, on=request.today):
            return view(request, me, **named)

    return wrapped


@public
@never_cache
@require_http_methods(["GET", "POST"])
@by_word
def open_page(request: HttpRequest, word: str) -> HttpResponse:
    """The slip of the window (凭条): looked at it changes nothing, so that no preview of a link spends it; pressed it opens."""
    by = system_actor(DOOR)
    if request.method == "POST":
        with act_as(by, on=request.today):
            kept = people.open_page(by=by, at=request.at, word=word)
            page = people.page_of(kept, by=by, at=request.at) if kept else None
        if page:
            answer = redirect("portal:mine")
            answer.set_cookie(
                COOKIE,
                kept,
                expires=page.until,
                path="/my/",
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
            return answer
    with act_as(by, on=request.today):
        stands = people.standing_slip(word, by=by, at=request.at) is not None
    account = request.actor if request.actor and request.actor.person is None else None
    page = SlipPage(word, stands, people.rights_practice(on=request.today).page_days, account)
    return render(request, "portal/slip.html", page, status=200 if stands else 404)


@guarded(None)
@require_POST
def join(request: HttpRequest, word: str) -> HttpResponse:
    """The account that is signed in belongs to whom the slip was made for (关联账号)."""
    by = system_actor(DOOR)
    try:
        with act_as(by, on=request.today):
            joined = people.join_by_slip(by=by, at=request.at, word=word, account=request.actor.account)
    except Conflict as refusal:
        messages.error(request, refusal.sentence)
        joined = False
    if joined:
        messages.success(request, "已关联。以后登录就能看自己的档案。")
        return redirect("portal:mine")
    return redirect("portal:open", word=word)


@_own
@require_GET
def show(request: HttpRequest, me: Me) -> HttpResponse:
    """My file (我的档案): my consents and requests, and the ways to the rest."""
    ids = people.person_ids(me.person, by=me.actor)
    page = MyPage(
        me,
        people.person_stamp(me.person, by=me.actor).name,
        consents.purposes_of(ids, on=request.today, by=me.actor, herself=True),
        [
            (f"{source.key}-{line.key}", source.ask, line)
            for source in own_consents
            for line in source.lines(ids, by=me.actor, on=request.today)
        ],
        people.requests_of(ids, by=me.actor),
        looks_at_files(ids, by=me.actor).count(),
    )
    return render(request, "portal/mine.html", page)


@_own
@require_GET
def show_looks(request: HttpRequest, me: Me) -> HttpResponse:
    """Who looked at my file, when and why (谁看过我的档案)."""
    ids = people.person_ids(me.person, by=me.actor)
    return render_list(request, LooksAtMe, looks_at_files(ids, by=me.actor), template="portal/looks.html")


@_own
@require_GET
def copy(request: HttpRequest, me: Me) -> HttpResponse:
    """What the register holds of me (我的信息副本); numbers are masked here and in full on the paper of the window."""
    page = CopyPage.of(people.own_copy(me.person, by=me.actor, on=request.today))
    return render(request, "portal/copy.html", page)


@_own
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, me: Me) -> HttpResponse:
    """Ask for a correction, for deletion or restriction (提出请求)."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_into(form):
            made = people.receive_request(
                by=me.actor,
                at=request.at,
                person=me.person,
                asked_by=me.holder,
                identity=me.identity,
                request_key=request.POST.get("request_key"),
                **form.cleaned_data,
            )
            messages.success(request, f"已收到，最迟 {made.due_on:%Y-%m-%d} 答复，答复写在这里。")
            return redirect("portal:mine")
    return render(request, "portal/ask_mine.html", {"form": form}, status=422 if form.errors else 200)


@_own
@require_POST
def withdraw(request: HttpRequest, me: Me, purpose: str) -> HttpResponse:
    """I take a consent back (撤回同意): without a reason, from this moment."""
    consents.withdraw_consent(
        by=me.actor,
        at=request.at,
        person=me.person,
        purpose=purpose,
        request_key=request.POST.get("request_key"),
    )
    messages.success(request, "已撤回，从现在起不能再这样用。")
    return redirect("portal:mine")


@_own
@require_POST
def withdraw_kept(request: HttpRequest, me: Me, word: str) -> HttpResponse:
    """I take back a consent that another app keeps (撤回同意), with the effect that it has at the window.

    The ``word`` names app and consent; no log tells it.
    """
    source, _, key = word.partition("-")
    kept = next((one for one in own_consents if one.key == source), None)
    if kept is None:
        raise NotFound()
    kept.withdraw(
        person=me.person, key=key, by=me.actor, at=request.at, request_key=request.POST.get("request_key")
    )
    messages.success(request, "已撤回，从现在起有效。")
    return redirect("portal:mine")


@_own
@require_POST
def leave(request: HttpRequest, me: Me) -> HttpResponse:
    """This phone shows it no longer (退出)."""
    answer = redirect("portal:mine")
    if me.until:
        people.end_page(by=me.actor, at=request.at, person=me.person, why="本人退出")
        answer.delete_cookie(COOKIE, path="/my/")
    return answer


def _me(request: HttpRequest) -> Me | None:
    """Whose page it is: of the account that is signed in, else of what the phone keeps."""
    if request.actor is not None and request.actor.person is not None:
        seen = "登录账号，已与本人关联"
        return Me(request.actor.person, _actor(request.actor.person, request.actor), "本人", seen)
    kept = request.COOKIES.get(COOKIE, "")
    if not kept:
        return None
    by = system_actor(DOOR)
    with act_as(by, on=request.today):
        page = people.page_of(kept, by=by, at=request.at)
    if page is None:
        return None
    seen = f"本人页面（{page.handed_at:%Y-%m-%d}{page.handed_by_name}交凭条：{page.identity}）"
    return Me(page.person.public_id, _actor(page.person.public_id), page.holder, seen, page.until)


def _actor(person: UUID, account: Actor | None = None) -> Actor:
    return Actor(
        key=account.key if account else f"system:{DOOR}",
        name=account.name if account else "本人",
        kind=ActorKind.RESIDENT,
        holds=(OWN,),
        person=person,
    )
