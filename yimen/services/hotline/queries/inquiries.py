"""Questions without a name: the chips, today's tally of one worker, and what a topic leads to."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound
from yimen.services.hotline.engine.topics import topic, topics
from yimen.services.hotline.permissions import LOG
from yimen.work.desk import api as desk
from yimen.work.ledger import api as ledger


class NoTopic(NotFound):
    code = "hotline.no_topic"
    sentence = "没有这个咨询话题。"


@dataclass(frozen=True)
class Tapped:
    """How often one topic was tapped today (今日咨询)."""

    title: str
    count: int


@dataclass(frozen=True)
class TopicPage:
    """What a topic leads to (话题): its matters with their papers, and what is asked elsewhere."""

    key: str
    title: str
    elsewhere: tuple[str, ...]
    matters: tuple[Any, ...]


def chips(*, on: date) -> list[tuple[str, str]]:
    """(key, title) of the topics, in their order; nothing is asked of the database."""
    return [(one.key, one.body.title) for one in topics(on=on)]


def place_of(by: Actor) -> str:
    """Where this worker's questions and calls are counted (登记地): her first area for it."""
    areas = by.areas_for(LOG)
    if not areas:
        by.must(LOG, area=by.home)
    return areas[0] or by.home


def tapped_today(*, by: Actor, on: date) -> list[Tapped]:
    """What this worker has tapped today, by topic; what was taken back does not count."""
    titles = {one.body.item: one.body.title for one in topics(on=on)}
    sums: dict[str, int] = dict.fromkeys(titles, 0)
    for entry in ledger.done_by(by.key, on=on, by=by):
        if entry.item in sums:
            sums[entry.item] += entry.acts
    return [Tapped(titles[item], count) for item, count in sums.items() if count > 0]


def topic_page(key: str, *, by: Actor, on: date) -> TopicPage:
    """One topic with the matters it leads to (话题)."""
    found = topic(key, on=on)
    if found is None:
        raise NoTopic
    matters = tuple(desk.get_matter(matter, by=by, on=on) for matter in found.body.matters)
    return TopicPage(key, found.body.title, found.body.elsewhere, matters)
