"""Which post gets which answer at every address, here and in the community next door: a snapshot that is read when it changes."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path

import pytest

from tests.journeys.conftest import running_product, visitors_of
from tests.journeys.product import Product
from tests.journeys.samples import Address, addresses
from tests.journeys.visitor import Visitor
from tests.journeys.world import FIRST, SECOND

KEPT = Path(__file__).with_name("matrix.txt")
HERE, NEXT_DOOR, FAR = f"{FIRST}001", f"{FIRST}002", f"{SECOND}001"
# One post of each kind; what the others may is in permission_matrix.txt, and test_leaks.py walks the rest.
POSTS = (
    "window_clerk.001",
    "community_head.001",
    "section_officer",
    "leader",
    "auditor",
    "special_auditor",
    "administrator",
)
OF_ONE_COMMUNITY = ("window_clerk.001", "community_head.001", "grid_worker.001")
NOT_WALKED = ("community_head.001", "special_auditor")
# Who asks for these ends her session, or anybody's.
NOT_ASKED = ("access:sign_out", "access:sign_in", "access:end_session")


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product of its own: other journeys make cases and ties, by which more is rightly seen."""
    with running_product(tmp_path_factory) as running:
        yield running


@pytest.fixture(scope="module")
def visitor(product: Product) -> Iterator[Callable[..., Visitor]]:
    """Visitors of that product."""
    with visitors_of(product) as enter:
        yield enter


def _first_of_each(product: Product, community: str) -> dict[str, Address]:
    found: dict[str, Address] = {}
    for one in addresses(product.world["streets"][community[:9]]["ids"], community=community):
        if one.name not in NOT_ASKED:
            found.setdefault(one.name, one)
    return found


def _answers(visitor: Visitor, places: dict[str, Address], secrets: list[str]) -> dict[str, int]:
    told = {}
    for name, place in places.items():
        answer = visitor.get(place.path)
        said = answer.said()
        assert not any(secret in said for secret in secrets), f"{visitor.name} {place.path}"
        told[name] = answer.status
    return told


def _by_all(
    visitor: Callable[..., Visitor], posts: tuple[str, ...], places: dict[str, Address], secrets: list[str]
) -> list[str]:
    """For each address one line: which answer, and which posts get it; none says anything of the other street."""
    visitors = [visitor(post) for post in posts]
    with ThreadPoolExecutor(4) as pool:
        told = dict(zip(posts, pool.map(lambda one: _answers(one, places, secrets), visitors), strict=True))
    lines = []
    for name in places:
        answers = sorted((told[post][name], posts.index(post)) for post in posts)
        parts = []
        for status, group in groupby(answers, key=lambda one: one[0]):
            who = [posts[place].removesuffix(".001") for _, place in group]
            parts.append(f"{status} {'all' if len(who) == len(posts) else ' '.join(who)}")
        lines.append(f"{name}: {'; '.join(parts)}")
    return lines


def test_every_post_gets_the_answer_at_every_address_that_was_agreed(
    product: Product, visitor: Callable[..., Visitor]
) -> None:
    here, there, far = (_first_of_each(product, community) for community in (HERE, NEXT_DOOR, FAR))
    next_door = {name: place for name, place in there.items() if place.path != here[name].path}
    other_street = {name: place for name, place in far.items() if place.path != here[name].path}
    secrets = [product.world["streets"][SECOND][what] for what in ("sign", "phones")]
    lines = [
        "# in one's own street",
        *_by_all(visitor, POSTS, here, secrets),
        "# what belongs to the community next door, asked for by posts of this one",
        *_by_all(visitor, OF_ONE_COMMUNITY, next_door, secrets),
        "# what belongs to the other street, asked for by posts that no other walk knows",
        *_by_all(visitor, NOT_WALKED, other_street, secrets),
    ]
    if os.environ.get("YIMEN_REWRITE_SNAPSHOTS"):
        KEPT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert len(next_door) > 40
    assert KEPT.read_text(encoding="utf-8").splitlines() == lines
