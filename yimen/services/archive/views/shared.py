"""What the pages of the archive share."""

from typing import Any

from django import forms
from django.http import HttpRequest

from yimen.kernel.refusals import Refused


def done(request: HttpRequest, form: forms.Form, operation: Any, **what: Any) -> Any:
    """Do it with what was typed and answer what came of it; a refusal becomes a sentence of the form, and None."""
    if not form.is_valid():
        return None
    try:
        answer = operation(
            by=request.actor,
            at=request.at,
            request_key=request.POST.get("request_key"),
            **what,
            **form.cleaned_data,
        )
    except Refused as refusal:
        if refusal.status != 422:
            raise
        form.add_error(None, refusal.sentence)
        return None
    return True if answer is None else answer
