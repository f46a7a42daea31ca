"""What posts do over plain HTTP, where a journey begins in the middle of the line."""

import re

from tests.journeys.visitor import Answer, Visitor

RELIEF = {
    "event": "fire",
    "happened_on": "2026-01-05",
    "urgent": "yes",
    "story": "厨房失火。",
    "spending": "8000",
    "income": "3000",
    "phone": "13711112222",
    "address": "紫郡花园 2 幢",
    "paper-identity": "seen",
}
TRIAL = {"reason": "家里困难", "phone": "13711112222", "sick": "no", "paper-identity": "seen"}
_CASE = re.compile(r"/desk/cases/([0-9a-f-]{36})/")
_FIELD = r'name="%s" value="([^"]*)"'


def ask(clerk: Visitor, matter: str, person: str, answers: dict[str, str], act: str = "accept") -> Answer:
    """Send the intake form of a matter for a person."""
    told = {"intake-source": "counter", "act": act, **answers}
    return clerk.post(f"/desk/new/{matter}/?person={person}", told)


def accept(clerk: Visitor, matter: str, person: str, answers: dict[str, str]) -> str:
    """Accept a matter at the window; answers the id of the case."""
    answer = ask(clerk, matter, person, answers)
    assert answer.status == 302, answer.text[:6000]
    return _CASE.search(answer.location)[1]


def do(post: Visitor, case: str, deed: str, **told: str) -> Answer:
    """Do something with a case as it stands on the page now."""
    edition = hidden(post.get(f"/desk/cases/{case}/"), "edition")
    return post.post(f"/desk/cases/{case}/{deed}/", {"edition": edition, **told})


def hidden(answer: Answer, name: str) -> str:
    """The value of a hidden field of the first form that has it."""
    found = re.search(_FIELD % name, answer.text)
    return found[1] if found else ""


def letters(post: Visitor, case: str) -> list[str]:
    """Addresses of the letters of a case."""
    return list(
        dict.fromkeys(re.findall(r"/documents/letters/[0-9a-f-]{36}/", post.get(f"/desk/cases/{case}/").text))
    )


def word_of(post: Visitor, case: str) -> str:
    """The word under the code of the first letter."""
    found = re.search(r'class="letter-word">([A-Z2-7 ]+)<', post.get(letters(post, case)[0]).text)
    return found[1].replace(" ", "")
