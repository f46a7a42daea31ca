"""What is done about one gathering: one address each, back to its page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yimen.foundations.ui.api import guarded
from yimen.kernel.refusals import NotFound, Refused
from yimen.work.gatherings import operations
from yimen.work.gatherings.choices import Seat
from yimen.work.gatherings.permissions import HOLD
from yimen.work.gatherings.queries import get_gathering
from yimen.work.gatherings.views.one import deed_form, gathering_page, tell

# With a form: what it does, and what is said afterwards.
_FORMS: dict[str, tuple[Callable[..., Any], str]] = {
    "change": (operations.change_gathering, "已更改，带的人和帮手会收到消息。"),
    "leader": (operations.replace_leader, "已换人，新的人会收到消息。"),
    "cancel": (operations.cancel_gathering, "已取消，带的人和帮手会收到消息。"),
    "close": (operations.close_gathering, "已办结，场次、人次和服务时长都记入台账。"),
    "reopen": (operations.reopen_gathering, "已重新打开，原来记的台账冲销了。"),
    "sign_up": (operations.sign_up, "已报名。"),
    "helper": (operations.add_helper, "已登记帮手。"),
    "sign_in": (operations.sign_in, "签到记下了。"),
}
# With the id of one row, sent by its button.
_ROWS: dict[str, tuple[Callable[..., Any], str, str]] = {
    "withdraw": (operations.withdraw, "sign_up", "已退出。"),
    "drop_helper": (operations.drop_helper, "helper", "已去掉。"),
    "undo_sign_in": (operations.undo_sign_in, "row", "签到撤销了。"),
    "one_day": (operations.add_helper, "person", "已登记为一日志愿者。"),
}


@guarded(HOLD)
@require_POST
def act(request: HttpRequest, gathering: UUID, deed: str) -> HttpResponse:
    """Do one thing about a gathering; a mistake brings the page back with a sentence."""
    told = {"by": request.actor, "at": request.at, "gathering": gathering}
    told["request_key"] = request.POST.get("request_key")
    found = get_gathering(gathering, by=request.actor)
    request.actor.must(HOLD, area=found.area)
    if deed in _ROWS:
        operation, name, said = _ROWS[deed]
        row = as_uuid(request.POST.get("row", ""))
        if row is None:
            raise NotFound()
        operation(**told, **{name: row})
        messages.success(request, said)
        return back_to(gathering)
    if deed not in _FORMS:
        raise NotFound()
    operation, said = _FORMS[deed]
    form = deed_form(deed, found, request.POST, request=request)
    if form.is_valid():
        more = picked(request) if deed == "sign_in" else {}
        try:
            done = operation(**told, **more, **form.told())
        except Refused as refusal:
            if refusal.status != 422:
                raise
            tell(form, refusal)
        else:
            waits = deed == "sign_up" and done.seat == Seat.WAITING
            messages.success(request, "名额满了，已排候补；有人退出会自动补上。" if waits else said)
            return back_to(gathering)
    found.refresh_from_db()
    return gathering_page(request, found, bound=(deed, form))


def picked(request: HttpRequest) -> dict[str, list[UUID]]:
    """The rows that were ticked on a list to sign in; what is no id is passed over."""
    return {
        name: [found for text in request.POST.getlist(name) if (found := as_uuid(text))]
        for name in ("sign_ups", "helpers")
    }


def as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def back_to(gathering: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("gatherings:gathering", args=[gathering]))
