"""Row scope: the same rows in Python and in the database, by index, and nothing when nobody acts."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, connections, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yimen.foundations.access.fields import Scope, ScopedQuerySet, ScopeTable
from yimen.foundations.access.models import Account, Tie
from yimen.foundations.bus.api import Deed, act_as, open_deed
from yimen.foundations.bus.fields import AreaField, Record
from yimen.kernel.actor import Actor, ActorKind, Hold, system_actor
from yimen.kernel.ids import uuid7

AREAS = [
    *("330212007001", "330212007001002", "330212007002", "330212007003"),
    *("330212008", "330212008001", "330213001001"),
]
EVERYONE = system_actor("scope_tests")


class Place(Record):
    """Scoped by its area and by ties."""

    area = AreaField()
    key = models.CharField(max_length=20, db_collation="C", default="")
    scope = Scope(area="area", subject="public_id")
    objects = ScopedQuerySet.as_manager()

    class Meta:
        app_label = "scope_tests"
        indexes = [models.Index(fields=["area", "key"], name="scope_tests_key")]


class Thing(Record):
    """Scoped by its place."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    scope = Scope(through="scope_tests.Place", column="place_id")
    objects = ScopedQuerySet.as_manager()

    class Meta:
        app_label = "scope_tests"


class Paper(Record):
    """Scoped by its own area, and by the place whose UUID it keeps, wherever that place is now."""

    area = AreaField()
    place = models.UUIDField()
    scope = Scope(area="area", subject="place", through="scope_tests.Place", column="place", to="public_id")
    objects = ScopedQuerySet.as_manager()

    class Meta:
        app_label = "scope_tests"


class Loan(Record):
    """Scoped by its area, and lent to a subject for a term."""

    area = AreaField()
    borrower = models.UUIDField()
    since = models.DateField()
    until = models.DateField(null=True)
    scope = Scope(area="area", lent=("borrower", "since", "until"))
    objects = ScopedQuerySet.as_manager()

    class Meta:
        app_label = "scope_tests"


MODELS = (Place, Thing, Paper, Loan)


def _scope_table(model):
    scope = model.scope
    return ScopeTable(
        model._meta.db_table,
        area=scope.area,
        subject=scope.subject,
        through=scope.through,
        column=scope.column,
        to=scope.to,
        lent=scope.lent,
    )


@pytest.fixture(scope="module", autouse=True)
def _scoped_tables(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        owner = connections["owner"]
        with owner.schema_editor() as editor:
            for model in MODELS:
                editor.create_model(model)
                _scope_table(model).database_forwards("scope_tests", editor, None, None)
                editor.execute(f"GRANT ALL ON {model._meta.db_table} TO {connection.settings_dict['USER']}")
        yield
        with owner.schema_editor() as editor:
            for model in reversed(MODELS):
                _scope_table(model).database_backwards("scope_tests", editor, None, None)
                editor.delete_model(model)


@pytest.fixture
def writing(now):
    return lambda: open_deed(Deed(id=uuid7(), verb="tests.rows.made", by=EVERYONE, at=now))


@pytest.fixture
def rows(db, today, now, writing):
    """Places everywhere, things and papers of them, three accounts with ties of several periods."""
    with act_as(EVERYONE, on=today), writing():
        places = [Place.objects.create(area=area, key=f"k{number}") for number, area in enumerate(AREAS * 2)]
        for number, place in enumerate(places):
            Thing.objects.create(place=place)
            Paper.objects.create(area=AREAS[(number * 3) % len(AREAS)], place=place.public_id)
        accounts = [
            Account.objects.create(
                username=f"scope{number}",
                name="测试",
                kind="staff",
                password="!",
                password_at=now,
                opened_at=now,
                opened_by=EVERYONE.key,
            )
            for number in range(3)
        ]
        periods = [(-10, None), (-10, 0), (0, 1), (1, None), (-10, 20)]
        for number, place in enumerate(places):
            since, until = periods[number % len(periods)]
            Tie.objects.create(
                account=accounts[number % 2],
                kind="person",
                subject=place.public_id,
                reason="测试",
                since=today + timedelta(since),
                until=None if until is None else today + timedelta(until),
                made_by=EVERYONE.key,
            )
            lent, back = periods[number % 3 + 1]
            Loan.objects.create(
                area=place.area,
                borrower=places[number // 2].public_id,
                since=today + timedelta(lent),
                until=None if back is None else today + timedelta(back),
            )
    return [account.public_id for account in accounts]


def _actor(areas, account) -> Actor:
    holds = tuple(Hold("test", area, frozenset()) for area in areas)
    return Actor(f"account:{account}", "测试", ActorKind.STAFF, holds, account=account)


def _seen_by_database(model, actor, on):
    with act_as(actor, on=on):
        return set(model.objects.values_list("pk", flat=True))


def _seen_by_python(model, actor, on):
    with act_as(EVERYONE, on=on):
        return set(model.objects.within(actor).values_list("pk", flat=True))


PREFIXES = [*AREAS, "330212007", "330212", "33", "330214"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    areas=st.lists(st.sampled_from(PREFIXES), max_size=3),
    who=st.integers(0, 2),
    days=st.integers(-12, 25),
)
def test_python_and_database_see_the_same_rows(rows, today, areas, who, days):
    actor, on = _actor(areas, rows[who]), today + timedelta(days)
    for model in MODELS:
        assert _seen_by_database(model, actor, on) == _seen_by_python(model, actor, on)


def test_a_child_is_seen_with_its_parent_and_a_paper_follows_its_place(rows, today):
    actor = _actor(["330212007001"], rows[2])
    with act_as(actor, on=today):
        places = set(Place.objects.values_list("pk", "public_id"))
        assert {place.area for place in Place.objects.all()} == {"330212007001", "330212007001002"}
        assert set(Thing.objects.values_list("place_id", flat=True)) == {pk for pk, _ in places}
        papers = set(Paper.objects.values_list("place", "area"))
        assert {public_id for _, public_id in places} <= {place for place, _ in papers}
        assert any(not area.startswith("330212007001") for _, area in papers)


def test_ties_open_a_row_only_on_the_days_of_their_period(rows, today):
    actor = _actor([], rows[0])
    seen = {day: len(_seen_by_database(Place, actor, today + timedelta(day))) for day in (-11, -1, 0, 1)}
    assert seen[-11] == 0
    assert seen[-1] > 0
    assert len(set(seen.values())) > 2


def test_what_is_lent_is_open_in_its_term_only(rows, today):
    actor = _actor([], rows[0])
    for day in (-11, -1, 0, 1, 5):
        on = today + timedelta(day)
        with act_as(actor, on=on):
            tied = set(Tie.objects.in_force(on).filter(account_id=rows[0]).values_list("subject", flat=True))
        with act_as(EVERYONE, on=on):
            loans = [one for one in Loan.objects.all() if one.borrower in tied]
        term = {one.pk for one in loans if one.since <= on and (one.until is None or one.until > on)}
        assert _seen_by_database(Loan, actor, on) == term
    assert len(loans) > len(term) > 0


@pytest.mark.parametrize("actor", [None, _actor([], uuid7())])
def test_nobody_and_somebody_without_reach_see_nothing(rows, today, actor):
    for model in MODELS:
        assert _seen_by_database(model, actor, today) == set()
        assert _seen_by_python(model, actor, today) == set()


def test_nothing_is_seen_when_nothing_was_set(rows):
    for model in MODELS:
        assert not model.objects.exists()


def test_a_key_that_is_no_account_has_no_ties(rows, today):
    actor = Actor("account:' OR true --", "坏", ActorKind.STAFF, account=uuid7())
    assert _seen_by_database(Place, actor, today) == set()


def test_a_row_cannot_be_written_where_its_writer_could_not_see_it(rows, today, writing):
    clerk = _actor(["330212007"], rows[2])
    with act_as(clerk, on=today), writing():
        mine = Place.objects.create(area="330212007002")
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Place.objects.create(area="330212008001")
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Place.objects.filter(pk=mine.pk).update(area="330212008001")
        assert Place.objects.filter(area__startswith="330212008").update(key="x") == 0
        assert Place.objects.filter(area__startswith="330212008").delete()[0] == 0


def test_a_lookup_uses_its_index_and_asks_who_acts_once(rows, today):
    actor = _actor(["330212007"], rows[0])
    with act_as(actor, on=today), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        query = "SELECT * FROM scope_tests_place WHERE area = '330212007001' AND key >= 'k' AND key < 'l' LIMIT 20"
        cursor.execute(f"EXPLAIN (VERBOSE) {query}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    condition = next(line for line in plan.splitlines() if "Index Cond" in line)
    assert "330212007001" in condition
    assert ">= 'k'" in condition
    assert "< 'l'" in condition
    # The setting is read in an init plan; the filter of each row compares with its result only.
    settings = [line for line in plan.splitlines() if line.strip().startswith("InitPlan")]
    assert len(settings) == 1
    row_filter = next(line for line in plan.splitlines() if "Filter: (" in line)
    assert "current_setting" not in row_filter
    # Ties are one set, asked at most once by a function whose body no plan has to hold.
    assert "hashed SubPlan" in row_filter
    assert plan.count("Function Scan on public.access_ties") == 1
    assert "access_tie " not in plan


def test_the_ties_of_who_acts_are_looked_up_in_their_own_index(rows, today):
    actor = _actor(["330212007"], rows[0])
    with act_as(actor, on=today), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SELECT prosrc FROM pg_proc WHERE oid = 'access_ties()'::regprocedure")
        body = cursor.fetchone()[0]
        cursor.execute("EXPLAIN " + body[body.index("SELECT") : body.rindex(";", 0, body.rindex("END"))])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "access_tie_reach" in plan
    condition = next(line for line in plan.splitlines() if "Index Cond" in line)
    assert "account_id = " in condition


def test_a_scope_must_say_how():
    with pytest.raises(ValueError, match="area"):
        Scope()
    with pytest.raises(ValueError, match="belong together"):
        Scope(through="people.Person")
    with pytest.raises(ValueError, match="term"):
        Scope(lent=("borrower",))


def test_the_migration_step_describes_itself_with_what_it_was_given():
    step = ScopeTable("desk_case", area="area", subject=("public_id", "person"))
    assert step.deconstruct() == (
        "ScopeTable",
        ["desk_case"],
        {"area": "area", "subject": ("public_id", "person")},
    )
