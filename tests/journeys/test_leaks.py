"""Every address, as every post of both streets: sane answers, whole pages, and nothing of the other street."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.journeys.conftest import running_product, visitors_of
from tests.journeys.markup import faults_of
from tests.journeys.product import Product
from tests.journeys.samples import Address, addresses
from tests.journeys.visitor import Answer, Visitor
from tests.journeys.world import FIRST, SECOND

POSTS = (
    "window_clerk.001",
    "community_worker.001",
    "grid_worker.001",
    "section_officer",
    "section_chief",
    "leader",
    "archive_keeper",
    "auditor",
    "administrator",
    "security_admin",
    "doctor",
    "lecturer.001",
    "volunteer.001",
    "club_leader.001",
    "provider",
    "provider_doctor",
)
# The roles are the same in both streets: those of the second are asked for the posts that see the most.
FEWER = (*POSTS[:2], "section_chief", "auditor", "administrator", "doctor")
SANE = {200, 302, 403, 404, 405, 409, 422}
_TAG = re.compile(r"<[a-z][^>]*hx-target=[^>]*>")
_TARGET = re.compile(r'hx-target="#([\w-]+)"')
_POSTS_TO = re.compile(r'hx-post="([^"]+)"')
OTHER = {FIRST: SECOND, SECOND: FIRST}


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product of its own: other journeys serve a resident of the other street, whose own file then rightly says so."""
    with running_product(tmp_path_factory) as running:
        yield running


@pytest.fixture(scope="module")
def visitor(product: Product) -> Iterator[Callable[..., Visitor]]:
    """Visitors of that product."""
    with visitors_of(product) as enter:
        yield enter


def _secrets(product: Product, street: str) -> list[str]:
    told = product.world["streets"][street]
    return [told["sign"], told["phones"]]


def _unpacked(answer: Answer) -> str:
    """Body and headers as text; packed files opened, because a secret may stand in a cell or a paragraph."""
    said = answer.said()
    if answer.body[:2] == b"PK":
        # Packed bytes are no text: three of them in a row are a letter once in a while.
        said = said.replace(answer.text, "")
        with zipfile.ZipFile(io.BytesIO(answer.body)) as packed:
            said += "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    return said


def _faults(answer: Answer, *, secrets: list[str], part: bool = False) -> list[str]:
    found = []
    if answer.status not in SANE:
        found.append(f"status {answer.status}")
    said = _unpacked(answer)
    found += [f"shows {secret}: …{_around(said, secret)}…" for secret in secrets if secret in said]
    if answer.kind == "text/html" and answer.body:
        found += faults_of(answer.text, whole=not part)
    return found


def _around(text: str, word: str) -> str:
    at = text.index(word)
    return " ".join(text[max(0, at - 80) : at + 40].split())


def _addresses(product: Product, street: str) -> list[Address]:
    """All addresses of a street, but no page is asked twice and nobody signs out."""
    found = addresses(product.world["streets"][street]["ids"], community=f"{street}001")
    return [one for one in dict.fromkeys(found) if one.name not in ("access:sign_out", "access:sign_in")]


def _parts(answer: Answer) -> list[str]:
    """What is asked of this address again while one works on it; what is sent to another address is none of its parts.

    A refusal is told in a way of its own to who asks for a part, whichever it is.
    """
    if answer.kind != "text/html":
        return []
    named, elsewhere, own = set(_TARGET.findall(answer.text)), set(), answer.path.partition("?")[0]
    for tag in _TAG.findall(answer.text) if answer.status == 200 else ():
        to = _POSTS_TO.search(tag)
        if to and to[1].partition("?")[0] not in ("", own):
            elsewhere.update(_TARGET.findall(tag))
    return sorted(named - elsewhere)


def _visit_all(visitor: Visitor, places: list[Address], secrets: list[str]) -> list[str]:
    """Every page, and every part that a page says it asks for while one works on it."""
    found = []
    for place in places:
        answer = visitor.get(place.path)
        found += [f"{visitor.name} {place.path}: {fault}" for fault in _faults(answer, secrets=secrets)]
        for part in _parts(answer):
            answer = visitor.get(place.path, HX_Request="true", HX_Target=part)
            faults = _faults(answer, secrets=secrets, part=True)
            found += [f"{visitor.name} {place.path} #{part}: {fault}" for fault in faults]
    return found


def _knock_at_all(visitor: Visitor, places: list[Address], secrets: list[str]) -> list[str]:
    """Send an empty form to what belongs to the other street: nothing of it may be done, or said."""
    found = []
    for place in places:
        answer = visitor.post(place.path)
        if answer.status < 400:
            found.append(f"{visitor.name} POST {place.path}: status {answer.status} {answer.location}")
        faults = _faults(answer, secrets=secrets)
        found += [f"{visitor.name} POST {place.path}: {fault}" for fault in faults]
    return found


def _by_all(work: Callable[[Visitor], list[str]], visitors: list[Visitor]) -> list[str]:
    with ThreadPoolExecutor(4) as pool:
        return [fault for found in pool.map(work, visitors) for fault in found]


@pytest.mark.parametrize("street", [FIRST, SECOND])
def test_no_post_sees_anything_of_the_other_street_at_any_address(
    product: Product, visitor: Callable[..., Visitor], street: str
) -> None:
    secrets = _secrets(product, OTHER[street])
    places = _addresses(product, street)
    own = {one.path for one in places}
    places += [one for one in _addresses(product, OTHER[street]) if one.path not in own]
    visitors = [visitor(post, street=street) for post in (POSTS if street == FIRST else FEWER)]
    faults = _by_all(lambda one: _visit_all(one, places, secrets), visitors)
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults[:60])


@pytest.mark.parametrize("street", [FIRST, SECOND])
def test_no_post_can_do_anything_to_what_belongs_to_the_other_street(
    product: Product, visitor: Callable[..., Visitor], street: str
) -> None:
    own = {one.path for one in _addresses(product, street)}
    theirs = [one for one in _addresses(product, OTHER[street]) if one.path not in own]
    assert len(theirs) > 40
    visitors = [visitor(post, street=street) for post in (POSTS if street == FIRST else FEWER)]
    secrets = _secrets(product, OTHER[street])
    faults = _by_all(lambda one: _knock_at_all(one, theirs, secrets), visitors)
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults[:60])


def test_nobody_sees_anything_without_signing_in(product: Product, visitor: Callable[..., Visitor]) -> None:
    nobody = visitor()
    secrets = [*_secrets(product, FIRST), *_secrets(product, SECOND)]
    faults = _visit_all(nobody, _addresses(product, FIRST), secrets)
    for place in _addresses(product, FIRST):
        if place.name.startswith("portal:") or place.name == "ui:text-size":
            continue  # anybody may ask for a case by its word, and for larger letters
        answer = nobody.post(place.path)
        if answer.status == 302 and not answer.location.startswith("/sign-in"):
            faults.append(f"POST {place.path}: goes on to {answer.location}")
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults[:60])
