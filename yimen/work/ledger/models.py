"""The ledger: entries that are never changed, and the figures that follow from them at once."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Self

from django.db import models
from django.db.models.query import ModelIterable

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.work.ledger.choices import SourceKind

# Values as the register of people has them (Sex, ResidentKind) and kernel.periods (age bands); "" is not known or nobody's.
_SEX = {"max_length": 12, "blank": True, "default": ""}
_BAND = {"max_length": 8, "blank": True, "default": ""}
_RESIDENCE = {"max_length": 8, "blank": True, "default": ""}


class ListedQuerySet(ScopedQuerySet):
    """Rows whose words from elsewhere (a resident's name) are fetched for all rows of a page at once."""

    _dress: Callable[[list[Any]], None] | None = None

    def dressed(self, dress: Callable[[list[Any]], None]) -> Self:
        """Call ``dress`` with every batch of rows that is read."""
        rows = self._chain()
        rows._dress = dress
        return rows

    def iterator(self, chunk_size: int = 2000) -> Iterator[Any]:
        rows = super().iterator(chunk_size=chunk_size)
        while batch := list(islice(rows, chunk_size)):
            self._put_on(batch)
            yield from batch

    def _clone(self) -> Self:
        rows = super()._clone()
        rows._dress = self._dress
        return rows

    def _fetch_all(self) -> None:
        fresh = self._result_cache is None
        super()._fetch_all()
        if fresh:
            self._put_on(self._result_cache)

    def _put_on(self, rows: list[Any]) -> None:
        if self._dress and rows and issubclass(self._iterable_class, ModelIterable):
            self._dress(rows)


class Entry(Record):
    """One thing really done (台账记录): never edited, only corrected by a further entry.

    ``acts`` is +1 for a deed and −1 for the entry that takes one back; ``quantity`` follows its sign. Person facts are
    those of the day of the deed. ``area`` is the community of the deed; a person's own file shows her entries wherever
    they were made. A deed at a door keeps the door: ``dwelling`` and its ``building``, and ``place`` in words.
    """

    privacy = Privacy(
        PrivacyClass.PERSONAL, keep="长期（统计与核查依据）", why="真正做过的事，一切数字的来源"
    )
    append_only = True
    scope = Scope(area="area", through="people.Person", column="person", to="public_id")
    objects = ListedQuerySet.as_manager()

    item = models.CharField(max_length=60)
    acts = models.SmallIntegerField(default=1)
    quantity = models.IntegerField(default=1)
    unit = models.CharField(max_length=12)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    backdated = models.BooleanField(default=False)
    area = AreaField()
    street = AreaField()
    person = models.UUIDField(null=True)
    sex = models.CharField(**_SEX)
    birth_on = models.DateField(null=True)
    age_band = models.CharField(**_BAND)
    residence = models.CharField(**_RESIDENCE)
    household = models.UUIDField(null=True)
    done_by = ActorField()
    done_by_name = models.CharField(max_length=80, blank=True)
    source_kind = models.CharField(max_length=12, choices=SourceKind.choices)
    source = models.UUIDField(null=True)
    on_file = models.BooleanField(default=True)
    note = models.CharField(max_length=400, blank=True)
    late_reason = models.CharField(max_length=200, blank=True)
    dwelling = models.UUIDField(null=True)
    building = models.UUIDField(null=True)
    place = models.CharField(max_length=120, blank=True)
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["person", "id"], name="entry_person"),
            models.Index(fields=["source", "id"], name="entry_source"),
            models.Index(fields=["done_by", "recorded_at"], name="entry_done_by"),
            models.Index(fields=["street", "recorded_at"], name="entry_street_recorded"),
            models.Index(
                fields=["dwelling", "id"], name="entry_dwelling", condition=models.Q(dwelling__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(acts=1, corrects__isnull=True, quantity__gte=1)
                | models.Q(acts=-1, corrects__isnull=False, quantity__lte=-1),
                name="entry_is_a_deed_or_takes_one_back",
            )
        ]

    def __str__(self):
        return f"{self.item} {self.happened_on} {self.acts:+d}"


class EntryItem(Record):
    """An item that an entry counts for (台账项目): one lecture may be health education and club work at once."""

    privacy = Privacy(PrivacyClass.STAFF, keep="长期", why="按项目、区域、月份找到台账记录")
    append_only = True
    scope = Scope(area="area")
    objects = ListedQuerySet.as_manager()

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=60)
    area = AreaField()
    street = AreaField()
    month = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["street", "item", "month", "id"], name="entryitem_street"),
            models.Index(fields=["area", "item", "month", "id"], name="entryitem_area"),
        ]
        constraints = [models.UniqueConstraint(fields=["entry", "item"], name="entryitem_once")]

    def __str__(self):
        return f"{self.item} {self.month}"


class Figure(models.Model):
    """The columns that a delta and a tally share: additive measures by area, item, month and a few bands."""

    id = models.BigAutoField(primary_key=True)
    area = AreaField()
    street = AreaField()
    item = models.CharField(max_length=60)
    month = models.DateField()
    sex = models.CharField(**_SEX)
    age_band = models.CharField(**_BAND)
    residence = models.CharField(**_RESIDENCE)
    acts = models.IntegerField()
    quantity = models.BigIntegerField()

    class Meta:
        abstract = True


class Heads(models.Model):
    """By how many persons the numbers of persons grew (净增人数): here and in the whole street, of the month and of the year.

    A person grows a number with the first of her acts that stands and shrinks it with the last that is taken back. So all rows
    of a community and month sum up to who occurred there then, and all rows of a year to who occurred in that year.
    """

    month_heads = models.IntegerField(default=0, db_default=0)
    year_heads = models.IntegerField(default=0, db_default=0)
    street_month_heads = models.IntegerField(default=0, db_default=0)
    street_year_heads = models.IntegerField(default=0, db_default=0)

    class Meta:
        abstract = True


class Delta(Figure, Heads):
    """What one entry adds to the figures, until the roll-up has added it to the tallies (增量)."""

    privacy = Privacy(PrivacyClass.STAFF, keep="汇总后即删", why="台账数字随记随准")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["street", "item", "month"], name="delta_street")]

    def __str__(self):
        return f"{self.item} {self.month} {self.acts:+d}"


class Tally(Figure):
    """The figures of the past (汇总数): one row for each combination that ever occurred."""

    privacy = Privacy(PrivacyClass.STAFF, keep="长期", why="台账数字的汇总")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["street", "item", "month", "area", "sex", "age_band", "residence"], name="tally_once"
            )
        ]

    def __str__(self):
        return f"{self.item} {self.month} {self.acts}"


class AreaTally(Heads):
    """The figures of an area's month, of everybody together (合计数): a page that asks for no bands reads these few rows."""

    id = models.BigAutoField(primary_key=True)
    area = AreaField()
    street = AreaField()
    item = models.CharField(max_length=60)
    month = models.DateField()
    acts = models.IntegerField()
    quantity = models.BigIntegerField()

    privacy = Privacy(PrivacyClass.STAFF, keep="长期", why="台账数字的汇总，不分人群")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["street", "item", "month", "area"], name="areatally_once")
        ]

    def __str__(self):
        return f"{self.item} {self.month} {self.acts}"


class TallyMark(models.Model):
    """A mark of a street that changes with its tallies (汇总代次): what a host has read of them is true until it does.

    Written by triggers on `AreaTally` only.
    """

    id = models.BigAutoField(primary_key=True)
    street = AreaField(unique=True)
    mark = models.UUIDField()

    privacy = Privacy(PrivacyClass.STAFF, keep="只留最新", why="让各台服务器知道汇总数有没有变过")

    def __str__(self):
        return f"{self.street} {self.mark}"


class Presence(models.Model):
    """A person occurs in an item of an area in a month (在册): counted as one however often she came.

    A birthday or a move within the month gives her a second row; whoever counts, counts distinct persons. ``person`` is the file
    that was kept of two (并档), whichever the entries name.
    """

    id = models.BigAutoField(primary_key=True)
    area = AreaField()
    street = AreaField()
    item = models.CharField(max_length=60)
    month = models.DateField()
    person = models.UUIDField()
    sex = models.CharField(**_SEX)
    age_band = models.CharField(**_BAND)
    residence = models.CharField(**_RESIDENCE)
    acts = models.IntegerField()

    privacy = Privacy(PrivacyClass.PERSONAL, keep="长期（去重计数）", why="人数与人次分开：人数只数人")
    scope = Scope(area="area")
    objects = ListedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["street", "item", "month"], name="presence_street")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "item", "month", "street", "area", "sex", "age_band", "residence"],
                name="presence_of_person",
            )
        ]

    def __str__(self):
        return f"{self.item} {self.month} {self.acts}"
