"""Messages in the product, and the list of people to be called or knocked for."""

from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.foundations.messages.choices import CallState, WayKind
from yimen.kernel.privacy import Privacy, PrivacyClass


class MessageQuerySet(models.QuerySet):
    def of(self, actor):
        """The messages addressed to the actor that were not withdrawn, newest first."""
        return self.addressed_to(actor.key if actor else "").order_by("-id")

    def addressed_to(self, key):
        return self.filter(addressee=key, withdrawn_at=None)

    def unread(self):
        return self.filter(read_at=None)


class Message(Record):
    """A message within the product (站内消息), one row per addressee; its title gives nothing away."""

    privacy = Privacy(PrivacyClass.PERSONAL, keep="2 年", why="把办理情况告诉该知道的人")

    addressee = ActorField()
    area = AreaField()
    person = models.UUIDField(null=True)
    title = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    link = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField()
    sent_by = ActorField()
    read_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["addressee", "id"], name="message_inbox"),
            models.Index(
                fields=["addressee"], condition=Q(read_at=None, withdrawn_at=None), name="message_unread"
            ),
            models.Index(fields=["person"], condition=Q(person__isnull=False), name="message_person"),
        ]

    def __str__(self):
        return f"message {self.public_id}"


class CallTask(Record):
    """Somebody has to be told by telephone or at the door (告知任务): a line of the community's 电话/敲门名单.

    The telephone number is not kept here; whoever opens the task gets it from the register, with a look left behind.
    """

    privacy = Privacy(PrivacyClass.PERSONAL, keep="2 年", why="不会看手机的人也要告知到")
    scope = Scope(area="area", subject="person")

    person = models.UUIDField()
    name = models.CharField(max_length=80)
    area = AreaField()
    street = AreaField()
    way = models.CharField(max_length=10, choices=WayKind.choices)
    way_key = models.CharField(max_length=60, blank=True)
    way_note = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=80)
    text = models.TextField()
    link = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    asked_by = ActorField()
    due_on = models.DateField()
    next_on = models.DateField()
    tries = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=CallState.choices, default=CallState.OPEN)
    outcome = models.CharField(max_length=20, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = ActorField(blank=True)
    closed_why = models.CharField(max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["area", "state", "next_on", "id"], name="call_area"),
            models.Index(fields=["street", "state", "next_on", "id"], name="call_street"),
            models.Index(fields=["person"], name="call_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CallState.OPEN, closed_at=None)
                | (~Q(state=CallState.OPEN) & Q(closed_at__isnull=False)),
                name="call_open_or_closed",
            )
        ]

    def __str__(self):
        return f"call {self.public_id}"


class CallTry(Record):
    """One try to tell somebody (告知经过): who called or knocked, when, and what came of it."""

    privacy = Privacy(PrivacyClass.PERSONAL, keep="2 年", why="说明告知了几次、结果如何")
    append_only = True
    scope = Scope(through="yimen_messages.CallTask", column="task_id")

    task = models.ForeignKey(CallTask, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20)
    label = models.CharField(max_length=20)
    note = models.CharField(max_length=200, blank=True)
    tried_at = models.DateTimeField()
    tried_by = ActorField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["task", "id"], name="calltry_task")]

    def __str__(self):
        return f"try of call {self.task_id}"
