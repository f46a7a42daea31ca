"""One page with twenty rows out of one table, for everybody and for who is signed in, with more statements where asked."""

from django.contrib.auth import authenticate, login
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import Context, Engine
from django.urls import path
from django.views.decorators.http import require_POST

ROWS = 20
PAGE = Engine().from_string(
    """<!doctype html><html lang="zh"><head><title>floor</title></head><body><table>
    {% for row in rows %}<tr><td>{{ row.id }}</td><td>{{ row.name }}</td><td>{{ row.phone }}</td>
    <td>{{ row.address }}</td><td>{{ row.since|date:"Y-m-d" }}</td></tr>{% endfor %}
    </table>{% if token %}<form method="post"><input name="csrfmiddlewaretoken" value="{{ token }}"></form>{% endif %}
    </body></html>"""
)


class Row(models.Model):
    name = models.TextField()
    phone = models.TextField()
    address = models.TextField()
    since = models.DateField()

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "bench_floor_row"


def _page(request: HttpRequest, token: str = "") -> HttpResponse:
    start = int(request.GET.get("from", "1"))
    rows = Row.objects.filter(id__gte=start).order_by("id")[:ROWS]
    return HttpResponse(PAGE.render(Context({"rows": rows, "token": token})))


def bare(request: HttpRequest) -> HttpResponse:
    return _page(request)


def signed_in(request: HttpRequest, more: int = 0) -> HttpResponse:
    """The page, after so many more statements that ask for nothing."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    for _ in range(more):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchall()
    return _page(request, get_token(request))


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    user = authenticate(request, username=request.POST["username"], password=request.POST["password"])
    if user is None:
        return HttpResponse(status=403)
    login(request, user)
    return HttpResponse("welcome")


def token(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_token(request))


urlpatterns = [
    path("bare", bare),
    path("signed-in", signed_in),
    path("signed-in/<int:more>", signed_in),
    path("sign-in", sign_in),
    path("token", token),
]
