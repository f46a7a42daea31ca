"""Text size, the component gallery and the pages for what went wrong."""

import sys

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from yimen.foundations.ui import presenters
from yimen.foundations.ui.api import guarded, list_page, public, render, render_list
from yimen.foundations.ui.engine.answers import answer, trouble_response
from yimen.foundations.ui.engine.shell import TEXT_COOKIE, TEXT_SIZES
from yimen.foundations.ui.engine.troubles import trouble_of
from yimen.foundations.ui.lists import EmptyList, SampleList
from yimen.foundations.ui.permissions import VIEW_GALLERY
from yimen.foundations.ui.presenters import sample_rows

KEYS = (
    ("F2", "到搜索框；输入法开着也可以按 Ctrl+K 或 /"),
    ("F4", "在受理页：挂起这一件，先接待别人；在别的页：到挂起的那一件，再按回车取回"),
    ("F8", "隐私幕：马上遮住屏幕；再按 F8、回车或点“继续办理”就回来（Ctrl+Shift+L 也行）"),
    ("F1", "打开这一页"),
    ("Tab", "到下一处；Shift+Tab 回上一处"),
    ("回车", "打开、提交"),
    ("Esc", "关掉菜单，离开搜索框"),
)
A_YEAR = 365 * 24 * 3600


@public
@require_POST
def text_size(request: HttpRequest) -> HttpResponse:
    """Choose the text size (字号：标准、大字、特大) and return to the page."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    size = request.POST.get("size", "")
    response = HttpResponseRedirect(target)
    if size in TEXT_SIZES and size:
        secure = request.is_secure()
        response.set_cookie(TEXT_COOKIE, size, max_age=A_YEAR, httponly=True, samesite="Lax", secure=secure)
    else:
        response.delete_cookie(TEXT_COOKIE)
    return response


@guarded(None)
@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """Which keys do what, and what a card or a code does (快捷键和刷卡)."""
    return render(request, "ui/keys.html", KEYS)


@guarded(VIEW_GALLERY)
@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state (界面组件样例)."""
    rows = sample_rows(request.today)
    samples = list_page(request.path, request.GET, SampleList, rows, by=request.actor)
    empty = list_page(request.path, {}, EmptyList, [], by=request.actor)
    page = presenters.gallery(at=request.at, today=request.today, samples=samples, empty=empty)
    return render(request, "ui/gallery.html", page)


@guarded(VIEW_GALLERY)
@require_GET
def sample_list(request: HttpRequest) -> HttpResponse:
    """The sample list as a page of its own (样例清单)."""
    return render_list(request, SampleList, sample_rows(request.today))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(
        request, status=400, code="bad_request", title="请求有误", sentence="浏览器送来的内容不完整或已失效。"
    )


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(
        request, status=403, code="not_allowed", title="没有权限", sentence="您的岗位没有这项权限。"
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(
        request, status=404, code="not_found", title="没有找到", sentence="没有这个页面，或不在您的范围内。"
    )


def fault(request: HttpRequest) -> HttpResponse:
    """A bug, or trouble that passes: Django calls this while the exception is being handled."""
    if trouble := trouble_of(sys.exception(), method=request.method):
        return trouble_response(request, trouble)
    return answer(
        request, status=500, code="fault", title="系统出错了", sentence="这一步没有办成，刚才的内容没有保存。"
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is too old or was sent from elsewhere."""
    return answer(
        request,
        status=403,
        code="csrf",
        title="页面放得太久了",
        sentence="为了安全，这一页已经失效，刚才的提交没有保存。请返回上一页，刷新后再提交。",
    )
