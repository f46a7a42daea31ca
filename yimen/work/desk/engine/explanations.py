"""What is asked for by an old name and is no longer done here (不再办理的事): why, and what to do instead."""

from pydantic import Field

from yimen.foundations.definitions.api import Grammar
from yimen.work.desk.engine.grammar import Basis


class Explanation(Grammar):
    """Something abolished that people still ask for by its old words. ``instead`` names the matters that took its place."""

    labels = {
        "title": "名称",
        "words": "居民的说法",
        "text": "说明",
        "basis": "依据",
        "instead": "改办的事项",
    }

    title: str = Field(min_length=2, max_length=60)
    words: tuple[str, ...] = Field(min_length=1)
    text: str = Field(min_length=4, max_length=300)
    basis: tuple[Basis, ...] = Field(min_length=1)
    instead: tuple[str, ...] = ()

    @property
    def references(self):
        return tuple(("matter", key) for key in self.instead)
