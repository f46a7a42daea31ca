"""Every address of the product: each app's own urls.py, mounted in one place."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

# Addresses are tried in turn, so those that are asked for most come first.
_FIRST = ("yimen.doors.home", "yimen.registers.people", "yimen.work.desk")
_APPS = (*_FIRST, *(app for app in settings.YIMEN_APPS if app not in _FIRST))

urlpatterns = [path("", include(f"{app}.urls")) for app in _APPS if find_spec(f"{app}.urls")]

handler400 = "yimen.foundations.ui.views.bad_request"
handler403 = "yimen.foundations.ui.views.not_allowed"
handler404 = "yimen.foundations.ui.views.not_found"
handler500 = "yimen.foundations.ui.views.fault"
