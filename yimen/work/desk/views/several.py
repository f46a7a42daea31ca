"""Several cases at once: look over what was ticked, do it, see what became of each."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yimen.foundations.ui.api import guarded, render
from yimen.kernel.refusals import NotFound
from yimen.work.desk import operations
from yimen.work.desk.forms import DeliverManyForm, RegisterForm, WhyForm
from yimen.work.desk.permissions import HANDLE_CASE
from yimen.work.desk.queries import MOST_TOGETHER, PickedCase, picked_cases

_DEEDS = {
    "deliver": ("送达", DeliverManyForm),
    "register": ("完成登记", RegisterForm),
    "hand_over": ("上交街道", WhyForm),
    "hand_back": ("退回社区", WhyForm),
}


@dataclass(frozen=True)
class SeveralPage:
    """``picked`` with what stands in the way of each, or, once done, what became of it."""

    deed: str
    label: str
    picked: list[PickedCase]
    form: forms.Form | None
    most: int = MOST_TOGETHER

    @property
    def possible(self) -> int:
        return sum(not one.why_not for one in self.picked)


@guarded(HANDLE_CASE)
@require_http_methods(["GET", "POST"])
def do_several(request: HttpRequest, deed: str) -> HttpResponse:
    """Do one thing with several cases (批量办理)."""
    if deed not in _DEEDS:
        raise NotFound
    label, form_class = _DEEDS[deed]
    data = request.POST if request.method == "POST" else None
    rows = _ids((data or request.GET).getlist("row"))
    if data is None and not rows:
        return HttpResponseRedirect(reverse("desk:cases"))
    picked = picked_cases(rows, deed, by=request.actor)
    if not picked:
        raise NotFound
    form = form_class(data)
    if data is None or not form.is_valid():
        page = SeveralPage(deed, label, picked, form)
        return render(request, "desk/several.html", page, status=422 if data else 200)
    editions = {row: _number(data.get(f"edition-{row}", "")) for row in rows[:MOST_TOGETHER]}
    said = operations.deal_with_each(
        by=request.actor,
        at=request.at,
        deed=deed,
        cases=editions,
        given=form.cleaned_data,
        request_key=data.get("request_key"),
    )
    # Not a redirect: what became of each row has no address of its own, and sent again it does nothing twice.
    done = [
        PickedCase(one.case, said.get(str(one.case.public_id), one.why_not))
        for one in picked_cases(rows, deed, by=request.actor)
    ]
    return render(request, "desk/several_done.html", SeveralPage(deed, label, done, None))


def _ids(told: list[str]) -> list[UUID]:
    found = []
    for text in told:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 9 else None
