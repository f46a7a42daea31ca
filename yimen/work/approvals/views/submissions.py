"""The list of submissions, what waits for me, and drafting (呈批件、待我审签、拟呈批件)."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yimen.foundations.ui.api import Action, guarded, render, render_list, submitted
from yimen.kernel.refusals import NotAllowed, NotFound
from yimen.registers.places.api import area_name
from yimen.work.approvals import operations
from yimen.work.approvals.choices import State
from yimen.work.approvals.engine.grammar import chains
from yimen.work.approvals.forms import AgainForm, DraftForm
from yimen.work.approvals.lists import SubmissionList
from yimen.work.approvals.permissions import DRAFT, SIGN
from yimen.work.approvals.ports import About, subjects
from yimen.work.approvals.presenters import waited_days
from yimen.work.approvals.queries import (
    SHOWN,
    counts,
    may_send_again,
    my_submissions,
    people_to_name,
    submissions,
    view_submission,
    waiting_for,
)


@guarded(None)
@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Submissions one may read (呈批件), or one's own (``?mine=1``)."""
    by, here = request.actor, reverse("approvals:submissions")
    mine, chosen = "mine" in request.GET, request.GET.get("state", "")
    number = counts(by=by)
    tabs = [
        {"label": "全部", "url": here, "current": not mine and chosen not in State.values},
        {"label": "我经办的", "url": f"{here}?mine=1", "current": mine},
    ]
    tabs += [
        {
            "label": label,
            "url": f"{here}?{urlencode({'state': value})}",
            "current": not mine and chosen == value,
            "count": number[value],
        }
        for value, label in State.choices
    ]
    actions = []
    if by.can_somewhere(SIGN):
        actions.append(Action("待我审签", reverse("approvals:waiting"), icon="clipboard-check"))
    if by.can_somewhere(DRAFT):
        actions.append(Action("拟呈批件", reverse("approvals:draft"), icon="file-plus"))
    return render_list(
        request,
        SubmissionList,
        my_submissions(by=by) if mine else submissions(by=by),
        template="approvals/submissions.html",
        actions=tuple(actions),
        subtitle="经办、审核、会签、签发",
        extra={"tabs": tabs},
    )


@guarded(SIGN)
@require_GET
def show_waiting(request: HttpRequest) -> HttpResponse:
    """What waits for my signature (待我审签), oldest first, each to agree to with one tap."""
    found = waiting_for(by=request.actor, most=SHOWN + 1)
    page = {
        "rows": [
            {
                "one": one,
                "area": area_name(one.area),
                "days": waited_days(one.seat.since, today=request.today),
                "late": bool(one.seat.due_on and one.seat.due_on < request.today),
            }
            for one in found[:SHOWN]
        ],
        "more": len(found) > SHOWN,
    }
    return render(request, "approvals/waiting.html", page)


@guarded(DRAFT)
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """Draft a submission and send it (拟呈批件); ``?about=desk.case:<uuid>`` says what it is about."""
    by = request.actor
    kind, thing, about = _about(request)
    chosen = (about.chain if about else "") or request.GET.get("chain", "")
    area = about.area if about else by.areas_for(DRAFT)[0]
    known = chains(on=request.today)
    if not chosen and request.method == "GET":
        return _choose(request, known, about)
    offered = [
        (one.key, f"{one.body.title}（{'—'.join(step.title for step in one.body.steps)}）")
        for one in known
        if one.key == chosen or not chosen
    ]
    initial = {"chain": chosen, "title": about.title if about else ""}
    body = next((one.body for one in known if one.key == chosen), None)
    people = people_to_name(body, area=area, on=request.today, without=by.account) if body else {}
    if request.method == "POST":
        form = DraftForm(request.POST, request.FILES, chains=offered, people=people)
    else:
        form = DraftForm(chains=offered, people=people, initial=initial)
    given = {"area": area, "kind": kind, "thing": thing}
    made = submitted(request, form, operations.submit, **given) if request.method == "POST" else None
    if made is not None:
        messages.success(request, f"已送审，编号{made.number}。现在等{made.step_title}签。")
        return HttpResponseRedirect(reverse("approvals:submission", args=[made.public_id]))
    page = {
        "form": form,
        "about": about,
        "area": area_name(area),
        "back": about.url if about else reverse("approvals:submissions"),
    }
    return render(request, "approvals/draft.html", page, status=422 if form.errors else 200)


@guarded(DRAFT)
@require_http_methods(["GET", "POST"])
def draft_again(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Mend what came back and send it again (修改后再次送审)."""
    view = view_submission(submission, by=request.actor, on=request.today)
    found = view.submission
    if not may_send_again(found, by=request.actor):
        raise NotAllowed("只有退回或撤回的呈批件可以再次送审。")
    held = [(str(one.public_id), one.name) for one in view.files]
    people = people_to_name(view.chain, area=found.area, on=request.today, without=request.actor.account)
    if request.method == "POST":
        form = AgainForm(request.POST, request.FILES, held=held, people=people)
        if submitted(request, form, operations.send_again, submission=submission) is not None:
            messages.success(request, "已再次送审，从第一个环节开始。")
            return HttpResponseRedirect(reverse("approvals:submission", args=[submission]))
    else:
        initial = {
            "title": found.title,
            "text": found.text,
            "keep": [key for key, _ in held],
            "edition": found.edition,
            **{f"signer-{place}": view.named.get(title, "") for place, title in enumerate(people)},
        }
        form = AgainForm(held=held, people=people, initial=initial)
    page = {"submission": found, "form": form, "why": _last_why(view)}
    return render(request, "approvals/again.html", page, status=422 if form.errors else 200)


def _choose(request: HttpRequest, known, about: About | None) -> HttpResponse:
    """First which chain (选审签流程): each with its steps and where it is used."""
    kept = {"about": request.GET["about"]} if about else {}
    page = {
        "chains": [
            {
                "title": one.body.title,
                "summary": one.body.summary,
                "steps": [seat.title for step in one.body.steps for seat in step.seats],
                "url": f"?{urlencode(kept | {'chain': one.key})}",
            }
            for one in known
        ],
        "about": about,
        "back": about.url if about else reverse("approvals:submissions"),
    }
    return render(request, "approvals/choose.html", page)


def _last_why(view) -> str:
    """Why it came back (退回的原因)."""
    returned = [box.signature for box in view.boxes if box.signature and box.signature.verdict == "returned"]
    return f"{returned[0].signed_by_name}：{returned[0].remark}" if returned else ""


def _about(request: HttpRequest) -> tuple[str, UUID | None, About | None]:
    """What the address says it is about, as its owner tells it; nothing for a free one."""
    told = request.GET.get("about", "")
    if not told:
        return "", None, None
    kind, _, thing = told.partition(":")
    subject = subjects.find(kind)
    try:
        found = UUID(thing)
    except ValueError as error:
        raise NotFound("没有这种可以呈批的东西。") from error
    if subject is None:
        raise NotFound("没有这种可以呈批的东西。")
    return kind, found, subject.load(found, by=request.actor, on=request.today)
