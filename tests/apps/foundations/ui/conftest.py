"""The face is tested over addresses of its own, so that it needs no other app."""

from copy import deepcopy
from pathlib import Path

import pytest
from django.conf import settings as project

HERE = Path(__file__).parent
ACTOR_MIDDLEWARE = "yimen.foundations.access.middleware.ActorMiddleware"
SKIPPED = ("whitenoise", "sessions")


@pytest.fixture
def site(client, settings, db):
    """A browser on the tests' own addresses; ``site.acts_as(actor)`` signs somebody in."""
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
