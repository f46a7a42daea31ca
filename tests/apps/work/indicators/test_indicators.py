"""An indicator says the same by rule, through the ledger, and in the list that it opens."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.apps.work.ledger.conftest import HERE, STREET, THERE, about, do_deed
from yimen.foundations.definitions.api import (
    CannotUseDefinitions,
    NoDefinition,
    current_all,
    run_examples,
    sync_definitions,
)
from yimen.foundations.definitions.engine.folders import read_files
from yimen.kernel.ids import uuid7
from yimen.kernel.periods import Month, parse_month
from yimen.work.indicators import api as indicators
from yimen.work.indicators.ports import measures
from yimen.work.indicators.rules import deeds_of
from yimen.work.ledger import api as ledger

SEPTEMBER, NOVEMBER = Month(2026, 9), Month(2026, 11)
PERIOD = {"first": SEPTEMBER, "last": NOVEMBER, "on": date(2026, 11, 20)}

SHIPPED = {
    "visits": ("acts", "次", ""),
    "packs": ("quantity", "份", ""),
    "visited": ("persons", "人", ""),
    "old_women_visited": ("persons", "人", '[bands]\nsexes = ["female"]\nage_bands = ["65-79", "80+"]\n'),
}
ITEM = {"visits": "test_visit", "packs": "test_pack"}


def write(folder, key, text):
    home = folder / "definitions" / "indicator"
    home.mkdir(parents=True, exist_ok=True)
    (home / f"{key}.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def defined(items, system, now, today, tmp_path):
    for key, (measure, unit, more) in SHIPPED.items():
        write(
            tmp_path,
            key,
            f'title = "指标 {key}"\nunit = "{unit}"\nmeasure = "{measure}"\n'
            f'items = ["{ITEM.get(key, "test_visit")}"]\nexplanation = "只在测试里用的一个指标。"\n{more}',
        )
    sync_definitions(by=system, at=now, on=today)


@pytest.fixture
def deeds(defined, system, now):
    """One woman visited thrice in two communities, a man once, packs handed out."""
    her = about(uuid7(), sex="female", birth_on=date(1950, 1, 1))
    him = about(uuid7(), sex="male", birth_on=date(1990, 1, 1))
    for told, area, day in (
        (her, HERE, date(2026, 9, 3)),
        (her, HERE, date(2026, 10, 9)),
        (her, THERE, date(2026, 10, 10)),
        (him, THERE, date(2026, 10, 11)),
    ):
        do_deed(by=system, at=now, about=told, area=area, happened_on=day)
    do_deed(by=system, at=now, items=("test_pack",), quantity=40)


def test_acts_add_up_and_persons_do_not(deeds, system):
    told = indicators.table(["visits", "visited"], area=STREET, by=system, **PERIOD)
    october = Month(2026, 10)
    assert told.value("visits") == 4
    assert (told.value("visits", area=HERE), told.value("visits", area=THERE)) == (2, 2)
    assert told.value("visited") == 2
    assert (told.value("visited", area=HERE), told.value("visited", area=THERE)) == (1, 2)
    assert told.value("visits", month=october) == 3
    assert told.value("visited", month=october) == 2
    assert told.value("visited", area=HERE, month=october) == 1
    assert told.value("visited", area=THERE, month=SEPTEMBER) == 0


def test_quantities_and_bands_are_told_apart(deeds, system):
    told = indicators.table(["packs", "old_women_visited"], area=STREET, by=system, **PERIOD)
    assert told.value("packs") == 40
    assert told.value("old_women_visited") == 1


def test_a_single_value_equals_its_cell_in_the_table(deeds, system):
    told = indicators.table(list(SHIPPED), area=STREET, by=system, **PERIOD)
    for key in SHIPPED:
        assert indicators.value(key, area=STREET, by=system, **PERIOD) == told.value(key)


def test_a_page_of_indicators_costs_two_statements(deeds, system, django_assert_num_queries):
    indicators.indicator("visits", on=PERIOD["on"])
    with django_assert_num_queries(2):
        indicators.table(list(SHIPPED), area=STREET, by=system, **PERIOD)


@pytest.mark.parametrize("key", list(SHIPPED))
@pytest.mark.parametrize("area", [STREET, HERE, THERE])
def test_every_value_opens_the_list_it_counts(deeds, system, key, area):
    number = indicators.value(key, area=area, by=system, **PERIOD)
    asked = parse_qs(urlsplit(indicators.opens(key, area=area, **PERIOD)).query)
    told = {name: values[0] for name, values in asked.items()}
    where = {
        "items": told["item"].split(","),
        "area": told["area"],
        "first": parse_month(told["from"]),
        "last": parse_month(told["to"]),
        "bands": ledger.Bands(
            sexes=tuple(filter(None, told.get("sex", "").split(","))),
            age_bands=tuple(filter(None, told.get("age", "").split(","))),
        ),
        "by": system,
    }
    if told.get("count") == "persons":
        assert len(ledger.persons_behind(**where)) == number
    elif told.get("count") == "quantity":
        assert sum(row.entry.quantity for row in ledger.entries(**where)) == number
    else:
        assert len(ledger.entries(**where)) == number


def test_an_unknown_indicator_is_refused_with_the_nearest_name(defined, system):
    with pytest.raises(NoDefinition, match="visits"):
        indicators.value("visit", area=STREET, by=system, **PERIOD)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('measure = "persons"\nunit = "人次"\nitems = ["test_visit"]', "人次"),
        ('measure = "acts"\nunit = "人"\nitems = ["test_visit"]', "人次"),
        ('measure = "acts"\nunit = "次"\nitems = []', "台账项目"),
        ('measure = "acts"\nunit = "次"\nitems = ["test_vist"]', "test_visit"),
        ('measure = "rooms_in_use"\nunit = "间"', "没有登记"),
        ('measure = "rooms_in_use"\nunit = "间"\nitems = ["test_visit"]', "时点数"),
        ('measure = "acts"\nunit = "次"\nitems = ["test_visit"]\nbands = {age_bands = ["66-79"]}', "年龄段"),
        ('measure = "acts"\nunit = "次"\nitems = ["test_visit"]\ncolour = "red"', "colour"),
    ],
)
def test_a_definition_that_mixes_or_misses_something_is_refused_in_words(
    items,
    system,
    now,
    today,
    tmp_path,
    text,
    word,
):
    write(tmp_path, "odd", f'title = "有毛病的指标"\nexplanation = "用来看差错提示的指标。"\n{text}\n')
    with pytest.raises(CannotUseDefinitions, match=word):
        sync_definitions(by=system, at=now, on=today)


class Rooms:
    """What stands at a date: rooms by community, as the register of that day says."""

    key = "tests.rooms"
    title = "活动用房"

    def values(self, areas, days, *, by):
        return {(area, day): len(area) * day.month for area in areas for day in days}

    def opens(self, area, on):
        return f"/rooms?area={area}&on={on}"


@pytest.fixture
def rooms():
    measures.register(Rooms())
    yield
    del measures._items[Rooms.key]


def test_what_stands_at_a_date_is_told_as_of_month_ends_and_never_of_the_future(
    rooms,
    items,
    system,
    now,
    today,
    tmp_path,
):
    write(
        tmp_path,
        "rooms",
        'title = "活动用房"\nunit = "间"\nmeasure = "tests.rooms"\nexplanation = "期末各社区在用的活动用房间数。"\n',
    )
    sync_definitions(by=system, at=now, on=today)
    told = indicators.table(
        ["rooms"], area=STREET, areas=[HERE], first=Month(2026, 10), last=Month(2026, 12), by=system, on=today
    )
    assert told.value("rooms", area=HERE, month=Month(2026, 10)) == 12 * 10
    assert told.value("rooms") == 9 * 11
    assert told.value("rooms", month=Month(2026, 12)) == 0
    assert (
        indicators.opens("rooms", area=HERE, first=NOVEMBER, last=Month(2026, 12), on=today)
        == f"/rooms?area={HERE}&on={today}"
    )


def test_every_worked_example_of_an_indicator_holds():
    results = run_examples("indicator")
    assert [result.sentence for result in results if not result.holds] == []


def test_the_ledger_says_what_every_worked_example_says(db, acting, system, now, today):
    """The rule that the examples run and the statement that pages run are two roads to one number."""
    tried = 0
    for file in read_files():
        for example in file.examples if file.kind == "indicator" and file.body.is_flow else ():
            with acting(system):
                _play(file.key, example, by=system, now=now, today=today)
            tried += 1
    assert tried >= sum(one.body.is_flow for one in current_all("indicator", on=today))


def _play(key, example, *, by, now, today):
    from django.db import transaction

    people = {}
    with transaction.atomic():
        for row in deeds_of(example.given["entries"]):
            told = about(
                people.setdefault(row.person, uuid7()),
                sex=row.sex,
                birth_on=row.born,
                residence=row.residence,
            )
            entry = do_deed(
                by=by,
                at=now,
                items=(row.item,),
                about=told if row.person else None,
                happened_on=row.on,
                area=row.area or HERE,
                quantity=row.quantity,
            )
            if row.taken_back:
                ledger.take_back_entry(by=by, at=now, entry=entry.public_id, why="算例")
        value = indicators.value(
            key,
            area=example.given.get("area", "330212"),
            first=parse_month(example.given.get("first", "2000-01")),
            last=parse_month(example.given.get("last", "2026-12")),
            by=by,
            on=today,
        )
        transaction.set_rollback(True)
    assert value == example.expect["value"], example.name
