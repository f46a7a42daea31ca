"""Every page that the product offers, looked at as the posts that may open it: by axe, wide and narrow, small and large."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.eyes import Eyes
from tests.journeys.product import Product
from tests.journeys.samples import Address, addresses
from tests.journeys.visitor import Visitor
from tests.journeys.world import FIRST

pytestmark = pytest.mark.browser

# Who opens the most comes first: a page is looked at with the post that sees the most on it.
POSTS = (
    "window_clerk.001",
    "section_chief",
    "community_worker.001",
    "administrator",
    "security_admin",
    "auditor",
    "leader",
    "archive_keeper",
    "grid_worker.001",
    "doctor",
    "section_officer",
    "lecturer.001",
    "volunteer.001",
    "club_leader.001",
    "provider",
    "provider_doctor",
)
# Pages at which every post sees something of its own.
EVERYBODY = ("/", "/no-such-page")
# A seventh list of cases looks like the first.
MOST_OF_ONE_KIND = 2


def _pages_of(product: Product, visitor: Callable[..., Visitor]) -> dict[str, list[str]]:
    """Which post looks at which pages: each page once, each post's own everywhere."""
    ids = product.world["streets"][FIRST]["ids"]
    found: dict[str, list[str]] = {post: list(EVERYBODY) for post in POSTS}
    seen: list[Address] = []
    for address in addresses(ids, community=f"{FIRST}001"):
        same = [one for one in seen if one.name == address.name]
        if len(same) >= MOST_OF_ONE_KIND or address.path in EVERYBODY or "export" in address.path:
            continue
        for post in POSTS:
            answer = visitor(post).get(address.path)
            if answer.status == 200 and answer.kind == "text/html":
                found[post].append(address.path)
                seen.append(address)
                break
            if answer.status == 405:  # what is only sent to is a page for nobody
                break
    return found


@pytest.fixture(scope="module")
def pages_of(product: Product, visitor: Callable[..., Visitor]) -> dict[str, list[str]]:
    return _pages_of(product, visitor)


@pytest.mark.parametrize("post", POSTS)
def test_every_page_can_be_used_by_everybody(
    at_desk: Callable[..., Any], pages_of: dict[str, list[str]], post: str
) -> None:
    eyes = Eyes(at_desk(post))
    faults = [fault for path in pages_of[post] for fault in eyes.look(path)]
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults[:60])


def test_the_pages_without_an_account_can_be_used_by_everybody(at_desk: Callable[..., Any]) -> None:
    eyes = Eyes(at_desk())
    pages = (
        "/sign-in",
        "/sign-in?next=/desk/",
        "/t/",
        "/t/AAAAAAAAAAAAA",
        "/no-such-page",
        "/forms/trial_form/paper",
    )
    faults = [fault for path in pages for fault in eyes.look(path)]
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults[:60])
