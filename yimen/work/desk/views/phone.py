"""What a phone without an account may do (手机扫码拍): send pictures of one paper, for some minutes. It is shown nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from yimen.foundations.bus.api import act_as
from yimen.foundations.ui.api import public, render, wants_part
from yimen.kernel.actor import system_actor
from yimen.kernel.refusals import Refused
from yimen.work.desk import operations
from yimen.work.desk.queries import PhoneView, phone_view

MOST_AT_ONCE = 20
MOST_BYTES = 60 * 1024 * 1024


@dataclass(frozen=True)
class PhonePage:
    """The phone's page: the title of the paper, how many came, and what went wrong."""

    word: str
    view: PhoneView | None
    errors: Sequence[str] = ()


# The word in the address is the whole right and no cookie is used, so there is no session that a form from elsewhere could
# ride on; and an unread body can be refused by its length before anybody parses it.
@public
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def phone(request: HttpRequest, word: str) -> HttpResponse:
    """Send pictures of one paper (给窗口拍材料)."""
    by = system_actor("desk.phone")
    with act_as(by, on=request.today):
        errors = _take(request, word, by=by) if request.method == "POST" else []
        page = PhonePage(word, phone_view(word, by=by, at=request.at), errors)
    if page.view is None:
        return _answer(request, page, status=404)
    if request.method == "POST" and not errors and not wants_part(request):
        return HttpResponseRedirect(reverse("desk:phone", args=[word]))
    return _answer(request, page, status=422 if errors else 200)


def _answer(request: HttpRequest, page: PhonePage, *, status: int) -> HttpResponse:
    template = "desk/phone_part.html" if wants_part(request) else "desk/phone.html"
    answer = render(request, template, page, status=status)
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _take(request: HttpRequest, word: str, *, by) -> list[str]:
    try:
        operations.count_phone_try(by=by, at=request.at, word=word)
    except operations.PhoneOver:
        return []
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal() or int(length) > MOST_BYTES:
        return [f"一次传得太多了，请少选几张（合计不超过 {MOST_BYTES // 1024 // 1024} MB）。"]
    try:
        files = request.FILES.getlist("files")
    except (SuspiciousOperation, MultiPartParserError):
        return [f"一次最多传 {MOST_AT_ONCE} 张，请分几次传。"]
    if not files:
        return ["还没有照片，请先拍照或从相册里选。"]
    if len(files) > MOST_AT_ONCE:
        return [f"一次最多传 {MOST_AT_ONCE} 张，请分几次传。"]
    errors = []
    for file in files:
        try:
            operations.take_phone_page(
                by=by, at=request.at, word=word, file=file, request_key=_key(request, word)
            )
        except Refused as refusal:
            errors.append(refusal.sentence)
    return errors


def _key(request: HttpRequest, word: str) -> str | None:
    """A picture sent again because the answer was lost is the same picture; only scripts send one at a time with a key."""
    key = request.POST.get("request_key", "")
    return f"{word}:{key}" if key else None
