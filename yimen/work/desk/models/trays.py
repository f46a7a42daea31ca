"""Where papers wait before they are a case's (待收材料): the tray of one clerk, its pages, and the phone that may add some."""

from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.work.desk.choices import PageCame
from yimen.work.desk.models.cases import Case


class PaperTray(Record):
    """The papers one clerk holds for one application (待收材料夹), before it is accepted or while papers follow.

    Its ``public_id`` is the subject of the stored pages. It is closed when they become the case's, or when nobody came back.
    """

    privacy = Privacy(
        PrivacyClass.SENSITIVE, keep="受理时转入办件；没受理的几天后清除", why="受理前先收下材料"
    )
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    opened_by = ActorField()
    area = AreaField()
    matter = models.CharField(max_length=60)
    person = models.UUIDField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    touched_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "待收材料夹"
        indexes = [models.Index(fields=["touched_at"], condition=Q(closed_at=None), name="papertray_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["opened_by", "person", "matter"],
                condition=Q(closed_at=None, case=None),
                name="papertray_one_for_intake",
            ),
            models.UniqueConstraint(
                fields=["opened_by", "case"], condition=Q(closed_at=None), name="papertray_one_for_case"
            ),
        ]

    def __str__(self):
        return f"{self.matter} {self.public_id}"


class TrayPage(Record):
    """A picture or a PDF in a tray (待收页): of which paper, in which place, turned how.

    What a phone sent is ``confirmed`` only when the clerk has looked at it.
    """

    privacy = Privacy(PrivacyClass.SENSITIVE, keep="随待收材料夹", why="材料的页序和方向")
    scope = Scope(through="desk.PaperTray", column="tray_id")
    objects = ScopedQuerySet.as_manager()

    tray = models.ForeignKey(PaperTray, on_delete=models.CASCADE, related_name="pages")
    paper = models.CharField(max_length=60)
    place = models.PositiveSmallIntegerField()
    file = models.UUIDField()
    kind = models.CharField(max_length=4)
    pages = models.PositiveSmallIntegerField(default=1)
    size = models.PositiveIntegerField(default=0)
    turn = models.PositiveSmallIntegerField(default=0)
    came = models.CharField(max_length=8, choices=PageCame.choices)
    confirmed = models.BooleanField(default=True)
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = "待收页"
        indexes = [models.Index(fields=["tray", "paper", "place", "id"], name="traypage_order")]
        constraints = [
            models.CheckConstraint(condition=Q(turn__in=(0, 90, 180, 270)), name="traypage_quarter_turns")
        ]

    def __str__(self):
        return f"{self.paper} {self.place}"


class PhoneLink(Record):
    """The right of one phone to add pages of one paper for some minutes (扫码拍链接); the word itself is not kept."""

    privacy = Privacy(PrivacyClass.STAFF, keep="随待收材料夹", why="限时、限用途的上传")
    scope = Scope(through="desk.PaperTray", column="tray_id")
    objects = ScopedQuerySet.as_manager()

    tray = models.ForeignKey(PaperTray, on_delete=models.CASCADE, related_name="+")
    paper = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    word_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    most = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)
    tried = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "扫码拍链接"
        indexes = [models.Index(fields=["tray", "paper"], name="phonelink_tray")]

    def __str__(self):
        return f"{self.paper} {self.until_at:%H:%M}"
