"""Take back what was noted in error (撤销、作废): a death, a paper, whose account it is."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from yimen.foundations.ui.api import guarded
from yimen.kernel.refusals import NotFound
from yimen.registers.people import api
from yimen.registers.people.choices import ShownField
from yimen.registers.people.forms.taking_back import (
    WRONG,
    CorrectAddressForm,
    EndDocumentForm,
    PartAccountForm,
    UndoDeathForm,
)
from yimen.registers.people.permissions import CORRECT, REGISTER
from yimen.registers.people.rules.showing import told_address
from yimen.registers.people.views.shared import attempt, communities_of, dwelling_for, edit_page, to_file


@guarded(CORRECT)
@require_http_methods(["GET", "POST"])
def undo_death(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A death was noted in error (撤销死亡登记)."""
    found = api.get_file(public_id, by=request.actor, on=request.today, with_cards=False)
    if found.died_on is None:
        messages.info(request, "这份档案没有登记死亡，不用撤销。")
        return to_file(found)
    form = UndoDeathForm(request.POST or None)
    if form.is_valid() and attempt(request, form, api.undo_death, person=public_id, **form.cleaned_data):
        messages.success(request, "死亡登记已撤销，停止的事项随即恢复。请看一眼住户和与户主关系。")
        return to_file(found)
    return edit_page(
        request,
        found,
        form,
        title="撤销死亡登记",
        submit="撤销死亡登记",
        hint=f"登记的死亡日期：{found.died_on:%Y-%m-%d}。撤销后恢复住户和户主，因此停止的通知、待办、活动报名、签约、优先标记和按月待遇接着办；理由和原日期留痕。",
    )


@guarded(REGISTER)
@require_http_methods(["GET", "POST"])
def end_document(request: HttpRequest, public_id: UUID, document: UUID) -> HttpResponse:
    """A paper or card holds no longer, or never was hers (证件作废)."""
    found = api.get_file(public_id, by=request.actor, on=request.today, with_cards=False)
    paper = next((one for one in found.documents if one.public_id == document and not one.until), None)
    if paper is None:
        raise NotFound("没有找到这份有效的证件。")
    form = EndDocumentForm(request.POST or None, initial={"on": request.today})
    if form.is_valid():
        told, wrong = form.cleaned_data, form.cleaned_data["what"] == WRONG
        day = {"on": request.today if wrong else told["on"], "wrong": wrong, "reason": told["reason"]}
        if attempt(request, form, _end_document, document=document, **day):
            messages.success(
                request,
                "已作废。出生日期、性别如果取自这个号码，请一并更正。"
                if wrong
                else "已登记失效，历史仍可查到。",
            )
            return to_file(found)
    return edit_page(
        request,
        found,
        form,
        title="证件作废",
        submit="作废",
        tone="harm",
        hint=f"{paper.label} {paper.masked}，{paper.since:%Y-%m-%d} 登记。作废后按这个号码找不到本人；要换号码，作废后再登记。",
    )


@guarded(REGISTER)
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Whether an account is joined to the file, and to part them (登录账号)."""
    found = api.get_file(public_id, by=request.actor, on=request.today, with_cards=False)
    joined = api.account_joined_on(public_id, by=request.actor)
    if joined is None:
        messages.info(request, "这份档案没有关联登录账号。")
        return to_file(found)
    form = PartAccountForm(request.POST or None)
    if form.is_valid() and attempt(request, form, _part_account, person=public_id, **form.cleaned_data):
        messages.success(request, "已解除登录账号，用它登录的人不再看到这份档案。")
        return to_file(found)
    return edit_page(
        request,
        found,
        form,
        title="解除登录账号",
        submit="解除",
        tone="harm",
        hint=f"{joined:%Y-%m-%d} 起关联了一个登录账号。解除后，用它登录的人不再看到这份档案。",
    )


@guarded(REGISTER)
@require_http_methods(["GET", "POST"])
def address(request: HttpRequest, public_id: UUID, residence: UUID) -> HttpResponse:
    """An address or its days were noted wrong, or a move never was (更正地址、撤销迁移)."""
    found = api.get_file(public_id, by=request.actor, on=request.today, with_cards=False)
    line = next((one for one in found.addresses if one.public_id == residence), None)
    if line is None:
        raise api.NoSuchAddress
    communities = communities_of(request.actor)
    if line.area and line.area not in dict(communities):
        communities = [(line.area, line.area_name), *communities]
    extent = api.shown_in(request.actor, area=found.area, on=request.today).extent(ShownField.ADDRESS)
    shown = told_address(line.address, extent)
    whole = shown == line.address
    initial = {
        "community": line.area,
        "address": shown if whole else "",
        "since": line.since,
        "until": line.until,
    }
    may_correct = request.actor.can(CORRECT, area=found.area)
    form = CorrectAddressForm(
        request.POST or None, communities=communities, may_correct=may_correct, initial=initial
    )
    if form.is_valid():
        told = form.cleaned_data
        if told.pop("what") == WRONG:
            done = attempt(request, form, api.drop_address, residence=residence, reason=told["reason"])
        else:
            # Who does not see it whole must not take it away by leaving the field as she found it.
            told["address"] = told["address"] or ("" if whole else line.address)
            same = (told["community"], told["address"]) == (line.area, line.address)
            told["dwelling"] = (
                None if same else dwelling_for(told["address"], told["community"], by=request.actor)
            )
            done = attempt(request, form, api.correct_address, residence=residence, **told)
        if done:
            messages.success(request, "地址已更正，办件、检索和人口数按更正后的算；原来的留痕。")
            return to_file(found)
    until = f"{line.until:%Y-%m-%d}" if line.until else "今"
    return edit_page(
        request,
        found,
        form,
        title=f"更正{line.label}",
        submit="保存更正",
        hint=f"登记的是：{line.area_name} {shown or '没有地址'}，{line.since:%Y-%m-%d} 至{until}。"
        "自己今天登记错的迁移，可以当天删除；其他更正要有更正权限。",
    )


def _end_document(**told) -> bool:
    api.end_document(**told)
    return True


def _part_account(**told) -> bool:
    api.part_account(**told)
    return True
