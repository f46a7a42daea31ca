"""What happened to a case, a row per step (办理过程); and the clock's pauses, the decision, the delivery."""

from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.work.desk.choices import DeliveryWay, Outcome, StepKind
from yimen.work.desk.models.cases import Case

_OF_CASE = Scope(through="desk.Case", column="case_id")


class CaseStep(Record):
    """One step, never changed. ``said`` is what the resident may read on her tracking page; ``other`` the case that was opened
    from this one, or from which this one was (由此引出)."""

    privacy = Privacy(PrivacyClass.PERSONAL, keep="随办件归档", why="办理过程可查可追溯")
    append_only = True
    scope = _OF_CASE
    objects = ScopedQuerySet.as_manager()

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    at = models.DateTimeField()
    done_by = ActorField()
    done_by_name = models.CharField(max_length=80)
    area = AreaField()
    note = models.CharField(max_length=400, blank=True)
    said = models.CharField(max_length=200, blank=True)
    letter = models.UUIDField(null=True)
    other = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="casestep_case")]

    def __str__(self):
        return f"{self.kind} {self.at:%Y-%m-%d}"


class CasePause(Record):
    """A time in which the clock stands still because we wait for the resident (中止计时); half-open."""

    privacy = Privacy(PrivacyClass.PERSONAL, keep="随办件归档", why="期限的计算依据")
    scope = _OF_CASE
    objects = ScopedQuerySet.as_manager()

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pauses")
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    why = models.CharField(max_length=200)
    basis = models.CharField(max_length=120)
    paused_by = ActorField()
    resumed_by = ActorField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("since_on")),
                name="casepause_forward",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(until_on__isnull=True), name="casepause_one_open"
            ),
        ]

    def __str__(self):
        return f"{self.since_on}–{self.until_on or ''}"


class Decision(Record):
    """The decision (决定): outcome, reason, basis and remedies as they were told; the amount where money is granted."""

    privacy = Privacy(PrivacyClass.PERSONAL, keep="随办件归档", why="决定及其理由、依据、救济途径")
    append_only = True
    scope = _OF_CASE
    objects = ScopedQuerySet.as_manager()

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    reason = models.CharField(max_length=600, blank=True)
    basis = models.CharField(max_length=200)
    amount_fen = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField()
    decided_by = ActorField()
    letter = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="refused") | ~Q(reason=""), name="decision_refusal_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__isnull=True) | Q(outcome="granted", amount_fen__gte=1),
                name="decision_only_a_grant_has_an_amount",
            ),
        ]

    def __str__(self):
        return self.outcome


class Delivery(Record):
    """The result reached the resident (送达); a second row where the first was a slip and taken back (撤销送达)."""

    privacy = Privacy(PrivacyClass.PERSONAL, keep="随办件归档", why="送达凭证")
    append_only = True
    scope = _OF_CASE
    objects = ScopedQuerySet.as_manager()

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deliveries")
    way = models.CharField(max_length=12, choices=DeliveryWay.choices)
    receiver = models.CharField(max_length=80)
    delivered_at = models.DateTimeField()
    delivered_by = ActorField()

    def __str__(self):
        return self.way


class NumberSequence(models.Model):
    """The next number of a series: case numbers by street and day, archive numbers by area, category and year (取号)."""

    privacy = Privacy(PrivacyClass.OPEN, keep="长期", why="编号连续")

    id = models.BigAutoField(primary_key=True)
    series = models.CharField(max_length=80, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.series} {self.last}"
