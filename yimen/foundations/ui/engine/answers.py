"""What the other side asked for, and how a refusal is told to it: page, htmx part or problem+json."""

from django.db import DEFAULT_DB_ALIAS, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from yimen.foundations.ui.engine.troubles import Trouble
from yimen.kernel.refusals import Refused

NOTICE = "notice"

WHAT_TO_DO = {
    400: "请返回上一页，刷新后再试一次。",
    401: "登录后会回到刚才的页面。",
    403: "需要这项权限时，请联系本单位的系统管理员或科室负责人。",
    404: "请检查链接，或用上方的搜索框按姓名、编号查找。",
    409: "请刷新页面，核对最新内容后再改；您刚才填写的内容可以先复制下来。",
    422: "请按提示改正后再提交。",
    500: "系统已记录这个问题。请稍后再试；急事请先用纸质表办理，事后补录。",
}


def wants_json(request: HttpRequest) -> bool:
    """Does the caller ask for JSON before HTML?"""
    accept = request.headers.get("Accept", "")
    return "json" in accept and "text/html" not in accept


def wants_part(request: HttpRequest) -> bool:
    """Is this an htmx request that replaces a part of the page, not the whole of it?"""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and "HX-Boosted" not in headers
        and (headers.get("HX-History-Restore-Request") != "true")
    )


def refusal_response(request: HttpRequest, refused: Refused) -> HttpResponse:
    """A refusal as the caller can read it, with its own status."""
    return answer(
        request,
        status=refused.status,
        code=refused.code,
        title=refused.title,
        sentence=refused.sentence,
        findings=refused.findings,
    )


def trouble_response(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """What passes: 503, and when to try again."""
    response = answer(
        request,
        status=503,
        code=trouble.code,
        title=trouble.title,
        sentence=trouble.sentence,
        what_to_do=trouble.what_to_do,
    )
    response["Retry-After"] = str(trouble.retry_after)
    response["Cache-Control"] = "no-store"
    return response


def answer(
    request: HttpRequest,
    *,
    status: int,
    code: str,
    title: str,
    sentence: str,
    findings=(),
    what_to_do: str = "",
) -> HttpResponse:
    """Tell what went wrong and what to do next.

    An htmx part goes into the notice region of the page, so that the work on it stays; a page comes in the shell for
    staff. After a fault, or when the transaction is spoilt, nothing is asked of the database any more.
    """
    if wants_json(request):
        problem = {
            "type": f"urn:yimen:problem:{code}",
            "title": title,
            "status": status,
            "detail": sentence,
            "code": code,
        }
        if findings:
            problem["findings"] = [
                {"code": f.code, "detail": f.sentence, "field": f.field, "severity": f.severity}
                for f in findings
            ]
        return JsonResponse(
            problem,
            status=status,
            content_type="application/problem+json; charset=utf-8",
            json_dumps_params={"ensure_ascii": False},
        )
    page = {
        "status": status,
        "code": code,
        "title": title,
        "sentence": sentence,
        "findings": findings,
        "what_to_do": what_to_do or WHAT_TO_DO.get(status, WHAT_TO_DO[400]),
    }
    if wants_part(request):
        body = render_to_string("ui/errors/part.html", {"page": page}, request)
        return HttpResponse(
            body, status=status, headers={"HX-Retarget": f"#{NOTICE}", "HX-Reswap": "innerHTML"}
        )
    template = "ui/errors/page.html" if _in_shell(request, status) else "ui/errors/plain.html"
    return HttpResponse(render_to_string(template, {"page": page}, request), status=status)


def _in_shell(request: HttpRequest, status: int) -> bool:
    spoilt = connections[DEFAULT_DB_ALIAS].needs_rollback
    actor = getattr(request, "actor", None)
    return actor is not None and actor.kind == "staff" and status < 500 and not spoilt
