"""What machines ask."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_GET

from yimen.doors.api.queries import figures
from yimen.foundations.bus.api import health
from yimen.foundations.ui.api import public
from yimen.kernel.refusals import NotFound
from yimen.work.desk.api import catalogue_data


@public
@require_GET
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when web, database and worker are up, 503 otherwise; no facts about anybody."""
    found = health(at=timezone.now())
    body = {"web": True, "database": found.database, "worker": found.worker}
    return JsonResponse(body, status=200 if found.up else 503, headers={"Cache-Control": "no-store"})


@public
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """What a watching machine reads (运行指标), in the text format of Prometheus; without the token there is no such page."""
    token = settings.YIMEN_METRICS_TOKEN
    if not token or not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}"):
        raise NotFound()
    lines = []
    for figure in figures(at=timezone.now()):
        lines += [f"# HELP {figure.name} {figure.told}", f"# TYPE {figure.name} gauge"]
        lines += [f"{figure.name}{label} {value}" for label, value in figure.values]
    return HttpResponse(
        "\n".join(lines) + "\n",
        content_type="text/plain; version=0.0.4; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )


@public
@require_GET
def catalogue(request: HttpRequest) -> JsonResponse:
    """The public catalogue as data (事项目录): what the pages under /guide/ show, for anybody, kept for five minutes."""
    body = catalogue_data(at=request.at)
    headers = {"Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"}
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False}, headers=headers)
