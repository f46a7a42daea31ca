"""Pages of priority service: note a mark, take it back, the list of a service week and its paper."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.ui.api import Action, guarded, record_export, render, render_list, submitted
from yimen.registers.people.api import person_card, person_ids
from yimen.services.priority.engine.grounds import grounds_on
from yimen.services.priority.forms import MarkForm
from yimen.services.priority.lists import WeekList
from yimen.services.priority.operations import mark_person, withdraw_mark
from yimen.services.priority.permissions import EXPORT, KEEP, VIEW_WEEK
from yimen.services.priority.queries import asked_words, get_mark, marks_on, week_of_marks
from yimen.services.priority.rules import monday_of

MOST_ON_PAPER = 500


@guarded(KEEP)
@require_http_methods(["GET", "POST"])
def mark(request: HttpRequest, person: UUID) -> HttpResponse:
    """Serve a resident first, by her own wish, paper or consent (登记优先标记)."""
    card = person_card(person, by=request.actor, on=request.today)
    grounds = grounds_on(request.today)
    form = MarkForm(request.POST if request.method == "POST" else None, grounds=grounds)
    if submitted(request, form, mark_person, person=person):
        messages.success(request, "已登记，到期自动去掉；本人随时可以撤回。")
        return HttpResponseRedirect(reverse("people:file", args=[card.public_id]))
    ids = person_ids(person, by=request.actor)
    page = {
        "form": form,
        "person": card,
        "held": marks_on(ids, by=request.actor, on=request.today),
        "grounds": [one.body for one in grounds],
        "words": asked_words(on=request.today),
    }
    return render(request, "priority/mark.html", page, status=422 if form.errors else 200)


@guarded(KEEP)
@require_POST
def withdraw(request: HttpRequest, mark: UUID) -> HttpResponse:
    """Delete a mark because she asks (撤回优先标记)."""
    found = get_mark(mark, by=request.actor)
    withdraw_mark(by=request.actor, at=request.at, mark=mark, request_key=request.POST.get("request_key"))
    messages.success(request, "已撤回并删除，不再显示。")
    return HttpResponseRedirect(reverse("people:file", args=[found.person]))


@guarded(VIEW_WEEK)
@require_GET
def show_week(request: HttpRequest) -> HttpResponse:
    """Who has priority, and what each got in a week (服务周清单)."""
    monday = monday_of(request.GET.get("week", ""), today=request.today)
    here = reverse("priority:week")
    actions = [
        Action("上一周", f"{here}?week={monday - timedelta(days=7)}", icon="chevron-left"),
        Action("下一周", f"{here}?week={monday + timedelta(days=7)}", icon="chevron-right"),
    ]
    if request.actor.can_somewhere(EXPORT):
        actions.append(Action("整周打印", f"{reverse('priority:paper')}?week={monday}", icon="printer"))
    return render_list(
        request,
        WeekList,
        week_of_marks(monday, by=request.actor),
        title=f"服务周清单 {_span(monday)}",
        subtitle="只列本人申请、出示证件或同意过、还没到期的居民；没有得到服务的排在最前",
        actions=actions,
    )


@guarded(VIEW_WEEK)
@require_GET
def show_paper(request: HttpRequest) -> HttpResponse:
    """The list of a week on paper (服务周清单打印): names masked, and a trail as for every sheet that leaves."""
    by = request.actor
    by.must(EXPORT, area=next(iter(by.areas_for(VIEW_WEEK)), by.home))
    monday = monday_of(request.GET.get("week", ""), today=request.today)
    found = list(week_of_marks(monday, by=by).order_by(*WeekList.order)[: MOST_ON_PAPER + 1])
    rows = WeekList.dress(found[:MOST_ON_PAPER], by=by)
    record_export(by=by, at=request.at, name="priority.week_paper", conditions=[str(monday)], rows=len(rows))
    page = {
        "title": f"服务周清单 {_span(monday)}",
        "back": f"{reverse('priority:week')}?week={monday}",
        "rows": rows,
        "more": len(found) > MOST_ON_PAPER,
        "most": MOST_ON_PAPER,
        "by": by.name,
        "on": request.today,
    }
    return render(request, "priority/paper.html", page)


def _span(monday) -> str:
    sunday = monday + timedelta(days=6)
    return f"{monday.year}年{monday.month}月{monday.day}日至{sunday.month}月{sunday.day}日"
