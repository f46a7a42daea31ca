"""A small kind of definition of our own, and a site folder to write files into."""

from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from pydantic import Field

from yimen.foundations.bus.api import act_as
from yimen.foundations.definitions.api import Grammar, sync_definitions
from yimen.foundations.definitions.choices import Source
from yimen.foundations.definitions.engine import folders as folders_module
from yimen.foundations.definitions.ports import Kind, kinds
from yimen.kernel.actor import system_actor


class Paper(Grammar):
    key: str
    title: str
    copies: int = Field(default=1, ge=1)


class ErrandGrammar(Grammar):
    title: str
    way: Literal["window", "online"] = "window"
    starts_on: date | None = None
    papers: tuple[Paper, ...] = ()
    uses: tuple[str, ...] = ()

    @property
    def references(self):
        return tuple(("tested_errand", key) for key in self.uses)


def copies_needed(body, given, on):
    return {"copies": sum(paper.copies for paper in body.papers) * given.get("people", 1)}


KIND = kinds.find("tested_errand") or kinds.register(
    Kind("tested_errand", ErrandGrammar, "测试事项", run_example=copies_needed)
)


@pytest.fixture
def site(tmp_path, settings, monkeypatch):
    """``site("relief", "title = …")`` writes a definition file of the site; of shipped ones only our own are read."""
    settings.YIMEN_SITE = str(tmp_path)
    every = folders_module.folders

    def ours() -> list:
        own = "yimen/foundations/definitions/"
        return [one for one in every() if one.source == Source.SITE or one.shown.startswith(own)]

    monkeypatch.setattr(folders_module, "folders", ours)

    def write(key: str, text: str, *, kind: str = "tested_errand", example: str = "") -> Path:
        folder = tmp_path / "definitions" / kind / (f"examples/{example}" if example else "")
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{key}.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def sync(now):
    def run(on=date(2026, 11, 20)) -> int:
        with act_as(system_actor("tests"), on=on):
            return sync_definitions(by=system_actor("tests"), at=now, on=on)

    return run
