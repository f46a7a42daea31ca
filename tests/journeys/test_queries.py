"""What a page costs: a fixed number of statements, the same for three rows and for sixty."""

import re
from collections.abc import Callable, Iterator

import pytest

from tests.journeys.product import Product
from tests.journeys.samples import addresses
from tests.journeys.visitor import Visitor
from tests.journeys.world import FIRST, SECOND

MOST = 45
# A resident's file holds a card of every app that knows something of her, each with a statement or two of its own.
MOST_FOR_A_FILE = 80
FILE = re.compile(r"/people/[0-9a-f-]{36}/")
# A process that has just started reads definitions and places once; it takes a few questions to meet a warm one.
ASKED = 5
# A sheet is written in pieces of some hundred rows, and each piece is read anew.
PIECES = 4
# A list without a row asks for no names, areas or titles; a statement per row would cost sixty, not three.
SPARED = 3

Pages = list[tuple[str, str]]


def _pairs(product: Product, few: str, many: str) -> Pages:
    """The same pages of two communities, side by side."""
    sides = [
        addresses(product.world["streets"][community[:9]]["ids"], community=community)
        for community in (few, many)
    ]
    assert [one.name for one in sides[0]] == [one.name for one in sides[1]]
    both = zip(sides[0], sides[1], strict=True)
    return list(dict.fromkeys((a.path, b.path) for a, b in both if not a.name.startswith("access:sign")))


def _faults(little: Visitor, much: Visitor, pages: Pages) -> Iterator[str]:
    for few, many in pages:
        most = MOST_FOR_A_FILE if FILE.fullmatch(many) else MOST
        costs: tuple[set[int], set[int]] = (set(), set())
        for _ in range(ASKED):
            first = little.get(few)
            if first.status != 200:
                break
            second = much.get(many)
            assert second.status == 200, f"{many}: {second.status}"
            for cost, answer in zip(costs, (first, second), strict=True):
                cost.add(answer.queries)
            more = min(costs[1]) - min(costs[0])
            if min(costs[1]) <= most and more <= (PIECES if "export" in many else SPARED):
                break
        else:
            yield f"{many}: {min(costs[1])} statements, {min(costs[0])} for few rows, at most {most}"


@pytest.mark.parametrize("post", ["window_clerk", "community_worker"])
def test_a_community_with_sixty_rows_costs_what_one_with_three_does(
    product: Product, visitor: Callable[..., Visitor], post: str
) -> None:
    pages = _pairs(product, f"{FIRST}001", f"{FIRST}002")
    faults = list(_faults(visitor(f"{post}.001"), visitor(f"{post}.002"), pages))
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults)


@pytest.mark.parametrize("post", ["section_chief", "auditor", "administrator", "security_admin"])
def test_a_street_with_many_rows_costs_what_one_with_few_does(
    product: Product, visitor: Callable[..., Visitor], post: str
) -> None:
    # The first page of the first street has the shipped plan besides; communities compare it above.
    pages = [pair for pair in _pairs(product, f"{SECOND}001", f"{FIRST}001") if pair[0] != "/"]
    faults = list(_faults(visitor(post, street=SECOND), visitor(post), pages))
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults)
