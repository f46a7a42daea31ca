"""The big types of street issues (问题大类), as definitions: what belongs there, who handles it, what cannot wait."""

from pydantic import Field

from yimen.foundations.definitions.api import Grammar


class IssueKind(Grammar):
    """One big type (问题大类). The key is the answer in the form of the report.

    ``at_once`` is said when there is danger; ``caution`` what must not be written down, where a type touches people.
    """

    labels = {
        "title": "名称",
        "includes": "包括",
        "handler": "通常由谁处置",
        "at_once": "有危险时先做什么",
        "caution": "注意",
        "order": "次序",
    }

    title: str = Field(min_length=2, max_length=20)
    includes: tuple[str, ...] = Field(min_length=1)
    handler: str = Field(min_length=2, max_length=60)
    at_once: str = ""
    caution: str = ""
    order: int = 50
