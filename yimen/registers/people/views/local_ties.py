"""Where a resident works or learns, and who is tied to a community without living in it (属地关系)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from yimen.foundations.ui.api import guarded, render, render_list
from yimen.registers.organisations import api as organisations
from yimen.registers.people import api
from yimen.registers.people.choices import LocalTieKind, Sex
from yimen.registers.people.forms.local_ties import EndLocalTieForm, LocalTieForm
from yimen.registers.people.forms.taking_back import WRONG
from yimen.registers.people.lists import TiedResidents
from yimen.registers.people.permissions import FIND, REGISTER
from yimen.registers.people.presenters.local_ties import TiedPage
from yimen.registers.people.queries.local_ties import NoSuchTie
from yimen.registers.people.views.shared import attempt, communities_everywhere, edit_page, to_file
from yimen.registers.places.api import full_area_name


@guarded(FIND)
@require_GET
def tied(request: HttpRequest) -> HttpResponse:
    """Who is registered, works or learns here and lives elsewhere (户籍、工作、就学在本地)."""
    return render_list(request, TiedResidents, api.tied_residents(by=request.actor))


@guarded(FIND)
@require_GET
def card(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The card of one of them (属地卡): the least there is to know, and who keeps her file. The look is noted."""
    rows = api.open_tied_card(by=request.actor, at=request.at, person=public_id)
    one = rows[0]
    keeper = organisations.organisation_for(
        one.community, kind=organisations.OrganisationKind.COMMITTEE, on=request.today
    )
    page = TiedPage(
        rows=[(LocalTieKind(row.kind).label, full_area_name(row.area), row) for row in rows],
        name=one.name,
        sex=Sex(one.sex).label if one.sex in (Sex.MALE, Sex.FEMALE) else "",
        born=one.birth_on,
        on=request.today,
        lives=full_area_name(one.lives) if one.lives else "外地",
        keeps=full_area_name(one.community),
        phone=keeper.phone if keeper else "",
    )
    return render(request, "people/tied.html", page)


@guarded(REGISTER)
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say where she works or goes to school (登记工作、就学地)."""
    found = api.get_file(public_id, by=request.actor, on=request.today, with_cards=False)
    form = LocalTieForm(
        request.POST or None,
        communities=communities_everywhere(request.actor),
        initial={"since": request.today},
    )
    if form.is_valid() and attempt(request, form, api.note_local_tie, person=public_id, **form.cleaned_data):
        messages.success(request, "已登记，写在档案的“基本情况”里。")
        return to_file(found)
    return edit_page(
        request,
        found,
        form,
        title="登记工作、就学地",
        submit="登记",
        hint="登记以后，单位或学校所在的社区能看到姓名、性别、年龄和现住社区，看不到电话、证件和住址；结束后就看不到了。"
        "本人愿意说、办事用得着才登记。",
    )


@guarded(REGISTER)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, public_id: UUID, tie: UUID) -> HttpResponse:
    """She works or learns there no longer, or never did (结束工作、就学登记)."""
    found = api.get_file(public_id, by=request.actor, on=request.today, with_cards=False)
    line = next((one for one in found.ties if one.public_id == tie and not one.over), None)
    if line is None:
        raise NoSuchTie
    form = EndLocalTieForm(request.POST or None, initial={"on": request.today})
    if form.is_valid():
        told = form.cleaned_data
        wrong = told.pop("what") == WRONG
        if attempt(request, form, _end, person=public_id, tie=tie, wrong=wrong, **told):
            messages.success(request, "已结束，那里的社区不再看到。")
            return to_file(found)
    return edit_page(
        request,
        found,
        form,
        title="结束工作、就学登记",
        submit="结束",
        tone="harm",
        hint=f"{line.place}（{line.label}），{line.area_name}，{line.since:%Y-%m-%d} 起。",
    )


def _end(**told) -> bool:
    api.end_local_tie(**told)
    return True
