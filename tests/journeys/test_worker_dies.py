"""A job process that is killed in the middle of a handler: what it had begun is gone, and is done once when it is back."""

import time
from collections.abc import Callable, Iterator

import psycopg
import pytest

from tests.journeys.deeds import accept
from tests.journeys.product import Product
from tests.journeys.visitor import Visitor
from tests.journeys.world import FIRST

REPORT = {
    "kind": "facilities",
    "place": "测试路口",
    "seen": "井盖没了",
    "danger": "yes",
    "intake-source": "patrol",
}
HANDLER = "yimen.services.grid.subscribers.note_what_was_reported"


@pytest.fixture
def worker_again(product: Product) -> Iterator[None]:
    """Other journeys need the job process, whatever happened here."""
    yield
    product.start_worker()


def _until(condition: Callable[[], object], *, seconds: float = 40) -> object:
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)
    return found


def _one(owner: psycopg.Connection, question: str, *given: object) -> object:
    return owner.execute(question, given).fetchone()[0]


@pytest.mark.usefixtures("worker_again")
def test_a_killed_worker_loses_nothing_and_does_nothing_twice(
    product: Product, visitor: Callable[..., Visitor]
) -> None:
    person = product.world["streets"][FIRST]["ids"]["story"]["double"]["person"]
    clerk = visitor("window_clerk.003")
    issues = 'SELECT count(*) FROM grid_issue WHERE "case" = %s'
    waits = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'grid_issue'::regclass"
    handed = (
        "SELECT count(*) FROM bus_delivery d JOIN bus_announcement a ON a.id = d.announcement_id"
        " WHERE a.subject = %s AND d.handler = %s"
    )
    with product.owner() as owner, product.owner() as other:
        with other.transaction():
            # The handler comes as far as writing its own table, and waits there; readers are let through.
            other.execute("LOCK TABLE grid_issue IN SHARE MODE")
            case = accept(clerk, "street_issue", person, REPORT | {"seen_on": product.today.isoformat()})
            _until(lambda: _one(owner, waits))
            product.kill("worker")
        _until(lambda: not _one(owner, waits))
        assert (_one(owner, issues, case), _one(owner, handed, case, HANDLER)) == (0, 0)
        # A worker is thought dead when it has been silent for a minute; here that minute is over.
        owner.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '5 minutes'"
        )
        product.start_worker()
        product.free_stalled()
        _until(lambda: _one(owner, issues, case))
        assert (_one(owner, issues, case), _one(owner, handed, case, HANDLER)) == (1, 1)
