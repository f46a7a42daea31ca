"""Which papers a matter asks for, given the answers (应交材料)."""

from collections.abc import Mapping
from typing import Any

from yimen.foundations.definitions.api import holds
from yimen.work.desk.engine.explanations import Explanation
from yimen.work.desk.engine.grammar import Ask, Matter
from yimen.work.desk.rules.acceptance import PaperAsked


def papers_asked(matter: Matter, answers: Mapping[str, Any]) -> list[PaperAsked]:
    """The papers this application needs, in the order of the matter."""
    return [
        PaperAsked(
            key=paper.key, title=paper.title, may_follow=paper.may_follow, may_promise=paper.may_promise
        )
        for paper in matter.papers
        if not paper.needed_if or holds(paper.needed_if, answers)
    ]


def units_asked(matter: Matter, answers: Mapping[str, Any]) -> list[Ask]:
    """The units that such a case is usually sent to (协办单位), in the order of the matter."""
    return [one for one in matter.ask if not one.needed_if or holds(one.needed_if, answers)]


def law_of(matter: Matter | Explanation) -> str:
    """The legal basis in one line (依据), as letters quote it."""
    return "、".join(f"《{basis.document}》{basis.article}" for basis in matter.basis)
