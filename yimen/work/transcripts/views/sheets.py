"""The Excel of the other system: upload, what each row would do, confirm (导入外部导出表)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.ui.api import guarded, render, render_list, submitted
from yimen.work.transcripts import operations
from yimen.work.transcripts.choices import WRITES, Verdict
from yimen.work.transcripts.forms import SheetForm
from yimen.work.transcripts.lists import RowList
from yimen.work.transcripts.permissions import WRITE
from yimen.work.transcripts.queries import get_sheet, rows_of, system_choices, verdicts_of


@guarded(WRITE)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Upload what the other system exported (上传导出表); nothing of ours changes yet."""
    offered = system_choices()
    if request.method == "POST":
        form = SheetForm(request.POST, request.FILES, systems=offered)
    else:
        form = SheetForm(systems=offered, initial={"system": request.GET.get("system", "")})
    area = request.actor.areas_for(WRITE)[0]
    made = submitted(request, form, operations.read_sheet, area=area) if request.method == "POST" else None
    if made is not None:
        return HttpResponseRedirect(reverse("transcripts:sheet", args=[made.public_id]))
    return render(request, "transcripts/upload.html", {"form": form}, status=422 if form.errors else 200)


@guarded(WRITE)
@require_GET
def show_sheet(request: HttpRequest, sheet: UUID) -> HttpResponse:
    """What each row would do, or did (逐行核对)."""
    found = get_sheet(sheet, by=request.actor)
    count = verdicts_of(found, by=request.actor)
    title = dict(system_choices()).get(found.system, found.system)
    return render_list(
        request,
        RowList,
        rows_of(found, by=request.actor),
        template="transcripts/sheet.html",
        title=f"{title}的导出表",
        extra={
            "sheet": found,
            "said": "，".join(
                f"{count[value]} 行{label}" for value, label in Verdict.choices if count.get(value)
            ),
            "writes": sum(count.get(one, 0) for one in WRITES),
        },
    )


@guarded(WRITE)
@require_POST
def confirm(request: HttpRequest, sheet: UUID) -> HttpResponse:
    """Write what the sheet says (确认导入), all at one stroke."""
    operations.confirm_sheet(
        by=request.actor, at=request.at, sheet=sheet, request_key=request.POST.get("request_key")
    )
    messages.success(request, "已按表登记，每一行的结果在下面。")
    return HttpResponseRedirect(reverse("transcripts:sheet", args=[sheet]))
