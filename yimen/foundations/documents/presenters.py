"""What the page of a letter shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yimen.foundations.documents.choices import LetterPaper
from yimen.foundations.documents.engine.codes import code_svg, word_of
from yimen.foundations.documents.engine.letters import Sheet
from yimen.foundations.documents.permissions import ISSUE_LETTER
from yimen.kernel.actor import Actor

if TYPE_CHECKING:
    from yimen.foundations.documents.models import Letter, StoredFile


@dataclass(frozen=True)
class PaperChoice:
    """One of the papers to print on, for the head of the page."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class LetterPage:
    """One letter on one kind of paper (文书页)."""

    letter: Letter
    sheet: Sheet
    paper: str
    papers: tuple[PaperChoice, ...]
    code: str
    word: str
    void_why: str
    may_void: bool
    sealed: StoredFile | None = None


def letter_page(
    letter: Letter, *, by: Actor, paper: str, tracking_url: str, sealed: StoredFile | None = None
) -> LetterPage:
    """The page; an unknown paper becomes the letter's own, an empty address leaves the code out."""
    sheet = Sheet.from_json(letter.sheet)
    chosen = paper if paper in LetterPaper.values else sheet.paper
    voiding = getattr(letter, "voiding", None)
    coded = tracking_url if sheet.tracking else ""
    return LetterPage(
        letter=letter,
        sheet=sheet,
        paper=chosen,
        papers=tuple(PaperChoice(value, label, value == chosen) for value, label in LetterPaper.choices),
        code=code_svg(coded) if coded else "",
        word=word_of(coded),
        void_why=voiding.why if voiding else "",
        may_void=voiding is None and by.can(ISSUE_LETTER, area=letter.area),
        sealed=sealed,
    )
