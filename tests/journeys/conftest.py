"""Journeys through the running product: real processes, real HTTP, and a real browser where there is one."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.product import Product, fresh_name
from tests.journeys.visitor import Visitor
from tools.pytest_browser import PATIENCE


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The product, filled and running, for all journeys of this worker."""
    with running_product(tmp_path_factory) as running:
        yield running


def store_of_the_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the world lies that everybody copies: one for all workers of this run, each of whom has a folder in it."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "world"


@contextlib.contextmanager
def running_product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product of its own, filled and running."""
    running = Product(
        fresh_name(), tmp_path_factory.mktemp("product"), store=store_of_the_world(tmp_path_factory)
    )
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def visitor(product: Product) -> Iterator[Callable[..., Visitor]]:
    """``visitor("section_chief")``: that post of the first street, signed in; ``visitor()`` is nobody."""
    with visitors_of(product) as enter:
        yield enter


@contextlib.contextmanager
def visitors_of(product: Product) -> Iterator[Callable[..., Visitor]]:
    """Visitors of one product, each signed in once."""
    signed: dict[tuple[str, str], Visitor] = {}
    nobodies: list[Visitor] = []

    def enter(post: str = "", *, street: str = "330212007") -> Visitor:
        if not post:
            nobodies.append(Visitor(product.url))
            return nobodies[-1]
        if (street, post) not in signed:
            username = product.world["streets"][street]["posts"][post]["username"]
            signed[street, post] = Visitor(product.url).sign_in(username, product.world["password"])
        return signed[street, post]

    yield enter
    for one in (*signed.values(), *nobodies):
        one.close()


@pytest.fixture
def at_desk(product: Product, chromium: Any) -> Iterator[Callable[..., Any]]:
    """``at_desk("section_chief")``: a browser of its own in which that post is signed in; ``at_desk()`` is nobody's."""
    opened = []

    def sit_down(post: str = "", *, width: int = 1280, street: str = "330212007", **more: Any) -> Any:
        context = chromium.new_context(
            base_url=product.url,
            viewport={"width": width, "height": 800},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            **more,
        )
        opened.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        if post:
            sign_in(
                page, product.world["streets"][street]["posts"][post]["username"], product.world["password"]
            )
        return page

    yield sit_down
    for context in opened:
        context.close()


def sign_in(page: Any, username: str, password: str) -> None:
    """Sign in as people do."""
    page.goto("/sign-in")
    page.get_by_label("登录名").fill(username)
    page.get_by_label("口令").fill(password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/")
