"""Open a file in an emergency, and review that it was opened (紧急查阅、复核)."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.ui.api import guarded, render, render_list, submitted
from yimen.kernel.refusals import NotFound
from yimen.registers.people import api
from yimen.registers.people.engine.emergency_access import EmergencyAccess, emergency_access
from yimen.registers.people.forms.emergencies import GlassForm, ReviewForm
from yimen.registers.people.lists import Emergencies
from yimen.registers.people.permissions import BREAK_GLASS, REVIEW_GLASS
from yimen.registers.people.presenters import GlassPage, ReviewPage
from yimen.registers.people.rules.emergencies import NOT_HERE

WHY = "紧急查阅"


@guarded(BREAK_GLASS)
@require_POST
@sensitive_post_parameters("id_number")
def glass(request: HttpRequest) -> HttpResponse:
    """Open the file of somebody of the street beyond one's areas (紧急查阅): what has happened is asked first."""
    rule = emergency_access(on=request.today)
    number = request.POST.get("id_number", "")
    # From the minimal card only the number comes along.
    told = request.POST if "told" in request.POST else None
    form = GlassForm(told, kinds=_kinds(rule))
    if told and (made := submitted(request, form, api.break_glass, id_number=number)):
        if made is not True:
            return _opened(request, made.person, made.public_id)
        form.add_error(None, NOT_HERE)
    page = GlassPage(form, rule.minutes, "紧急查阅范围外的档案", reverse("people:search"), number)
    return render(request, "people/glass.html", page, status=422 if form.errors else 200)


@guarded(BREAK_GLASS)
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open one card of special data on a file (紧急查阅特殊信息)."""
    found = api.get_file(public_id, by=request.actor, on=request.today, with_cards=False)
    cards = [(one.key, one.title) for one in api.special_cards(by=request.actor, area=found.area)]
    if not cards:
        raise NotFound()
    rule = emergency_access(on=request.today)
    form = GlassForm(request.POST or None, kinds=_kinds(rule), cards=cards)
    if request.method == "POST" and (
        made := submitted(request, form, api.break_glass_card, person=found.public_id)
    ):
        return _opened(request, made.person, made.public_id)
    title = f"紧急查阅{found.name}的特殊信息"
    page = GlassPage(form, rule.minutes, title, reverse("people:file", args=[found.public_id]))
    return render(request, "people/glass.html", page, status=422 if form.errors else 200)


@guarded(REVIEW_GLASS)
@require_GET
def looks(request: HttpRequest) -> HttpResponse:
    """Files that were opened in an emergency (紧急查阅)."""
    return render_list(request, Emergencies, api.emergency_looks(by=request.actor))


@guarded(REVIEW_GLASS)
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, look: UUID) -> HttpResponse:
    """Say whether it was an emergency (复核)."""
    found = api.get_emergency(look, by=request.actor)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and submitted(request, form, api.review_emergency, look=look):
        messages.success(request, "已复核。")
        return redirect("people:emergencies")
    cards = api.person_cards([found.person], by=request.actor)
    page = ReviewPage(found, form, cards.get(found.person), found.looked_by == request.actor.key)
    return render(request, "people/emergency.html", page, status=422 if form.errors else 200)


def _opened(request: HttpRequest, person: UUID, look: UUID) -> HttpResponse:
    messages.success(request, "已打开，事由已经记下；事后由别人复核。")
    return redirect(f"{reverse('people:file', args=[person])}?{urlencode({'why': WHY, 'glass': look})}")


def _kinds(rule: EmergencyAccess) -> list[tuple[str, str]]:
    return [(one.key, one.title) for one in rule.kinds]
