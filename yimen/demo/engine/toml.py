"""The files beside the code that say what the demo is made of."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent


@lru_cache(maxsize=8)
def read(name: str) -> dict[str, Any]:
    """The content of ``yimen/demo/<name>.toml``."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
