"""What machines ask."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from yimen.foundations.bus.api import health
from yimen.foundations.ui.api import public
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
def catalogue(request: HttpRequest) -> JsonResponse:
    """The public catalogue as data (事项目录): what the pages under /guide/ show, for anybody, kept for five minutes."""
    body = catalogue_data(at=request.at)
    headers = {"Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"}
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False}, headers=headers)
