"""The face is tested over addresses of its own, so that it needs no other app."""

from copy import deepcopy
from pathlib import Path

import pytest
from django.conf import settings as project
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test.testcases import LiveServerThread

HERE = Path(__file__).parent
ACTOR_MIDDLEWARE = "yimen.foundations.access.middleware.ActorMiddleware"
SKIPPED = ("whitenoise", "sessions")


class PatientServer(ThreadedWSGIServer):
    """Waits for its threads when it closes, so that none keeps a connection to a database that is to be dropped."""

    daemon_threads = False


class PatientThread(LiveServerThread):
    server_class = PatientServer


@pytest.fixture
def site(client, settings, request):
    """A browser on the tests' own addresses; ``site.acts_as(actor)`` signs somebody in."""
    # With a real server behind the page commits must be real; otherwise the test's own transaction does.
    request.getfixturevalue("committed_db" if "served" in request.fixturenames else "db")
    from tests.apps.foundations.ui import pages

    kept = [name for name in project.MIDDLEWARE if not any(word in name for word in SKIPPED)]
    settings.MIDDLEWARE = [
        "tests.apps.foundations.ui.pages.Doorman" if n == ACTOR_MIDDLEWARE else n for n in kept
    ]
    settings.ROOT_URLCONF = "tests.apps.foundations.ui.pages"
    settings.LOGIN_URL = "/sign-in"
    templates = deepcopy(project.TEMPLATES)
    templates[0]["DIRS"] = [HERE / "templates"]
    loader, inner = templates[0]["OPTIONS"]["loaders"][0]
    filesystem = "django.template.loaders.filesystem.Loader"
    templates[0]["OPTIONS"]["loaders"] = [(loader, [*inner, filesystem])]
    settings.TEMPLATES = templates
    pages.acting_now.clear()
    client.raise_request_exception = False
    client.acts_as = pages.acting_now.append
    yield client
    pages.acting_now.clear()


@pytest.fixture
def served(site, committed_db):
    """The same addresses behind a real server, for a browser; answers its address."""
    server = PatientThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


@pytest.fixture
def open_page(chromium, served):
    """``open_page("/ui/gallery", width=390, text="large")``: a fresh browser there; faults of its scripts fail the test."""
    opened, faults = [], []

    def start(path, *, width=1280, height=800, text="", scripts=True):
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", java_script_enabled=scripts
        )
        opened.append(context)
        if text:
            context.add_cookies([{"name": "text", "value": text, "url": served}])
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(served + path)
        return page

    yield start
    for context in opened:
        context.close()
    assert faults == []
