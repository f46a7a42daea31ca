"""The case (办件): what somebody asked of us, from the first paper to the archive."""

from datetime import date

from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.clock import day_of
from yimen.kernel.numbers import spoken_case_number
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.work.desk.choices import Outcome, Source, State
from yimen.work.desk.rules.states import HANDED_OVER_FROM

OPEN_STATES = (State.RECEIVED, State.ACCEPTED, State.DECIDED)


class CaseQuerySet(ScopedQuerySet):
    """The lists a desk works from. A paused case is nobody's lateness."""

    def worked_in(self, reach, street=None):
        """Taken in by the windows of these areas: work of theirs, not only a case of one of their residents.

        Where they lie in one street it is named besides: then an index hands the rows out in the order of the list.
        """
        mine = self.filter(area__begins_with_any=reach)
        return mine.filter(street=street) if street else mine

    def running(self):
        return self.filter(state=State.ACCEPTED, paused=False)

    def late(self, today):
        return self.running().filter(due_on__lt=today)

    def due_between(self, first, last):
        return self.running().filter(due_on__gte=first, due_on__lte=last)

    def waiting(self):
        """Waiting for the resident: papers to come, or the clock stopped."""
        return self.filter(Q(state=State.RECEIVED) | Q(state=State.ACCEPTED, paused=True))

    def urged(self):
        """Their applicants urge us and wait for an answer (催办待答复)."""
        return self.filter(state=State.ACCEPTED, urge_waits=True)

    def owing_papers(self):
        """Papers are to follow (容缺待补)."""
        return self.filter(papers_due_on__isnull=False)

    def to_deliver(self):
        return self.filter(state=State.DECIDED)


class Case(Record):
    """One application under one version of a matter. The current state is a copy of its last step, kept by operations.

    ``area`` is the community (or street) whose window took it, or which took over from that one; ``desk_area`` is where it
    lies now.
    ``home_area`` is the community of the applicant on that day, where it is one of the same street: her own window sees
    how it goes, wherever she asked.
    ``received_on`` is the day it reached us, earlier than ``received_at`` when it was typed in later (补录); ``origin`` the
    ledger entry it grew out of. ``due_on`` is what was promised, ``legal_due_on`` what the law allows; both None before
    acceptance and while paused. ``papers_due_on`` is the nearest day by which a paper is to follow (容缺补交), a copy of what
    the papers say; None where none is owed or the case is over. ``extended_days`` are the working
    days by which the limit was put off (延期), once. ``urged_on`` is the last day on which the resident urged us (催办), and
    ``urge_waits`` says that she waits for an answer to it. ``lead`` is the case of the same thing with which it is decided
    (并案办理); it stays when both are settled.
    """

    privacy = Privacy(PrivacyClass.PERSONAL, keep="按事项规定的档案保管期限", why="办理居民申请的事项")
    scope = Scope(area=("area", "home_area"), subject=("public_id", "person"))
    objects = CaseQuerySet.as_manager()

    number = models.CharField(max_length=20, unique=True)
    matter = models.CharField(max_length=60)
    matter_title = models.CharField(max_length=80)
    matter_version = models.BigIntegerField()
    person = models.UUIDField()
    person_name = models.CharField(max_length=80)
    area = AreaField()
    street = AreaField()
    desk_area = AreaField()
    home_area = AreaField(blank=True)
    state = models.CharField(max_length=12, choices=State.choices)
    source = models.CharField(max_length=12, choices=Source.choices)
    sheet = models.UUIDField(null=True)
    received_at = models.DateTimeField()
    received_by = ActorField()
    received_on = models.DateField(null=True)
    late_reason = models.CharField(max_length=200, blank=True)
    origin = models.UUIDField(null=True)
    accepted_on = models.DateField(null=True)
    accepted_by = ActorField(blank=True)
    due_on = models.DateField(null=True)
    legal_due_on = models.DateField(null=True)
    papers_due_on = models.DateField(null=True)
    extended_days = models.PositiveSmallIntegerField(default=0)
    lead = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="joined")
    urged_on = models.DateField(null=True)
    urge_waits = models.BooleanField(default=False)
    due_provisional = models.BooleanField(default=False)
    paused = models.BooleanField(default=False)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    settled_on = models.DateField(null=True)
    archive_number = models.CharField(max_length=60, null=True, unique=True)
    trips = models.PositiveSmallIntegerField("跑动次数", null=True)
    metres_spared = models.PositiveIntegerField("少跑路程（米）", null=True)
    tracking_hash = models.CharField(max_length=64, unique=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["street", "state", "paused", "due_on", "id"], name="case_street_order"),
            models.Index(fields=["matter", "received_at"], name="case_matter"),
            models.Index(
                fields=["street", "received_at", "id"],
                condition=Q(state="received") | Q(state="accepted", paused=True),
                name="case_waiting",
            ),
            models.Index(
                fields=["street", "settled_on", "id"], condition=Q(state="decided"), name="case_to_deliver"
            ),
            models.Index(
                fields=["street", "papers_due_on", "id"],
                condition=Q(papers_due_on__isnull=False),
                name="case_papers_due",
            ),
            models.Index(
                fields=["street", "settled_on", "id"],
                include=["area", "trips", "metres_spared"],
                condition=Q(trips__isnull=False),
                name="case_trips",
            ),
            models.Index(
                fields=["street", "urged_on", "id"],
                condition=Q(state="accepted", urge_waits=True),
                name="case_urged",
            ),
            models.Index(fields=["street", "id"], name="case_street"),
            models.Index(fields=["person", "id"], name="case_person"),
            models.Index(fields=["origin"], name="case_origin", condition=Q(origin__isnull=False)),
            models.Index(
                fields=["area", "id"],
                condition=Q(archive_number__isnull=True, state__in=HANDED_OVER_FROM),
                name="case_to_hand_over",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("received", "declined", "withdrawn", "voided"))
                | Q(accepted_on__isnull=False),
                name="case_worked_on_was_accepted",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("decided", "delivered", "archived"), settled_on__isnull=False)
                & ~Q(outcome="")
                | Q(
                    state__in=("received", "accepted", "declined", "withdrawn", "voided"),
                    settled_on__isnull=True,
                    outcome="",
                ),
                name="case_settled_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(paused=False) | Q(state="accepted"), name="case_paused_only_while_accepted"
            ),
            models.CheckConstraint(
                condition=Q(trips__isnull=True, metres_spared__isnull=True)
                | Q(state__in=("delivered", "archived"), trips__isnull=False),
                name="case_trips_of_what_was_delivered",
            ),
            models.CheckConstraint(condition=~Q(lead=models.F("id")), name="case_leads_another"),
            models.CheckConstraint(
                condition=Q(urge_waits=False) | Q(urged_on__isnull=False), name="case_urge_waits_since_a_day"
            ),
            models.CheckConstraint(
                condition=Q(archive_number__isnull=True) | Q(state__in=("archived", "declined", "withdrawn")),
                name="case_archived_has_a_number",
            ),
        ]

    def __str__(self):
        return self.spoken_number

    @property
    def late_entry(self) -> bool:
        """Was it typed in on a later day than it was received (补录)?"""
        return self.received_on is not None and self.received_on < day_of(self.received_at)

    def is_late(self, today: date) -> bool:
        """Is it running and its promised day over (超期)? As `CaseQuerySet.late` says of many."""
        running = self.state == State.ACCEPTED and not self.paused
        return running and self.due_on is not None and self.due_on < today

    @property
    def spoken_number(self) -> str:
        """The number as people read it aloud: 007-261122-0001-5."""
        return spoken_case_number(self.number)
