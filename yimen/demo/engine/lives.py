"""What happens besides the matters: somebody dies, somebody moves, a stranger is put on file, two files turn out to be one."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from yimen.demo.engine.staff import EAST, YARD
from yimen.demo.engine.story import Neighbours, Story
from yimen.demo.engine.toml import read
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.people import api as people

WAYS = (
    ("knock", "耳背，敲门要重"),
    ("child", "女儿在本市，白天打"),
    ("dialect", "只会说宁波话"),
    ("sms", "上班，看短信"),
)
STRANGERS = ("王小梅", "王小兰", "李阿大", "张师傅", "王小梅", "陈阿婆")


def lives_go_on(story: Story, here: dict[str, list[UUID]], neighbours: list[Neighbours]) -> None:
    """Put it on the agenda of the windows, the committee and the section."""
    days = story.working_days
    east, yard = (next(one for one in neighbours if one.community == code) for code in (EAST, YARD))
    # Whoever dies or moves away comes for nothing else.
    dead, moved = _taken_out(east), _taken_out(yard)
    story.plan(story.moment(days[len(days) // 3]), "window", _done(story, "deaths", _die(dead)))
    story.plan(story.moment(days[len(days) // 2]), "window2", _done(story, "moves", _move(moved)))
    for order in range(read("population")["households"]["newborns"]):
        mother = east.next_parent()
        if mother is not None:
            day = days[-2 - order]
            story.plan(story.moment(day), "window", _done(story, "newborns", _newborn(mother, story)))
    opened: list[UUID] = []
    for order, name in enumerate(STRANGERS):
        day = days[(order + 1) * len(days) // (len(STRANGERS) + 2)]
        window = "window" if order in (0, 4) else "window2"
        story.plan(story.moment(day), window, _done(story, "files opened", _open(name, opened)))
    story.plan(story.moment(days[-4]), "chief", _done(story, "files merged", _merge(opened)))
    for order, (way, note) in enumerate(WAYS):
        for person in here[EAST][order * 3 : order * 3 + 3]:
            deed = _reached(person, way, note)
            story.plan(story.moment(days[order]), "window", _done(story, "ways to reach", deed))
    story.plan(story.moment(days[1]), "worker", _done(story, "guardians", _guard(here[EAST])))
    own = _taken_out(east)
    account = story.staff.accounts["worker"]
    story.plan(story.moment(days[0]), "window", _done(story, "accounts joined", _join(account, own)))


def _done(story: Story, word: str, deed: Callable[[datetime, Actor], None]):
    def do(at: datetime, by: Actor) -> None:
        deed(at, by)
        story.told[word] += 1

    return do


def _taken_out(where: Neighbours) -> UUID:
    """A grown-up who is past having children, and comes to the window no more."""
    person = next(one for one in where.adults if one not in where.parents)
    where.forget(person)
    return person


def _newborn(mother: UUID, story: Story):
    """A child of a few days: no name yet, no number, only whose it is."""
    sex, role, word = story.rng.choice((("female", "30", "之女"), ("male", "20", "之子")))

    def deed(at: datetime, by: Actor) -> None:
        card = people.person_card(mother, by=by)
        born = day_of(at) - timedelta(days=3)
        child = people.register_person(
            by=by,
            at=at,
            name=f"{card.name}{word}",
            community=EAST,
            sex=sex,
            birth_on=born,
            since=born,
            lives_address=card.address,
        )
        household = people.household_of(mother, by=by)
        if household is not None:
            people.join_household(
                by=by, at=at, person=child.public_id, household=household, on=day_of(at), role=role
            )

    return deed


def _die(person: UUID):
    def deed(at: datetime, by: Actor) -> None:
        people.record_death(
            by=by, at=at, person=person, died_on=day_of(at) - timedelta(days=2), source="死亡证明"
        )

    return deed


def _move(person: UUID):
    def deed(at: datetime, by: Actor) -> None:
        people.move_person(
            by=by, at=at, person=person, on=day_of(at), community=YARD, address="亲戚家（演示）"
        )

    return deed


def _open(name: str, opened: list[UUID]):
    def deed(at: datetime, by: Actor) -> None:
        made = people.register_person(
            by=by, at=at, name=name, community=by.home, phone="15400009999", lives_address="沿街店铺（演示）"
        )
        opened.append(made.public_id)

    return deed


def _merge(opened: list[UUID]):
    def deed(at: datetime, by: Actor) -> None:
        keep, alias = opened[0], opened[4]
        people.merge_people(by=by, at=at, keep=keep, alias=alias, reason="同名同电话，经本人确认是同一人")

    return deed


def _reached(person: UUID, way: str, note: str):
    def deed(at: datetime, by: Actor) -> None:
        people.set_reach_way(by=by, at=at, person=person, way=way, note=note)

    return deed


def _guard(neighbours: list[UUID]):
    def deed(at: datetime, by: Actor) -> None:
        on = day_of(at)
        cards = people.person_cards(neighbours, by=by, on=on)
        child = next(one for one in neighbours if (cards[one].age or 99) < 10)
        parent = next(one for one in people.household_members(child, by=by) if (cards[one].age or 0) > 20)
        people.set_guardian(by=by, at=at, on=on, person=child, guardian=parent, kind="parent")

    return deed


def _join(account: UUID, person: UUID):
    def deed(at: datetime, by: Actor) -> None:
        people.join_account(by=by, at=at, account=account, person=person)

    return deed
