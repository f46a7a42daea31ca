"""The journeys' world, and whatever the journeys of this process did in it: every derived number follows from its facts."""

import subprocess

import pytest

from tests.journeys.product import Product


def test_every_number_of_the_running_product_follows_from_its_facts(product: Product) -> None:
    try:
        product.manage("prove_numbers")
        product.manage("prove_numbers", "--as-app")
    except subprocess.CalledProcessError as fault:
        pytest.fail(fault.stderr.decode())
