"""Load the demo: places, people, staff and some weeks of work, through the operations of the apps alone (演示加载)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from yimen.demo.engine import second_street
from yimen.demo.engine.clinics import open_clinics
from yimen.demo.engine.doorsteps import open_rooms
from yimen.demo.engine.identity import Numbers
from yimen.demo.engine.outlines import draw_the_street
from yimen.demo.engine.residents import Maker
from yimen.demo.engine.settling import settle
from yimen.demo.engine.staff import EAST, SECOND, STREET, employ
from yimen.demo.engine.telling import WEEKS, tell_the_second, tell_the_story
from yimen.demo.engine.toml import read
from yimen.demo.engine.town import delegate, import_areas, open_grids, open_sites, say_what_is_done
from yimen.demo.engine.units import CLUBS_HERE, CLUBS_THERE, NEW_HERE, Units, found_federation
from yimen.foundations.audit.api import seal_trail
from yimen.foundations.bus.api import act_as, run_pending_jobs
from yimen.kernel.actor import system_actor
from yimen.kernel.clock import STREET_TIME, day_of
from yimen.registers.people import api as people
from yimen.registers.places import api as places
from yimen.work.ledger import api as ledger

SEED = 330212007
PEOPLE_OF_TWO_GRIDS = 320  # a community of more people has three grids, the others two
BY = system_actor("demo")
Tell = Callable[..., None]
Say = Callable[[str], None]
CHAPTERS = 6


@dataclass
class Loaded:
    """What came of it, for the one who loads."""

    people: int = 0
    accounts: int = 0
    jobs: int = 0
    deeds: dict[str, int] | None = None


def is_empty(*, now: datetime) -> bool:
    """Is no area opened yet, and so nobody on file?"""
    with act_as(BY, on=day_of(now)):
        return not places.street_trees(by=BY)


def load(*, now: datetime, tell: Tell, say: Say = lambda _: None) -> Loaded:
    """Everything, the same for the same day. The caller holds the transaction: all of it or nothing.

    ``say`` is told in words what is being loaded, chapter by chapter.
    """
    rng = Random(SEED)
    start = datetime.combine(day_of(now) - timedelta(days=WEEKS * 7), time(8), tzinfo=STREET_TIME)
    loaded = Loaded()
    told = read("population")
    shares = {code: one["share"] for code, one in told["communities"].items()}
    whole = sum(shares.values())
    wanted = {code: round(told["people"] * share / whole) for code, share in shares.items()}
    with act_as(BY, on=day_of(start)):
        say(f"1/{CHAPTERS} 区域、网格、服务点和各岗位工作人员")
        import_areas("areas_panhuo", by=BY, at=start)
        import_areas("areas_second", by=BY, at=start)
        sites = open_sites(STREET, list(shares), by=BY, at=start, since=day_of(start))
        grids = {
            code: open_grids(code, number=2 + (number > PEOPLE_OF_TWO_GRIDS), by=BY, at=start)
            for code, number in wanted.items()
        }
        far_grids: dict[str, list[str]] = {code: [] for code in second_street.PEOPLE}
        staff = employ(STREET, grids, rng=rng, by=BY, at=start, now=now)
        far_staff = employ(SECOND, far_grids, rng=rng, by=BY, at=start, now=now)
        found_federation(by=BY, at=start)
        Units(STREET, list(shares), by=BY, at=start, now=now, clubs=CLUBS_HERE, new=NEW_HERE).tell()
        open_clinics(staff, by=BY, at=start, now=now)
        Units(
            SECOND,
            list(second_street.PEOPLE),
            by=BY,
            at=start,
            now=now,
            clubs=CLUBS_THERE,
            new=1,
            mark=second_street.CANARY,
        ).tell()
        delegate(STREET, list(shares), by=BY, at=start, now=now)
        delegate(SECOND, list(second_street.PEOPLE), by=BY, at=start, now=now, mark=second_street.CANARY)
        say_what_is_done(sites, by=BY, at=start)
        open_rooms(list(shares), by=BY, at=start)
        say(f"2/{CHAPTERS} 小区、楼幢、房屋和约 {told['people']} 位虚构居民")
        here = settle(
            wanted,
            Maker(rng, Numbers(), today=day_of(start)),
            by=BY,
            at=start,
            no_papers=told["households"]["no_papers"],
            grids=grids,
            special=EAST,
        )
        draw_the_street(STREET, list(shares), grids, by=BY, at=start)
        there = settle(
            second_street.PEOPLE,
            Maker(
                rng,
                Numbers(phones=second_street.PHONES, first=501),
                today=day_of(start),
                mark=second_street.CANARY,
            ),
            by=BY,
            at=start,
            no_papers=1,
            grids=far_grids,
        )
    loaded.people = here.people + there.people
    loaded.accounts = len(staff.accounts) + len(far_staff.accounts)
    story = tell_the_story(
        rng,
        staff,
        here.living,
        now=now,
        tell=tell,
        each_week=lambda day, week: say(
            f"3/{CHAPTERS} 第 {week} 周（{day:%m月%d日}起）的工作，共 {WEEKS} 周"
        ),
    )
    say(f"4/{CHAPTERS} 另一个街道的少量事项")
    far = tell_the_second(rng, far_staff, there.living, now=now, tell=tell)
    say(f"5/{CHAPTERS} 通知、台账和后台作业")
    loaded.jobs = run_pending_jobs()
    say(f"6/{CHAPTERS} 汇总数字，封存留痕")
    _close_the_books(now=now)
    loaded.deeds = dict(sorted((story.told + far.told).items()))
    return loaded


def _close_the_books(*, now: datetime) -> None:
    """What the jobs of the night would do: roll up the ledger and the population, seal the trail."""
    with act_as(BY, on=day_of(now)):
        while ledger.roll_up(by=BY, at=now):
            pass
        while people.roll_up_population(by=BY, at=now):
            pass
        seal_trail(by=BY, at=now)
