"""Forms made from a workbook (表单制作): upload, what was not carried over, phone and paper, try, publish, end."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.doors.office.forms import PublishFormForm, RetireForm, WorkbookForm
from yimen.doors.office.presenters import AskPage, DraftPage, PublishPage, TryPage
from yimen.doors.office.queries.builder import forms_page, why_not_publish
from yimen.foundations.definitions import api as definitions
from yimen.foundations.documents.api import CannotStore
from yimen.foundations.forms import api as forms
from yimen.foundations.ui.api import Action, guarded, render
from yimen.kernel.refusals import NotPossible

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@guarded(forms.BUILD)
@require_GET
def show_forms(request: HttpRequest) -> HttpResponse:
    """The forms in use, those that ended, and what is being made (表单制作)."""
    return render(request, "office/forms.html", forms_page(by=request.actor, on=request.today))


@guarded(forms.BUILD)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take in a workbook (上传表单)."""
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = forms.upload_draft(
                by=request.actor,
                at=request.at,
                file=form.cleaned_data["file"],
                purpose=form.cleaned_data["purpose"],
                request_key=request.POST.get("request_key"),
            )
        except (CannotStore, forms.CannotRead, forms.CannotBuild) as refused:
            form.add_error("file", refused.sentence)
        else:
            return redirect("office:form_draft", made.public_id)
    return render(request, "office/upload_form.html", {"form": form}, status=422 if form.errors else 200)


@guarded(forms.BUILD)
@require_GET
def show_draft(request: HttpRequest, draft: UUID) -> HttpResponse:
    """What came of the workbook, row by row, and how it reads (表单稿)."""
    row = forms.get_draft(draft, by=request.actor)
    preview = forms.preview_draft(row, key=row.key, on=request.today)
    page = DraftPage(
        draft=row,
        preview=preview,
        reading=definitions.read(preview.form),
        left=sum(one["tone"] == "left" for one in row.remarks),
        actions=_actions(row, why_not="已发布" if row.version_id else why_not_publish(by=request.actor)),
    )
    return render(request, "office/form_draft.html", page)


@guarded(forms.BUILD)
@require_http_methods(["GET", "POST"])
def try_out(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The draft as on a phone, to be filled in with sample answers; nothing is kept (试填)."""
    row = forms.get_draft(draft, by=request.actor)
    preview = forms.preview_draft(row, key=row.key, on=request.today)
    data = request.POST if request.method == "POST" else None
    form = forms.build_form(preview.form, on=request.today, data=data, files=request.FILES if data else None)
    if data is None or not form.is_valid():
        return render(
            request, "office/try_form.html", TryPage(row, form), status=200 if data is None else 422
        )
    grammar = preview.form.body
    lines = tuple(
        (grammar.question(key).label, forms.shown(grammar.question(key), value))
        for key, value in form.answers.items()
    )
    return render(request, "office/try_form.html", TryPage(row, form, form.judged, lines))


@guarded(forms.BUILD)
@require_GET
def show_paper(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The draft on paper; its code leads nowhere yet (纸质样张)."""
    row = forms.get_draft(draft, by=request.actor)
    paper = forms.paper_page(forms.preview_draft(row, key=row.key, on=request.today).form)
    page = replace(
        paper, title=f"{paper.title}（样张）", version_line="样张，发布以后再印；这张纸上的编码还不能用"
    )
    return render(request, "forms/paper.html", page)


@guarded(forms.BUILD)
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, draft: UUID) -> HttpResponse:
    """First the difference is shown, then the draft becomes the next version (发布表单)."""
    by = request.actor
    row = forms.get_draft(draft, by=by)
    form = PublishFormForm(
        request.POST if request.method == "POST" else None,
        remarks=len(row.remarks),
        initial={"key": row.key, "effective_on": request.today},
    )
    valid = request.method == "POST" and form.is_valid()
    key = form.cleaned_data["key"] if valid else row.key
    preview = None
    try:
        preview = forms.preview_draft(
            row, key=key, on=form.cleaned_data["effective_on"] if valid else request.today
        )
        if valid and request.POST.get("step") == "publish":
            forms.publish_draft(
                by=by,
                at=request.at,
                draft=draft,
                key=key,
                effective_on=form.cleaned_data["effective_on"],
                change=form.cleaned_data["change"],
                seen=form.cleaned_data.get("seen", False),
                request_key=request.POST.get("request_key"),
            )
            messages.success(request, f"已发布，自 {form.cleaned_data['effective_on']} 起使用。")
            return redirect("office:definition", "form", key)
    except NotPossible as refused:
        form.add_error(None, refused.sentence)
    page = PublishPage(row, form, preview)
    return render(request, "office/publish_form.html", page, status=422 if form.errors else 200)


@guarded(forms.BUILD)
@require_POST
def drop(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Give a draft up (放弃)."""
    forms.drop_draft(by=request.actor, at=request.at, draft=draft)
    messages.success(request, "已放弃。")
    return redirect("office:forms")


@guarded(forms.BUILD)
@require_GET
def download(request: HttpRequest, key: str) -> HttpResponse:
    """A form as an XLSForm workbook, in the version in force or the last one (下载 XLSForm)."""
    found = definitions.find_current("form", key, on=request.today)
    if found is None:
        versions = definitions.versions_of("form", key)
        found = versions[-1] if versions else definitions.current("form", key, on=request.today)
    answer = HttpResponse(forms.workbook_of(found), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{found.key}-{found.version}.xlsx"'
    return answer


@guarded(definitions.PUBLISH)
@require_http_methods(["GET", "POST"])
def retire(request: HttpRequest, key: str) -> HttpResponse:
    """End a form from a day on (停用表单)."""
    found = definitions.current("form", key, on=request.today)
    form = RetireForm(
        request.POST if request.method == "POST" else None, initial={"effective_on": request.today}
    )
    if request.method == "POST" and form.is_valid():
        try:
            definitions.retire(
                by=request.actor,
                at=request.at,
                kind="form",
                key=key,
                **form.cleaned_data,
                request_key=request.POST.get("request_key"),
            )
        except NotPossible as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, f"《{found.body.title}》已停用，以前填的答卷照样查得到。")
            return HttpResponseRedirect(reverse("office:forms"))
    page = AskPage(
        title=f"停用《{found.body.title}》",
        form=form,
        back=reverse("office:forms"),
        label="停用",
        icon="lock",
        subtitle="停用以后不能再开始填；以前填的答卷按当时的版本照样查得到。再发布一版就恢复使用。",
    )
    return render(request, "office/ask.html", page, status=422 if form.errors else 200)


def _actions(row: Any, *, why_not: str) -> tuple[Action, ...]:
    def to(name: str) -> str:
        return reverse(f"office:{name}", args=[row.public_id])

    return (
        Action("试填（手机样子）", to("try_form"), icon="device-mobile"),
        Action("纸质样张", to("form_paper"), icon="printer"),
        Action("发布", to("publish_form"), icon="check", tone="primary", why_not=why_not),
        Action(
            "放弃", to("drop_form"), icon="trash", method="post", tone="harm",
            confirm="放弃这份表单稿？已经发布的版本不受影响。",
        ),
    )  # fmt: skip
