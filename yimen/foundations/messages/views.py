"""The inbox, and the list of people to be called or knocked for."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yimen.foundations.access.api import names_of
from yimen.foundations.messages.engine.telling import telling_on
from yimen.foundations.messages.forms import OutcomeForm
from yimen.foundations.messages.lists import CallList, Inbox
from yimen.foundations.messages.operations import CannotMark, mark_told, open_call, read_message
from yimen.foundations.messages.permissions import READ_INBOX, WORK_CALLS
from yimen.foundations.messages.presenters import CallPage, try_lines
from yimen.foundations.messages.queries import all_calls, get_call, inbox, masked_phone, tries_of
from yimen.foundations.ui.api import guarded, render, render_list


@guarded(READ_INBOX)
@require_GET
def show_inbox(request: HttpRequest) -> HttpResponse:
    """One's own messages (消息)."""
    return render_list(request, Inbox, inbox(by=request.actor))


@guarded(READ_INBOX)
@require_GET
def show_message(request: HttpRequest, message: UUID) -> HttpResponse:
    """One message; opening it makes it read."""
    found = read_message(by=request.actor, at=request.at, message=message)
    sender = names_of([found.sent_by])[found.sent_by]
    return render(request, "messages/message.html", {"message": found, "sender": sender})


@guarded(WORK_CALLS)
@require_GET
def show_calls(request: HttpRequest) -> HttpResponse:
    """People to be told by telephone or at the door (电话敲门名单)."""
    return render_list(request, CallList, all_calls(by=request.actor, on=request.today))


@guarded(WORK_CALLS)
@require_GET
def show_call(request: HttpRequest, call: UUID) -> HttpResponse:
    """One person to be told, with the words to say."""
    return render(request, "messages/call.html", _page(request, call, OutcomeForm()))


@guarded(WORK_CALLS)
@require_POST
def show_phone(request: HttpRequest, call: UUID) -> HttpResponse:
    """The whole telephone number, for who is about to dial it (显示号码)."""
    opened = open_call(by=request.actor, at=request.at, task=call)
    return render(request, "messages/call.html", _page(request, call, OutcomeForm(), phone=opened.phone))


@guarded(WORK_CALLS)
@require_POST
def mark_call(request: HttpRequest, call: UUID) -> HttpResponse:
    """Write down what came of it (登记结果), and go on with the list."""
    form = OutcomeForm(request.POST)
    if form.is_valid():
        try:
            mark_told(
                by=request.actor,
                at=request.at,
                task=call,
                outcome=request.POST.get("outcome", ""),
                note=form.cleaned_data["note"],
                request_key=request.POST.get("request_key") or None,
            )
        except CannotMark as refusal:
            form.add_error("note", refusal.sentence)
        else:
            return HttpResponseRedirect(reverse("messages:calls"))
    return render(request, "messages/call.html", _page(request, call, form), status=422)


def _page(request: HttpRequest, call: UUID, form: OutcomeForm, *, phone: str = "") -> CallPage:
    task = get_call(call, by=request.actor)
    tries = tries_of(task, by=request.actor)
    names = names_of({one.tried_by for one in tries})
    return CallPage(
        task=task,
        phone=phone or masked_phone(task, by=request.actor),
        phone_is_whole=bool(phone),
        tries=try_lines(tries, names),
        outcomes=telling_on(request.today).calls.outcomes,
        form=form,
    )
