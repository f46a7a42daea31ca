"""What families can get (可以享受的服务), as definitions: text, source and where to ask."""

from datetime import date
from typing import Literal

from pydantic import Field

from yimen.foundations.definitions.api import Grammar, current_all


class Entitlement(Grammar):
    """One service or benefit (服务或待遇). ``stages`` says when it is told of; ``order`` its place in the list."""

    labels = {
        "title": "名称",
        "text": "说明",
        "where": "在哪里办",
        "basis": "依据",
        "stages": "什么时候告知",
        "stages.expecting": "怀孕时",
        "stages.born": "出生后",
        "order": "次序",
    }

    title: str = Field(min_length=2, max_length=40)
    text: str = Field(min_length=4, max_length=300)
    where: str = Field(min_length=2, max_length=80)
    basis: str = Field(min_length=2, max_length=160)
    stages: tuple[Literal["expecting", "born", "one_child"], ...] = Field(min_length=1)
    order: int = 50


def entitlements_for(stage: str, *, on: date) -> list[Entitlement]:
    """What to tell at a stage, in order; when the stage is not known, all that concerns a birth."""
    wanted = {stage} if stage else {"expecting", "born"}
    bodies = [one.body for one in current_all("entitlement", on=on)]
    told = [body for body in bodies if wanted & set(body.stages)]
    return sorted(told, key=lambda body: (body.order, body.title))
