"""What machines ask."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from yimen.foundations.bus.api import health
from yimen.foundations.ui.api import public


@public
@require_GET
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when web, database and worker are up, 503 otherwise; no facts about anybody."""
    found = health(at=timezone.now())
    body = {"web": True, "database": found.database, "worker": found.worker}
    return JsonResponse(body, status=200 if found.up else 503, headers={"Cache-Control": "no-store"})
