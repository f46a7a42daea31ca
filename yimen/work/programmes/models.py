"""What is owed (待办): by whom, to whom, by when."""

from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.work.programmes.choices import Excuse, Origin, State

CREDITORS = ("person", "household", "dwelling", "organisation")


class DutyQuerySet(ScopedQuerySet):
    """The lists of what is owed."""

    def open(self):
        return self.filter(state=State.OPEN)

    def due_by(self, day):
        return self.open().filter(due_on__lte=day)

    def late(self, today):
        return self.open().filter(due_on__lt=today)


class Duty(Record):
    """One thing owed (待办): the debtor owes it to the creditor until ``due_on``, not before ``opens_on``.

    The debtor (责任方) is one account, or whoever works in ``area`` when ``account`` is empty. The creditor (受益方) is a person,
    a household, a dwelling, an organisation, or nobody in particular; ``creditor_name`` says it in words. ``way`` is the
    ledger item it is usually done by (上门、电话). ``entry`` is the ledger entry that did it.
    """

    privacy = Privacy(PrivacyClass.PERSONAL, keep="了结后三年", why="答应过的事有人记得，按时去做")
    scope = Scope(area="area", through="people.Person", column="person", to="public_id")
    objects = DutyQuerySet.as_manager()

    title = models.CharField("要做什么", max_length=60)
    reason = models.CharField(max_length=300, blank=True)
    way = models.CharField(max_length=60, blank=True)
    area = AreaField()
    street = AreaField()
    account = models.UUIDField(null=True)
    debtor_name = models.CharField(max_length=80, blank=True)
    person = models.UUIDField(null=True)
    household = models.UUIDField(null=True)
    dwelling = models.UUIDField(null=True)
    organisation = models.UUIDField(null=True)
    creditor_name = models.CharField(max_length=120, blank=True)
    opens_on = models.DateField(null=True)
    due_on = models.DateField()
    first_due_on = models.DateField()
    put_off_times = models.PositiveSmallIntegerField(default=0)
    put_off_why = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=12, choices=Origin.choices)
    source = models.UUIDField(null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    owed_at = models.DateTimeField()
    owed_by = ActorField()
    owed_by_name = models.CharField(max_length=80, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = ActorField(blank=True)
    ended_by_name = models.CharField(max_length=80, blank=True)
    excuse = models.CharField(max_length=12, choices=Excuse.choices, blank=True)
    ended_why = models.CharField(max_length=200, blank=True)
    entry = models.UUIDField(null=True)

    class Meta:
        verbose_name = "待办"
        indexes = [
            models.Index(fields=["area", "state", "due_on", "id"], name="duty_area"),
            models.Index(fields=["account", "state", "due_on", "id"], name="duty_account"),
            models.Index(fields=["person", "state", "id"], name="duty_person"),
            models.Index(fields=["source"], name="duty_source", condition=Q(source__isnull=False)),
            models.Index(fields=["entry"], name="duty_entry", condition=Q(entry__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True, entry__isnull=True, excuse="")
                | Q(state="done", ended_at__isnull=False, entry__isnull=False, excuse="")
                | Q(state="excused", ended_at__isnull=False, entry__isnull=True) & ~Q(excuse=""),
                name="duty_ended_says_how",
            ),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(opens_on__lte=models.F("due_on")),
                name="duty_window_forward",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("first_due_on")), name="duty_put_off_only_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.due_on}"

    @property
    def creditor(self) -> tuple[str, UUID | None]:
        """Which kind of creditor, and which one."""
        return next(((kind, getattr(self, kind)) for kind in CREDITORS if getattr(self, kind)), ("", None))

    def is_late(self, today: date) -> bool:
        return self.state == State.OPEN and self.due_on < today
