"""Standing in for a colleague for some days (临时代理): name one, see both sides, end it early."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from yimen.foundations.access import api
from yimen.foundations.access.forms import DeputyForm
from yimen.foundations.access.ports import roles
from yimen.foundations.access.presenters import colleague_options, deputies_page, role_options
from yimen.foundations.ui.api import guarded, render
from yimen.kernel.refusals import NotPossible


@guarded(None)
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Who stands in for me and for whom I do; a new deputy (我的代理)."""
    mine = request.actor.account
    candidates = api.deputisable(mine, on=request.today)
    form = None
    if candidates:
        form = DeputyForm(
            request.POST or None,
            roles=role_options(candidates),
            colleagues=colleague_options(candidates),
            initial={"since": request.today, "last": request.today},
        )
    if request.method == "POST" and form and form.is_valid():
        typed = form.cleaned_data
        try:
            made = api.name_deputy(
                by=request.actor,
                at=request.at,
                grant=UUID(typed["grant"]),
                deputy=UUID(typed["deputy"]),
                since=typed["since"],
                last=typed["last"],
                reason=typed["reason"],
                request_key=request.POST.get("request_key"),
            )
        except NotPossible as refusal:
            _tell(form, refusal)
        else:
            messages.success(request, f"已指定{made.account.name}代理，到期自动结束。请当面交代手上的事。")
            return redirect("access:deputies")
    titles = {key: role.title for key, role in roles(on=request.today).items()}
    found = api.deputies(mine, on=request.today)
    page = deputies_page(found, of=mine, on=request.today, titles=titles, form=form)
    wrong = form is not None and bool(form.errors)
    return render(request, "access/deputies.html", page, status=422 if wrong else 200)


@guarded(None)
@require_POST
def end(request: HttpRequest, grant: UUID) -> HttpResponse:
    """End it before its last day (提前结束)."""
    api.end_deputy(by=request.actor, at=request.at, grant=grant, request_key=request.POST.get("request_key"))
    messages.success(request, "代理已结束，立即生效。")
    return redirect("access:deputies")


def _tell(form: DeputyForm, refusal: NotPossible) -> None:
    for finding in refusal.findings:
        form.add_error(finding.field if finding.field in form.fields else None, finding.sentence)
    if not refusal.findings:
        form.add_error(None, refusal.sentence)
