"""What other units are asked about a case, and what they answered (协办)."""

from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.money import Money
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.work.desk.choices import Heard, ShareAnswer, ShareState


class Share(Record):
    """One question to one unit about one case (协办), with the little the unit must know, and its answer.

    A unit beyond the reach of the case sees this row and never the case: so the name, the matter and the answers that go
    along (``told``) stand here. ``unit`` is None for a department that is not in the register; its answer is typed in.
    """

    privacy = Privacy(PrivacyClass.PERSONAL, keep="随办件归档", why="一门受理、协同办理")
    scope = Scope(area="unit_area", subject="public_id", through="desk.Case", column="case", to="public_id")
    objects = ScopedQuerySet.as_manager()

    case = models.UUIDField()
    case_number = models.CharField(max_length=30)
    matter_title = models.CharField(max_length=80)
    person = models.UUIDField()
    person_name = models.CharField(max_length=80)
    area = AreaField()
    unit = models.UUIDField(null=True)
    unit_name = models.CharField(max_length=80)
    unit_area = AreaField(blank=True)
    question = models.CharField(max_length=300)
    told = models.JSONField(default=list)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=ShareState.choices, default=ShareState.OPEN)
    asked_at = models.DateTimeField()
    asked_by = ActorField()
    asked_by_name = models.CharField(max_length=80)
    account = models.UUIDField(null=True)
    urged_on = models.DateField(null=True)
    answer = models.CharField(max_length=10, choices=ShareAnswer.choices, blank=True)
    text = models.CharField(max_length=300, blank=True)
    amount_fen = models.BigIntegerField(null=True)
    heard = models.CharField(max_length=8, choices=Heard.choices, blank=True)
    said_by = models.CharField(max_length=80, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = ActorField(blank=True)
    answered_by_name = models.CharField(max_length=80, blank=True)
    closed_why = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "协办"
        indexes = [
            models.Index(fields=["case", "id"], name="share_case"),
            models.Index(fields=["unit", "due_on", "id"], condition=Q(state="open"), name="share_unit_open"),
            models.Index(fields=["area", "due_on", "id"], condition=Q(state="open"), name="share_area_open"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "unit_name"], condition=Q(state="open"), name="share_one_open_per_unit"
            ),
            models.CheckConstraint(
                condition=Q(state="answered", answered_at__isnull=False) & ~Q(answer="") & ~Q(text="")
                | ~Q(state="answered") & Q(answered_at__isnull=True, answer=""),
                name="share_answered_says_what",
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__isnull=True) | Q(answer__in=("agreed", "given"), amount_fen__gte=1),
                name="share_only_help_has_an_amount",
            ),
        ]

    def __str__(self):
        return f"{self.unit_name} {self.state}"

    @property
    def amount(self) -> Money | None:
        return Money(self.amount_fen) if self.amount_fen else None

    @property
    def in_words(self) -> str:
        """What the unit answered, as a resident reads it: '同意，给予 ¥800.00：…'."""
        if self.state != ShareState.ANSWERED:
            return "还没有答复" if self.state == ShareState.OPEN else self.get_state_display()
        money = f"，金额 {self.amount}" if self.amount else ""
        return f"{self.get_answer_display()}{money}：{self.text}"
