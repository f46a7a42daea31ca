"""Who answers for somebody, or does her errands (监护、代办)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from yimen.foundations.ui.api import guarded
from yimen.kernel.refusals import NotFound
from yimen.registers.people import api
from yimen.registers.people.forms.guardians import EndGuardianForm, GuardianForm
from yimen.registers.people.forms.taking_back import WRONG
from yimen.registers.people.permissions import REGISTER
from yimen.registers.people.views.shared import as_uuid, attempt, edit_page, to_file


@guarded(REGISTER)
@require_http_methods(["GET", "POST"])
def guardians(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Find who it is, say why, by which paper, from when (登记监护、代办)."""
    by, today = request.actor, request.today
    found = api.get_file(public_id, by=by, on=today, with_cards=False)
    text = request.GET.get("q", "")
    known = {found.public_id, *(line.person for line in found.guardians)}
    cards = [
        card
        for card in (api.find_people(text, by=by, on=today) if text.strip() else [])
        if card.public_id not in known and not card.died_on
    ]
    choices = [(str(card.public_id), f"{card.name} · {card.hint}") for card in cards]
    form = GuardianForm(request.POST or None, people=choices, initial={"on": today})
    if form.is_valid():
        told = form.cleaned_data | {"guardian": as_uuid(form.cleaned_data["guardian"])}
        if attempt(request, form, api.set_guardian, person=public_id, **told):
            messages.success(request, "已登记，写在档案的“基本情况”里。")
            return to_file(found)
    now = "；".join(f"{line.name}（{line.label}，{line.since:%Y-%m-%d} 起）" for line in found.guardians)
    return edit_page(
        request,
        found,
        form,
        title="登记监护、代办",
        submit="登记",
        hint=f"现在：{now or '没有登记'}。未成年人的监护到十八周岁生日自动终止。",
        text=text,
        searching=True,
        choosing="guardian",
        candidates=cards,
    )


@guarded(REGISTER)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, public_id: UUID, guardian: UUID) -> HttpResponse:
    """It ends on a day, or never was (终止监护、代办)."""
    found = api.get_file(public_id, by=request.actor, on=request.today, with_cards=False)
    line = next((one for one in found.guardians if one.person == guardian), None)
    if line is None:
        raise NotFound("没有找到这位监护人或代办人，可能刚刚终止了。")
    form = EndGuardianForm(request.POST or None, initial={"on": request.today})
    if form.is_valid():
        told = form.cleaned_data
        wrong = told.pop("what") == WRONG
        if attempt(request, form, api.end_guardian, person=public_id, guardian=guardian, wrong=wrong, **told):
            messages.success(request, "已终止。")
            return to_file(found)
    return edit_page(
        request,
        found,
        form,
        title="终止监护、代办",
        submit="终止",
        tone="harm",
        hint=f"{line.name}（{line.label}），{line.since:%Y-%m-%d} 起。",
    )
