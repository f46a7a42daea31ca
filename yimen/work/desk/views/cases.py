"""One case: its page, and one address per deed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yimen.foundations.ui.api import guarded, refusals_into, render
from yimen.kernel.refusals import NotFound
from yimen.registers.places.api import area_name
from yimen.work.desk import operations
from yimen.work.desk.permissions import VIEW_CASES
from yimen.work.desk.presenters import deed_form, present_case
from yimen.work.desk.queries import CaseView, case_cards_of, case_panels_of, get_case
from yimen.work.desk.queries.standing_in import pair_of
from yimen.work.desk.views import papers
from yimen.work.desk.views.origins import describe_origin

_DONE = {
    "answer_urge": "已答复，居民在查询页上看得到。",
    "supply": "材料已登记。",
    "register": "已登记，可以通知居民了。",
    "decide": "决定已作出，决定书已生成。",
    "deliver": "已送达。有送达回证的请打印签字；回执上的二维码现在可以评价。",
    "archive": "已归档，档号已编好。",
    "resume": "已恢复办理，期限已顺延。",
    "hand_over": "已上交街道，期限不变。",
    "hand_back": "已退回社区，期限不变。",
    "pause": "计时已中止，请把通知书交给申请人。",
    "extend": "已延期，期限和清单都改了。请把延期告知书交给申请人。",
    "join": "已并案，由那一件一起决定，结果分别告诉各人。",
    "part": "已拆开，单独办理。",
    "withdraw": "已按申请人要求撤回，终止办理通知书已生成。",
    "void": "已作废。请把给居民的通知书收回来。",
    "undeliver": "已撤销送达，回到待送达。",
}
_OPERATIONS = {
    "answer_urge": operations.answer_urging,
    "supply": operations.supply_papers,
    "register": operations.register_case,
    "decide": operations.decide_case,
    "deliver": operations.deliver_case,
    "archive": operations.archive_case,
    "resume": operations.resume_case,
    "hand_over": operations.hand_over_case,
    "hand_back": operations.hand_back_case,
    "pause": operations.pause_case,
    "extend": operations.extend_case,
    "join": operations.join_case,
    "part": operations.part_case,
    "withdraw": operations.withdraw_case,
    "void": operations.void_case,
    "undeliver": operations.undeliver_case,
}


@guarded(VIEW_CASES)
@require_GET
def show_case(request: HttpRequest, case: UUID) -> HttpResponse:
    """One case (办件); a look at one that lies in the archive is noted."""
    answer = _page(request, case)
    operations.note_look_at_archived(by=request.actor, at=request.at, case=case)
    return answer


@guarded(VIEW_CASES)
@require_POST
def do_deed(request: HttpRequest, case: UUID, deed: str) -> HttpResponse:
    """Do one thing with the case; a mistake brings the page back with the form open and a sentence."""
    if deed not in _OPERATIONS:
        raise NotFound()
    view = get_case(case, by=request.actor, on=request.today)
    form = deed_form(deed, view, request.POST)
    if not form.is_valid():
        return _page(request, case, bound=(deed, form))
    given = _supplied(request, view, form) if deed == "supply" else form.cleaned_data
    edition = request.POST.get("edition", "")
    with refusals_into(form):
        _OPERATIONS[deed](
            by=request.actor,
            at=request.at,
            case=case,
            edition=int(edition) if edition.isdecimal() else None,
            request_key=request.POST.get("request_key"),
            **given,
        )
        messages.success(request, _DONE[deed])
        return HttpResponseRedirect(reverse("desk:case", args=[case]))
    return _page(request, case, bound=(deed, form))


def _supplied(request: HttpRequest, view: CaseView, form: Any) -> dict[str, Any]:
    held = papers.parts(request, papers.case_seat(view))
    return {
        "papers": form.states(),
        "originals": form.originals(),
        "tray": next((part.view.tray for part in held.values() if part.view.tray), None),
    }


def _page(request: HttpRequest, case: UUID, bound=None) -> HttpResponse:
    view = get_case(case, by=request.actor, on=request.today)
    page = present_case(
        view,
        by=request.actor,
        today=request.today,
        area_name=area_name,
        panels=() if view.elsewhere else case_panels_of(view.case, by=request.actor, today=request.today),
        origin=describe_origin(view.case.origin, by=request.actor) if view.case.origin else None,
        cards=case_cards_of(view.case, by=request.actor, today=request.today),
        pair=None if view.elsewhere else pair_of(view.case, by=request.actor, on=request.today),
        bound=bound,
    )
    return render(request, "desk/case.html", page, status=422 if bound else 200)
