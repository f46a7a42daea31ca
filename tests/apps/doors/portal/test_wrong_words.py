"""Who is wrong too often waits some minutes; a hall that shares one address does not, and neither does the next address."""

from datetime import timedelta

import pytest
from django.test import Client

from yimen.doors.portal.views.words import wrong_words
from yimen.foundations.access.api import Guesses

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limit(settings):
    settings.YIMEN_WRONG_WORDS = 3
    wrong_words.forget()
    yield
    wrong_words.forget()


def _word(number: int) -> str:
    return "A" * 12 + "BCDEFGH"[number]


def test_different_wrong_words_from_one_address_are_answered_until_it_is_enough():
    client = Client()
    for number, address in enumerate(("/t/", "/message/", "/my/open/")):
        assert client.get(f"{address}{_word(number)}").status_code == 404
    for address in ("/t/", "/message/", "/my/open/", "/here/"):
        answer = client.get(f"{address}{_word(5)}")
        assert answer.status_code == 429 and answer["Retry-After"] == "600"
        assert "过一会儿再试" in answer.content.decode()
    assert client.get("/guide/").status_code == 200
    assert Client(REMOTE_ADDR="10.1.2.3").get(f"/t/{_word(1)}").status_code == 404


def test_the_same_wrong_word_and_an_empty_form_keep_nobody_waiting():
    client = Client()
    for _ in range(5):
        assert client.get(f"/t/{_word(0)}").status_code == 404
        assert client.post("/t/", {"word": ""}).status_code == 422
        assert client.post("/t/", {"word": _word(0)}).status_code == 422


def test_it_is_over_after_its_minutes(now):
    counted = Guesses()
    for number in range(3):
        counted.note("10.1.2.3", _word(number), at=now)
    told = {"limit": 3, "minutes": 10}
    assert counted.too_many("10.1.2.3", at=now + timedelta(minutes=9), **told)
    assert not counted.too_many("10.1.2.3", at=now + timedelta(minutes=10), **told)
    assert not counted.too_many("", at=now, **told)


def test_places_longest_quiet_are_forgotten_first(now):
    counted = Guesses(most_places=2)
    for place in ("first", "second", "first", "third"):
        counted.note(place, "wrong", at=now)
    told = {"at": now, "limit": 1, "minutes": 10}
    assert counted.too_many("first", **told) and counted.too_many("third", **told)
    assert not counted.too_many("second", **told)
