"""The weeks of work of both streets: how much of everything, and where (演示故事的安排)."""

from collections.abc import Callable
from datetime import date, datetime
from random import Random
from uuid import UUID

from yimen.demo.engine import second_street
from yimen.demo.engine.cases import Cases
from yimen.demo.engine.clinics import Clinics
from yimen.demo.engine.courses import Courses
from yimen.demo.engine.daily import Daily
from yimen.demo.engine.demands import ask_of_communities
from yimen.demo.engine.doorsteps import Doorsteps
from yimen.demo.engine.lines import Lines
from yimen.demo.engine.lives import lives_go_on
from yimen.demo.engine.matters import KINDS, Kind
from yimen.demo.engine.meetings import Meetings
from yimen.demo.engine.monthly import Monthly, seals_are_given_out
from yimen.demo.engine.rounds import Asked
from yimen.demo.engine.signatures import Signatures
from yimen.demo.engine.staff import EAST, SECOND, STREET, YARD, Staff
from yimen.demo.engine.story import Neighbours, Story
from yimen.demo.engine.toml import read
from yimen.demo.engine.urgings import urge
from yimen.demo.engine.willing import contacts_of_stairwells
from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import system_actor
from yimen.kernel.clock import day_of
from yimen.registers.people import api as people
from yimen.work.desk import api as desk

WEEKS = 11
RELIEFS, BIRTHS = 46, 58
SMALL = {"questions": 620, "calls": 40, "notes": 190, "duties": 46}
FAR_SMALL = {"questions": 4, "calls": 4, "notes": 5, "duties": 4}
# What lies on the desks of the two windows and of the section today: how many working days ago, and how it went on.
ON_THE_DESK = (
    (EAST, 13, "late"), (EAST, 9, "soon"), (EAST, 8, "soon"), (EAST, 5, "decided"), (EAST, 4, "paused"), (EAST, 2, "waiting"),
    (EAST, 1, "handed"), (EAST, 1, "running"), (YARD, 12, "late"), (YARD, 9, "soon"), (YARD, 4, "decided"), (YARD, 1, "running"),
)  # fmt: skip
KNOWN_FROM = 40  # whom the worker looks in on
SAME_THING = 9  # two report one lamp, so many working days ago
SLIPS = (6, 31)  # cases taken in by mistake, by how many working days ago
RECEPTION_SHARE = 0.7  # of the visitors so many come on the reception day
BY = system_actor("demo")
Tell = Callable[..., None]


def tell_the_story(
    rng: Random,
    staff: Staff,
    here: dict[str, list[UUID]],
    *,
    now: datetime,
    tell: Tell,
    each_week: Callable[[date, int], None],
) -> Story:
    """The first street: every matter in every state, and all that fills the days between."""
    story = Story(rng, staff, now=now, days=WEEKS * 7 - 1)
    story.each_week = each_week
    cases = Cases(story, officer="officer", tell=tell)
    courses = Courses(cases, rng)
    neighbours = _neighbours(rng, here, now=now)
    shares = {code: one["share"] for code, one in read("population")["communities"].items()}
    weights = [shares[one.community] for one in neighbours]

    def somewhere() -> Neighbours:
        return rng.choices(neighbours, weights)[0]

    lives_go_on(story, here, neighbours)
    for _ in range(RELIEFS):
        cases.relief(somewhere(), story.moment(story.some_day()))
    for _ in range(BIRTHS):
        cases.birth(somewhere(), story.moment(story.some_day()))
    for community, back, fate in ON_THE_DESK:
        where = next(one for one in neighbours if one.community == community)
        cases.relief(where, story.moment(story.working_days[-1 - back]), fate)
    for kind in KINDS:
        here = _taking_in(kind, neighbours, on=story.working_days[0])
        for _ in range(kind.times):
            where = rng.choices(here, [shares[one.community] for one in here])[0]
            courses.plan(where, kind, story.moment(_day_for(kind, story)))
    Daily(story, neighbours, shares).plan(**SMALL)
    seals_are_given_out(story)
    ask_of_communities(story, STREET, officer="officer", chief="chief")
    Monthly(story, STREET, keeper="archive", chief="chief").plan()
    Meetings(story, neighbours).plan()
    Asked(story).plan()
    Signatures(story).plan()
    Doorsteps(story).plan()
    Lines(story).plan()
    Clinics(story, neighbours).plan()
    contacts_of_stairwells(story, neighbours[:2])
    urge(story, STREET)
    for days_ago in SLIPS:
        cases.slip(neighbours[0], story.moment(story.working_days[-1 - days_ago]))
    courses.same_thing(neighbours[0], story.moment(story.working_days[-1 - SAME_THING]))
    story.run()
    return story


def tell_the_second(
    rng: Random, staff: Staff, there: dict[str, list[UUID]], *, now: datetime, tell: Tell
) -> Story:
    """The second street: a few of each, every text with its mark."""
    story = Story(rng, staff, now=now, days=WEEKS * 7 - 1)
    mark = second_street.CANARY
    cases = Cases(story, officer="far-officer", tell=tell, mark=mark)
    courses = Courses(cases, rng)
    neighbours = _neighbours(rng, there, now=now)
    for _ in range(4):
        cases.relief(neighbours[0], story.moment(story.some_day()))
    for _ in range(3):
        cases.birth(neighbours[0], story.moment(story.some_day()))
    for kind in KINDS:
        for where in _taking_in(kind, neighbours[:1], on=story.working_days[0]):
            courses.plan(where, kind, story.moment(story.some_day()))
    Daily(story, neighbours, {}, mark=mark).plan(**FAR_SMALL)
    seals_are_given_out(story, mark=mark)
    end = SECOND[-3:]
    ask_of_communities(story, SECOND, officer="far-officer", chief=f"chief-2-{end}", mark=mark)
    Monthly(story, SECOND, keeper=f"archive-2-{end}", chief=f"chief-2-{end}", mark=mark).plan()
    Meetings(story, neighbours, mark=mark).plan_few(neighbours[0].community)
    Asked(story, mark=mark).plan_few(neighbours[0].community)
    story.run()
    return story


def _taking_in(kind: Kind, neighbours: list[Neighbours], *, on: date) -> list[Neighbours]:
    """The communities whose window takes this matter in: not every one has it delegated."""
    with act_as(BY, on=on):
        return [one for one in neighbours if not desk.why_not_at(kind.matter, area=one.community, on=on)]


def _day_for(kind: Kind, story: Story) -> date:
    """Most visitors come on the reception day, everybody else when she likes."""
    days = [day for day in story.working_days if day.day == second_of_month(story, day)]
    if kind.matter == "reception_visit" and days and story.rng.random() < RECEPTION_SHARE:
        return story.rng.choice(days)
    return story.some_day()


def second_of_month(story: Story, day: date) -> int:
    """The 2nd, or the first working day after it."""
    return min((one.day for one in story.working_days if one.month == day.month and one.day >= 2), default=2)


def _neighbours(rng: Random, here: dict[str, list[UUID]], *, now: datetime) -> list[Neighbours]:
    """Who may come to each window, in an order of chance: grown-ups, women of an age for a child, the old and the very old."""
    found = []
    with act_as(BY, on=day_of(now)):
        for community, ids in here.items():
            cards = people.person_cards(ids, by=BY, on=day_of(now))
            grown = [cards[one] for one in ids if (cards[one].age or 0) >= 22]
            lists = {
                "adults": [one.public_id for one in grown],
                "parents": [
                    one.public_id for one in grown if one.age <= 41 and one.sex_value == people.Sex.FEMALE
                ],
                "old": [one.public_id for one in grown if one.age >= 62],
                "elders": [one.public_id for one in grown if one.age >= 81],
                "anyone": [one.public_id for one in grown],
                "known": [one.public_id for one in grown if one.age >= KNOWN_FROM],
            }
            for one in lists.values():
                rng.shuffle(one)
            found.append(Neighbours(community, **lists))
    return found
