"""What the one search box finds (全局查找), and what the first page shows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from yimen.foundations.forms.api import is_paper_code
from yimen.foundations.ui.ports import HomeCard, home_cards, navigation
from yimen.kernel.actor import Actor
from yimen.kernel.faults import Fault
from yimen.kernel.numbers import parse_case_number
from yimen.registers.people import api as people
from yimen.work.approvals import api as approvals
from yimen.work.desk import api as desk

SHOWN = 8
MATTERS_SHOWN = 6
# What the code of a receipt says when a gun reads it: the address of the resident's page, or the word alone.
_WORD = re.compile(r"(?:^|/t/)([A-Za-z2-7]{13})/?$")
# What other codes (电子社保卡、健康码) say: a long run of signs that only their issuer can read.
_CODE = re.compile(r"[!-~]{20,}")


@dataclass(frozen=True)
class Found:
    """What the typed words lead to, by kind; ``only`` is where to go at once when there can be no doubt."""

    text: str
    people: Sequence[Any] = ()
    more_people: bool = False
    cases: Sequence[Any] = ()
    matters: Sequence[Any] = ()
    explained: Sequence[Any] = ()
    pages: Sequence[Any] = ()
    only: str = ""
    strange_code: bool = False
    number_in_address: bool = False

    @property
    def nothing(self) -> bool:
        return not (self.people or self.cases or self.matters or self.explained or self.pages)


def search(text: str, *, by: Actor, on: date) -> Found:
    """Residents, cases, matters and pages for the typed words.

    A case number or the code of a receipt goes to its case, the code on a paper form to where its answers are typed in, the code
    on a printed 呈批单 to what is signed.
    A name alone never opens a file, and an id number is not taken from an address: it is posted.
    """
    words = text.strip()
    if not words:
        return Found(text="")
    if by.can_somewhere(people.FIND) and is_id_number(words):
        return Found(text="", number_in_address=True)
    if is_paper_code(words) and by.can_somewhere(desk.ACCEPT_CASE):
        return Found(text=words, only=f"{reverse('desk:twin')}?{urlencode({'code': words})}")
    if (sheet := approvals.submission_of_code(words)) and approvals.find_by_code(sheet, by=by):
        return Found(text=words, only=reverse("approvals:submission", args=[sheet]))
    cases = _cases(words, by=by)
    if len(cases) == 1:
        return Found(text=words, only=reverse("desk:case", args=[cases[0].public_id]))
    found = people.find_people(words, by=by, on=on, limit=SHOWN + 1) if by.can_somewhere(people.FIND) else []
    return Found(
        text=words,
        people=found[:SHOWN],
        more_people=len(found) > SHOWN,
        cases=cases,
        matters=desk.find_matters(words, by=by, on=on)[:MATTERS_SHOWN],
        explained=desk.find_explanations(words, by=by, on=on),
        pages=_pages(words, by=by),
        strange_code=bool(_CODE.fullmatch(words)),
    )


def is_id_number(words: str) -> bool:
    """Is this a complete id number, right or wrong (完整证件号码)? A case number may be as long, and is not."""
    return bool(people.as_id_number(words)) and isinstance(parse_case_number(words), Fault)


def home_page(*, by: Actor, at: datetime) -> list[tuple[HomeCard, Any]]:
    """The cards of all posts the actor holds, in order; a card that answers None is left out."""
    shown = []
    for card in sorted(home_cards, key=lambda card: (card.order, card.key)):
        if card.permission is None or by.can_somewhere(card.permission):
            content = card.query(by=by, at=at)
            if content is not None:
                shown.append((card, content))
    return shown


def _cases(words: str, *, by: Actor) -> list[Any]:
    if word := _WORD.search(words):
        return [case] if (case := desk.find_case_by_word(word[1], by=by)) else []
    number = parse_case_number(words)
    if isinstance(number, Fault):
        return []
    return list(desk.find_cases(by=by).filter(number=number.digits))


def _pages(words: str, *, by: Actor) -> list[dict[str, str]]:
    pages = []
    for item in navigation:
        if words in item.label and (item.permission is None or by.can_somewhere(item.permission)):
            try:
                pages.append({"label": item.label, "url": reverse(item.url_name)})
            except NoReverseMatch:
                continue
    return pages
