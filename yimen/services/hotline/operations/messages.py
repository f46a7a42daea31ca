"""A message left by a resident when nobody is there, without an account (留言)."""

import base64
import hashlib
from datetime import datetime, timedelta

from django.db import connection
from django.urls import reverse

from yimen.foundations.access.api import keyed_hash
from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.messages.api import tell_account
from yimen.kernel.actor import Actor
from yimen.kernel.areas import street_of
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line, clean_text
from yimen.registers.places.api import area_name
from yimen.services.hotline.choices import Channel, Result
from yimen.services.hotline.engine.calls import enter_call, plain_number
from yimen.services.hotline.engine.hashes import (
    address_hash,
    address_hashes,
    new_word,
    number_hash,
    word_hash,
    word_hashes,
)
from yimen.services.hotline.engine.rulebook import rule_of
from yimen.services.hotline.engine.topics import topic as find_topic
from yimen.services.hotline.models import Call
from yimen.services.hotline.operations.calls import CannotLog
from yimen.services.hotline.permissions import LOG
from yimen.services.hotline.queries.duty import on_duty
from yimen.services.hotline.rules import too_many

_HOUR = timedelta(hours=1)


class TooManyMessages(NotPossible):
    code = "hotline.too_many_messages"
    sentence = "留言太多，请过一小时再试；急事请打 12345。"


@operation("hotline.message.left")
def leave_message(
    *,
    by: Actor,
    at: datetime,
    area: str,
    topic: str,
    text: str,
    name: str = "",
    phone: str = "",
    email: str = "",
    address: str = "",
    sent_as: str = "",
) -> str:
    """Keep a message for whoever is on duty (留言), and tell her; answers the word with which the answer is read.

    ``address`` is where it came from, kept as a keyed hash to count by; ``sent_as`` makes the same page sent twice one
    message with one word.
    """
    by.must(LOG, area=area)
    on, street = day_of(at), street_of(area) or area
    chosen = find_topic(topic, on=on)
    if chosen is None or not text.strip():
        raise CannotLog(why="请选话题，并写下什么事。")
    word = _word_of(sent_as) if sent_as else new_word()
    door = address_hash(address)
    _one_at_a_time(door or street)
    if Call.objects.filter(word_hash__in=word_hashes(word)).exists():
        unchanged()
        return word
    rule = rule_of(area, on=on)
    lately = Call.objects.filter(street=street, channel=Channel.FORM, called_at__gt=at - _HOUR)
    counts = {
        "street": lately.count(),
        "door": lately.filter(address_hash__in=address_hashes(address)).count() if door else 0,
    }
    if too_many(counts, {"street": rule.street_per_hour, "door": rule.door_per_hour}):
        raise TooManyMessages
    number = plain_number(phone)
    call = Call(
        area=area,
        street=street,
        channel=Channel.FORM,
        topic=topic,
        topic_title=chosen.body.title,
        called_at=at,
        logged_by=by.key,
        logged_by_name="居民留言",
        phone=number,
        phone_hash=number_hash(number),
        name=clean_line(name)[:40],
        email=clean_line(email)[:100],
        sentence=clean_text(text)[:500],
        result=Result.LEFT,
        waits=True,
        word_hash=word_hash(word),
        address_hash=door,
    )
    call.save(force_insert=True)
    enter_call(call, item=chosen.body.item, by=by, at=at)
    record(call, kind="call", area=area, topic=topic, channel="form")
    for shift in on_duty(area, at=at, by=by)[:1]:
        tell_account(
            by=by,
            at=at,
            account=shift.account,
            title="值班时间有一条新留言",
            text=f"{area_name(area)}，话题：{call.topic_title}。",
            link=reverse("hotline:call", args=[call.public_id]),
            area=area,
        )
    return word


def _word_of(sent_as: str) -> str:
    # A secret of ours goes in, so that nobody makes words of other people's pages.
    keyed = keyed_hash(sent_as[:200], field="hotline_call.sent_as")
    return base64.b32encode(hashlib.sha256(keyed.encode()).digest()).decode()[:13]


def _one_at_a_time(door: str) -> None:
    # Messages sent at the same moment would all count the same number before them.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"hotline.message:{door}"])
