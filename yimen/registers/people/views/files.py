"""The resident's file (一人一档) and the small edits on it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.ui.api import guarded, part, render
from yimen.kernel.periods import age_on
from yimen.kernel.refusals import NotPossible
from yimen.registers.people import api
from yimen.registers.people.choices import ShownField
from yimen.registers.people.forms.files import (
    REASONS,
    CorrectForm,
    DeathForm,
    DocumentForm,
    MoveForm,
    PhoneForm,
    ReachForm,
    ShowForm,
)
from yimen.registers.people.permissions import CORRECT, MERGE, REGISTER, VIEW_FILE, VIEW_ID_NUMBER
from yimen.registers.people.ports import file_actions
from yimen.registers.people.presenters import FilePage
from yimen.registers.people.rules.rights import may_with_person
from yimen.registers.people.views.shared import (
    as_uuid,
    attempt,
    communities_everywhere,
    communities_of,
    dwelling_for,
    edit_page,
    to_file,
)

# What the apps above do when they hear of it; each of them has a test.
STOPS_BY_DEATH = (
    "给本人和家属的通知、待办和活动报名随即停止，家庭医生签约和优先标记终止，"
    "残疾人两项补贴、养老待遇从死亡之日起记为终止；款项由民政部门发放的，请一并告知停发。"
)


@guarded(VIEW_FILE)
@require_GET
def file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A resident's file; each opening is noted with its reason, which the page lets one change."""
    why = request.GET.get("why", "").strip() or REASONS[0]
    page = _page(request, public_id, why=why)
    if page.file.public_id != public_id:
        return redirect("people:file", public_id=page.file.public_id)
    if not part(request):
        api.note_look(by=request.actor, at=request.at, person=public_id, why=why)
    return render(request, "people/file.html", page)


@guarded(VIEW_FILE)
@require_POST
def show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one fact in full on this page and no other (查看完整信息), for a purpose that is noted."""
    form = ShowForm(request.POST)
    if not form.is_valid():
        return _file(request, public_id, fault="请选择要看哪一项、为什么要看。")
    asked = form.cleaned_data
    try:
        told = api.show_field(by=request.actor, at=request.at, person=public_id, **asked)
    except NotPossible as refused:
        return _file(request, public_id, fault=refused.sentence)
    return _file(
        request,
        public_id,
        opened=asked["field"],
        opened_value=told,
        opened_document=asked["document"],
    )


def _file(request: HttpRequest, public_id: UUID, *, fault: str = "", **shown) -> HttpResponse:
    page = _page(request, public_id, why=REASONS[0], fault=fault, **shown)
    return render(request, "people/file.html", page, status=422 if fault else 200)


@guarded(REGISTER)
@require_http_methods(["GET", "POST"])
def phone(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change the telephone (改电话)."""
    found = api.get_file(public_id, by=request.actor, on=request.today, with_cards=False)
    whole = api.shown_in(request.actor, area=found.area, on=request.today).whole(ShownField.PHONE)
    initial = {"phone": found.phone if whole else "", "version": found.version}
    form = PhoneForm(request.POST or None, initial=initial, masked="" if whole else found.phone_masked)
    if form.is_valid() and attempt(request, form, api.correct_person, person=public_id, **form.cleaned_data):
        messages.success(request, "电话已更新。")
        return to_file(found)
    return edit_page(request, found, form, title="改电话", submit="保存")


@guarded(CORRECT)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Correct name, sex or birth (更正档案)."""
    found = api.get_file(public_id, by=request.actor, on=request.today, with_cards=False)
    card = api.person_card(public_id, by=request.actor)
    initial = {
        "name": found.name,
        "sex": card.sex_value,
        "birth_on": found.birth_on,
        "version": found.version,
    }
    form = CorrectForm(request.POST or None, initial=initial)
    if form.is_valid() and attempt(request, form, api.correct_person, person=public_id, **form.cleaned_data):
        messages.success(request, "档案已更正，原姓名仍可查到。")
        return to_file(found)
    return edit_page(
        request,
        found,
        form,
        title="更正档案",
        submit="保存更正",
        hint="姓名、性别、出生日期凭证件更正；更正前后都留痕。",
    )


@guarded(REGISTER)
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Move home or hukou (登记迁移)."""
    found = api.get_file(public_id, by=request.actor, on=request.today, with_cards=False)
    communities = communities_of(request.actor)
    # Only who keeps her file sends it on; seen by a tie it is taken in, not sent away.
    own = dict(communities)
    others = communities_everywhere(request.actor) if request.actor.can(REGISTER, area=found.area) else []
    elsewhere = [(code, name) for code, name in others if code not in own]
    initial = {"on": request.today, "community": found.community}
    standing = {line.kind: (line.area, line.address) for line in found.addresses if line.until is None}
    form = MoveForm(
        request.POST or None,
        communities=communities,
        elsewhere=elsewhere,
        standing=standing,
        initial=initial,
    )
    if form.is_valid():
        told = form.cleaned_data
        if form.leaves:
            return _send(request, found, form) or _move_page(request, found, form)
        told["dwelling"] = dwelling_for(told["address"], told["community"], by=request.actor)
        if attempt(request, form, api.move_person, person=public_id, **told):
            messages.success(
                request,
                "迁移已登记，办件、统计和检索按新地址。登记错了，今天可以在“居住与户籍”里更正或撤销。",
            )
            return to_file(found)
    return _move_page(request, found, form)


def _send(request: HttpRequest, found: api.PersonFile, form: MoveForm) -> HttpResponse | None:
    """She moves to where others work: her file goes there, in sight from here until midnight (迁往别处)."""
    if attempt(request, form, api.send_person, person=found.public_id, **form.cleaned_data) is None:
        return None
    messages.success(
        request,
        "迁移已登记。迁的是居住地的，档案随人转到那里的社区，那里已收到提醒，没办完的待办一起过去；"
        "登记错了，今天可以在“居住与户籍”里撤销，过了今天您这里就看不到了。",
    )
    return to_file(found)


def _move_page(request: HttpRequest, found: api.PersonFile, form: MoveForm) -> HttpResponse:
    return edit_page(
        request,
        found,
        form,
        title="登记迁移",
        submit="登记迁移",
        hint=f"现在：{found.full_area} {found.address}",
    )


@guarded(REGISTER)
@require_http_methods(["GET", "POST"])
def document(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Note a paper or card (登记证件)."""
    found = api.get_file(public_id, by=request.actor, on=request.today, with_cards=False)
    form = DocumentForm(request.POST or None)
    if form.is_valid() and attempt(request, form, api.add_document, person=public_id, **form.cleaned_data):
        messages.success(request, "证件已登记。")
        return to_file(found)
    return edit_page(request, found, form, title="登记证件", submit="登记")


@guarded(REGISTER)
@require_http_methods(["GET", "POST"])
def death(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Note a death (死亡登记)."""
    found = api.get_file(public_id, by=request.actor, on=request.today, with_cards=False)
    form = DeathForm(request.POST or None, initial={"died_on": request.today})
    if form.is_valid() and attempt(request, form, api.record_death, person=public_id, **form.cleaned_data):
        messages.success(request, f"已登记。{STOPS_BY_DEATH}")
        return to_file(found)
    return edit_page(
        request,
        found,
        form,
        title="死亡登记",
        submit="登记死亡",
        tone="harm",
        hint=f"登记后，{STOPS_BY_DEATH}登记错了可以撤销，停止的事项接着办。",
        confirm=f"确定登记 {found.name} 已经去世吗？",
    )


@guarded(REGISTER)
@require_http_methods(["GET", "POST"])
def reach(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How she wants to be reached (联系方式)."""
    found = api.get_file(public_id, by=request.actor, on=request.today, with_cards=False)
    form = ReachForm(request.POST or None)
    if form.is_valid() and attempt(request, form, api.set_reach_way, person=public_id, **form.cleaned_data):
        dropped = form.cleaned_data["drop"]
        messages.success(
            request, "已去掉，通知不再这样联系。" if dropped else "联系方式已登记，通知会按此送达。"
        )
        return to_file(found)
    ways = "；".join(f"{way.label} {way.masked}".strip() for way in found.ways) or "没有特别说明"
    return edit_page(
        request,
        found,
        form,
        title="怎么联系",
        submit="登记",
        hint=f"现在：{ways}。看不了短信的，通知会变成社区的打电话、上门任务。",
    )


@guarded(REGISTER)
@require_POST
def verify(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Checked against life today (核实)."""
    checked = api.set_verified(
        by=request.actor, at=request.at, people=[public_id], request_key=request.POST.get("request_key")
    )
    if not checked:
        raise api.NoSuchPerson
    messages.success(request, "已记下今天核实。")
    return redirect("people:file", public_id=public_id)


def _page(request: HttpRequest, public_id: UUID, *, why: str, **shown) -> FilePage:
    by, today = request.actor, request.today
    emergency = _emergency(request, public_id)
    found = api.get_file(public_id, by=by, on=today, opened=emergency.card if emergency else "")
    timeline = api.get_timeline(found, by=by, before=request.GET.get("before", ""))

    def may(permission: str) -> bool:
        return may_with_person(by, permission, area=found.area)

    return FilePage(
        file=found,
        age=_age(found.birth_on, found.died_on or today),
        timeline=timeline,
        why=why,
        reasons=REASONS if why in REASONS else (why, *REASONS),
        actions=_actions(found, request) if not found.died_on else [],
        may_edit=may(REGISTER),
        may_correct=by.can(CORRECT, area=found.area),
        may_merge=by.can(MERGE, area=found.area),
        may_show_number=may(VIEW_ID_NUMBER),
        shown=api.shown_in(by, area=found.area, on=today),
        emergency=emergency,
        slips=frozenset(
            line.public_id for line in found.addresses if line.noted_by == by.key and line.noted_on == today
        ),
        may_break=bool(api.special_cards(by=by, area=found.area)),
        **shown,
    )


def _emergency(request: HttpRequest, public_id: UUID) -> Any:
    """The emergency look that the address names, as long as it lasts."""
    look = as_uuid(request.GET.get("glass", ""))
    return api.open_emergency(look, person=public_id, by=request.actor, at=request.at) if look else None


def _actions(found: api.PersonFile, request: HttpRequest) -> list[dict[str, str]]:
    lines = []
    for action in sorted(file_actions, key=lambda each: (each.order, each.key)):
        if not may_with_person(request.actor, action.permission, area=found.area):
            continue
        if url := action.url(found.public_id, by=request.actor):
            why_not = action.why_not(found.public_id, by=request.actor) if action.why_not else ""
            lines.append({"label": action.label, "icon": action.icon, "url": url, "why_not": why_not})
    return lines


def _age(born: date | None, on: date) -> int | None:
    return age_on(born, on) if born and born <= on else None
