"""Every address of the product: each app's own urls.py, mounted in one place."""

from importlib.util import find_spec

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLResolver, include, path
from django.urls.resolvers import RoutePattern


class FirstWord(RoutePattern):
    """Leaves an app alone unless an address begins with one of its words: it has some two hundred others to be tried."""

    def __init__(self, words: frozenset[str]):
        super().__init__("")
        self.words = words

    def match(self, path: str) -> tuple[str, tuple, dict] | None:
        return (path, (), {}) if path.partition("/")[0] in self.words else None


def _mounted(app: str) -> URLResolver:
    mount = path("", include(f"{app}.urls"))
    words = frozenset(str(one.pattern).partition("/")[0] for one in mount.url_patterns)
    if any("<" in word for word in words):
        raise ImproperlyConfigured(f"{app}: an address must begin with a word of its own")
    mount.pattern = FirstWord(words)
    return mount


urlpatterns = [_mounted(app) for app in settings.YIMEN_APPS if find_spec(f"{app}.urls")]

handler400 = "yimen.foundations.ui.views.bad_request"
handler403 = "yimen.foundations.ui.views.not_allowed"
handler404 = "yimen.foundations.ui.views.not_found"
handler500 = "yimen.foundations.ui.views.fault"
