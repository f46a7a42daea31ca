"""The list of permitted uses (印章使用范围清单): one definition for each use, with its worked examples."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import Field

from yimen.foundations.definitions.api import Definition, Grammar, current_all, find_current
from yimen.services.seals.rules import Use, why_not_stamp


class UseBasis(Grammar):
    """Where a use comes from (依据)."""

    labels = {"document": "文件", "article": "条款"}

    document: str = Field(min_length=2)
    article: str = ""


class SealUse(Grammar):
    """One permitted use (用印事项). What is not listed is refused, whatever the reason."""

    labels = {
        "title": "用途",
        "explanation": "说明",
        "basis": "依据",
        "seal": "用哪种印章",
        "seal.committee": "居民委员会印章",
        "seal.street": "街道办事处印章",
        "seal.contract": "合同专用章",
        "seal.service": "便民服务专用章",
        "approves": "由谁审批",
        "approves.community": "社区",
        "approves.street": "街道",
        "residents": "居民可以申请",
        "most_copies": "一次最多几份",
    }

    title: str = Field(min_length=2, max_length=60)
    explanation: str = Field(min_length=4, max_length=200)
    basis: tuple[UseBasis, ...] = Field(min_length=1)
    seal: Literal["committee", "street", "contract", "service"] = "committee"
    approves: Literal["community", "street"] = "community"
    residents: bool = False
    most_copies: int = Field(default=10, ge=1, le=500)


def uses(*, on: date) -> list[Definition]:
    """The permitted uses in force, by title."""
    return sorted(current_all("seal_use", on=on), key=lambda one: one.body.title)


def find_use(key: str, *, on: date) -> SealUse | None:
    """A permitted use, or None when it is not on the list."""
    found = find_current("seal_use", key, on=on) if key else None
    return found.body if found else None


def run_use_example(use: SealUse, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """What a request for this use would meet: ``document``, ``purpose`` and ``by_resident`` are given."""
    finding = why_not_stamp(
        document=given.get("document", ""),
        purpose=given.get("purpose", ""),
        use=Use(use.title, use.residents, use.most_copies),
        by_resident=given.get("by_resident", False),
        office=given.get("office", "街道便民服务中心"),
    )
    return {"stamped": finding is None, "sentence": finding.sentence if finding else ""}
