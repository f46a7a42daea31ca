"""What may be exported in full, for what and for how long (完整导出办法) as a definition."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import Field, model_validator

from yimen.foundations.definitions.api import Grammar, current

KIND, STANDARD = "export_practice", "standard"


class ExportPurpose(Grammar):
    """What a full export is for (用途)."""

    labels = {"key": "代号", "title": "用途", "needs_words": "须另写明"}

    key: str = Field(pattern="^[a-z_]{2,40}$")
    title: str = Field(min_length=2, max_length=40)
    needs_words: bool = False


class ExportPractice(Grammar):
    """How full exports are handled (完整导出办法)."""

    labels = {
        "purposes": "用途",
        "hours": "文件可保留的小时数",
        "most_rows": "一次最多行数",
        "source": "依据",
    }

    purposes: tuple[ExportPurpose, ...] = Field(min_length=1)
    hours: tuple[int, ...] = Field(min_length=1)
    most_rows: int = Field(ge=1, le=1_000_000)
    source: str = Field(min_length=4)

    @model_validator(mode="after")
    def _is_one_of_each(self) -> "ExportPractice":
        if len({one.key for one in self.purposes}) < len(self.purposes):
            raise ValueError("两个用途用了同一个代号")
        if not all(1 <= hours <= 24 * 31 for hours in self.hours):
            raise ValueError("文件保留 1 小时到 31 天")
        return self

    def purpose(self, key: str) -> ExportPurpose | None:
        return next((one for one in self.purposes if one.key == key), None)


def practice(*, on: date) -> ExportPractice:
    """What holds on a day (现行办法)."""
    return current(KIND, STANDARD, on=on).body


def hours_words(hours: int) -> str:
    """'2 小时', '3 天'."""
    return f"{hours // 24} 天" if hours % 24 == 0 else f"{hours} 小时"


def run_practice_example(
    body: ExportPractice, given: Mapping[str, Any], on: date | None
) -> Mapping[str, Any]:
    """What may be asked under it (算例)."""
    purpose = body.purpose(given["purpose"])
    return {
        "allowed": bool(purpose) and given["hours"] in body.hours and given["rows"] <= body.most_rows,
        "needs_words": bool(purpose and purpose.needs_words),
    }
