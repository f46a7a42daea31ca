"""How often one account asks for residents by number (查号限次): numbers are guessed by many questions, whatever they answer."""

from datetime import datetime, timedelta

from django.db import connection

from yimen.foundations.audit.api import done_lately
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.registers.people.engine.field_privacy import strangers_per_hour
from yimen.registers.people.rules.showing import why_not_look_up

LOOKED_UP = "people.stranger.looked_up"
GLASS_OPENED = "people.glass.file_opened"
NAMED = "people.bearer.named"
_HOUR = timedelta(hours=1)


class TooManyLookups(NotPossible):
    code = "people.too_many_lookups"
    sentence = "{why}"


def ask_seldom(*verbs: str, by: Actor, at: datetime) -> None:
    """Refuse who did these ``verbs`` too often within the hour (`TooManyLookups`), all together.

    Until the deed is over, nobody with this account asks the next.
    """
    one_question_at_a_time(by)
    done = done_lately(*verbs, by=by, since=at - _HOUR)
    if too_many := why_not_look_up(done=done, most=strangers_per_hour(on=day_of(at))):
        raise TooManyLookups(why=too_many)


def one_question_at_a_time(by: Actor) -> None:
    """Let the questions of one account wait for each other (依次计数): asked at the same moment, all would count the same number
    before them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"people.lookups:{by.key}"])
