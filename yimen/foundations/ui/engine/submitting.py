"""From a form to an operation: what was typed is done, and a refusal that typing can mend stands in the form."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.http import HttpRequest

from yimen.kernel.refusals import Refused


@contextmanager
def refusals_into(form: forms.Form) -> Iterator[None]:
    """What an operation refuses as impossible (422) becomes a sentence of ``form``; other refusals go on."""
    try:
        yield
    except Refused as refusal:
        if refusal.status != 422:
            raise
        form.add_error(None, refusal.sentence)


@contextmanager
def findings_into(form: forms.Form) -> Iterator[None]:
    """As `refusals_into`, each finding at the field it is about where the form has that field (逐项提示)."""
    try:
        yield
    except Refused as refusal:
        if refusal.status != 422:
            raise
        for finding in refusal.findings:
            form.add_error(finding.field if finding.field in form.fields else None, finding.sentence)
        if not refusal.findings:
            form.add_error(None, refusal.sentence)


def submitted(request: HttpRequest, form: forms.Form, operation: Callable[..., Any], /, **what: Any) -> Any:
    """Do ``operation`` with ``what`` and what was typed, once for each sending (办理表单).

    Answers what came of it, True for an operation that answers nothing, and None when the form is wrong or the operation
    refuses: then ``form`` says why.
    """
    if not form.is_valid():
        return None
    given = {"by": request.actor, "at": request.at, "request_key": request.POST.get("request_key")}
    with refusals_into(form):
        answer = operation(**given, **what, **form.cleaned_data)
        return True if answer is None else answer
    return None
