"""Where paper lies: boxes on shelves in rooms (库房、柜架、档案盒), and how boxes moved."""

from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass


class ArchiveBox(Record):
    """A box of an archive (档案盒): its label, how many files it takes, and where it stands since its last move."""

    privacy = Privacy(PrivacyClass.STAFF, keep="长期", why="找到纸质档案")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    area = AreaField()
    label = models.CharField("盒号", max_length=40)
    capacity = models.PositiveSmallIntegerField("可放件数")
    room = models.CharField("库房", max_length=40)
    shelf = models.CharField("柜架", max_length=40)
    made_at = models.DateTimeField()
    made_by = ActorField()

    class Meta:
        verbose_name = "档案盒"
        constraints = [
            models.UniqueConstraint(fields=["area", "label"], name="box_label_once"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="box_takes_something"),
        ]

    def __str__(self) -> str:
        return self.place

    @property
    def place(self) -> str:
        """Room, shelf, box, in words (存放位置)."""
        return f"{self.room} {self.shelf} {self.label}"


class BoxMove(Record):
    """A box was put somewhere (档案盒移动): the first row is where it began. Its contents went with it."""

    privacy = Privacy(PrivacyClass.STAFF, keep="长期", why="档案位置的变动可查")
    append_only = True
    scope = Scope(through="archive.ArchiveBox", column="box_id")
    objects = ScopedQuerySet.as_manager()

    box = models.ForeignKey(ArchiveBox, on_delete=models.PROTECT, related_name="moves")
    room = models.CharField("库房", max_length=40)
    shelf = models.CharField("柜架", max_length=40)
    why = models.CharField("原因", max_length=200)
    moved_at = models.DateTimeField("时间")
    moved_by = ActorField()
    moved_by_name = models.CharField("经手人", max_length=80)

    class Meta:
        verbose_name = "档案盒移动"
        indexes = [models.Index(fields=["box", "-id"], name="boxmove_box")]

    def __str__(self) -> str:
        return f"{self.room} {self.shelf}"
