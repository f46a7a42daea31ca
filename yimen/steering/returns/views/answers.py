"""What several pages of 一表通 answer."""

from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.urls import reverse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TABS = (("returns:list", "部门要的表"), ("returns:parts", "下发到社区的"))


def tabs(current: str) -> list[dict[str, Any]]:
    """The two lists of 一表通."""
    return [{"label": label, "url": reverse(name), "current": name == current} for name, label in _TABS]


def workbook_answer(body: bytes, name: str) -> HttpResponse:
    """A workbook to be taken away, kept nowhere on the way (下载)."""
    disposition = f"attachment; filename=\"table.xlsx\"; filename*=UTF-8''{quote(name, safe='')}"
    return HttpResponse(
        body,
        content_type=XLSX,
        headers={
            "Content-Disposition": disposition,
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
