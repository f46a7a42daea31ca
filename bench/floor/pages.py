"""The bare pages under the same server and the same clients as the product."""

import contextlib
import random
import subprocess
import time
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg

from bench.clients import Client, Step, Unsound
from bench.floor.fill import PASSWORD
from bench.product import Product
from tools import house, postgres

DATABASE = "bench_floor"
ROWS = 100_000
SHOWN = 20
USERNAME = "floor"
READY_WITHIN = 60.0
_MAKE = f"""
CREATE TABLE bench_floor_row (id bigint PRIMARY KEY, name text, phone text, address text, since date);
INSERT INTO bench_floor_row SELECT n, '居民' || n, '139' || lpad((n * 7919 % 100000000)::text, 8, '0'),
  '试用路 ' || n % 997 || ' 号', date '2000-01-01' + (n % 9000)::int FROM generate_series(1, {ROWS}) AS n;
ANALYZE bench_floor_row;
"""


@contextlib.contextmanager
def bare_site(product: Product, secret: str) -> Iterator[tuple[str, int]]:
    """The bare site beside the product, on the product's server; yields the name of its process and its port."""
    address = urlunsplit(urlsplit(product.env["DATABASE_OWNER_URL"])._replace(path=f"/{DATABASE}"))
    with product.owner() as owner:
        owner.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
        owner.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0")
    with psycopg.connect(address, autocommit=True) as line:
        line.execute(_MAKE)
    more = {"DJANGO_SETTINGS_MODULE": "bench.floor.settings", "DATABASE_URL": address, PASSWORD: secret}
    command = [str(house.PYTHON), "-m", "bench.floor.fill", USERNAME]
    subprocess.run(command, cwd=house.ROOT, env=product.env | more, check=True, capture_output=True)
    port = postgres.free_port()
    name = f"web:{port}"
    product.start(name, **more)
    try:
        _await(product, name, port)
        yield name, port
    finally:
        product.processes.end(name)
        with product.owner() as owner:
            owner.execute(f"DROP DATABASE IF EXISTS {DATABASE}")


def open_page(client: Client, path: str, chance: random.Random) -> Step:
    """Open twenty rows from anywhere in the table."""

    def step() -> tuple[str, str]:
        start = chance.randrange(1, ROWS - SHOWN)
        answer = client.get(f"{path}?from={start}")
        right = answer.status == 200 and answer.holds(f"居民{start + SHOWN - 1}<")
        return path, "" if right else f"{path}: {answer.status}"

    return step


def sign_in(client: Client, username: str, password: str) -> Client:
    """As the product's clients do: the token first, then the form."""
    client.get("/token")
    answer = client.post("/sign-in", {"username": username, "password": password})
    if answer.status != 200:
        raise Unsound(f"the floor let nobody in: {answer.status}")
    return client


def _await(product: Product, name: str, port: int) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and product.processes.children[name].poll() is None:
        client = Client("127.0.0.1", port)
        try:
            if client.get("/token").status == 200:
                return
        except (OSError, Unsound):
            pass
        finally:
            client.close()
        time.sleep(0.2)
    raise Unsound(f"the floor did not start:\n{product.said(name)[-3000:]}")
