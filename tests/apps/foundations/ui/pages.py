"""Addresses and a doorman for the tests of the face: who acts is told by the test, not by a sign-in."""

import contextlib
import errno
from datetime import datetime
from zoneinfo import ZoneInfo

import psycopg
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.urls import include, path

from yimen.foundations.audit.api import record_look
from yimen.foundations.audit.models import Look
from yimen.foundations.bus.api import act_as
from yimen.foundations.ui.api import (
    Action,
    ChoiceFilter,
    Column,
    DateFilter,
    ListScreen,
    TextFilter,
    guarded,
    public,
    render,
    render_list,
)
from yimen.kernel.findings import Finding
from yimen.kernel.ids import uuid7
from yimen.kernel.refusals import Conflict, NotAllowed, NotFound, NotPossible

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
acting_now = []
dressed_together = []


class Undone(Exception):
    """Leaves the transaction of a request that ended in a fault."""


class Doorman:
    """Does what the real doorman does: the actor, the moment, one transaction with the actor's reach, undone by a fault."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor = acting_now[-1] if acting_now else None
        request.at, request.today = NOW, NOW.date()
        response = None
        with contextlib.suppress(Undone), act_as(request.actor, on=request.today):
            response = self.get_response(request)
            if response.status_code >= 500:
                raise Undone
        return response


class TooLate(NotPossible):
    code = "tests.too_late"
    sentence = "{what}已经办结，不能再改。"


class LookList(ListScreen):
    name = "tests.looks"
    title = "查阅记录"
    columns = (
        Column("why", "事由", link=lambda look: f"/looks/{look.public_id}"),
        Column("actor_name", "查阅人"),
        Column("at", "时间"),
        Column("area", "区域", shown=False),
        Column("dressed", "配好的名称"),
        Column("mark", "标记", value=lambda look: "甲", tone=lambda look: "warn", exported=False),
    )
    filters = (
        ChoiceFilter("area", "区域", choices=(("330212007001", "东莺"), ("330212007002", "西莺"))),
        TextFilter("why", "事由"),
        DateFilter("at", "日期", field="at__date"),
    )
    order = ("-at", "why", "id")

    @classmethod
    def dress(cls, rows, *, by):
        dressed_together.append(len(rows))
        for row in rows:
            row.dressed = f"{row.why}给{by.name}"
        return rows

    orders = {"why": ("按事由", ("why", "id"))}
    per_page = 3
    empty_hint = "打开一份档案就会留下一条。"


@public
def refuse(request, kind):
    raise {
        "forbidden": NotAllowed(permission="x", area=""),
        "missing": NotFound(),
        "conflict": Conflict(),
        "late": TooLate(what="这件办件", findings=[Finding("tests.paper", "缺少户口簿。", field="papers")]),
    }[kind]


@public
def look_then_refuse(request, kind):
    record_look(by=request.actor, at=request.at, subject=uuid7(), area=request.actor.home, why="先查阅")
    if kind == "bug":
        raise ZeroDivisionError
    raise NotAllowed(permission="x", area="")


@public
def trouble(request, kind):
    """Writes first, so that it can be seen whether that was undone."""
    record_look(by=request.actor, at=request.at, subject=uuid7(), area=request.actor.home, why="先查阅")
    with connection.cursor() as cursor:
        if kind == "slow":
            cursor.execute("SET LOCAL statement_timeout = 20")
            cursor.execute("SELECT pg_sleep(5)")
        if kind == "full":
            raise OSError(errno.ENOSPC, "No space left on device")
        if kind == "away":
            raise OperationalError from psycopg.OperationalError("server closed the connection unexpectedly")
        raise OperationalError from psycopg.errors.StatementTooComplex()


@public
def parted(request):
    return render(request, "tests_ui/parted.html", {"who": "王秀兰"})


@guarded("tests.open")
def kept(request):
    return HttpResponse("进来了")


@guarded(None)
def signed_in(request):
    return HttpResponse("登录了")


@guarded(None)
def looks(request):
    return render_list(
        request, LookList, Look.objects.all(), actions=[Action("新查阅", "/new", why_not="今天已满")]
    )


tests_pages = [
    path("refuse/<str:kind>", refuse, name="refuse"),
    path("look-then/<str:kind>", look_then_refuse, name="look-then"),
    path("trouble/<str:kind>", trouble, name="trouble"),
    path("parted", parted, name="parted"),
    path("kept", kept, name="kept"),
    path("signed-in", signed_in, name="signed-in"),
    path("looks", looks, name="looks"),
    *[path(f"n/{number}", signed_in, name=f"n{number}") for number in range(12)],
]
urlpatterns = [path("", include("yimen.foundations.ui.urls")), path("", include((tests_pages, "tests")))]
handler400 = "yimen.foundations.ui.views.bad_request"
handler403 = "yimen.foundations.ui.views.not_allowed"
handler404 = "yimen.foundations.ui.views.not_found"
handler500 = "yimen.foundations.ui.views.fault"
